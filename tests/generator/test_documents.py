"""The documents of a service, shipped and served: whatever they are written in, import and name.

What is served is held against the text that the file was made from, read by ElementTree.
"""

import codecs
import importlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple, cast
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.generator.importing import imported
from tests.generator.services import generated, write_tree

from unstringly.runtime.server.asked import Asked, HttpRequest
from unstringly.runtime.server.service import Service

BASE = "http://here.example:81"
XSD = "{http://www.w3.org/2001/XMLSchema}"
GRAMMAR = "service: Alone\npackage: alone\nwsdl: It.wsdl\n"


class Written(NamedTuple):
    """How a file is written: the codec, what its declaration says, and its byte order mark."""

    codec: str
    declared: str
    mark: bytes = b""

    def encode(self, text: str) -> bytes:
        declaration = f'<?xml version="1.0" encoding="{self.declared}"?>' if self.declared else ""
        return self.mark + (declaration + text).encode(self.codec)


ENCODINGS = [
    Written("utf-8", "UTF-8"),
    Written("utf-8", ""),
    Written("utf-8", "utf-8", codecs.BOM_UTF8),
    Written("utf-8", "gb2312", codecs.BOM_UTF8),
    Written("utf-16-le", "utf-16", codecs.BOM_UTF16_LE),
    Written("utf-16-be", "UTF-16", codecs.BOM_UTF16_BE),
    Written("utf-16-le", "", codecs.BOM_UTF16_LE),
    Written("utf-16-le", "UTF-16LE"),
    Written("utf-16-be", "utf-16"),
    Written("gb2312", "GB2312"),
    Written("gbk", "gbk"),
    Written("gb18030", "gb2312"),
    Written("big5", "Big5"),
    Written("shift_jis", "Shift_JIS"),
    Written("euc_kr", "EUC-KR"),
    Written("iso8859-1", "ISO-8859-1"),
    Written("iso8859-2", "iso-8859-2"),
    Written("cp1252", "windows-1252"),
    Written("cp1251", "windows-1251"),
    Written("koi8-r", "KOI8-R"),
]
TEXTS = "Gebühr Ł ő 短信发送 送信 문자 сообщение \u20ac 😀 <&>\"' \t\n.;{}\\"


def wsdl(prefix: str, doc: str, types: str, *, address: str = "http://localhost/x?a=1&b=2") -> str:
    """A service without a declaration; `prefix` is that of WSDL, with a colon, or empty."""
    w, declared = prefix, f"xmlns:{prefix[:-1]}" if prefix else "xmlns"
    return f"""
<!-- {doc.replace("-", "")} -->
<{w}definitions {declared}="http://schemas.xmlsoap.org/wsdl/" xmlns:t="urn:x" xmlns:é="urn:é"
    xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
    xmlns:s="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:x">
  <{w}types><s:schema targetNamespace="urn:x" elementFormDefault="qualified">{types}
    <s:element name="Ask"><s:complexType><s:sequence>
      <s:element minOccurs="0" name="key" type="s:string"/>
    </s:sequence></s:complexType></s:element>
    <s:element name="AskResponse"><s:complexType><s:sequence>
      <s:element minOccurs="0" name="AskResult" type="s:string"/>
    </s:sequence></s:complexType></s:element>
  </s:schema></{w}types>
  <{w}message name="In"><{w}part name="p" element="t:Ask"/></{w}message>
  <{w}message name="Out"><{w}part name="p" element="t:AskResponse"/></{w}message>
  <{w}portType name="P"><{w}operation name="Ask">
    <{w}documentation é:x = '{escape(doc, {"'": "&apos;"})}' >{escape(doc)}</{w}documentation>
    <{w}input message="t:In"/><{w}output message="t:Out"/></{w}operation></{w}portType>
  <{w}binding name="B" type="t:P">
    <soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>
    <{w}operation name="Ask"><soap:operation soapAction=""/>
      <{w}input><soap:body use="literal"/></{w}input>
      <{w}output><soap:body use="literal"/></{w}output>
    </{w}operation></{w}binding>
  <{w}service name="Alone">
    <{w}port name="A" binding="t:B"><soap:address  location = '{escape(address)}' /></{w}port>
  </{w}service>
</{w}definitions>
"""


def schema(content: str = "", doc: str = "", namespace: str = "urn:x") -> str:
    """A schema without a declaration."""
    about = f"<s:annotation><s:documentation>{escape(doc)}</s:documentation></s:annotation>"
    return (
        f'<s:schema xmlns:s="http://www.w3.org/2001/XMLSchema" targetNamespace="{namespace}">'
        f"{content}{about}</s:schema>"
    )


