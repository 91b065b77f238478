"""Values of trees of SOAP's encoding: what refers to what, and which member goes where.

A value that others refer to is made once, and counted as often as it is referred to: a message that
would be enormous if each reference were a copy is refused, for that is what comparing, showing and
writing its value would take.
"""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from ..wire.xml_events import Refused
from .building import Unfit, put, whole
from .encoded_tree import Node, Tree
from .encoded_types import (
    XSD,
    array_item,
    built_in,
    check_array,
    is_array,
    is_encoding,
    is_ignored,
    is_nil,
    type_of,
)
from .fragments import MOST_DEPTH, UnknownType, clark
from .plans import Entry, Kind, Plan, entry_of
from .reader import step_of, types_of
from .tables import AnyType, Element, ScopedLeaf, Shape, Simple, Whole

_BLANKS: Final = " \t\r\n"
_RPC: Final = "http://www.w3.org/2003/05/soap-rpc "
"""The beginning of the name of an element of SOAP 1.2, which says what the result is called."""
_MOST_COPIES: Final = 100
_MOST_SMALL: Final = 1_000_000
"""The most elements and characters that a message may have, if each reference were a copy.

Large messages may have `_MOST_COPIES` of each of their bytes as well.
"""
_MOST_REPEATED: Final = 10
"""The most elements, for each of a message, in arrays that stand for elements that are repeated."""


class _Shared(NamedTuple):
    """A value that others may refer to; size and height count what it refers to as copies."""

    value: object
    size: int
    height: int


class Decoder:
    """Makes the values of a tree. `path` is the place that it has come to."""

    def __init__(self, tree: Tree) -> None:
        self.path: list[str] = []
        self.skipped = 0
        self._tree = tree
        self._depth = self._height = self._size = self._repeated = 0
        self._most = _MOST_SMALL + _MOST_COPIES * len(tree.data)
        self._shared: dict[tuple[object, ...], _Shared | None] = {}
        self._items: dict[str, Entry] = {}

    def root(self, plan: Plan, entry: Entry, node: Node, *, is_response: bool = False) -> object:
        """Return the value of the message itself. Raises ValueError and Refused."""
        twin = plan.twin()
        self.path.append(entry.local)
        own, value = self._value(entry, node, is_response=is_response)
        return whole(plan, twin, put(plan, twin, 0, own, value))

    def _value(
        self, entry: Entry, node: Node, *, is_response: bool = False
    ) -> tuple[Entry, object]:
        """Return the value of an element, and the entry for elements of its kind."""
        target = self._target(entry, node)
        if is_nil(target) or (target is not node and is_nil(node)):
            if entry.when_nil is None:
                raise Unfit("it is nil")
            if target.children or target.text.strip(_BLANKS):
                raise Unfit("it is nil, and is not empty")
            return entry.when_nil, None
        unknown = ""
        if isinstance(entry.type, Shape | AnyType):
            name = type_of(target) or type_of(node)
            if name:
                entry, unknown = _told(entry, entry.type, name)
        if target is node and not node.has_id:
            return entry, self._made(entry, target, unknown, is_response=is_response)
        key = target, entry.plan or entry.read or entry.scoped or entry.type, unknown
        known = self._shared.get(key)
        if known is not None:
            self._count(known.size)
            self._height = max(self._height, known.height)
            if self._depth + known.height > MOST_DEPTH:
                raise Refused("is nested too deeply")
            return entry, known.value
        if key in self._shared:
            raise Unfit("it refers to an element that it is in")
        self._shared[key] = None
        before, outer, self._height = self._size, self._height, 0
        value = self._made(entry, target, unknown, is_response=is_response)
        self._shared[key] = _Shared(value, self._size - before, self._height)
        self._height = max(outer, self._height)
        return entry, value

    def _target(self, entry: Entry, node: Node) -> Node:
        """Return the element that has the value; XML that stays XML may have an `href` itself."""
        if not self._tree.refers(node):
            return node
        if isinstance(entry.type, Whole) and not self._tree.finds(node):
            return node
        return self._tree.target(node)

    def _count(self, size: int) -> None:
        self._size += size
        if self._size > self._most:
            raise Refused("has too many references to large values")

    def _made(self, entry: Entry, node: Node, unknown: str, *, is_response: bool) -> object:
        """Return the value of an element that has it. `unknown` is the name of its type, if so."""
        self._count(1 + len(node.text))
        if entry.is_leaf:
            if node.children:
                raise Unfit("it has an element in it, and is a simple value")
            if entry.read is not None:
                return entry.read(node.text)
            assert entry.scoped is not None
            return entry.scoped(node.text, node.scope)
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise Refused("is nested too deeply")
        outer, self._height = self._height, 0
        value: object
        if unknown:
            value = UnknownType(name=clark(unknown), fragment=self._tree.fragment(node))
        elif entry.plan is not None:
            value = self._record(entry.plan, node, takes_first=is_response)
        elif isinstance(entry.type, AnyType) and is_array(node):
            value = self._array(entry.type, node)
        else:
            self._count(node.close - node.start)
            value = self._tree.fragment(node)
            if entry.made is not None:
                value = entry.made(value)
        self._depth -= 1
        self._height = max(outer, self._height + 1)
        return value

    def _array(self, of: AnyType, node: Node) -> tuple[object, ...]:
        """Return the items of an array that nothing but itself tells of."""
        check_array(node)
        item = array_item(node)
        if item not in self._items:
            type_ = of.types().get(built_in(item), of)
            element = Element("items", "item", type_, 0, None, nillable=True, missing=())
            self._items[item] = entry_of(element, 1, "")
        entry = self._items[item]
        values: list[object] = []
        for number, child in enumerate(node.children):
            self.path.append(f"item[{number + 1}]")
            values.append(self._value(entry, child)[1])
            self.path.pop()
        return tuple(values)

    def _record(self, plan: Plan, node: Node, *, takes_first: bool) -> object:
        """Return the value of an element with elements or attributes in it."""
        plan.opened()
        twin, seen = plan.twin(), 0
        self._take_attributes(plan, twin, node)
        if plan.text is not None:
            if node.children:
                raise Unfit("it has an element in it, and is a simple value")
            setattr(twin, plan.text.slot, _simple(plan.text.type, node.text, node))
        elif node.is_mixed or node.text.strip(_BLANKS):
            raise Unfit("it has a text between its elements")
        items = _items_of(plan)
        if items is not None:
            check_array(node)
        first = _first_of(plan, node) if takes_first else None
        for child in node.children:
            entry = items or _entry(plan, child)
            if entry is None and first is not None and not child.name.startswith(_RPC):
                entry, first = first, None
            if entry is None:
                self.skipped += child.size
                continue
            for member in self._members(entry, child):
                self.path.append(step_of(entry, twin, seen))
                own, value = self._value(entry, member)
                seen = put(plan, twin, seen, own, value)
                self.path.pop()
        return whole(plan, twin, _with_absent(plan, twin, seen))

    def _members(self, entry: Entry, node: Node) -> Sequence[Node]:
        """Return the elements with the values of a member: itself, or the items of an array.

        Some send an array where the schema has an element that is repeated.
        """
        if entry.kind is not Kind.MANY or isinstance(entry.type, AnyType | Whole):
            return (node,)
        if entry.plan is not None and _items_of(entry.plan) is not None:
            return (node,)
        target = self._tree.target(node)
        if not is_array(target):
            return (node,)
        check_array(target)
        self._repeated += target.size
        if self._repeated > _MOST_REPEATED * self._tree.root.size:
            raise Refused("has too many references to large values")
        return target.children

    def _take_attributes(self, plan: Plan, twin: Any, node: Node) -> None:  # Any: as in plans
        """Put the attributes of an element into its record."""
        if plan.is_abstract:
            raise Unfit("its type is abstract, and xsi:type tells no other")
        for name, text in node.attributes.items():
            own = plan.attributes.get(name)
            if own is not None:
                try:
                    setattr(twin, own.slot, _simple(own.type, text, node))
                except ValueError as error:
                    raise Unfit(f"the attribute {own.local}: {error}") from None
            elif not is_ignored(name):
                self.skipped += 1
        for name, own in plan.attributes.items():
            if name not in node.attributes:
                if own.is_required:
                    raise Unfit(f"it lacks the attribute {own.local}")
                setattr(twin, own.slot, own.missing)


