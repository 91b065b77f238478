# Copied by unstringly 0.1.0. Do not edit.
"""Problems of responses that quote a secret, shown by a program that does not know the secret."""

import re
from typing import Final

from .exceptions import IncompleteResponse, MalformedResponse, ServiceFault
from .sealed import Secret

_NOT_SHOWN: Final = "is not shown: it quotes a secret"
_USUAL: Final = re.compile(
    r"(?:(?:soap|soap11|soap12|soapenv|SOAP-ENV|env|s):)?"
    r"(?:Client|Server|VersionMismatch|MustUnderstand|Sender|Receiver|DataEncodingUnknown)"
)
"""The codes of faults that SOAP 1.1 and SOAP 1.2 define, with the usual prefixes."""

_UNKNOWN: Final = (Secret(""),)
"""Secrets that match nothing, and that make an exception seal all that it keeps."""


def unquoted(problem: MalformedResponse | ServiceFault) -> MalformedResponse | ServiceFault:
    """Return the same problem without any words of the service; `raw` and `received` stay whole.

    The words of this package stay: a status, and the reason why a response is not whole.
    """
    match problem:
        case ServiceFault(status=status, code=code, message=message):
            fault = ServiceFault(
                status,
                code if _USUAL.fullmatch(code) or not code else "a fault whose code",
                f"the message {_NOT_SHOWN}" if code else message,
                "",
                problem.raw,
                received=problem.received,
                headers=problem.headers,
                secrets=_UNKNOWN,
            )
            fault.address = problem.address
            return fault
        case IncompleteResponse(operation=operation, reason=reason, received=received):
            return IncompleteResponse(operation, reason, received, secrets=_UNKNOWN)
        case _:
            reason = f"is malformed, and {_NOT_SHOWN}"
            return MalformedResponse(
                problem.raw, reason, received=problem.received, secrets=_UNKNOWN
            )
