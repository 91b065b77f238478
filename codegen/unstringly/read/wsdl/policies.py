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
documents that were read has it. Or policies name each other without end, or so often that together
they are too large.""",
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
_MOST_ASSERTIONS = 1_000_000
"""Assertions that are looked at in all, counted wherever a policy that is named has them."""

_POLICY = frozenset(f"{{{namespace}}}Policy" for namespace in WSP)
_REFERENCE = frozenset(f"{{{namespace}}}PolicyReference" for namespace in WSP)
_ATTACHED = _POLICY | _REFERENCE
_ALL = frozenset(f"{{{namespace}}}{local}" for namespace in WSP for local in ("Policy", "All"))
_ONE = frozenset(f"{{{namespace}}}ExactlyOne" for namespace in WSP)
_YES = ("true", "1")


class Policies:
    """The policies of some documents. `is_kept` says whether clients keep an assertion."""

    def __init__(self, roots: Iterable[Node], is_kept: Callable[[Node], bool]) -> None:
        self._is_kept = is_kept
        self._by_id: dict[tuple[str, str], Node] = {}
        self._known: dict[int, tuple[Node, ...]] = {}
        self._kept: dict[int, bool] = {}
        self._left = _MOST_ASSERTIONS
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
        attached = [self.within(child) for child in node.children if child.name in _ATTACHED]
        for namespace in WSP:
            uris = node.attributes.get(f"{{{namespace}}}PolicyURIs", "").split()
            attached += [self._referred(node, uri) for uri in uris]
        return self._together(node, attached)

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
            every = {id(own): own for own in map(self.within, node.children)}
            return min(every.values(), key=self._cost, default=())
        if node.name not in _ALL:
            return (node,) if _counts(node) else ()
        if id(node) not in self._known:
            self._open.add(id(node))
            inner = [self.within(child) for child in node.children]
            self._open.discard(id(node))
            self._known[id(node)] = self._together(node, inner)
        return self._known[id(node)]

    def nested(self, assertion: Node) -> Iterator[Node]:
        """Yield the assertions of the policy within an assertion."""
        for child in assertion.children:
            if child.name in _POLICY:
                inner = self.within(child)
                if self._may_look_at(child, len(inner)):
                    yield from inner

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

    def _together(self, node: Node, rows: list[tuple[Node, ...]]) -> tuple[Node, ...]:
        """Return the assertions of some policies in an element, each once.

        A policy that is named several times is looked at once; if it is the only one, the result is
        its own row.
        """
        different = {id(row): row for row in rows if row}
        if len(different) == 1:
            return next(iter(different.values()))
        if not self._may_look_at(node, sum(map(len, different.values()))):
            return ()
        return tuple({id(own): own for row in different.values() for own in row}.values())

    def _may_look_at(self, node: Node, count: int) -> bool:
        """Say whether so many assertions may be looked at; report the first time they may not."""
        was_left, self._left = self._left, self._left - count
        if self._left < 0 <= was_left:
            self._report(node, "policies are too large together")
        return self._left >= 0

    def _cost(self, assertions: tuple[Node, ...]) -> int:
        return sum(not self._keeps(own) for own in assertions)

    def _keeps(self, assertion: Node) -> bool:
        if id(assertion) not in self._kept:
            self._kept[id(assertion)] = self._is_kept(assertion)
        return self._kept[id(assertion)]


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
