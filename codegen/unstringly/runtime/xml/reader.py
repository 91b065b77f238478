"""The handlers that make values of a document's events.

A leaf costs one look-up by name, one call of its type's function, and one assignment to a slot.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from ..wire.xml_events import Refused
from .building import Unfit, put, whole
from .fragments import MOST_DEPTH, UnknownType, XmlFragment, clark
from .open_lists import Levels, OpenLists
from .passing import Passing
from .plans import Entry, Kind, Plan, plan_of
from .scopes import Scope, name_in
from .tables import WHOLE, AnyType, ScopedLeaf, Shape, Simple, Type

if TYPE_CHECKING:
    from xml.parsers.expat import XMLParserType

_XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
_NIL: Final = f"{_XSI} nil"
_TYPE: Final = f"{_XSI} type"
_ANY_TYPE: Final = "http://www.w3.org/2001/XMLSchema anyType"
_IGNORED: Final = (f"{_XSI} ", "http://www.w3.org/XML/1998/namespace ")
_BLANKS: Final = " \t\r\n"
_TRUE: Final = ("true", "1")


class Reader:
    """The state of the parser: the record under way, and those around it.

    `_entry` is the element that the record under way is for, `_leaf` an element in it whose text is
    being read. `restored` gives the texts of a document that was repaired. `lists` are told of
    items that end, if there are any.
    """

    __slots__ = (
        "_attributes_passed",
        "_by_local_name",
        "_entries",
        "_entry",
        "_leaf",
        "_parser",
        "_parts",
        "_passing",
        "_plan",
        "_restored",
        "_scope",
        "_seen",
        "_stack",
        "_twin",
        "lists",
    )

    def __init__(
        self,
        parser: "XMLParserType",
        plan: Plan,
        scope: Scope,
        passing: Passing,
        *,
        by_local_name: bool,
        restored: Callable[[str], str] | None,
    ) -> None:
        self._parser, self._scope, self._passing = parser, scope.namespaces, passing
        self._by_local_name, self._restored = by_local_name, restored
        self._entries, self._plan = plan.opened(), plan
        self._twin, self._seen = plan.twin(), 0
        self._entry: Entry | None = None
        self._leaf: Entry | None = None
        self._stack: list[tuple[Entry | None, dict[str, Entry], Plan, Any, int]] = []
        self._parts: list[str] = []
        self._attributes_passed = 0
        self.lists: OpenLists | None = None
        self._listen()

    @property
    def skipped(self) -> int:
        """The number of elements and attributes that are in no table."""
        return self._passing.passed + self._attributes_passed

    def result(self) -> object:
        """Return the value of the document, after its end. Raises Unfit."""
        return whole(self._plan, self._twin, self._seen)

    def path(self) -> str:
        """Return the place in the document, by local names, repeated elements with their number."""
        open_entries = [*(entry for entry, *_ in self._stack[1:]), self._entry, self._leaf]
        records = [(twin, seen) for *_, twin, seen in self._stack] + [(self._twin, self._seen)]
        steps = zip(open_entries if self._stack else [self._leaf], records, strict=True)
        return "/".join(step_of(entry, *record) for entry, record in steps if entry is not None)

    def levels(self) -> Levels:
        """Return the plans and twins of the records under way, the outermost first."""
        return [(plan, twin) for *_, plan, twin, _ in self._stack] + [(self._plan, self._twin)]

    def _listen(self) -> None:
        """Let the parser call this reader."""
        parser, restored = self._parser, self._restored
        parser.EndElementHandler = self._end
        if restored is None:
            parser.StartElementHandler = self._start
            parser.CharacterDataHandler = self._parts.append
            return

        def start(name: str, attributes: Mapping[str, str]) -> None:
            self._start(name, {own: restored(text) for own, text in attributes.items()})

        def characters(text: str) -> None:
            self._parts.append(restored(text))

        parser.StartElementHandler, parser.CharacterDataHandler = start, characters

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._leaf is not None:
            raise Unfit("it has an element in it, and is a simple value")
        if self._parts:
            self._pass_blanks()
        entry = self._entries.get(name) or self._unlisted(name)
        if entry is None:
            self._passing.skip(self._resume)
            return
        if attributes:
            entry = self._told(entry, attributes)
            if entry is None:
                return
        if entry.is_leaf:
            self._leaf = entry
            return
        plan = entry.plan
        if plan is None:
            self._passing.keep(partial(self._resume, entry=entry))
            return
        self._stack.append((self._entry, self._entries, self._plan, self._twin, self._seen))
        self._entry, self._plan, self._seen = entry, plan, 0
        self._entries = plan.entries or plan.opened()
        self._twin = plan.twin()
        if attributes or plan.attributes or plan.is_abstract:
            self._take_attributes(plan, attributes)
        if len(self._stack) > MOST_DEPTH:
            raise Refused("is nested too deeply")

    def _end(self, _: str) -> None:
        parts, entry = self._parts, self._leaf
        value: object
        if entry is not None:
            text = "".join(parts)
            parts.clear()
            read = entry.read
            value = read(text) if read is not None else self._scoped(entry, text)
        else:
            plan, twin, seen = self._plan, self._twin, self._seen
            if plan.text is not None:
                setattr(twin, plan.text.slot, self._simple(plan.text.type, "".join(parts)))
                parts.clear()
            elif parts:
                self._pass_blanks()
            if plan.is_simple and seen == plan.every:
                twin.__class__ = plan.cls
                value = twin
            else:
                value = whole(plan, twin, seen)
            entry = self._entry
            self._entry, self._entries, self._plan, self._twin, self._seen = self._stack.pop()
            assert entry is not None
        seen = self._seen
        if entry.is_one and not seen & entry.bit:
            setattr(self._twin, entry.slot, value)
            self._seen = seen | entry.bit
            self._leaf = None
        else:
            self._put(entry, value)

    def _put(self, entry: Entry, value: object) -> None:
        """Put the value of an element that has ended where that takes more than a look."""
        self._leaf = entry  # the place of what may be wrong
        self._seen = put(self._plan, self._twin, self._seen, entry, value)
        self._leaf = None
        if self.lists is not None and entry.kind is Kind.MANY:
            self.lists.note(len(self._stack), entry, self._twin, self._passing.place)

    def _resume(
        self, fragment: XmlFragment | None, entry: Entry | None = None, type_name: str = ""
    ) -> None:
        """Go on after an element that was passed over, and put what was kept of it."""
        self._listen()
        if fragment is None or entry is None:
            return
        if type_name:
            self._put(entry, UnknownType(name=clark(type_name), fragment=fragment))
        elif entry.made is not None:
            self._leaf = entry  # the place of what may be wrong
            self._put(entry, entry.made(fragment))
        else:
            self._put(entry, fragment)

    def _scoped(self, entry: Entry, text: str) -> object:
        """Return the value of a text with prefixes."""
        assert entry.scoped is not None
        return entry.scoped(text, self._scope)

    def _simple(self, of: Simple, text: str) -> object:
        """Return the value of the text of an attribute, or beside attributes."""
        if isinstance(of, ScopedLeaf):
            return of.read(text, self._scope)
        return of.read(text)

    def _pass_blanks(self) -> None:
        if "".join(self._parts).strip(_BLANKS):
            raise Unfit("it has a text between its elements")
        self._parts.clear()

    def _unlisted(self, name: str) -> Entry | None:
        """Return the entry for an element whose name is in no table, if there is one."""
        namespace, _, local = name.rpartition(" ")
        if self._by_local_name and local in self._plan.local_entries:
            return self._plan.local_entries[local]
        for wildcard, entry in self._plan.wildcards:
            if wildcard.takes(namespace) and not (entry.is_one and self._seen & entry.bit):
                return entry
        return None

    def _told(self, entry: Entry, attributes: Mapping[str, str]) -> Entry | None:
        """Return the entry for an element that may be nil, or of another type than the table's.

        None: it is of an unknown type, and kept as XML.
        """
        self._passing.bound_names()
        if attributes.get(_NIL, "").strip(_BLANKS) in _TRUE:
            if entry.when_nil is None:
                self._leaf = entry
                raise Unfit("it is nil")
            return entry.when_nil
        told, of = attributes.get(_TYPE), entry.type
        if told is None or not isinstance(of, Shape | AnyType):
            return entry
        name = name_in(self._scope, told)
        if name is None:
            self._leaf = entry
            raise Unfit("the prefix in its xsi:type is not declared")
        if name in entry.variants:
            return entry.variants[name]
        types, is_open = types_of(of, name)
        if name in types:
            entry.variants[name] = entry.of_type(types[name])
            return entry.variants[name]
        if is_open:
            kept = entry.of_type(WHOLE)
            self._passing.keep(partial(self._resume, entry=kept, type_name=name))
            return None
        return entry

    def _take_attributes(self, plan: Plan, attributes: Mapping[str, str]) -> None:
        """Put the attributes of an element into its record."""
        if plan.is_abstract:
            raise Unfit("its type is abstract, and xsi:type tells no other")
        twin, known = self._twin, plan.attributes
        for name, text in attributes.items():
            own = known.get(name)
            if own is not None:
                try:
                    setattr(twin, own.slot, self._simple(own.type, text))
                except ValueError as error:
                    raise Unfit(f"the attribute {own.local}: {error}") from None
            elif not name.startswith(_IGNORED):
                self._attributes_passed += 1
        for name, own in known.items():
            if name not in attributes:
                if own.is_required:
                    raise Unfit(f"it lacks the attribute {own.local}")
                setattr(twin, own.slot, own.missing)


def types_of(of: Shape | AnyType, name: str) -> tuple[Mapping[str, Type], bool]:
    """Return the types that an element may be of, and whether another one is kept as XML."""
    if isinstance(of, AnyType):
        return of.types(), name != _ANY_TYPE
    derived = plan_of(of).derived_types()
    return derived, name != of.name and (bool(derived) or of.is_abstract)


def step_of(entry: Entry, twin: Any, seen: int) -> str:  # Any: as in plans
    """Return the step of a path to the element that comes next in a record under way."""
    if entry.kind is not Kind.MANY:
        return entry.local
    number = len(getattr(twin, entry.slot)) if seen & entry.bit else 0
    return f"{entry.local}[{number + 1}]"
