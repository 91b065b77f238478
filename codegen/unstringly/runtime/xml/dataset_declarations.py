"""What elements and types of an inline schema are declared to be, and what they refer to.

Each type is looked at once, however many elements have it. What many elements take from one type
(its members, and those of the types that it extends) is work each time, and is bounded by what the
schema declares. Nothing here is recursive.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from ..wire.xml_events import Refused
from .dataset_columns import ANY, LEAVES
from .dataset_layout import XSD, Node
from .scopes import LONGEST

_LEAST_WORK: Final = 10_000
_WORK_A_NODE: Final = 10
_BLANKS: Final = " \t\r\n"
_CHOICE: Final = f"{XSD} choice"
_GROUPS: Final = (f"{XSD} sequence", _CHOICE, f"{XSD} all")
_DERIVED: Final = (f"{XSD} extension", f"{XSD} restriction")
_CONTENTS: Final = (f"{XSD} complexContent", f"{XSD} simpleContent")
_ATTRIBUTE: Final = f"{XSD} attribute"
_COMPLEX: Final = f"{XSD} complexType"
_ELEMENT: Final = f"{XSD} element"
_RESTRICTION: Final = f"{XSD} restriction"
_SIMPLE: Final = f"{XSD} simpleType"


@dataclass(frozen=True, slots=True, eq=False)
class Member:
    """An element in a type, as it is declared; one that `is_required` is never absent, nor nil."""

    element: Node
    is_required: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Own:
    """What a complex type says itself, without the type that it extends."""

    members: tuple[Member, ...]
    attributes: tuple[Node, ...]
    base: Node | None
    text: tuple[Node, str] | None


class Declarations:
    """The declarations of schemas. `elements` are those at the top, by the names of tables."""

    def __init__(self, schemas: Iterable[Node]) -> None:
        self.elements: dict[str, Node] = {}
        self._types: dict[str, Node] = {}
        self._complex: dict[Node, Node | None] = {}
        self._own: dict[Node, _Own] = {}
        self._simple: dict[str, str] = {}
        self._within: dict[Node, str] = {}
        self._work = _LEAST_WORK
        for schema in schemas:
            if len(schema.attributes.get("targetNamespace", "")) > LONGEST:
                raise Refused("has a schema with too long a namespace in it")
            self._work += _WORK_A_NODE * _count(schema)
            for child in schema.children:
                if child.name == _ELEMENT:
                    self.elements.setdefault(global_name(child), child)
                elif child.name in (_COMPLEX, _SIMPLE):
                    self._types.setdefault(global_name(child), child)

    def complex_type(self, element: Node) -> Node | None:
        """Return the complex type of an element, if it has one."""
        if element not in self._complex:
            own = element.first(_COMPLEX)
            if own is None:
                own = self._types.get(element.attributes.get("type", ""))
            is_complex = own is not None and own.name == _COMPLEX
            self._complex[element] = own if is_complex else None
        return self._complex[element]

    def members(self, type_: Node) -> Iterator[Member]:
        """Yield the elements in a type, those of what it extends first. Raises Refused."""
        for own in self._extended(type_):
            for member in own.members:
                self._spend()
                yield member

    def attributes(self, type_: Node) -> Iterator[Node]:
        """Yield the attributes that a type declares, as `members`. Raises Refused."""
        for own in self._extended(type_):
            for attribute in own.attributes:
                self._spend()
                yield attribute

    def text(self, type_: Node) -> tuple[Node, str] | None:
        """Return where a type says that it has a text, and the name of that text's type."""
        return self._own_of(type_).text

    def type_of(self, node: Node) -> str:
        """Return the built-in type of an element or attribute, as `simple_type`."""
        told = node.attributes.get("type", "")
        if not told and node not in self._within:
            self._within[node] = _base(node.first(_SIMPLE))
        return self.simple_type(told or self._within[node])

    def simple_type(self, name: str) -> str:
        """Return the built-in type that a type is, or restricts; a text if there is none."""
        met: list[str] = []
        while name not in self._simple:
            met.append(name)
            self._simple[name] = "string"  # unless there is an end
            namespace, _, local = name.rpartition(" ")
            if namespace == XSD:
                self._simple[name] = local if local in LEAVES or local == ANY else "string"
            elif name in self._types:
                name = _base(self._types[name])
        found = self._simple[name]
        self._simple.update(dict.fromkeys(met, found))
        return found

    def _extended(self, type_: Node) -> list[_Own]:
        """Return what a type says, after what those say that it extends."""
        met: dict[Node, _Own] = {}
        next_type: Node | None = type_
        while next_type is not None and next_type not in met:
            self._spend()
            own = met[next_type] = self._own_of(next_type)
            next_type = own.base
        return [*met.values()][::-1]

    def _own_of(self, type_: Node) -> _Own:
        if type_ not in self._own:
            self._own[type_] = self._look(type_)
        return self._own[type_]

    def _look(self, type_: Node) -> _Own:
        content = type_.first(*_CONTENTS)
        derived = None if content is None else content.first(*_DERIVED)
        told = "" if derived is None else derived.attributes.get("base", "")
        base = self._types.get(told)
        part = type_ if derived is None else derived
        is_text = content is not None and content.name == _CONTENTS[1]
        return _Own(
            members=tuple(self._members(part)),
            attributes=tuple(
                child
                for child in part.children
                if child.name == _ATTRIBUTE and "name" in child.attributes
            ),
            base=base if base is not None and base.name == _COMPLEX else None,
            text=(content, told) if content is not None and is_text else None,
        )

    def _members(self, part: Node) -> Iterator[Member]:
        """Yield the elements in the groups of a type, and those that are referred to."""
        groups = [child for child in part.children if child.name in _GROUPS]
        waiting = [(group, True) for group in reversed(groups)]
        while waiting:
            node, is_required = waiting.pop()
            is_required = is_required and not _may_be_absent(node)
            if node.name == _ELEMENT:
                element = self.elements.get(node.attributes.get("ref", ""), node)
                yield Member(element, is_required and not element.is_true("nillable"))
            elif node.name in _GROUPS:
                is_alternative = node.name == _CHOICE and len(node.children) > 1
                inner = is_required and not is_alternative
                waiting += [(child, inner) for child in reversed(node.children)]

    def _spend(self) -> None:
        self._work -= 1
        if self._work < 0:
            raise Refused("has a DataSet with too many columns, or types, or tables in tables")


def global_name(node: Node) -> str:
    """Return the name that a declaration has at the top of its schema."""
    namespace = "" if node.of is None else node.of.attributes.get("targetNamespace", "")
    return f"{namespace} {node.attributes.get('name', '')}".strip()


def _count(schema: Node) -> int:
    """Return the number of elements in a schema."""
    count, waiting = 0, [schema]
    while waiting:
        children = waiting.pop().children
        count += len(children)
        waiting += children
    return count


def _may_be_absent(particle: Node) -> bool:
    """Say whether an element, a reference or a group need not be there."""
    return not particle.attributes.get("minOccurs", "1").strip(_BLANKS).strip("0")


def _base(simple: Node | None) -> str:
    """Return the name of the type that a simple type restricts."""
    restriction = None if simple is None else simple.first(_RESTRICTION)
    if restriction is None:
        return ""
    return restriction.attributes.get("base", "") or _base_within(restriction)


def _base_within(restriction: Node) -> str:
    inner = restriction.first(_SIMPLE)
    deeper = None if inner is None else inner.first(_RESTRICTION)
    return "" if deeper is None else deeper.attributes.get("base", "")
