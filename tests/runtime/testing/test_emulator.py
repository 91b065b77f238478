"""The gateway in memory behaves as its document says, and as those who call it have seen."""

import re
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from tests.runtime.client.fakes import PHONE, SIGNED

from msgsend import (
    Binding,
    Client,
    DeliveryStatus,
    ErrorCode,
    SmsReport,
    TooSoon,
    UnknownDeliveryStatus,
    UnknownErrorCode,
    Unwritable,
    VoiceReport,
    VoiceTemplate,
    expect,
    server,
)
from msgsend.testing import Emulator, Fault, client

each_binding = pytest.mark.parametrize("binding", Binding, ids=lambda binding: binding.value)
VOICE = VoiceTemplate.FEMALE_VERIFICATION_CODE
DEMO = server.Secret("demo")


def send(sender: Client, phone: str = PHONE) -> object:
    return sender.send_msg(des_no=phone, msg=SIGNED)


@each_binding
def test_a_message_is_taken_paid_and_reported(gateway: Emulator, binding: Binding) -> None:
    with client(gateway, binding=binding) as sender:
        batch = expect(sender.send_msg(des_no=PHONE, msg="a <b> & c【签名】"))
        assert re.fullmatch("[0-9]{19}", batch)
        (sent,) = gateway.sent
        assert (sent.batch, sent.phone, sent.text) == (batch, PHONE, "a <b> & c【签名】")
        assert (sent.channel, sent.at) == ("0", gateway.clock.now())
        assert sender.get_balance() == Decimal("99.95")
        (report,) = expect(sender.get_report())
        assert isinstance(report, SmsReport)
        assert (report.batch, report.status) == (batch, DeliveryStatus.DELIVERED)
        assert list(expect(sender.get_report())) == []


def test_the_other_polls(gateway: Emulator) -> None:
    with client(gateway) as sender:
        sender.send_voice_code(des_no=PHONE, voice_code="1234", amount=2)
        sender.send_voice_code_with_template(des_no=PHONE, voice_code="1", amount=1, template=VOICE)
        batch = expect(sender.send_international_msg(des_no="+4915112345678", msg="hello"))
        (timed,) = expect(sender.get_report2())
        assert (timed.batch, timed.reported_at) == (batch, gateway.clock.now())
        assert all(isinstance(report, VoiceReport) for report in expect(sender.get_report()))
        gateway.reply(PHONE, "TD|,|;")
        (reply,) = expect(sender.get_mo())
        assert (reply.content, reply.channel) == ("TD|,|;", None)
        gateway.reply(PHONE, "again")
        (reply,) = expect(sender.get_mo2())
        assert reply.channel == "1"
        assert list(expect(sender.get_mo())) == []


def unchecked(gateway: Emulator, **parameters: str) -> object:
    """What the gateway says to a message that no client of ours would send."""
    given = {"des_no": PHONE, "msg": SIGNED, "channel": "0"} | parameters
    request = server.SendMsg(user_code="demo", user_pass=DEMO, **given)
    return gateway.send_msg(request)


def spoken(gateway: Emulator, **parameters: str) -> object:
    """The same with a voice code."""
    given = {"des_no": PHONE, "voice_code": "1234", "channel": "999", "amount": "1"} | parameters
    request = server.SendVoiceCode(user_code="demo", user_pass=DEMO, **given)
    return gateway.send_voice_code(request)


def test_the_documents_codes(gateway: Emulator) -> None:
    assert unchecked(gateway, msg="no signature") is ErrorCode.BAD_SIGNATURE
    assert unchecked(gateway, msg="not【at】the end") is ErrorCode.BAD_SIGNATURE
    assert unchecked(gateway, des_no="1,2") is ErrorCode.INVALID_NUMBER
    assert spoken(gateway, channel="0") is ErrorCode.CHANNEL_ERROR
    assert spoken(gateway, amount="x") is ErrorCode.VOICE_AMOUNT_NOT_INTEGER
    assert spoken(gateway, amount="4") is ErrorCode.VOICE_AMOUNT_NOT_INTEGER
    assert spoken(gateway, voice_code="1a") is ErrorCode.VOICE_CODE_NOT_NUMERIC
    assert spoken(gateway, voice_code="1234567") is ErrorCode.VOICE_CODE_TOO_LONG
    templated = server.SendVoiceCodeWithTemplate(
        user_code="demo",
        user_pass=DEMO,
        des_no=PHONE,
        voice_code="1",
        amount="1",
        template="7",
    )
    assert gateway.send_voice_code_with_template(templated) is ErrorCode.TEMPLATE_MISMATCH
    gateway.price = Decimal(1000)
    assert unchecked(gateway) is ErrorCode.INSUFFICIENT_BALANCE
    assert gateway.sent == []
    gateway.script("SendMsg", ErrorCode.BLACKLISTED)
    gateway.script("SendMsg", UnknownErrorCode("-23"))
    with client(gateway) as sender:
        assert [send(sender), send(sender)] == [ErrorCode.BLACKLISTED, UnknownErrorCode("-23")]
    assert gateway.sent == []


