"""Leaf types of every kind: how a spec declares them, and what their contents mean, said anew.

Nothing here comes from the generator: a content is judged by Python's `re` and `datetime`, and its
value is told in plain data that a generated value can be compared with (`plain`).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import Enum
from html import escape, unescape
from urllib.parse import quote_plus, unquote_to_bytes

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

Plain = str | int | Decimal | date | time | tuple[str, str] | None


@dataclass(frozen=True)
class Kind:
    """A leaf type: its declaration, its contents, and the value and canonical text of each.

    `samples` are contents to draw, some of them of no such form.
    """

    name: str
    declared: str
    accepts: Callable[[str], bool]
    value: Callable[[str], Plain]
    write: Callable[[Plain], str]
    samples: tuple[str, ...]

    @property
    def key(self) -> str:
        """What the declaration says first: `text`, `integer`, …"""
        return self.declared[1:].split(":")[0]


def behind(
    meant: Callable[[str], str | None], pattern: str
) -> tuple[Callable[[str], bool], Callable[[str], str]]:
    """Whether a text stands behind a layer and fits a pattern, and what it is."""

    def accepts(text: str) -> bool:
        inside = meant(text)
        return inside is not None and re.fullmatch(pattern, inside, re.DOTALL) is not None

    def value(text: str) -> str:
        inside = meant(text)
        assert inside is not None
        return inside

    return accepts, value


def matching(pattern: str, *excludes: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern, re.ASCII | re.DOTALL)

    def accepts(text: str) -> bool:
        excluded = any(each in text for each in excludes)
        return compiled.fullmatch(text) is not None and not excluded

    return accepts


def parsed_date(text: str, pattern: str) -> date | None:
    """A date that exists, by a pattern of three groups."""
    match = re.fullmatch(pattern, text, re.ASCII)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def parsed_time(text: str) -> time | None:
    match = re.fullmatch(r"([0-9]{2}):([0-9]{2})", text, re.ASCII)
    try:
        return time(int(match[1]), int(match[2])) if match else None
    except ValueError:
        return None


def parsed_moment(text: str) -> datetime | None:
    two = "[0-9]{2}"
    if re.fullmatch(f"[0-9]{{4}}-{two}-{two} {two}:{two}:{two}", text, re.ASCII) is None:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def parsed_short(text: str) -> date | None:
    """A date with a year from 1970 to 2069."""
    if re.fullmatch("[0-9]{6}", text, re.ASCII) is None:
        return None
    return parsed_date(("19" if text >= "70" else "20") + text, SOLID)


def parsed_clocked(text: str) -> datetime | None:
    """By `strptime`, in either of two layouts with all zeros."""
    slashed = re.fullmatch("([0-9]{2}/[0-9]{2}/[0-9]{2} [0-9]{2}:[0-9]{2} )([ap])", text, re.ASCII)
    whole = re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}", text, re.ASCII)
    try:
        if slashed is not None:
            half = {"a": "AM", "p": "PM"}[slashed[2]]
            return datetime.strptime(slashed[1] + half, "%m/%d/%y %I:%M %p")
        return datetime.fromisoformat(text) if whole is not None else None
    except ValueError:
        return None


def clocked(value: datetime) -> str:
    """In the first layout, or in the second where two digits do not say the year."""
    if not 1969 <= value.year < 2069:
        return f"{value.year:04}-{value:%m-%d %H:%M}"
    return f"{value:%m/%d/%y %I:%M} {'p' if value.hour > 11 else 'a'}"


def in_zone(moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.replace(tzinfo=timezone(timedelta(hours=8)))


def parsed_fine(text: str) -> time | None:
    two = "([0-9]{1,2})"
    match = re.fullmatch(rf"{two}:{two}:{two}\.([0-9]{{3}})([nv])m", text, re.ASCII)
    if match is None or not 1 <= int(match[1]) <= 12:
        return None
    hour = int(match[1]) % 12 + 12 * (match[5] == "n")
    try:
        return time(hour, int(match[2]), int(match[3]), int(match[4]) * 1000)
    except ValueError:
        return None


def priced(value: Decimal) -> str:
    """With at least three digits before the point."""
    text = format(abs(value), "f")
    missing = 3 - len(text.split(".")[0])
    return "-" * value.is_signed() + "0" * missing + text


def url_meant(text: str) -> str | None:
    """What stands behind URL encoding in GB 2312; None for no such text."""
    if not re.fullmatch(r"(?:[A-Za-z0-9._~!*'()+-]|%[0-9A-Fa-f]{2})*", text, re.ASCII):
        return None
    octets = unquote_to_bytes(text.replace("+", " "))
    try:
        return octets.decode("gb2312")
    except UnicodeDecodeError:
        return None


def released(text: str) -> str | None:
    """What stands behind `?` before `,`, `;` and itself; None for no such text."""
    match = re.fullmatch(r"(?:[^?,;]|\?[?,;])*", text, re.DOTALL)
    return None if match is None else re.sub(r"\?(.)", r"\1", text, flags=re.DOTALL)


def unescaped(text: str) -> str | None:
    """What stands behind references, as `html` has it, where XML has such a reference."""
    entity = "&(?:amp|lt|gt|quot|apos|#0*[1-9][0-9]{0,4}|#x0*[1-9A-Fa-f][0-9A-Fa-f]{0,3});"
    if re.fullmatch(f"(?:[^&]|{entity})*", text, re.ASCII | re.DOTALL) is None:
        return None
    numbers = [int(number) for number in re.findall("&#([0-9]+);", text)]
    numbers += [int(number, 16) for number in re.findall("&#x([0-9A-Fa-f]+);", text)]
    if any(0xD800 <= number <= 0xDFFF or not chr(number).isprintable() for number in numbers):
        return None  # the judge stays where `html` does not follow browsers
    return unescape(text)


def with_commas(text: str) -> str:
    """A decimal of Python's with a comma before the fraction and full stops between groups."""
    sign, digits = "-" * text.startswith("-"), text.removeprefix("-")
    whole, point, fraction = digits.partition(".")
    groups = f"{int(whole):,}".replace(",", ".")
    return f"{sign}{groups}{point and ','}{fraction}"


