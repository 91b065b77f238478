"""The laws for packages of drawn services: the real parsers and formatters, judged by the oracle.

Each list is parsed both ways: as callers do, with the fast way first, and by the exact way alone.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import takewhile
from types import ModuleType

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from tests.laws import oracle, oracle_recovery
from tests.laws.drawn_services import Drawn, kind_of, package, services
from tests.laws.leaf_kinds import Plain, plain, values
from tests.laws.oracle import Constant, Element, Field, Record
from tests.laws.test_random_grammars import tag

from unstringly.runtime.text.parsed import Parsed

Row = tuple[str, tuple[Plain, ...]]
"""A record: its name, and the values of its fields."""

GRAMMARS = settings().max_examples * 6 // 10
PLAIN_ERRORS = {"G101", "G107", "G108"}
"""Errors that a drawn grammar may have: two readings, or a value that cannot stand in its place."""


def fields_of(record: Record) -> tuple[Field, ...]:
    return tuple(field for field in record.fields if isinstance(field, Field))


def rows_of(drawn: Drawn, text: str, reading: Sequence[Element]) -> list[Row]:
    """What the oracle's reading means."""
    records = {record.name: record for record in drawn.records}
    found: list[Row] = []
    for item in reading:
        contents = [text[part.start : part.end] for part in item.parts]
        fields = fields_of(records[item.name])
        cells = [
            None if content in field.nils else kind_of(field).value(content)
            for field, content in zip(fields, contents, strict=False)
        ]
        cells += [None] * (len(fields) - len(cells))
        found.append((item.name, tuple(cells)))
    return found


def rows(drawn: Drawn, parsed: object) -> list[Row]:
    """What a parser gave, as plain data; the Parsed is that of the package's own runtime."""
    names = {record.name: [f.name for f in fields_of(record)] for record in drawn.records}
    found: list[Row] = []
    records: Sequence[object] = list(as_parsed(parsed))
    for record in records:
        name = type(record).__name__
        found.append((name, tuple(plain(getattr(record, field)) for field in names[name])))
    return found


def as_parsed(parsed: object) -> Parsed[object]:
    """Typed like our own Parsed, of which the package has a copy."""
    assert type(parsed).__name__ == "Parsed"
    as_ours: Parsed[object] = parsed  # type: ignore[assignment]  # the copy has the same shape
    return as_ours


@st.composite
def wire(draw: DrawFn, drawn: Drawn) -> str:
    """A text that the service may well send, often with a small change."""
    form = drawn.form
    blanks = st.sampled_from(("", "", " ", "\n"))
    between = st.sampled_from(form.separators)
    text = draw(st.sampled_from(("", *form.separators))) if form.leading else ""
    for number in range(draw(st.integers(0, 3))):
        text += draw(between) if number else ""
        text += draw(blanks) if form.padded else ""
        text += draw(row_text(draw(st.sampled_from(drawn.records))))
        text += draw(blanks) if form.padded else ""
    text += draw(st.sampled_from(("", *form.separators, *form.finals)))
    if draw(st.integers(0, 2)) == 0:
        tokens = (*form.separators, *drawn.records[0].separators, "\r\n", " ", "1", "a", "\0")
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from(tokens)) + text[at + draw(st.integers(0, 2)) :]
    return text


@st.composite
def row_text(draw: DrawFn, record: Record) -> str:
    """A record with contents that are mostly of their forms."""
    least = len([*takewhile(lambda f: isinstance(f, Constant) or not f.optional, record.fields)])
    text = draw(tag(record.initiators))
    for number, field in enumerate(record.fields[: draw(st.integers(least, len(record.fields)))]):
        text += record.separators[0] if number and record.separators else ""
        pad = st.sampled_from(("", "", "", " ")) if field.padded else st.just("")
        if isinstance(field, Constant):
            text += draw(pad) + field.text + draw(pad)
            continue
        kind = kind_of(field)
        good = [sample for sample in kind.samples if kind.accepts(sample)]
        content = draw(st.sampled_from(kind.samples if draw(st.integers(0, 7)) == 0 else good))
        if draw(st.booleans()) and field.nils:
            content = draw(st.sampled_from(field.nils))
        text += draw(pad) + draw(tag(field.initiators)) + content
        text += draw(tag(field.terminators)) + draw(pad)
    return text + draw(tag(record.terminators))


def check_parsing(drawn: Drawn, module: ModuleType, raw: str, counts: Counter[str]) -> None:
    """The oracle's reading, both ways; or else a decomposition that loses nothing."""
    parse: Callable[[str], object] = module.parse_ask
    parsed = as_parsed(parse(raw))
    text = oracle.line_feeds_only(raw) if drawn.lf else raw
    found = oracle.readings(drawn.form, text)
    assert "".join(piece.raw for piece in parsed.pieces()) == raw
    if found:
        (reading,) = found
        assert rows(drawn, parsed) == rows_of(drawn, text, reading)
        assert parsed.malformed == ()
    else:
        pieces = [piece.raw for piece in parsed.malformed]
        pieces = [oracle.line_feeds_only(piece) for piece in pieces] if drawn.lf else pieces
        assert sum(map(len, pieces)) == oracle_recovery.recovery(drawn.form, text).malformed
    fast = getattr(module.parsers, "_THINGS", None)
    if fast is None:
        return
    if found:
        counts["fast" if fast.read(raw) is not None else "exact"] += 1
    fast.read = declined
    try:
        exact = as_parsed(parse(raw))
    finally:
        del fast.read
    assert exact == parsed
    assert exact.pieces() == parsed.pieces()


