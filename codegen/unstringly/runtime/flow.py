"""How a call is made, without doing any I/O: what to do next, and what its answer means.

A flow is a generator. It yields what has to be done, a pause or a request to send, and is told
what came of it. `callers.py` drives it, with threads or with tasks. The rules:

- A request of which a byte may have left is not sent again, unless the operation only reads.
- Between two calls of an operation there is the pause that the service wants, retries included.
- What came is given to the journal before anything is read from it, whole or not.
- All of it, pauses included, ends at one deadline.
"""

import re
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from time import monotonic
from typing import Literal, TypeAlias, TypeVar
from urllib.parse import urlsplit

from .bindings import Binding
from .calls import Call, Credentials, Operation
from .decoding import excerpt, is_result
from .errors import ServiceError
from .exchange import Request, Response, SendFailed
from .failures import IncompleteResponse, JournalFailed, NotSent, OutcomeUnknown, TooSoon
from .pace import Key, Turn
from .parsed import watch
from .recording import Head, JournalWriter, keep, without_own_frames
from .sealed import Secret
from .secrets import masked_bytes

T = TypeVar("T")

WhenTooSoon: TypeAlias = Literal["wait", "raise"]
"""What to do while the service wants a pause: wait for it to end, or raise TooSoon."""

_FIRST_PAUSE = 0.2
_LONGEST_PAUSE = 5.0
_OK = 200
_PAGE = re.compile(rb"(?i)[^<]*(?:<\?[^>]*>[^<]*)?<(?:!|html|head|body)")
"""How a page begins whose head is not known."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What is the same for all calls of a client."""

    account: Credentials
    address: str
    binding: Binding
    timeout: float
    retries: int
    interval: WhenTooSoon
    journal: JournalWriter | None


@dataclass(frozen=True, slots=True)
class Pause:
    """Do nothing for some seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Sending:
    """Send a request; what came of it is a Response or a SendFailed."""

    request: Request
    deadline: float


Step: TypeAlias = Pause | Sending
Answer: TypeAlias = Response | SendFailed | None


def flow(
    call: Call[T], terms: Terms, leaving: Callable[[], None] | None = None
) -> Generator[Step, Answer, T]:
    """The steps of a call, and its typed result. `leaving` is called before a request leaves."""
    deadline = monotonic() + terms.timeout
    operation, secrets = call.operation, call.secrets(terms.account)
    request = call.request(terms.binding, terms.address, terms.account)
    if leaving is not None:
        request = replace(request, leaving=leaving)
    response = yield from _response(operation, request, deadline, terms, secrets)
    if terms.journal is not None:
        kept = is_result(operation.endpoint_of(terms.binding), terms.binding, response)
        kind = response.header("Content-Type") or ""
        head = Head(terms.binding.name, response.status, kind)
        lost = _not_kept(operation, response.body, head, terms, secrets, is_result=kept)
        if lost is not None:
            raise lost
    result = call.result(terms.binding, response, terms.account, terms.address)
    watch(result, operation.name)
    return result


def _response(
    operation: Operation, request: Request, deadline: float, terms: Terms, secrets: Sequence[Secret]
) -> Generator[Step, Answer, Response]:
    retry = 0
    earlier: ServiceError | None = None
    while True:
        answer = yield from _attempt(operation, request, deadline, terms, earlier)
        if isinstance(answer, Response):
            return answer
        if answer.status is not None:
            head = Head(terms.binding.name, answer.status, is_whole=False)
            is_ok = answer.status == _OK and _PAGE.match(answer.received) is None
            lost = _not_kept(operation, answer.received, head, terms, secrets, is_result=is_ok)
            if lost is not None and answer.interrupt is None:
                raise lost
            if lost is not None:
                _tell(f"{lost}, and the call was interrupted")
        if answer.interrupt is not None:
            raise answer.interrupt
        earlier = _failure(operation, answer, terms, secrets)
        may_repeat = operation.effect == "read" or not answer.sent
        pause = min(_FIRST_PAUSE * 2**retry, _LONGEST_PAUSE)
        is_last = retry >= terms.retries or monotonic() + pause >= deadline
        if answer.is_final or not may_repeat or is_last:
            raise earlier
        retry += 1
        yield Pause(pause)


def _attempt(
    operation: Operation,
    request: Request,
    deadline: float,
    terms: Terms,
    earlier: ServiceError | None,
) -> Generator[Step, Answer, Response | SendFailed]:
    """One exchange, when its turn has come. `earlier` is what came of the one before.

    If there is no time for another turn, that is what came of the call.
    """
    if not operation.interval:
        return _told((yield Sending(request, deadline)))
    key = Key(terms.address.lower(), operation.name, terms.account.identity)
    turn = Turn(key, operation.interval)
    while seconds := turn.wait():
        if terms.interval == "raise" or monotonic() + seconds >= deadline:
            noun = "second" if operation.interval == 1 else "seconds"
            reason = f"one call in {operation.interval:g} {noun}; wait {seconds:.1f} more"
            raise earlier or TooSoon(operation.name, reason, seconds)
        yield Pause(seconds)
    counts = True
    try:
        answer = _told((yield Sending(request, deadline)))
        counts = isinstance(answer, Response) or answer.sent
    finally:
        turn.end(counts=counts)
    return answer


def _told(answer: Answer) -> Response | SendFailed:
    if answer is None:
        raise TypeError("a flow was told nothing of what it asked for")
    return answer


def _not_kept(
    operation: Operation,
    body: bytes,
    head: Head,
    terms: Terms,
    secrets: Sequence[Secret],
    *,
    is_result: bool,
) -> JournalFailed | None:
    """Give a body to the journal. Pages and faults may quote the request: secrets are masked.

    What the journal raises becomes the cause, without this frame, which has the body.
    """
    if terms.journal is None:
        return None
    raw = body if is_result else masked_bytes(body, secrets)
    del body  # tracebacks may show variables
    try:
        keep(terms.journal, operation.name, raw, head)
    except Exception as error:  # noqa: BLE001 - whoever calls this raises it
        lost = JournalFailed(operation.name, raw, secrets=secrets)
        lost.__cause__ = without_own_frames(error)
        return lost
    return None


def _tell(words: str) -> None:
    from logging import getLogger  # it takes some ms, which a start can do without

    getLogger(__name__).error("%s", words)


def _failure(
    operation: Operation, failed: SendFailed, terms: Terms, secrets: Sequence[Secret]
) -> ServiceError:
    """The exception for an exchange without a whole response."""
    reason = f"{failed.reason} ({urlsplit(terms.address).netloc}, timeout {terms.timeout:g} s)"
    if not failed.sent:
        return NotSent(operation.name, reason)
    if failed.status is None:
        return OutcomeUnknown(operation.name, reason, failed.received, secrets=secrets)
    shown = excerpt(failed.received, secrets)
    return IncompleteResponse(operation.name, reason, failed.received, shown, secrets=secrets)
