"""What `check` says became of each operation, what its counts are, and what a spec can accept."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.generator.services import (
    MINIMAL_GRAMMAR,
    MINIMAL_WSDL,
    SHIPPED_WSDL,
    put,
    put_minimal,
)

from unstringly.cli import main
from unstringly.cli.report import Style
from unstringly.counting import counted

ENCODED = re.sub(
    r'(soapAction="http://tempuri.org/GetBalance".*?use=)"literal"',
    r'\1"encoded"',
    SHIPPED_WSDL,
    flags=re.DOTALL,
)
ONLY_SOAP = re.sub(r'<wsdl:port name="MsgSendHttp.*?</wsdl:port>', "", ENCODED, flags=re.DOTALL)
PLAIN = "service: MsgSend\n"


def said(folder: Path, *arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["check", *arguments, f"--source={folder}"])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def test_a_line_for_each_operation_and_a_summary_of_both(tmp_path: Path) -> None:
    put(tmp_path / "it", "MsgSend.wsdl", ONLY_SOAP, PLAIN)
    status, stdout, _ = said(tmp_path)
    head, *lines = stdout.splitlines()
    assert status == 0
    assert head.endswith(": 7 of 8 operations; 1 left out; 0 definitions; no errors")
    assert lines[0] == "  SendMsg: send_msg, over SOAP 1.1 and SOAP 1.2"
    assert len(lines) == 8
    left_out = [line for line in lines if "left out" in line]
    assert len(left_out) == 1
    assert re.fullmatch(
        r"  GetBalance: left out: .*`encoded`.* \(W117 at \S+MsgSend\.wsdl:\d+:\d+\)",
        left_out[0],
    )


def test_what_only_some_bindings_have_is_generated(tmp_path: Path) -> None:
    put(tmp_path / "it", "MsgSend.wsdl", ENCODED, PLAIN)
    _, stdout, stderr = said(tmp_path)
    assert ": 8 operations; none left out; 0 definitions; no errors" in stdout
    assert "  GetBalance: get_balance, over HTTP GET and HTTP POST\n" in stdout
    assert "generated for `MsgSendHttpGet` and `MsgSendHttpPost`" in stderr


def test_one_is_one(tmp_path: Path) -> None:
    put_minimal(tmp_path / "it")
    _, stdout, _ = said(tmp_path)
    assert ": 1 operation; none left out; 4 definitions; no errors\n" in stdout
    assert counted(1, "file") == "1 file"
    assert counted(0, "file") == "0 files"


def test_where_nothing_is_left_it_is_said_of_each(tmp_path: Path) -> None:
    wsdl = MINIMAL_WSDL.replace('verb="GET"', 'verb="PUT"')
    put(tmp_path / "it", "Tiny.wsdl", wsdl, MINIMAL_GRAMMAR)
    status, stdout, stderr = said(tmp_path)
    assert status == 1
    assert ": 0 of 1 operation; 1 left out; 4 definitions; 1 error\n" in stdout
    assert "  Ask: left out: the HTTP verb `PUT` is not supported (W116 at " in stdout
    assert "no operation of the service `Tiny` can be generated" in stderr


def test_names_that_make_none_in_python_are_left_out(tmp_path: Path) -> None:
    wsdl = MINIMAL_WSDL.replace('name="Ask"', 'name="__"')
    put(tmp_path / "it", "Tiny.wsdl", wsdl, "service: Tiny\n")
    status, stdout, _ = said(tmp_path)
    assert status == 1
    assert re.search(r"  __: left out: .* \(N102 at ", stdout)


@pytest.mark.parametrize("style", [Style.JSON, Style.GITHUB])
def test_programs_get_findings_alone(tmp_path: Path, style: Style) -> None:
    put(tmp_path / "it", "MsgSend.wsdl", ONLY_SOAP, PLAIN)
    _, stdout, stderr = said(tmp_path, f"--error-format={style.value}")
    assert stderr == ""
    if style is Style.JSON:
        found = json.loads(stdout)
        (lost,) = [finding for finding in found if finding["code"] == "W117"]
        assert lost["lost"] == [
            {"operation": "GetBalance", "binding": "MsgSendSoap"},
            {"operation": "GetBalance", "binding": "MsgSendSoap12"},
        ]
    else:
        assert all(line.startswith("::") for line in stdout.splitlines() if line)


def test_generate_says_the_counts_and_not_each(tmp_path: Path) -> None:
    put(tmp_path / "in" / "it", "MsgSend.wsdl", ONLY_SOAP, PLAIN)
    arguments = ["generate", f"--source={tmp_path / 'in'}", f"--output={tmp_path / 'out'}"]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0
    assert "7 of 8 operations; 1 left out" in result.stdout
    assert "  SendMsg:" not in result.stdout


ACCEPTED = """\
accept:
  GetBalance: {codes: [W117, L103], reason: Nobody needs it.}