def declined(text: str) -> None:
    """In place of the fast way: every text is left to the exact one."""


@st.composite
def drawn_rows(draw: DrawFn, drawn: Drawn) -> list[Row]:
    """Records of values; optional ones are missing from the end."""
    found: list[Row] = []
    for _ in range(draw(st.integers(0, 3))):
        record = draw(st.sampled_from(drawn.records))
        fields = fields_of(record)
        given = draw(st.integers(sum(not f.optional for f in fields), len(fields)))
        cells = [draw(cell(field)) for field in fields[:given]]
        cells += [None] * (len(fields) - given)
        found.append((record.name, tuple(cells)))
    return found


def cell(field: Field) -> SearchStrategy[Plain]:
    some = values(kind_of(field))
    return st.one_of(some, st.none()) if field.nils else some


def written(drawn: Drawn, records: Sequence[Row]) -> str | None:
    """The text of some records as the spec says; None if a value is not of its declared form."""
    by_name = {record.name: record for record in drawn.records}
    texts: list[str] = []
    for name, cells in records:
        text = _written_row(by_name[name], cells)
        if text is None:
            return None
        texts.append(text)
    separator = drawn.form.separators[0]
    text = separator.join(texts)
    trails = drawn.form.trailing == "required" or (
        drawn.form.trailing == "allowed" and drawn.written_trailing
    )
    text += separator if trails and texts else ""
    if drawn.lf and oracle.line_feeds_only(text) != text:
        return None
    return text


def _written_row(record: Record, cells: Sequence[Plain]) -> str | None:
    contents: list[str] = []
    left = list(cells)
    for field in record.fields:
        if isinstance(field, Constant):
            contents.append(field.text)
            continue
        value = left.pop(0)
        if value is None and not field.nils:
            assert field.optional
            break
        content = field.nils[0] if value is None else kind_of(field).write(value)
        assert content is not None
        if value is not None and not _fits(field, value, content):
            return None
        contents.append(oracle.first(field.initiators) + content + oracle.first(field.terminators))
    joined = record.separators[0] if record.separators else ""
    text = joined.join(contents)
    return oracle.first(record.initiators) + text + oracle.first(record.terminators)


def _fits(field: Field, value: Plain, content: str) -> bool:
    kind = kind_of(field)
    if not kind.accepts(content) or content in field.nils:
        return False
    if isinstance(value, tuple) and kind.value(content) != value:
        return False
    return oracle.is_trimmed(content) or not field.padded


def check_formatting(drawn: Drawn, module: ModuleType, records: list[Row]) -> None:
    """Format takes exactly the values in their declared forms, and parse gives them back."""
    made = [made_record(drawn, module, row) for row in records]
    expected = written(drawn, records)
    try:
        text: str | None = module.format_ask(made)
    except module.Unwritable:
        text = None
    event("refused" if text is None else "written")
    assert text == expected, records
    if text is not None:
        assert rows(drawn, module.parse_ask(text)) == records
        assert as_parsed(module.parse_ask(text)).malformed == ()


def made_record(drawn: Drawn, module: ModuleType, row: Row) -> object:
    """A record of the package."""
    name, cells = row
    (record,) = [record for record in drawn.records if record.name == name]
    arguments = {
        field.name: made_value(module, field, value)
        for field, value in zip(fields_of(record), cells, strict=True)
    }
    made: object = getattr(module, name)(**arguments)
    return made


def made_value(module: ModuleType, field: Field, value: Plain) -> object:
    match value:
        case ("member", str(name)):
            return getattr(module, kind_of(field).name)[name]
        case ("unknown", str(text)):
            return getattr(module, f"Unknown{kind_of(field).name}")(text)
        case _:
            return value


@settings(max_examples=GRAMMARS)
@given(services(), st.data())
def test_drawn_services_obey_the_laws(drawn: Drawn, data: st.DataObject) -> None:
    with package(drawn) as made:
        if isinstance(made, list):
            assert set(made) <= PLAIN_ERRORS, drawn.spec()
            return
        for text in data.draw(st.lists(wire(drawn), min_size=10, max_size=25)):
            check_parsing(drawn, made, text, Counter())
        for records in data.draw(st.lists(drawn_rows(drawn), min_size=5, max_size=15)):
            check_formatting(drawn, made, records)


@pytest.mark.few(0)
def test_enough_is_drawn() -> None:
    """Of the grammars at least a fifth can be generated and a fifth cannot; and of the texts that
    are read, of lists that can be split, at least a fifth are read fast and some exactly.
    """
    counts: Counter[str] = Counter()

    @settings(max_examples=80, derandomize=True, database=None)
    @given(services(), st.data())
    def ask(drawn: Drawn, data: st.DataObject) -> None:
        with package(drawn) as made:
            counts["refused" if isinstance(made, list) else "made"] += 1
            if not isinstance(made, list):
                for text in data.draw(st.lists(wire(drawn), min_size=5, max_size=10)):
                    check_parsing(drawn, made, text, counts)

    ask()
    assert counts["made"] >= 8, counts
    assert counts["refused"] >= 8, counts
    assert counts["fast"] >= (counts["fast"] + counts["exact"]) / 5, counts
    assert counts["exact"], counts
