"""Values to messages of SOAP's encoding (SOAP 1.1, section 5), by tables.

As `writing`, but each value tells its type, since many receivers ask for that before they look at
a WSDL. An array is of SOAP's own type, and tells the type and the number of its items. A simple
type without a name, and a record without one, tell nothing. No value stands elsewhere: one that is
there twice is written twice.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Final, cast

from ..errors.exceptions import Unwritable
from ..wire.bindings import SOAP_11
from .elements import Elements
from .encoded_reading import read_encoded
from .encoded_tree import ENC
from .encoded_types import ARRAY, XSD
from .prefixes import Prefixes
from .reading import Unreadable
from .tables import AnyType, Branch, Element, ScopedLeaf, Shape, Simple, Type, Whole
from .writing import Writer, check_same
from .writing_plans import Step, WritingPlan

_USUAL: Final[Mapping[str, str]] = {SOAP_11: "soapenv", ENC: "soapenc", XSD: "xsd"}


class EncodedWriter(Writer):
    """The writer of a package for SOAP's encoding. `prefixes` are those of its namespaces.

    `types` has the names of simple types by their leaves, empty for those that tell none. Leaves
    that are not there have the names of XML Schema's types.
    """

    def __init__(
        self,
        prefixes: Mapping[str, str] | None = None,
        types: Mapping[Simple, str] | None = None,
    ) -> None:
        super().__init__(_with_usual(prefixes or {}))
        self._types: Mapping[Simple, str] = types or {}

    def _document(self) -> Elements:
        return _EncodedElements(*self._names(), self._types)

    def _check(self, element: Element, value: object, text: str) -> None:
        try:
            again = read_encoded(element, text).value
        except Unreadable as error:
            raise Unwritable("", "the document", str(error)) from None
        check_same(value, again)

    def _renamed(self, taken: AbstractSet[str]) -> Writer:
        return EncodedWriter(self._free_prefixes(taken), self._types)


def _with_usual(prefixes: Mapping[str, str]) -> Mapping[str, str]:
    """Return prefixes and the usual ones of the encoding, where these are free."""
    complete = dict(prefixes)
    for namespace, prefix in _USUAL.items():
        if namespace not in complete:
            while prefix in complete.values():
                prefix += "_"
            complete[namespace] = prefix
    return complete


class _EncodedPlan(WritingPlan):
    """A plan of which each element is written by itself. `item` is there for an array."""

    def __init__(self, source: Shape | Branch, prefixes: Prefixes) -> None:
        super().__init__(source, prefixes)
        self.steps = tuple(replace(step, write=None) for step in self.steps)
        self.has_leaves = False
        self.type_name, self.item = "", None
        if isinstance(source, Shape):
            self.type_name = source.name
            self.item = _item_of(source) if source.is_array else None


class _EncodedElements(Elements):
    """The elements of a document, with their types."""

    def __init__(
        self,
        prefixes: Prefixes,
        plans: dict[object, WritingPlan],
        types: Mapping[Simple, str],
    ) -> None:
        super().__init__(prefixes, plans)
        self._types = types

    def plan(self, source: Shape | Branch) -> WritingPlan:
        plan = self._plans.get(source)
        if plan is None:
            plan = self._plans[source] = _EncodedPlan(source, self.prefixes)
        return plan

    def simple(
        self, step: Step, of: Simple, value: object, default: str | None = None, said: str = ""
    ) -> None:
        name = self._leaf_name(of)
        super().simple(step, of, value, default, said or (self.type_said(name) if name else ""))

    def content(self, step: Step, plan: WritingPlan, value: object, said: str) -> None:
        assert isinstance(plan, _EncodedPlan)
        if plan.item is not None:
            of = self._qualified(self._item_name(plan.item))
            said = self.type_said(ARRAY)
            said += f' {self._qualified(f"{ENC} arrayType")}="{of}[{_count(value)}]"'
        elif not said and plan.type_name:
            said = self.type_said(plan.type_name)
        if not self.depth:
            said += f' {self._qualified(f"{SOAP_11} encodingStyle")}="{ENC}"'
        super().content(step, plan, value, said)

    def _qualified(self, name: str) -> str:
        """Return a name with its prefix, which is declared."""
        namespace = name.rpartition(" ")[0]
        if namespace:
            self.used.add(frozenset([namespace]))
        return self.prefixes.tag(name)

    def _leaf_name(self, of: Simple) -> str:
        known = self._types.get(of)
        if known is not None:
            return known
        if isinstance(of, ScopedLeaf):
            return f"{XSD} {'anySimpleType' if of.is_list else 'QName'}"
        return f"{XSD} {of.name}"

    def _item_name(self, of: Type) -> str:
        """Return the name of the type of an array's items, with a `[]` for each array in it."""
        inner = ""
        while isinstance(of, Shape) and of.is_array:
            of, inner = _item_of(of), f"{inner}[]"
        match of:
            case Shape(name=name):
                pass
            case Whole() | AnyType():
                name = ""
            case _:
                name = self._leaf_name(of)
        return f"{name or f'{XSD} anyType'}{inner}"


def _count(value: object) -> int:
    """Return the number of items of an array; 0 for what is none, and is refused later."""
    return len(cast("tuple[object, ...]", value)) if isinstance(value, tuple) else 0


def _item_of(array: Shape) -> Type:
    (items,) = array.content().particles
    assert isinstance(items, Element)
    return items.type
