"""The judge: every reading and every decomposition of a short text, by trying everything.

Written from the words of the laws and of the grammar spec alone; it shares nothing with what
it judges. A format is plain data: leaves with a predicate for their content, records, lists,
choices. Nothing here is clever, and nothing is fast: texts are some dozens of characters.

- A *reading* is the sequence of elements, each with the span of its content and of its fields.
- Padding is space, tab, CR and LF. It belongs to no field, and a padded content neither begins
  nor ends with it. An empty padded content stands behind all the padding around it.

What can be saved of a text without a reading stands in `oracle_recovery.py`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple, TypeAlias

PADDING = " \t\r\n"


@dataclass(frozen=True)
class Leaf:
    """A content that is told by a predicate."""

    name: str
    accepts: Callable[[str], bool]


@dataclass(frozen=True)
class Field:
    """A place in a record. Optional ones are the last ones; one is missing with all behind it.

    An initiator stands before the content, a terminator behind it, each with padding of its
    own in a padded place; where one of several is empty, there may be none. `nils` are texts that
    stand for no value, whatever else they could be.
    """

    name: str
    content: "Leaf | Record | ListOf | Choice"
    padded: bool = False
    optional: bool = False
    initiators: tuple[str, ...] = ()
    terminators: tuple[str, ...] = ()
    nils: tuple[str, ...] = ()


@dataclass(frozen=True)
class Constant:
    """A text that always stands at its place in a record."""

    text: str
    padded: bool = False


@dataclass(frozen=True)
class Record:
    """Fields between separators, if there are any."""

    name: str
    fields: tuple[Field | Constant, ...]
    separators: tuple[str, ...]
    initiators: tuple[str, ...] = ()
    terminators: tuple[str, ...] = ()


@dataclass(frozen=True)
class ListOf:
    """Items between separators; `finals` are separators at the very end only."""

    items: "tuple[Leaf | Record | Choice, ...]"
    separators: tuple[str, ...]
    finals: tuple[str, ...] = ()
    leading: bool = False
    trailing: Literal["forbidden", "allowed", "required"] = "forbidden"
    repeated: bool = False
    padded: bool = False


@dataclass(frozen=True)
class Choice:
    """One of several; `padded` is about those that are no lists.

    Where it is named in a list or in a choice, the padding is that of what it stands in.
    """

    alternatives: "tuple[Leaf | Record | ListOf | Choice, ...]"
    padded: bool = False


Format: TypeAlias = Leaf | Record | ListOf | Choice


class Element(NamedTuple):
    """A stretch of the text and what it is: an item, or a field of one."""

    name: str
    start: int
    end: int
    parts: "tuple[Element, ...]" = ()


Reading: TypeAlias = tuple[Element, ...]


After: TypeAlias = Literal["nothing", "leading", "item", "tight", "between"]
"""What of a list has been read last: nothing, separators before all items, an item, an item behind
which no padding may stand, separators behind an item."""

_End: TypeAlias = Literal["padded", "tight", "bare"]
"""What may follow a record: padding; none, because it stands in front; or none at all."""


class Way(NamedTuple):
    """One way to read an element: where what follows begins, and whether padding may follow."""

    element: Element
    next: int
    tight: bool


def line_feeds_only(raw: str) -> str:
    """Carriage returns before a line feed are taken with it."""
    return re.sub(r"\r+\n", "\n", raw)


def raw_places(raw: str) -> list[int]:
    """For each place between the characters of `line_feeds_only(raw)`, the place in `raw`."""
    places = [0]
    for unit in re.findall(r"\r+\n|[\s\S]", raw):
        places.append(places[-1] + len(unit))
    return places


def first(spellings: tuple[str, ...]) -> str:
    """The spelling that is written; nothing, where there are none."""
    return next(iter(spellings), "")


def is_trimmed(content: str) -> bool:
    """Whether a content neither begins nor ends with padding."""
    return content == content.strip(PADDING)


def readings(form: Format, text: str) -> frozenset[Reading]:
    """Every reading of the whole text."""
    return Judge(text).whole(form)


def item_readings(form: ListOf, text: str) -> frozenset[Element]:
    """Every way in which the whole text, without padding around it, is one item."""
    judge = Judge(text)
    ways = (way for item in form.items for way in judge.item(item, 0, form.padded))
    return frozenset(
        way.element for way in ways if (way.element.start, way.element.end) == (0, len(text))
    )


class Judge:
    """Everything that can be said of one text; answers are remembered."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.item = cache(self._item)
        self.record = cache(self._record)
        self.list_from = cache(self._list_from)

    def whole(self, form: Format) -> frozenset[Reading]:
        n = len(self.text)
        match form:
            case Leaf():
                return frozenset(
                    {(Element(form.name, 0, n),)} if form.accepts(self.text) else set[Reading]()
                )
            case Record():
                return frozenset((way.element,) for way in self.record(form, 0) if way.next == n)
            case ListOf():
                return frozenset(items for items, end in self.list_from(form, 0) if end == n)
            case Choice():
                found: set[Reading] = set()
                for each in form.alternatives:
                    found |= self._padded(each) if form.padded else self.whole(each)
                return frozenset(found)

    def _padded(self, form: Leaf | Record | ListOf | Choice) -> frozenset[Reading]:
        """The readings with padding around them; a list says itself whether it has any."""
        if isinstance(form, ListOf):
            return self.whole(form)
        if isinstance(form, Choice):
            return frozenset(each for own in form.alternatives for each in self._padded(own))
        return frozenset(
            (way.element,)
            for at in self.padding(0)
            for way in self.item(form, at, True)
            if len(self.text) in ([way.next] if way.tight else self.padding(way.next))
        )

    def padding(self, at: int) -> list[int]:
        """Where one can be after some padding, or none."""
        places = [at]
        while at < len(self.text) and self.text[at] in PADDING:
            at += 1
            places.append(at)
        return places

    def spelled(self, spellings: tuple[str, ...], at: int) -> Iterator[int]:
        """Behind each of the spellings that stands here."""
        for spelling in spellings:
            if self.text.startswith(spelling, at):
                yield at + len(spelling)

    # Items and records

    def _item(self, form: Leaf | Record | Choice, at: int, padded: bool) -> frozenset[Way]:
        """An item of a list, or an alternative, that begins here; padding is the caller's."""
        if isinstance(form, Choice):
            each = (self.item(each, at, padded) for each in _no_lists(form))
            return frozenset(way for ways in each for way in ways)
        if isinstance(form, Record):
            return self.record(form, at)
        return frozenset(
            Way(Element(form.name, at, end), end, padded and at == end)
            for end in range(at, len(self.text) + 1)
            if not padded or is_trimmed(self.text[at:end])
            if form.accepts(self.text[at:end])
        )

    def _record(self, form: Record, at: int) -> frozenset[Way]:
        """The record here, with the padding of its first and of its last field."""
        found: set[Way] = set()
        padded = form.fields[0].padded
        for start in self.padding(at) if padded else [at]:
            for here in self.opened(form.initiators, start, padded):
                for parts, end, last in self.fields(form, 0, here):
                    element = Element(form.name, start, end, parts)
                    tight = last == "tight"
                    for behind in self.padding(end) if last == "padded" else [end]:
                        found.add(Way(element, behind, tight))
        return frozenset(found)

    def opened(self, initiators: tuple[str, ...], at: int, padded: bool) -> Iterator[int]:
        """Behind each initiator that stands here, with the padding of its own."""
        for initiator in initiators or ("",):
            for here in self.spelled((initiator,), at):
                yield from self.padding(here) if padded and initiator else [here]

    def fields(
        self, form: Record, number: int, at: int
    ) -> Iterator[tuple[tuple[Element, ...], int, _End]]:
        """The fields from `number` on, the first of them right here, and the end of the record."""
        field, rest = form.fields[number], form.fields[number + 1 :]
        if all(isinstance(each, Field) and each.optional for each in rest):
            end: _End = "padded" if field.padded else "bare"
            for terminator in form.terminators or ("",):
                for part, here, tight in self.field(form, field, at, not terminator):
                    for behind in self.spelled((terminator,), here):
                        yield part, behind, "tight" if tight else end
        if rest:
            for part, here, _ in self.field(form, field, at, False):
                for behind in self.spelled(form.separators or ("",), here):
                    for start in self.padding(behind) if rest[0].padded else [behind]:
                        for more, stop, last in self.fields(form, number + 1, start):
                            yield (*part, *more), stop, last

    def field(
        self, form: Record, field: Field | Constant, at: int, last: bool
    ) -> Iterator[tuple[tuple[Element, ...], int, bool]]:
        """One field or constant, with the padding behind it unless it is the last thing; and
        whether it is one behind which none may stand.
        """
        if isinstance(field, Constant):
            for end in self.spelled((field.text,), at):
                for behind in self.padding(end) if field.padded and not last else [end]:
                    yield (), behind, False
            return
        for start in self.opened(field.initiators, at, field.padded):
            for content in self.content(form, field, start):
                for terminator in field.terminators or ("",):
                    yield from self.ended(field, content, terminator, last)

    def ended(
        self, field: Field, content: Element, terminator: str, last: bool
    ) -> Iterator[tuple[tuple[Element, ...], int, bool]]:
        """A field with one of its terminators; if that is empty, with none."""
        tight = field.padded and content.start == content.end
        may_pad = field.padded and not tight and (bool(terminator) or not last)
        for end in self.padding(content.end) if may_pad else [content.end]:
            if not terminator:
                yield (content,), end, tight and last
                continue
            for behind in self.spelled((terminator,), end):
                for after in self.padding(behind) if field.padded and not last else [behind]:
                    yield (content,), after, False

    def content(self, form: Record, field: Field, at: int) -> Iterator[Element]:
        name = f"{form.name}.{field.name}"
        for end in range(at, len(self.text) + 1):
            if field.padded and not is_trimmed(self.text[at:end]):
                continue
            if self.text[at:end] in field.nils:
                yield Element(name, at, end)
                continue
            match field.content:
                case Leaf(accepts=accepts):
                    if accepts(self.text[at:end]):
                        yield Element(name, at, end)
                case Record() as inner:
                    for way in self.record(inner, at):
                        if way.next == end:
                            yield Element(name, at, end, (way.element,))
                case ListOf() as inner:
                    for items, stop in self.list_from(inner, at):
                        if stop == end:
                            yield Element(name, at, end, items)
                case Choice() as inner:
                    for items, stop in self.chosen(inner, at, inner.padded):
                        if stop == end:
                            yield Element(name, at, end, items)

    def chosen(self, form: Choice, at: int, padded: bool) -> Iterator[tuple[Reading, int]]:
        """Each alternative that begins here, and where it ends with the padding around it."""
        for each in form.alternatives:
            match each:
                case ListOf():
                    yield from self.list_from(each, at)
                case Choice():
                    yield from self.chosen(each, at, padded)
                case _:
                    for start in self.padding(at) if padded else [at]:
                        for way in self.item(each, start, padded):
                            behind = padded and not way.tight
                            for end in self.padding(way.next) if behind else [way.next]:
                                yield (way.element,), end

    # Lists

    def _list_from(self, form: ListOf, at: int) -> frozenset[tuple[Reading, int]]:
        """Every list that begins here, and where it ends."""

        @cache
        def ways(after: After, here: int) -> frozenset[tuple[Reading, int]]:
            found: set[tuple[Reading, int]] = set()
            if may_end(form, after):
                found.add(((), here))
            if self.may_pad(form, after, here):
                found |= ways(after, here + 1)
            then, allowed = separated(form, after)
            if allowed:
                for behind in self.spelled(form.separators, here):
                    found |= ways(then, behind)
                for behind in self.spelled(form.finals, here):
                    found |= {((), end) for end in self.padding(behind) if form.padded}
                    found.add(((), behind))
            for item, then in self.items(form, after, here):
                more = ways(then, item.next)
                found |= {((item.element, *items), end) for items, end in more}
            return frozenset(found)

        return ways("nothing", at)

    def may_pad(self, form: ListOf, after: After, here: int) -> bool:
        """Whether padding of the list can stand here."""
        return form.padded and after != "tight" and self.text[here : here + 1] in set(PADDING)

    def items(self, form: ListOf, after: After, here: int) -> Iterator[tuple[Way, After]]:
        """The items that can begin here, and what has been read then."""
        if may_begin(after):
            for item in form.items:
                for way in self.item(item, here, form.padded):
                    yield way, "tight" if way.tight else "item"


def _no_lists(form: Choice) -> Iterator[Leaf | Record | Choice]:
    return (each for each in form.alternatives if not isinstance(each, ListOf))


def may_begin(after: After) -> bool:
    """Whether an item can begin here: two always have a separator between them."""
    return after in ("nothing", "leading", "between")


def separated(form: ListOf, after: After) -> tuple[After, bool]:
    """What has been read behind one more separator, and whether one may stand there."""
    match after:
        case "nothing":
            return "leading", form.leading
        case "leading":
            return "leading", form.leading and form.repeated
        case "item" | "tight":
            return "between", True
        case "between":
            return "between", form.repeated


def may_end(form: ListOf, after: After) -> bool:
    match after:
        case "nothing":
            return True
        case "leading":
            return form.leading
        case "item" | "tight":
            return form.trailing != "required"
        case "between":
            return form.trailing != "forbidden"
