"""Whatever is sent, polled, pushed and broken: nothing is seen twice, and no loss goes unseen."""

from collections.abc import Callable, Iterable
from typing import cast

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from tests.clients.fakes import PHONE, SIGNED

from msgsend import (
    Binding,
    Client,
    ErrorCode,
    MalformedResponse,
    OutcomeUnknown,
    Parsed,
    Push,
    ReplyPush,
    ReportPush,
    ServiceFault,
    UnknownErrorCode,
    create_push_app,
    operations,
)
from msgsend._runtime.calls import Call, Credentials
from msgsend._runtime.exchange import Response
from msgsend.testing import Emulator, Fault, client, post

FAULTS = st.sampled_from([None, None, None, *Fault])
UNSEEN = (OutcomeUnknown, ServiceFault, MalformedResponse)
"""What a caller gets who has to look what became of a call."""

CODES = st.sampled_from([ErrorCode.BLACKLISTED, UnknownErrorCode("-23"), UnknownErrorCode("-6:x")])
CONTENTS = st.text(st.sampled_from("ab|,;<&>]\n\x0c 签😀"), max_size=8).filter(
    lambda text: "|;" not in text and not text.endswith("|")
)

POLLS: dict[str, tuple[Callable[[Client], object], Callable[[], Call[object]]]] = {
    "GetReport": (lambda made: made.get_report(), operations.get_report),
    "GetReport2": (lambda made: made.get_report2(), operations.get_report2),
    "GetMo": (lambda made: made.get_mo(), operations.get_mo),
    "GetMo2": (lambda made: made.get_mo2(), operations.get_mo2),
}
PAGES: dict[str, Callable[[Client], Iterable[Parsed[object]]]] = {
    "GetReport": lambda made: made.get_report_pages(),
    "GetReport2": lambda made: made.get_report2_pages(),
    "GetMo": lambda made: made.get_mo_pages(),
    "GetMo2": lambda made: made.get_mo2_pages(),
}


