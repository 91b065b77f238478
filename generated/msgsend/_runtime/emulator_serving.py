"""An emulator on a real socket of this machine, by uvicorn."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from .emulation import Clock, EmulatedService
from .pace import let_pass
from .socket_server import listening
from .socket_server import serve as serve_app


@contextmanager
def served(
    emulator: EmulatedService[Any, Any],  # whatever its requests and results are
    *,
    port: int,
    http: str,
) -> Generator[str]:
    """Serve an emulator; gives the service's address. Raises as `listening`.

    When its clock is moved, the pauses of clients of this address get shorter, too.
    """
    with listening(emulator.app, port=port, http=http) as base:
        address = f"{base}{emulator.path}"

        def pass_(seconds: float) -> None:
            let_pass(address, seconds)

        emulator.clock.on_move.append(pass_)
        try:
            yield address
        finally:
            emulator.clock.on_move.remove(pass_)


def serve_until_interrupted(
    make: Callable[[Clock], EmulatedService[Any, Any]],  # whatever its requests and results are
    port: int,
    tell: Callable[[str], object],
) -> None:
    """Serve an emulator whose clock shows the time of this machine. Raises as `listening`."""
    emulator = make(Clock(datetime.now(), goes_on=True))

    def started(base: str) -> None:
        tell(f"serving {base}{emulator.path} and ?WSDL; {emulator.hint}")

    serve_app(emulator.app, port, started)
