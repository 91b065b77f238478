"""Clients that nobody here wrote, against the emulator on a real socket.

The document's own PHP example through PHP's SoapClient, curl with the document's GET example, and
zeep over all four ports of the WSDL that the emulator serves. Where PHP or curl is not installed
their tests are skipped; with UNSTRINGLY_INTEROP=required in the environment they fail.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tests.interop.zeep_client import ALL_PORTS, ZeepClient
from zeep.exceptions import Error

from msgsend import Binding, ErrorCode, Parsed, parse_get_mo
from msgsend.testing import Emulator, serving

PHP = Path(__file__).with_name("php")
DOCUMENTED = "http://h.1069106.com:1210/Services/MsgSend.asmx"
"""The address in the document's examples."""

PHONE = "13900000000"
TEXT = "您的验证码是 <1234> & 5分钟]]>【签名】"
REPLY = "好的 <&>]]>|,|😀"


@pytest.fixture
def emulator() -> Emulator:
    return Emulator()


@pytest.fixture
def address(emulator: Emulator) -> Iterator[str]:
    with serving(emulator) as address:
        yield address


def program(name: str, package: str) -> str:
    found = shutil.which(name)
    if found is None and os.environ.get("UNSTRINGLY_INTEROP") == "required":
        pytest.fail(f"{name} is not installed (Debian: {package})", pytrace=False)
    if found is None:
        pytest.skip(f"{name} is not installed (Debian: {package})")
    return found


def run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8", timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def php(address: str, version: str, operation: str, **parameters: str) -> dict[str, str]:
    """What PHP's client makes of a call: a result, or a fault."""
    given = {"userCode": "demo", "userPass": "demo"} | parameters
    answer = run(
        program("php", "php-cli and php-soap"),
        str(PHP / "call.php"),
        f"{address}?WSDL",
        version,
        operation,
        json.dumps(given),
    )
    found: dict[str, str] = json.loads(answer)
    return found


def test_the_documents_php_example(emulator: Emulator, address: str, tmp_path: Path) -> None:
    """Unchanged but for the address; XXX is no number, which the gateway says with a code."""
    example = (PHP / "document.php").read_text(encoding="utf-8")
    script = tmp_path / "document.php"
    script.write_text(example.replace(DOCUMENTED, address), encoding="utf-8")
    interpreter = program("php", "php-cli and php-soap")
    wrong = run(interpreter, "-d", "soap.wsdl_cache_enabled=0", str(script))
    assert f"[SendMsgResult] => {ErrorCode.BAD_CREDENTIALS.value}" in wrong
    emulator.add_account("XXXX", "XXXXX", balance=emulator.price)
    wrong = run(interpreter, "-d", "soap.wsdl_cache_enabled=0", str(script))
    assert f"[SendMsgResult] => {ErrorCode.INVALID_NUMBER.value}" in wrong
    script.write_text(
        example.replace(DOCUMENTED, address).replace('"XXX"', f'"{PHONE}"'), encoding="utf-8"
    )
    right = run(interpreter, "-d", "soap.wsdl_cache_enabled=0", str(script))
    (sent,) = emulator.sent
    assert f"[SendMsgResult] => {sent.batch}" in right
    assert (sent.phone, sent.text, sent.channel) == (PHONE, "test\n【签名】", "1")


@pytest.mark.parametrize("version", ["soap11", "soap12"])
def test_php_reads_all_that_there_is(emulator: Emulator, address: str, version: str) -> None:
    sent = php(address, version, "SendMsg", DesNo=PHONE, Msg=TEXT, Channel="0")
    assert sent == {"result": emulator.sent[0].batch}
    assert emulator.sent[0].text == TEXT
    emulator.reply(PHONE, REPLY)
    replies = parse_get_mo(php(address, version, "GetMo")["result"])
    assert isinstance(replies, Parsed)
    assert [reply.content for reply in replies] == [REPLY]
    assert php(address, version, "GetMo") == {"result": ""}
    assert php(address, version, "GetBalance") == {"result": "99.95"}
    emulator.script("GetReport", ErrorCode.IP_NOT_ALLOWED)
    assert php(address, version, "GetReport", batchNumber="") == {"result": "-17"}


def test_php_reads_faults(emulator: Emulator, address: str) -> None:
    emulator.price = None  # type: ignore[assignment]  # so that the handler raises
    for version, code in (("soap11", "soap:Server"), ("soap12", "soap:Receiver")):
        found = php(address, version, "SendMsg", DesNo=PHONE, Msg=TEXT, Channel="0")
        assert (found["fault"], found["words"]) == (code, "The service could not answer.")


def test_curl_with_the_documents_address(emulator: Emulator, address: str) -> None:
    """The path is in small letters there."""
    curl = program("curl", "curl")
    emulator.add_account("string", "string", balance=emulator.price)
    lower = address.replace("/Services/MsgSend.asmx", "/services/msgsend.asmx")
    query = "userCode=string&userPass=string&DesNo=string&Msg=string&Channel=1"
    answer = run(curl, "-sS", f"{lower}/SendMsg?{query}")
    assert ElementTree.fromstring(answer).text == str(ErrorCode.INVALID_NUMBER.value)
    parameters = (
        "userCode=string",
        "userPass=string",
        f"DesNo={PHONE}",
        f"Msg={TEXT}",
        "Channel=1",
    )
    encoded = [part for each in parameters for part in ("--data-urlencode", each)]
    answer = run(curl, "-sS", "--get", *encoded, f"{lower}/SendMsg")
    assert ElementTree.fromstring(answer).text == emulator.sent[0].batch
    assert emulator.sent[0].text == TEXT
    missing = run(curl, "-sS", "-w", " %{http_code}", f"{lower}/SendMsg?userCode=string")
    assert missing == "Missing parameter: userPass. 500"


@pytest.mark.parametrize("binding", ALL_PORTS, ids=lambda binding: binding.value)
def test_zeep_over_every_port(emulator: Emulator, address: str, binding: Binding) -> None:
    with ZeepClient(address, ALL_PORTS) as client:

        def call(operation: str, **parameters: str) -> str | None:
            given = {"userCode": "demo", "userPass": "demo"} | parameters
            return client.call(binding, operation, given)

        batch = call("SendMsg", DesNo=PHONE, Msg=TEXT, Channel="0")
        assert batch == emulator.sent[0].batch
        assert emulator.sent[0].text == TEXT
        emulator.reply(PHONE, REPLY)
        assert REPLY in str(call("GetMo"))
        assert call("GetMo") is None, "zeep's word for the empty string"
        emulator.script("GetMo2", ErrorCode.IP_NOT_ALLOWED)
        assert call("GetMo2") == "-17"
        emulator.price = None  # type: ignore[assignment]  # so that the handler raises
        with pytest.raises(Error):
            call("SendMsg", DesNo=PHONE, Msg=TEXT, Channel="0")
