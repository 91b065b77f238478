"""Leaf types of every kind: how a spec declares them, and what their contents mean, said anew.

Nothing here comes from the generator: a content is judged by Python's `re` and `datetime`, and its
value is told in plain data that a generated value can be compared with (`plain`).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum

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
        "{integer: '[0-9]{1,3}'}",
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
        "{time: '%H:%M'}",
        lambda text: parsed_time(text) is not None,
        parsed_time,
        lambda value: f"{value.hour:02}:{value.minute:02}" if isinstance(value, time) else "",
        ("00:00", "23:59", "24:00", "7:30"),
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


def values(kind: Kind) -> SearchStrategy[Plain]:
    """Values, some of which have no content of the declared form."""
    spelled = st.sampled_from([kind.value(text) for text in kind.samples if kind.accepts(text)])
    match kind.name:
        case "Word" | "Line" | "Free":
            return st.one_of(
                spelled, st.sampled_from(kind.samples), st.text("a,;|- \r\n", max_size=3)
            )
        case "Count" | "Wide":
            return st.one_of(spelled, st.integers(-1_000, 10_000))
        case "Sum":
            return st.one_of(spelled, st.decimals(-1000, 1000, places=3), st.just(Decimal("NaN")))
        case "Day" | "Stamp":
            return st.one_of(spelled, st.dates())
        case _:
            return spelled
