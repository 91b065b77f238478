"""The string result in a response, decoded strictly.

A result is taken from exactly one place: the path of elements that the WSDL describes, with
their namespaces, or the whole body where the WSDL says that it is plain text. Everything else that
a server, a proxy or a broken connection may send is an error: a fault, a page, another root, a
second result, elements or attributes that make it something else, a document type, a body that
ends too early.
"""

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ..errors.exceptions import MalformedResponse, ServiceFault
from ..errors.secrets import masked
from .bindings import SOAP_11, SOAP_12, Binding, Endpoint
from .charsets import decoded
from .codec import Codec
from .codings import Broken, coding_of, inflated
from .documents import Content, read_document
from .exchange import MAX_BYTES, Response
from .media_types import media_type

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..errors.sealed import Secret

_MEDIA = ("text/xml", "application/xml", "application/soap+xml", "")
_PAGES = ("text/html", "text/plain", "application/json", "application/xhtml+xml")
_OK = 200
_ACCEPTED = 202
_EXCERPT = 200
_LOOKED_AT = 4 * 1024


def read_result(
    endpoint: Endpoint,
    binding: Binding,
    response: Response,
    secrets: "Sequence[Secret]" = (),
    *,
    address: str = "",
    null: str | None = None,
    charset: str = "",
) -> str:
    """Return the text of the result, which has an encoding: no lone surrogate is in it.

    `address` is the service's, if it is known. `null` is the text for a result that is left out, or
    nil; None: such a response is malformed. `charset` is the one that the client was told to use;
    it comes before the labels of the response.

    Raises ServiceFault for an error of the service or of something before it, MalformedResponse
    for a response that is none of the things the WSDL promises. Both keep all bytes that came,
    and show no secrets.
    """
    outcome = judged(endpoint, binding, response, secrets, address, null, charset)
    if isinstance(outcome, str):
        return outcome
    assert isinstance(outcome, ServiceFault | MalformedResponse)
    raise outcome  # no variable of this frame holds the response


def judged(
    endpoint: Endpoint,
    binding: Binding,
    response: Response,
    secrets: "Sequence[Secret]",
    address: str,
    null: str | None,
    charset: str,
    codec: Codec | None = None,
) -> Any:  # Any: see below
    """As `read_result`, but the error is returned and not raised, so it has no traceback.

    With a `codec` the result is what that reads, of any type that is no exception.
    """
    media = media_type(response.header("Content-Type"))
    text, problem = _text(response, charset)
    content = None
    if text is not None and codec is not None:
        if _may_be_answer(response, media):
            value, problem = codec.answer(binding, text)
            if not problem:
                return value
        content = _fault_in(text, media, endpoint, binding)
    elif text is not None and endpoint.answers_text(binding):
        content = Content(text) if _is_text(media) else None
    elif text is not None and media in _MEDIA:
        problem, content = read_document(text, _path(endpoint, binding))
    if content is not None and not content.is_fault and response.status == _OK:
        result = null if content.is_null else content.text
        if result is not None:
            return result
    received = response.body + response.behind
    raw = received.decode("utf-8", "backslashreplace") if text is None or response.behind else text
    beginning = excerpt(response.body if text is None else text, secrets)
    code_and_message = _fault(content, response.status, media, endpoint, binding, secrets)
    if code_and_message is None:
        return MalformedResponse(
            raw, masked(problem, secrets), beginning, received=received, secrets=secrets
        )
    code, message = code_and_message
    fault = ServiceFault(
        response.status,
        code,
        message,
        beginning,
        raw,
        received=received,
        headers=response.headers,
        secrets=secrets,
    )
    fault.address = _asked(endpoint, binding, address, secrets)
    declared = None
    if codec is not None and text is not None and content is not None:
        declared = codec.declared(binding, text)
    return fault if declared is None else fault.with_detail(declared.kind, declared.detail)


def _may_be_answer(response: Response, media: str) -> bool:
    """Say whether a response may hold the typed result of a call; one without a body may."""
    if response.status not in (_OK, _ACCEPTED):
        return False
    return media in _MEDIA or not (response.body or response.behind)


def _fault_in(text: str, media: str, endpoint: Endpoint, binding: Binding) -> Content | None:
    """Return the fault in a response of a call with a typed result, if it is one."""
    if media not in _MEDIA:
        return None
    _, content = read_document(text, _path(endpoint, binding))
    return content if content is not None and content.is_fault else None


def _fault(
    content: Content | None,
    status: int,
    media: str,
    endpoint: Endpoint,
    binding: Binding,
    secrets: "Sequence[Secret]",
) -> tuple[str, str] | None:
    """Return the code and the message of a fault in a response without a result.

    None: the response is malformed. The code is empty for an error of something before the service.
    """
    if content is not None and content.is_fault:
        return masked(content.code, secrets), masked(content.message, secrets)
    if status != _OK:
        return "", _status_words(status)
    if _may_hold(media, endpoint, binding):
        return None
    page = f" but {media}" if media in _PAGES else ""
    expected = "text" if endpoint.answers_text(binding) else "XML"
    return "", f"the response is no {expected}{page}"


def _text(response: Response, charset: str) -> tuple[str | None, str]:
    """Return the text of a body, or None and the problem with it."""
    body, coding = response.body, coding_of(response)
    if coding:
        try:
            body = inflated(body, coding, max(len(body), MAX_BYTES))
        except Broken as broken:
            return None, str(broken)
    text = decoded(body, response.header("Content-Type") or "", charset)
    return text, "is of none of the charsets that it claims" if text is None else ""


def _may_hold(media: str, endpoint: Endpoint, binding: Binding) -> bool:
    """Say whether a body of this media type may hold a result."""
    return _is_text(media) if endpoint.answers_text(binding) else media in _MEDIA


def _is_text(media: str) -> bool:
    return not media or (media.startswith("text/") and media != "text/html")


def _status_words(status: int) -> str:
    if 300 <= status < 400:
        return f"HTTP status {status}: a redirect, which is not followed"
    return f"HTTP status {status}"


def _asked(endpoint: Endpoint, binding: Binding, address: str, secrets: "Sequence[Secret]") -> str:
    """Return the address of a request for people: without user, query and secrets."""
    if not address:
        return ""
    parts = urlsplit(endpoint.place(binding, address))
    host = parts.netloc.rpartition("@")[2]
    return masked(f"{parts.scheme}://{host}{parts.path}", secrets)


def _path(endpoint: Endpoint, binding: Binding) -> tuple[str, ...]:
    """Return the names of the elements around the result, outermost first, as expat gives them."""
    match binding:
        case Binding.GET | Binding.POST:
            return (f"{endpoint.root_namespace} {endpoint.root}".strip(),)
        case Binding.SOAP11 | Binding.SOAP12:
            soap = SOAP_11 if binding is Binding.SOAP11 else SOAP_12
            response = f"{endpoint.namespace} {endpoint.response}"
            result = f"{endpoint.namespace} {endpoint.result}"
            return (f"{soap} Envelope", f"{soap} Body", response, result)


def excerpt(body: bytes | str, secrets: "Sequence[Secret]") -> str:
    """Return the beginning of a body for people: short, printable, without secrets."""
    beginning = body[:_LOOKED_AT]
    text = beginning if isinstance(beginning, str) else beginning.decode("utf-8", "replace")
    words = " ".join(masked(text, secrets).split())
    printable = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in words)
    return printable[:_EXCERPT] + ("…" if len(printable) > _EXCERPT else "")