def packed(folder: Path, files: Mapping[str, bytes]) -> dict[str, str]:
    """The package of a service with these files."""
    place = folder / "alone"
    for name, content in {"grammar.yaml": GRAMMAR.encode(), **files}.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(content)
    return generated(place)


def app_of(files: Mapping[str, str], path: str = "/It.asmx") -> Service:
    """The service with the documents of a package."""
    module: dict[str, Any] = {}  # whatever is in it
    exec(files["alone/documents.py"], module)
    return Service("It", {}, path, cast("dict[str, tuple[str, ...]]", module["DOCUMENTS"]))


def asked(served: Service, address: str) -> tuple[int, bytes]:
    """The status and the body for an address."""
    parts = urlsplit(address)
    headers = {"host": urlsplit(BASE).netloc}
    found = served.asked(HttpRequest("GET", "/It.asmx", parts.query, headers, b""))
    assert not isinstance(found, Asked)
    return found.status, found.body


def everything(served: Service) -> dict[str, ElementTree.Element]:
    """All that can be reached from the WSDL, by address."""
    found: dict[str, ElementTree.Element] = {}
    waiting = [f"{BASE}/It.asmx?WSDL"]
    while waiting:
        address = waiting.pop()
        if address not in found:
            status, body = asked(served, address)
            assert status == 200, address
            found[address] = ElementTree.fromstring(body)
            waiting += [urljoin(address, each) for each in locations(found[address])]
    return found


def locations(root: ElementTree.Element) -> list[str]:
    """What a document imports and includes."""
    named = [each.get("schemaLocation") for each in root.iter() if each.tag.startswith(XSD)]
    named += [each.get("location") for each in root if each.tag.endswith("/wsdl/}import")]
    return [each for each in named if each is not None]


def tree(element: ElementTree.Element) -> object:
    """What an element says, but for locations."""
    kept = sorted(item for item in element.items() if item[0] not in ("location", "schemaLocation"))
    return element.tag, kept, element.text, element.tail, [tree(each) for each in element]


@settings(max_examples=min(60, 2 * settings().max_examples))
@given(data=st.data())
def test_what_is_served_is_what_was_written(data: st.DataObject) -> None:
    main, other = (data.draw(st.sampled_from(ENCODINGS)) for _ in range(2))

    def text(written: Written) -> str:
        drawn = data.draw(st.text(st.sampled_from(TEXTS), max_size=12))
        drawn = drawn.encode(written.codec, "ignore").decode(written.codec)
        assert "\N{REPLACEMENT CHARACTER}" not in drawn
        return drawn

    prefix = data.draw(st.sampled_from(["", "w:", "wsdl:"]))
    source = wsdl(prefix, text(main), '<s:include schemaLocation="types/a.xsd"/>')
    if not _has(main, "é"):
        source = source.replace("é", "e")
    part = schema(doc=text(other))
    with TemporaryDirectory() as folder:
        files = packed(
            Path(folder), {"It.wsdl": main.encode(source), "types/a.xsd": other.encode(part)}
        )
    found = everything(app_of(files))
    (served_main, served_part) = found.values()
    assert tree(served_main) == tree(ElementTree.fromstring(source))
    assert tree(served_part) == tree(ElementTree.fromstring(part))
    (address,) = (each for each in served_main.iter() if each.tag.endswith("}address"))
    assert address.get("location") == f"{BASE}/It.asmx"
    shipped = ElementTree.fromstring(files["alone/service.wsdl"].encode())
    assert tree(shipped) == tree(ElementTree.fromstring(source))
    assert locations(shipped) == ["imported/types/a.xsd"]
    beside = ElementTree.fromstring(files["alone/imported/types/a.xsd"].encode())
    assert tree(beside) == tree(ElementTree.fromstring(part))


def _has(written: Written, character: str) -> bool:
    return character.encode(written.codec, "ignore").decode(written.codec) == character


def put(folder: Path, **files: str) -> dict[str, str]:
    """The package of a service with files of UTF-8, in whose names are `.` and `/`."""
    return packed(folder, {name: text.encode() for name, text in files.items()})