def _told(entry: Entry, of: Shape | AnyType, name: str) -> tuple[Entry, str]:
    """Return the entry for an element that tells its type, or the name of a type that is unknown.

    A type that is neither known nor derived is ignored, as the encoding's own are.
    """
    variant = entry.variants.get(name)
    if variant is not None:
        return variant, ""
    known = built_in(name)
    types, is_open = types_of(of, known)
    if known in types:
        entry.variants[name] = entry.of_type(types[known])
        return entry.variants[name], ""
    is_ours = is_encoding(name) or (isinstance(of, Shape) and known.startswith(f"{XSD} "))
    return entry, name if is_open and known == name and not is_ours else ""


def _entry(plan: Plan, node: Node) -> Entry | None:
    """Return the entry for a member by its name, if there is one."""
    entry = plan.opened().get(node.name) or plan.local_entries.get(node.local)
    if entry is None and plan.wildcards:
        namespace = node.name.rpartition(" ")[0]
        return next((own for any_, own in plan.wildcards if any_.takes(namespace)), None)
    return entry


def _items_of(plan: Plan) -> Entry | None:
    """Return the entry of the only element, if that is repeated: its items may have any name."""
    entries = plan.opened()
    only = plan.particles[0] if len(plan.particles) == 1 else None
    return entries[only.name] if isinstance(only, Element) and only.most != 1 else None


def _first_of(plan: Plan, node: Node) -> Entry | None:
    """Return the entry of the first element of a plan, if nothing in a node has its name."""
    first = plan.particles[0] if plan.particles else None
    if not isinstance(first, Element):
        return None
    entry = plan.opened()[first.name]
    return None if any(_entry(plan, child) is entry for child in node.children) else entry


def _with_absent(plan: Plan, twin: Any, seen: int) -> int:  # Any: as in plans
    """Let None stand for elements that are absent and may be nil."""
    lacking = plan.required & ~seen
    if not lacking:
        return seen
    for number, particle in enumerate(plan.particles):
        match particle:
            case Element(slot=slot, most=1, nillable=True) if lacking & (1 << number):
                setattr(twin, slot, None)
                seen |= 1 << number
            case _:
                pass
    return seen


def _simple(of: Simple, text: str, node: Node) -> object:
    """Return the value of the text of an attribute, or beside attributes."""
    return of.read(text, node.scope) if isinstance(of, ScopedLeaf) else of.read(text)
