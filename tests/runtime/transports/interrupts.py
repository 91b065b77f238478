"""Interrupts at any instruction, as Ctrl-C, alarms and workers' time limits raise them."""

import dis
import sys
from collections.abc import Callable
from functools import cache
from types import CodeType, FrameType
from typing import Any

from tests.faults.interrupted import apart

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
        before = sys.gettrace()
        sys.settrace(self._trace)
        try:
            return apart(run)
        finally:
            sys.settrace(before)

    def _trace(self, frame: FrameType, event: str, argument: object) -> Any:  # Any: it is itself
        if _PLACE not in frame.f_code.co_filename:
            return None
        frame.f_trace_opcodes = True
        frame.f_trace_lines = False
        if event == "opcode" and self._counts(frame):
            if self._left == 0 and not self.has_struck:
                self.has_struck = True
                raise Interrupt
            self._left -= 1
        return self._trace

    def _counts(self, frame: FrameType) -> bool:
        if not self._is_true:
            return True
        last = self._last.get(id(frame))
        self._last[id(frame)] = frame.f_lasti
        looks, caught = _instructions(frame.f_code)
        return last in looks and frame.f_lasti not in caught


@cache
def _instructions(code: CodeType) -> tuple[frozenset[int], frozenset[int]]:
    """Where those are that let signals in, and where handlers begin, which let none in."""
    instructions = [
        (instruction.offset, instruction.opname) for instruction in dis.get_instructions(code)
    ]
    looks = frozenset(offset for offset, name in instructions if name.startswith(_LOOKS))
    return looks, frozenset(offset for offset, name in instructions if name == "PUSH_EXC_INFO")
