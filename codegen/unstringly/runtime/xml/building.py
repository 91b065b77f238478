"""Records under way: values are put into slots, and what is whole becomes a record."""

from dataclasses import dataclass
from functools import cache
from typing import Any, Final, assert_never

from .plans import Entry, Kind, Plan, plan_of
from .tables import Choice, Element, Particle, Wildcard

_MOST_EMPTY: Final = 100
"""The most branches of a choice that are taken to be there, and empty: they cost no bytes."""


class Unfit(ValueError):
    """What was read does not fit its table. The text says why, for people."""


@dataclass(slots=True, eq=False)
class OpenBranch:
    """A branch of a choice under way."""

    plan: Plan
    twin: Any  # Any: its attributes are those of the record
    seen: int = 0

    def takes(self, entry: Entry, *, in_order: bool) -> bool:
        """Say whether the value of an entry may be put here; `in_order`: and not before others."""
        if in_order and self.seen > 2 * entry.bit - 1:
            return entry.again is not None and self.takes(entry.again, in_order=in_order)
        if _has_room(self.twin, self.seen, entry, in_order=in_order):
            return True
        return entry.again is not None and self.takes(entry.again, in_order=in_order)


def put(plan: Plan, twin: Any, seen: int, entry: Entry, value: object) -> int:  # Any: as above
    """Put a value where an entry says, and return what has been seen then. Raises Unfit."""
    slot, bit = entry.slot, entry.bit
    while entry.again is not None and (
        seen > 2 * bit - 1 or not _has_room(twin, seen, entry, in_order=False)
    ):
        entry = entry.again
        slot, bit = entry.slot, entry.bit
    match entry.kind:
        case Kind.ONE | Kind.NIL:
            if seen & bit:
                raise Unfit("there is more than one")
            setattr(twin, slot, value)
            if entry.kind is Kind.NIL:
                setattr(twin, plan.nil, getattr(twin, plan.nil, frozenset[str]()) | {slot})
        case Kind.MANY:
            if not seen & bit:
                setattr(twin, slot, [value])
            else:
                values: list[object] = getattr(twin, slot)
                if len(values) == entry.most:
                    raise Unfit(f"there are more than {entry.most}")
                values.append(value)
        case Kind.BRANCH:
            _put_in_branch(twin, seen, entry, value)
        case _ as never:
            assert_never(never)
    return seen | bit


def _has_room(twin: Any, seen: int, entry: Entry, *, in_order: bool) -> bool:  # Any: as above
    if not seen & entry.bit:
        return True
    if entry.kind in (Kind.ONE, Kind.NIL):
        return False
    values: list[object] = getattr(twin, entry.slot)
    if entry.most is None or len(values) < entry.most:
        return True
    last = values[-1]
    inner = entry.inner
    return (
        isinstance(last, OpenBranch)
        and inner is not None
        and last.plan is entry.branch
        and last.takes(inner, in_order=in_order and entry.most != 1)
    )


def _put_in_branch(twin: Any, seen: int, entry: Entry, value: object) -> None:  # Any: as above
    branch, inner = entry.branch, entry.inner
    assert branch is not None
    assert inner is not None
    opens: list[OpenBranch] = getattr(twin, entry.slot) if seen & entry.bit else []
    is_one = entry.most == 1
    if not opens:
        setattr(twin, entry.slot, opens)
    if opens and opens[-1].plan is branch and (is_one or opens[-1].takes(inner, in_order=True)):
        last = opens[-1]
    elif len(opens) == entry.most:
        raise Unfit(
            "there is another alternative before it"
            if is_one
            else f"there are more than {entry.most} alternatives"
        )
    else:
        last = OpenBranch(branch, branch.twin())
        opens.append(last)
    last.seen = put(branch, last.twin, last.seen, inner, value)


def whole(plan: Plan, twin: Any, seen: int) -> object:  # Any: as above
    """Return the record, or the value of the only slot, that was under way. Raises Unfit."""
    if seen != plan.every:
        lacking = plan.required & ~seen
        if lacking:
            seen = _without(plan, twin, seen, lacking)
        for bit, slot, value in plan.missing:
            if not seen & bit:
                setattr(twin, slot, value)
    for bit, particle in plan.gathered:
        if seen & bit:
            setattr(twin, particle.slot, _gathered(particle, getattr(twin, particle.slot)))
    if plan.nil and not hasattr(twin, plan.nil):
        setattr(twin, plan.nil, frozenset())
    if plan.cls is None:
        return getattr(twin, plan.only_slot)
    twin.__class__ = plan.cls
    return twin


def _without(plan: Plan, twin: Any, seen: int, lacking: int) -> int:  # Any: as above
    """Take choices as there that may be empty. Raises Unfit if anything else is lacking."""
    for number, particle in enumerate(plan.particles):
        bit = 1 << number
        if lacking & bit:
            if not isinstance(particle, Choice) or _empty_branches(particle) is None:
                raise Unfit(f"it lacks {_described(particle)}")
            setattr(twin, particle.slot, [])
            seen |= bit
    return seen


@cache
def _empty_branches(choice: Choice) -> tuple[object, ...] | None:
    """Return as many records as a choice needs, of a branch that needs no element.

    None if there is no such branch, or if they are too many. All records of a package share them,
    so what is not in a document takes no room and no time.
    """
    if choice.least > _MOST_EMPTY:
        return None
    for branch in choice.branches:
        if all(own.least == 0 for own in branch.particles):
            plan = plan_of(branch)
            plan.opened()
            return (whole(plan, plan.twin(), 0),) * choice.least
    return None


def _gathered(particle: Particle, values: list[object]) -> object:
    if len(values) < particle.least and not isinstance(particle, Choice):
        raise Unfit(f"there are {len(values)} of {_described(particle)}, and not {particle.least}")
    if not isinstance(particle, Choice):
        return tuple(values)
    records = tuple(
        whole(last.plan, last.twin, last.seen) for last in values if isinstance(last, OpenBranch)
    )
    if len(records) < particle.least:  # unless the others are there, and empty
        empty = _empty_branches(particle)
        if empty is None:
            raise Unfit(f"there are {len(records)} of {_described(particle)}")
        records += empty[len(records) :]
    return records[0] if particle.most == 1 else records


def _described(particle: Particle) -> str:
    match particle:
        case Element(name=name):
            return f"the element {name.rpartition(' ')[2]}"
        case Wildcard():
            return "an element of any name"
        case Choice(branches=branches):
            firsts = [_described(part) for branch in branches for part in branch.particles[:1]]
            return " or ".join(firsts)
        case _ as never:
            assert_never(never)
