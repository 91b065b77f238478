"""Whatever is sent, polled, pushed and broken: nothing is sent or seen twice, no loss goes unseen.

The customer keeps a ledger, which knows what the document says and nothing of the emulator. After
each step the gateway must have taken what the customer sent, and the balance must be what is left.
At the end everything is fetched, and everything that ever was must be accounted for, once.
"""

import logging
from collections.abc import Generator
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from tests.runtime.client.fakes import PHONE, SIGNED
from tests.runtime.testing.customer import HARMLESS, RETRIES, SENDS, UNSEEN, Customer
from tests.runtime.testing.ledger import PAGE, POLLS, page_of, text_in

from msgsend import (
    DeliveryStatus,
    ErrorCode,
    InvalidParameter,
    NotSent,
    OutcomeUnknown,
    Push,
    ReplyPush,
    ReportPush,
    TooSoon,
    UnknownDeliveryStatus,
    UnknownErrorCode,
    create_push_app,
    server,
    strategies,
)
from msgsend.testing import Fault, post

FAULTS: st.SearchStrategy[Fault | None] = st.sampled_from([None] * 12 + [*Fault, *list(Fault)[1:]])
"""The first, silence, takes time."""

DEMO = server.Secret("demo")
REFUSED = st.sampled_from([0, 0, 0, RETRIES])
CODES = st.sampled_from([ErrorCode.BLACKLISTED, UnknownErrorCode("-23"), UnknownErrorCode("-6:x")])
STATUSES = st.sampled_from([DeliveryStatus.UNDELIVERED, UnknownDeliveryStatus("MK:0001")])
CONTENTS = strategies.content().filter(lambda text: "|;\r" not in text)
"""XML makes a separator of that."""

POLLED = st.sampled_from(sorted(POLLS))
CALLED = st.sampled_from([*SENDS, *sorted(POLLS)])