"""


def test_an_operation_can_be_named_in_accept(tmp_path: Path) -> None:
    put(tmp_path / "it", "MsgSend.wsdl", ONLY_SOAP, PLAIN)
    assert "W117" in said(tmp_path)[2]
    put(tmp_path / "it", "MsgSend.wsdl", ONLY_SOAP, PLAIN + ACCEPTED.replace(", L103", ""))
    _, stdout, stderr = said(tmp_path)
    assert "W117" not in stderr
    assert "G106" not in stderr
    assert "  GetBalance: left out: " in stdout
    put(tmp_path / "it", "MsgSend.wsdl", ENCODED, PLAIN + ACCEPTED)
    _, _, stderr = said(tmp_path)
    assert "string result of 'GetBalance'" not in stderr
    assert "string result of 'SendMsg'" in stderr
    assert "G106" not in stderr


def test_an_acceptance_of_an_operation_gets_stale(tmp_path: Path) -> None:
    put(tmp_path / "it", "MsgSend.wsdl", SHIPPED_WSDL, PLAIN + ACCEPTED)
    status, _, stderr = said(tmp_path, "--strict")
    assert status == 1
    assert "error[G106]: 'GetBalance' accepts W117, and there is no such finding" in stderr
    assert "accepts L103" not in stderr


def test_what_costs_several_is_accepted_by_all_of_them(tmp_path: Path) -> None:
    wsdl = SHIPPED_WSDL.replace('use="literal"', 'use="encoded"')
    names = re.findall(r"  (\w+): \w+, over", said_of(tmp_path, wsdl, ""))
    assert len(names) == 8
    accepted = [f"  {name}: {{codes: W117, reason: x}}\n" for name in names]
    for given, is_shown in ((accepted[:-1], True), (accepted, False)):
        told = said_of(tmp_path, wsdl, "accept:\n" + "".join(given))
        assert ("warning[W117]" in told) == is_shown
        assert "G106" not in told


def said_of(folder: Path, wsdl: str, more: str) -> str:
    put(folder / "it", "MsgSend.wsdl", wsdl, PLAIN + more)
    return "".join(said(folder)[1:])


def test_errors_are_not_accepted(tmp_path: Path) -> None:
    grammar = MINIMAL_GRAMMAR.replace("  Ask:", "  Aks:")
    put(
        tmp_path / "it",
        "Tiny.wsdl",
        MINIMAL_WSDL,
        grammar + "accept: {Aks: {codes: L101, reason: x}}\n",
    )
    assert "error[L101]" in said(tmp_path)[2]


@pytest.mark.parametrize(
    ("name", "service", "lines"),
    [
        ("MsgSend.wsdl", "MsgSend", ["service: MsgSend"]),
        ("other.wsdl", "MsgSend", ["service: MsgSend", "wsdl: other.wsdl"]),
        ("A-B.wsdl", "A-B", ["service: A-B", "package: a_b"]),
        ("x.WSDL", "Ärger.2", ["service: Ärger.2", "wsdl: x.WSDL", "package: rger_2"]),
    ],
)
def test_a_folder_without_grammar_is_told_what_is_enough(
    tmp_path: Path, name: str, service: str, lines: list[str]
) -> None:
    folder = tmp_path / "it"
    folder.mkdir()
    wsdl = SHIPPED_WSDL.replace('<wsdl:service name="MsgSend">', f'<wsdl:service name="{service}">')
    (folder / name).write_text(wsdl, encoding="utf-8")
    status, _, stderr = said(tmp_path)
    assert status == 1
    assert "error[S101]" in stderr
    told = [line.strip() for line in stderr.split("enough for a start:\n")[1].splitlines()]
    assert told[: len(lines)] == lines
    assert told[len(lines)] == ""
    (folder / "grammar.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert said(tmp_path)[0] == 0


NOTHING = ["", "\n", "# only\n# comments\n", "---\n", "--- # to be written\n...\n", "\ufeff"]


@pytest.mark.parametrize("text", NOTHING)
def test_an_empty_grammar_is_told_what_is_enough(tmp_path: Path, text: str) -> None:
    folder = put(tmp_path / "it", "other.wsdl", SHIPPED_WSDL, text)
    status, _, stderr = said(tmp_path)
    assert status == 1
    assert "error[S102]: there is nothing in this file" in stderr
    told = [line.strip() for line in stderr.split("enough for a start:\n")[1].splitlines()]
    assert told[:3] == ["service: MsgSend", "wsdl: other.wsdl", ""]
    (folder / "grammar.yaml").write_text(f"{text}\n" + "\n".join(told[:2]), encoding="utf-8")
    if "..." not in text:
        assert said(tmp_path)[0] == 0


def test_an_empty_grammar_without_a_wsdl(tmp_path: Path) -> None:
    (tmp_path / "it").mkdir()
    (tmp_path / "it" / "grammar.yaml").write_text("# nothing\n", encoding="utf-8")
    status, _, stderr = said(tmp_path)
    assert (status, "`service: NAME`" in stderr) == (1, True)


def test_a_folder_with_a_broken_wsdl_is_told_too(tmp_path: Path) -> None:
    (tmp_path / "it").mkdir()
    (tmp_path / "it" / "x.wsdl").write_text("<", encoding="utf-8")
    status, _, stderr = said(tmp_path)
    assert (status, "`service: NAME`" in stderr) == (1, True)
