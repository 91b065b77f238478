"""Tables: how the content of XML elements and the values of Python belong together.

A generated package has a `Shape` for each of its types. What a shape holds is asked for on first
use, so that shapes may hold each other, and a package with a thousand of them is cheap to import.

    ORDER = Shape("urn:x Order", Order, lambda: Content((
        Element("number", "urn:x Number", INT),
        Element("lines", "urn:x Line", LINE, least=0, most=None),
        Choice("payment", (Branch(PaymentCard, (Element("card", "urn:x Card", CARD),)), …)),
    )))

Names are expat's: the namespace, a blank, the local name; the local name alone where there is no
namespace. Slots are the fields of a record class (`records`). In Python:

- an element of at most one is a value, one of several is a tuple; absent is `missing`;
- an element that is nil is None; where both may be sent, a shape's slot `nil` names what is nil;
- a choice is a record of the branch that is there, a repeated one is a tuple of them in order;
- a shape without a class stands for the value of its only slot: an array is a tuple;
- a type that is derived, told by `xsi:type`, is its own class, and an unknown one `UnknownType`;
- mixed content, and what a wildcard takes, is an `XmlFragment`.

Elements have their order in writing. Reading takes any order, but where it decides: when a name
comes twice, and where a repeated branch ends.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias, TypeVar

from .columns import AnyColumn

if TYPE_CHECKING:
    from .fragments import XmlFragment

Prefixes: TypeAlias = Mapping[str, str]
"""The namespace of each prefix in scope; that of "" is the default."""


class Leaf(Protocol):
    """A value that is a text on the wire.

    Both functions raise ValueError with words for people, as in "'x' is no integer".
    """

    @property
    def name(self) -> str:
        """The local name of the type; for those of XML Schema, its name there."""
        ...

    @property
    def read(self) -> Callable[[str], object]:
        """Return the value of a text."""
        ...

    @property
    def write(self) -> Callable[[object], str]:
        """Return the text of a value."""
        ...

    @property
    def column(self) -> AnyColumn | None:
        """Say how many values are written at once; None if they are written one by one."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class ScopedLeaf:
    """A leaf whose text has prefixes: a QName, or a list of them.

    `read` gets the namespaces of the prefixes in scope as well, `write` the prefixes of namespaces;
    there is one for any namespace that is asked for.
    """

    read: Callable[[str, Prefixes], object]
    write: Callable[[object, Mapping[str, str]], str]
    is_list: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Whole:
    """An element that is kept as XML: mixed content. Its value is an `XmlFragment`.

    Where values are made of that, `read` makes one, and raises ValueError; `parts` returns the
    fragments that stand in the element of a value, or None for an element that is the value.
    `draw` makes one for tests, of numbers from … to … and of values of leaves.
    """

    read: "Callable[[XmlFragment], object] | None" = None
    parts: "Callable[[object], tuple[XmlFragment, ...] | None] | None" = None
    draw: Callable[[Callable[[int, int], int], Callable[[Leaf], object]], object] | None = None


WHOLE: Final = Whole()


@dataclass(frozen=True, slots=True, eq=False)
class AnyType:
    """An element of any type, told by `xsi:type`.

    `types` returns the known types by name; `names` the name of the type that a class of values is
    written as. Without `xsi:type` the value is an `XmlFragment`.
    """

    types: Callable[[], Mapping[str, "Simple | Shape"]]
    names: Callable[[], Mapping[type, str]]


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """An element with attributes or elements in it, or with text and attributes.

    `name` is the type's, and empty for an anonymous one. `cls` is a record class, or None if the
    value is that of the only slot. `nil` is the slot with the names of the slots that are nil; it
    is empty where a None can mean but one thing. An array of SOAP's encoding `is_array`: there its
    items have any name.
    """

    name: str
    cls: type[object] | None
    content: Callable[[], "Content"]
    is_abstract: bool = False
    nil: str = ""
    is_array: bool = False


Simple: TypeAlias = Leaf | ScopedLeaf
Type: TypeAlias = Simple | Shape | Whole | AnyType


@dataclass(frozen=True, slots=True, eq=False)
class Element:
    """An element by its name, `least` to `most` times (None: any number).

    `missing` is the value of one that may be absent and is; for several that is no items.
    `default` is the text that an empty element stands for, of a type with a text.
    """

    slot: str
    name: str
    type: Type
    least: int = 1
    most: int | None = 1
    nillable: bool = False
    missing: object = None
    default: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Branch:
    """One of the alternatives of a choice: a record class, and what is in it."""

    cls: type[object]
    particles: tuple["Particle", ...]
    nil: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """One of several branches, `least` to `most` times (None: any number)."""

    slot: str
    branches: tuple[Branch, ...]
    least: int = 1
    most: int | None = 1


@dataclass(frozen=True, slots=True, eq=False)
class Wildcard:
    """Elements that no name is known for.

    Those of `namespaces` are taken (None: of any), but for those of `excluded`; "" is none.
    """

    slot: str
    least: int = 0
    most: int | None = None
    namespaces: frozenset[str] | None = None
    excluded: frozenset[str] = frozenset()

    def takes(self, namespace: str) -> bool:
        """Say whether an element of a namespace may stand here."""
        if self.namespaces is not None and namespace not in self.namespaces:
            return False
        return namespace not in self.excluded


Particle: TypeAlias = Element | Choice | Wildcard


@dataclass(frozen=True, slots=True, eq=False)
class Attribute:
    """An attribute by its name; `missing` is its value where it is absent: None or a default."""

    slot: str
    name: str
    type: Simple
    is_required: bool = False
    missing: object = None

    @property
    def local(self) -> str:
        """The name without its namespace."""
        return self.name.rpartition(" ")[2]


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """The text of an element with simple content."""

    slot: str
    type: Simple


@dataclass(frozen=True, slots=True, eq=False)
class Content:
    """What a shape holds. `derived` has the shapes of the types derived from it, by their names."""

    particles: tuple[Particle, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    text: Text | None = None
    derived: Mapping[str, Shape] = field(default_factory=dict[str, Shape])


NamedT = TypeVar("NamedT", Shape, Element)


def by_name(*named: NamedT) -> Mapping[str, NamedT]:
    """Return shapes or elements by their names."""
    return {one.name: one for one in named}
