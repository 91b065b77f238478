"""Forgery, spellings, characters, truncation, and findings that a spec acknowledges."""

from pathlib import Path
from textwrap import dedent

import pytest

import msgsend
from unstringly.diagnostics import Diagnostic
from unstringly.pipeline import check

HERE = Path(__file__).parent
WSDL = HERE.parent / "language" / "everything" / "Depot.wsdl"
SERVICE = HERE.parents[1] / "wsdl" / "msgsend"


def findings(folder: Path, spec: str) -> list[Diagnostic]:
    """Return the findings in a spec for the depot's WSDL, which has an operation Days."""
    (folder / "Depot.wsdl").write_bytes(WSDL.read_bytes())
    (folder / "grammar.yaml").write_text("service: Depot\n" + dedent(spec), encoding="utf-8")
    return [finding for finding in check([folder], folder).findings if finding.rule.code != "L103"]


def codes(folder: Path, spec: str) -> list[str]:
    return [finding.rule.code for finding in findings(folder, spec)]


CHAT = """
types:
  Name: {{text: '[a-z]+'}}
  Said: {{text: '{said}', untrusted: {untrusted}}}
records:
  Line: {{separator: ':', fields: {{name: Name, said: Said}}}}
grammars:
  chat: {{list: [Line], separator: ';', trailing: required}}
operations:
  Days: {{effect: read, result: chat}}
{more}
"""


def test_what_the_public_types_can_forge_a_record(tmp_path: Path) -> None:
    spec = CHAT.format(said="[^;]*", untrusted="true", more="")
    (finding,) = [finding for finding in findings(tmp_path, spec) if finding.rule.code == "G102"]
    assert finding.span.line == 5
    typed = finding.note.splitlines()[0]
    assert typed.startswith('typed by the sender: "')
    assert ";" in typed
    assert ":" in typed


def test_the_declared_form_does_not_hold_the_public_back(tmp_path: Path) -> None:
    spec = CHAT.format(said="[a-z]*", untrusted="true", more="")
    assert "G102" in codes(tmp_path, spec)


def test_nobody_asks_it_of_a_trusted_text(tmp_path: Path) -> None:
    assert codes(tmp_path, CHAT.format(said="[^;]*", untrusted="false", more="")) == ["G105"]


def test_a_single_record_gives_no_room_for_another(tmp_path: Path) -> None:
    spec = CHAT.format(said="[^;]*", untrusted="true", more="").replace(
        "result: chat", "result: Line"
    )
    assert "G102" not in codes(tmp_path, spec)


def test_an_acknowledged_finding_is_not_shown(tmp_path: Path) -> None:
    more = "accept:\n  Said: {codes: G102, reason: it cannot be changed}"
    assert codes(tmp_path, CHAT.format(said="[^;]*", untrusted="true", more=more)) == ["G105"]


@pytest.mark.parametrize("name", ["Said", "Name", "chat", "nobody"])
def test_an_acknowledgement_without_its_finding_is_reported(tmp_path: Path, name: str) -> None:
    more = f"accept:\n  {name}: {{codes: G102, reason: it cannot be changed}}"
    assert "G106" in codes(tmp_path, CHAT.format(said="[^;]*", untrusted="false", more=more))


def test_an_error_cannot_be_acknowledged(tmp_path: Path) -> None:
    more = "accept:\n  chat: {codes: G101, reason: never mind}"
    spec = CHAT.format(said=".*", untrusted="false", more=more)
    assert "G101" in codes(tmp_path, spec)


@pytest.mark.parametrize("said", ["[^;]*", ".*", "["], ids=["right", "G101", "unreadable"])
@pytest.mark.parametrize(
    ("code", "message", "help_"),
    [
        ("G101", "'chat' accepts G101, which is an error", "errors cannot be acknowledged"),
        ("L104", "'chat' accepts L104, which is an error", "errors cannot be acknowledged"),
        ("X999", "'chat' accepts 'X999', and there is no such rule", "`unstringly explain` lists"),
        ("g105", "'chat' accepts 'g105', and there is no such rule", "`unstringly explain` lists"),
    ],
)
def test_what_cannot_be_acknowledged_is_told(
    tmp_path: Path, said: str, code: str, message: str, help_: str
) -> None:
    """There is one finding, whether there is such an error or not, and whatever else is wrong."""
    more = f"accept:\n  chat: {{codes: {code}, reason: never mind}}"
    spec = CHAT.format(said=said, untrusted="false", more=more)
    (report,) = (finding for finding in findings(tmp_path, spec) if finding.rule.code == "G106")
    assert report.message == message
    assert help_ in report.help


