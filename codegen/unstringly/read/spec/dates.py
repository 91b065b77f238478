"""Reader of date formats: texts with `strftime` directives, each of which stands there once."""

import itertools
import re

from unstringly.diagnostics import Rule, Severity
from unstringly.model.grammar import Calendar, DatePart
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
stands there once. With `zeros: optional` a text must stand between two parts, and must not
begin with a digit.""",
    why="""\
A part that is there twice could disagree with itself. Names of months depend on a locale,
years of two digits need a guess, and a zone makes another kind of value. Where the number
of digits does not say where a part ends, `%Y%m%d` could read 2018111 as the 11th of January
or the 1st of November.""",
    example="datetime: '%Y-%m-%d'        date: '%d %b %Y'",
    todo="""\
Add the directive that is missing, or remove the one too many. For a form that cannot be
said, use a `text`.""",
)

RULES = (DATE_FORMAT,)

_DATE = (DatePart.YEAR, DatePart.MONTH, DatePart.DAY)
_TIME = (DatePart.HOUR, DatePart.MINUTE, DatePart.SECOND)
KNOWN = {Calendar.DATE: _DATE, Calendar.TIME: _TIME, Calendar.DATETIME: (*_DATE, *_TIME)}
OPTIONAL = (DatePart.MINUTE, DatePart.SECOND)

_DIRECTIVES = {part.value: part for part in DatePart}


def read_date_format(
    source: Scalar, calendar: Calendar, zeros_optional: bool, cursor: Cursor
) -> tuple[DatePart | str, ...]:
    """Return the directives and texts of a format, in order; problems are reported (S116).

    Adjacent texts are joined.
    """
    parts, places = _directives(source, calendar, cursor)
    needed = [part for part in KNOWN[calendar] if part not in OPTIONAL]
    if DatePart.SECOND in places:
        needed.append(DatePart.MINUTE)
    missing = [f"`{part.value}`" for part in needed if part not in places]
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
    for match in re.finditer("%.?|[^%]+", source.text, re.DOTALL):
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
        else:
            places[part] = at
            parts.append(part)
    return parts, places


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
        if isinstance(part, str):
            continue
        if isinstance(following, DatePart):
            message = f"nothing between `{part.value}` and `{following.value}` shows where one ends"
        elif "0" <= following[0] <= "9":
            message = f"the digit after `{part.value}` could belong to it"
        else:
            continue
        advice = "put a text between them, or leave out `zeros: optional`"
        cursor.report(DATE_FORMAT, source.at(places[part], 2), message, advice)
