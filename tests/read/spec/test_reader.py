"""The spec reader: golden cases of faulty specs, the values of a good one, and hostile input.

A golden case is `golden/spec/NAME.yaml`. Its first comment lines hold the findings that it must
produce, in order, as `LINE:COLUMN: SEVERITY CODE MESSAGE`.
"""

import random
from itertools import takewhile
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unstringly.diagnostics import Span, has_errors
from unstringly.model import charset
from unstringly.model.grammar import (
    BooleanType,
    Calendar,
    ChoiceGrammar,
    CodeValue,
    Constant,
    DatePart,
    DateType,
    DecimalType,
    EnumType,
    Field,
    Form,
    IntegerType,
    LineEnds,
    ListGrammar,
    LocalizedText,
    Record,
    TextType,
    Trailing,
    untagged,
)
from unstringly.model.pattern import ANY_TEXT, Chars, Repeat
from unstringly.model.spec import Document, Effect, Limits, Spec
from unstringly.read.patterns.reader import RULES as PATTERN_RULES
from unstringly.read.spec.reader import RULES, read_spec, spec_from_bytes

ROOT = Path(__file__).parents[3]
GOLDEN = Path(__file__).parents[2] / "golden" / "spec"
CASES = sorted(GOLDEN.glob("*.yaml"))
SHIPPED = sorted((ROOT / "wsdl").glob("*/grammar.yaml"))
EVERY_KEY = GOLDEN / "every_key.yaml"


def described(path: Path) -> list[str]:
    _, findings = read_spec(path, path.name)
    return [
        f"{f.span.line}:{f.span.column}: {f.severity.value} {f.rule.code} {f.message}"
        for f in findings
    ]


def expected(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line[1:].strip() for line in takewhile(lambda line: line.startswith("#"), lines)]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_golden(path: Path) -> None:
    assert described(path) == expected(path)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.parent.name)
def test_shipped_specs_are_clean(path: Path) -> None:
    assert described(path) == []


def test_every_rule_is_broken_by_a_case() -> None:
    """But S101, which is about bytes; see test_nodes. All pattern rules are in test_patterns."""
    codes = {line.split()[2] for path in CASES for line in expected(path)}
    assert codes >= {rule.code for rule in RULES} - {"S101"}


def test_rules_are_told_apart() -> None:
    rules = (*RULES, *PATTERN_RULES)
    assert len({rule.code for rule in rules}) == len(rules)


# The values of a spec that uses every key.


@pytest.fixture(scope="module")
def every() -> Spec:
    found, findings = read_spec(EVERY_KEY, "f")
    assert findings == ()
    assert found is not None
    return found


def line_of(text: str) -> int:
    lines = EVERY_KEY.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


def test_the_head(every: Spec) -> None:
    assert (every.service, every.package, every.wsdl) == ("Every", "every_key", "every.wsdl")
    assert every.document == Document("Every key", "v1", "2020-01-02")
    assert every.words == LocalizedText(
        (("en", "Every key that the language has."), ("zh", "每个键"))
    )
    assert every.line_ends is LineEnds.LF
    assert every.span == Span("f", 2, 1, len("service"))


def test_defaults_of_the_head() -> None:
    found, findings = spec_from_bytes(b"service: MsgSend", "f")
    assert findings == ()
    assert found is not None
    assert (found.package, found.wsdl) == ("msgsend", "MsgSend.wsdl")
    assert (found.document, found.words) == (Document("", "", ""), LocalizedText())
    assert found.line_ends is LineEnds.KEPT
    assert (dict(found.definitions), found.operations, found.callbacks) == ({}, (), ())


def test_definitions_stand_in_order(every: Spec) -> None:
    assert " ".join(every.definitions) == (
        "Token Anything Coded Count Amount Price Cents Stamp Day When Clock Status Sent Cause Row "
        "Tight "
        "rows result"
    )
    assert {name: d.name for name, d in every.definitions.items()} == {
        name: name for name in every.definitions
    }


def test_texts_and_numbers(every: Spec) -> None:
    token, count, amount = (every.definitions[name] for name in ("Token", "Count", "Amount"))
    pattern = Repeat(Chars(~charset.of(",|")), 1, None)
    assert token == TextType(
        name="Token",
        words=untagged("A token."),
        form=Form(pattern, "[^,|]+", ("a,", "\x01")),
        newtype=True,
        untrusted=True,
        span=Span("f", line_of("Token:"), 3, 5),
    )
    anything = every.definitions["Anything"]
    assert isinstance(anything, TextType)
    assert anything.form == Form(ANY_TEXT, "any")
    assert not anything.newtype
    assert isinstance(count, IntegerType)
    assert (count.width, count.newtype, count.form.source) == (4, True, "-?[0-9]{1,9}")
    assert isinstance(amount, DecimalType)
    assert (amount.newtype, amount.words) == (True, untagged("An amount."))


