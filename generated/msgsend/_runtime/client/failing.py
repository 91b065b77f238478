# Copied by unstringly 0.1.0. Do not edit.
"""Exceptions of a call, freed of the variables of the frames that they have come through.

Programs that report errors show the variables of every frame in a traceback. The frames of a call
hold its request, and with it the password. So these variables are cleared: the traceback still
says where it happened.
"""

from contextlib import suppress


def without_variables(error: BaseException) -> None:
    """Clear the finished frames of an exception, and of those that led to it."""
    visited: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        exception = waiting.pop()
        if exception is None or id(exception) in visited:
            continue
        visited.add(id(exception))
        traceback = exception.__traceback__
        while traceback is not None:
            with suppress(RuntimeError):  # it is still running
                traceback.tb_frame.clear()
            traceback = traceback.tb_next
        waiting += [exception.__cause__, exception.__context__]


def bare(error: BaseException) -> BaseException:
    """Return an exception without the frames that it has come through, and without its context."""
    error = error.with_traceback(None)
    error.__context__ = None
    return error
