"""How the readers of a WSDL say that a part of it cannot be generated.

A function that reads one part returns its value or raises `Refused`; whoever reads several
of them decides what follows: `gather` wants all or nothing, `keep` goes on with the rest.
Either way every part is looked at, so that all problems are reported at once.
"""

from collections.abc import Callable, Iterable
from typing import TypeVar

from unstringly.diagnostics import Diagnostic
from unstringly.spellings import closest

A = TypeVar("A")
B = TypeVar("B")

_LONGEST_QUOTE = 80


class Refused(Exception):
    """A part cannot be read; no findings means that they have been reported already."""

    def __init__(self, *findings: Diagnostic) -> None:
        super().__init__(*(finding.message for finding in findings))
        self.findings = findings


def gather(items: Iterable[A], read: Callable[[A], B]) -> tuple[B, ...]:
    """Read every item, or raise one `Refused` with the findings of all that were refused."""
    refusals: list[Refused] = []
    values: list[B] = []
    for item in items:
        try:
            values.append(read(item))
        except Refused as refusal:
            refusals.append(refusal)
    if refusals:
        raise Refused(*(finding for refusal in refusals for finding in refusal.findings))
    return tuple(values)


def both(first: Callable[[], A], second: Callable[[], B]) -> tuple[A, B]:
    """Read two things, or raise one `Refused` with the findings of whichever were refused."""
    try:
        one = first()
    except Refused as refusal:
        _, more = keep((second,), lambda read: read())
        raise Refused(*refusal.findings, *more) from None
    return one, second()


def keep(
    items: Iterable[A], read: Callable[[A], B]
) -> tuple[tuple[B, ...], tuple[Diagnostic, ...]]:
    """The items that could be read, and the findings of those that are left out."""
    values: list[B] = []
    findings: list[Diagnostic] = []
    for item in items:
        try:
            values.append(read(item))
        except Refused as refusal:
            findings.extend(refusal.findings)
    return tuple(values), tuple(findings)


def quoted(text: str) -> str:
    """A text out of the document, fit for one line of a message: escaped and not too long."""
    shown = text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"
    return "`" + "".join(c if c.isprintable() else ascii(c)[1:-1] for c in shown) + "`"


def suggestion(wrong: str, known: Iterable[str]) -> str:
    """A sentence such as "Did you mean `x`? ", or nothing."""
    close = closest(wrong, known)
    return "" if close is None else f"Did you mean {quoted(close)}? "