def test_dates(every: Spec) -> None:
    stamp, day, clock = (every.definitions[name] for name in ("Stamp", "Day", "Clock"))
    part = DatePart
    assert isinstance(stamp, DateType)
    assert stamp.calendar is Calendar.DATETIME
    assert stamp.zeros_optional
    assert stamp.source == "%Y/%m/%d %H:%M:%S"
    assert stamp.layouts[0].parts == (
        *(part.YEAR, "/", part.MONTH, "/", part.DAY, " "),
        *(part.HOUR, ":", part.MINUTE, ":", part.SECOND),
    )
    assert isinstance(day, DateType)
    assert (day.calendar, day.zeros_optional) == (Calendar.DATE, False)
    assert day.layouts[0].parts == (part.YEAR, part.MONTH, part.DAY)
    assert isinstance(clock, DateType)
    assert clock.calendar is Calendar.TIME


def test_enums(every: Spec) -> None:
    status, cause = every.definitions["Status"], every.definitions["Cause"]
    assert isinstance(status, EnumType)
    assert (status.value, status.form) == (CodeValue.TEXT, None)
    assert [(m.spelling, m.name, m.words) for m in status.members] == [
        ("DELIVRD", "DELIVERED", untagged("")),
        ("", "NONE", untagged("No status.")),
    ]
    assert isinstance(cause, EnumType)
    assert cause.value is CodeValue.INTEGER
    assert [(m.spelling, m.name) for m in cause.members] == [("0", "UNKNOWN"), ("-1", "FAILED")]
    assert cause.form is not None
    assert cause.form.source == "-?[0-9]{1,9}"


def test_booleans(every: Spec) -> None:
    sent = every.definitions["Sent"]
    assert isinstance(sent, BooleanType)
    assert (sent.true, sent.false) == (("Y", "y"), ("N",))
    assert sent.words == untagged("Whether it went.")


def test_records(every: Spec) -> None:
    row, tight = every.definitions["Row"], every.definitions["Tight"]
    assert isinstance(row, Record)
    assert (row.separators, row.initiators, row.terminators) == ((",", ";"), ("<",), (">", ""))
    token, mark, count, status = row.elements
    assert isinstance(mark, Constant)
    assert (mark.text, mark.padded) == ("#", False)
    assert isinstance(token, Field)
    assert (token.type, token.padded, token.optional, token.nils) == ("Token", True, False, ())
    assert isinstance(count, Field)
    assert (count.initiators, count.terminators, count.nils) == (("n:", "N:"), (".",), ("",))
    assert (count.padded, count.words) == (False, untagged("How many."))
    assert count.type_span == Span("f", line_of("      count:"), 21, 5)
    assert isinstance(status, Field)
    assert (status.optional, status.padded) == (True, True)
    assert isinstance(tight, Record)
    assert tight.separators == ()
    assert [field.padded for field in tight.fields] == [False, False]


def test_grammars(every: Spec) -> None:
    rows, result = every.definitions["rows"], every.definitions["result"]
    assert isinstance(rows, ListGrammar)
    assert (rows.items, rows.separators) == (("Row", "Cause"), ("|", "||"))
    assert (rows.final_separators, rows.trailing) == ((";",), Trailing.WRITTEN)
    assert (rows.leading, rows.repeated, rows.padded) == (True, True, True)
    assert [span.column for span in rows.item_spans] == [12, 17]
    assert isinstance(result, ChoiceGrammar)
    assert (result.alternatives, result.padded) == (("rows", "Token", "Cause"), True)
    assert result.rejections == ("Cause",)


def test_operations(every: Spec) -> None:
    (operation,) = every.operations
    assert (operation.name, operation.python_name) == ("GetRows", "fetch_rows")
    assert (operation.effect, operation.section) == (Effect.DESTRUCTIVE_READ, "1.2")
    assert operation.limits == Limits(500, 5, 172800)
    assert operation.result == "result"
    assert operation.result_span.line == line_of("result: result")
    assert operation.null == ""
    assert operation.null_span.line == line_of("null: empty")
    password, kind, day, channel = operation.parameters
    assert (password.python_name, password.bound, password.secret) == ("password", True, True)
    assert (password.type, password.default, password.fixed) == (None, None, None)
    assert (kind.type, kind.python_name) == ("Cause", "kind")
    assert (day.type, day.default, day.max_length) == ("Day", "20200102", 8)
    assert day.message == LocalizedText((("zh", "日期"),))
    assert (channel.fixed, channel.default) == ("", None)


