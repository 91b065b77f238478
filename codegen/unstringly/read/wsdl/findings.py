"""Refusal of parts of a WSDL that cannot be generated.

A function that reads one part returns its value or raises `Refused`. Its caller, which reads
several parts, chooses: `gather` needs all of them, `keep` goes on with the rest. Either way
every part is looked at, so that all problems are reported at once.
"""

from collections.abc import Callable, Iterable
from itertools import accumulate, takewhile
from typing import TypeVar

from msgspec.structs import replace

from unstringly.diagnostics import Diagnostic, Loss
from unstringly.nearest import did_you_mean

A = TypeVar("A")
B = TypeVar("B")

IN_YOUR_COPY = "Fetch the document again, or correct your copy of it."

_LONGEST_NAME = 80
_LONGEST_ADDRESS = 200


class Refused(Exception):
    """A part of a WSDL cannot be read; `findings` say why."""

    def __init__(self, *findings: Diagnostic) -> None:
        super().__init__(*(finding.message for finding in findings))
        self.findings = findings

    def losing(self, losses: Iterable[Loss]) -> tuple[Diagnostic, ...]:
        """Return the findings, each with the operations that are lost because of it."""
        added = tuple(losses)
        return tuple(replace(finding, lost=(*finding.lost, *added)) for finding in self.findings)


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
    """Read two things, or raise one `Refused` with the findings of both."""
    try:
        value = first()
    except Refused as refusal:
        _, findings = keep((second,), lambda read: read())
        raise Refused(*refusal.findings, *findings) from None
    return value, second()


def keep(
    items: Iterable[A], read: Callable[[A], B]
) -> tuple[tuple[B, ...], tuple[Diagnostic, ...]]:
    """Return the values of the items that can be read, and the findings for all others."""
    values: list[B] = []
    findings: list[Diagnostic] = []
    for item in items:
        try:
            values.append(read(item))
        except Refused as refusal:
            findings.extend(refusal.findings)
    return tuple(values), tuple(findings)


def quoted(text: str) -> str:
    """Return a text of the document in backticks: escaped, and cut to 80 characters."""
    return _quoted(text, _LONGEST_NAME)


def quoted_address(text: str) -> str:
    """Return an address or namespace as `quoted` does, cut to 200 characters: they differ late."""
    return _quoted(text, _LONGEST_ADDRESS)


def _quoted(text: str, longest: int) -> str:
    """Return a text in backticks, cut in its middle: names and addresses differ at their ends."""
    if len(text) <= longest:
        escaped = "".join(_escaped(text))
        if len(escaped) <= longest:
            return f"`{escaped}`"
    half = longest // 2
    first = _fitting(_escaped(text[:half]), half)
    last = _fitting(_escaped(text[-half:])[::-1], half)
    return f"`{''.join(first)}…{''.join(last[::-1])}`"


def _escaped(text: str) -> list[str]:
    return [c if c.isprintable() else ascii(c)[1:-1] for c in text]


def _fitting(pieces: list[str], room: int) -> list[str]:
    """Return the first pieces that together have fewer than `room` characters."""
    lengths = takewhile(lambda length: length < room, accumulate(map(len, pieces)))
    return pieces[: len(list(lengths))]


def suggestion(wrong: str, known: Iterable[str]) -> str:
    """Return a sentence such as "Did you mean `x`?", or the empty text.

    Names in one document are made of the same words, so many are alike. A name is suggested only
    if a slip of the hand can turn it into the wrong one.
    """
    question = did_you_mean(wrong, known, quoted, only_slips=True)
    return question[:1].upper() + question[1:]
