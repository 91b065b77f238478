"""What is suggested for a key or a name that there is not."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from unstringly.link.words import did_you_mean
from unstringly.nearest import likeness
from unstringly.read.spec.keys import TABLES
from unstringly.read.spec.reader import spec_from_bytes
from unstringly.read.spec.suggestions import INSTEAD, help_for_key

EVERY_KEY = sorted({key for table in TABLES.values() for key in table.names})
GROUPS = st.sampled_from(sorted(TABLES))


@st.composite
def misspelt(draw: st.DrawFn, key: str) -> str:
    """The key, or one with a letter more, less or changed."""
    at = draw(st.integers(0, len(key)))
    new = draw(st.text("abcdeghinoprst", max_size=1))
    return key[:at] + new + key[at + draw(st.integers(0, 1)) :]


@given(st.data(), GROUPS, st.sampled_from(EVERY_KEY))
def test_no_key_is_suggested_that_is_there_or_less_near(
    data: st.DataObject, group: str, key: str
) -> None:
    written = data.draw(misspelt(key))
    present = data.draw(st.sets(st.sampled_from(TABLES[group].names)))
    left = [each for each in TABLES[group].names if each not in present]
    if written in TABLES[group].names:
        return
    told = help_for_key(written, TABLES[group].called, left)
    suggested = re.search("did you mean `(.*)`", told)
    if suggested is None:
        assert told
        return
    assert suggested[1] in left
    if suggested[1] == f"{written}s":
        return
    best = max(likeness(written, each) for each in EVERY_KEY)
    assert likeness(written, suggested[1]) == best


PLURALS = [
    (group, key) for group, table in TABLES.items() for key in table.names if key.endswith("s")
]


@pytest.mark.parametrize(("group", "key"), PLURALS)
def test_one_of_a_kind_is_taken_for_the_plural_unless_that_is_there(group: str, key: str) -> None:
    told = help_for_key(key[:-1], TABLES[group].called, TABLES[group].names)
    assert told == f"did you mean `{key}`?"
    left = [each for each in TABLES[group].names if each != key]
    assert f"`{key}`?" not in help_for_key(key[:-1], TABLES[group].called, left)


@pytest.mark.parametrize(("what", "key"), INSTEAD)
def test_type_says_what_is_written_instead(what: str, key: str) -> None:
    told = help_for_key(key, what, ["newtype"])
    assert "newtype" not in told
    assert all(named in EVERY_KEY for named in re.findall(r"`([a-z_]+)`", told))


@pytest.mark.parametrize(
    ("spec", "told"),
    [
        ("types: {A: {type: text}}", "`text`, `integer`, `decimal`"),
        ("records: {A: {type: B, fields: {a: B}}}", "`fields`"),
        ("grammars: {a: {type: A}}", "`list: "),
        ("operations: {A: {effect: read, type: B}}", "`result`"),
        ("operations: {A: {effect: read, variants: {B: {type: C}}}}", "`parameters`"),
        ("callbacks: {A: {form: {a: B}, type: C}}", "`form`"),
        ("type: {A: {text: a}}", "did you mean `types`?"),
        ("type: {}\ntypes: {A: {text: a}}", "`type` is a key of a field"),
        ("types: {A: {tekst: a}}", "did you mean `text`?"),
        ("types: {A: {typ: text}}", "known here: `text`"),
        ("types: {A: {text: a, types: text}}", "`types` is a key of the spec; known here: "),
        ("types: {A: {text: a, tekst: a}}", "known here: `integer`"),
        ("types: {A: {text: a, separator: x}}", "`separator` is a key of a record and a list"),
        ("operations: {A: {effect: read, result: B, resutl: C}}", "known here: `doc`"),
    ],
)
def test_in_a_spec(spec: str, told: str) -> None:
    _, findings = spec_from_bytes(f"service: A\n{spec}\n".encode(), "grammar.yaml")
    helps = [finding.help for finding in findings if finding.rule.code == "S105"]
    assert len(helps) == 1
    assert told in helps[0]
    assert "newtype" not in helps[0] or "known here" in helps[0]


@given(st.text(max_size=20), st.lists(st.text(max_size=5)), st.sets(st.text(max_size=5)))
@example("Aks", ["Ask"], {"Ask"})
def test_no_name_is_suggested_that_is_said_already(
    name: str, known: list[str], said: set[str]
) -> None:
    told = did_you_mean(name, known, said)
    suggested = re.fullmatch(r"did you mean (['\"].*['\"])\?", told, re.DOTALL)
    if suggested is not None:
        assert any(repr(each) == suggested[1] for each in known if each not in said)


NAMES = st.text("abcdef", min_size=1, max_size=5)


@given(st.lists(NAMES, min_size=1, unique=True), st.sets(NAMES))
def test_what_there_is_is_told_whole_or_with_its_number(known: list[str], said: set[str]) -> None:
    told = did_you_mean("0", known, said)
    left = [each for each in known if each not in said]
    named = left or known
    names = ", ".join(named[:8]) + (f" and {len(named) - 8} more" if len(named) > 8 else "")
    if not left:
        assert told == f"remove it: what there is stands here already ({names})"
    else:
        assert told == f"{'there are' if left == known else 'not described yet'}: {names}"


def test_operations_that_are_described_are_not_said_to_be_missing() -> None:
    assert did_you_mean("Zzz", ["A", "B"], {"A"}) == "not described yet: B"
    assert did_you_mean("Zzz", ["A", "B"], {"Zzz"}) == "there are: A, B"
