r"""Patterns of records: what the elements of a list look like, if they are written as usual.

    <o:Line id="1"><o:Sku>a</o:Sku><o:Price>1.5</o:Price></o:Line>

A pattern matches whole, well-formed elements only, and those only of which all is known: elements
in the order of the table, with the prefixes that are in scope, without comments, CDATA, other
references than XML's own five, and attributes that no table has. What may be absent and is not
known is left out of the pattern, so that a record that has it does not match.

Each way through a pattern is told by the next characters, so that no text takes long: whatever was
taken by mistake is given back once. Only repetitions of single characters are possessive, since
the first releases of Python 3.11 give back too little of others.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final, NamedTuple, cast

from .leaves import Leaf, ReadAll
from .plans import Entry, Kind, Plan
from .run_columns import LeafNode, ListNode, Node, RecordNode
from .tables import Attribute, Element, Particle, ScopedLeaf, Simple, Type

XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"

_MOST_ELEMENTS: Final = 200
"""The most elements and attributes that a pattern is made for."""
_FIVE: Final = "&(?:amp|lt|gt|quot|apos);"
_PLAIN: Final = r"[^<&\x00-\x08\x0b-\x1f]*+"
_TEXT: Final = f"{_PLAIN}(?:{_FIVE}{_PLAIN})*"
"""A text between tags, without CR, which a parser would make LF."""
_QUOTED: Final = r'[^"<&\x00-\x1f]*+'
_VALUE: Final = f"{_QUOTED}(?:{_FIVE}{_QUOTED})*"
"""The value of an attribute, without white space that a parser would make a space."""
_BLANKS: Final = r"[ \t\r\n]*+"
_EMPTY: Final = " ?/>"
_GROUP: Final = "\0("
"""The beginning of a group whose text is a column. It is made a real one at the end."""


class Names(NamedTuple):
    """How names are written: a prefix for each namespace, and whether elements have gaps between.

    The prefix of the default namespace is empty.
    """

    prefixes: tuple[tuple[str, str], ...]
    has_gaps: bool


class RunPattern(NamedTuple):
    """The pattern of the items of a list.

    `find` returns a row of texts for each item from the beginning on. The last text of the last row
    is what follows the items, and empty if nothing does. `end` is the end tag of an item, `depth`
    the number of elements with elements in them that are in each other.
    """

    find: Callable[[str], list[tuple[str, ...]]]
    node: Node
    end: bytes
    depth: int


class _NoPattern(Exception):
    """There is no pattern for an element."""


class _TooLong(Exception):
    """The pattern would be too long."""


def run_pattern(entry: Entry, name: str, names: Names) -> RunPattern | None:
    """Return the pattern of the elements of a list, or None if there is none."""
    making = _Making(names)
    try:
        regex, node = making.item(entry, name)
        tag = making.tag(name)
    except (_NoPattern, _TooLong):
        return None
    if _GROUP not in regex:
        return None
    find = _compiled(rf"{making.gap}{regex}|{_GROUP}[\s\S]+)")
    return RunPattern(find, node, f"</{tag}>".encode(), making.depth)


class _Making:
    """The making of a pattern; `depth` is that of what has been made."""

    def __init__(self, names: Names) -> None:
        self._prefixes = dict(names.prefixes)
        self.gap = _BLANKS if names.has_gaps else ""
        self._open: list[Plan] = []
        self._left = _MOST_ELEMENTS
        self.depth = 0
        xsi = self._prefixes.get(XSI)
        self._nil = f' {re.escape(xsi)}:nil="(?:true|1)"{_EMPTY}' if xsi else ""

    def tag(self, name: str) -> str:
        """Return the name of an element as it stands in tags."""
        namespace, _, local = name.rpartition(" ")
        prefix = self._prefixes.get(namespace)
        if prefix is None:
            raise _NoPattern
        return f"{prefix}:{local}" if prefix else local

    def item(self, entry: Entry, name: str) -> tuple[str, Node]:
        """Return the pattern of an element that is there, and is not nil."""
        tag = re.escape(self.tag(name))
        if entry.plan is not None:
            return self._record(entry.plan, tag)
        return f"<{tag}>{_GROUP}{_TEXT})</{tag}>", _leaf_node(entry)

    def _record(self, plan: Plan, tag: str, *, is_marked: bool = False) -> tuple[str, RecordNode]:
        """Return the pattern of a record; it begins with a group if it is marked."""
        if plan.is_abstract or plan in self._open:
            raise _NoPattern
        plan.opened()
        self._open.append(plan)
        self.depth = max(self.depth, len(self._open))
        made = _Made()
        if plan.nil:
            made.constants.append((plan.nil, frozenset[str]()))
        self._take_attributes(plan, made)
        made.regex += f">{self.gap}"
        if plan.text is not None:
            made.regex = made.regex.removesuffix(self.gap)
            made.take(plan.text.slot, f"{_GROUP}{_TEXT})", _simple(plan.text.type))
        self._take_particles(plan, made)
        self._open.pop()
        inner = f"{tag}{made.regex}</{tag}>"
        parts, constants = tuple(made.parts), tuple(made.constants)
        node = RecordNode(plan.cls, parts, constants, inner.count(_GROUP), is_marked)
        return (f"{_GROUP}<){inner}" if is_marked else f"<{inner}"), node

    def _take_attributes(self, plan: Plan, made: "_Made") -> None:
        for own in plan.attributes.values():
            self._count()
            if " " not in own.name and not isinstance(own.type, ScopedLeaf):
                made.take(own.slot, *_attribute(own))
            elif own.is_required:
                raise _NoPattern
            else:
                made.constants.append((own.slot, own.missing))

    def _take_particles(self, plan: Plan, made: "_Made") -> None:
        missing = {slot: value for _, slot, value in plan.missing}
        for particle in plan.particles:
            self._count()
            try:
                regex, node = self._particle(plan, particle)
            except _NoPattern:
                if particle.least:
                    raise
                made.constants.append((particle.slot, missing[particle.slot]))
            else:
                made.take(particle.slot, regex + self.gap, node)

    def _count(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise _TooLong

    def _particle(self, plan: Plan, particle: Particle) -> tuple[str, Node]:
        """Return the pattern of what is in a record."""
        if not isinstance(particle, Element):
            raise _NoPattern
        entry = plan.opened()[particle.name]
        if entry.again is not None or entry.slot != particle.slot:
            raise _NoPattern
        depth, were_open = self.depth, len(self._open)
        try:
            if entry.kind is Kind.MANY:
                return self._list(entry, particle)
            if entry.plan is not None:
                return self._inner_record(entry, entry.plan, particle)
            return self._leaf(entry, particle)
        except _NoPattern:
            self.depth = depth
            del self._open[were_open:]
            raise

    def _list(self, entry: Entry, element: Element) -> tuple[str, ListNode]:
        tag = re.escape(self.tag(element.name))
        item: Node
        if entry.plan is None:
            may_be_nil = bool(self._nil) and entry.when_nil is not None
            regex, item = self._text(entry, tag, is_marked=may_be_nil, may_be_nil=may_be_nil)
            number = _number_of_leaves
        else:
            regex, item = self._record(entry.plan, tag)
            end = f"</{self.tag(element.name)}>"
            if _GROUP not in regex or regex.count(re.escape(end)) != 1:
                raise _NoPattern  # without texts, or with an end that its tag does not tell
            number = partial(_number_of, end)
        regex += self.gap
        most = "" if element.most is None else element.most
        group = f"{_GROUP}(?:{regex.replace(_GROUP, '(?:')}){{{element.least},{most}}})"
        return group, ListNode(item, _compiled(f"{regex}{_GROUP})"), number, element.missing)

    def _inner_record(self, entry: Entry, plan: Plan, element: Element) -> tuple[str, RecordNode]:
        tag = re.escape(self.tag(element.name))
        may_be_nil = self._may_be_nil(entry, element)
        if element.least and not may_be_nil:
            return self._record(plan, tag)
        regex, node = self._record(plan, tag, is_marked=True)
        node = replace(node, missing=None if may_be_nil else element.missing)
        if may_be_nil:
            regex = f"{regex}|<{tag}{self._nil}"
        return f"(?:{regex}){'' if element.least else '?'}", node

    def _leaf(self, entry: Entry, element: Element) -> tuple[str, LeafNode]:
        may_be_nil = self._may_be_nil(entry, element)
        tag, is_marked = re.escape(self.tag(element.name)), may_be_nil or not element.least
        regex, node = self._text(entry, tag, is_marked=is_marked, may_be_nil=may_be_nil)
        if element.least:
            return regex, node
        return f"(?:{regex})?", replace(node, missing=element.missing)

    def _text(
        self, entry: Entry, tag: str, *, is_marked: bool, may_be_nil: bool
    ) -> tuple[str, LeafNode]:
        """Return the pattern of a leaf that is there; one that may be nil must be marked."""
        node = _leaf_node(entry)
        if not is_marked:
            return f"<{tag}(?:>{_GROUP}{_TEXT})</{tag}>|{_EMPTY})", node
        nil = f"|{self._nil}" if may_be_nil else ""
        regex = f"<{tag}{_GROUP}>|{_EMPTY}{nil})(?:(?<=/>)|{_GROUP}{_TEXT})</{tag}>)"
        return regex, replace(node, is_marked=True)

    def _may_be_nil(self, entry: Entry, element: Element) -> bool:
        """Say whether the value of a nil element is None, as that of an absent one if it may be."""
        if not self._nil or entry.when_nil is None or entry.when_nil.kind is not Kind.ONE:
            return False
        return element.least > 0 or element.missing is None


class _Made:
    """What has been made of a record: the pattern behind its name, and its parts."""

    def __init__(self) -> None:
        self.regex = ""
        self.parts: list[tuple[str, Node]] = []
        self.constants: list[tuple[str, object]] = []

    def take(self, slot: str, regex: str, node: Node) -> None:
        """Take a part, which comes behind all others."""
        self.regex += regex
        self.parts.append((slot, node))


def _attribute(own: Attribute) -> tuple[str, LeafNode]:
    node = _simple(own.type)
    local = re.escape(own.name)
    if own.is_required:
        return f' {local}="{_GROUP}{_VALUE})"', node
    node = replace(node, is_marked=True, missing=own.missing)
    return f'(?: {local}={_GROUP}"){_GROUP}{_VALUE})")?', node


def _simple(of: Simple) -> LeafNode:
    if isinstance(of, ScopedLeaf):
        raise _NoPattern
    return LeafNode(of.read, _read_all_of(of))


def _leaf_node(entry: Entry) -> LeafNode:
    if entry.read is None:
        raise _NoPattern
    read_all = _read_all_of(entry.type)
    has_default = entry.read is not getattr(entry.type, "read", None)
    return LeafNode(entry.read, None if has_default else read_all)


def _read_all_of(of: Type) -> ReadAll[object] | None:
    return cast("Leaf[object]", of).read_all if isinstance(of, Leaf) else None


def _number_of(end: str, text: str) -> int:
    """Return the number of records in a text, each with this end tag."""
    return text.count(end)


def _number_of_leaves(text: str) -> int:
    """Return the number of elements in a text; there are none in them."""
    return text.count("<") - text.count("</")


def _compiled(regex: str) -> Callable[[str], list[tuple[str, ...]]]:
    return re.compile(regex.replace(_GROUP, "(")).findall
