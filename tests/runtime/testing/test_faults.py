"""What goes wrong after the gateway has carried out a call, and what callers are left with."""

import asyncio
from collections.abc import Callable, Sequence
from typing import cast

import pytest
from hypothesis import given
from tests.runtime.client.fakes import PHONE, SIGNED

from msgsend import (
    Binding,
    Client,
    IncompleteResponse,
    Malformed,
    MalformedResponse,
    MsgSendError,
    OutcomeUnknown,
    Parsed,
    Reply,
    ServiceFault,
    SmsReport,
    VoiceReport,
    expect,
    format_get_mo2,
    format_get_report,
    parse_get_mo2,
    parse_get_report,
    strategies,
)
from msgsend._runtime.testing.damage import end_to_lose
from msgsend._runtime.testing.emulation import EmulatedService
from msgsend.operations import OPERATIONS
from msgsend.testing import Emulator, Fault, async_client, client, serving

each_binding = pytest.mark.parametrize("binding", Binding, ids=lambda binding: binding.value)
FAULTS: dict[Fault, type[MsgSendError]] = {
    Fault.SILENCE: OutcomeUnknown,
    Fault.CUT_BODY: IncompleteResponse,
    Fault.PAGE: ServiceFault,
    Fault.BAD_GATEWAY: ServiceFault,
}
TIMEOUTS = {Fault.SILENCE: 1.5}
"""Seconds; only silence is waited for, and what is no silence must come in time."""

each_fault = pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.value)


def send(sender: Client) -> object:
    return sender.send_msg(des_no=PHONE, msg=SIGNED)


def sends(gateway: Emulator, sender: Client, fault: Fault) -> None:
    """One call goes wrong, and no other."""
    gateway.fail(fault, "SendMsg")
    sender.get_report()  # another operation is as always
    with pytest.raises(FAULTS[fault]):
        send(sender)
    assert len(gateway.sent) == 1
    send(sender)
    assert len(gateway.sent) == 2
    gateway.fail(fault)
    with pytest.raises(FAULTS[fault]):
        sender.get_mo()


@each_fault
def test_in_this_process(gateway: Emulator, fault: Fault) -> None:
    with client(gateway, timeout=TIMEOUTS.get(fault, 60)) as sender:
        sends(gateway, sender, fault)


@each_fault
@pytest.mark.parametrize("http", ["h11", "httptools"])
def test_on_a_socket(gateway: Emulator, fault: Fault, http: str) -> None:
    timeout = TIMEOUTS.get(fault, 60)
    with (
        serving(gateway, http=http) as address,
        Client(user_code="demo", user_pass="demo", base_url=address, timeout=timeout) as sender,
    ):
        sends(gateway, sender, fault)


@each_fault
def test_for_tasks(gateway: Emulator, fault: Fault) -> None:
    async def run() -> None:
        async with async_client(gateway, timeout=TIMEOUTS.get(fault, 60)) as sender:
            gateway.fail(fault, "SendMsg")
            with pytest.raises(FAULTS[fault]):
                await sender.send_msg(des_no=PHONE, msg=SIGNED)
            await sender.send_msg(des_no=PHONE, msg=SIGNED)
            assert [len(page) async for page in sender.get_report_pages()] == [2]

    asyncio.run(run())
    assert len(gateway.sent) == 2


@each_binding
@pytest.mark.parametrize("on_a_socket", [True, False])
def test_what_came_before_the_cut_is_kept(
    gateway: Emulator, binding: Binding, on_a_socket: bool
) -> None:
    kept: list[tuple[str, bytes]] = []

    def journal(name: str, raw: bytes) -> None:
        kept.append((name, raw))

    def poll(sender: Client) -> None:
        with pytest.raises(IncompleteResponse) as raised:
            sender.get_mo()
        assert isinstance(raised.value, MalformedResponse)
        assert raised.value.raw.startswith("<?xml")
        assert kept == [("GetMo", raised.value.received)]
        assert "收到 &lt;&amp;&gt;".encode() in raised.value.received

    gateway.reply(PHONE, "收到 <&>")
    gateway.reply(PHONE, "")
    gateway.fail(Fault.CUT_BODY)
    if not on_a_socket:
        with client(gateway, binding=binding, journal=journal) as sender:
            poll(sender)
        return
    with (
        serving(gateway) as address,
        Client(
            user_code="demo",
            user_pass="demo",
            base_url=address,
            binding=binding,
            journal=journal,
        ) as sender,
    ):
        poll(sender)