class Business(Customer):
    """What can happen between a customer and the gateway, and what must come of it."""

    @rule(name=st.sampled_from(SENDS), fault=FAULTS, refused=REFUSED)
    def send_something(self, name: str, fault: Fault | None, refused: int) -> None:
        text = str(next(self.numbers))
        result: object = None
        with self.refused(refused):
            try:
                result = self.send(self.told(fault), name, text)
            except UNSEEN:
                assert fault is not None
        batch = self.was_taken(name, text)
        assert result == (batch if fault is None else None)

    @precondition(lambda self: self.ledger.waiting)
    @rule(name=POLLED, fault=FAULTS, refused=REFUSED)
    def poll(self, name: str, fault: Fault | None, refused: int) -> None:
        poll = POLLS[name]
        names = self.ledger.next(poll.kinds)
        self.kept.clear()
        with self.refused(refused):
            try:
                result = poll.one(self.told(fault))
            except UNSEEN as problem:
                self.is_visible(problem, fault, name, names)
                return
        assert fault in HARMLESS
        page = page_of(result)
        self.ledger.fetched(names, page, damaged=fault is Fault.MALFORMED)
        ((journalled, raw),) = self.kept
        assert (journalled, poll.parse(text_in(raw))) == (name, page)

    @precondition(lambda self: len(self.ledger.waiting) > 2)
    @rule(name=POLLED, fault=st.sampled_from([Fault.CUT_BODY, Fault.MALFORMED]))
    def poll_over_a_bad_line(self, name: str, fault: Fault) -> None:
        self.poll(name, fault, 0)

    @rule(name=POLLED, fault=FAULTS, content=CONTENTS)
    def drain(self, name: str, fault: Fault | None, content: str) -> None:
        """Page by page; after the first one something else comes, and it may go wrong."""
        poll = POLLS[name]
        names = self.ledger.next(poll.kinds)
        if fault is Fault.SILENCE:  # which a patient client would wait for
            fault = None
        is_first = True
        failing: Fault | None = None
        try:
            for page in poll.pages(self.quick):
                self.ledger.fetched(names, page, damaged=failing is Fault.MALFORMED)
                failing = fault if is_first else None
                if is_first:
                    self.replied(content)
                    self.told(fault)
                is_first = False
                names = self.ledger.next(poll.kinds)
                self.kept.clear()
        except UNSEEN as problem:
            self.is_visible(problem, failing, name, names)
        else:
            assert names == []

    @rule(replies=st.booleans(), status=st.sampled_from([200, 200, 500, None]))
    def push(self, replies: bool, status: int | None) -> None:
        """The gateway pushes; None stands for an answer that is lost."""
        pushes: list[Push] = []

        def handle(push: Push) -> None:
            if status != 200:
                raise OSError("the handler is busy")
            pushes.append(push)

        def to(body: bytes, kind: str) -> int:
            answer = post(
                create_push_app(handle, path="/push", account="demo"), "/push", body, kind
            )
            if status is None:
                raise ConnectionResetError
            return answer

        send = self.gateway.push_replies if replies else self.gateway.push_reports
        if status is None:
            with pytest.raises(ConnectionResetError):
                send(to)
            return
        assert send(to) == status
        match pushes:
            case [ReportPush(reports=reports)]:
                self.ledger.fetched(self.ledger.next(("sms", "voice")), reports)
            case [ReplyPush(replies=pushed)]:
                self.ledger.fetched(self.ledger.next(("reply",)), pushed, read=str)
            case _:
                assert status == 500

    @rule(name=CALLED, how=st.sampled_from(["not sent", "lost", "a stranger", "no money", "wrong"]))
    def nothing_comes_of_it(self, name: str, how: str) -> None:
        """Calls that change nothing at the gateway."""
        before = len(self.gateway.received)
        match how:
            case "not sent":
                with self.refused(RETRIES + 1), pytest.raises(NotSent):
                    self.call(name)
            case "lost":
                self.network.loses = 1
                with pytest.raises(OutcomeUnknown):
                    self.call(name)
            case "a stranger" if name in POLLS:
                for stranger in self.strangers:
                    page = page_of(POLLS[name].one(stranger))
                    assert (len(page), page.malformed) == (0, ())
            case "a stranger":
                for stranger in self.strangers:
                    assert self.send(stranger, name, "1") is ErrorCode.BAD_CREDENTIALS
            case "no money" if name not in POLLS:
                price, self.gateway.price = self.gateway.price, Decimal(101)
                assert self.call(name) is ErrorCode.INSUFFICIENT_BALANCE
                self.gateway.price = price
            case _:
                with pytest.raises(InvalidParameter):
                    self.quick.send_msg(des_no="1,2", msg=SIGNED)
        heard = 2 if how == "a stranger" else int(how == "no money" and name not in POLLS)
        assert len(self.gateway.received) == before + heard

    @rule(name=CALLED, code=CODES, fault=FAULTS)
    def be_rejected(
        self, name: str, code: ErrorCode | UnknownErrorCode, fault: Fault | None
    ) -> None:
        operation = "SendMsg" if name == "SendInternationalMsg" else name
        self.gateway.script(operation, code)
        self.told(fault, operation)
        try:
            result = self.call(name, is_silent=fault is Fault.SILENCE)
        except UNSEEN:
            assert fault is not None
            return
        if fault is Fault.MALFORMED:
            page = page_of(result)
            assert (len(page), len(page.malformed)) == (0, 1)
        else:
            assert (result, fault) == (code, None)

    def call(self, name: str, *, is_silent: bool = False) -> object:
        sender = self.impatient if is_silent else self.quick
        return POLLS[name].one(sender) if name in POLLS else self.send(sender, name, "1")

    @rule(contents=st.lists(CONTENTS, min_size=1, max_size=6))
    def people_reply(self, contents: list[str]) -> None:
        for content in contents:
            self.replied(content)

    @precondition(lambda self: self.on_their_way)
    @rule(status=STATUSES)
    def messages_arrive(self, status: DeliveryStatus | UnknownDeliveryStatus) -> None:
        self.gateway.deliver(status)
        self.have_arrived()

    @precondition(lambda self: self.gateway.delivers_at_once and self.balance > 60)
    @rule()
    def another_program_sends_many(self) -> None:
        """More than one poll returns."""
        for _ in range(PAGE + 1):
            text = str(next(self.numbers))
            request = server.SendMsg(
                user_code="demo", user_pass=DEMO, des_no=PHONE, msg=f"{text}【签名】", channel="0"
            )
            self.gateway.send_msg(request)
            self.was_taken("SendMsg", text)

    @rule(seconds=st.sampled_from([1, 4, 5, 2 * 24 * 3600, 2 * 24 * 3600 + 1]))
    def time_passes(self, seconds: int) -> None:
        self.gateway.clock.move(seconds)
        self.since_balance += seconds
        self.ledger.expire(self.gateway.clock.now())

    @rule(fault=FAULTS)
    def ask_for_the_balance(self, fault: Fault | None) -> None:
        if self.since_balance < 5:
            with suppress(TooSoon):  # the client's clock goes on, the gateway's does not
                assert self.quick.get_balance() is ErrorCode.BALANCE_TOO_FREQUENT
            another = server.GetBalance(user_code="demo", user_pass=DEMO)
            assert self.gateway.get_balance(another) is ErrorCode.BALANCE_TOO_FREQUENT
            return
        sender = self.told(fault)
        self.since_balance = 0
        try:
            assert sender.get_balance() == self.balance
        except UNSEEN:
            assert fault is not None


@pytest.fixture(autouse=True, scope="module")
def at_once_and_in_silence() -> Generator[None]:
    """Retries do not wait, and busy handlers are not logged."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("msgsend._runtime.client.flow._FIRST_PAUSE", 0.001)
        patch.setattr(logging.getLogger("msgsend._runtime.server.apps"), "disabled", True)
        yield


Business.TestCase.settings = settings(
    max_examples=settings().max_examples * 6 // 10, stateful_step_count=40
)
TestBusiness = Business.TestCase
