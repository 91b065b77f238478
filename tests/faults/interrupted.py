"""Exceptions that strike between two instructions, as the handlers of signals raise them."""

from collections.abc import Callable, Generator
from types import FrameType
from typing import Final, TypeVar

from tests.instructions import before_each_instruction

from msgsend import _runtime

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
        with before_each_instruction(_OURS, self._seen):
            return apart(run)

    def _seen(self, _: FrameType, offset: int) -> None:
        self.count += 1
        if self.count == self.wanted:
            raise Interrupt
