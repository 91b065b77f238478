"""unstringly: statically typed Python for stringly-typed web services."""

from importlib.metadata import PackageNotFoundError, version


def tool_version() -> str:
    """The version of the installed generator, or `0+unknown` in a bare source tree."""
    try:
        return version("unstringly")
    except PackageNotFoundError:
        return "0+unknown"
