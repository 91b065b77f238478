"""Values to XML documents, by tables.

What is written is read again as the same value (`reading`); anything else is refused with
`Unwritable` before anything is sent: a character that XML does not have, a None where an element
must be, items that a reader would take for those of the record before them.

Each namespace has a prefix, and there is no default namespace, so that fragments and QNames mean
the same in any document. The root declares the prefixes of what is in it. `xsi:type` is written
only for a derived type, and for a value of any type.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from math import isnan
from typing import Final, TypeAlias, cast

from ..errors.exceptions import Unwritable
from .elements import Elements
from .escaping import escaped, unwritable
from .prefixes import XML, XSI, Prefixes
from .reading import Unreadable, read
from .records import Facts
from .tables import Element
from .writing_plans import WritingPlan, step_of

Known: TypeAlias = tuple[Prefixes, dict[object, WritingPlan]]
"""The prefixes of namespaces, and plans that are made with them."""
MOST_FOREIGN: Final = 1_000
"""So many namespaces that are not of the package are remembered between documents."""


class Writer:
    """The writer of a package. `prefixes` are those of its namespaces, by namespace."""

    def __init__(self, prefixes: Mapping[str, str] | None = None) -> None:
        self._own: Mapping[str, str] = {XSI: "xsi", **(prefixes or {}), XML: "xml"}
        self._known: Known = (Prefixes(self._own), {})

    def write(self, element: Element, value: object) -> str:
        """Return an element with a value, that can stand anywhere in a document without a default.

        Raises Unwritable. Its `field` is the place in the value, as in `lines[2].price`.
        """
        document = self._document()
        step = step_of(element, document.prefixes)
        try:
            if value is None:
                document.nil(step, element)
            else:
                document.element(step, element, value)
        except ValueError as error:
            raise unwritable(error) from None
        declared = document.declared()
        if not document.loose.isdisjoint(declared):
            return self._renamed(document.loose).write(element, value)
        if declared:
            start = len(step.tag) + 1
            declarations = "".join(
                f' xmlns:{prefix}="{escaped(declared[prefix], is_attribute=True)}"'
                for prefix in sorted(declared)
            )
            root = document.out[0]  # its tag is whole, and often that is all
            document.out[0] = root[:start] + declarations + root[start:]
        text = "".join(document.out)
        if document.must_be_read:
            self._check(element, value, text)
        return text

    def _document(self) -> Elements:
        """Return an empty document."""
        return Elements(*self._names())

    def _names(self) -> Known:
        """Return the prefixes, and the plans that have them; new ones after many namespaces.

        Values may bring any namespaces, and a service runs for years.
        """
        if len(self._known[0]) > len(self._own) + MOST_FOREIGN:
            self._known = Prefixes(self._own), {}
        return self._known

    def _check(self, element: Element, value: object, text: str) -> None:
        """Raise Unwritable for a document that is read as another value."""
        try:
            again = read(element, text).value
        except Unreadable as error:
            raise Unwritable("", "the document", str(error)) from None
        check_same(value, again)

    def _renamed(self, taken: AbstractSet[str]) -> "Writer":
        """Return a writer with no prefix of those that fragments seem to use undeclared."""
        return Writer(self._free_prefixes(taken))

    def _free_prefixes(self, taken: AbstractSet[str]) -> Mapping[str, str]:
        prefixes: dict[str, str] = {}
        for namespace, prefix in self._known[0].items():
            while namespace != XML and (prefix in taken or prefix in prefixes.values()):
                prefix += "_"
            prefixes[namespace] = prefix
        return prefixes


def check_same(value: object, again: object) -> None:
    """Raise Unwritable for a value that is another one when it is read again."""
    if not _same(value, again):
        raise Unwritable("", "the document", "is read as another value")


def _same(one: object, other: object) -> bool:
    """Say whether two values are equal, and NaN in them is NaN."""
    if type(one) is not type(other):
        return False
    if isinstance(one, float) and isinstance(other, float):
        return one == other or (isnan(one) and isnan(other))
    known = getattr(type(one), "__record__", None)
    if isinstance(known, Facts):
        return _same(known.values(one), known.values(other))
    if isinstance(one, tuple) and isinstance(other, tuple):
        ones, others = cast("tuple[object, ...]", one), cast("tuple[object, ...]", other)
        return len(ones) == len(others) and all(map(_same, ones, others))
    return one == other
