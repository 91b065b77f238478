"""Reader of `accept`: findings that the author of a spec knows and lives with."""

from unstringly.diagnostics import Diagnostic
from unstringly.model.spec import Acceptance
from unstringly.read.spec.cursor import Cursor
from unstringly.read.spec.keys import ACCEPTANCE
from unstringly.read.spec.nodes import Node, Scalar


def read_acceptance(name: Scalar, node: Node, findings: list[Diagnostic]) -> Acceptance | None:
    """Return the codes acknowledged for one name, with the reason; None if there are errors."""
    cursor = Cursor(node, ACCEPTANCE.names, ACCEPTANCE.called, name.span, findings)
    for key in ACCEPTANCE.required:
        cursor.require(key)
    codes = tuple(scalar.text for scalar in cursor.texts("codes"))
    reason = cursor.filled("reason")
    return None if cursor.failed else Acceptance(codes, reason, name.span)
