"""Strings inside of messages are read and written as whole texts are, for drawn grammars.

The oracle is the package's own parser, which the other laws judge: what it gives for a text is what
stands in the message, whatever stands beside it.
"""

import importlib
import re
import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, Final
from xml.etree import ElementTree

import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject
from tests.generator.importing import imported_files
from tests.generator.services import put
from tests.laws.drawn_services import Drawn, services
from tests.laws.test_drawn_packages import GRAMMARS, PLAIN_ERRORS, as_parsed, row_text, wire

from unstringly.diagnostics import Severity
from unstringly.pipeline import build, check

WSDL = """\
<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:t="urn:x"
    xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
    xmlns:s="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:x">
  <types>
    <s:schema targetNamespace="urn:x" elementFormDefault="qualified">
      <s:element name="Ask"><s:complexType/></s:element>
      <s:element name="AskResponse"><s:complexType><s:sequence>
        <s:element name="first" type="s:string"/>
        <s:element name="many" type="s:string" minOccurs="0" maxOccurs="unbounded"/>
        <s:element name="one" type="s:token" minOccurs="0"/>
        <s:element name="plain" type="s:string"/>
      </s:sequence></s:complexType></s:element>
    </s:schema>
  </types>
  <message name="In"><part name="a" element="t:Ask"/></message>
  <message name="Out"><part name="a" element="t:AskResponse"/></message>
  <portType name="Type">
    <operation name="Ask"><input message="t:In"/><output message="t:Out"/></operation>
  </portType>
  <binding name="Soap" type="t:Type">
    <soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>
    <operation name="Ask">
      <soap:operation soapAction=""/>
      <input><soap:body use="literal"/></input><output><soap:body use="literal"/></output>
    </operation>
  </binding>
  <service name="Tiny">
    <port name="Soap" binding="t:Soap"><soap:address location="http://localhost/tiny"/></port>
  </service>
</definitions>
"""
STRINGS = """\
strings:
  AskResponse.first: things
  AskResponse.many: things
  AskResponse.one: {record}
operations: {{Ask: {{effect: read}}}}
"""
XML_CHARACTERS = st.characters(
    exclude_categories=("Cs", "Cc"), include_characters="\t\n\r", exclude_characters="\ufffe\uffff"
)


@contextmanager
def package(drawn: Drawn) -> Generator[ModuleType | list[str]]:
    """The package of a service with the grammar in its structures, or the codes of its errors."""
    grammar = drawn.spec().partition("operations:")[0]
    record = drawn.records[0].name
    with tempfile.TemporaryDirectory() as name:
        spec = grammar + STRINGS.format(record=record)
        checked = check([put(Path(name) / "tiny", "Tiny.wsdl", WSDL, spec)], Path(name))
        errors = [f.rule.code for f in checked.findings if f.severity is Severity.ERROR]
        if errors:
            yield sorted(set(errors))
            return
        with imported_files(build(checked, whole=False), "tiny") as module:
            importlib.import_module("tiny.message_tables")
            yield module


def as_xml(text: str) -> str:
    """A text as characters of XML that a parser gives back as they are."""
    return "".join(f"&#{ord(character)};" for character in text)


NO_CHAR: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has not: all but its `Char`, production 2."""


def is_of_xml(text: str) -> bool:
    return NO_CHAR.search(text) is None


def test_texts_of_xml_are_those_of_its_parser() -> None:
    """expat is the judge of each character, or of its half, that stands by itself."""
    edges = "\0\x08\t\n\x0b\r\x1f \x7f\x80\ud7ff\ud800\udfff\ue000\ufffd\ufffe\uffff\U00010000"
    for character in [*edges, "\U0001fffe", "\U0010ffff"]:
        assert is_of_xml(character) == is_read(as_xml(character))


def is_read(inner: str) -> bool:
    try:
        return bool(ElementTree.fromstring(f"<a>{inner}</a>").text)
    except ElementTree.ParseError:
        return False


def collapsed(text: str) -> str:
    """A text as the type `xs:token` has it."""
    return " ".join(part for part in re.split("[ \\t\\r\\n]", text) if part)


def check_messages(drawn: Drawn, module: Any, data: DataObject) -> None:  # Any: just made
    texts = data.draw(st.lists(wire(drawn).filter(is_of_xml), min_size=1, max_size=4))
    first, *many = texts
    one_text = st.one_of(wire(drawn), row_text(drawn.records[0]))
    one = collapsed(data.draw(one_text))
    assume(is_of_xml(one))
    plain = data.draw(st.text(XML_CHARACTERS, max_size=5))
    elements = [("first", first), *(("many", text) for text in many), ("one", one)]
    inner = "".join(f"<{n}>{as_xml(text)}</{n}>" for n, text in [*elements, ("plain", plain)])
    element = module.message_tables.ROOT_ELEMENTS["urn:x AskResponse"]
    reading = importlib.import_module("tiny._runtime.xml.reading")
    value = reading.read(element, f'<AskResponse xmlns="urn:x">{inner}</AskResponse>').value
    parse: Callable[[str], object] = module.parse_things
    assert value.first == parse(first)
    assert value.many == tuple(map(parse, many))
    assert value.plain == plain, "what stands beside is as it was"
    check_one(module, value.one, one, drawn)
    pieces = [piece for part in (value.first, *value.many) for piece in as_parsed(part).malformed]
    is_good = not pieces and type(value.one).__name__ != "Malformed"
    event("good" if is_good else "damaged")
    check_writing(drawn, module, element, value, is_good=is_good)


def check_one(module: Any, value: Any, text: str, drawn: Drawn) -> None:  # Any: as above
    """A record by itself: what its parser gives, or what came."""
    parse = getattr(module.parsers, f"parse_{drawn.records[0].name.lower()}")
    try:
        expected: object = parse(text)
    except module.MalformedResponse as problem:
        expected = module.Malformed(text, module.Span(0, len(text)), problem.reason)
    assert value == expected


def check_writing(  # Any: as above
    drawn: Drawn, module: Any, element: Any, value: Any, *, is_good: bool
) -> None:
    """What is malformed is refused; anything else comes back as the same, text for text."""
    writer = module.message_tables.XML_WRITER
    if not is_good:
        with pytest.raises(module.Unwritable):
            writer.write(element, value)
        return
    format_one = getattr(module.formatters, f"format_{drawn.records[0].name.lower()}")
    text = format_one(value.one)
    if collapsed(text) != text:  # the type of `one` would drop white space of it
        event("white space")
        with pytest.raises(module.Unwritable):
            writer.write(element, value)
        return
    document: str = writer.write(element, value)
    again = importlib.import_module("tiny._runtime.xml.reading").read(element, document).value
    assert again == value


@settings(max_examples=GRAMMARS)
@given(drawn=services(), data=st.data())
def test_messages_with_strings_of_drawn_grammars(drawn: Drawn, data: DataObject) -> None:
    with package(drawn) as module:
        if isinstance(module, list):
            assert set(module) <= PLAIN_ERRORS, drawn.spec()
            event("no package")
            return
        for _ in range(4):
            check_messages(drawn, module, data)
