"""Interrupts at any instruction, as Ctrl-C, alarms and workers' time limits raise them."""

import dis
from collections.abc import Callable
from functools import cache
from types import CodeType, FrameType

from tests.faults.interrupted import apart
from tests.instructions import before_each_instruction

_PLACE = "/_runtime/"
_LOOKS = ("CALL", "RESUME", "JUMP_BACKWARD", "POP_JUMP_BACKWARD", "SEND", "RAISE", "BEFORE_WITH")
"""How the instructions begin behind which the interpreter lets signals in."""


class Interrupt(BaseException):
    """What nobody expects."""


class Strike:
    """Raises an Interrupt before the instruction of the runtime that has a number.

    `is_true`: only where the interpreter itself would let a signal in. It does not do so before
    each instruction, and a `with` relies on that for its lock.
    """

    def __init__(self, number: int, *, is_true: bool = False) -> None:
        self._left = number
        self._is_true = is_true
        self._last: dict[int, int] = {}  # a frame would be kept, and what is in it
        self.has_struck = False

    def during(self, run: Callable[[], object]) -> object:
        """What `run` gives. Raises Interrupt."""
        with before_each_instruction(_PLACE, self._seen):
            return apart(run)

    def _seen(self, frame: FrameType, offset: int) -> None:
        if not self._counts(frame, offset):
            return
        if self._left == 0 and not self.has_struck:
            self.has_struck = True
            raise Interrupt
        self._left -= 1

    def _counts(self, frame: FrameType, offset: int) -> bool:
        if not self._is_true:
            return True
        last = self._last.get(id(frame))
        self._last[id(frame)] = offset
        looks, caught = _instructions(frame.f_code)
        return last in looks and offset not in caught


@cache
def _instructions(code: CodeType) -> tuple[frozenset[int], frozenset[int]]:
    """Where those are that let signals in, and where handlers begin, which let none in."""
    instructions = [
        (instruction.offset, instruction.opname) for instruction in dis.get_instructions(code)
    ]
    looks = frozenset(offset for offset, name in instructions if name.startswith(_LOOKS))
    return looks, frozenset(offset for offset, name in instructions if name == "PUSH_EXC_INFO")
