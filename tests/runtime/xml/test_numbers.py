"""Numbers: ranges, limits of Python, and texts that `int` or `float` would take."""

import math
import sys
from decimal import Decimal, localcontext

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from unstringly.runtime.errors.exceptions import Unwritable
from unstringly.runtime.xml.decimals import DECIMAL
from unstringly.runtime.xml.lexical import NotOfType
from unstringly.runtime.xml.numbers import BOOLEAN, DOUBLE, FLOAT, INT, INTEGER
from unstringly.runtime.xml.values import BUILT_INS

from .drawn import FAMILIES, LEAST_INFINITE_SINGLE

RANGES = {
    "integer": (None, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "long": (-9223372036854775808, 9223372036854775807),
    "int": (-2147483648, 2147483647),
    "short": (-32768, 32767),
    "byte": (-128, 127),
    "unsignedLong": (0, 18446744073709551615),
    "unsignedInt": (0, 4294967295),
    "unsignedShort": (0, 65535),
    "unsignedByte": (0, 255),
}


def test_each_integer_type_has_its_range() -> None:
    assert {*RANGES} == {*FAMILIES["integers"]}


@pytest.mark.parametrize("name", RANGES)
def test_ranges_end_where_the_standard_says(name: str) -> None:
    leaf = BUILT_INS[name]
    least, most = RANGES[name]
    for end, beyond in ((least, -1), (most, 1)):
        if end is None:
            assert leaf.read(leaf.write(beyond * 10**100)) == beyond * 10**100
            continue
        assert leaf.read(str(end)) == end
        with pytest.raises(NotOfType, match=f"'{end + beyond}' is not of type {name}: it is "):
            leaf.read(str(end + beyond))
        with pytest.raises(Unwritable, match=f"'{end + beyond}' is "):
            leaf.write(end + beyond)


@pytest.mark.parametrize(
    "text", ["1_0", "٣", "１", "1\x0b", "\xa01", "0x1", "1.0", "", " ", "+", "1 0", "--1", "²"]
)
def test_what_int_takes_or_nearly_takes_is_no_integer(text: str) -> None:
    with pytest.raises(NotOfType, match="is not a whole number in digits"):
        INTEGER.read(text)


@pytest.mark.parametrize(
    ("text", "value"), [("+5", 5), ("-0", 0), ("007", 7), (" 12\n", 12), ("-0012", -12)]
)
def test_signs_zeros_and_white_space(text: str, value: int) -> None:
    assert INT.read(text) == value


def test_more_digits_than_python_reads() -> None:
    limit = sys.get_int_max_str_digits()
    assert INTEGER.read("9" * limit) == 10**limit - 1
    assert INT.read("-" + "0" * limit + "12") == -12
    assert INT.read("0" * (limit + 2)) == 0
    for text in ("9" * (limit + 1), "-" + "1" * 1_000_000, f" {'0' * 9}{'9' * (limit + 1)} "):
        with pytest.raises(NotOfType, match="has more digits than Python reads"):
            INTEGER.read(text)
    with pytest.raises(Unwritable, match="has more digits than Python writes"):
        INTEGER.write(10**limit)
    with pytest.raises(Unwritable, match="has more digits than Python writes"):
        INT.write(10**limit)


@pytest.mark.parametrize(
    "text", ["inf", "nan", "Infinity", "1_0", "١", "1e", "e1", ".", "", "0x1p3", "-NaN", "1 "[:0]]
)
def test_what_float_takes_or_nearly_takes_is_no_double(text: str) -> None:
    with pytest.raises(NotOfType, match="is not a number, nor INF, -INF or NaN"):
        DOUBLE.read(text)


def test_specials() -> None:
    assert DOUBLE.read(" INF ") == FLOAT.read("+INF") == math.inf
    assert DOUBLE.read("-INF") == -math.inf
    assert math.isnan(FLOAT.read("NaN"))
    assert [DOUBLE.write(value) for value in (math.inf, -math.inf, math.nan)] == [
        "INF",
        "-INF",
        "NaN",
    ]
    assert math.copysign(1, DOUBLE.read(DOUBLE.write(-0.0))) == -1


def test_a_float_keeps_its_digits() -> None:
    assert FLOAT.read("0.1") == 0.1
    assert FLOAT.write(0.1) == "0.1"


def test_numbers_beyond_the_range_are_refused() -> None:
    last = math.nextafter(LEAST_INFINITE_SINGLE, 0)
    assert FLOAT.read(FLOAT.write(last)) == last
    for text in (repr(LEAST_INFINITE_SINGLE), "-1e39", "1e400", "9" * 39, f"{'9' * 400}.5"):
        with pytest.raises(NotOfType, match="is beyond the range of the type"):
            FLOAT.read(text)
    for text in ("1e309", "9" * 309, f"-{'9' * 400}"):
        with pytest.raises(NotOfType, match="is beyond the range of the type"):
            DOUBLE.read(text)
    with pytest.raises(Unwritable, match="is beyond the range of the type"):
        FLOAT.write(LEAST_INFINITE_SINGLE)


@given(st.integers())
def test_an_int_is_written_where_a_float_holds_it(number: int) -> None:
    if float(number) == number:
        assert DOUBLE.read(DOUBLE.write(number)) == number
    else:
        with pytest.raises(Unwritable, match="is not exact as a float"):
            DOUBLE.write(number)


@given(st.decimals(allow_nan=False, allow_infinity=False), st.integers(1, 9), st.integers(0, 1))
@example(Decimal("1E+3"), 9, 0)
def test_decimals_are_exact_whatever_the_context(
    number: Decimal, precision: int, capitals: int
) -> None:
    with localcontext() as context:
        context.prec, context.capitals = precision, capitals
        text = DECIMAL.write(number)
        assert "e" not in text.lower()
        assert DECIMAL.read(text) == number


def test_zeros_at_the_end_of_a_decimal_are_kept() -> None:
    assert DECIMAL.write(DECIMAL.read("1.50")) == "1.50"
    assert DECIMAL.write(DECIMAL.read("100")) == "100"


def test_exponents_of_decimals_are_read_and_not_written() -> None:
    assert DECIMAL.write(DECIMAL.read("1E+3")) == "1000"
    assert DECIMAL.write(DECIMAL.read("-1.5e-2")) == "-0.015"
    for text in ("1E1000", "1E999999999", "1E", "NaN", "Infinity", "1_0", "sNaN", "١"):
        with pytest.raises(NotOfType):
            DECIMAL.read(text)


@pytest.mark.parametrize(
    "value", [Decimal("1E+999999"), Decimal("1E-999999"), Decimal("0E-9999"), Decimal("-1E4400")]
)
def test_a_decimal_of_endless_zeros_is_not_written(value: Decimal) -> None:
    with pytest.raises(Unwritable, match="has too many zeros to be written out"):
        DECIMAL.write(value)


@given(st.integers(1, 6_000), st.integers(0, 3))
def test_digits_of_a_decimal_are_written_however_many_there_are(size: int, places: int) -> None:
    number = Decimal((0, (9,) * size, -places))
    assert DECIMAL.write(number).replace(".", "").lstrip("0") == "9" * size


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("sNaN"), Decimal("-Infinity")])
def test_a_decimal_that_is_no_number_is_not_written(value: Decimal) -> None:
    with pytest.raises(Unwritable, match="is not a finite number"):
        DECIMAL.write(value)


def test_many_digits_of_a_decimal_are_written() -> None:
    many = Decimal("7" * 10_000)
    assert DECIMAL.read(DECIMAL.write(many)) == many
    small = Decimal("0." + "7" * 10_000)
    assert DECIMAL.read(DECIMAL.write(small)) == small


@pytest.mark.parametrize("text", ["True", "TRUE", "yes", "", "2", "01", "truefalse"])
def test_other_words_for_truth_are_none(text: str) -> None:
    with pytest.raises(NotOfType, match="is neither `true` nor `false`, nor 1 or 0"):
        BOOLEAN.read(text)
