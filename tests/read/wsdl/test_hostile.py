"""No input makes the reader raise, reach for the network, or leave its folder."""

import os
import random
import re
import socket
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from unstringly.diagnostics import Diagnostic, has_errors
from unstringly.model.service import Service
from unstringly.read.wsdl.bytes import LARGEST_FILE
from unstringly.read.wsdl.reader import read_wsdl

ROOT = Path(__file__).parents[3]
SHIPPED = (ROOT / "wsdl/msgsend/MsgSend.wsdl").read_bytes()
ATTRIBUTES = [(m.start(1), m.end(1)) for m in re.finditer(rb'="([^"]*)"', SHIPPED)]
TAGS = [(m.start(1), m.end(1)) for m in re.finditer(rb"</?([\w:]+)", SHIPPED)]
LINES = SHIPPED.split(b"\n")

Outcome = tuple[Service | None, tuple[Diagnostic, ...]]


def read(data: bytes, folder: Path) -> Outcome:
    path = folder / "service.wsdl"
    path.write_bytes(data)
    service, findings = read_wsdl(path, "service.wsdl")
    assert service is not None or has_errors(findings)
    for finding in findings:
        assert finding.span.line >= 1
        assert finding.span.column >= 1
        assert "\n" not in finding.message
        assert len(finding.message) < 500
    return service, findings


def codes(outcome: Outcome) -> list[str]:
    return [finding.rule.code for finding in outcome[1]]


def replaced(spans: list[tuple[int, int]], index: int, value: bytes) -> bytes:
    start, end = spans[index % len(spans)]
    return SHIPPED[:start] + value + SHIPPED[end:]


