"""The gateway posts what is queued, and keeps what was not taken."""

import socket
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager

import pytest
from tests.runtime.client.fakes import PHONE, SIGNED

from msgsend import (
    Push,
    ReplyPush,
    ReportPush,
    SendFailed,
    SmsReport,
    VoiceReport,
    create_push_app,
    expect,
)
from msgsend._runtime.testing.posting import Receiver
from msgsend._runtime.testing.socket_server import serving
from msgsend.testing import Emulator, client, post

PATH = "/push/2f9c41b7a06d"


class Customer:
    """Has an application that receives pushes."""

    def __init__(self, *, works: bool = True) -> None:
        self.pushes: list[Push] = []
        self.works = works
        self.app = create_push_app(self.handle, path=PATH, account="demo")

    def handle(self, push: Push) -> None:
        if not self.works:
            raise OSError("full")
        self.pushes.append(push)


@contextmanager
def in_process(customer: Customer) -> Generator[Callable[[bytes, str], int]]:
    yield lambda body, kind: post(customer.app, PATH, body, kind)


@contextmanager
def on_a_socket(customer: Customer) -> Generator[str]:
    with serving(customer.app) as base:
        yield f"{base}{PATH}"


each_way = pytest.mark.parametrize("way", [in_process, on_a_socket])
Way = Callable[[Customer], AbstractContextManager[Receiver]]


def fill(gateway: Emulator) -> None:
    with client(gateway) as sender:
        sender.send_msg(des_no=PHONE, msg=SIGNED)
        sender.send_voice_code(des_no=PHONE, voice_code="1", amount=1)
    gateway.reply(PHONE, "a & b=c|,|签")


@each_way
def test_what_is_taken_is_gone(gateway: Emulator, way: Way) -> None:
    fill(gateway)
    customer = Customer()
    with way(customer) as to:
        assert (gateway.push_reports(to), gateway.push_replies(to)) == (200, 200)
    reports, replies = customer.pushes
    assert isinstance(reports, ReportPush)
    assert isinstance(replies, ReplyPush)
    assert [type(report) for report in reports.reports] == [SmsReport, VoiceReport]
    assert [report.batch for report in reports.reports] == [sent.batch for sent in gateway.sent]
    assert [reply.content for reply in replies.replies] == ["a & b=c|,|签"]
    with client(gateway) as sender:
        assert list(sender.get_report_pages()) == list(sender.get_mo_pages()) == []


@each_way
def test_what_is_refused_stays_in_its_order(gateway: Emulator, way: Way) -> None:
    fill(gateway)
    customer = Customer(works=False)
    with way(customer) as to:
        assert (gateway.push_reports(to), gateway.push_replies(to)) == (500, 500)
    assert customer.pushes == []
    with client(gateway) as sender:
        batches = [report.batch for report in expect(sender.get_report())]
        assert batches == [sent.batch for sent in gateway.sent]
        assert len(expect(sender.get_mo())) == 1


def test_what_nobody_answers_stays(gateway: Emulator) -> None:
    fill(gateway)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(SendFailed):
        gateway.push_reports(f"http://127.0.0.1:{port}{PATH}")

    def interrupted(body: bytes, kind: str) -> int:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        gateway.push_replies(interrupted)
    with client(gateway) as sender:
        assert len(expect(sender.get_report())) == 2
        assert len(expect(sender.get_mo())) == 1


def test_a_failed_push_makes_nothing_younger(gateway: Emulator) -> None:
    fill(gateway)
    gateway.clock.move(24 * 3600)
    gateway.push_reports(lambda body, kind: 503)
    gateway.push_replies(lambda body, kind: 503)
    gateway.clock.move(24 * 3600 + 1)
    with client(gateway) as sender:
        assert [*sender.get_report_pages(), *sender.get_mo_pages()] == []


def test_a_push_holds_a_page_at_most(gateway: Emulator) -> None:
    customer = Customer()
    gateway.price *= 0
    with client(gateway) as sender:
        for _ in range(501):
            sender.send_msg(des_no=PHONE, msg=SIGNED)
    for _ in range(2):
        gateway.push_reports(lambda body, kind: post(customer.app, PATH, body, kind))
    sizes = [len(push.reports) for push in customer.pushes if isinstance(push, ReportPush)]
    assert sizes == [500, 1]
