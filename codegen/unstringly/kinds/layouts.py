"""Dates and times that are more than one layout of numbers in full, or have a zone."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import assert_never

from unstringly.kinds.date import DateKind
from unstringly.kinds.leaf import Way
from unstringly.model.grammar import Calendar, DateType
from unstringly.python.build import TRUE, call, tuple_of
from unstringly.python.nodes import Expression, Number, Text
from unstringly.python.symbols import runtime
from unstringly.runtime.text.date_layouts import DateLayouts, Epoch, Layout

_MODULE = "text.date_layouts"


@dataclass(frozen=True, slots=True)
class LayoutsKind(DateKind):
    """A date, a time or both, in one of several layouts."""

    @property
    def date_format(self) -> Expression:
        """The layouts, and what they leave to be said."""
        leaf = self.leaf
        options: dict[str, Expression] = {}
        if leaf.zeros_optional:
            options["zeros_optional"] = TRUE
        if leaf.pivot is not None:
            options["pivot"] = Number(leaf.pivot)
        if leaf.halves != ("AM", "PM"):
            options["halves"] = tuple_of(*map(Text, leaf.halves))
        if leaf.zone is not None:
            options["zone"] = Text(leaf.zone)
        sources = (Text(layout.source) for layout in leaf.layouts)
        return call(runtime(_MODULE, "DateLayouts"), *sources, **options)

    @property
    def ways(self) -> tuple[Way, ...]:
        """The layouts."""
        if len(self.leaf.layouts) == 1:
            return ()
        made = layouts_of(self.leaf).layouts
        return tuple(
            Way(
                layout.source,
                self.pattern_of(layout),
                partial(_shown, own, self.leaf.calendar),
                _samples(own),
            )
            for layout, own in zip(self.leaf.layouts, made, strict=True)
        )

    @property
    def reading(self) -> DateLayouts:
        """The layouts as the runtime reads them."""
        return layouts_of(self.leaf)

    def column(self, form: Expression) -> Expression:
        """A column of dates."""
        del form
        return call(runtime(_MODULE, f"{self.leaf.calendar.value}s"), self._format)

    def drawn(self, form: Expression, *, lf: bool) -> Expression:
        """Values that one of the layouts has all of."""
        del form, lf
        strategy = runtime("testing.date_drawing", f"layout_{self.leaf.calendar.value}s")
        return call(strategy, self._format)


_MOMENTS = tuple(
    datetime(year, month, day, hour, 15, 30)
    for year in (2004, 2031)
    for month in range(1, 13)
    for day in (1, 4, 12, 13, 20, 28)
    for hour in (0, 9, 12, 21)
)


def _samples(layout: Layout | Epoch) -> tuple[str, ...]:
    if isinstance(layout, Epoch):
        return tuple(map(str, range(0, 10**12, 10**9 + 1)))
    return tuple(dict.fromkeys(map(layout.spelled, _MOMENTS)))


def _shown(layout: Layout | Epoch, calendar: Calendar, text: str) -> str:
    value = layout.read(text)
    match calendar:
        case Calendar.DATETIME:
            return str(value)
        case Calendar.DATE:
            return str(value and value.date())
        case Calendar.TIME:
            return str(value and value.time())
        case _:
            assert_never(calendar)


def layouts_of(leaf: DateType) -> DateLayouts:
    """Return the layouts of a leaf as the runtime reads them."""
    return DateLayouts(
        *(layout.source for layout in leaf.layouts),
        zeros_optional=leaf.zeros_optional,
        pivot=1900 if leaf.pivot is None else leaf.pivot,
        halves=leaf.halves,
        zone=leaf.zone,
    )
