"""The steps of a call, without any I/O: what to do next, and what its answer means.

A flow is a generator. It yields the next step, a pause, a request to send or an entry for the
journal, and is sent the answer. `callers.py` drives it with threads, `async_callers.py` with tasks.
The rules:

- A request of which a byte may have left is not sent again, unless the operation only reads.
- Between two calls of an operation there is the pause that the service wants, retries included.
- All bytes that came are given to the journal before anything is read from them, whole or not.
- All of it, pauses included, ends at one deadline. Reading the response is not part of it.
"""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field, replace
from typing import Generic, Literal, NamedTuple, TypeAlias, TypeVar
from urllib.parse import urlsplit

from ..errors.exceptions import (
    IncompleteResponse,
    InvalidParameter,
    JournalFailed,
    NotSent,
    OutcomeUnknown,
    ServiceError,
    TooSoon,
)
from ..journal.recording import JournalWriter
from ..text.parsed import watch
from ..wire.bindings import Binding
from ..wire.decoding import excerpt
from ..wire.exchange import Request, Response, SendFailed, unheard
from .calls import Call, Credentials, Operation
from .clock import SYSTEM_CLOCK, Clock
from .keeping import Entry, Keeper, tell
from .pace import Key, Turn

T = TypeVar("T")

WhenTooSoon: TypeAlias = Literal["wait", "raise"]
"""The choice for calls during the service's pause: wait for its end, or raise TooSoon."""

_FIRST_PAUSE = 0.2
_LONGEST_PAUSE = 5.0


@dataclass(frozen=True, slots=True)
class ClientConfig:
    """The settings that all calls of a client share.

    `timeout` and `queue_timeout` are seconds; an empty `charset` leaves it to the labels of bodies.
    `others` has the addresses of operations that are elsewhere; one is empty if nobody has said it.
    """

    account: Credentials
    address: str
    binding: Binding
    timeout: float
    retries: int
    when_too_soon: WhenTooSoon
    journal: JournalWriter | None
    charset: str
    max_in_flight: int
    queue_timeout: float | None
    clock: Clock = SYSTEM_CLOCK
    others: Mapping[str, str] = field(default_factory=dict[str, str])

    def of(self, operation: Operation) -> "ClientConfig":
        """Return the settings for an operation, with its address. Raises InvalidParameter."""
        address = self.others.get(operation.name) if self.others else None
        if address is None:
            return self
        if not address:
            rule = f"give the address of {operation.name}: its port has none in the WSDL"
            raise InvalidParameter("base_url", rule)
        return replace(self, address=address)


class Pause(NamedTuple):
    """Do nothing for some seconds."""

    seconds: float


class Sending(NamedTuple):
    """Send a request; the answer is a Response or a SendFailed."""

    request: Request
    deadline: float


class Keeping(NamedTuple):
    """Give an entry to the journal; the answer is None, or the error of the journal."""

    journal: JournalWriter
    entry: Entry


Step: TypeAlias = Pause | Sending | Keeping
Answer: TypeAlias = Response | SendFailed | BaseException | None


@dataclass(frozen=True, slots=True)
class Arrived(Generic[T]):
    """A whole response that can no longer be lost: `read` gives its result.

    `size` is that of its body, in bytes. Reading takes time, and raises what a call may raise.
    """

    read: Callable[[], T]
    size: int


def keeper_of(call: Call[T], config: ClientConfig) -> Keeper:
    """Make the keeper of a call's responses."""
    return Keeper(config.journal, call.operation.name, config.binding.name, config.charset)


def flow(
    call: Call[T], config: ClientConfig, keeper: Keeper, leaving: Callable[[], None] | None = None
) -> Generator[Step, Answer, Arrived[T]]:
    """Yield the steps of a call; return the response. `leaving` is called before a send."""
    deadline = config.clock.now() + config.timeout
    config = config.of(call.operation)
    account = config.account.current()
    if account is not config.account:
        config = replace(config, account=account)
    keeper.secrets = call.secrets(account)

    def request() -> Request:
        """Return the request anew for each attempt: a nonce or a message's name is sent once."""
        return call.request(
            config.binding, config.address, account, leaving or unheard, keeper.arriving
        )

    sent, response = yield from _response(call, request, deadline, config, keeper)
    additions = call.operation.asserted.get(config.binding, ())
    watching = [addition.watching(sent) for addition in additions]
    del sent  # it holds secrets
    if config.journal is not None:
        lost = yield from _not_kept(keeper.entry(response, ""), config.journal, keeper)
        if lost is not None:
            raise lost

    def read() -> T:
        for look in watching:
            look(call.operation.name, response)
        result = call.result(
            config.binding, response, config.account, config.address, charset=config.charset
        )
        watch(result, call.operation.name)
        return result

    return Arrived(read, len(response.body))


