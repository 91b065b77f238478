"""A call for each instruction that a thread runs of some code, on any supported Python.

Python 3.11 tells them to a trace function. Python 3.13 loses some of them there, so newer ones
than 3.11 are asked by `sys.monitoring` (PEP 669).
"""

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from threading import get_ident
from types import CodeType, FrameType
from typing import Any, Final, TypeAlias

from tests.effort import without_collections

Seen: TypeAlias = Callable[[FrameType, int], None]
"""Takes the frame and the offset of the instruction that comes next; what it raises strikes."""

_TOOL: Final = 4  # one that Python keeps for nobody


if sys.version_info >= (3, 12):
    _seen_of = ""
    """The folder of the last use: locations elsewhere are disabled until all are begun again."""

    @contextmanager
    def before_each_instruction(folder: str, seen: Seen) -> Generator[None]:
        """Call `seen` before each instruction of this thread in code of files in a folder."""
        global _seen_of
        monitoring = sys.monitoring
        thread = get_ident()

        def instruction(code: CodeType, offset: int) -> object:
            if folder not in code.co_filename:
                return monitoring.DISABLE
            if get_ident() == thread:
                seen(sys._getframe(1), offset)  # kept nowhere, nor is what is in it
            return None

        monitoring.use_tool_id(_TOOL, "instructions")
        monitoring.register_callback(_TOOL, monitoring.events.INSTRUCTION, instruction)
        if _seen_of != folder:
            _seen_of = folder
            monitoring.restart_events()
        monitoring.set_events(_TOOL, monitoring.events.INSTRUCTION)
        try:
            with without_collections():  # in which a strike would be lost: in some `__del__`
                yield
        finally:
            monitoring.set_events(_TOOL, monitoring.events.NO_EVENTS)
            monitoring.register_callback(_TOOL, monitoring.events.INSTRUCTION, None)
            monitoring.free_tool_id(_TOOL)

else:

    @contextmanager
    def before_each_instruction(folder: str, seen: Seen) -> Generator[None]:
        """Call `seen` before each instruction of this thread in code of files in a folder."""

        def trace(frame: FrameType, event: str, _: Any) -> Any:  # Any: as sys.settrace has it
            if folder not in frame.f_code.co_filename:
                return None
            frame.f_trace_opcodes = True
            frame.f_trace_lines = False
            if event == "opcode":
                seen(frame, frame.f_lasti)
            return trace

        before = sys.gettrace()
        sys.settrace(trace)
        try:
            with without_collections():  # in which a strike would be lost: in some `__del__`
                yield
        finally:
            sys.settrace(before)
