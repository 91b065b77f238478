"""The elements of a document that is written, each by what its table says."""

from collections.abc import Mapping
from typing import Final, assert_never, cast

from ..errors.exceptions import Unwritable
from .escaping import escaped, unwritable
from .filling import Filling
from .fragments import MOST_DEPTH, UnknownType, XmlFragment, clark, loose_prefixes
from .prefixes import XSI, Prefixes, Qualified
from .tables import (
    AnyType,
    Attribute,
    Branch,
    Choice,
    Element,
    ScopedLeaf,
    Shape,
    Simple,
    Whole,
    Wildcard,
)
from .whole_records import HIGHEST, inside_of
from .writing_plans import Step, WritingPlan

_XSI_SPACES: Final = frozenset([XSI])
_DEEPEST: Final = MOST_DEPTH - 10
"""The deepest nesting that is written: an envelope has its own elements around it."""

_FILLED: Final = _DEEPEST - HIGHEST
"""The deepest nesting of a record that is written as a whole, with the records in it."""


class Elements:
    """A document under way.

    `used` has the namespaces that it must declare, in sets. `loose` are names that fragments in it
    may take for prefixes. It `must_be_read`, if a reader might take it for another value.
    """

    def __init__(self, prefixes: Prefixes, plans: dict[object, WritingPlan]) -> None:
        self.out: list[str] = []
        self.used: set[frozenset[str]] = set()
        self.loose: set[str] = set()
        self.must_be_read = False
        self.depth = 0
        self.qualified = Qualified(prefixes, self.used)
        self.prefixes, self._plans = prefixes, plans
        self._filling = Filling(self.plan, f' {prefixes[XSI]}:nil="true"')

    def declared(self) -> Mapping[str, str]:
        """Return the namespaces to be declared, by prefix."""
        spaces = frozenset[str]().union(*self.used)
        return {self.prefixes[namespace]: namespace for namespace in spaces}

    def plan(self, source: Shape | Branch) -> WritingPlan:
        """Return the plan of a shape or a branch."""
        plan = self._plans.get(source)
        if plan is None:
            plan = self._plans[source] = WritingPlan(source, self.prefixes)
        return plan

    def particles(self, plan: WritingPlan, record: object) -> None:
        """Write all elements of a record."""
        if self.depth <= _FILLED and self.filled(plan, self._filling.inside(plan, record)):
            return
        values = plan.values(record)
        nil = plan.nil_of(record) if plan.nil else frozenset[str]()
        step = plan.steps[0]
        try:
            for value, step in zip(values, plan.steps, strict=True):
                if step.write is None or value is None:
                    self.particle(step, value, nil)
                else:
                    text = escaped(step.write(value))
                    self.out.append(f"{step.opening}{text}{step.closing}")
        except ValueError as error:
            problem = unwritable(error)
            raise problem.inside(step.particle.slot) if plan.cls else problem from None

    def filled(self, plan: WritingPlan, text: str | None) -> bool:
        """Write records as a whole, and say whether they could be written so."""
        if text is None:
            return False
        self.used.add(inside_of(plan, self.plan).spaces)
        if self._filling.has_nil:
            self.used.add(_XSI_SPACES)
        if text:
            self.out.append(text)
        return True

    def use(self, step: Step) -> None:
        """Declare the namespace of an element."""
        self.used.add(step.spaces)

    def particle(self, step: Step, value: object, nil: frozenset[str]) -> None:
        """Write the elements of a particle; `nil` are the slots whose None is sent."""
        particle = step.particle
        match particle:
            case Element(most=1):
                if value is None or (particle.least == 0 and value == particle.missing):
                    self.absent(step, particle, value, nil)
                    return
                self.element(step, particle, value)
            case Element():
                self.items(step, particle, _items(value, particle.least, particle.most))
            case Choice():
                self.choice(particle, value)
            case Wildcard():
                self.wildcard(particle, value)
            case _ as never:
                assert_never(never)

    def items(self, step: Step, element: Element, items: tuple[object, ...]) -> None:
        """Write an element for each item."""
        if isinstance(element.type, Shape) and items:
            plan = self.plan(element.type)
            if self.depth < _FILLED and self.filled(plan, self._filling.items(step, plan, items)):
                self.use(step)
                return
        for number, item in enumerate(items):
            try:
                if item is None:
                    self.nil(step, element)
                else:
                    self.element(step, element, item)
            except ValueError as error:
                raise unwritable(error).inside(f"[{number}]") from None

    def absent(self, step: Step, element: Element, value: object, nil: frozenset[str]) -> None:
        """Leave out an element, or say that it is nil."""
        if element.slot in nil or (element.least and value is None):
            self.nil(step, element)
        elif value != element.missing:
            raise Unwritable("", "None", "is not the value of an absent element")

    def nil(self, step: Step, element: Element) -> None:
        """Write an element that is nil."""
        self.use(step)
        if not element.nillable:
            raise Unwritable("", "None", "stands where a value must be sent")
        self.used.add(_XSI_SPACES)
        self.out.append(f'<{step.tag} {self.prefixes[XSI]}:nil="true"/>')

    def element(self, step: Step, element: Element, value: object) -> None:
        """Write one element with a value."""
        of = element.type
        match of:
            case Shape():
                self.shaped(step, of, value)
            case Whole():
                self.whole(step, of, value)
            case AnyType():
                self.any(step, of, value)
            case _:
                self.simple(step, of, value, element.default)

    def simple(
        self, step: Step, of: Simple, value: object, default: str | None = None, said: str = ""
    ) -> None:
        """Write an element with a text."""
        text = self.text(of, value)
        if default and not text:
            raise Unwritable("", text, f"is empty, and an empty element stands for {default!r}")
        self.use(step)
        self.out.append(f"<{step.tag}{said}>{escaped(text)}{step.closing}")

    def text(self, of: Simple, value: object) -> str:
        """Return the text of a value."""
        return of.write(value, self.qualified) if isinstance(of, ScopedLeaf) else of.write(value)

    def shaped(self, step: Step, of: Shape, value: object) -> None:
        """Write an element with elements or attributes in it."""
        plan, said = self.plan(of), ""
        if plan.cls is not None and (type(value) is not plan.cls or plan.is_abstract):
            if isinstance(value, UnknownType) and plan.is_open:
                self.fragment(step.name, value.fragment)
                return
            if type(value) not in plan.by_class:
                kind = "is of an abstract type" if type(value) is plan.cls else "is of no type here"
                raise Unwritable("", type(value).__name__, kind)
            name, derived = plan.by_class[type(value)]
            plan, said = self.plan(derived), self.type_said(name)
        self.content(step, plan, value, said)

    def type_said(self, name: str) -> str:
        """Return the attribute that tells a type."""
        self.used.add(_XSI_SPACES)
        namespace = name.rpartition(" ")[0]
        if namespace:
            self.used.add(frozenset([namespace]))
        return f' {self.prefixes[XSI]}:type="{self.prefixes.tag(name)}"'

    def content(self, step: Step, plan: WritingPlan, value: object, said: str) -> None:
        """Write an element with the attributes and the content of a record."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise Unwritable("", type(value).__name__, "is nested too deeply")
        self.use(step)
        self.used.add(plan.spaces)
        if plan.attributes:
            said += "".join(self.attribute(tag, own, value) for tag, own in plan.attributes)
        self.out.append(f"<{step.tag}{said}>" if said else step.opening)
        if plan.text is not None:
            try:
                record_text = value if plan.cls is None else getattr(value, plan.text.slot)
                self.out.append(escaped(self.text(plan.text.type, record_text)))
            except ValueError as error:
                raise unwritable(error).inside(plan.text.slot) from None
        elif plan.steps:
            self.particles(plan, value)
        self.out.append(step.closing)
        self.must_be_read = self.must_be_read or plan.has_doubles
        self.depth -= 1

    def attribute(self, tag: str, own: Attribute, record: object) -> str:
        """Return an attribute as text, or none."""
        value: object = getattr(record, own.slot)
        if value is None and own.missing is None and not own.is_required:
            return ""
        try:
            text = escaped(self.text(own.type, value), is_attribute=True)
        except ValueError as error:
            raise unwritable(error).inside(own.slot) from None
        return f' {tag}="{text}"'

    def choice(self, choice: Choice, value: object) -> None:
        """Write the branches of a choice."""
        if choice.most == 1:
            if value is not None or choice.least:
                self.branch(choice, value)
            return
        last: type[object] | None = None
        for number, record in enumerate(_items(value, choice.least, choice.most)):
            try:
                begins_anew = self.branch(choice, record)
            except ValueError as error:
                raise unwritable(error).inside(f"[{number}]") from None
            if type(record) is last and not begins_anew:
                self.must_be_read = True
            last = type(record)

    def branch(self, choice: Choice, record: object) -> bool:
        """Write one branch, and say whether a reader sees where it begins."""
        branch = next((own for own in choice.branches if own.cls is type(record)), None)
        if branch is None:
            raise Unwritable("", type(record).__name__, "is no branch of the choice")
        plan, before = self.plan(branch), len(self.out)
        self.used.add(plan.spaces)
        self.particles(plan, record)
        if len(self.out) == before or plan.has_doubles:
            self.must_be_read = True
        return plan.begins_anew

    def wildcard(self, wildcard: Wildcard, value: object) -> None:
        """Write elements that no name is known for."""
        if wildcard.most == 1:
            if value is not None or wildcard.least:
                self.fragment("", value)
                self.must_be_read = True
            return
        for number, fragment in enumerate(_items(value, wildcard.least, wildcard.most)):
            try:
                self.fragment("", fragment)
            except ValueError as error:
                raise unwritable(error).inside(f"[{number}]") from None
            self.must_be_read = True

    def any(self, step: Step, of: AnyType, value: object) -> None:
        """Write an element with a value of any type."""
        if isinstance(value, XmlFragment | UnknownType):
            self.must_be_read = True
            self.fragment(step.name, value if isinstance(value, XmlFragment) else value.fragment)
            return
        name = of.names().get(type(value))
        if name is None:
            raise Unwritable("", type(value).__name__, "is of no known type")
        known = of.types()[name]
        if isinstance(known, Shape):
            self.content(step, self.plan(known), value, self.type_said(name))
        else:
            self.simple(step, known, value, said=self.type_said(name))

    def whole(self, step: Step, of: Whole, value: object) -> None:
        """Write an element that is kept as XML, or what a value has in it."""
        parts = None if of.parts is None else of.parts(value)
        if parts is None:
            self.fragment(step.name, value)
            return
        self.use(step)
        self.out.append(step.opening)
        for part in parts:
            self.fragment("", part)
        self.out.append(step.closing)

    def fragment(self, name: str, fragment: object) -> None:
        """Write a fragment, as an element of a name, or of any."""
        if not isinstance(fragment, XmlFragment):
            raise Unwritable("", type(fragment).__name__, "stands where an XmlFragment must be")
        if name and fragment.name != clark(name):
            raise Unwritable("", fragment.name, f"is no element {clark(name)}")
        if b"&#" in fragment.data:
            XmlFragment(fragment.data)  # raises for references to characters that XML lacks
        self.loose |= loose_prefixes(fragment.data)
        self.out.append(fragment.data.decode())


def _items(value: object, least: int, most: int | None) -> tuple[object, ...]:
    if not isinstance(value, tuple):
        raise Unwritable("", type(value).__name__, "stands where a tuple must be")
    items = cast("tuple[object, ...]", value)
    if len(items) < least or (most is not None and len(items) > most):
        bounds = f"at least {least}" if most is None else f"{least} to {most}"
        raise Unwritable("", str(len(items)), f"items are there, and not {bounds}")
    return items
