"""Exceptions that strike between two instructions, as the handlers of signals raise them."""

import sys
from collections.abc import Callable, Generator
from inspect import currentframe
from types import FrameType
from typing import Any, Final, TypeAlias, TypeVar

from msgsend import _runtime

# what sys.settrace takes; what it gives is another one
Tracer: TypeAlias = Callable[[FrameType, str, Any], Any]

T = TypeVar("T")
_OURS: Final = str(_runtime.__file__).removesuffix("__init__.py")


class Interrupt(BaseException):
    """What a handler of a signal raises: celery's soft limit, a KeyboardInterrupt."""


def apart(run: Callable[[], T]) -> T:
    """Return what `run` gives, without a trace of the exceptions that were handled in it.

    The interpreter goes on to hold an exception as the one being handled if an interrupt strikes
    in the last instructions of its `except`. It does so for as long as the generator runs in
    which that happened, or for the rest of the thread.
    """

    def steps() -> Generator[T]:
        yield run()

    return next(steps())


class Instructions:
    """Counts the instructions of the package's own runtime; strikes once, at the one wanted."""

    def __init__(self, wanted: int) -> None:
        self.wanted = wanted
        self.count = 0

    def during(self, run: Callable[[], T]) -> T:
        """Return what `run` gives. Raises Interrupt."""
        before = sys.gettrace()
        frame = currentframe()
        assert frame is not None
        frame.f_trace_opcodes = True  # Python 3.12 wants one frame to ask beforehand
        sys.settrace(self._called)
        try:
            return apart(run)
        finally:
            sys.settrace(before)

    def _called(self, frame: FrameType, event: str, _: object) -> Tracer | None:
        if not frame.f_code.co_filename.startswith(_OURS):
            return None
        frame.f_trace_opcodes = True
        frame.f_trace_lines = False
        return self._traced

    def _traced(self, frame: FrameType, event: str, _: object) -> Tracer | None:
        if event == "opcode":
            self.count += 1
            if self.count == self.wanted:
                raise Interrupt
        return self._traced
