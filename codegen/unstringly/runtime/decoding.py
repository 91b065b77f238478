"""The string result in a response, decoded strictly.

A result is taken from exactly one place: the path of elements that the WSDL describes, with
their namespaces. Everything else that a server, a proxy or a broken connection may send is an
error: a fault, a page, another root, a second result, elements or attributes that make it
something else, a document type, a body that ends too early.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .bindings import SOAP_11, SOAP_12, Binding, Endpoint
from .charsets import decoded
from .errors import MalformedResponse, ServiceFault
from .exchange import Response
from .secrets import masked

if TYPE_CHECKING:
    from collections.abc import Sequence

_NIL = "http://www.w3.org/2001/XMLSchema-instance nil"
_MEDIA = ("text/xml", "application/xml", "application/soap+xml", "")
_OK = 200
_DEPTH = 50
_EXCERPT = 200
_LOOKED_AT = 16 * 1024


def read_result(
    endpoint: Endpoint, binding: Binding, response: Response, secrets: "Sequence[str]" = ()
) -> str:
    """The text of the result. Secrets do not show in what is raised, but for `raw`.

    Raises ServiceFault for an error of the service or of something before it, MalformedResponse
    for a response that is none of the things the WSDL promises.
    """
    found = _judged(endpoint, binding, response, secrets)
    if isinstance(found, str):
        return found
    raise found  # from here: no variable of this frame holds what came


def _judged(
    endpoint: Endpoint, binding: Binding, response: Response, secrets: "Sequence[str]"
) -> str | ServiceFault | MalformedResponse:
    media = _media(response)
    text = decoded(response.body, response.header("Content-Type") or "")
    coding = (response.header("Content-Encoding") or "identity").strip().lower()
    problem, found = "", None
    if coding != "identity":
        problem = "is compressed, which was not asked for"
    elif text is None:
        problem = "is not of the charset that it claims"
    elif media in _MEDIA:
        problem, found = _read(text, _path(endpoint, binding))
    shown = excerpt(response.body if text is None else text, secrets)
    if found is not None and found.is_fault:
        code, message = (masked(part.strip(), secrets) for part in (found.code, found.message))
        return ServiceFault(response.status, code, message, shown)
    if response.status != _OK:
        return ServiceFault(response.status, "", _status_words(response.status), shown)
    if coding == "identity" and media not in _MEDIA:
        told = masked(media, secrets)[:80]
        return ServiceFault(response.status, "", f"the response is {told}, no XML", shown)
    if problem or found is None:
        raw = response.body.decode("utf-8", "replace") if text is None else text
        return MalformedResponse(raw, masked(problem, secrets), shown)
    return found.text


def is_result(response: Response) -> bool:
    """Whether a response looks like one that holds a result, rather than a page of some proxy."""
    return response.status == _OK and _media(response) in _MEDIA


def _media(response: Response) -> str:
    return (response.header("Content-Type") or "").split(";")[0].strip().lower()


def _status_words(status: int) -> str:
    if 300 <= status < 400:
        return f"HTTP status {status}: a redirect, which is not followed"
    return f"HTTP status {status}"


def _path(endpoint: Endpoint, binding: Binding) -> tuple[str, ...]:
    """The names of the elements around the result, outermost first, as expat gives them."""
    match binding:
        case Binding.GET | Binding.POST:
            return (f"{endpoint.root_namespace} {endpoint.root}".strip(),)
        case Binding.SOAP11 | Binding.SOAP12:
            soap = SOAP_11 if binding is Binding.SOAP11 else SOAP_12
            response = f"{endpoint.namespace} {endpoint.response}"
            result = f"{endpoint.namespace} {endpoint.result}"
            return (f"{soap} Envelope", f"{soap} Body", response, result)


class _Refused(Exception):
    """The document is none that holds a result."""


@dataclass(slots=True)
class _Document:
    """What the parser has met: the result along its path, or a fault."""

    path: tuple[str, ...]
    parts: list[str] = field(default_factory=list[str])
    open: list[str] = field(default_factory=list[str])
    seen: int = 0
    skipped: int = 0
    is_fault: bool = False
    code: str = ""
    message: str = ""

    @property
    def text(self) -> str:
        return "".join(self.parts)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        depth = len(self.open)
        self.open.append(name)
        if depth >= _DEPTH:
            raise _Refused("is nested too deeply")
        if self.skipped or self.is_fault:
            self.skipped += bool(self.skipped)
            return
        if depth == self.seen < len(self.path) and name == self.path[depth]:
            self.seen += 1
            if attributes.get(_NIL, "").strip() in ("true", "1"):
                raise _Refused("is nil")
            return
        if len(self.path) > 1 and depth == self.seen == 1 and name == self._soap("Header"):
            self.skipped = 1
            return
        if len(self.path) > 1 and depth == self.seen == 2 and name == self._soap("Fault"):
            self.is_fault = True
            return
        local = name.rsplit(" ", 1)[-1]
        raise _Refused(f"has an element {local[:40]!r} where none is expected")

    def _soap(self, local: str) -> str:
        return f"{self.path[0].split(' ', maxsplit=1)[0]} {local}"

    def end(self, _: str) -> None:
        self.open.pop()
        self.skipped -= bool(self.skipped)

    def characters(self, data: str) -> None:
        if self.is_fault:
            self._fault(data)
        elif self.skipped:
            return
        elif len(self.open) == len(self.path) == self.seen:
            self.parts.append(data)
        elif data.strip(" \t\r\n"):
            raise _Refused("has text outside of its result")

    def _fault(self, data: str) -> None:
        """The code and the words of a fault, in SOAP 1.1 and in SOAP 1.2."""
        names = [name.rsplit(" ", 1)[-1] for name in self.open]
        match names[3:]:
            case ["faultcode"] | ["Code", "Value"] | ["Code", "Subcode", "Value"]:
                self.code += data
            case ["faultstring"] | ["Reason", "Text"]:
                self.message += data
            case _:
                pass

    def doctype(self, *_: object) -> None:
        raise _Refused("has a document type, which no SOAP message has")


def _read(text: str, path: tuple[str, ...]) -> tuple[str, _Document | None]:
    """What is wrong with a document, or what it holds."""
    from xml.parsers import expat

    document = _Document(path)
    parser = expat.ParserCreate("utf-8", " ")
    parser.StartElementHandler = document.start
    parser.EndElementHandler = document.end
    parser.CharacterDataHandler = document.characters
    parser.StartDoctypeDeclHandler = document.doctype
    parser.buffer_text = True
    try:
        parser.Parse(text.encode("utf-8", "surrogatepass"), True)
    except _Refused as refused:
        return str(refused), None
    except expat.ExpatError as error:
        words = expat.ErrorString(error.code)
        return f"is no XML document: {words}, line {error.lineno}", None
    if not document.is_fault and document.seen < len(path):
        return "has no result", None
    return "", document


def excerpt(body: bytes | str, secrets: "Sequence[str]") -> str:
    """The beginning of a body, for people: short, printable, without secrets."""
    whole = body[:_LOOKED_AT]
    text = whole if isinstance(whole, str) else whole.decode("utf-8", "replace")
    words = " ".join(masked(text, secrets).split())
    printable = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in words)
    return printable[:_EXCERPT] + ("…" if len(printable) > _EXCERPT else "")