def test_nested_imports_in_circles_and_equal_names(tmp_path: Path) -> None:
    """Each location is that of the document which names it."""
    files = {
        "It.wsdl": wsdl("", "", '<s:include schemaLocation="one/types.xsd"/>'),
        "one/types.xsd": schema('<s:include schemaLocation="../two/types.xsd"/>', "first"),
        "two/types.xsd": schema(
            '<s:include schemaLocation="../one/types.xsd"/><s:include schemaLocation="types.xsd"/>'
            '<s:import namespace="urn:y" schemaLocation="%C3%A9%20%26.xsd"/>',
            "second",
        ),
        "two/é &.xsd": schema(doc="third", namespace="urn:y"),
    }
    package = put(tmp_path, **files)
    found = everything(app_of(package))
    words = {address: "".join(root.itertext()).strip() for address, root in found.items()}
    assert sorted(words.values())[1:] == ["first", "second", "third"]
    assert locations(found[f"{BASE}/It.asmx?WSDL"]) == [f"{BASE}/It.asmx?xsd=one/types.xsd"]
    assert f"{BASE}/It.asmx?xsd=two/%C3%A9%20%26.xsd" in words
    assert sorted(name for name in package if "imported" in name) == [
        "alone/imported/one/types.xsd",
        "alone/imported/two/types.xsd",
        "alone/imported/two/é &.xsd",
    ]


def test_documents_that_several_services_share_lie_beside_their_folders(tmp_path: Path) -> None:
    """Their names in packages are below these, and no name leads out of the folder of services."""
    (tmp_path / "services").mkdir()
    (tmp_path / "secret.xsd").write_text(schema(doc="secret"), encoding="utf-8")
    files = {
        "It.wsdl": wsdl("", "", '<s:include schemaLocation="../common/types.xsd"/>'),
        "../common/types.xsd": schema(
            '<s:include schemaLocation="../alone/own.xsd"/>'
            '<s:include schemaLocation="../../secret.xsd"/>',
            "first",
        ),
        "own.xsd": schema('<s:include schemaLocation="above/common/types.xsd"/>', "second"),
        "above/common/types.xsd": schema(doc="third"),
    }
    package = put(tmp_path / "services", **files)
    found = everything(app_of(package))
    words = {"".join(root.itertext()).strip() for root in found.values()}
    assert {"first", "second", "third"} < words
    assert ">secret<" not in "".join(package.values())
    assert sorted(name for name in package if "imported" in name) == [
        "alone/imported/_above/common/types.xsd",
        "alone/imported/above/common/types.xsd",
        "alone/imported/own.xsd",
    ]
    file = ElementTree.fromstring(package["alone/imported/own.xsd"])
    assert locations(file) == ["_above/common/types.xsd"]


def test_a_wsdl_that_imports_another_one(tmp_path: Path) -> None:
    """And is imported by it: there is one document of it, under its own name."""
    whole = wsdl("w:", "", "")
    at = whole.index("  <w:binding")
    head = whole[: whole.index("  <w:types>")]
    back = '<w:import namespace="urn:x" location="../It.wsdl"/>'
    abstract = f"{head}{back}{whole[len(head) : at]}</w:definitions>"
    main = f'{head}<w:import namespace="urn:x" location="parts/Abstract.wsdl"/>{whole[at:]}'
    package = put(tmp_path, **{"It.wsdl": main, "parts/Abstract.wsdl": abstract})
    found = everything(app_of(package))
    assert list(found) == [
        f"{BASE}/It.asmx?WSDL",
        f"{BASE}/It.asmx?wsdl=parts/Abstract.wsdl",
        f"{BASE}/It.asmx?wsdl",
    ]
    file = ElementTree.fromstring(package["alone/imported/parts/Abstract.wsdl"])
    assert locations(file) == ["../../service.wsdl"]


def test_nothing_else_is_served(tmp_path: Path) -> None:
    package = put(
        tmp_path,
        **{
            "It.wsdl": wsdl("", "", '<s:include schemaLocation="a.xsd"/>'),
            "a.xsd": schema(),
            "b.xsd": schema(),
        },
    )
    served = app_of(package)
    assert asked(served, "?xsd=a.xsd")[0] == asked(served, "?XSD=%61.xsd&x=1")[0] == 200
    for query in (
        *("xsd=b.xsd", "xsd=./a.xsd", "xsd=../It.wsdl", "xsd=/etc/passwd", "xsd=..%2fgrammar.yaml"),
        *("xsd=", "xsd", "wsdl=a.xsd", "wsdl=It.wsdl", "wsdl=..%5C..%5Cx", "xsd=a.xsd%00", "xsd=*"),
        *("xsd=file:///etc/passwd", "xsd=%", "xsd=A.XSD", "xsd=service.wsdl"),
    ):
        assert asked(served, f"?{query}")[0] == 404, query


