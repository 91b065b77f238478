"""Numbers of other notations, against Python's own `format`."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unstringly.runtime.errors.exceptions import Unwritable
from unstringly.runtime.text.alphabet import Alphabet
from unstringly.runtime.text.forms import Form
from unstringly.runtime.text.notations import Notation

LARGE = "10 to the 5000th"
ANY = Form(alphabet=Alphabet((0,), (0,)), rows=((0,),), accepting=(0,), described="any")
POINTS, THOUSANDS = st.sampled_from(".,:\u00b7"), st.sampled_from(("", "_", " ", "'", "\u202f"))
UNITS = st.sampled_from((("",), ("%",), ("", " EUR", "R"), ("m", "km", " km", ""), ("x7",)))


def decimal(digits: int, exponent: int) -> Decimal:
    return Decimal((digits % 2, tuple(map(int, str(digits))), exponent))


DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, places=3) | st.builds(
    decimal, st.integers(0, 10**30), st.integers(-40, 6)
)


@given(DECIMALS, POINTS, THOUSANDS, UNITS, st.data())
def test_decimals_are_as_python_groups_them(
    value: Decimal, point: str, thousands: str, units: tuple[str, ...], data: st.DataObject
) -> None:
    notation = Notation(point=point, thousands=thousands, units=units)
    text = format(value, ",f").translate({ord(","): thousands, ord("."): point})
    assert notation.write_decimal(ANY, "", value) == text + units[0]
    read = notation.read_decimal(text + data.draw(st.sampled_from(units)))
    whole = Decimal(format(value, "f"))
    assert read.as_tuple() == whole.as_tuple()  # with every digit


@given(st.integers(-(10**20), 10**20), THOUSANDS, UNITS, st.data())
def test_integers_are_as_python_groups_them(
    value: int, thousands: str, units: tuple[str, ...], data: st.DataObject
) -> None:
    notation = Notation(thousands=thousands, units=units)
    text = f"{value:,}".replace(",", thousands)
    assert notation.write_integer(ANY, "", value) == text + units[0]
    assert notation.read_integer(text + data.draw(st.sampled_from(units))) == value


@given(DECIMALS, st.integers(1, 9), st.integers(0, 12))
def test_implied_places_are_those_of_the_smallest_unit(
    value: Decimal, implied: int, width: int
) -> None:
    notation = Notation(implied=implied, width=width)
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    if exponent < -implied:
        with pytest.raises(Unwritable, match="decimal places"):
            notation.write_decimal(ANY, "price", value)
        return
    text = notation.write_decimal(ANY, "", value)
    smallest = Decimal((value.is_signed(), value.as_tuple().digits, exponent + implied))
    assert int(text) == int(smallest)
    digits = text.removeprefix("-")
    assert len(digits) == max(width, len(str(abs(int(smallest)))))
    read = notation.read_decimal(text)
    assert (read, read.is_signed()) == (value, value.is_signed())
    assert read.as_tuple().exponent == -implied


@pytest.mark.parametrize(
    ("content", "value"),
    [("5", "0.05"), ("-05", "-0.05"), ("+1234", "12.34"), ("0", "0.00"), ("007", "0.07")],
)
def test_few_digits_with_implied_places(content: str, value: str) -> None:
    assert str(Notation(implied=2).read_decimal(content)) == value


@pytest.mark.parametrize("value", [1.5, None, "1", 1, Decimal("NaN"), Decimal("-Infinity")])
def test_what_is_no_decimal_is_refused(value: object) -> None:
    notation = Notation(point=",", units=("%",))
    with pytest.raises(Unwritable) as caught:
        notation.write_decimal(ANY, "price", value)
    assert caught.value.field == "price"


@pytest.mark.parametrize("value", [1.5, None, "1", True, Decimal(1), LARGE])
def test_what_is_no_integer_is_refused(value: object) -> None:
    value = 10**5000 if value == LARGE else value
    with pytest.raises(Unwritable) as caught:
        Notation(units=("%",)).write_integer(ANY, "price", value)
    assert caught.value.field == "price"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("1234567.5"), "1.234.567,5%"),
        (7000, "7.000%"),
        (Decimal("NaN"), "NaN"),
        (True, "True"),
        ("1.5", "1.5"),
    ],
)
def test_what_is_not_checked_is_spelled_all_the_same(value: object, text: str) -> None:
    assert Notation(point=",", thousands=".", units=("%",)).unchecked(value) == text