def test_the_gateway_is_forgeable_and_its_spec_says_so(tmp_path: Path) -> None:
    for path in ("MsgSend.wsdl", "grammar.yaml"):
        (tmp_path / path).write_bytes((SERVICE / path).read_bytes())
    assert "G102" not in [finding.rule.code for finding in check([tmp_path], tmp_path).findings]
    spec = (SERVICE / "grammar.yaml").read_text(encoding="utf-8")
    head, _ = spec.split("\naccept:\n")
    (tmp_path / "grammar.yaml").write_text(head, encoding="utf-8")
    (finding,) = [
        finding for finding in check([tmp_path], tmp_path).findings if finding.rule.code == "G102"
    ]
    drawn = finding.note.splitlines()[1]
    text = drawn.removeprefix("the text").replace(" ", "").replace("␠", " ").replace("\\n", "\n")
    parsed = msgsend.parse_get_mo(text)
    assert isinstance(parsed, msgsend.Parsed)
    assert len(parsed) == 2
    assert not parsed.malformed


def leaf(form: str) -> str:
    return f"types:\n  X: {form}\noperations:\n  Days: {{effect: read, result: X}}\n"


@pytest.mark.parametrize(
    ("form", "spelling"),
    [
        ("{integer: '[0-9]{1,3}'}", "00"),
        ("{integer: '0|[1-9][0-9]?'}", None),
        ("{integer: '-?[0-9]'}", "-0"),
        ("{integer: '[0-9]{3}', width: 3}", None),
        ("{integer: '[0-9]{1,3}', width: 3}", "0"),
        ("{integer: '[+]?[1-9]'}", "+1"),
        ("{decimal: '(0|[1-9][0-9]*)([.][0-9]+)?'}", None),
        ("{decimal: '[0-9]+'}", "00"),
        ("{date: '%Y%m%d'}", None),
        ("{text: any}", None),
        ("{enum: {1: ONE}, open: true, form: '[0-9]+', values: integer}", None),
    ],
)
def test_spellings_that_are_never_written(tmp_path: Path, form: str, spelling: str | None) -> None:
    messages = [e.message for e in findings(tmp_path, leaf(form)) if e.rule.code == "G103"]
    assert messages == (
        [] if spelling is None else [f"\"{spelling}\" is a spelling of 'X' that is never written"]
    )


def test_dates_with_optional_zeros_are_written_otherwise(tmp_path: Path) -> None:
    assert codes(tmp_path, leaf("{date: '%Y-%m-%d', zeros: optional}")) == ["G103"]


@pytest.mark.parametrize(
    ("form", "expected"),
    [("any", True), ("'[a-z]+'", False), ("'[^,]+'", True), (r"'[\t\n -~]*'", False)],
)
def test_parameters_that_xml_cannot_carry(tmp_path: Path, form: str, expected: bool) -> None:
    spec = f"types:\n  X: {{text: {form}}}\n" + dedent(
        """
        operations:
          Orders: {effect: read, parameters: {day: X}}
        """
    )
    assert ("G104" in codes(tmp_path, spec)) is expected


def test_a_result_without_a_list_cannot_be_cut_between_records(tmp_path: Path) -> None:
    assert codes(tmp_path, leaf("{text: any}")) == []


@pytest.mark.parametrize(
    ("types", "item"),
    [
        ("E: {enum: {' x': X, y: Y}}", "E"),
        ("E: {enum: {' x': X, y: Y}, open: true, form: '[a-z]+'}", "E"),
        ("E: {time: '%H '}", "E"),
        ("E: {date: ' %Y%m%d'}", "E"),
        ("E: {text: ' a'}", "E"),
    ],
)
def test_values_that_a_padded_place_does_not_take(tmp_path: Path, types: str, item: str) -> None:
    spec = f"""
types:
  {types}
grammars:
  all: {{list: {item}, separator: ';', padding: whitespace}}
operations:
  Days: {{effect: read, result: all}}
"""
    assert "G107" in codes(tmp_path, spec)


