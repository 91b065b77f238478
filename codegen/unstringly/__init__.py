"""unstringly: statically typed Python for stringly-typed web services."""

__version__ = "0.1.0"
