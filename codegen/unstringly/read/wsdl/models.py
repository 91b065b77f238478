"""From trees of elements to xsdata's typed models of WSDL.

This module and some of `read/schema` are the only ones that import xsdata at run time. That takes
as long as all the rest of the generator together, so they are imported when a WSDL is read, not
before. Schemas within a WSDL are left to `read/schema`.

xsdata's parser is fed from our own tree, an element at a time. So each model keeps the element
it was made of, an element that has no place is left out by itself instead of ending the reading,
and attributes stay as they were written (xsdata expands the value `urn:x` where a prefix `urn` is
bound).

Documentation is not fed: its content is free, and a model of it has no use. An element of a
foreign namespace is an extension, which a reader may pass over unless it is marked
`wsdl:required` (WSDL 1.1, section 2.1.3).
"""

from collections.abc import Iterable
from functools import cache
from itertools import chain
from typing import Any, Protocol, cast

from msgspec import Struct
from xsdata.formats.dataclass.context import XmlContext
from xsdata.formats.dataclass.parsers.bases import NodeParser
from xsdata.formats.dataclass.parsers.config import ParserConfig
from xsdata.formats.dataclass.parsers.mixins import XmlHandler, XmlNode
from xsdata.formats.dataclass.parsers.nodes import WildcardNode
from xsdata.models.wsdl import Definitions

from unstringly.diagnostics import Diagnostic
from unstringly.read.wsdl.elements import (
    DOCUMENTATION,
    WSDL,
    XSD,
    XSI,
    Origins,
    bad_value,
    is_skippable,
    misplaced,
)
from unstringly.read.wsdl.xml import Node

_NOT_FED = frozenset({*DOCUMENTATION, f"{{{XSD}}}annotation"})
_TYPES = f"{{{WSDL}}}types"


class Sources(Struct, frozen=True):
    """The models of a WSDL and of those that it imports, and the elements that they are made of."""

    definitions: tuple[Definitions, ...]
    origins: Origins


def model_documents(roots: Iterable[Node]) -> tuple[Sources, tuple[Diagnostic, ...]]:
    """Return the models of `wsdl:definitions` elements, without their schemas, and findings."""
    origins = Origins()
    models, findings = zip(*(model_definitions(root, origins) for root in roots), strict=True)
    return Sources(models, origins), tuple(chain.from_iterable(findings))


def model_definitions(root: Node, origins: Origins) -> tuple[Definitions, tuple[Diagnostic, ...]]:
    """Return the model of a `wsdl:definitions` element, and findings; `origins` gets its parts."""
    parser = NodeParser(config=_config(), context=_context(), handler=_TreeHandler)
    meal = _Meal(root, origins)
    fed: Definitions | None = parser.parse(meal, Definitions, {})
    return fed or Definitions(), tuple(meal.findings)


class _Context(XmlContext):
    """A context in which extensions stay generic, whatever dataclasses the process has loaded."""

    def find_type(self, qname: str) -> None:
        """Return None: no class is chosen by an element's name."""


@cache
def _context() -> _Context:
    """Return xsdata's knowledge of its own models; making it takes longer than reading a WSDL."""
    return _Context()


def _config() -> ParserConfig:
    return ParserConfig(fail_on_unknown_properties=True, fail_on_converter_warnings=True)


class _Meal:
    """A tree that is fed to xsdata, and the findings of that."""

    def __init__(self, root: Node, origins: Origins) -> None:
        self.root = root
        self.origins = origins
        self.findings: list[Diagnostic] = []

    def left_out(self, finding: Diagnostic) -> tuple[Diagnostic, ...]:
        """Keep a finding for an element, and return it as the damage of the element around it."""
        self.findings.append(finding)
        return (finding,)


class _EventParser(Protocol):
    """The methods of xsdata's parser that a handler calls, with types that xsdata leaves out."""

    def start(
        self,
        clazz: type | None,
        queue: list[XmlNode],
        objects: list[tuple[str | None, object]],
        qname: str,
        attrs: dict[str, str],
        ns_map: dict[str | None, str],
    ) -> None: ...

    def end(
        self,
        queue: list[XmlNode],
        objects: list[tuple[str | None, object]],
        qname: str,
        text: str | None,
        tail: str | None,
    ) -> object: ...


class _TreeHandler(XmlHandler):
    """A handler that feeds xsdata's parser from a tree instead of from a stream."""

    queue: list[XmlNode]
    objects: list[tuple[str | None, object]]

    # xsdata's signature: the source is any, and so is the result
    def parse(self, source: Any, ns_map: dict[str | None, str]) -> Any:
        """Return the model of a `_Meal`; an empty one if even the root has no model."""
        self._feed(source.root, source)
        return self.objects[-1][1] if self.objects else cast("type[Any]", self.clazz)()

    def _feed(self, node: Node, meal: _Meal) -> tuple[Diagnostic, ...]:
        """Feed an element with its children; return the findings for parts that are left out."""
        queued, created = len(self.queue), len(self.objects)
        if not self._start(node):
            self._forget(queued, created)
            if is_skippable(node):
                return ()
            return meal.left_out(misplaced(node))
        is_extension = isinstance(self.queue[-1], WildcardNode)
        children = () if is_extension else node.children
        is_root = node is meal.root
        fed = [
            self._feed(child, meal)
            for child in children
            if child.name not in _NOT_FED and not (is_root and child.name == _TYPES)
        ]
        damage = tuple(finding for findings in fed for finding in findings)
        try:
            self._events.end(self.queue, self.objects, node.name, None, None)
        # A value that its models do not take raises ParserError, ValueError or AssertionError.
        # Whichever it is, the element has a bad value.
        except Exception:  # noqa: BLE001 - xsdata documents no exceptions
            self._forget(queued, created)
            return meal.left_out(bad_value(node))
        meal.origins.note(self.objects[-1][1], node, damage)
        return damage

    def _start(self, node: Node) -> bool:
        """Begin an element, and say whether xsdata has a place for it within the open one.

        Elements of WSDL, of XML Schema and of no namespace are not taken for extensions.
        """
        attributes = {
            name: value
            for name, value in node.attributes.items()
            if not name.startswith(f"{{{XSI}}}")  # would choose other models, or none
        }
        try:
            self._events.start(
                self.clazz, self.queue, self.objects, node.name, attributes, dict(node.namespaces)
            )
        # An element without a place here raises ParserError, attributes of a schema other errors.
        # Whichever it is, the element cannot be read.
        except Exception:  # noqa: BLE001 - xsdata documents no exceptions
            return False
        is_extension = isinstance(self.queue[-1], WildcardNode)
        return not (is_extension and node.namespace in (WSDL, XSD, ""))

    def _forget(self, queued: int, created: int) -> None:
        """Cut xsdata's stacks back to their lengths before an element."""
        del self.queue[queued:], self.objects[created:]

    @property
    def _events(self) -> _EventParser:
        return cast("_EventParser", self.parser)
