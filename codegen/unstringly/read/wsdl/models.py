"""Trees of elements to xsdata's typed models of WSDL and XML Schema.

This is the only module that imports xsdata at run time. That takes as long as all the rest of
the generator together, so this module is imported when a WSDL is read, not before.

xsdata's parsers are fed from our own tree, an element at a time. So each model keeps the element
it was made of, an element that has no place is left out by itself instead of ending the reading,
and attributes can be had as they were written (xsdata expands the value `urn:x` where a prefix
`urn` is bound).

Documentation is not fed: its content is free and has no model worth having. An element of a
foreign namespace is an extension; WSDL 1.1 lets a reader pass over it unless it is marked
`wsdl:required`.
"""

from functools import cache
from typing import Any, Protocol, TypeVar, cast

from xsdata.codegen.parsers import DefinitionsParser, SchemaParser
from xsdata.formats.dataclass.context import XmlContext
from xsdata.formats.dataclass.parsers.config import ParserConfig
from xsdata.formats.dataclass.parsers.mixins import XmlHandler, XmlNode
from xsdata.formats.dataclass.parsers.nodes import WildcardNode
from xsdata.models.wsdl import Definitions
from xsdata.models.xsd import Schema

from unstringly.diagnostics import Diagnostic
from unstringly.read.wsdl.elements import (
    WSDL,
    XSD,
    XSI,
    Origins,
    bad_value,
    has_bad_form,
    is_skippable,
    misplaced,
)
from unstringly.read.wsdl.xml import Node

T = TypeVar("T")

_NOT_FED = frozenset({f"{{{WSDL}}}documentation", f"{{{XSD}}}annotation"})


def model_definitions(root: Node, origins: Origins) -> tuple[Definitions, tuple[Diagnostic, ...]]:
    """The model of a `wsdl:definitions` element; its parts are noted in `origins`."""
    parser = DefinitionsParser(context=_context(), handler=_TreeHandler, config=_config())
    return _feed(parser, Definitions, root, origins)


def model_schema(
    root: Node, namespace: str | None, origins: Origins
) -> tuple[Schema, tuple[Diagnostic, ...]]:
    """The model of an `xs:schema` element; `namespace` is that of the document including it."""
    parser = SchemaParser(
        context=_context(), handler=_TreeHandler, config=_config(), target_namespace=namespace
    )
    return _feed(parser, Schema, root, origins)


class _Context(XmlContext):
    """Keeps extensions generic, whatever dataclasses the process has loaded."""

    def find_type(self, qname: str) -> None:
        """No class is looked for by an element's name."""


@cache
def _context() -> _Context:
    """What xsdata knows of its own models, found out once: that takes longer than to read."""
    return _Context()


def _config() -> ParserConfig:
    return ParserConfig(fail_on_unknown_properties=True, fail_on_converter_warnings=True)


def _feed(
    parser: SchemaParser, model: type[T], root: Node, origins: Origins
) -> tuple[T, tuple[Diagnostic, ...]]:
    meal = _Meal(root, origins)
    fed: T | None = parser.parse(meal, model, {})
    return fed or model(), tuple(meal.findings)


class _Meal:
    """What is fed to xsdata, and what came of it."""

    def __init__(self, root: Node, origins: Origins) -> None:
        self.root = root
        self.origins = origins
        self.findings: list[Diagnostic] = []

    def left_out(self, finding: Diagnostic) -> tuple[Diagnostic, ...]:
        """What keeps the element around this one from being whole."""
        self.findings.append(finding)
        return (finding,)


class _EventParser(Protocol):
    """The calls that a handler makes, with the types that xsdata leaves out."""

    indices: list[int]

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
    """Makes the calls of an xsdata event handler, from a tree instead of from a stream."""

    queue: list[XmlNode]
    objects: list[tuple[str | None, object]]

    # xsdata's signature: the source is any, and so is the result
    def parse(self, source: Any, ns_map: dict[str | None, str]) -> Any:
        """The model of a `_Meal`; an empty one where even the root could not be made."""
        self._feed(source.root, source)
        return self.objects[-1][1] if self.objects else cast("type[Any]", self.clazz)()

    def _feed(self, node: Node, meal: _Meal) -> tuple[Diagnostic, ...]:
        """Feed an element and what is in it; why some of it had to be left out, if any was."""
        queued, made = len(self.queue), len(self.objects)
        if not self._start(node):
            self._forget(queued, made)
            if is_skippable(node):
                return ()
            return meal.left_out(misplaced(node))
        if node.name == f"{{{XSD}}}schema" and has_bad_form(node):
            self._forget(queued, made)  # or all elements within would be found wrong
            return meal.left_out(bad_value(node))
        is_extension = isinstance(self.queue[-1], WildcardNode)
        children = () if is_extension else node.children
        fed = [self._feed(child, meal) for child in children if child.name not in _NOT_FED]
        damage = tuple(finding for findings in fed for finding in findings)
        try:
            self._events.end(self.queue, self.objects, node.name, None, None)
        # A value that its models do not take raises ParserError, ValueError or AssertionError.
        # Whichever it is, the element has a bad value.
        except Exception:  # noqa: BLE001 - xsdata documents no exceptions
            self._forget(queued, made)
            return meal.left_out(bad_value(node))
        meal.origins.note(self.objects[-1][1], node, damage)
        return damage

    def _start(self, node: Node) -> bool:
        """Whether xsdata has a place for the element within the one that is open.

        WSDL's own and XML Schema's elements are not taken for extensions.
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
        # ParserError for an element that has no place here, and what attributes of a schema make it
        # raise; all of it means that the element cannot be read.
        except Exception:  # noqa: BLE001 - xsdata documents no exceptions
            return False
        is_extension = isinstance(self.queue[-1], WildcardNode)
        return not (is_extension and node.namespace in (WSDL, XSD, ""))

    def _forget(self, queued: int, made: int) -> None:
        """Put xsdata's stacks back to what they were before an element."""
        del self.queue[queued:], self.objects[made:], self._events.indices[queued:]

    @property
    def _events(self) -> _EventParser:
        return cast("_EventParser", self.parser)
