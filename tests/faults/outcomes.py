"""What comes of sending a message, for each of the faults; the reason where it is not obvious."""

from typing import Final, TypeAlias

from tests.faults.clients import OURS, PHONE, Way

from msgsend import (
    Binding,
    IncompleteResponse,
    MalformedResponse,
    NotSent,
    OutcomeUnknown,
    ServiceFault,
    UnknownErrorCode,
)

SHORT: Final = 0.3
"""Seconds, for faults that last until the deadline."""
LONG: Final = 10.0
NEVER: Final = 3600.0
"""Seconds, for what must be noticed long before."""

REJECTED: Final = UnknownErrorCode("-6:敏感词")
# Closed before a byte is read: whether the client notices before it writes is a race. If it does
# not, its bytes may have been read for all it knows.
GONE: Final = (NotSent, OutcomeUnknown)
UNREAD: Final = {"closed at once", "reset at once"}
UNBOUND: Final = {"headers drip", "100 forever"}
"""HttpxTransport is documented not to bound these."""

Expected: TypeAlias = type[Exception] | tuple[type[Exception], ...] | str | UnknownErrorCode
"""A value, or an exception of that class, or of one of these, and not only of one below."""

OUTCOMES: Final[dict[str, Expected]] = {
    "no fault": PHONE,
    "refused": NotSent,
    "never accepted": NotSent,
    "closed at once": GONE,
    "reset at once": GONE,
    "never read": OutcomeUnknown,
    "never answered": OutcomeUnknown,
    "read and closed": OutcomeUnknown,
    "read and reset": OutcomeUnknown,
    # Something came, but no head. Of these httpx2 does not give out what came.
    "no HTTP": OutcomeUnknown,
    "HTTP/0.9": OutcomeUnknown,
    "HTTP/2 status line": OutcomeUnknown,
    "status of letters": OutcomeUnknown,
    "status line cut": OutcomeUnknown,
    "headers drip": OutcomeUnknown,
    "headers never end": OutcomeUnknown,
    "header line never ends": OutcomeUnknown,
    "status line never ends": OutcomeUnknown,
    "100 forever": OutcomeUnknown,
    # http.client takes the end of the connection for the end of the headers.
    "headers cut": (OutcomeUnknown, IncompleteResponse),
    "headers cut at a line": (OutcomeUnknown, IncompleteResponse),
    # Interim responses (RFC 9110, 15.2) come before the response. 101 is the last one, and no
    # HTTP at all for httpx2: nobody asked for another protocol.
    "100 before": PHONE,
    "103 before": PHONE,
    "101": (ServiceFault, OutcomeUnknown),
    "body cut": IncompleteResponse,
    "body cut by a reset": IncompleteResponse,
    "body cut in the middle": IncompleteResponse,
    "body short and open": IncompleteResponse,
    "body drips": IncompleteResponse,
    # What follows a whole response belongs to nobody. test_connections looks where it goes.
    "body longer than it says": PHONE,
    "no length": PHONE,
    "HTTP/1.0 without length": PHONE,
    # The end of the connection is the end of such a body: HTTP cannot tell, XML can.
    "no length and cut": MalformedResponse,
    "chunked": PHONE,
    "chunked with extensions": PHONE,
    "chunked with trailers": PHONE,
    "chunked, cut": IncompleteResponse,
    "chunked, no last chunk": IncompleteResponse,
    "chunked, stalled": IncompleteResponse,
    "chunk size of letters": IncompleteResponse,
    "chunk size with a sign": IncompleteResponse,
    "chunk size beyond all": IncompleteResponse,
    # RFC 9112, 6.3: an unrecoverable error. Taking the first is as safe: it cuts the XML.
    "two lengths": (OutcomeUnknown, IncompleteResponse, MalformedResponse),
    "body without end": IncompleteResponse,
    "body of 1 TB": IncompleteResponse,
    "chunks without end": IncompleteResponse,
    "page 200": ServiceFault,
    "page 500": ServiceFault,
    "page 502": ServiceFault,
    "text 500": ServiceFault,
    "result 500": ServiceFault,
    "json": ServiceFault,
    "SOAP 1.1 fault": ServiceFault,
    "SOAP 1.2 fault": ServiceFault,
    "SOAP 1.1 fault 200": MalformedResponse,  # but for its own binding, below
    "SOAP 1.2 fault 200": MalformedResponse,
    "redirect 301": ServiceFault,
    "redirect 302": ServiceFault,
    "redirect 303": ServiceFault,
    "redirect 307": ServiceFault,
    "redirect 308": ServiceFault,
    "401": ServiceFault,
    "206": ServiceFault,
    "empty 200": MalformedResponse,
    "204": ServiceFault,
    "304": ServiceFault,
    "gzip": PHONE,
    "gzip bomb": MalformedResponse,
    "nested deeply": MalformedResponse,
    "billion laughs": MalformedResponse,
    "external entity": MalformedResponse,
    "another root": MalformedResponse,
    "XML cut": MalformedResponse,
    "no form of a result": MalformedResponse,
    "result of 4 MB": "1" * 4_000_000,
    "utf-8 with a mark": REJECTED,
    "utf-16 with a mark": REJECTED,
    "gb2312 in the header": REJECTED,
    "gb2312 in the document": REJECTED,
    "gb2312 that says utf-8": REJECTED,  # the document says what it is
    "unknown charset": PHONE,
}
OF_A_BINDING: Final[dict[tuple[str, Binding], Expected]] = {
    ("SOAP 1.1 fault 200", Binding.SOAP11): ServiceFault,
    ("SOAP 1.2 fault 200", Binding.SOAP12): ServiceFault,
}
_WITHOUT_HEAD: Final = (
    "no HTTP",
    "HTTP/0.9",
    "status of letters",
    "status line cut",
    "headers cut",
    "headers cut at a line",
    "headers drip",
    "headers never end",
    "header line never ends",
    "status line never ends",
    "100 forever",
    "two lengths",
)
OF_OUR_READER: Final[dict[str, Expected]] = {
    "HTTP/2 status line": PHONE,
    **dict.fromkeys(_WITHOUT_HEAD, IncompleteResponse),
}
"""What our own reader reads, as browsers do, or keeps, and httpx2 does not."""


def expected_over(way: Way, name: str, binding: Binding = Binding.POST) -> Expected:
    """What comes of a send over a way."""
    expected = OF_A_BINDING.get((name, binding), OUTCOMES[name])
    return OF_OUR_READER.get(name, expected) if way in OURS else expected


EXCERPTS: Final = {
    "page 200": "<html><body>Please log in</body></html>",
    "page 500": "<html><body>Server Error</body></html>",
    "text 500": "Missing parameter: Msg.",
    "401": "Who are you?",
    "another root": "<error>123</error>",
    "XML cut": '<?xml version="1.0" encoding="utf-8"?>',
    "body cut": '<?xml version="1.0" encoding="utf-8"?>',
    "body short and open": '<?xml version="1.0" encoding="utf-8"?>',
    "body without end": "<string>111111",
    "chunked, cut": '<?xml version="1.0" encoding="utf-8"?>',
}
"""How the excerpts of some begin."""


def assert_outcome(outcome: object, expected: Expected) -> None:
    if isinstance(expected, tuple):
        assert outcome.__class__ in expected, outcome
    elif isinstance(expected, type):
        assert outcome.__class__ is expected, outcome
    else:
        assert outcome == expected
