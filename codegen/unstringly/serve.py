"""Runs the emulator of a generated package, which is imported for that and for nothing else."""

import signal
from collections.abc import Callable
from importlib import import_module
from typing import cast

Serve = Callable[[int, Callable[[str], object]], None]
"""`serve` of a package's module `testing`: a port, and what to do with each line to show."""


def serve_emulator(package: str, port: int, tell: Callable[[str], object]) -> None:
    """Serve until interrupted or terminated. Raises ImportError if what serves is not installed."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    testing = import_module(f"{package}.testing")
    serve = cast("Serve", testing.serve)
    try:
        serve(port, tell)
    except KeyboardInterrupt:
        tell("stopped")