def euros(value: Plain) -> str:
    if not isinstance(value, Decimal) or not value.is_finite():
        return ""
    return f"{with_commas(format(value, 'f'))} EUR"


def cents(value: Plain) -> str:
    """Without the point, with two places; a value that has more of them has no such text."""
    if not isinstance(value, Decimal) or not value.is_finite():
        return ""
    sign, digits, exponent = value.as_tuple()
    assert isinstance(exponent, int)
    whole = int("0" + "".join(map(str, digits))) * 10 ** max(0, exponent + 2)
    return f"{'-' * sign}{whole:03}" if exponent >= -2 else ""


def number_of(text: str) -> str:
    """What Python reads of a number with a unit behind it."""
    return re.sub(r"[^0-9,.+-].*", "", text, flags=re.DOTALL)


SLASHED = "([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})"
SOLID = "([0-9]{4})([0-9]{2})([0-9]{2})"

KINDS = (
    Kind("Word", "{text: '[a-z]+'}", matching("[a-z]+"), str, str, ("a", "abc", "b", "", "A")),
    Kind(
        "Line",
        "{text: '[^,;]*'}",
        matching("[^,;]*"),
        str,
        str,
        ("", "a b", " a", "x\n", "\u00e9", "\ud800", "1", ",", "\r"),
    ),
    Kind(
        "Free",
        "{text: any, excludes: [';', '|']}",
        matching(".*", ";", "|"),
        str,
        str,
        ("", ",", "a,b", "\r\n", " ", "-", "a|b", "\u0663"),
    ),
    Kind(
        "Count",
        "{integer: '[0-9]{1,3}', newtype: true}",
        matching("[0-9]{1,3}"),
        int,
        str,
        ("0", "7", "007", "999", "1000", "\u0663", ""),
    ),
    Kind(
        "Wide",
        "{integer: '-?[0-9]{2,4}', width: 2}",
        matching("-?[0-9]{2,4}"),
        int,
        lambda value: f"{value:03}" if isinstance(value, int) and value < 0 else f"{value:02}",
        ("00", "-07", "0012", "99", "5"),
    ),
    Kind(
        "Sum",
        r"{decimal: '-?[0-9]{1,3}(\.[0-9]{1,2})?'}",
        matching(r"-?[0-9]{1,3}(\.[0-9]{1,2})?"),
        Decimal,
        lambda value: format(value, "f") if isinstance(value, Decimal) else "",
        ("0", "1.50", "-2.5", "-0", "1.505"),
    ),
    Kind(
        "Shade",
        "{enum: {a: RED, '10': BLUE}}",
        lambda text: text in ("a", "10"),
        lambda text: ("member", {"a": "RED", "10": "BLUE"}[text]),
        lambda value: {"RED": "a", "BLUE": "10"}[value[1]] if isinstance(value, tuple) else "",
        ("a", "10", "b"),
    ),
    Kind(
        "State",
        "{enum: {ok: FINE, '-': NONE}, open: true, form: '[a-z]{1,3}'}",
        lambda text: text == "-" or matching("[a-z]{1,3}")(text),
        lambda text: (
            ("member", {"ok": "FINE", "-": "NONE"}[text])
            if text in ("ok", "-")
            else ("unknown", text)
        ),
        lambda value: (
            {"FINE": "ok", "NONE": "-"}.get(value[1], value[1]) if isinstance(value, tuple) else ""
        ),
        ("ok", "-", "no", "nope"),
    ),
    Kind(
        "Day",
        "{date: '%Y/%m/%d', zeros: optional}",
        lambda text: parsed_date(text, SLASHED) is not None,
        lambda text: parsed_date(text, SLASHED),
        lambda value: (
            f"{value.year:04}/{value.month:02}/{value.day:02}" if isinstance(value, date) else ""
        ),
        ("2016/2/29", "2015/02/29", "0001/01/01", "2016/12/1", "0000/01/01"),
    ),
    Kind(
        "Stamp",
        "{date: '%Y%m%d'}",
        lambda text: parsed_date(text, SOLID) is not None,
        lambda text: parsed_date(text, SOLID),
        lambda value: (
            f"{value.year:04}{value.month:02}{value.day:02}" if isinstance(value, date) else ""
        ),
        ("20160229", "20150229", "2016229"),
    ),
    Kind(
        "Hour",
        "{time: '%H:%M', zeros: required}",
        lambda text: parsed_time(text) is not None,
        parsed_time,
        lambda value: f"{value.hour:02}:{value.minute:02}" if isinstance(value, time) else "",
        ("00:00", "23:59", "24:00", "7:30"),
    ),
    Kind(
        "Fixed",
        "{integer: '[0-9]{3}', width: 3}",
        matching("[0-9]{3}"),
        int,
        lambda value: f"{value:03}",
        ("007", "000", "120", "7", "1000"),
    ),
    Kind(
        "Price",
        r"{decimal: '-?[0-9]{3}\.[0-9]{2}', width: 3, newtype: true}",
        matching(r"-?[0-9]{3}\.[0-9]{2}"),
        Decimal,
        lambda value: priced(value) if isinstance(value, Decimal) else "",
        ("007.50", "-120.00", "000.00", "7.50", "0007.50", "007.5"),
    ),
    Kind(
        "Euro",
        r"{decimal: '-?[0-9]{1,3}(\.[0-9]{3})?(,[0-9]{1,2})?', point: ',', thousands: '.', "
        "unit: [' EUR', '\u20ac', '']}",
        matching(r"-?[0-9]{1,3}(\.[0-9]{3})?(,[0-9]{1,2})?( EUR|\u20ac)?"),
        lambda text: Decimal(number_of(text).replace(".", "").replace(",", ".")),
        euros,
        ("1.234,50 EUR", "-0,5\u20ac", "012 EUR", "1,2", "1.23", "7EUR", "1234", "7 EUR"),
    ),
    Kind(
        "Cents",
        "{decimal: '-?[0-9]{3,5}', implied: 2, width: 3, newtype: true}",
        matching("-?[0-9]{3,5}"),
        lambda text: Decimal(f"{text[:-2]}.{text[-2:]}"),
        cents,
        ("000", "-005", "00150", "12345", "7", "1.5"),
    ),
    Kind(
        "Pieces",
        "{integer: '[0-9]{1,4}|[0-9]{1,3} [0-9]{3}', thousands: ' ', unit: [x, '']}",
        matching("([0-9]{1,4}|[0-9]{1,3} [0-9]{3})x?"),
        lambda text: int(text.replace(" ", "").rstrip("x")),
        lambda value: f"{value:,}x".replace(",", " ") if isinstance(value, int) else "",
        ("7x", "1 000x", "1000", "012x", "1 00x", "12 345 678", "0"),
    ),
    Kind(
        "Moment",
        "{datetime: '%Y-%m-%d %H:%M:%S', zeros: required}",
        lambda text: parsed_moment(text) is not None,
        lambda text: parsed_moment(text),
        lambda value: value.isoformat(" ") if isinstance(value, datetime) else "",
        ("2016-02-29 23:59:59", "2015-02-29 00:00:00", "0001-01-01 00:00:00", "2016-1-1 00:00:00"),
    ),
    Kind(
        "Level",
        "{enum: {1: LOW, -2: HIGH}, values: integer, open: true, form: '-?[0-9]{1,2}'}",
        matching("-?[0-9]{1,2}"),
        lambda text: (
            ("member", {"1": "LOW", "-2": "HIGH"}[text])
            if text in ("1", "-2")
            else ("unknown", text)
        ),
        lambda value: (
            {"LOW": "1", "HIGH": "-2"}.get(value[1], value[1]) if isinstance(value, tuple) else ""
        ),
        ("1", "-2", "01", "-99", "100"),
    ),
    Kind(
        "Fault",
        "{enum: {=1: BROKEN}, open: true, form: '=[0-9]{1,2}'}",
        matching("=[0-9]{1,2}"),
        lambda text: ("member", "BROKEN") if text == "=1" else ("unknown", text),
        lambda value: (
            ("=1" if value == ("member", "BROKEN") else value[1])
            if isinstance(value, tuple)
            else ""
        ),
        ("=1", "=99", "=", "1"),
    ),
    Kind(
        "Flag",
        "{boolean: {true: [Y, 'yes', '1'], false: N}}",
        lambda text: text in ("Y", "yes", "1", "N"),
        lambda text: text != "N",
        lambda value: "Y" if value else "N",
        ("Y", "yes", "1", "N", "y", ""),
    ),
    Kind(
        "Phrase",
        r"{text: '[a-z \t]*'}",
        matching("[a-z \t]*"),
        str,
        str,
        ("", " a", "a ", "a b", " ", "\t"),
    ),
    Kind(
        "Blank",
        "{text: '[a-z ]{1,3}'}",
        matching("[a-z ]{1,3}"),
        str,
        str,
        (" a", "a ", "a b", " ", ""),
    ),
    Kind(
        "Key",
        "{text: '[0-9a-f]{2,4}', newtype: true}",
        matching("[0-9a-f]{2,4}"),
        str,
        str,
        ("0f", "beef", "f", "00000"),
    ),
    Kind(
        "Coded",
        "{text: any, through: [{url: gb2312}]}",
        *behind(url_meant, ".*"),
        lambda value: quote_plus(str(value), encoding="gb2312", errors="strict"),
        ("%C4%e3", "a+b", "a%2C%20", "", "%C4", "%7e", "%7E", "\u4f60", "%C4%E3%BA%C3", "!"),
    ),
    Kind(
        "Freed",
        r"{text: '[a-z;,?]{0,4}', through: [{release: '?', before: ',;'}]}",
        *behind(released, "[a-z;,?]{0,4}"),
        lambda value: re.sub("([?,;])", r"?\1", str(value)),
        ("a?,b", "?;", "??", "?", "a?b", ",", "", "a", "?,?;??a"),
    ),
    Kind(
        "Marked",
        "{text: any, excludes: ['|', ';'], through: [entities]}",
        *behind(unescaped, "[^|;]*"),
        lambda value: escape(str(value), quote=True).replace("&#x27;", "'").replace("\r", "&#13;"),
        ("a&amp;b", "&#65;", "&#x41;", "&lt;&gt;", "'", "&apos;&quot;", "&", "&#124;", "x<", ""),
    ),
    Kind(
        "Short",
        "{date: '%y%m%d', pivot: 1970}",
        lambda text: parsed_short(text) is not None,
        parsed_short,
        lambda value: f"{value:%y%m%d}" if isinstance(value, date) else "",
        ("000229", "010229", "691231", "700101", "7011", "701301"),
    ),
    Kind(
        "Clocked",
        "{datetime: ['%m/%d/%y %I:%M %p', '%Y-%m-%d %H:%M'], pivot: 1969, words: {AM: a, PM: p}}",
        lambda text: parsed_clocked(text) is not None,
        parsed_clocked,
        lambda value: clocked(value) if isinstance(value, datetime) else "",
        ("02/29/16 12:00 a", "02/28/69 12:59 p", "2116-02-29 23:59", "2/28/16 1:00 a", ""),
    ),
    Kind(
        "Zoned",
        "{datetime: '%Y-%m-%d %H:%M:%S', zone: '+08:00', zeros: required}",
        lambda text: parsed_moment(text) is not None,
        lambda text: in_zone(parsed_moment(text)),
        lambda value: (
            f"{value.replace(tzinfo=None).isoformat(' ')}" if isinstance(value, datetime) else ""
        ),
        ("2016-02-29 23:59:59", "2015-02-29 00:00:00", "2000-01-01 00:00:00"),
    ),
    Kind(
        "Since",
        "{datetime: epoch_s}",
        lambda text: matching("0|[1-9][0-9]{0,11}")(text) and int(text) <= 253402300799,
        lambda text: datetime.fromtimestamp(int(text), UTC),
        lambda value: str(int(value.timestamp())) if isinstance(value, datetime) else "",
        ("0", "1935997000", "253402300799", "253402300800", "01", "-1"),
    ),
    Kind(
        "Late",
        "{datetime: epoch_ms, zone: '+08:00'}",
        lambda text: matching("0|[1-9][0-9]{0,14}")(text) and int(text) <= 253402271999999,
        lambda text: in_zone(datetime(1970, 1, 1, 8) + timedelta(milliseconds=int(text))),
        lambda value: (
            str((value - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1))
            if isinstance(value, datetime)
            else ""
        ),
        ("0", "253402271999999", "253402272000000", "253402300799999", "1935997000123"),
    ),
    Kind(
        "Fine",
        "{time: '%I:%M:%S.%3f%p', zeros: optional, words: {AM: vm, PM: nm}}",
        lambda text: parsed_fine(text) is not None,
        parsed_fine,
        lambda value: (
            f"{value:%I:%M:%S}.{value.microsecond // 1000:03}{'nm' if value.hour > 11 else 'vm'}"
            if isinstance(value, time)
            else ""
        ),
        ("12:00:00.000vm", "11:59:59.999nm", "7:5:0.120vm", "7:5:0.12vm", "13:00:00.000nm"),
    ),
    Kind(
        "Said",
        "{text: '[^;|#]*', untrusted: true}",
        matching("[^;|#]*"),
        str,
        str,
        ("", "a, b", "\n", "x#", "/", "a:b"),
    ),
)
BY_NAME = {kind.name: kind for kind in KINDS}