@each_binding
def test_a_record_in_the_middle_is_damaged(gateway: Emulator, binding: Binding) -> None:
    with client(gateway, binding=binding) as sender:
        for number in range(5):
            send(sender)
            gateway.reply(PHONE, f"{number} <&>\x0c|,|2030/01/01 12:00:00|,|;")
        polls: dict[str, Callable[[], object]] = {
            "GetReport": sender.get_report,
            "GetMo": sender.get_mo,
        }
        for name, poll in polls.items():
            gateway.fail(Fault.MALFORMED, name)
            result = poll()
            assert isinstance(result, Parsed)
            page = cast("Parsed[object]", result)
            assert (len(page), len(page.malformed)) == (4, 1)
            middle = page.pieces()[4]
            assert isinstance(middle, Malformed)
            assert middle.raw.startswith((gateway.sent[2].batch, f"{PHONE}|,|2 <&>"))


@each_binding
def test_where_there_are_no_records_the_result_is_none(gateway: Emulator, binding: Binding) -> None:
    """The message is sent, and nobody can read its number; an empty page gets a piece."""
    with client(gateway, binding=binding) as sender:
        gateway.fail(Fault.MALFORMED, "GetMo")
        page = expect(sender.get_mo())
        assert (len(page), len(page.malformed)) == (0, 1)
        gateway.fail(Fault.MALFORMED, "SendMsg")
        with pytest.raises(MalformedResponse):
            send(sender)
        assert len(gateway.sent) == 1
        assert send(sender) == gateway.sent[1].batch
        gateway.fail(Fault.MALFORMED)
        with pytest.raises(MalformedResponse):
            sender.get_balance()


def test_what_is_no_fault_is_refused(gateway: Emulator) -> None:
    with pytest.raises(TypeError, match=r"give one of Fault\.SILENCE, .*, not 'malformed'"):
        gateway.fail(cast("Fault", "malformed"), "SendMsg")


def test_every_operation_can_be_malformed_or_is_refused(gateway: Emulator) -> None:
    for name in OPERATIONS:
        gateway.fail(Fault.MALFORMED, name)
    other = EmulatedService[Reply, str]("/", OPERATIONS, parsers={"GetMo": str})
    for name in ("GetMo", "SendMsg"):
        with pytest.raises(ValueError, match=f"no result of {name} is malformed"):
            other.fail(Fault.MALFORMED, name)
        other.fail(Fault.PAGE, name)


@given(strategies.replies())
def test_any_replies_are_damaged_one_at_a_time(values: list[Reply]) -> None:
    only_the_middle_one(format_get_mo2(values), parse_get_mo2, values)


@given(strategies.reports())
def test_any_reports_are_damaged_one_at_a_time(values: list[SmsReport | VoiceReport]) -> None:
    only_the_middle_one(format_get_report(values), parse_get_report, values)


def only_the_middle_one(
    text: str, parse: Callable[[str], object], values: Sequence[object]
) -> None:
    lost = end_to_lose(text, parse)
    page = parse(text[: lost.start] + text[lost.end :])
    assert isinstance(page, Parsed)
    records = cast("Parsed[object]", page)
    whole = cast("Parsed[object]", parse(text))
    middle = len(values) // 2
    assert list(records) == [record for at, record in enumerate(whole) if at != middle]
    assert len(records.malformed) == (1 if values else 0)
