"""Policies (WS-Policy) and where they are attached: inside elements of WSDL, or by reference.

Of the alternatives that a policy offers, one is taken: that with the fewest assertions which are
not kept, and the first of these. Namespaces are those of all versions of WS-Policy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from unstringly.diagnostics import Diagnostic, Rule, Severity
from unstringly.read.wsdl.findings import quoted_address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from unstringly.read.wsdl.xml import Node

NO_POLICY = Rule(
    "W135",
    Severity.WARNING,
    "a policy that is named is not there",
    wrong="""\
A `wsp:PolicyReference` names a policy by its `wsu:Id`, as in `URI="#secure"`, and none of the
documents that were read has it. Or policies name each other without end.""",
    why="""\
It is not known what the policy asks for, such as credentials, so clients do nothing for it. The
operations are generated all the same.""",
    example='<wsp:PolicyReference URI="#secure" />      and no <wsp:Policy wsu:Id="secure">',
    todo="""\
Fetch the document again, or correct the reference in your copy. If the service wants a user name
and a password, name the way with `credentials` in the grammar.""",
)

RULES = (NO_POLICY,)

WSP = (
    "http://www.w3.org/ns/ws-policy",
    "http://www.w3.org/2006/07/ws-policy",
    "http://schemas.xmlsoap.org/ws/2004/09/policy",
    "http://schemas.xmlsoap.org/ws/2002/12/policy",
)
_DEEPEST = 60
_POLICY = frozenset(f"{{{namespace}}}Policy" for namespace in WSP)
_REFERENCE = frozenset(f"{{{namespace}}}PolicyReference" for namespace in WSP)
_ALL = frozenset(f"{{{namespace}}}{local}" for namespace in WSP for local in ("Policy", "All"))
_ONE = frozenset(f"{{{namespace}}}ExactlyOne" for namespace in WSP)
_YES = ("true", "1")


class Policies:
    """The policies of some documents. `is_kept` says whether clients keep an assertion."""

    def __init__(self, roots: Iterable[Node], is_kept: Callable[[Node], bool]) -> None:
        self._is_kept = is_kept
        self._by_id: dict[tuple[str, str], Node] = {}
        self._known: dict[int, tuple[Node, ...]] = {}
        self._open: set[int] = set()
        self._depth = 0
        self.findings: list[Diagnostic] = []
        for root in roots:
            for policy in _policies_in(root):
                for name in _ids(policy):
                    self._by_id.setdefault((policy.span.file, name), policy)
                    self._by_id.setdefault(("", name), policy)

    def attached(self, node: Node) -> tuple[Node, ...]:
        """Return the assertions of the policies that are attached to an element, each once."""
        attached = [child for child in node.children if child.name in _POLICY | _REFERENCE]
        assertions = [own for policy in attached for own in self.within(policy)]
        for namespace in WSP:
            for uri in node.attributes.get(f"{{{namespace}}}PolicyURIs", "").split():
                assertions += self._referred(node, uri)
        return _once(assertions)

    def within(self, node: Node) -> tuple[Node, ...]:
        """Return the assertions of a policy, a group of them, or a reference, each once."""
        if self._depth > _DEEPEST:
            self._report(node, "policies are nested too deeply")
            return ()
        self._depth += 1
        try:
            return self._within(node)
        finally:
            self._depth -= 1

    def _within(self, node: Node) -> tuple[Node, ...]:
        if node.name in _REFERENCE:
            return self._referred(node, node.attributes.get("URI", "").strip())
        if node.name in _ONE:
            return min(map(self.within, node.children), key=self._cost, default=())
        if node.name not in _ALL:
            return (node,) if _counts(node) else ()
        if id(node) not in self._known:
            self._open.add(id(node))
            inner = [own for child in node.children for own in self.within(child)]
            self._open.discard(id(node))
            self._known[id(node)] = _once(inner)
        return self._known[id(node)]

    def nested(self, assertion: Node) -> Iterator[Node]:
        """Yield the assertions of the policy within an assertion."""
        for child in assertion.children:
            if child.name in _POLICY:
                yield from self.within(child)

    def _referred(self, node: Node, uri: str) -> tuple[Node, ...]:
        policy = self._by_id.get((node.span.file, uri.removeprefix("#")))
        policy = policy or self._by_id.get(("", uri.removeprefix("#")))
        if policy is None:
            self._report(node, f"there is no policy {quoted_address(uri)}")
            return ()
        if id(policy) in self._open:
            self._report(node, f"the policy {quoted_address(uri)} contains itself")
            return ()
        return self.within(policy)

    def _report(self, node: Node, message: str) -> None:
        advice = "If it asks for credentials, name them with `credentials` in the grammar."
        self.findings.append(Diagnostic(NO_POLICY, node.span, message, advice))

    def _cost(self, assertions: tuple[Node, ...]) -> int:
        return sum(not self._is_kept(own) for own in assertions)


def _counts(assertion: Node) -> bool:
    """Say whether an assertion must be kept: it is no optional one, and cannot be ignored."""
    marks = {
        local
        for namespace, _, local in (
            name.rpartition("}") for name, value in assertion.attributes.items() if value in _YES
        )
        if namespace.removeprefix("{") in WSP
    }
    return marks.isdisjoint(("Ignorable", "Optional"))


def _policies_in(root: Node) -> Iterator[Node]:
    """Yield all policies below an element, in the order of the document."""
    left = [root]
    while left:
        node = left.pop()
        if node.name in _POLICY:
            yield node
        left.extend(reversed(node.children))


def _ids(policy: Node) -> Iterator[str]:
    """Yield the names of a policy: its `wsu:Id`, `xml:id` or `Name`."""
    for name, value in policy.attributes.items():
        if name.rpartition("}")[2] in ("Id", "id", "Name"):
            yield value.strip()


def _once(nodes: Iterable[Node]) -> tuple[Node, ...]:
    return tuple({id(node): node for node in nodes}.values())