def test_references_straight_in_types_are_served_too(tmp_path: Path) -> None:
    """The reader follows imports there, other programs more. What is not there is left out."""
    direct = (
        '<types><s:import namespace="urn:y" schemaLocation="y.xsd"/>'
        '<s:include schemaLocation="http://elsewhere.example/a>b.xsd" />'
        '<s:include schemaLocation="nowhere.xsd"><s:annotation/></s:include >'
        '<s:include schemaLocation="broken.xsd"/>'
        '<s:import namespace="urn:z" schemaLocation="absent.xsd"/>'
        "<s:import namespace='urn:q' schemaLocation='http://elsewhere.example/q'/>"
    )
    source = wsdl("", "", "").replace("<types>", direct)
    package = put(
        tmp_path,
        **{"It.wsdl": source, "y.xsd": schema(namespace="urn:y"), "broken.xsd": "<a>"},
    )
    found = everything(app_of(package))
    main = found[f"{BASE}/It.asmx?WSDL"]
    assert locations(main) == [f"{BASE}/It.asmx?xsd=y.xsd"]
    assert [each.get("namespace") for each in main.iter(f"{XSD}import")] == [
        "urn:y",
        "urn:z",
        "urn:q",
    ]
    assert next(main.iter(f"{XSD}include"), None) is None
    assert "elsewhere" not in ElementTree.tostring(main, "unicode")


@pytest.mark.parametrize("address", ["http://localhost/x?a=1&b='2'", "HTTPS://h/", "http://ü/"])
def test_addresses_however_they_are_written(tmp_path: Path, address: str) -> None:
    source = wsdl("", "", "").replace(
        "http://localhost/x?a=1&amp;b=2", escape(address, {"'": "&#x27;"})
    )
    package = put(tmp_path, **{"It.wsdl": source})
    told = "http://a'b\"<&>/It.asmx"
    _, body = asked(replace(app_of(package), public_url=told), "?wsdl")
    root = ElementTree.fromstring(body)
    (found,) = (each for each in root.iter() if each.tag.endswith("}address"))
    assert found.get("location") == told
    shipped = ElementTree.fromstring(package["alone/service.wsdl"].encode())
    (found,) = (each for each in shipped.iter() if each.tag.endswith("}address"))
    assert found.get("location") == address


def test_ports_that_are_left_out_do_not_lead_to_the_real_service(tmp_path: Path) -> None:
    """Whoever tests a client against the emulator must not call the service by mistake."""
    more = (
        '<port name="M" binding="t:Missing"><soap:address location="http://real.example/"/></port>'
        '<port name="J" binding="t:Missing"><soap:address location="jms:queue"/></port></service>'
        '<service name="Second"><port name="N" binding="t:B">'
        '<soap:address location="http://real.example/second"/></port></service>'
    )
    source = wsdl("", "", "").replace("</service>", more)
    _, body = asked(app_of(put(tmp_path, **{"It.wsdl": source})), "?wsdl")
    assert b"real.example" not in body
    assert body.count(f'"{BASE}/It.asmx"'.encode()) == 2
    assert b'"jms:queue"' in body


def test_a_package_has_the_same_documents_wherever_it_was_generated(tmp_path: Path) -> None:
    """Line ends are not part of what a document says."""
    source = wsdl("", "one\ntwo", '<s:include schemaLocation="a.xsd"/>')
    ends = ("\n", "\r\n", "\r")
    first, *others = (
        packed(
            tmp_path / str(number),
            {"It.wsdl": source.replace("\n", end).encode(), "a.xsd": schema().encode()},
        )
        for number, end in enumerate(ends)
    )
    for other in others:
        assert other == first


def test_long_runs_of_blank_lines_stay(tmp_path: Path) -> None:
    source = wsdl("", "a\n\n\n\n\n\nb", "")
    package = put(tmp_path, **{"It.wsdl": source})
    (found,) = everything(app_of(package)).values()
    assert tree(found) == tree(ElementTree.fromstring(source))


def test_the_module_imports_where_its_names_are_odd(tmp_path: Path) -> None:
    """A package with its own server serves what its module says."""
    write_tree(tmp_path / "out", put(tmp_path, **{"It.wsdl": wsdl("", '"""\\', "")}))
    with imported(tmp_path / "out", "alone"):
        documents = importlib.import_module("alone.documents")
        assert list(documents.DOCUMENTS) == ["wsdl"]


def test_a_wsdl_that_is_a_link(tmp_path: Path) -> None:
    """What it imports lies beside the link, as the reader has it."""
    (tmp_path / "alone" / "old").mkdir(parents=True)
    linked = tmp_path / "alone" / "old" / "v1.wsdl"
    linked.write_text(wsdl("", "", '<s:include schemaLocation="a.xsd"/>'), encoding="utf-8")
    (tmp_path / "alone" / "It.wsdl").symlink_to(linked)
    assert len(everything(app_of(put(tmp_path, **{"a.xsd": schema()})))) == 2
