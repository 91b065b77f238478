"""Dates, times and both, exact to the calendar and without a zone.

Their format is enough to read and write them: no table of the form is needed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from unstringly.kinds.calendar import date_pattern
from unstringly.kinds.keys import DOC, Inside, Key, KindKeys, OneOf, Plain, Table
from unstringly.kinds.leaf import ArgumentCheck, LeafKind, Spelled
from unstringly.model.grammar import Calendar, DatePart, DateType, Form, Layout
from unstringly.model.pattern import Choice, Pattern
from unstringly.python.build import TRUE, call, method
from unstringly.python.nodes import Attribute, Expression, Symbol, Text
from unstringly.python.symbols import (
    TABLES,
    date_class,
    date_column,
    drawing,
    parameters,
    runtime,
    strategy,
)
from unstringly.runtime.text.date_layouts import DateLayouts
from unstringly.runtime.text.dates import DateForm

ZEROS = {"required": False, "optional": True}
HALVES = Table(
    "`words`",
    (Key("AM", description="Before noon."), Key("PM", description="From noon on.")),
    required=("AM", "PM"),
)
_ZEROS = Key("zeros", OneOf(tuple(ZEROS)), "Leading zeros when reading.")
_PIVOT = Key("pivot", Plain.COUNT, "The first of the hundred years that %y means.")
_WORDS = Key("words", Inside("halves"), "What stands for %p.")
_ZONE = Key("zone", description="The offset from UTC of all values: +08:00.")
KEYS = (
    KindKeys(
        Key("datetime", Plain.TEXTS, "A format of %Y %m %d %H %M %S, or several."),
        (DOC, _ZEROS, _PIVOT, _WORDS, _ZONE),
    ),
    KindKeys(Key("date", Plain.TEXTS, "A format of %Y %m %d, or several."), (DOC, _ZEROS, _PIVOT)),
    KindKeys(Key("time", Plain.TEXTS, "A format of %H %M %S, or several."), (DOC, _ZEROS, _WORDS)),
)

_WHEN = datetime(2031, 5, 4, 9, 15, 0)


@dataclass(frozen=True, slots=True)
class DateKind(LeafKind[DateType]):
    """A date, a time or both."""

    @property
    def form(self) -> Form:
        """Every date that exists."""
        return Form(self._pattern(zeros_optional=self.leaf.zeros_optional), self.leaf.source)

    @property
    def canonical(self) -> Pattern:
        """Dates with all their zeros."""
        return self._pattern(zeros_optional=False)

    @property
    def is_guarded(self) -> bool:
        """A date exists or does not."""
        return False

    @property
    def spelled(self) -> Iterator[Spelled]:
        """The formats, each as one text."""
        for layout in self.leaf.layouts:
            yield Spelled(f"{self.leaf.calendar.value} form", layout.source, self.leaf.span)

    @property
    def described(self) -> str:
        """The format as the spec gives it."""
        return f"is no {self.leaf.name}, which is written {self.leaf.source}"

    @property
    def examples(self) -> Iterator[str]:
        """A moment in which no two parts look the same."""
        yield "".join(map(self._example, self.leaf.layouts[0].parts))

    @property
    def reading(self) -> DateForm | DateLayouts:
        """The format as the runtime reads it."""
        return DateForm(self.leaf.source)

    def meaning(self, content: str) -> str:
        """As Python writes it: `2031-05-04 09:15:00`, `2031-05-04` or `09:15:00`."""
        form = self.reading
        match self.leaf.calendar:
            case Calendar.DATETIME:
                return str(form.read_datetime(content))
            case Calendar.DATE:
                return str(form.read_date(content))
            case Calendar.TIME:
                return str(form.read_time(content))
            case _:
                assert_never(self.leaf.calendar)

    @property
    def is_regular(self) -> bool:
        """All dates are as long as one another."""
        return True

    @property
    def annotation(self) -> Symbol:
        """`date`, `datetime` or `time`."""
        return date_class(self.leaf.calendar.value)

    @property
    def class_pattern(self) -> Expression:
        """The class."""
        return call(self.annotation)

    @property
    def told_apart_by(self) -> str:
        """`time` or `date`: a datetime is a date too."""
        return "time" if self.leaf.calendar is Calendar.TIME else "date"

    @property
    def date_format(self) -> Expression:
        """The format as the spec gives it."""
        return call(runtime("text.dates", "DateForm"), Text(self.leaf.source))

    def read(self, content: Expression) -> Expression:
        """A call of the format with a content."""
        return method(self._format, f"read_{self.leaf.calendar.value}", content)

    def column(self, form: Expression) -> Expression:
        """A column of dates."""
        del form
        options = {"zeros_optional": TRUE} if self.leaf.zeros_optional else {}
        read = date_column(f"{self.leaf.calendar.value}s")
        return call(read, Text(self.leaf.source), **options)

    def written(self, form: Expression, field: Expression, value: Expression) -> Expression:
        """A call of the format with a value."""
        del form
        return method(self._format, f"write_{self.leaf.calendar.value}", field, value)

    def argument_check(self, form: Expression) -> ArgumentCheck:
        """The check by which a value is written."""
        del form
        write = Attribute(self._format, f"write_{self.leaf.calendar.value}")
        return ArgumentCheck(parameters("written_parameter"), options={"write": write})

    def text_options(self, form: Expression) -> Mapping[str, Expression]:
        """The format must read the text."""
        del form
        return {"reads": Attribute(self._format, f"read_{self.leaf.calendar.value}")}

    def drawn(self, form: Expression, *, lf: bool) -> Expression:
        """Values that the format has all parts of."""
        del form, lf
        match self.leaf.calendar:
            case Calendar.DATETIME | Calendar.TIME:
                return call(drawing(f"{self.leaf.calendar.value}s"), self._format)
            case Calendar.DATE:
                return call(strategy("dates"))
            case _:
                assert_never(self.leaf.calendar)

    def _pattern(self, *, zeros_optional: bool) -> Pattern:
        first, *others = (self.pattern_of(own, zeros_optional) for own in self.leaf.layouts)
        return Choice((first, *others)) if others else first

    def pattern_of(self, layout: Layout, zeros_optional: bool | None = None) -> Pattern:
        """The texts of a layout; zeros are optional as the type says, or as given."""
        leaf = self.leaf
        optional = leaf.zeros_optional if zeros_optional is None else zeros_optional
        return date_pattern(
            layout.parts,
            zeros_optional=optional,
            pivot=leaf.pivot,
            halves=leaf.halves,
            zone=leaf.zone,
        )

    def _example(self, part: DatePart | str) -> str:
        """What stands for a part in the example."""
        if isinstance(part, str):
            return part
        if part.is_epoch:
            return "1935997" + ("" if part is DatePart.EPOCH_SECONDS else "000")
        if part is DatePart.HALF:
            return self.leaf.halves[0]
        return "0" * part.digits or f"{_WHEN:{part.value}}"

    @property
    def _format(self) -> Expression:
        """The format in `tables.py`."""
        return Attribute(TABLES, self.table)
