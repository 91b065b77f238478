"""Exceptions that strike between two instructions, as the handlers of signals raise them."""

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from inspect import currentframe
from types import FrameType
from typing import Any, Final, TypeAlias

from msgsend import _runtime

# what sys.settrace takes; what it gives is another one
Tracer: TypeAlias = Callable[[FrameType, str, Any], Any]

_OURS: Final = str(_runtime.__file__).removesuffix("__init__.py")


class Interrupt(BaseException):
    """What a handler of a signal raises: celery's soft limit, a KeyboardInterrupt."""


class Instructions:
    """Counts the instructions of the package's own runtime; strikes once, at the one wanted."""

    def __init__(self, wanted: int) -> None:
        self.wanted = wanted
        self.count = 0

    @contextmanager
    def traced(self) -> Generator[None]:
        before = sys.gettrace()
        frame = currentframe()
        assert frame is not None
        frame.f_trace_opcodes = True  # Python 3.12 wants one frame to ask beforehand
        sys.settrace(self._called)
        try:
            yield
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