@pytest.mark.parametrize(
    ("type_", "nil", "expected"),
    [
        ("enum: {x: X, y: Y}", "x", True),
        ("enum: {x: X, y: Y}", "z", False),
        ("enum: {x: X, y: Y}, open: true, form: '[a-z]+'", "x", True),
        ("date: '%Y%m%d'", "20310101", True),
        ("date: '%Y%m%d'", "-", False),
        ("integer: '[0-9]'", "0", False),
        ("text: 'a'", "a", True),
    ],
)
def test_values_that_are_spelled_like_none(
    tmp_path: Path, type_: str, nil: str, expected: bool
) -> None:
    spec = f"""
types:
  E: {{{type_}}}
  B: {{text: '[a-z]+'}}
records:
  Row: {{separator: ';', fields: {{b: B, e: {{type: E, nil: {nil!r}}}}}}}
operations:
  Days: {{effect: read, result: Row}}
"""
    assert ("G107" in codes(tmp_path, spec)) is expected


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("type: words, nil: ''", False),
        ("type: words, nil: 'a+b'", True),  # a-b is written so
        ("type: words, nil: 'a-b'", False),
        ("type: words, nil: '-'", False),
        ("type: words, nil: ' -', padding: whitespace", True),
        ("type: counts, nil: ''", False),
        ("type: counts, nil: '7'", True),  # 07 is written so
        ("type: counts, nil: '07'", True),
        ("type: digits, nil: '7'", False),
        ("type: either, nil: '7'", True),
        ("type: either, nil: '7+7'", False),
        ("type: Only, nil: 'x'", True),  # of which nothing is left
    ],
)
def test_values_in_records_and_lists_that_are_spelled_like_none(
    tmp_path: Path, field: str, expected: bool
) -> None:
    spec = f"""
types:
  X: {{text: x}}
  Word: {{text: '[a-z]+'}}
  Count: {{integer: '[0-9]{{1,3}}'}}
  Digit: {{integer: '[0-9]'}}
records:
  Only: {{fields: {{x: X}}}}
  Row: {{separator: ';', fields: {{b: Word, e: {{{field}}}}}}}
  Others: {{separator: '!', fields: {{a: words, b: counts, c: digits, d: either, e: Only}}}}
grammars:
  words: {{list: [Word], separator: [+, '-']}}
  counts: {{list: [Count], separator: '+'}}
  digits: {{list: [Digit], separator: '+'}}
  either: {{choice: [words, Count]}}
  all: {{list: [Row, Others], separator: '|'}}
operations:
  Days: {{effect: read, result: all}}
"""
    assert ("G107" in codes(tmp_path, spec)) is expected


@pytest.mark.parametrize("separator", ["\\r\\n", "|\\r\\n|", "\\r", "|\\r"])
@pytest.mark.parametrize(("ends", "expected"), [("lf", True), ("kept", False)])
def test_a_separator_that_line_ends_take_away(
    tmp_path: Path, separator: str, ends: str, expected: bool
) -> None:
    spec = f"""
line_ends: {ends}
types:
  B: {{text: '[a-z]+'}}
grammars:
  all: {{list: B, separator: "{separator}"}}
operations:
  Days: {{effect: read, result: all}}
"""
    assert ("G108" in codes(tmp_path, spec)) is expected
    assert ("G109" in codes(tmp_path, spec)) is not expected


@pytest.mark.parametrize(
    ("separator", "expected"),
    [
        ('"\\r\\n"', True),
        ('"\\r"', True),
        ('"|\\r\\n"', True),
        ('["\\r\\n", "\\n"]', False),
        ('["\\n", "\\r"]', False),
        ('"\\n"', False),
        ('"|"', False),
    ],
)
def test_a_separator_that_xml_changes(tmp_path: Path, separator: str, expected: bool) -> None:
    spec = f"""
types:
  B: {{text: '[a-z]+'}}
grammars:
  all: {{list: B, separator: {separator}}}
operations:
  Days: {{effect: read, result: all}}
"""
    assert ("G109" in codes(tmp_path, spec)) is expected
