"""Headers of responses: which operations offer them, and what is said of the others."""

from importlib import import_module
from pathlib import Path

import pytest
from tests.generator.importing import imported_files
from tests.read.wsdl.small import Call, Offered, Part, written

from unstringly.pipeline import build, check

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


@pytest.mark.parametrize("is_encoded", [False, True])
def test_rpc_style_has_them_too(tmp_path: Path, is_encoded: bool) -> None:
    call = Call(
        "Say",
        (Part("word", "s:string"),),
        (Part("count", "s:int"), Part("extra", "element t:Extra")),
        style="rpc",
        body='namespace="urn:t"',
        response_body='namespace="urn:t" parts="count"',
        headers=(("Out", "extra"),),
    )
    text = written((Offered("soap", (call,)),))
    if is_encoded:
        style = 'encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"'
        text = text.replace('body use="literal"', f'body use="encoded" {style}')
    package = f"headed_{is_encoded}".lower()
    case = tmp_path / package
    case.mkdir()
    (case / "s.wsdl").write_text(text, encoding="utf-8")
    grammar = GRAMMAR.replace("package: headed", f"package: {package}")
    (case / "grammar.yaml").write_text(grammar, encoding="utf-8")
    checked = check([case], tmp_path)
    assert checked.findings == ()
    files = build(checked, whole=True)
    assert (f"{package}/_runtime/xml/encoded_answers.py" in files) == is_encoded
    with imported_files(files, package) as headed:
        for module in ("answers", "emulator", "testing"):
            import_module(f"{package}.{module}")
        emulator = headed.emulator.Emulator()
        answer = headed.answers.Answer(5, headed.answers.SayHeaders(extra="x"))
        emulator.script("Say", answer)
        with headed.testing.client(emulator) as caller:
            assert caller.answers.say(word="a") == answer
