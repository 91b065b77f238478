"""Headers of responses: which operations offer them, and what is said of the others."""

from pathlib import Path

import pytest
from tests.read.wsdl.small import Call, Offered, Part, written

from unstringly.pipeline import check

OUTPUT = (Part("body", "element t:Text"), Part("extra", "element t:Extra"))
HEADED = Call(
    "Say",
    (Part("body", "element t:Text"),),
    OUTPUT,
    response_body='parts="body"',
    headers=(("Out", "extra"),),
)
GRAMMAR = "service: S\npackage: headed\nwsdl: s.wsdl\n"
MENTIONED = "operations: {Say: {effect: read}}\n"


def checked_of(folder: Path, call: Call, grammar: str, schema: str = "") -> tuple[list[str], str]:
    """The messages of W136, and the headers that the operation offers."""
    case = folder / "headed"
    case.mkdir()
    text = written((Offered("soap", (call,)),), schema)
    (case / "s.wsdl").write_text(text, encoding="utf-8")
    (case / "grammar.yaml").write_text(grammar, encoding="utf-8")
    checked = check([case], folder)
    (service,) = checked.services
    messages = [own.message for own in checked.findings if own.rule.code == "W136"]
    structured = service.shaped.structured("Say")
    offered = () if structured is None else structured.answers
    return messages, " ".join(own.slot for own in offered)


def test_an_operation_with_headers_is_structured(tmp_path: Path) -> None:
    assert checked_of(tmp_path, HEADED, GRAMMAR) == ([], "extra")


@pytest.mark.parametrize(
    "schema",
    [
        '<s:element name="Odd" type="t:Missing"/>',
        '<s:element name="Odd"><s:complexType><s:sequence><s:element name="a" type="t:Missing"/>'
        "</s:sequence></s:complexType></s:element>",
    ],
)
def test_a_header_without_a_form_costs_no_operation(tmp_path: Path, schema: str) -> None:
    parts = (*OUTPUT, Part("odd", "element t:Odd"))
    call = HEADED._replace(output=parts, headers=(("Out", "odd"), ("Out", "extra")))
    messages, offered = checked_of(tmp_path, call, GRAMMAR, schema)
    assert len(messages) == 1
    assert offered == "extra"


def test_an_operation_of_the_grammar_gives_its_text(tmp_path: Path) -> None:
    text = HEADED._replace(
        input=(Part("body", "element t:Words"),),
        output=(Part("body", "element t:Words"), Part("extra", "element t:Extra")),
    )
    schema = """<s:element name="Words"><s:complexType><s:sequence>
        <s:element name="w" type="s:string"/></s:sequence></s:complexType></s:element>"""
    messages, offered = checked_of(tmp_path, text, GRAMMAR + MENTIONED, schema)
    assert messages == ["Say takes and gives texts: its header `Extra` is not offered"]
    assert offered == ""
