"""Reading journals back: each body gives the result that the call gave, or would have given."""

import json
import logging
import os
import re
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar, cast

from .bindings import SOAP_12, Binding
from .calls import Operation
from .charsets import decoded
from .decoding import read_result
from .errors import MalformedResponse, ServiceFault
from .exchange import Response
from .journal import SUFFIX
from .push import PUSH, InvalidPush
from .recording import Head

T = TypeVar("T")
_log = logging.getLogger(__name__)
_ROOT = re.compile(r"\s*(?:<[?!][^>]*>\s*)*<(?:[^\s<>!?/:]+:)?([^\s<>!?/:]+)[^<>]*>")


@dataclass(frozen=True, slots=True)
class RecordedResponse(Generic[T]):
    """A response in a journal: when it came (UTC), of which operation, its body, its result.

    A push is one of the operation `Push`.
    """

    at: datetime
    operation: str
    raw: bytes = field(repr=False)
    result: T | MalformedResponse | ServiceFault


class _Line(NamedTuple):
    """A line of a journal."""

    at: datetime
    operation: str
    raw: bytes
    head: Head


def read_results(
    path: str | os.PathLike[str],
    operations: Mapping[str, Operation],
    parsers: Mapping[str, Callable[[str], T]],
    read_push: Callable[[bytes, str | None], T] | None = None,
) -> Iterator[RecordedResponse[T]]:
    """The entries of a file, or of all files of a folder, in the order in which they came."""
    place = Path(path)
    files = sorted(place.glob(f"*{SUFFIX}")) if place.is_dir() else [place]
    for file in files:
        with file.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                found = _line(line)
                if found is not None:
                    if found.operation == PUSH and not found.head.binding and read_push is not None:
                        result = _push(read_push, found)
                    else:
                        result = _result(operations.get(found.operation), parsers, found)
                    yield RecordedResponse(found.at, found.operation, found.raw, result)
                elif line.strip():
                    _log.warning("%s:%d: a torn line, passed over", file, number)


def _line(line: bytes) -> _Line | None:
    try:
        found = cast("dict[str, str]", json.loads(line))
        text = found.get("text")
        raw = b64decode(found["base64"], validate=True) if text is None else text.encode("utf-8")
        at, is_whole = datetime.fromisoformat(found["at"]), bool(found.get("whole", True))
        binding, kind = found.get("binding", ""), found.get("type", "")
        head = Head(str(binding), int(found.get("status", 0)), str(kind), is_whole)
        return _Line(at, str(found["operation"]), raw, head)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _push(
    read_push: Callable[[bytes, str | None], T], line: _Line
) -> T | MalformedResponse | ServiceFault:
    reason = ""
    try:
        return read_push(line.raw, line.head.content_type or None)
    except InvalidPush as error:
        reason = error.reason
    return MalformedResponse(line.raw.decode("utf-8", "replace"), f"is no push: {reason}")


def _result(
    operation: Operation | None, parsers: Mapping[str, Callable[[str], T]], line: _Line
) -> T | MalformedResponse | ServiceFault:
    if operation is None:
        return MalformedResponse(line.raw.decode("utf-8", "replace"), "is of an unknown operation")
    if not line.head.is_whole:
        return MalformedResponse(line.raw.decode("utf-8", "replace"), "was cut short")
    try:
        return parsers[operation.name](_text(operation, line))
    except (MalformedResponse, ServiceFault) as error:
        return error.with_traceback(None)


def _text(operation: Operation, line: _Line) -> str:
    """The text of the result, read as it was when it came, as far as that is known."""
    binding, head = Binding.__members__.get(line.head.binding), line.head
    if binding is None:
        binding, kind = _guessed(operation, line.raw)
        head = Head(binding.name, 200, kind)
    kinds = (("Content-Type", head.content_type),) if head.content_type else ()
    response = Response(head.status, kinds, line.raw)
    endpoint = operation.endpoint_of(binding)
    return read_result(endpoint, binding, response, null=operation.null)


def _guessed(operation: Operation, body: bytes) -> tuple[Binding, str]:
    """The binding and the content type of a body of which nobody has written them down.

    The root element tells the binding. The charset is that of the byte order mark or the XML
    declaration, or UTF-8; what is none of these is taken for GB 18030.
    """
    charset = ""
    text = decoded(body, "text/xml")
    if text is None:
        charset = "; charset=gb18030"
        text = decoded(body, f"text/xml{charset}")
    root = _ROOT.match(text or "")
    if root is not None and root[1] == "Envelope":
        return Binding.SOAP12 if SOAP_12 in root[0] else Binding.SOAP11, f"text/xml{charset}"
    offered = [each for each in (Binding.GET, Binding.POST) if each in operation.bindings]
    by_root = {operation.endpoint_of(each).root: each for each in offered}
    binding = by_root.get("" if root is None else root[1], by_root.get("", operation.bindings[0]))
    is_text = operation.endpoint_of(binding).answers_text(binding)
    return binding, f"text/{'plain' if is_text else 'xml'}{charset}"