FAST = settings(
    max_examples=settings().max_examples // 2,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
somewhere = st.integers(0, len(SHIPPED))
chunks = st.binary(max_size=20) | st.text(max_size=20).map(lambda text: text.encode("utf-8"))
values = st.sampled_from(
    [
        *(b"", b" ", b"tns:", b":", b"x:y", b"s:string", b"tns:string", b"-1", b"unbounded"),
        *(b"&#10;", b"&amp;", b"rpc", b"encoded", b"unqualified", b"9" * 5000, b"n" * 100_000),
        *(b"{x}y", b"tns:SendMsg", b"tns:SendMsgSoapIn", b"http://[", "名".encode(), b"1", b"true"),
    ]
)
names = st.sampled_from(
    [
        *(b"wsdl:input", b"wsdl:documentation", b"wsdl:definitions", b"s:element", b"s:schema"),
        *(b"s:annotation", b"s:any", b"s:import", b"soap:header", b"mime:multipartRelated"),
        *(b"input", b"x"),
    ]
)


@FAST
@given(start=somewhere, length=st.integers(0, 2000), chunk=chunks)
def test_bytes_deleted_and_inserted(tmp_path: Path, start: int, length: int, chunk: bytes) -> None:
    read(SHIPPED[:start] + chunk + SHIPPED[start + length :], tmp_path)


@FAST
@given(index=st.integers(0, len(ATTRIBUTES) - 1), value=values)
def test_attributes_changed(tmp_path: Path, index: int, value: bytes) -> None:
    read(replaced(ATTRIBUTES, index, value), tmp_path)


@FAST
@given(st.lists(st.tuples(st.integers(0, len(LINES) - 1), values), min_size=1, max_size=8))
def test_attributes_of_many_lines_changed(tmp_path: Path, edits: list[tuple[int, bytes]]) -> None:
    lines = list(LINES)
    for index, value in edits:
        before, mark, rest = lines[index].partition(b'="')
        if mark:
            lines[index] = before + mark + value + rest[rest.index(b'"') :]
    read(b"\n".join(lines), tmp_path)


@FAST
@given(index=st.integers(0, len(TAGS) - 1), name=names)
def test_empty_elements_renamed_or_others_mismatched(
    tmp_path: Path, index: int, name: bytes
) -> None:
    read(replaced(TAGS, index, name), tmp_path)


@FAST
@given(seed=st.integers(0, 10**6), kind=st.sampled_from(["delete", "double", "swap", "rename"]))
def test_lines_changed(tmp_path: Path, seed: int, kind: str) -> None:
    chance = random.Random(seed)
    lines = list(LINES)
    empty = [index for index, line in enumerate(lines) if line.endswith(b"/>")]
    for _ in range(chance.randint(1, 10)):
        index, other = chance.choice(empty), chance.choice(empty)
        match kind:
            case "delete":
                lines[index] = b""
            case "double":
                lines[index] += lines[index]
            case "swap":
                lines[index], lines[other] = lines[other], lines[index]
            case _:
                name = chance.choice([b"s:element", b"wsdl:input", b"s:include", b"soap:body"])
                lines[index] = re.sub(rb"<[\w:]+", b"<" + name, lines[index])
    service, _ = read(b"\n".join(lines), tmp_path)  # still well-formed: never all is lost
    assert service is None or service.name == "MsgSend"


@FAST
@given(data=st.binary(max_size=300))
def test_any_bytes(tmp_path: Path, data: bytes) -> None:
    service, _ = read(data, tmp_path)
    assert service is None


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "W103"),
        (b"\xef\xbb\xbf", "W103"),
        (b"not XML", "W103"),
        (b"\x89PNG\r\n\x1a\n\0\0", "W102"),
        (b'<?xml version="1.0" encoding="rot13"?><a/>', "W102"),
        (b'<?xml version="1.0" encoding="utf-16"?><a/>', "W102"),
        (b'<?xml version="1.0" encoding="undefined"?><a/>', "W102"),
        (b"\xff\xfe\x00", "W102"),
        ("<定义/>".encode("gb18030"), "W102"),
        (b"<a>" * 100_000, "W105"),
        (b"<!DOCTYPE a [<!ENTITY b 'b'>]><a>&b;</a>", "W104"),
        (b"<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", "W104"),
        (b"<" + b"a" * 1_000_000 + b"/>", "W106"),
        (b"<a>\0</a>", "W103"),
        (b"<a>&b;</a>", "W103"),
        (b"<a:b/>", "W103"),
    ],
)
def test_what_is_no_wsdl(tmp_path: Path, data: bytes, code: str) -> None:
    outcome = read(data, tmp_path)
    assert codes(outcome) == [code]
    assert outcome[0] is None


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_marks(tmp_path: Path, encoding: str) -> None:
    text = SHIPPED.decode().replace('<?xml version="1.0" encoding="utf-8"?>', "")
    service, findings = read(text.encode(encoding), tmp_path)
    assert findings == ()
    assert service is not None


@pytest.mark.parametrize("encoding", ["gb2312", "GBK", "gb18030"])
def test_chinese_encodings(tmp_path: Path, encoding: str) -> None:
    text = SHIPPED.decode().replace('encoding="utf-8"', f'encoding="{encoding}"')
    service, findings = read(text.encode(encoding), tmp_path)
    assert findings == ()
    assert service is not None
    assert service.operations()["GetMo2"].documentation.startswith("获取短信发送后的回复")


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    large = tmp_path / "large.wsdl"
    with large.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    pipe = tmp_path / "pipe.wsdl"
    os.mkfifo(pipe)
    circle = tmp_path / "circle.wsdl"
    circle.symlink_to(circle)
    names = [tmp_path / "absent.wsdl", tmp_path, tmp_path / "a\0b", tmp_path / ("n" * 5000)]
    for path in [large, pipe, circle, *names]:
        service, findings = read_wsdl(path, "service.wsdl")
        assert service is None
        assert [finding.rule.code for finding in findings] == ["W101"]


def schema_with(inside: str) -> bytes:
    anchor = '<s:element name="GetBalance">'
    return SHIPPED.decode().replace(anchor, inside + anchor, 1).encode()