def test_a_variant_restates_parameters(every: Spec) -> None:
    (variant,) = every.operations[0].variants
    assert (variant.name, variant.python_name) == ("GetOldRows", "fetch_old_rows")
    (day,) = variant.parameters
    assert (day.fixed, day.default, day.type) == ("19990101", None, None)
    assert day.words == untagged("The day.")
    assert day.span.line == line_of("Day: {fixed")


@pytest.mark.parametrize(
    ("spelled", "null"),
    [
        ("", None),
        (", null: malformed", None),
        (", null: empty", ""),
        (", null: ''", ""),
        (", null: '0'", "0"),
        (", null: null", "null"),
        (", null: Empty", "Empty"),
    ],
)
def test_what_null_is(spelled: str, null: str | None) -> None:
    text = f"service: A\noperations: {{Ask: {{effect: read{spelled}}}}}\n"
    found, findings = spec_from_bytes(text.encode(), "f")
    assert findings == ()
    assert found is not None
    (operation,) = found.operations
    assert operation.null == null
    assert text.split("\n")[1][operation.null_span.column - 1 :].startswith(
        spelled.rpartition(" ")[2] or "Ask"
    )


def test_callbacks(every: Spec) -> None:
    (push,) = every.callbacks
    assert (push.name, push.section, push.words) == ("RowPush", "2", untagged("Pushes rows."))
    assert [(f.name, f.type, f.words) for f in push.fields] == [
        ("account", "Token", untagged("")),
        ("rows", "rows", untagged("The rows.")),
    ]


def test_a_block_of_words_keeps_its_lines() -> None:
    found, _ = spec_from_bytes(b"service: A\ndoc: |\n  one\n  two\n", "f")
    assert found is not None
    assert found.words == untagged("one\ntwo")


def test_values_can_be_compared_and_kept() -> None:
    first, second = (read_spec(EVERY_KEY, "f")[0] for _ in range(2))
    assert first == second
    assert first is not None
    assert len({*first.definitions.values(), *first.operations}) == 19
    with pytest.raises(TypeError):
        cast("dict[str, object]", first.definitions)["x"] = None


def test_a_faulty_definition_is_left_out_and_the_rest_read() -> None:
    found, findings = read_spec(GOLDEN / "enums.yaml", "f")
    assert has_errors(findings)
    assert found is not None
    assert list(found.definitions) == ["H"]
    found, _ = read_spec(GOLDEN / "numbers.yaml", "f")
    assert found is not None
    assert list(found.definitions) == ["F", "J", "K"]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "no.yaml"):
        found, findings = read_spec(path, "the.yaml")
        assert found is None
        assert [(f.span, f.rule.code) for f in findings] == [(Span("the.yaml", 1, 1), "S101")]


# Hostile input.

SEEDS = [path.read_bytes() for path in (EVERY_KEY, *SHIPPED)]
PIECES = (
    *rb"""{ } [ ] : , ' " - * & | > # % ? \ ( x 1 text <<: &a *a""".split(),
    *(b"\n", b"\n  ", b"\t", b": ", b"- ", b"\xff", b"\0", b""),
)


@st.composite
def mutations(draw: st.DrawFn) -> bytes:
    """A good spec with a few pieces of it replaced, moved or removed."""
    text = draw(st.sampled_from(SEEDS))
    dice = random.Random(draw(st.integers(0, 2**32)))
    start = dice.randrange(len(text))
    text = text[:400] + text[start : start + 1500]
    for _ in range(draw(st.integers(1, 6))):
        at = dice.randrange(len(text) + 1)
        length = dice.choice((0, 1, 1, 2, 5, 20))
        other = dice.randrange(len(text) + 1)
        piece = dice.choice((*PIECES, text[other : other + length]))
        text = text[:at] + piece + text[at + length :]
    return text


def check_findings(data: bytes) -> None:
    found, findings = spec_from_bytes(data, "f")
    assert found is not None or has_errors(findings)
    lines = (
        data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    )
    for finding in findings:
        assert 1 <= finding.span.line <= len(lines)
        assert 1 <= finding.span.column <= len(lines[finding.span.line - 1]) + 1
        assert finding.span.length >= 1
        assert finding.message


@given(mutations())
@settings(deadline=None)
def test_mutations_never_raise(data: bytes) -> None:
    check_findings(data)


@given(st.binary() | st.text().map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_bytes_never_raise(data: bytes) -> None:
    check_findings(data)
    check_findings(b"service: A\ntypes:\n  A: {text: any, doc: " + data)
