"""The messages of an operation in SOAP's encoding.

Requests and responses are written as SOAP 1.1 has them, also in envelopes of SOAP 1.2, which may
have any encoding; both are read.
"""

from ..wire.bindings import Binding
from .encoded_reading import read_body
from .messages import SOAP, Messages
from .tables import Element


class EncodedMessages(Messages):
    """As `Messages`, for messages in SOAP's encoding; the writer is an `EncodedWriter`.

    The elements are the wrappers that the operation's style makes: one for the request, and one for
    the response, whose first element is the result, whatever its name.
    """

    __slots__ = ()

    def _in_body(
        self, binding: Binding, response: Element | None, text: str
    ) -> tuple[bool, object]:
        body = read_body(SOAP[binding], response, text, is_response=True)
        return body.is_fault, body.value

    def _call(self, binding: Binding, text: str) -> object:
        return read_body(SOAP[binding], self._request, text).value
