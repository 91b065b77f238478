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
from typing import Generic, TypeVar, cast

from .bindings import SOAP_12, Binding
from .calls import Operation
from .charsets import decoded
from .decoding import read_result
from .errors import MalformedResponse, ServiceFault
from .exchange import Response
from .journal import SUFFIX
from .push import PUSH, InvalidPush

T = TypeVar("T")
_log = logging.getLogger(__name__)
_ROOT = re.compile(r"<(?:[^\s<>!?/:]+:)?([^\s<>!?/:]+)[^<>]*>")


@dataclass(frozen=True, slots=True)
class RecordedResponse(Generic[T]):
    """A response in a journal: when it came (UTC), of which operation, its body, its result.

    A push is one of the operation `Push`.
    """

    at: datetime
    operation: str
    raw: bytes = field(repr=False)
    result: T | MalformedResponse | ServiceFault


def read_results(
    path: str | os.PathLike[str],
    operations: Mapping[str, Operation],
    parsers: Mapping[str, Callable[[str], T]],
    read_push: Callable[[bytes], T] | None = None,
) -> Iterator[RecordedResponse[T]]:
    """The entries of a file, or of all files of a folder, in the order in which they came."""
    place = Path(path)
    files = sorted(place.glob(f"*{SUFFIX}")) if place.is_dir() else [place]
    for file in files:
        with file.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                recorded = _recorded(line)
                if recorded is not None:
                    at, name, raw = recorded
                    operation = operations.get(name)
                    if operation is None and name == PUSH and read_push is not None:
                        result = _push(read_push, raw)
                    else:
                        result = _result(operation, parsers, raw)
                    yield RecordedResponse(at, name, raw, result)
                elif line.strip():
                    _log.warning("%s:%d: a torn line, passed over", file, number)


def _recorded(line: bytes) -> tuple[datetime, str, bytes] | None:
    try:
        found = cast("dict[str, str]", json.loads(line))
        text = found.get("text")
        raw = b64decode(found["base64"], validate=True) if text is None else text.encode("utf-8")
        return datetime.fromisoformat(found["at"]), found["operation"], raw
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _push(read_push: Callable[[bytes], T], raw: bytes) -> T | MalformedResponse | ServiceFault:
    reason = ""
    try:
        return read_push(raw)
    except InvalidPush as error:
        reason = error.reason
    return MalformedResponse(raw.decode("utf-8", "replace"), f"is no push: {reason}")


def _result(
    operation: Operation | None, parsers: Mapping[str, Callable[[str], T]], raw: bytes
) -> T | MalformedResponse | ServiceFault:
    if operation is None:
        return MalformedResponse(raw.decode("utf-8", "replace"), "is of an unknown operation")
    try:
        return parsers[operation.name](_text(operation, raw))
    except (MalformedResponse, ServiceFault) as error:
        return error.with_traceback(None)


def _binding(operation: Operation, root: re.Match[str] | None) -> Binding:
    """The binding over which a body with this root element came."""
    if root is not None and root[1] == "Envelope":
        return Binding.SOAP12 if SOAP_12 in root[0] else Binding.SOAP11
    by_root = {operation.endpoint_of(each).root: each for each in (Binding.GET, Binding.POST)}
    return by_root.get("" if root is None else root[1], by_root.get("", Binding.POST))


def _text(operation: Operation, body: bytes) -> str:
    """The text of the result. The envelope tells the binding, which nobody has written down.

    The charset is that of the byte order mark or the XML declaration, or UTF-8; what is none of
    these was of a charset that the response's head told, and is taken for GB 18030.
    """
    content_type = "text/xml"
    text = decoded(body, content_type)
    if text is None:
        content_type = "text/xml; charset=gb18030"
        text = decoded(body, content_type)
    root = _ROOT.search(text or "")
    binding = _binding(operation, root)
    if operation.endpoint_of(binding).answers_text(binding):
        content_type = content_type.replace("xml", "plain")
    response = Response(200, (("Content-Type", content_type),), body)
    return read_result(operation.endpoint_of(binding), binding, response)
