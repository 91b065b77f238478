"""Elements of a WSDL: their names and attributes, and the element of each model of xsdata."""

import re

from unstringly.diagnostics import Diagnostic, Rule, Severity, Span
from unstringly.model.service import QName
from unstringly.read.wsdl.findings import IN_YOUR_COPY, Refused, quoted, quoted_address
from unstringly.read.wsdl.xml import Node

WSDL = "http://schemas.xmlsoap.org/wsdl/"
XSD = "http://www.w3.org/2001/XMLSchema"
XSI = "http://www.w3.org/2001/XMLSchema-instance"

DOCUMENTATION = frozenset({f"{{{WSDL}}}documentation", f"{{{XSD}}}documentation"})
"""The names of elements of documentation; some documents take the one of schemas everywhere."""

BAD_ATTRIBUTE = Rule(
    "W113",
    Severity.WARNING,
    "a WSDL element lacks an attribute, or has one that cannot be what it must",
    wrong="""\
Services, ports, operations, messages, parts and elements need a name that begins with a
letter or `_` and holds letters, digits, `.`, `-` and `_`. Where one component refers to
another, the attribute that does so must be there. A SOAP action and an HTTP location hold
no blanks, quotes or control characters.""",
    why="""\
Names are what everything else is found by, and actions and locations become part of a
request's first lines. The finding names the operations that are lost.""",
    example='<wsdl:part type="s:string" />        <wsdl:operation name="Send message">',
    todo="""\
Fetch the document again. If your copy was edited by hand, correct the attribute.""",
)

UNBOUND_PREFIX = Rule(
    "W112",
    Severity.WARNING,
    "a qualified name has a prefix that is not declared",
    wrong="""\
`message="tns:SendIn"` is short for a namespace and a name; `xmlns:tns="..."` on the element
or around it says which namespace. Here nothing does.""",
    why="""\
The name refers to nothing, and what contains it cannot be read. The finding names the
operations that are lost.""",
    example='<wsdl:input message="tsn:SendIn" />',
    todo="""\
Fetch the document again. If your copy was edited by hand, correct the prefix, or declare it
on `wsdl:definitions`.""",
)

MISPLACED = Rule(
    "W107",
    Severity.WARNING,
    "an element is not allowed where it stands",
    wrong="""\
WSDL 1.1 or XML Schema does not know this element here, or allows it once only: a misspelt
name, a missing level, a second `wsdl:input`. Elements of other namespaces are extensions
and are passed over, unless `wsdl:required="true"` says that they must be understood.""",
    why="""\
The meaning of the message, operation or type around it may hang on the element, so it is
not read either. The finding names the operations that are lost.""",
    example='<wsdl:operation name="Send"> <wsdl:inptu message="tns:SendIn" /> ...',
    todo="""\
Fetch the document again. If your copy was edited by hand, correct the name or move the
element.""",
)

BAD_VALUE = Rule(
    "W108",
    Severity.WARNING,
    "an attribute of an XML Schema element has a value that is not allowed",
    wrong="""\
A number, a boolean or a word from a fixed list is expected: `maxOccurs` is a number or
`unbounded`, booleans are `true` and `false`.""",
    why="""\
What the element means is not known, so the message, operation or type around it is not
read. The finding names the operations that are lost.""",
    example='<s:element minOccurs="none" name="userCode" type="s:string" />',
    todo="Fetch the document again, or correct the value in your copy.",
)

RULES = (MISPLACED, BAD_VALUE, UNBOUND_PREFIX, BAD_ATTRIBUTE)

_NCNAME = re.compile(r"[^\W\d][\w.\-\u00b7]*")
_UNPRINTABLE = re.compile(r"[\s\x00-\x20\x7f-\x9f]")


class Origins:
    """The elements that models of xsdata were made of, found by the identity of the model."""

    def __init__(self) -> None:
        self._nodes: dict[int, tuple[object, Node]] = {}  # with the model, so no other gets its id
        self._damaged: dict[int, tuple[Diagnostic, ...]] = {}

    def note(self, model: object, node: Node, damage: tuple[Diagnostic, ...]) -> None:
        """Remember the element of a model, and the findings for parts of it that are left out."""
        self._nodes[id(model)] = (model, node)
        if damage:
            self._damaged[id(model)] = damage

    def find(self, model: object) -> Node | None:
        """Return the element of a model; None for a model that xsdata has added by itself."""
        entry = self._nodes.get(id(model))
        return entry[1] if entry else None

    def __getitem__(self, model: object) -> Node:
        return self._nodes[id(model)][1]

    def intact(self, model: object) -> Node:
        """Return the element of a model; raises `Refused` if a part of it was left out."""
        if id(model) in self._damaged:
            raise Refused(*self._damaged[id(model)])
        return self[model]


