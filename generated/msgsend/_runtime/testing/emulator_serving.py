# Copied by unstringly 0.1.0. Do not edit.
"""An emulator on a real socket of this machine, by uvicorn."""

import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from ..client.pace import let_pass
from .emulation import Clock, EmulatedService
from .socket_server import serve, serving

_PORT = 8080


@contextmanager
def serving_emulator(
    emulator: EmulatedService[Any, Any],  # any requests and results
    *,
    port: int,
    http: str,
) -> Generator[str]:
    """Serve an emulator while a `with` lasts; yield the service's address. Raises as `serving`.

    When its clock is moved, the pauses of clients of this address get shorter, too.
    """
    with serving(emulator.app, port=port, http=http) as base:
        address = f"{base}{emulator.path}"

        def pass_(seconds: float) -> None:
            let_pass(address, seconds)

        emulator.clock.on_move.append(pass_)
        try:
            yield address
        finally:
            emulator.clock.on_move.remove(pass_)


def serve_until_interrupted(
    make: Callable[[Clock], EmulatedService[Any, Any]],  # any requests and results
    port: int,
    tell: Callable[[str], object],
) -> None:
    """Serve an emulator whose clock shows the time of this machine. Raises as `serving`."""
    emulator = make(Clock(datetime.now(), goes_on=True))

    def started(base: str) -> None:
        tell(f"serving {base}{emulator.path} and ?WSDL; {emulator.hint}")

    serve(emulator.app, port, started)


def serve_as_command(
    module: str, run: Callable[[int, Callable[[str], object]], None], arguments: Sequence[str]
) -> None:
    """Serve until interrupted, and print, as the command `python -m PACKAGE.testing [PORT]`.

    Where that cannot be done, print the reason and exit with status 2.
    """
    argument = arguments[0] if arguments else str(_PORT)
    port = int(argument) if argument.isascii() and argument.isdigit() and len(argument) < 6 else -1
    if len(arguments) > 1 or not 0 <= port < 65536:
        sys.exit(_said(f"usage: python -m {module} [PORT]; the port is {_PORT} unless given"))
    try:
        run(port, _print)
    except ImportError as problem:
        sys.exit(_said(str(problem)))
    except OSError as problem:
        sys.exit(_said(f"port {port}: {problem.strerror or problem}"))
    except KeyboardInterrupt:
        _print("stopped")


def _said(problem: str) -> int:
    sys.stderr.write(f"{problem}\n")
    return 2


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
