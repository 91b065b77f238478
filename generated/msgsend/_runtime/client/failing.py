# Copied by unstringly 0.1.0. Do not edit.
"""Exceptions of a call, freed of the variables of the frames that they have come through.

Programs that report errors show the variables of every frame in a traceback. The frames of a call
hold its request, and with it the password. So these variables are cleared: the traceback still
says where it happened.
"""

from contextlib import suppress


def without_variables(error: BaseException) -> None:
    """Clear the finished frames of an exception, and of those that led to it."""
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        each = waiting.pop()
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        traceback = each.__traceback__
        while traceback is not None:
            with suppress(RuntimeError):  # it is still running
                traceback.tb_frame.clear()
            traceback = traceback.tb_next
        waiting += [each.__cause__, each.__context__]
