"""Records that are written as wholes: a template of their tags, and all texts for it at once.

Most records hold leaves, and records of leaves. Their texts are gathered, escaped together, and put
into the template by one `%`; those of many records in a list by columns (`column_writing`). What is
wrong is not told here: whoever gets None writes element by element, and finds the place.
"""

from typing import cast

from .column_writing import FEWEST, ColumnWriting
from .escaping import all_escaped, escaped
from .tables import Element, Particle, ScopedLeaf
from .whole_records import PlanOf, inside_of
from .writing_plans import Row, Step, WriteText, WritingPlan


class Filling:
    """What writes records of a document; `nil` is the attribute of an element that is nil.

    `has_nil` says that there is such an element.
    """

    def __init__(self, plan_of: PlanOf, nil: str) -> None:
        self._plan_of, self._nil = plan_of, nil
        self.has_nil = False
        self._ready: dict[int, str] = {}
        """What is written by columns, by its place among the texts."""

    def inside(self, plan: WritingPlan, record: object) -> str | None:
        """Return the elements of a record; None if they are to be written one by one."""
        if not inside_of(plan, self._plan_of).height:
            return None
        texts: list[str] = []
        self._ready = {}
        try:
            return self._filled(self._elements(plan, record, texts), texts)
        except ValueError:
            return None

    def items(self, step: Step, plan: WritingPlan, records: tuple[object, ...]) -> str | None:
        """Return an element for each record; None if they are to be written one by one."""
        if not inside_of(plan, self._plan_of).height:
            return None
        if len(records) >= FEWEST:
            whole = ColumnWriting(self._none).elements(step, plan, records)
            if whole is not None:
                return whole
        texts: list[str] = []
        self._ready = {}
        try:
            return self._filled(self._few(step, plan, records, texts), texts)
        except ValueError:
            return None

    def _filled(self, template: str, texts: list[str]) -> str:
        """Return a template with texts, and with what is ready in place of some of them."""
        escaped_texts = all_escaped(texts)
        for place, ready in self._ready.items():
            escaped_texts[place] = ready
        return template % tuple(escaped_texts)

    def _elements(self, plan: WritingPlan, record: object, texts: list[str]) -> str:
        """Return the template of what is in a record's element. Raises ValueError."""
        if plan.cls is not None and type(record) is not plan.cls:
            raise ValueError
        if plan.text is not None:
            leaf = plan.text.type
            assert not isinstance(leaf, ScopedLeaf)
            texts.append(
                leaf.write(record if plan.cls is None else getattr(record, plan.text.slot))
            )
            return "%s"
        if plan.writes is not None:
            return self._leaves(plan, plan.writes, (record,), texts)[0]
        values = plan.values(record)
        assert plan.inside is not None
        return "".join(
            [
                self._element(row, value, texts)
                for row, value in zip(plan.inside.rows, values, strict=False)
            ]
        )

    def _leaves(
        self,
        plan: WritingPlan,
        writes: tuple[WriteText, ...],
        records: tuple[object, ...],
        texts: list[str],
    ) -> list[str]:
        """Return the template of each record, of a plan with nothing but leaves."""
        cls, values_of, template, count = plan.cls, plan.values, plan.template, len(writes)
        templates: list[str] = []
        for record in records:
            if type(record) is not cls:
                raise ValueError
            values = values_of(record)
            own = [
                write(value)
                for write, value in zip(writes, values, strict=False)
                if value is not None
            ]
            texts += own
            templates.append(template if len(own) == count else self._partial(plan, values))
        return templates

    def _partial(self, plan: WritingPlan, values: tuple[object, ...]) -> str:
        """Return the template of a record of leaves some of which are None."""
        there = tuple(value is not None for value in values)
        known = plan.templates.get(there)
        if known is None:
            steps = zip(plan.steps, there, strict=True)
            known = "".join(own.place if is_there else self._none(own) for own, is_there in steps)
            plan.keep(there, known)
        if self._nil in known:
            self.has_nil = True
        return known

    def _none(self, step: Step) -> str:
        """Return what stands for a None. Raises ValueError where a value must be."""
        element = cast("Element", step.particle)
        if not element.least:
            return ""
        if not element.nillable:
            raise ValueError
        self.has_nil = True
        return f"<{step.tag}{self._nil}/>"

    def _element(self, row: Row, value: object, texts: list[str]) -> str:
        step = row.step
        if row.is_many:
            return self._many(row, value, texts)
        if value is None:
            return self._none(step)
        if row.leaf is not None:
            texts.append(row.leaf.write(value))
            return step.place
        assert row.inner is not None
        return self._records(step, row.inner, (value,), texts)

    def _many(self, row: Row, value: object, texts: list[str]) -> str:
        """Return the elements of a list. Raises ValueError for too few or too many."""
        element = row.step.particle
        items = cast("tuple[object, ...]", value)
        if not isinstance(value, tuple) or not _is_of(element, len(items)):
            raise ValueError
        if row.leaf is None:
            assert row.inner is not None
            return self._records(row.step, row.inner, items, texts)
        texts += map(row.leaf.write, items)
        return row.step.place * len(items)

    def _records(
        self, step: Step, plan: WritingPlan, records: tuple[object, ...], texts: list[str]
    ) -> str:
        """Return an element for each record. Raises ValueError."""
        if len(records) >= FEWEST:
            whole = ColumnWriting(self._none).elements(step, plan, records)
            if whole is not None:
                self._ready[len(texts)] = whole
                texts.append("")
                return "%s"
        return self._few(step, plan, records, texts)

    def _few(
        self, step: Step, plan: WritingPlan, records: tuple[object, ...], texts: list[str]
    ) -> str:
        """Return an element for each record, one after the other. Raises ValueError."""
        if not records:
            return ""
        if not plan.attributes:
            if plan.writes is not None and plan.text is None:
                insides = self._leaves(plan, plan.writes, records, texts)
            else:
                insides = [self._elements(plan, record, texts) for record in records]
            between = f"{step.closing}{step.opening}"
            return f"{step.opening}{between.join(insides)}{step.closing}"
        return "".join(
            f"<{step.tag}{_attributes(plan, record)}>"
            f"{self._elements(plan, record, texts)}{step.closing}"
            for record in records
        )


def _is_of(particle: Particle, count: int) -> bool:
    """Say whether so many elements may stand there."""
    return particle.least <= count and (particle.most is None or count <= particle.most)


def _attributes(plan: WritingPlan, record: object) -> str:
    """Return the attributes of a record, for a template. Raises ValueError."""
    if plan.cls is not None and type(record) is not plan.cls:
        raise ValueError
    attributes = ""
    for tag, own in plan.attributes:
        value: object = getattr(record, own.slot)
        if value is None and own.missing is None and not own.is_required:
            continue
        assert not isinstance(own.type, ScopedLeaf)
        text = escaped(own.type.write(value), is_attribute=True).replace("%", "%%")
        attributes += f' {tag}="{text}"'
    return attributes
