"""The gateway in memory behaves as its document says, and as those who call it have seen."""

import asyncio
import re
from decimal import Decimal

import pytest
from tests.clients.fakes import PHONE, SIGNED

from msgsend import (
    Binding,
    Client,
    DeliveryStatus,
    ErrorCode,
    IncompleteResponse,
    MalformedResponse,
    OutcomeUnknown,
    Parsed,
    Push,
    ReplyPush,
    ReportPush,
    ServiceFault,
    SmsReport,
    TooSoon,
    UnknownErrorCode,
    VoiceReport,
    VoiceTemplate,
    create_push_app,
    expect,
    server,
)
from msgsend.testing import Emulator, Fault, async_client, client, emulator, gateway, post, serving

__all__ = ["gateway"]  # the fixture, for the tests below

each_binding = pytest.mark.parametrize("binding", Binding, ids=lambda binding: binding.value)
VOICE = VoiceTemplate.FEMALE_VERIFICATION_CODE


def send(made: Client, phone: str = PHONE) -> object:
    return made.send_msg(des_no=phone, msg=SIGNED)


@each_binding
def test_a_message_is_taken_paid_and_reported(gateway: Emulator, binding: Binding) -> None:
    with client(gateway, binding=binding) as made:
        batch = expect(made.send_msg(des_no=PHONE, msg="a <b> & c【签名】"))
        assert re.fullmatch("[0-9]{19}", batch)
        assert [(each.batch, each.phone, each.text) for each in gateway.sent] == [
            (batch, PHONE, "a <b> & c【签名】")
        ]
        assert made.get_balance() == Decimal("99.95")
        (report,) = expect(made.get_report())
        assert isinstance(report, SmsReport)
        assert (report.batch, report.status) == (batch, DeliveryStatus.DELIVERED)
        assert list(expect(made.get_report())) == []


def test_the_other_polls(gateway: Emulator) -> None:
    with client(gateway) as made:
        made.send_voice_code(des_no=PHONE, voice_code="1234", amount=2)
        made.send_voice_code_with_template(des_no=PHONE, voice_code="1", amount=1, template=VOICE)
        batch = expect(made.send_international_msg(des_no="+4915112345678", msg="hello"))
        (timed,) = expect(made.get_report2())
        assert (timed.batch, timed.reported_at) == (batch, gateway.clock.now())
        assert all(isinstance(each, VoiceReport) for each in expect(made.get_report()))
        gateway.reply(PHONE, "TD|,|;")
        (reply,) = expect(made.get_mo())
        assert (reply.content, reply.channel) == ("TD|,|;", None)
        gateway.reply(PHONE, "again")
        (reply,) = expect(made.get_mo2())
        assert reply.channel == "1"
        assert list(expect(made.get_mo())) == []


def unchecked(gateway: Emulator, **parameters: str) -> object:
    """What the gateway says to a message that no client of ours would send."""
    given = {"des_no": PHONE, "msg": SIGNED, "channel": "0"} | parameters
    request = server.SendMsg(user_code="demo", user_pass="demo", **given)
    return gateway.send_msg(request)


def test_the_documents_codes(gateway: Emulator) -> None:
    assert unchecked(gateway, msg="no signature") is ErrorCode.BAD_SIGNATURE
    assert unchecked(gateway, des_no="1,2") is ErrorCode.INVALID_NUMBER
    gateway.price = Decimal(1000)
    assert unchecked(gateway) is ErrorCode.INSUFFICIENT_BALANCE
    assert gateway.sent == []
    gateway.script("SendMsg", ErrorCode.BLACKLISTED)
    gateway.script("SendMsg", UnknownErrorCode("-23"))
    with client(gateway) as made:
        assert [send(made), send(made)] == [ErrorCode.BLACKLISTED, UnknownErrorCode("-23")]


def test_wrong_credentials(gateway: Emulator) -> None:
    send_one = client(gateway)
    send(send_one)
    send_one.close()
    with client(gateway, user_pass="wrong") as made:
        assert made.get_balance() is ErrorCode.BAD_CREDENTIALS
        assert send(made) is ErrorCode.BAD_CREDENTIALS
        for poll in (made.get_report, made.get_report2, made.get_mo, made.get_mo2):
            assert list(expect(poll())) == []
    with client(gateway) as made:
        assert len(expect(made.get_report())) == 1, "nobody else has fetched it"


def test_the_balance_can_be_had_once_in_five_seconds(gateway: Emulator) -> None:
    with client(gateway, timeout=1) as made:
        made.get_balance()
        with pytest.raises(TooSoon):
            made.get_balance()
        gateway.clock.move(5)
        assert made.get_balance() == Decimal("100.00")
    with client(gateway, binding=Binding.GET) as other:
        # another client of the account, in another process: the gateway says no
        gateway.clock.on_move[0]()
        assert other.get_balance() is ErrorCode.BALANCE_TOO_FREQUENT


