"""Plans: tables as the reader wants them, made from shapes on first use and kept.

A plan has an entry for each element by its name. Elements in the branches of a choice are entries
too, and lead into their branch. Each slot that elements fill has a bit, in the order of the table;
`seen` of a record under way is the sum of the bits of slots that have a value.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias, assert_never

from .records import facts
from .tables import (
    WHOLE,
    AnyType,
    Attribute,
    Branch,
    Choice,
    Content,
    Element,
    Particle,
    Prefixes,
    ScopedLeaf,
    Shape,
    Text,
    Type,
    Whole,
    Wildcard,
)

if TYPE_CHECKING:
    from .fragments import XmlFragment

ReadText: TypeAlias = Callable[[str], object]
ReadScoped: TypeAlias = Callable[[str, Prefixes], object]

_BLANKS: Final = " \t\r\n"


class Kind(Enum):
    """The way in which a value gets into its slot."""

    ONE = "one"
    MANY = "many"
    NIL = "nil"
    """The one value is None, and the slot with what is nil says so."""
    BRANCH = "branch"
    """The value belongs to a branch of the choice that has the slot."""


@dataclass(slots=True, eq=False)
class Entry:
    """An element, and where its value goes.

    A leaf has `read` or `scoped`, a record has a `plan`; anything else is kept as XML, of which
    `made` makes the value, if it is there. An entry of the kind BRANCH leads to `inner`, the entry
    in the plan `branch`. `again` takes the elements of the same name that come when this entry is
    full, or after others that stand between both in the table. `when_nil` is the entry for an
    element that is nil; None if it must not be. `variants` are the entries for the types that
    `xsi:type` has told so far, by their names.
    """

    local: str
    slot: str
    bit: int
    kind: Kind
    type: Type
    most: int | None = 1
    read: ReadText | None = None
    scoped: ReadScoped | None = None
    plan: "Plan | None" = None
    when_nil: "Entry | None" = None
    inner: "Entry | None" = None
    branch: "Plan | None" = None
    again: "Entry | None" = None
    made: "Callable[[XmlFragment], object] | None" = None
    variants: dict[str, "Entry"] = field(default_factory=dict[str, "Entry"])
    is_leaf: bool = False
    is_one: bool = False
    """Whether the value goes straight into its slot, if that has none."""

    def of_type(self, of: Type, default: str | None = None) -> "Entry":
        """Return the entry for an element of a type in the same place."""
        inner = None if self.inner is None else self.inner.of_type(of, default)
        entry = replace(self, type=of, inner=inner, read=None, scoped=None, plan=None, variants={})
        entry.made = None
        match of:
            case ScopedLeaf(read=scoped):
                entry.scoped = (
                    scoped
                    if default is None
                    else lambda text, prefixes: scoped(text or default, prefixes)
                )
            case Shape():
                entry.plan = plan_of(of)
            case Whole(read=made):
                entry.made = made
            case AnyType():
                pass
            case _:
                read = of.read
                entry.read = read if default is None else lambda text: read(text or default)
        entry.is_leaf = entry.read is not None or entry.scoped is not None
        return entry


class Plan:
    """A shape, or a branch of a choice.

    `entries` are by name, and None until the plan is `opened`; `local_entries` by local name, where
    that tells them apart. `every` has the bits of all slots that elements fill, `required` of those
    that they must fill; `missing` are bit, slot and value of the others that have a value anyway.
    """

    entries: dict[str, Entry] | None = None
    local_entries: Mapping[str, Entry]
    wildcards: tuple[tuple[Wildcard, Entry], ...]
    particles: tuple[Particle, ...]
    attributes: Mapping[str, Attribute]
    derived: Mapping[str, Shape]
    text: Text | None
    cls: type[object] | None
    twin: type[Any]  # Any: its attributes are those of the record
    only_slot: str
    nil: str
    every: int
    required: int
    missing: tuple[tuple[int, str, object], ...]
    gathered: tuple[tuple[int, Particle], ...]
    is_simple: bool

    def __init__(self, source: Shape | Branch) -> None:
        self.source = source
        self.is_abstract = isinstance(source, Shape) and source.is_abstract

    def derived_types(self) -> Mapping[str, Shape]:
        """Return the shapes of the types that are derived from this one, by name."""
        self.opened()
        return self.derived

    def opened(self) -> dict[str, Entry]:
        """Fill the plan where that was not done yet, and return its entries."""
        if self.entries is not None:
            return self.entries
        source = self.source
        content = source.content() if isinstance(source, Shape) else Content(source.particles)
        self.particles = content.particles
        self.attributes = {own.name: own for own in content.attributes}
        self.derived, self.text = content.derived, content.text
        self.cls, self.nil = source.cls, source.nil
        self._take_class(content)
        self._take_bits()
        self.is_simple = not (self.gathered or self.nil or self.text or self.cls is None)
        self.entries = self._take_entries()
        return self.entries

    def _take_class(self, content: Content) -> None:
        if self.cls is not None:
            self.twin, self.only_slot = facts(self.cls).twin, ""
            return
        slots = {part.slot for part in (*content.particles, *content.attributes)}
        if content.text is not None:
            slots.add(content.text.slot)
        (self.only_slot,) = slots
        self.twin = type("Twin", (), {"__slots__": (self.only_slot,)})

    def _take_bits(self) -> None:
        self.every = (1 << len(self.particles)) - 1
        numbered = [(1 << number, each) for number, each in enumerate(self.particles)]
        optional = [(bit, each) for bit, each in numbered if each.least == 0]
        self.required = self.every - sum(bit for bit, _ in optional)
        self.missing = tuple((bit, each.slot, _missing(each)) for bit, each in optional)
        self.gathered = tuple(
            (bit, each) for bit, each in numbered if isinstance(each, Choice) or each.most != 1
        )

    def _take_entries(self) -> dict[str, Entry]:
        entries: dict[str, Entry] = {}
        wildcards: list[tuple[Wildcard, Entry]] = []
        for number, particle in enumerate(self.particles):
            for key, entry in _entries(particle, 1 << number, self.nil):
                if isinstance(key, Wildcard):
                    wildcards.append((key, entry))
                elif key in entries:
                    _append(entries[key], entry)
                else:
                    entries[key] = entry
        self.wildcards = tuple(wildcards)
        self.local_entries = _by_local_name(entries)
        return entries


@cache
def plan_of(source: Shape | Branch) -> Plan:
    """Return the plan of a shape or a branch; there is one of each."""
    return Plan(source)


@cache
def root_plan(element: Element) -> Plan:
    """Return the plan of a document with this element at its root."""
    return Plan(Shape("", None, lambda: Content((element,))))


def _missing(particle: Particle) -> object:
    """Return the value of a particle that may be absent, and is."""
    if isinstance(particle, Element):
        return particle.missing
    return None if particle.most == 1 else ()


def _entries(particle: Particle, bit: int, nil: str) -> Iterator[tuple[str | Wildcard, Entry]]:
    """Yield the entries of a particle, by name or by the wildcard that they are for."""
    match particle:
        case Element():
            yield particle.name, entry_of(particle, bit, nil)
        case Wildcard(slot=slot, most=most):
            kind = Kind.ONE if most == 1 else Kind.MANY
            yield particle, Entry("*", slot, bit, kind, WHOLE, most, is_one=most == 1)
        case Choice(slot=slot, most=most):
            for branch in particle.branches:
                plan = plan_of(branch)
                for name, inner in plan.opened().items():
                    yield name, _leading_to(inner, plan, slot, bit, most)
                for wildcard, inner in plan.wildcards:
                    yield wildcard, _leading_to(inner, plan, slot, bit, most)
        case _ as never:
            assert_never(never)


def entry_of(element: Element, bit: int, nil: str) -> Entry:
    """Return the entry of an element; `nil` is the slot that says what is nil, if there is one."""
    kind = Kind.ONE if element.most == 1 else Kind.MANY
    local = element.name.rpartition(" ")[2]
    entry = Entry(
        local, element.slot, bit, kind, element.type, element.most, is_one=kind is Kind.ONE
    )
    entry = entry.of_type(element.type, element.default)
    if element.nillable or (element.least == 0 and element.missing is None and element.most == 1):
        is_told = bool(nil) and element.nillable and element.least == 0 and kind is Kind.ONE
        entry.when_nil = replace(
            entry,
            kind=Kind.NIL if is_told else kind,
            read=_read_nil,
            scoped=None,
            plan=None,
            is_leaf=True,
            is_one=entry.is_one and not is_told,
        )
    return entry


def _leading_to(inner: Entry, branch: Plan, slot: str, bit: int, most: int | None) -> Entry:
    """Return the entry that leads to one in a branch."""
    when_nil, again = inner.when_nil, inner.again
    return replace(
        inner,
        slot=slot,
        bit=bit,
        kind=Kind.BRANCH,
        most=most,
        inner=inner,
        branch=branch,
        is_one=False,
        again=None if again is None else _leading_to(again, branch, slot, bit, most),
        when_nil=None if when_nil is None else _leading_to(when_nil, branch, slot, bit, most),
        variants={},
    )


def _append(entry: Entry, last: Entry) -> None:
    """Let an entry take what comes when all others of its name are full, nil or not."""
    if entry.when_nil is None:
        entry.when_nil = last.when_nil
    else:
        _chain(entry.when_nil, last.when_nil)
    _chain(entry, last)


def _chain(entry: Entry, last: Entry | None) -> None:
    entry.is_one = False
    while entry.again is not None:
        entry = entry.again
        entry.is_one = False
    entry.again = last


def _read_nil(text: str) -> None:
    if text.strip(_BLANKS):
        raise ValueError("it is nil, and has a text")


def _by_local_name(entries: Mapping[str, Entry]) -> Mapping[str, Entry]:
    locals_: dict[str, Entry | None] = {}
    for name, entry in entries.items():
        local = name.rpartition(" ")[2]
        locals_[local] = None if local in locals_ else entry
    return {local: entry for local, entry in locals_.items() if entry is not None}
