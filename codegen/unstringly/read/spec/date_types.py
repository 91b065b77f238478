"""Reader of dates and times: their layouts, and what these leave to be said."""

import re
from collections.abc import Callable

from unstringly.kinds.date import HALVES, ZEROS
from unstringly.model.grammar import Calendar, DatePart, DateType, Layout
from unstringly.read.spec.cursor import Cursor, quoted
from unstringly.read.spec.dates import read_date_format
from unstringly.read.spec.nodes import Scalar
from unstringly.read.spec.rules import CONFLICT, MISSING_KEY, WRONG_NUMBER, WRONG_TEXT

_ZONE = re.compile("[+-](?:0[0-9]|1[0-4]):[0-5][0-9]")
_LAST_PIVOT = 9900


def date_reader(calendar: Calendar) -> Callable[[Scalar, Cursor], DateType | None]:
    """Return the reader of a class of `datetime`."""

    def read(name: Scalar, cursor: Cursor) -> DateType | None:
        words, zeros_optional = cursor.localized("doc"), cursor.one_of("zeros", ZEROS, False)
        sources = cursor.texts(calendar.value)
        layouts = tuple(
            Layout(read_date_format(source, calendar, zeros_optional, cursor), source.text)
            for source in sources
        )
        if not layouts:
            return None
        parts = {part for layout in layouts for part in layout.parts}
        return DateType(
            name.text,
            words,
            calendar,
            layouts,
            zeros_optional,
            name.span,
            _pivot(cursor, needed=DatePart.YEAR_OF_CENTURY in parts),
            _zone(cursor, calendar, layouts),
            _halves(cursor, needed=DatePart.HALF in parts),
        )

    return read


def _pivot(cursor: Cursor, *, needed: bool) -> int | None:
    pivot = cursor.number("pivot")
    if needed and not cursor.has("pivot"):
        message = "`%y` needs the key `pivot`"
        advice = "the first of the hundred years that it means, such as 1970"
        cursor.report(MISSING_KEY, cursor.span, message, advice)
    if not needed and cursor.has("pivot"):
        message = "`pivot` goes with `%y`, and no layout has that"
        cursor.report(CONFLICT, cursor.key_span("pivot"), message, "leave it out")
    if pivot is not None and pivot > _LAST_PIVOT:
        message = f"`pivot` is at most {_LAST_PIVOT}, not {pivot}"
        cursor.report(WRONG_NUMBER, cursor.key_span("pivot"), message)
        return None
    return pivot


def _zone(cursor: Cursor, calendar: Calendar, layouts: tuple[Layout, ...]) -> str | None:
    scalar = cursor.scalar("zone")
    epochs = [any(isinstance(p, DatePart) and p.is_epoch for p in own.parts) for own in layouts]
    if scalar is None:
        if any(epochs) and not all(epochs):
            message = "beside an epoch, the other layouts need the key `zone`"
            cursor.report(MISSING_KEY, cursor.span, message, "the offset from UTC: `+00:00`")
        return None
    if calendar is not Calendar.DATETIME:
        message = f"`zone` goes with `datetime`, not with `{calendar.value}`"
        cursor.report(CONFLICT, cursor.key_span("zone"), message, "leave it out")
    elif not _ZONE.fullmatch(scalar.text):
        message = f"`zone` is an offset from UTC, such as `+08:00`, not {quoted(scalar.text)}"
        cursor.report(WRONG_TEXT, scalar.span, message)
    return scalar.text


def _halves(cursor: Cursor, *, needed: bool) -> tuple[str, str]:
    node = cursor.node("words")
    if node is None:
        return ("AM", "PM")
    if not needed:
        message = "`words` goes with `%p`, and no layout has that"
        cursor.report(CONFLICT, cursor.key_span("words"), message, "leave it out")
    words = Cursor(node, HALVES.names, HALVES.called, cursor.key_span("words"), cursor.findings)
    texts = [words.delimiter(name) if words.require(name) else "" for name in HALVES.names]
    morning, afternoon = texts
    if morning and afternoon and (morning.startswith(afternoon) or afternoon.startswith(morning)):
        message = f"{quoted(morning)} and {quoted(afternoon)} begin alike"
        cursor.report(CONFLICT, cursor.key_span("words"), message, "no word begins the other one")
    if any(character.isdigit() for character in morning + afternoon):
        message = "the words for the halves of a day have no digits"
        cursor.report(WRONG_TEXT, cursor.key_span("words"), message)
    return (morning, afternoon)