def _response(
    call: Call[T],
    make: Callable[[], Request],
    deadline: float,
    config: ClientConfig,
    keeper: Keeper,
) -> Generator[Step, Answer, tuple[Request, Response]]:
    """Send a request, and again as long as that is allowed; return it and its response."""
    operation, retry, request = call.operation, 0, make()
    earlier: ServiceError | None = None
    while True:
        answer = yield from _attempt(operation, request, deadline, config, earlier)
        if isinstance(answer, Response):
            keeper.arriving(answer)
            return request, answer
        failed = answer
        earlier = _failure(call, failed, config)
        if config.journal is not None:
            came = keeper.came_of(failed)
            problem = getattr(earlier, "reason", failed.reason)
            lost = yield from _not_kept(keeper.entry(came, problem), config.journal, keeper)
            if lost is not None and failed.interrupt is None:
                raise lost
            if lost is not None:
                tell(f"{lost}, and the call was interrupted")
        if failed.interrupt is not None:
            raise failed.interrupt
        may_repeat = operation.effect == "read" or not failed.sent
        pause = min(_FIRST_PAUSE * 2**retry, _LONGEST_PAUSE)
        is_last = retry >= config.retries or config.clock.now() + pause >= deadline
        if failed.is_final or not may_repeat or is_last:
            raise earlier
        retry += 1
        yield Pause(pause)
        request = make()


def _attempt(
    operation: Operation,
    request: Request,
    deadline: float,
    config: ClientConfig,
    earlier: ServiceError | None,
) -> Generator[Step, Answer, Response | SendFailed]:
    """Make one exchange, when its turn has come. `earlier` is the error of the exchange before.

    If there is no time for another turn, `earlier` is raised as the error of the call.
    """
    if not operation.interval:
        return _exchanged((yield Sending(request, deadline)))
    key = Key(config.address.lower(), operation.name, config.account.identity)
    turn = Turn(key, operation.interval, config.clock.now)
    while seconds := turn.wait():
        if config.when_too_soon == "raise" or config.clock.now() + seconds >= deadline:
            noun = "second" if operation.interval == 1 else "seconds"
            reason = f"one call in {operation.interval:g} {noun}; wait {seconds:.1f} more"
            raise earlier or TooSoon(operation.name, reason, seconds)
        yield Pause(seconds)
    counts = True
    try:
        answer = _exchanged((yield Sending(request, deadline)))
        counts = isinstance(answer, Response) or answer.sent
    finally:
        turn.end(counts=counts)
    return answer


def _exchanged(answer: Answer) -> Response | SendFailed:
    if isinstance(answer, Response | SendFailed):
        return answer
    raise TypeError("a flow was told nothing of what it asked for")


def _not_kept(
    entry: Entry | None, journal: JournalWriter, keeper: Keeper
) -> Generator[Step, Answer, JournalFailed | None]:
    """Give an entry to the journal; return a JournalFailed, caused by its error, or None."""
    error = None if entry is None else (yield Keeping(journal, entry))
    keeper.nothing_came()
    if entry is None or error is None:
        return None
    lost = JournalFailed(entry.operation, entry.raw, secrets=keeper.secrets)
    if isinstance(error, BaseException):
        lost.__cause__ = error
    return lost


def _failure(call: Call[T], failed: SendFailed, config: ClientConfig) -> ServiceError:
    """Return the exception for an exchange without a whole response."""
    name = call.operation.name
    reason = f"{failed.reason} ({urlsplit(config.address).netloc}, timeout {config.timeout:g} s)"
    if not failed.sent:
        return NotSent(name, reason)
    if failed.status is None and not failed.received:
        return OutcomeUnknown(name, reason)
    secrets = call.secrets(config.account)
    shown = excerpt(failed.received, secrets)
    return IncompleteResponse(name, reason, failed.received, shown, secrets=secrets)