def test_pages_and_what_is_kept(gateway: Emulator) -> None:
    with client(gateway) as made:
        for _ in range(501):
            unchecked(gateway)
        pages = list(made.get_report_pages())
        assert [len(page) for page in pages] == [500, 1]
        send(made)
        gateway.clock.move(2 * 24 * 3600 + 1)
        assert list(made.get_report_pages()) == []


def test_delivery_can_be_awaited(gateway: Emulator) -> None:
    gateway.delivers_at_once = False
    with client(gateway) as made:
        send(made)
        assert list(expect(made.get_report())) == []
        gateway.deliver(DeliveryStatus.UNDELIVERED)
        (report,) = expect(made.get_report())
        assert isinstance(report, SmsReport)
        assert report.status is DeliveryStatus.UNDELIVERED


FAULTS: dict[Fault, type[Exception]] = {
    Fault.SILENCE: OutcomeUnknown,
    Fault.CUT_BODY: OutcomeUnknown,
    Fault.PAGE: ServiceFault,
    Fault.BAD_GATEWAY: ServiceFault,
}


@pytest.mark.parametrize("fault", FAULTS)
def test_faults_come_after_the_message_was_taken(gateway: Emulator, fault: Fault) -> None:
    gateway.fail(fault, "SendMsg")
    with client(gateway, timeout=0.3) as made:
        made.get_report()  # another operation is as always
        with pytest.raises(FAULTS[fault]):
            send(made)
        assert len(gateway.sent) == 1
        send(made)
        assert len(gateway.sent) == 2


@each_binding
def test_a_record_in_the_middle_is_damaged(gateway: Emulator, binding: Binding) -> None:
    with client(gateway, binding=binding) as made:
        for _ in range(5):
            send(made)
            gateway.reply(PHONE, "text")
        for name, poll in (("GetReport", made.get_report), ("GetMo", made.get_mo)):
            gateway.fail(Fault.MALFORMED, name)
            page: Parsed[object] = expect(poll())
            assert (len(page), len(page.malformed)) == (4, 1)


@each_binding
@pytest.mark.parametrize("http", ["h11", "httptools"])
def test_on_a_socket(gateway: Emulator, binding: Binding, http: str) -> None:
    with (
        serving(gateway, http=http) as address,
        Client(
            user_code="demo", user_pass="demo", base_url=address, binding=binding, timeout=1
        ) as made,
    ):
        send(made)
        gateway.reply(PHONE, "收到 <&>")
        assert [reply.content for reply in expect(made.get_mo())] == ["收到 <&>"]
        gateway.fail(Fault.CUT_BODY)
        with pytest.raises(IncompleteResponse) as raised:
            made.get_report()
        assert isinstance(raised.value, MalformedResponse)
        assert raised.value.raw.startswith("<?xml")
        gateway.fail(Fault.SILENCE)
        with pytest.raises(OutcomeUnknown):
            send(made)
        assert len(gateway.sent) == 2


def test_for_tasks() -> None:
    async def run(gateway: Emulator) -> object:
        async with async_client(gateway) as made:
            await made.send_msg(des_no=PHONE, msg=SIGNED)
            return [len(page) async for page in made.get_report_pages()]

    with emulator() as gateway:
        assert asyncio.run(run(gateway)) == [1]


def test_what_is_received_is_told_without_secrets() -> None:
    told: list[str] = []
    gateway = Emulator(tell=told.append)
    gateway.add_account("other", "s3cret-words", balance=Decimal(1))
    with client(gateway, user_code="other", user_pass="s3cret-words") as made:
        send(made)
    (line,) = told
    assert "SendMsg(user_code='other'" in line
    assert "s3cret" not in line


@pytest.mark.parametrize("status", [200, 500])
def test_pushes_stay_until_they_are_taken(gateway: Emulator, status: int) -> None:
    pushes: list[Push] = []

    def handle(push: Push) -> None:
        pushes.append(push)
        if status == 500:
            raise OSError("full")

    app = create_push_app(handle, path="/push", account="demo")

    def posted(body: bytes, kind: str) -> int:
        return post(app, "/push", body, kind)

    with client(gateway) as made:
        send(made)
        gateway.reply(PHONE, "text")
        assert gateway.push_reports(posted) == status
        assert gateway.push_replies(posted) == status
        assert [type(push) for push in pushes] == [ReportPush, ReplyPush]
        left = 0 if status == 200 else 1
        assert len(expect(made.get_report())) == left
        assert len(expect(made.get_mo())) == left
