"""Drawn schemas: a few components that refer to each other, and to what is not there.

Each component stands on a line of its own, so the line of a finding says which one it is about.
"""

from dataclasses import dataclass
from typing import TypeAlias

from hypothesis import strategies as st

BUILT_IN = ("string", "int", "NMTOKENS", "anyType")
TYPES = tuple(f"T{number}" for number in range(6))
GROUPS = ("G0", "G1", "G2")
ELEMENTS = ("E0", "E1", "E2")
MISSING = "X"
"""A name that nothing has."""


@dataclass(frozen=True)
class Restriction:
    base: str


@dataclass(frozen=True)
class List:
    item: str


@dataclass(frozen=True)
class Union:
    members: tuple[str, ...]


@dataclass(frozen=True)
class Local:
    """An element; with `inline`, its type is an anonymous restriction of `type`."""

    name: str
    type: str
    inline: bool
    least: int
    most: int | None
    nillable: bool


@dataclass(frozen=True)
class Use:
    """A use of an element or group."""

    of: str
    most: int


@dataclass(frozen=True)
class Row:
    """A sequence or choice."""

    is_choice: bool
    parts: "tuple[Part, ...]"


Part: TypeAlias = "Local | Use | Row"


@dataclass(frozen=True)
class Complex:
    """Elements; those of `base` come first if there is one."""

    base: str | None
    row: Row | None


@dataclass(frozen=True)
class Valued:
    """Simple content, an extension of `base`."""

    base: str


@dataclass(frozen=True)
class Element:
    """A global element; without a type it has that of its head, if that is there."""

    type: str | None
    head: str | None


Component: TypeAlias = Restriction | List | Union | Complex | Valued | Row | Element
Sketch: TypeAlias = dict[str, Component]

_types = st.sampled_from((*TYPES, *BUILT_IN)) | st.sampled_from((*TYPES, MISSING))
_uses = st.builds(Use, st.sampled_from((*GROUPS, *ELEMENTS, *GROUPS, MISSING)), st.integers(0, 2))
_locals = st.builds(
    Local,
    st.sampled_from(["a", "b", "c"]),
    _types,
    st.booleans(),
    st.integers(0, 2),
    st.sampled_from([2, 3, None]),
    st.booleans(),
)


def rows(depth: int = 2) -> st.SearchStrategy[Row]:
    parts = st.one_of(_locals, _uses, rows(depth - 1)) if depth else _locals
    return st.builds(Row, st.booleans(), st.lists(parts, max_size=3).map(tuple))


_simple = st.one_of(
    st.builds(Restriction, _types),
    st.builds(List, _types),
    st.builds(Union, st.lists(_types, min_size=1, max_size=3).map(tuple)),
)
_complex = st.one_of(
    st.builds(Complex, st.none() | _types, st.none() | rows()), st.builds(Valued, _types)
)
_elements = st.builds(
    Element, st.none() | _types, st.none() | st.sampled_from((*ELEMENTS, MISSING))
)


@st.composite
def sketches(draw: st.DrawFn) -> Sketch:
    """Some of the types, groups and elements, in any order."""
    pools = ((TYPES, _simple | _complex), (GROUPS, rows()), (ELEMENTS, _elements))
    parts = [(name, draw(drawn)) for names, drawn in pools for name in names if draw(st.booleans())]
    return dict(draw(st.permutations(parts)))


def written(sketch: Sketch) -> str:
    """The schema document; the component number N stands on line N + 2."""
    lines = [
        '<s:schema xmlns:s="http://www.w3.org/2001/XMLSchema" xmlns="urn:x" '
        'targetNamespace="urn:x">',
        *(_component(name, component) for name, component in sketch.items()),
        "</s:schema>",
    ]
    return "\n".join(lines)


def _ref(name: str) -> str:
    return f"s:{name}" if name in BUILT_IN else name


def _component(name: str, component: Component) -> str:
    match component:
        case Restriction(base):
            return (
                f'<s:simpleType name="{name}"><s:restriction base="{_ref(base)}"/></s:simpleType>'
            )
        case List(item):
            return f'<s:simpleType name="{name}"><s:list itemType="{_ref(item)}"/></s:simpleType>'
        case Union(members):
            names = " ".join(map(_ref, members))
            return f'<s:simpleType name="{name}"><s:union memberTypes="{names}"/></s:simpleType>'
        case Complex(base, row):
            inner = _row(row) if row else ""
            if base is not None:
                way = f'<s:extension base="{_ref(base)}">{inner}</s:extension>'
                inner = f"<s:complexContent>{way}</s:complexContent>"
            return f'<s:complexType name="{name}">{inner}</s:complexType>'
        case Valued(base):
            way = f'<s:extension base="{_ref(base)}"/>'
            inner = f"<s:simpleContent>{way}</s:simpleContent>"
            return f'<s:complexType name="{name}">{inner}</s:complexType>'
        case Row():
            return f'<s:group name="{name}">{_row(component)}</s:group>'
        case Element(type_, head):
            more = f' type="{_ref(type_)}"' if type_ else ""
            more += f' substitutionGroup="{head}"' if head else ""
            return f'<s:element name="{name}"{more}/>'


def _row(row: Row) -> str:
    tag = "s:choice" if row.is_choice else "s:sequence"
    return f"<{tag}>{''.join(map(_part, row.parts))}</{tag}>"


def _part(part: Part) -> str:
    match part:
        case Row():
            return _row(part)
        case Use(of, most):
            tag = "group" if of in GROUPS else "element"
            return f'<s:{tag} ref="{of}" minOccurs="0" maxOccurs="{most}"/>'
        case Local(name, type_, inline, least, most, nillable):
            occurs = f'minOccurs="{least}" maxOccurs="{"unbounded" if most is None else most}"'
            start = f'<s:element name="{name}" {occurs} nillable="{str(nillable).lower()}"'
            if not inline:
                return f'{start} type="{_ref(type_)}"/>'
            way = f'<s:restriction base="{_ref(type_)}"/>'
            return f"{start}><s:simpleType>{way}</s:simpleType></s:element>"
