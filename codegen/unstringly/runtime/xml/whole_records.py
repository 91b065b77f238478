"""Records that can be written as wholes: of leaves, and of such records, a few in each other.

Whether a record can be depends on its own type alone, not on what is around it, so it is found out
once for each plan. What is found is one value, put into the plan at once: threads that find it at
the same time find the same.
"""

from collections.abc import Callable
from typing import Final, TypeAlias

from .tables import AnyType, Element, ScopedLeaf, Shape, Whole
from .writing_plans import Inside, Row, Step, WritingPlan

PlanOf: TypeAlias = Callable[[Shape], WritingPlan]

HIGHEST: Final = 5
"""So many records may be nested in each other in what is written as a whole."""


def inside_of(plan: WritingPlan, plan_of: PlanOf) -> Inside:
    """Return what is in records of a plan, if they are written as wholes."""
    if plan.inside is None:
        plan.inside = _inside(plan, plan_of, HIGHEST)
    return plan.inside


def _inside(plan: WritingPlan, plan_of: PlanOf, room: int) -> Inside:
    """Return what is in records of a plan; nothing, if they are more than `room` in each other.

    A type that holds itself has no room at last. What is found in inner records is kept in their
    plans, as it would be the same with more room; that nothing is found is not.
    """
    if not room or not plan.has_leaves:
        return Inside()
    rows: list[Row] = []
    spaces, height = [plan.spaces], 1
    for step in plan.steps:
        row = _row(step, plan_of)
        if row is None:
            return Inside()
        if row.inner is not None:
            inner = row.inner.inside or _inside(row.inner, plan_of, room - 1)
            if not 0 < inner.height < room:
                return Inside()
            row.inner.inside = inner
            spaces.append(inner.spaces)
            height = max(height, inner.height + 1)
        rows.append(row)
    return Inside(tuple(rows), frozenset[str]().union(*spaces), height)


def _row(step: Step, plan_of: PlanOf) -> Row | None:
    """Return the row of an element; None for what is not written in wholes."""
    element = step.particle
    if not isinstance(element, Element) or element.default is not None:
        return None
    if element.most == 1 and element.missing is not None:
        return None
    match element.type:
        case ScopedLeaf() | Whole() | AnyType():
            return None
        case Shape() as of:
            return Row(step, element.most != 1, None, plan_of(of))
        case leaf:
            return Row(step, element.most != 1, leaf, None)
