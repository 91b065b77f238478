"""Splitting where the shipped service has nothing like it: several optional fields, odd lists."""

from dataclasses import dataclass

import pytest

from unstringly.runtime.text.alphabet import Alphabet
from unstringly.runtime.text.columns import or_none, texts
from unstringly.runtime.text.forms import Form
from unstringly.runtime.text.split import SplitList, SplitRecord

LETTERS = Form(
    alphabet=Alphabet(starts=(0, 0x61, 0x64), classes=(0, 1, 0)),
    rows=((-1, 1), (-1, 1)),
    accepting=(1,),
    described="[a-c]+",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    one: str
    two: str | None
    three: str | None = None


def rows(separator: str = ";", between: str = ",") -> SplitList[Row]:
    column = texts(LETTERS)
    record = SplitRecord(
        Row, separator=between, columns=(column, or_none("-", column), column), least=1
    )
    return SplitList(record, separators=(separator,), trailing="allowed")


@pytest.mark.parametrize(("separator", "between"), [(";", ","), ("<>", ","), ("|;|", "|,|")])
def test_several_optional_fields_may_be_missing(separator: str, between: str) -> None:
    pieces = ["a", f"b{between}-", between.join("abc"), "c"]
    expected = [
        Row(one="a", two=None),
        Row(one="b", two=None),
        Row(one="a", two="b", three="c"),
        Row(one="c", two=None),
    ]
    assert rows(separator, between).read(separator.join(pieces)) == expected
    assert rows(separator, between).read("a" + separator) == expected[:1]
    assert rows(separator, between).read(separator.join("ac")) == [expected[0], expected[3]]


@pytest.mark.parametrize("text", [";a", "a;;b", "a;;", "x", "a,b,c,a", "a,,c", "a;x", "A"])
def test_what_does_not_fit_is_left_to_the_exact_way(text: str) -> None:
    assert rows().read(text) is None


def test_long_lists_are_read_some_pieces_at_a_time() -> None:
    pieces = ["a", "b,-", "a,b,c"] * 5_000
    records = rows().read(";".join(pieces))
    assert records is not None
    assert len(records) == len(pieces)
    assert records[:3] == records[-3:] == rows().read("a;b,-;a,b,c")
    assert rows().read(";".join((*pieces, "d"))) is None
    assert rows().read(";".join((*pieces, "a,b,c,a"))) is None
