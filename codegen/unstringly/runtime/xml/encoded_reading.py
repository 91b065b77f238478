"""Messages of SOAP's encoding to values, by tables (SOAP 1.1, sections 5 and 7).

As `reading`, but for what senders may do here:

- a value may stand elsewhere; it is read once for each type that refers to it, and is then one
  object in all places. What contains itself is refused, and so is what would be enormous if each
  place had a value of its own, since comparing and showing it takes as long as that;
- members have their name, or the same local name; those of an array, and of any type with one
  repeated element alone, may have any name;
- a member that may be nil may be absent, and is None then (section 5.1, rule 9);
- `xsi:type` counts where it tells a type that is derived from the declared one;
- the result is the first member of a response that has no name of the table, if none has its own.
"""

from typing import Any, Final, NamedTuple

from ..wire.xml_events import Refused
from .building import Unfit
from .encoded_tree import ENC, Node, tree_of
from .encoded_values import Decoder
from .plans import Entry, root_plan
from .reading import Reading, Unreadable
from .tables import Element

_ROOT: Final = f"{ENC} root"
_BLANKS: Final = " \t\r\n"


class EncodedBody(NamedTuple):
    """The value in the body of an envelope, or None in a body that has a fault."""

    value: Any  # Any: of the type that the table describes
    is_fault: bool = False
    skipped: int = 0


def read_encoded(element: Element, text: str) -> Reading:
    """Return the value of a document with this element at its root. Raises Unreadable."""
    tree = tree_of(text)
    decoder = Decoder(tree)
    with _Places(decoder):
        plan = root_plan(element)
        entry = plan.opened()[element.name]
        if tree.root.local != entry.local:
            raise Unfit(f"it lacks the element {entry.local}")
        return Reading(decoder.root(plan, entry, tree.root), decoder.skipped)


def read_body(
    soap: str, element: Element | None, text: str, *, is_response: bool = False
) -> EncodedBody:
    """Return what is in the body of an envelope. Raises Unreadable.

    `soap` is the namespace of the envelope. The value is None without an element, of which the name
    is one of several things that tell which child of the body it is. In a response the result may
    have any name.
    """
    tree = tree_of(text)
    decoder = Decoder(tree)
    with _Places(decoder):
        body = _body(tree.root, soap)
        decoder.path += ["Envelope", "Body"]
        if any(child.name == f"{soap} Fault" for child in body.children):
            return EncodedBody(None, is_fault=True)
        if element is None:
            return EncodedBody(None)
        plan = root_plan(element)
        entry = plan.opened()[element.name]
        node = _root(body, entry, element)
        value = decoder.root(plan, entry, node, is_response=is_response)
        return EncodedBody(value, skipped=decoder.skipped)


def _body(root: Node, soap: str) -> Node:
    if root.name != f"{soap} Envelope":
        raise Unfit("it lacks the element Envelope")
    bodies = [child for child in root.children if child.name == f"{soap} Body"]
    if len(bodies) != 1:
        raise Unfit("it lacks the element Body" if not bodies else "there is more than one Body")
    return bodies[0]


def _root(body: Node, entry: Entry, element: Element) -> Node:
    """Return the child of a body that is the message, and none of the values that it refers to."""
    roots = [child for child in body.children if not _is_no_root(child)]
    for node in roots:
        if node.name == element.name:
            return node
    for node in roots:
        if node.local == entry.local:
            return node
    for node in [*(node for node in roots if not node.has_id), *roots]:
        return node
    raise Unfit(f"it lacks the element {entry.local}")


def _is_no_root(node: Node) -> bool:
    return node.attributes.get(_ROOT, "").strip(_BLANKS) in ("0", "false")


class _Places:
    """Turns what does not fit into Unreadable, with the place that a decoder has come to."""

    def __init__(self, decoder: Decoder) -> None:
        self._decoder = decoder

    def __enter__(self) -> None:
        pass

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if isinstance(error, RecursionError):  # little of the stack was left
            raise Unreadable("is nested too deeply") from None
        if isinstance(error, Refused):
            raise Unreadable(str(error)) from None
        if isinstance(error, ValueError):
            raise Unreadable(str(error), "/".join(self._decoder.path)) from None
