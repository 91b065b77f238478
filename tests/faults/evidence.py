"""Everything by which a call can tell a secret: log, exceptions, tracebacks with locals, output."""

import logging
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from traceback import TracebackException
from typing import Final

from tests.faults.echoes import MARKS
from tests.faults.held import chain, held
from tests.faults.trackers import dumped, reported

_OWN: Final = str(Path(__file__).parent)
"""Frames of these files hold the password, and may."""


class Log(logging.Handler):
    """The texts of all records, with their arguments, however they are formatted."""

    def __init__(self) -> None:
        super().__init__(logging.NOTSET)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(f"{record.name}: {record.getMessage()} {record.msg!r} {record.args!r}")
        self.texts.append(logging.Formatter().format(record))
        self.texts.append(repr(record.__dict__))


@contextmanager
def whole_log() -> Generator[Log]:
    """All that reaches the root logger, which lets everything pass meanwhile.

    Other handlers get nothing: they would keep what the records hold.
    """
    log, root = Log(), logging.getLogger()
    level, handlers = root.level, root.handlers
    root.handlers = [log]
    root.setLevel(logging.NOTSET + 1)
    try:
        yield log
    finally:
        root.setLevel(level)
        root.handlers = handlers


def texts_of(error: BaseException) -> Iterator[str]:
    """What an exception shows, and what anybody finds in the frames that it has come through."""
    yield from held(error)
    yield from reported(error)
    yield from dumped(error)
    for exception in chain(error):
        yield str(exception)
        yield repr(exception)
        yield from getattr(exception, "__notes__", ())
        traced = TracebackException.from_exception(exception, capture_locals=True)
        yield from traced.format_exception_only()
        for frame in traced.stack:
            if not frame.filename.startswith(_OWN):
                yield from (
                    f"{frame.filename}:{frame.lineno} {name} = {value}"
                    for name, value in (frame.locals or {}).items()
                )


def leaks(*texts: str) -> list[str]:
    """Those texts that hold a mark of a password."""
    return [text for text in texts if any(mark in text.lower() for mark in MARKS)]
