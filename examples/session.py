"""A day with the gateway on one screen, against its emulator: no network, no account.

`make run` ends with it. Everything that is printed happened: the emulator is the service's side,
generated from the same WSDL and grammar, on a socket of this machine.
"""

from decimal import Decimal
from typing import assert_never, assert_type

from msgsend import (
    Binding,
    Client,
    ErrorCode,
    OutcomeUnknown,
    Push,
    ReplyPush,
    ReportPush,
    SmsReport,
    UnknownErrorCode,
    VoiceReport,
    create_push_app,
    expect,
)
from msgsend.testing import Emulator, Fault, post, serving

PHONE = "13900000000"


def main() -> None:
    gateway = Emulator(tell=lambda line: print(f"      gateway: {line}"))
    with serving(gateway) as address:
        print(f"The gateway is emulated at {address}\n")
        balance(address)
        sends(address)
        rejection(address)
        unknown(gateway, address)
        reports(gateway, address)
        pushes(gateway)
    print("\nEach call above was typed, checked, and sent once.")


def client(address: str, binding: Binding = Binding.POST) -> Client:
    return Client(user_code="demo", user_pass="demo", base_url=address, binding=binding, timeout=5)


def balance(address: str) -> None:
    print("1. The balance is a Decimal:")
    with client(address) as made:
        found = expect(made.get_balance())
        assert_type(found, Decimal)
        print(f"   -> {found!r}")


def sends(address: str) -> None:
    print("\n2. A message over each binding; the result is the same type:")
    for number, binding in enumerate(Binding):
        with client(address, binding) as made:
            batch = expect(made.send_msg(des_no=f"1390000000{number}", msg="<1234> 验证码【签名】"))
            print(f"   -> {binding.name}: batch {batch}")
    with client(address) as made:
        batch = expect(made.send_voice_code(des_no=PHONE, voice_code="1234", amount=2))
        print(f"   -> a voice code: batch {batch}")


def rejection(address: str) -> None:
    print("\n3. A rejection is a value, and mypy makes you handle it:")
    with client(address) as made:
        result = made.send_msg(des_no="1", msg="hello【签名】")
    match result:
        case ErrorCode() | UnknownErrorCode() as code:
            print(f"   -> {code}: {code.message('en')} {code.message('zh')}")
        case batch:
            print(f"   -> batch {batch}")


def unknown(gateway: Emulator, address: str) -> None:
    print("\n4. The connection breaks after the gateway took a message:")
    gateway.fail(Fault.CUT_BODY, "SendMsg")
    with client(address) as made:
        try:
            made.send_msg(des_no=PHONE, msg="once【签名】")
        except OutcomeUnknown as problem:
            print(f"   -> {type(problem).__name__}: {str(problem)[:72]}…")
            print("   -> it may have been sent, so nothing sends it again")


def reports(gateway: Emulator, address: str) -> None:
    print("\n5. Reports, page by page; one of them is damaged on its way:")
    gateway.fail(Fault.MALFORMED, "GetReport")
    with client(address) as made:
        for page in made.get_report_pages():
            for report in page:
                print(f"   -> {described(report)}")
            for piece in page.malformed:
                print(f"   -> malformed, and kept: {piece.raw!r} ({piece.reason})")


def described(report: SmsReport | VoiceReport) -> str:
    match report:
        case SmsReport():
            return f"SMS {report.batch} to {report.phone}: {report.status}"
        case VoiceReport():
            return f"call {report.batch} to {report.phone}: {report.hangup_cause.message('en')}"
        case _:
            assert_never(report)


def pushes(gateway: Emulator) -> None:
    print("\n6. A push: the gateway posts a reply to your application:")

    def handle(push: Push) -> None:
        match push:
            case ReplyPush(replies=replies):
                for reply in replies:
                    print(f"   -> {reply.phone} at {reply.received_at}: {reply.content!r}")
            case ReportPush():
                print("   -> reports")
            case _:
                assert_never(push)

    app = create_push_app(handle, path="/push/2f9c41b7a06d", account="demo")
    gateway.reply(PHONE, "好的|,|thanks")
    status = gateway.push_replies(lambda body, kind: post(app, "/push/2f9c41b7a06d", body, kind))
    print(f"   -> answered {status}, after the handler returned")


if __name__ == "__main__":
    main()
