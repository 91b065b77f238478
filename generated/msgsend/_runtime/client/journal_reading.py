# Copied by unstringly 0.1.0. Do not edit.
"""Reading of journals: each body gives the result that the call gave, or would have given."""

import logging
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final, Generic, TypeVar

from ..errors.exceptions import IncompleteResponse, MalformedResponse, ServiceError, ServiceFault
from ..errors.unquoted import unquoted
from ..journal.file_journal import SUFFIX
from ..journal.lines import Line, read_line, torn_apart
from ..journal.recording import PUSH, Head
from ..text.by_name import PickledByName
from ..wire.bindings import SOAP_12, Binding
from ..wire.charsets import decoded
from ..wire.decoding import excerpt
from ..wire.exchange import Response
from .calls import Call, Credentials, Operation, Parser

T = TypeVar("T")
_log = logging.getLogger(__name__)
_ROOT: Final = re.compile(r"\s*(?:<[?!][^>]*>\s*)*<(?:[^\s<>!?/:]+:)?([^\s<>!?/:]+)[^<>]*>")
_NOBODY: Final = Credentials({})
_PIECE: Final = 1024 * 1024
_MOST_NUMBERS: Final = 10


@dataclass(frozen=True, slots=True)
class RecordedResponse(PickledByName, Generic[T]):
    """A response in a journal: time of arrival (UTC), operation, body, and result.

    A push has the operation `Push`. If the response `quotes_secret`, `raw` has all of it, and
    a result that is an error shows nothing of it.
    """

    at: datetime
    operation: str
    raw: bytes = field(repr=False)
    result: T | MalformedResponse | ServiceFault
    quotes_secret: bool = False


def read_results(
    path: str | os.PathLike[str],
    operations: Mapping[str, Operation],
    parsers: Mapping[str, Parser[T]],
    read_push: Callable[[bytes, str | None], T] | None = None,
    *,
    charset: str = "",
) -> Iterator[RecordedResponse[T]]:
    """Yield the entries of a file, or of all files of a folder, in the order in which they came.

    `read_push` reads a body with its Content-Type, and raises a ServiceError for what is
    no push, whose last argument is the reason. `charset` is the one that the grammar names.
    """
    place = Path(path)
    files = [place]
    if place.is_dir():
        files = sorted(file for file in place.glob(f"*{SUFFIX}") if file.is_file())
    for file in files:
        for line in _lines(file):
            result: T | MalformedResponse | ServiceFault
            if line.operation == PUSH and not line.head.binding and read_push is not None:
                result = _push(read_push, line)
            else:
                result = _result(operations.get(line.operation), parsers, line, charset)
            quotes_secret = line.head.quotes_secret
            if quotes_secret and isinstance(result, MalformedResponse | ServiceFault):
                result = unquoted(result)
            yield RecordedResponse(line.at, line.operation, line.raw, result, quotes_secret)


def _lines(file: Path) -> Iterator[Line]:
    """Yield the entries of a file; a warning names the lines that are none, as far as read."""
    passed_over: list[int] = []
    try:
        with file.open("rb") as stream:
            for number, line in enumerate(_whole_lines(stream), 1):
                entry = read_line(line)
                if entry is not None:
                    yield entry
                elif line.strip():
                    passed_over.append(number)
                    yield from torn_apart(line)
    finally:
        if passed_over:
            numbers = ", ".join(map(str, passed_over[:_MOST_NUMBERS]))
            ellipsis = ", …" if len(passed_over) > _MOST_NUMBERS else ""
            warning = "%s: passed over what is no entry, in %d of its lines: %s%s"
            _log.warning(warning, file, len(passed_over), numbers, ellipsis)


def _whole_lines(stream: BinaryIO) -> Iterator[bytes]:
    """Yield each line, however long. A long run of NULs, left by a crash, is shortened."""
    pieces: list[bytes] = []
    while piece := stream.readline(_PIECE):
        pieces.append(piece if piece.strip(b"\0") else b"\0")
        if piece.endswith(b"\n"):
            yield b"".join(pieces)
            pieces.clear()
    if pieces:
        yield b"".join(pieces)


def _push(
    read_push: Callable[[bytes, str | None], T], line: Line
) -> T | MalformedResponse | ServiceFault:
    reason = line.head.problem or ("" if line.head.is_whole else "it was cut short")
    if not reason:
        try:
            return read_push(line.raw, line.head.content_type or None)
        except ServiceError as error:
            reason = str(error.args[-1])
    return _malformed(line, f"is no push: {reason}")


def _result(
    operation: Operation | None,
    parsers: Mapping[str, Parser[T]],
    line: Line,
    charset: str,
) -> T | MalformedResponse | ServiceFault:
    head = line.head
    if not head.is_whole or head.has_head:
        problem = head.problem or "it was cut short"
        return IncompleteResponse(line.operation, problem, line.raw, excerpt(line.raw, ()))
    if operation is None:
        return _malformed(line, "is of an unknown operation")
    binding = Binding.__members__.get(head.binding)
    if binding is None and head.binding:
        return _malformed(line, "came over an unknown binding")
    if binding is None:
        binding, kind = _guessed(operation, line.raw, charset)
        head = Head(binding.name, 200, kind)
    end = len(line.raw) - max(head.behind, 0)
    headers = head.headers or _known_headers(head)
    response = Response(head.status, headers, line.raw[:end], line.raw[end:])
    call = Call(operation, {}, parsers[operation.name])
    try:
        return call.result(binding, response, _NOBODY, charset=head.charset)
    except (MalformedResponse, ServiceFault) as error:
        return error.with_traceback(None)


def _malformed(line: Line, reason: str) -> MalformedResponse:
    raw = line.raw.decode("utf-8", "backslashreplace")
    return MalformedResponse(raw, reason, received=line.raw)


def _known_headers(head: Head) -> tuple[tuple[str, str], ...]:
    headers = (("Content-Type", head.content_type), ("Content-Encoding", head.coding))
    return tuple((name, value) for name, value in headers if value)


def _guessed(operation: Operation, body: bytes, charset: str) -> tuple[Binding, str]:
    """Return the binding and the content type of a body of which neither is written down.

    The root element tells the binding. The charset is that of the byte order mark or the XML
    declaration, or UTF-8; a body in none of these is taken for the `charset` of the grammar.
    """
    label = ""
    text = decoded(body, "text/xml")
    if text is None and charset:
        label = f"; charset={charset}"
        text = decoded(body, f"text/xml{label}")
    root = _ROOT.match(text or "")
    if root is not None and root[1] == "Envelope":
        return Binding.SOAP12 if SOAP_12 in root[0] else Binding.SOAP11, f"text/xml{label}"
    offered = [option for option in (Binding.GET, Binding.POST) if option in operation.bindings]
    by_root = {operation.endpoint_of(option).root: option for option in offered}
    binding = by_root.get("" if root is None else root[1], by_root.get("", operation.bindings[0]))
    is_text = operation.endpoint_of(binding).answers_text(binding)
    return binding, f"text/{'plain' if is_text else 'xml'}{label}"