@pytest.mark.parametrize(
    "location",
    [
        *("../secret.xsd", "link.xsd", "folder/../../secret.xsd", "%2e%2e/secret.xsd"),
        *("..\\secret.xsd", "http://localhost/x.xsd", "//localhost/x.xsd", "a%00b", "."),
        "data:text/xml,%3Ca/%3E",
    ],
)
def test_imports_stay_in_the_folder(
    tmp_path: Path, location: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("the reader reached for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    folder = tmp_path / "service"
    (folder / "folder").mkdir(parents=True)
    secret = tmp_path / "secret.xsd"
    secret.write_text("<secret/>")
    (folder / "link.xsd").symlink_to(secret)
    service, findings = read(schema_with(f'<s:include schemaLocation="{location}" />'), folder)
    assert codes((service, findings)) == ["W126"]
    assert service is not None
    assert "Save the document " in findings[0].help


def test_a_schema_in_a_folder_below_may_include_one_above(tmp_path: Path) -> None:
    head = '<s:schema xmlns:s="http://www.w3.org/2001/XMLSchema" '
    head += 'targetNamespace="http://tempuri.org/">'
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "a b.xsd").write_text(
        f'{head}<s:include schemaLocation="../top.xsd" /></s:schema>'
    )
    (tmp_path / "top.xsd").write_text(
        f'{head}<s:simpleType name="T"><s:restriction base="s:int" /></s:simpleType></s:schema>'
    )
    data = schema_with('<s:include schemaLocation="below/a%20b.xsd" />')
    data = data.replace(b'name="userCode" type="s:string"', b'name="userCode" type="tns:T"')
    service, findings = read(data, tmp_path)
    assert findings == ()
    assert service is not None
    user = service.operations()["GetMo"].input.parts[0]
    assert (user.name, user.type.local) == ("userCode", "int")


def test_an_imported_wsdl_holds_what_the_service_refers_to(tmp_path: Path) -> None:
    text = SHIPPED.decode()
    start = text.index("  <wsdl:service")
    head = text[: text.index("  <wsdl:types>")]
    (tmp_path / "interface.wsdl").write_text(text[:start] + "</wsdl:definitions>", "utf-8")
    import_ = '  <wsdl:import namespace="http://tempuri.org/" location="interface.wsdl" />\n'
    service, findings = read((head + import_ + text[start:]).encode(), tmp_path)
    assert findings == ()
    assert service is not None
    assert len(service.operations()) == 8
    assert service.ports[0].binding.span.file == "interface.wsdl"


def test_a_long_row_of_types_is_no_stack_overflow(tmp_path: Path) -> None:
    rows = "".join(
        f'<s:simpleType name="T{n}"><s:restriction base="tns:T{n + 1}" /></s:simpleType>'
        for n in range(5000)
    )
    data = schema_with(rows).replace(b'name="userCode" type="s:string"', b'name="u" type="tns:T0"')
    assert set(codes(read(data, tmp_path))) == {"W111", "W121"}


def test_a_soap_action_is_kept_as_it_is_written(tmp_path: Path) -> None:
    data = SHIPPED.replace(b"xmlns:soap=", b'xmlns:urn="urn:other" xmlns:soap=', 1)
    data = data.replace(b'soapAction="http://tempuri.org/GetMo"', b'soapAction="urn:GetMo"')
    service, findings = read(data, tmp_path)
    assert findings == ()
    assert service is not None
    actions = {bound.name: bound.soap_action for bound in service.ports[0].binding.operations}
    assert actions["GetMo"] == "urn:GetMo"


def test_a_link_to_nothing_is_said_to_be_one_and_not_advised(tmp_path: Path) -> None:
    (tmp_path / "service.wsdl").symlink_to("gone.wsdl")
    (tmp_path / "broken.wsdl").symlink_to("gone.wsdl")
    _, (finding,) = read_wsdl(tmp_path / "service.wsdl", "service.wsdl")
    assert finding.rule.code == "W101"
    assert "it is a broken link" in finding.message
    assert "There is" not in finding.help
    (tmp_path / "other.wsdl").write_bytes(SHIPPED)
    (tmp_path / "whole.wsdl").symlink_to("other.wsdl")
    _, (finding,) = read_wsdl(tmp_path / "service.wsdl", "service.wsdl")
    assert finding.help.startswith("There is other.wsdl and whole.wsdl: name it with `wsdl:`")
    _, (finding,) = read_wsdl(tmp_path / "absent.wsdl", "absent.wsdl")
    assert "there is no such file" in finding.message
