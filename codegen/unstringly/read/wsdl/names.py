"""Rules about the names of components: one name twice, and a name that leads to nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unstringly.diagnostics import Diagnostic, Rule, Severity
from unstringly.read.wsdl.elements import place
from unstringly.read.wsdl.findings import IN_YOUR_COPY, quoted

if TYPE_CHECKING:
    from unstringly.diagnostics import Span

DUPLICATE = Rule(
    "W110",
    Severity.WARNING,
    "two components of a kind have the same name",
    wrong="""\
Messages, port types, bindings, ports, operations, parts, elements and types are referred to
by name, and here two have the same. The first is read, the second is left out.""",
    why="""\
A reference would mean either. Operations that differ in their parameters alone cannot be
told apart on the wire, too.""",
    example='<wsdl:message name="SendIn"> ... <wsdl:message name="SendIn">',
    todo="""\
Nothing, if the first is the one you need. Otherwise fetch the document again, or take the
other one out of your copy.""",
)

UNRESOLVED = Rule(
    "W111",
    Severity.WARNING,
    "a reference leads to nothing",
    wrong="""\
The message, port type, binding, element or type that is referred to is not declared,
neither in the WSDL nor in the files that it imports. Often an import is missing, the prefix
stands for another namespace than the declaration's `targetNamespace`, or the name is
misspelt.""",
    why="""\
What contains the reference cannot be read. The finding names the operations that are lost.""",
    example='<wsdl:input message="tns:SendIm" />',
    todo="""\
Save what the WSDL imports beside it, or fetch the WSDL again. If your copy was edited by
hand, correct the name or its prefix.""",
)

RULES = (DUPLICATE, UNRESOLVED)

NOT_THERE = "Save what the WSDL imports beside it, or fetch the WSDL again."
"""Advice about a name that leads to nothing, and is like no other one."""

MOST_COMPARED = 1000
"""Names that are compared with an unknown one."""


def duplicate(kind: str, name: str, span: Span, first: Span) -> Diagnostic:
    """Return the finding (W110) for a second component of the same kind and name."""
    message = f"there is another {kind} {quoted(name)} at {place(first)}; this one is left out"
    advice = "A client cannot tell the two apart." if kind == "operation" else IN_YOUR_COPY
    return Diagnostic(DUPLICATE, span, message, advice)