def plain(value: object) -> Plain:
    """A generated value as plain data."""
    match value:
        case Enum():
            return ("member", value.name)
        case str() | int() | Decimal() | datetime() | date() | time() | None:
            return value
        case _:
            return ("unknown", str(getattr(value, "text")))  # noqa: B009 - of any Unknown class


def joined(texts: tuple[Plain, Plain]) -> str:
    return "".join(map(str, texts))


def values(kind: Kind) -> SearchStrategy[Plain]:
    """Values, some of which have no content of the declared form."""
    spelled = st.sampled_from([kind.value(text) for text in kind.samples if kind.accepts(text)])
    match kind.name:
        case "Word" | "Line" | "Free" | "Said" | "Phrase" | "Blank":
            others = st.text("a,;|- \r\n", max_size=3)
            blank = st.sampled_from((" ", "\t", "\n", "\r"))
            at_edge = st.one_of(st.tuples(blank, spelled), st.tuples(spelled, blank))
            return st.one_of(spelled, st.sampled_from(kind.samples), others, at_edge.map(joined))
        case "Count" | "Wide" | "Fixed" | "Pieces":
            return st.one_of(spelled, st.integers(-1_000, 10_000))
        case "Sum" | "Price" | "Euro" | "Cents":
            places = st.integers(0, 3)
            some = places.flatmap(lambda n: st.decimals(-1000, 1000, places=n))
            return st.one_of(spelled, some, st.just(Decimal("NaN")))
        case "Day" | "Stamp":
            return st.one_of(spelled, st.dates())
        case _:
            return spelled
