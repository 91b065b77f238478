"""Headers of WS-Addressing 1.0 (and of its draft of August 2004): who is asked, and for what.

A request has an action, an address, a name of its own, and says that the response comes back on the
same connection. A response says which request it belongs to. If that is another one, the result
still counts, since HTTP itself says which response belongs to which request, and gateways give
messages other names; the log has a warning.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final
from uuid import uuid4

from ..errors.sealed import Secret
from .charsets import decoded
from .codec import Account, Came
from .envelopes import written
from .exchange import Request, Response
from .soap_headers import read_header, with_header

_log = logging.getLogger(__name__)
_2004: Final = "http://schemas.xmlsoap.org/ws/2004/08/addressing"


def _fresh() -> str:
    return f"urn:uuid:{uuid4()}"


@dataclass(frozen=True, slots=True)
class Addressing:
    """The headers of an operation's messages; `namespace` tells the version.

    `fresh` makes names of messages, and is for tests.
    """

    namespace: str
    action: str
    response_action: str
    fresh: Callable[[], str] = field(default=_fresh, repr=False, compare=False)

    def secrets(self, account: Account) -> tuple[Secret, ...]:
        """Return none."""
        del account
        return ()

    def sent(self, request: Request, account: Account) -> Request:
        """Return a request with the headers."""
        del account
        reply = f"<wsa:Address>{written(self._anonymous)}</wsa:Address>"
        elements = (
            self._element("Action", written(self.action)),
            self._element("To", written(request.url)),
            self._element("MessageID", written(self.fresh())),
            self._element("ReplyTo", reply),
        )
        return with_header(request, "".join(elements))

    def watching(self, request: Request) -> Callable[[str, Response], None]:
        """Return a function that warns of a response which belongs to another request."""
        sent = read_header(request.body.decode()).text(f"{self.namespace} MessageID")

        def look(operation: str, response: Response) -> None:
            text = decoded(response.body, response.header("Content-Type") or "")
            came = read_header(text or "").text(f"{self.namespace} RelatesTo")
            if came is not None and came.strip() != sent:
                words = "the response of %s says that it belongs to another request; it counts"
                _log.warning(words, operation)

        return look

    def came(self, headers: Mapping[str, str], text: str) -> Came:
        """Return the headers of the response to a request."""
        del headers
        name = read_header(text).text(f"{self.namespace} MessageID")
        relates = "" if name is None else self._element("RelatesTo", written(name.strip()))
        action = self.response_action
        fault = f"{self.namespace}{'' if self.namespace == _2004 else '/soap'}/fault"
        return Came(
            header=(self._element("Action", written(action)) if action else "") + relates,
            fault_header=self._element("Action", fault) + relates,
        )

    @property
    def _anonymous(self) -> str:
        return f"{self.namespace}/{'role/' if self.namespace == _2004 else ''}anonymous"

    def _element(self, name: str, content: str) -> str:
        namespace = written(self.namespace).replace('"', "&quot;")
        return f'<wsa:{name} xmlns:wsa="{namespace}">{content}</wsa:{name}>'
