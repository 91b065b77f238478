"""What users import for their own tests."""

import asyncio
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from tests.runtime.client.fakes import PHONE, SIGNED

from msgsend import Client, ErrorCode, TooSoon, testing
from msgsend._runtime.testing import emulator_serving
from msgsend.testing import Clock, Emulator, Fault, async_client, client, emulator, serving


def test_only_what_is_used_is_imported() -> None:
    """Without pytest, httpx2 and uvicorn the emulator can be called in its process."""
    script = """
import asyncio
import sys
from msgsend.testing import async_client, client, emulator
with emulator() as gateway, client(gateway) as made:
    assert made.send_msg(des_no="13900000000", msg="x【签名】") == gateway.sent[0].batch
async def poll():
    async with async_client(gateway) as made:
        return await made.get_mo()
assert not asyncio.run(poll())
print(*sorted({"pytest", "httpx2", "uvicorn", "hypothesis"} & set(sys.modules)))
"""
    root = Path(testing.__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={"PYTHONPATH": str(root), "PYTHONUTF8": "1"},
        capture_output=True,
        check=True,
        text=True,
    )
    assert done.stdout.split() == []
    assert done.stderr == ""


@pytest.mark.few(0)
def test_a_users_own_tests(tmp_path: Path) -> None:
    (tmp_path / "test_users.py").write_text(
        """
from msgsend.testing import Emulator, client, msgsend_emulator

def test_one(msgsend_emulator: Emulator) -> None:
    with client(msgsend_emulator) as made:
        made.send_msg(des_no="13900000000", msg="x【签名】")
    assert len(msgsend_emulator.sent) == 1

def test_another_begins_anew(msgsend_emulator: Emulator) -> None:
    assert msgsend_emulator.sent == []
""",
        encoding="utf-8",
    )
    root = Path(testing.__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "pytest", "-q", "-p", "no:cacheprovider", tmp_path],
        env={"PYTHONPATH": str(root), "PYTHONUTF8": "1"},
        cwd=tmp_path,
        capture_output=True,
        check=False,
        text=True,
    )
    assert "2 passed" in done.stdout, done.stdout


def test_a_module_has_no_other_names() -> None:
    with pytest.raises(AttributeError, match="gatway"):
        _ = testing.gatway  # type: ignore[attr-defined]  # pyright: ignore


def test_pauses_are_not_waited_for() -> None:
    async def asked(gateway: Emulator) -> object:
        async with async_client(gateway) as sender:
            with pytest.raises(TooSoon):
                await sender.get_balance()
            gateway.clock.move(5)
            return await sender.get_balance()

    with emulator() as gateway, client(gateway) as sender:
        assert sender.get_balance() == 100
        with pytest.raises(TooSoon):
            sender.get_balance()
        assert asyncio.run(asked(gateway)) == 100
    with emulator() as another, client(another) as sender:
        assert sender.get_balance() == 100, "another emulator has pauses of its own"


def test_each_account_has_a_client() -> None:
    with emulator() as gateway:
        gateway.add_account("other", "s3cret", balance=Decimal("0.09"))
        with client(gateway, user_code="other", user_pass="s3cret", validate=False) as sender:
            assert sender.send_msg(des_no="x", msg=SIGNED) is ErrorCode.INVALID_NUMBER
            assert sender.send_msg(des_no=PHONE, msg=SIGNED) == gateway.sent[0].batch
            assert sender.send_msg(des_no=PHONE, msg=SIGNED) is ErrorCode.INSUFFICIENT_BALANCE
            assert sender.get_balance() == Decimal("0.04")
        assert gateway.accounts["demo"].balance == 100


def asked(address: str) -> str:
    query = "userCode=demo&userPass=demo"
    with urllib.request.urlopen(f"{address}/GetBalance?{query}", timeout=5) as response:
        return str(response.read().decode())


def test_a_served_emulators_clock_is_moved_or_goes_on() -> None:
    gateway = Emulator()
    with serving(gateway) as address:
        with Client(
            user_code="demo", user_pass="demo", base_url=address, when_too_soon="raise"
        ) as sender:
            assert sender.get_balance() == 100
            gateway.clock.move(5)
            assert sender.get_balance() == 100
        assert ">-16<" in asked(address)
    moves = len(gateway.clock.on_move)
    with serving(gateway):
        assert len(gateway.clock.on_move) == moves + 1
    assert len(gateway.clock.on_move) == moves
    going = Emulator(clock=Clock(goes_on=True))
    began = going.clock.now()
    with serving(going) as address:
        assert ">100.00<" in asked(address)
        assert going.clock.now() > began


def test_the_served_emulator_lives_in_real_time(monkeypatch: pytest.MonkeyPatch) -> None:
    lines: list[str] = []
    clocks: list[Clock] = []

    def made(tell: object, *, clock: Clock) -> Emulator:
        clocks.append(clock)
        return Emulator(lines.append, clock=clock)

    def play(app: object, port: int, started: Callable[[str], None]) -> None:
        started(f"http://127.0.0.1:{port}")

    monkeypatch.setattr(testing, "Emulator", made)
    monkeypatch.setattr(emulator_serving, "serve", play)
    testing.serve(8123, lines.append)
    (clock,) = clocks
    before = clock.now()
    time.sleep(0.01)
    assert before < clock.now()
    where = "serving http://127.0.0.1:8123/Services/MsgSend.asmx and ?WSDL"
    assert lines == [f"{where}; the account is demo with password demo"]


@pytest.mark.parametrize(
    ("problem", "status", "said"),
    [
        (KeyboardInterrupt(), None, "stopped\n"),
        (ImportError("it needs uvicorn"), 2, "it needs uvicorn\n"),
        (OSError(98, "Address already in use"), 2, "port 8123: Address already in use\n"),
    ],
)
def test_the_command_tells_why_it_ends(
    problem: BaseException, status: int | None, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(port: int, tell: Callable[[str], object]) -> None:
        tell(f"serving {port}")
        raise problem

    ended: object = None
    try:
        emulator_serving.serve_as_command("msgsend.testing", run, ["8123"])
    except SystemExit as error:
        ended = error.code
    assert ended == status
    out, err = capsys.readouterr()
    assert out + err == f"serving 8123\n{said}"


def test_the_faults_that_there_are() -> None:
    assert {fault.name for fault in Fault} == {
        "SILENCE",
        "CUT_BODY",
        "PAGE",
        "BAD_GATEWAY",
        "MALFORMED",
    }
