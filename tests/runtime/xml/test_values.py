"""The laws of all built-in types: what is written is read as the same, and nothing else raises."""

import pickle
from copy import copy, deepcopy
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unstringly.runtime.errors.exceptions import Unwritable
from unstringly.runtime.xml.lexical import MOST_SHOWN, NotOfType
from unstringly.runtime.xml.values import BUILT_INS

from .drawn import FAMILIES, PLAIN, VALUES, nearly

families = pytest.mark.parametrize("names", FAMILIES.values(), ids=FAMILIES)
TEXTS = {*FAMILIES["texts"], *FAMILIES["names"]}


def test_each_type_of_xml_schema_is_there() -> None:
    assert {*VALUES} == {*BUILT_INS} == {name for names in FAMILIES.values() for name in names}
    assert len(BUILT_INS) == 45  # 44 of 1.0 without QName and NOTATION, and 3 of 1.1


@families
@given(data=st.data())
def test_what_is_written_is_read_as_the_same(names: tuple[str, ...], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(names))
    leaf = BUILT_INS[name]
    value = data.draw(VALUES[name])
    text = leaf.write(value)
    again = leaf.read(text)
    assert again == value
    assert type(again) is type(value)
    assert hash(again) == hash(value)
    assert leaf.write(again) == text


@families
@given(data=st.data(), around=st.tuples(*[st.text(" \t\r\n", max_size=3)] * 2))
def test_white_space_around_a_text_is_nothing(
    names: tuple[str, ...], data: st.DataObject, around: tuple[str, str]
) -> None:
    name = data.draw(st.sampled_from([*{*names} - {"string", "normalizedString"}]))
    leaf = BUILT_INS[name]
    value = data.draw(VALUES[name])
    assert leaf.read(around[0] + leaf.write(value) + around[1]) == value


@families
@given(data=st.data())
def test_what_is_read_is_written_as_the_same(names: tuple[str, ...], data: st.DataObject) -> None:
    """The zone, the digits and the parts that came are all written: reading again tells them."""
    name = data.draw(st.sampled_from(names))
    leaf = BUILT_INS[name]
    text = data.draw(nearly(name))
    try:
        value = leaf.read(text)
        written = leaf.write(value)
    except ValueError:
        return
    again = leaf.read(written)
    assert again == value or (again != again and value != value)
    assert type(again) is type(value)


@families
@given(data=st.data(), noise=st.text())
def test_a_text_is_read_or_is_not_of_its_type(
    names: tuple[str, ...], data: st.DataObject, noise: str
) -> None:
    name = data.draw(st.sampled_from(names))
    for text in (noise, data.draw(nearly(name)), noise * 30):
        problem = problem_of_reading(name, text)
        if problem is not None:
            assert problem.type_name == name or name == "dateTimeStamp"
            assert len(problem.excerpt) <= MOST_SHOWN + 1
            assert text.startswith(problem.excerpt.removesuffix("…"))
            assert len(str(problem)) < 1000
            assert pickle.loads(pickle.dumps(problem)).args == problem.args


def problem_of_reading(name: str, text: str) -> NotOfType | None:
    """Any other exception is a failure."""
    try:
        BUILT_INS[name].read(text)
    except NotOfType as problem:
        return problem
    return None


@pytest.mark.parametrize("name", sorted({*BUILT_INS} - TEXTS - {*FAMILIES["lists"]}))
@pytest.mark.parametrize("text", ["x" * 10_001, "\ud800", "٣", "１２", "1_0", "\x0b1", "\xa01"])
def test_no_reason_holds_a_piece_of_the_text(name: str, text: str) -> None:
    with pytest.raises(NotOfType) as raised:
        BUILT_INS[name].read(text)
    assert text[:5] not in raised.value.why
    assert len(str(raised.value)) < 300


@pytest.mark.parametrize("name", sorted(TEXTS - {"string"}))
def test_a_text_that_would_be_read_as_another_is_not_written(name: str) -> None:
    for text in ("a\tb", "\na", "a\r"):
        with pytest.raises(Unwritable) as raised:
            BUILT_INS[name].write(text)
        assert text not in raised.value.why


@families
@given(data=st.data())
def test_a_value_of_another_type_is_refused_or_means_the_same(
    names: tuple[str, ...], data: st.DataObject
) -> None:
    leaf = BUILT_INS[data.draw(st.sampled_from(names))]
    others = st.sampled_from(sorted(BUILT_INS)).flatmap(VALUES.__getitem__)
    other = data.draw(others | st.sampled_from(PLAIN))
    try:
        text = leaf.write(other)
    except Unwritable as refused:
        problem = refused
    else:
        assert leaf.read(text) == other
        return
    assert problem.field == "value"
    assert len(str(problem)) < 1000


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("boolean", 1),
        ("boolean", "true"),
        ("int", True),
        ("int", 1.0),
        ("decimal", 1.0),
        ("decimal", False),
        ("double", False),
        ("double", 2**53 + 1),
        ("double", 10**400),
        ("float", 3.5e38),
        ("string", b"a"),
        ("hexBinary", "00"),
        ("date", datetime(2024, 1, 2)),
        ("dateTime", date(2024, 1, 2)),
        ("NMTOKENS", "a b"),
        ("NMTOKENS", ()),
        ("NMTOKENS", ("a b",)),
        ("NMTOKENS", ("",)),
        ("gYear", 2024),
        ("duration", timedelta(1)),
    ],
)
def test_values_that_look_like_one_of_the_type_are_refused(name: str, value: object) -> None:
    with pytest.raises(Unwritable):
        BUILT_INS[name].write(value)


@families
@given(data=st.data())
def test_values_are_copied_and_pickled_whole(names: tuple[str, ...], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(names))
    value = data.draw(VALUES[name])
    for again in (copy(value), deepcopy(value), pickle.loads(pickle.dumps(value))):
        assert again == value
        assert type(again) is type(value)
        assert BUILT_INS[name].write(again) == BUILT_INS[name].write(value)
