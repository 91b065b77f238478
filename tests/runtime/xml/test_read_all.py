"""Columns of texts are read as the texts are one by one, or not at all."""

import decimal
from contextlib import nullcontext
from enum import Enum
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.runtime.xml.drawn import FAMILIES, VALUES, nearly

from unstringly.runtime.xml.enumerations import enumeration
from unstringly.runtime.xml.facets import Facets, restricted
from unstringly.runtime.xml.leaves import Leaf, unchanged
from unstringly.runtime.xml.texts import STRING, TOKEN
from unstringly.runtime.xml.values import BUILT_INS


class Code(Enum):
    """Members that white space takes part in, and others."""

    A = "a"
    B = "b  c"
    C = " "
    EMPTY = ""


WITH_READ_ALL: Final = {name: leaf for name, leaf in BUILT_INS.items() if leaf.read_all is not None}
LEFT: Final = {"xx", "1 1", "-", "1e5", "1_0", "\u0661", "1\u2028", "nan", "inf", "."}
DAYS: Final = ("2024-02-29", "2023-02-29", "2024-13-01", "2024-04-31", "0000-01-01", "2024-00-10")
CLOCKS: Final = ("T00:00:00", "T24:00:00", "T23:59:60", "T12:60:00", "T25:00:00")


def as_one_by_one(leaf: Leaf[object], texts: list[str]) -> None:
    read_all = leaf.read_all
    assert read_all is not None
    values = read_all(texts)
    if values is None:
        return
    expected = [leaf.read(text) for text in texts]
    assert [*map(repr, values)] == [*map(repr, expected)]
    assert [*map(type, values)] == [*map(type, expected)]
    if read_all is not unchanged:
        assert all(text == "".join(text.split()) for text in texts)


@pytest.mark.parametrize("name", WITH_READ_ALL)
@given(st.data())
def test_columns_are_read_as_texts_are(name: str, data: st.DataObject) -> None:
    leaf = WITH_READ_ALL[name]
    of_the_type = VALUES[name].map(leaf.write)
    texts = data.draw(st.lists(of_the_type, max_size=4))
    as_one_by_one(leaf, texts)
    texts += data.draw(st.lists(nearly(name) | st.sampled_from(sorted(LEFT)), max_size=2))
    traps = data.draw(st.booleans())
    with nullcontext() if traps else decimal.localcontext(decimal.Context(prec=2, traps=[])):
        as_one_by_one(leaf, data.draw(st.permutations(texts)))


@pytest.mark.parametrize("name", [*FAMILIES["integers"], "decimal", "boolean"])
def test_usual_texts_are_read_by_columns(name: str) -> None:
    read_all = BUILT_INS[name].read_all
    assert read_all is not None
    assert read_all([]) in ([], None)
    assert read_all(["1", "1"]) or read_all(["-1", "-2"])


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("clock", CLOCKS)
def test_moments_that_no_calendar_has_are_not_read_at_once(day: str, clock: str) -> None:
    """What is of the usual form need not be a moment; what is one is the same either way."""
    leaf, text = BUILT_INS["dateTime"], f"{day}{clock}"
    try:
        leaf.read(text)
    except ValueError:
        assert leaf.read_all is not None
        assert leaf.read_all(["2024-01-02T03:04:05", text]) is None
    else:
        as_one_by_one(leaf, ["2024-01-02T03:04:05", text])


@given(st.lists(st.sampled_from(["a", "b  c", "b c", " ", "", " a", "d", "b\tc"]), max_size=4))
def test_restrictions_have_the_columns_of_their_bases(texts: list[str]) -> None:
    for base in (STRING, TOKEN):
        code = enumeration("code", base, Code, None)
        for leaf in (STRING, code):
            for white_space in ("preserve", "collapse"):
                facets = Facets(white_space="preserve" if white_space == "preserve" else "collapse")
                own = restricted("own", leaf, facets)
                if own.read_all is not None and own.read_all(texts) is not None:
                    as_one_by_one(own, texts)
    assert restricted("own", STRING, Facets(white_space="collapse")).read_all is None