class Business(RuleBasedStateMachine):
    """A customer, the gateway, and a network between them that fails."""

    @initialize(binding=st.sampled_from(Binding))
    def open(self, binding: Binding) -> None:
        self.binding = binding
        self.gateway = Emulator()
        self.kept: list[tuple[str, bytes]] = []
        self.quick = self.client(timeout=10)
        self.impatient = self.client(timeout=0.15)
        self.seen: list[str] = []
        self.lost: list[str] = []
        self.replies = 0
        self.pushes: list[Push] = []

    def client(self, timeout: float) -> Client:
        return client(
            self.gateway,
            binding=self.binding,
            timeout=timeout,
            journal=lambda name, raw: self.kept.append((name, raw)),
            retries=2,
        )

    def teardown(self) -> None:
        if hasattr(self, "gateway"):
            self.quick.close()
            self.impatient.close()

    def waiting(self) -> list[str]:
        """What the gateway has to hand out, each by a text that nothing else has."""
        account = self.gateway.accounts["demo"]
        reports = [report.sent.batch for report in account.reports.waiting()]
        return [*reports, *(marked(reply.content) for reply in account.replies.waiting())]

    def patience(self, fault: Fault | None) -> Client:
        return self.impatient if fault is Fault.SILENCE else self.quick

    @rule(fault=FAULTS, voice=st.booleans())
    def send(self, fault: Fault | None, voice: bool) -> None:
        before = len(self.gateway.sent)
        if fault is not None:
            self.gateway.fail(fault)
        made = self.patience(fault)
        try:
            if voice:
                result = made.send_voice_code(des_no=PHONE, voice_code="1234", amount=1)
            else:
                result = made.send_msg(des_no=PHONE, msg=SIGNED)
        except UNSEEN:
            assert fault is not None
        else:
            assert result == self.gateway.sent[-1].batch
        assert len(self.gateway.sent) == before + 1, "once, whatever the network does"

    @rule(code=CODES)
    def be_rejected(self, code: ErrorCode | UnknownErrorCode) -> None:
        before = len(self.gateway.sent)
        self.gateway.script("SendMsg", code)
        assert self.quick.send_msg(des_no=PHONE, msg=SIGNED) == code
        assert len(self.gateway.sent) == before

    @rule(content=CONTENTS)
    def somebody_replies(self, content: str) -> None:
        self.replies += 1
        self.gateway.reply(PHONE, f"{self.replies}:{content}")

    @rule(name=st.sampled_from(sorted(POLLS)), fault=FAULTS)
    def poll(self, name: str, fault: Fault | None) -> None:
        before = self.waiting()
        if fault is not None:
            self.gateway.fail(fault)
        call, again = POLLS[name]
        try:
            result = call(self.patience(fault))
        except UNSEEN:
            assert fault is not None
            self.lost += taken(before, self.waiting())
            return
        assert isinstance(result, Parsed)
        page = cast("Parsed[object]", result)
        self.account_for(page, taken(before, self.waiting()))
        journalled, raw = self.kept[-1]
        assert journalled == name
        kind = "application/soap+xml" if self.binding is Binding.SOAP12 else "text/xml"
        response = Response(200, (("Content-Type", f"{kind}; charset=utf-8"),), raw)
        assert again().result(self.binding, response, Credentials({})) == page

    @rule(name=st.sampled_from(sorted(PAGES)))
    def drain(self, name: str) -> None:
        before = self.waiting()
        for page in PAGES[name](self.quick):
            after = self.waiting()
            self.account_for(page, taken(before, after))
            before = after

    @rule(replies=st.booleans(), works=st.booleans())
    def be_pushed(self, replies: bool, works: bool) -> None:
        def handle(push: Push) -> None:
            if not works:
                raise OSError("the handler is busy")
            self.pushes.append(push)

        app = create_push_app(handle, path="/push", account="demo")
        before = self.waiting()
        push = self.gateway.push_replies if replies else self.gateway.push_reports
        status = push(lambda body, kind: post(app, "/push", body, kind))
        assert status == (200 if works else 500)
        gone = taken(before, self.waiting())
        if not works:
            assert gone == []
            return
        match self.pushes[-1]:
            case ReportPush(reports=reports):
                self.account_for(reports, gone)
            case ReplyPush(replies=found):
                self.account_for(found, gone)

    @rule(seconds=st.sampled_from([1, 5, 3600, 2 * 24 * 3600 + 1]))
    def time_passes(self, seconds: int) -> None:
        self.gateway.clock.move(seconds)

    @rule()
    def ask_for_the_balance(self) -> None:
        self.gateway.clock.move(5)
        spent = self.gateway.price * len(self.gateway.sent)
        assert self.quick.get_balance() == 100 - spent

    def account_for(self, page: Parsed[object], handed_out: list[str]) -> None:
        """All that was handed out is in the page: as a record, or as a malformed piece."""
        found = [identity(record) for record in page]
        damaged = [
            each for each in handed_out if any(each in piece.raw for piece in page.malformed)
        ]
        assert sorted([*found, *damaged]) == sorted(handed_out)
        self.seen += found
        self.lost += damaged

    @invariant()
    def nothing_is_seen_twice(self) -> None:
        if hasattr(self, "gateway"):
            everything = [*self.seen, *self.lost, *self.waiting()]
            assert len(everything) == len(set(everything))


def identity(record: object) -> str:
    """The batch of a report, the number that a reply begins with."""
    content: str | None = getattr(record, "content", None)
    return str(getattr(record, "batch", "")) if content is None else marked(content)


def marked(content: str) -> str:
    return content.partition(":")[0] + ":"


def taken(before: list[str], after: list[str]) -> list[str]:
    return [each for each in before if each not in after]


Business.TestCase.settings = settings(max_examples=40, stateful_step_count=25)
TestBusiness = pytest.mark.filterwarnings("default::pytest.PytestUnraisableExceptionWarning")(
    Business.TestCase
)
