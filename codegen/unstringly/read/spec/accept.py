"""Reader of `accept`: findings that the author of a spec knows and lives with."""

from unstringly.diagnostics import Diagnostic
from unstringly.model.spec import Acceptance
from unstringly.read.spec.cursor import Cursor
from unstringly.read.spec.nodes import Node, Scalar

ACCEPT_KEYS = ("codes", "reason")


def read_acceptance(name: Scalar, node: Node, findings: list[Diagnostic]) -> Acceptance | None:
    """Return the codes acknowledged for one name, with the reason; None if there are errors."""
    cursor = Cursor(node, ACCEPT_KEYS, "an acknowledgement", name.span, findings)
    for key in ACCEPT_KEYS:
        cursor.require(key)
    codes = tuple(scalar.text for scalar in cursor.texts("codes"))
    reason = cursor.filled("reason")
    return None if cursor.failed else Acceptance(codes, reason, name.span)
