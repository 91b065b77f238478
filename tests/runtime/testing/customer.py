"""A customer of the gateway, with all that the customer knows: the machine without its rules."""

from collections.abc import Generator
from contextlib import contextmanager
from decimal import Decimal
from itertools import count

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant
from tests.runtime.client.fakes import PHONE
from tests.runtime.testing.ledger import POLLS, Kind, Ledger, page_of

from msgsend import (
    Binding,
    Client,
    IncompleteResponse,
    InProcessTransport,
    MalformedResponse,
    OutcomeUnknown,
    Request,
    Response,
    SendFailed,
    ServiceFault,
    VoiceTemplate,
)
from msgsend.testing import Emulator, Fault

SENDS = ("SendMsg", "SendInternationalMsg", "SendVoiceCode", "SendVoiceCodeWithTemplate")
UNSEEN = (OutcomeUnknown, ServiceFault, MalformedResponse)
"""What a caller gets who has to look what became of a call."""

RETRIES = 1
HARMLESS = (None, Fault.MALFORMED)
"""To what a poll returns: of a page the rest is left. Of any other result nothing is."""


class Network:
    """A transport before which requests are refused, or on which they are lost."""

    def __init__(self, gateway: Emulator) -> None:
        self._inner = InProcessTransport(gateway.app)
        self.refuses = 0
        self.loses = 0

    def send(self, request: Request, deadline: float) -> Response:
        if self.refuses:
            self.refuses -= 1
            raise SendFailed("no route", sent=False)
        if self.loses:
            self.loses -= 1
            request.leaving()
            raise SendFailed("gone", sent=True)
        return self._inner.send(request, deadline)

    def close(self) -> None:
        self._inner.close()


class Customer(RuleBasedStateMachine):
    """Calls the gateway, and keeps account of what must have come of it."""

    @initialize(binding=st.sampled_from(Binding), at_once=st.booleans())
    def open(self, binding: Binding, at_once: bool) -> None:
        self.binding = binding
        self.gateway = Emulator()
        self.gateway.delivers_at_once = at_once
        self.kept: list[tuple[str, bytes]] = []
        self.network = Network(self.gateway)
        self.quick = self.client(10)
        self.impatient = self.client(0.25)
        self.strangers = [self.client(10, "stranger"), self.client(10, user_pass="wrong")]
        self.ledger = Ledger()
        self.sent: list[tuple[str, str]] = []
        self.on_their_way: list[tuple[str, Kind]] = []
        self.numbers = count(1)
        self.since_balance = 5.0

    def client(self, timeout: float, user_code: str = "demo", user_pass: str = "demo") -> Client:
        return Client(
            user_code=user_code,
            user_pass=user_pass,
            base_url=self.gateway.address,
            binding=self.binding,
            timeout=timeout,
            journal=lambda name, raw: self.kept.append((name, raw)),
            transport=self.network,
            retries=RETRIES,
            when_too_soon="raise",
        )

    def told(self, fault: Fault | None, operation: str = "") -> Client:
        """The client to call, after the gateway was told to fail."""
        if fault is not None:
            self.gateway.fail(fault, operation)
        return self.impatient if fault is Fault.SILENCE else self.quick

    @contextmanager
    def refused(self, times: int) -> Generator[None]:
        """Requests do not leave, so many times."""
        self.network.refuses = times
        yield
        assert self.network.refuses == 0

    def send(self, sender: Client, name: str, text: str) -> object:
        match name:
            case "SendMsg":
                return sender.send_msg(des_no=PHONE, msg=f"{text}【签名】")
            case "SendInternationalMsg":
                return sender.send_international_msg(des_no=PHONE, msg=text)
            case "SendVoiceCode":
                return sender.send_voice_code(des_no=PHONE, voice_code=text, amount=1)
            case _:
                voice = VoiceTemplate.FEMALE_CHECK_CODE
                return sender.send_voice_code_with_template(
                    des_no=PHONE, voice_code=text, amount=1, template=voice
                )

    def was_taken(self, name: str, text: str) -> str:
        """The gateway has taken one message more, and it is this one; its batch."""
        assert len(self.gateway.sent) == len(self.sent) + 1, "once, whatever the network does"
        newest = self.gateway.sent[-1]
        assert newest.text == (f"{text}【签名】" if name == "SendMsg" else text)
        self.sent.append((newest.batch, newest.text))
        self.on_their_way.append((newest.batch, "voice" if "Voice" in name else "sms"))
        if self.gateway.delivers_at_once:
            self.have_arrived()
        return newest.batch

    def have_arrived(self) -> None:
        """The reports of all that was on its way are there."""
        for batch, kind in self.on_their_way:
            self.ledger.queue(batch, kind, self.gateway.clock.now())
        self.on_their_way = []

    def replied(self, content: str) -> None:
        """Somebody has sent a reply."""
        name = str(next(self.numbers))
        self.ledger.contents[name] = f"{name}:{content}"
        self.gateway.reply(PHONE, f"{name}:{content}")
        self.ledger.queue(name, "reply", self.gateway.clock.now())

    def is_visible(
        self, problem: Exception, fault: Fault | None, name: str, names: list[str]
    ) -> None:
        """What a poll did not give is in the journal, or an exception says that it may be gone."""
        if fault is Fault.CUT_BODY:
            assert isinstance(problem, IncompleteResponse)
            assert self.kept == [(name, problem.received)]
            self.ledger.recovered(names, problem.received, POLLS[name].parse)
            return
        assert fault in (Fault.SILENCE, Fault.PAGE, Fault.BAD_GATEWAY)
        assert isinstance(problem, OutcomeUnknown) == (fault is Fault.SILENCE)
        assert len(self.kept) == (0 if fault is Fault.SILENCE else 1)
        self.ledger.lost(names)

    @property
    def balance(self) -> Decimal:
        return 100 - self.gateway.price * len(self.sent)

    @invariant()
    def the_gateway_has_what_was_sent_and_no_more(self) -> None:
        if hasattr(self, "gateway"):
            taken = [(message.batch, message.text) for message in self.gateway.sent]
            assert taken == self.sent
            assert len(dict(taken)) == len(taken), "no batch number twice"
            assert self.gateway.accounts["demo"].balance == self.balance

    def teardown(self) -> None:
        """Fetch all that is left: nothing may be missing then, and nothing left over."""
        if not hasattr(self, "gateway"):
            return
        self.network.refuses = self.network.loses = 0
        try:
            self.gateway.deliver()
            self.have_arrived()
            for name in ("GetReport", "GetMo2"):
                poll = POLLS[name]
                while names := self.ledger.next(poll.kinds):
                    self.ledger.fetched(names, page_of(poll.one(self.quick)))
                assert list(poll.pages(self.quick)) == []
            everything = {*self.ledger.contents, *(batch for batch, _ in self.sent)}
            assert everything == set(self.ledger.accounted)
        finally:
            self.network.close()
