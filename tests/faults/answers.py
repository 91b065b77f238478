"""What a good server answers to each operation over each binding, and messages around it."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from tests.faults.servers import Seen

NAMESPACE = "http://tempuri.org/"
SOAP = {
    "soap11": "http://schemas.xmlsoap.org/soap/envelope/",
    "soap12": "http://www.w3.org/2003/05/soap-envelope",
}
BATCH = "2314357620085030623"
RESULTS = {
    "GetBalance": "1234.50",
    "GetReport": f"{BATCH},13900000000,DELIVRD|",
    "GetReport2": f"{BATCH},13900000000,2014/06/10 15:34:11,DELIVRD|",
    "GetMo": "13900000000|,|好|,|2014/06/10 15:34:11|;|",
    "GetMo2": "13900000000|,|好|,|2014/06/10 15:34:11|,|1069|;|",
}
"""The sends answer the number that they were for, so that each caller knows its own answer."""

Headers = Sequence[tuple[str, str]]


def result(request: Seen) -> str:
    return RESULTS.get(request.operation) or request.parameters["DesNo"]


def media(request: Seen) -> str:
    return "application/soap+xml" if request.binding == "soap12" else "text/xml"


def document(request: Seen, text: str | None = None, encoding: str = "utf-8") -> str:
    """The XML with a result, as the request's binding wants it."""
    inside = escape(result(request) if text is None else text)
    declaration = f'<?xml version="1.0" encoding="{encoding}"?>'
    if request.binding not in SOAP:
        return f'{declaration}<string xmlns="{NAMESPACE}">{inside}</string>'
    name = request.operation
    return (
        f'{declaration}<soap:Envelope xmlns:soap="{SOAP[request.binding]}"><soap:Body>'
        f'<{name}Response xmlns="{NAMESPACE}"><{name}Result>{inside}</{name}Result>'
        f"</{name}Response></soap:Body></soap:Envelope>"
    )


def fault(soap: str, text: str, code: str = "soap:Server") -> str:
    """The XML of a fault, of SOAP 1.1 or 1.2 whatever the request's binding."""
    inner = f"<faultcode>{escape(code)}</faultcode><faultstring>{escape(text)}</faultstring>"
    if soap == "soap12":
        inner = (
            f"<soap:Code><soap:Value>{escape(code)}</soap:Value></soap:Code>"
            f'<soap:Reason><soap:Text xml:lang="en">{escape(text)}</soap:Text></soap:Reason>'
        )
    return (
        f'<soap:Envelope xmlns:soap="{SOAP[soap]}"><soap:Body><soap:Fault>{inner}</soap:Fault>'
        "</soap:Body></soap:Envelope>"
    )


def message(
    body: str | bytes = b"",
    kind: str = "text/xml; charset=utf-8",
    status: str = "200 OK",
    *headers: tuple[str, str],
    length: int | None = None,
    version: str = "HTTP/1.1",
) -> bytes:
    """A response on the wire; `length` is what it claims if that is not so, or -1 for no claim."""
    data = body.encode() if isinstance(body, str) else body
    claimed = len(data) if length is None else length
    lines = [f"{version} {status}", f"Content-Type: {kind}"]
    lines += [f"Content-Length: {claimed}"] if claimed >= 0 else []
    lines += [f"{name}: {value}" for name, value in headers]
    return "\r\n".join([*lines, "", ""]).encode() + data


def good(request: Seen, text: str | None = None, *headers: tuple[str, str]) -> bytes:
    return message(document(request, text), f"{media(request)}; charset=utf-8", "200 OK", *headers)


def chunked(request: Seen, sizes: Sequence[str] = (), last: bytes = b"0\r\n\r\n") -> bytes:
    """The good answer in chunks of 40 bytes. `sizes` replaces the first chunks' size lines."""
    body = document(request).encode()
    head = message(b"", f"{media(request)}; charset=utf-8", "200 OK", length=-1)[:-2]
    wire = head + b"Transfer-Encoding: chunked\r\n\r\n"
    for number, start in enumerate(range(0, len(body), 40)):
        piece = body[start : start + 40]
        size = sizes[number] if number < len(sizes) else f"{len(piece):x}"
        wire += size.encode() + b"\r\n" + piece + b"\r\n"
    return wire + last