def is_skippable(node: Node) -> bool:
    """Say whether an element without a place may be passed over (WSDL 1.1, section 2.1.3).

    That is an extension that is not marked `wsdl:required`.
    """
    required = node.attributes.get(f"{{{WSDL}}}required", "").strip() in ("true", "1")
    return node.namespace not in (WSDL, XSD, "") and not required


def misplaced(node: Node) -> Diagnostic:
    """Return the finding (W107) for an element that has no place where it stands."""
    message = f"the element {quoted(node.local)} has no place here"
    if node.namespace not in (WSDL, XSD):
        where = (
            f"its namespace is {quoted_address(node.namespace)}"
            if node.namespace
            else "no namespace"
        )
        message += f" ({where})"
    return Diagnostic(MISPLACED, node.span, message, IN_YOUR_COPY)


def has_bad_form(node: Node) -> bool:
    """Say whether an `xs:schema` has a bad `elementFormDefault` or `attributeFormDefault`."""
    forms = [node.attributes.get(f"{kind}FormDefault") for kind in ("element", "attribute")]
    return any(
        form is not None and form.strip(" \t\r\n") not in ("qualified", "unqualified")
        for form in forms
    )


def bad_value(node: Node) -> Diagnostic:
    """Return the finding (W108) for an element whose attributes xsdata does not take."""
    values = ", ".join(f'{name}="{value}"' for name, value in node.attributes.items())
    message = (
        f"an attribute of {quoted(node.local)} has a value that is not allowed: {quoted(values)}"
    )
    return Diagnostic(BAD_VALUE, node.span, message, IN_YOUR_COPY)


def name_of(node: Node) -> str:
    """Return the element's `name`, an XML name without a colon; raises `Refused` (W113)."""
    name = attribute(node, "name")
    if _NCNAME.fullmatch(name) is None:
        message = f"{quoted(name)} is not an XML name without colon"
        raise Refused(Diagnostic(BAD_ATTRIBUTE, node.span, message, IN_YOUR_COPY))
    return name


def attribute(node: Node, name: str) -> str:
    """Return a required attribute's value, without blanks around it; raises `Refused` (W113)."""
    value = node.attributes.get(name, "").strip(" \t\r\n")
    if not value:
        message = f"the element {quoted(node.local)} has no attribute {quoted(name)}"
        raise Refused(Diagnostic(BAD_ATTRIBUTE, node.span, message, IN_YOUR_COPY))
    return value


def header_text(node: Node, name: str) -> str:
    """Return the value of an attribute that becomes part of a request's head; empty if missing.

    Raises `Refused` (W113) if it holds blanks, quotes or control characters.
    """
    value = node.attributes.get(name, "")
    if _UNPRINTABLE.search(value) or '"' in value:
        message = f"the attribute {quoted(name)} holds blanks, quotes or control characters"
        raise Refused(Diagnostic(BAD_ATTRIBUTE, node.span, message, IN_YOUR_COPY))
    return value


def reference(node: Node, name: str) -> QName:
    """Return the qualified name that a required attribute holds; raises `Refused`."""
    return resolve(node, attribute(node, name))


def resolve(node: Node, text: str) -> QName:
    """Return the namespace and local name of a name that is written in an element.

    Raises `Refused` (W112) if its prefix is not declared.
    """
    prefix, colon, local = text.rpartition(":")
    namespace = node.namespaces.get(prefix if colon else None)
    if namespace is None and colon:
        message = f"the prefix of {quoted(text)} is not declared"
        raise Refused(Diagnostic(UNBOUND_PREFIX, node.span, message, IN_YOUR_COPY))
    return QName(namespace or "", local)


def documentation(node: Node) -> str:
    """Return the text of the element's documentation, with each line stripped."""
    texts = [child.text() for child in node.children if child.name in DOCUMENTATION]
    lines = "\n".join(texts).strip().split("\n")
    return "\n".join(line.strip() for line in lines)


def place(span: Span) -> str:
    """Return a place as `file:line:column`, for messages that point at a second place."""
    return f"{span.file}:{span.line}:{span.column}"
