"""The meaning of a drawn schema, found in the simplest way: by trying all paths again and again.

Everything here calls itself, which small schemas allow.
"""

from collections.abc import Iterator
from dataclasses import replace

from tests.read.schema.sketches import (
    BUILT_IN,
    Complex,
    Element,
    List,
    Local,
    Part,
    Restriction,
    Row,
    Sketch,
    Union,
    Use,
    Valued,
)

LISTS = ("NMTOKENS",)


def named_all(sketch: Sketch) -> Sketch:
    """The same sketch without anonymous types: each is a component with a name of its own."""
    named: Sketch = {}

    def part(owner: str, of: Part) -> Part:
        match of:
            case Row(is_choice, parts):
                return Row(is_choice, tuple(part(owner, inner) for inner in parts))
            case Local(type=type_, inline=True):
                name = f"{len(named)} in {owner}"
                named[name] = Restriction(type_)
                return replace(of, type=name, inline=False)
            case _:
                return of

    for owner, component in sketch.items():
        match component:
            case Row():
                row = part(owner, component)
                assert isinstance(row, Row)
                named[owner] = row
            case Complex(base, Row() as content):
                row = part(owner, content)
                assert isinstance(row, Row)
                named[owner] = Complex(base, row)
            case _:
                named[owner] = component
    return named


class Judge:
    """The worth of each component of a sketch."""

    def __init__(self, drawn: Sketch) -> None:
        self.sketch = sketch = named_all(drawn)
        self.faulty = {name for name in sketch if self._lacks(name) or self._is_circular(name)}
        self.faulty |= {name for name in sketch if self._is_first_misfit(name)}
        self.owners = {name.rpartition(" ")[2] for name in self.faulty}
        """The components of the drawn sketch that are at fault, or have a type in them that is."""

    def is_usable(self, name: str) -> bool:
        """Say whether a component reaches nothing that is at fault."""
        return not self.faulty & {name, *self._reached(name, set())}

    def faults_of(self, name: str) -> set[str]:
        """The components of the drawn sketch whose faults a component reaches."""
        reached = {name, *self._reached(name, set())}
        return {fault.rpartition(" ")[2] for fault in self.faulty & reached}

    def variety(self, name: str) -> str:
        """`atomic`, `list` or `union`; `value` or `elements` for a complex type."""
        if name in BUILT_IN:
            return "list" if name in LISTS else "elements" if name == "anyType" else "atomic"
        match self.sketch[name]:
            case Restriction(base):
                return self.variety(base)
            case List():
                return "list"
            case Union():
                return "union"
            case Valued():
                return "value"
            case Complex(base):
                extends_value = base is not None and self.variety(base) == "value"
                return "value" if extends_value else "elements"
            case other:
                raise TypeError(other)

    def value(self, name: str) -> str:
        """The simple type of the content of a complex type."""
        match self.sketch.get(name):
            case Valued(base) | Complex(str(base)):
                return self.value(base)
            case _:
                return name

    def type_of(self, name: str) -> str:
        """The type of an element."""
        element = self.sketch[name]
        assert isinstance(element, Element)
        if element.type is None:
            return "anyType" if element.head is None else self.type_of(element.head)
        return element.type

    def fields(self, name: str) -> list[tuple[str, int, int, bool]]:
        """The elements of a type: name, minimum, maximum, nillable."""
        type_ = self.sketch.get(name)
        if type_ is None:
            return [("", 0, -1, False)] if name == "anyType" else []
        assert isinstance(type_, Complex)
        if type_.base == "anyType":
            return self._fields(type_.row) if type_.row else self.fields("anyType")
        inherited = self.fields(type_.base) if type_.base else []
        return inherited + (self._fields(type_.row) if type_.row else [])

    def _fields(self, part: Part, least: int | None = None) -> list[tuple[str, int, int, bool]]:
        match part:
            case Row(is_choice, parts):
                floor = 0 if is_choice else None
                return [field for inner in parts for field in self._fields(inner, floor)]
            case Local():
                most = -1 if part.most is None else part.most
                return [(part.name, part.least if least is None else least, most, part.nillable)]
            case Use(of, most):
                target = self.sketch[of] if most else Row(False, ())
                if isinstance(target, Element):
                    return [(f"{{urn:x}}{of}", 0, most, False)]
                assert isinstance(target, Row)
                return self._fields(target)

    def _refers(self, name: str) -> Iterator[tuple[str, bool]]:
        """Yield the names that a component refers to, and whether it is defined by that."""
        match self.sketch[name]:
            case Restriction(base) | List(base) | Valued(base):
                yield base, True
            case Union(members):
                yield from ((member, True) for member in members)
            case Complex(base, row):
                if base is not None:
                    yield base, True
                if row is not None:
                    yield from ((other, False) for other in self._in_row(row))
            case Row() as row:
                yield from ((other, other.startswith("G")) for other in self._in_row(row))
            case Element(type_, head):
                if type_ is not None:
                    yield type_, False
                if head is not None:
                    yield head, True

    def _in_row(self, row: Row) -> Iterator[str]:
        for part in row.parts:
            match part:
                case Row():
                    yield from self._in_row(part)
                case Local(type=type_):
                    yield type_
                case Use(of, most):
                    if most:
                        yield of

    def _lacks(self, name: str) -> bool:
        return any(
            other not in self.sketch and other not in BUILT_IN for other, _ in self._refers(name)
        )

    def _is_circular(self, name: str) -> bool:
        return name in self._defining(name, set())

    def _defining(self, name: str, met: set[str]) -> set[str]:
        for other, is_definition in self._refers(name) if name in self.sketch else ():
            if is_definition and other not in met:
                met.add(other)
                self._defining(other, met)
        return met

    def _reached(self, name: str, met: set[str]) -> set[str]:
        for other, _ in self._refers(name) if name in self.sketch else ():
            if other not in met:
                met.add(other)
                self._reached(other, met)
        return met

    def _is_sound(self, name: str) -> bool:
        """Say whether all by which a component is defined is there, fits, and is in no circle."""
        defining = self._defining(name, set())
        if self.faulty & {name, *defining}:
            return False
        return not any(self._is_first_misfit(other) for other in defining if other in self.sketch)

    def _is_first_misfit(self, name: str) -> bool:
        """Say whether a component does not fit, and all by which it is defined does."""
        return self._is_sound(name) and self._misfits(name)

    def _misfits(self, name: str) -> bool:
        """Say whether a component is defined by one of another kind than it must be."""
        simple = ("atomic", "list", "union")
        match self.sketch[name]:
            case Restriction(base):
                return self.variety(base) not in simple
            case List(item):
                return self.variety(item) not in ("atomic", "union")
            case Union(members):
                return any(self.variety(member) not in simple for member in members)
            case Valued(base):
                return self.variety(base) not in (*simple, "value")
            case Complex(base, row):
                allowed = ("elements",) if row is not None else ("elements", "value")
                return base is not None and self.variety(base) not in allowed
            case Row() | Element():
                return False
