"""Reader of date formats: texts with `strftime` directives, each of which stands there once."""

import itertools
import re

from unstringly.diagnostics import Rule, Severity
from unstringly.model.grammar import CALENDAR_PARTS, Calendar, DatePart
from unstringly.read.spec.cursor import Cursor
from unstringly.read.spec.nodes import Scalar

DATE_FORMAT = Rule(
    "S116",
    Severity.ERROR,
    "a date format does not name every part of the date once",
    wrong="""\
A format consists of `%Y %m %d %H %M %S` and of texts that stand as they are (`%%` is a
percent sign). A `date` needs the first three directives, a `time` needs `%H`, a `datetime`
all of these; minutes, and seconds with them, are zero where the format has none. Each
stands there once. `%y` may stand for `%Y`, `%I` and `%p` for `%H`, and `%3f` (any number of
digits from 1 to 6) behind `%S`. A `datetime` may be `epoch_s` or `epoch_ms` instead. With
`zeros: optional` a text must stand between two parts, and must not begin with a digit.""",
    why="""\
A part that is there twice could disagree with itself. Names of months depend on a locale,
and a zone in the text makes another kind of value. Where the number
of digits does not say where a part ends, `%Y%m%d` could read 2018111 as the 11th of January
or the 1st of November.""",
    example="datetime: '%Y-%m-%d'        date: '%d %b %Y'",
    todo="""\
Add the directive that is missing, or remove the one too many. For a form that cannot be
said, use a `text`.""",
)

RULES = (DATE_FORMAT,)

_FRACTIONS = tuple(part for part in DatePart if part.digits)
_OTHERS = {
    DatePart.YEAR_OF_CENTURY: DatePart.YEAR,
    DatePart.HOUR_OF_HALF: DatePart.HOUR,
    **dict.fromkeys(_FRACTIONS, DatePart.MICROSECONDS),
}
"""Directives that say what another one says; a format has one of them."""

_DATE = (*CALENDAR_PARTS[Calendar.DATE], DatePart.YEAR_OF_CENTURY)
_TIME = (
    *CALENDAR_PARTS[Calendar.TIME],
    DatePart.HOUR_OF_HALF,
    DatePart.HALF,
    *_FRACTIONS,
)
KNOWN = {Calendar.DATE: _DATE, Calendar.TIME: _TIME, Calendar.DATETIME: (*_DATE, *_TIME)}
"""The directives that a format of each class takes."""

OPTIONAL = (DatePart.MINUTE, DatePart.SECOND)
FIXED = (DatePart.YEAR_OF_CENTURY, DatePart.HALF, *_FRACTIONS)
"""The directives that stand for as many characters always, zeros or not."""

_EPOCH = {part.value: part for part in DatePart if part.is_epoch}
_DIRECTIVES = {part.value: part for part in DatePart if not part.is_epoch}


def read_date_format(
    source: Scalar, calendar: Calendar, zeros_optional: bool, cursor: Cursor
) -> tuple[DatePart | str, ...]:
    """Return the directives and texts of a format, in order; problems are reported (S116).

    Adjacent texts are joined.
    """
    if calendar is Calendar.DATETIME and source.text in _EPOCH:
        return (_EPOCH[source.text],)
    parts, places = _directives(source, calendar, cursor)
    there = {_OTHERS.get(part, part) for part in places}
    needed = [part for part in CALENDAR_PARTS[calendar] if part not in OPTIONAL]
    if DatePart.MICROSECONDS in there:
        needed.append(DatePart.SECOND)
    if DatePart.SECOND in there or DatePart.MICROSECONDS in there:
        needed.append(DatePart.MINUTE)
    if DatePart.HOUR_OF_HALF in places:
        needed.append(DatePart.HALF)
    missing = [f"`{part.value}`" for part in needed if part not in there]
    if DatePart.HALF in places and DatePart.HOUR_OF_HALF not in places:
        missing.append("`%I`")
    if missing:
        message = f"the format of a {calendar.value} needs {' and '.join(missing)} too"
        cursor.report(DATE_FORMAT, source.span, message)
    if zeros_optional:
        _check_borders(source, parts, places, cursor)
    return tuple(parts)


def _directives(
    source: Scalar, calendar: Calendar, cursor: Cursor
) -> tuple[list[DatePart | str], dict[DatePart, int]]:
    """Return the directives and texts of a format, and the index of each directive in it.

    Directives that are unknown, of another calendar or repeated are reported and left out.
    """
    parts: list[DatePart | str] = []
    places: dict[DatePart, int] = {}
    known = ", ".join(f"`{part.value}`" for part in KNOWN[calendar])
    for match in re.finditer("%[0-9]f|%.?|[^%]+", source.text, re.DOTALL):
        piece, at = match.group(), match.start()
        span = source.at(at, len(piece))
        part = _DIRECTIVES.get(piece)
        if part is None and piece.startswith("%") and piece != "%%":
            message = f"`{piece}` is not a directive that a format takes"
            cursor.report(DATE_FORMAT, span, message, f"known here: {known}")
        elif part is None:
            _add_text(parts, "%" if piece == "%%" else piece)
        elif part not in KNOWN[calendar]:
            message = f"`{piece}` is not part of a {calendar.value}"
            cursor.report(DATE_FORMAT, span, message, f"known here: {known}")
        elif part in places:
            cursor.report(DATE_FORMAT, span, f"`{piece}` stands here again", "keep one of them")
        elif twin := _twin(part, places):
            message = f"`{piece}` says what `{twin.value}` says"
            cursor.report(DATE_FORMAT, span, message, "keep one of them")
        else:
            places[part] = at
            parts.append(part)
    return parts, places


def _twin(part: DatePart, places: dict[DatePart, int]) -> DatePart | None:
    """Return the directive that says the same; None if the format has none."""
    meant = _OTHERS.get(part, part)
    return next((other for other in places if _OTHERS.get(other, other) is meant), None)


def _add_text(parts: list[DatePart | str], text: str) -> None:
    last = parts[-1] if parts else None
    if isinstance(last, str):
        parts[-1] = last + text
    else:
        parts.append(text)


def _check_borders(
    source: Scalar, parts: list[DatePart | str], places: dict[DatePart, int], cursor: Cursor
) -> None:
    """Report each part whose end cannot be told once its leading zero may be missing (S116)."""
    for part, following in itertools.pairwise(parts):
        if isinstance(part, str) or part in FIXED or following is DatePart.HALF:
            continue
        if isinstance(following, DatePart):
            message = f"nothing between `{part.value}` and `{following.value}` shows where one ends"
        elif "0" <= following[0] <= "9":
            message = f"the digit after `{part.value}` could belong to it"
        else:
            continue
        advice = "put a text between them, or leave out `zeros: optional`"
        cursor.report(DATE_FORMAT, source.at(places[part], 2), message, advice)