def test_what_the_gateway_could_not_say_is_refused(gateway: Emulator) -> None:
    with pytest.raises(Unwritable):
        gateway.reply(PHONE, "a|;|b")
    for status in ("a,b", "X|Y", ""):
        with pytest.raises(Unwritable):
            gateway.deliver(UnknownDeliveryStatus(status))
    with pytest.raises(Unwritable):
        gateway.script("GetMo", UnknownErrorCode("a word"))
    with pytest.raises(ValueError, match="no operation 'GetMO': there are GetBalance, SendMsg"):
        gateway.fail(Fault.PAGE, "GetMO")
    with pytest.raises(ValueError, match="no operation 'send_msg'"):
        gateway.script("send_msg", ErrorCode.BLACKLISTED)
    with client(gateway) as sender:
        assert list(expect(sender.get_mo())) == []


def test_many_threads_pay_for_what_they_send(gateway: Emulator) -> None:
    gateway.add_account("demo", "demo", balance=Decimal(12))

    def sends() -> list[object]:
        return [unchecked(gateway) for _ in range(50)]

    with ThreadPoolExecutor(8) as threads:
        results = [
            result for done in [threads.submit(sends) for _ in range(8)] for result in done.result()
        ]
    taken = [result for result in results if result is not ErrorCode.INSUFFICIENT_BALANCE]
    assert len(taken) == len(set(taken)) == len(gateway.sent) == 240, "12 pays for so many"
    assert gateway.accounts["demo"].balance == 0


def test_wrong_credentials(gateway: Emulator) -> None:
    send_one = client(gateway)
    send(send_one)
    send_one.close()
    with client(gateway, user_pass="wrong") as sender:
        assert sender.get_balance() is ErrorCode.BAD_CREDENTIALS
        assert send(sender) is ErrorCode.BAD_CREDENTIALS
        for poll in (sender.get_report, sender.get_report2, sender.get_mo, sender.get_mo2):
            assert list(expect(poll())) == []
    with client(gateway) as sender:
        assert len(expect(sender.get_report())) == 1, "nobody else has fetched it"


def test_the_balance_can_be_had_once_in_five_seconds(gateway: Emulator) -> None:
    with client(gateway) as sender:
        sender.get_balance()
        with pytest.raises(TooSoon):
            sender.get_balance()
        gateway.clock.move(4)
        with pytest.raises(TooSoon) as raised:
            sender.get_balance()
        assert raised.value.seconds <= 1
        gateway.clock.move(1)
        assert sender.get_balance() == Decimal("100.00")
    assert balance(gateway) is ErrorCode.BALANCE_TOO_FREQUENT
    gateway.add_account("other", "demo", balance=Decimal(1))
    assert balance(gateway, user_code="other") == 1, "each account has pauses of its own"
    gateway.clock.move(5)
    assert balance(gateway) == 100


def balance(gateway: Emulator, user_code: str = "demo") -> object:
    """What a program that keeps no pauses is told."""
    return gateway.get_balance(server.GetBalance(user_code=user_code, user_pass=DEMO))


def test_pages_and_what_is_kept(gateway: Emulator) -> None:
    with client(gateway) as sender:
        for number in range(501):
            unchecked(gateway)
            gateway.reply(PHONE, str(number))
        assert [len(page) for page in sender.get_report_pages()] == [500, 1]
        assert [len(page) for page in sender.get_mo_pages()] == [500, 1]
        send(sender)
        gateway.reply(PHONE, "late")
        gateway.clock.move(2 * 24 * 3600 + 1)
        assert [*sender.get_report_pages(), *sender.get_mo_pages()] == []


def test_delivery_can_be_awaited(gateway: Emulator) -> None:
    gateway.delivers_at_once = False
    with client(gateway) as sender:
        send(sender)
        assert list(expect(sender.get_report())) == []
        for status in (DeliveryStatus.UNDELIVERED, UnknownDeliveryStatus("MK:0001")):
            gateway.deliver(status)
            (report,) = expect(sender.get_report())
            assert isinstance(report, SmsReport)
            assert report.status == status
            send(sender)


def test_what_is_received_is_told_without_secrets() -> None:
    lines: list[str] = []
    gateway = Emulator(tell=lines.append)
    gateway.add_account("other", "s3cret-words", balance=Decimal(1))
    with client(gateway, user_code="other", user_pass="s3cret-words") as sender:
        send(sender)
        gateway.script("GetMo", ErrorCode.IP_NOT_ALLOWED)
        sender.get_mo()
    assert "SendMsg(user_code='other'" in lines[0]
    assert "s3cret" not in "".join(lines)
    password = server.Secret("any")
    assert gateway.received == [
        server.SendMsg(
            user_code="other", user_pass=password, des_no=PHONE, msg=SIGNED, channel="0"
        ),
        server.GetMo(user_code="other", user_pass=password),
    ]
    assert all(call.user_pass.matches("s3cret-words") for call in gateway.received)
