# Copied by unstringly 0.1.0. Do not edit.
"""Damage to the text of a result, for tests of programs that meet such a text."""

from collections.abc import Callable
from typing import cast

from ..errors.exceptions import MalformedResponse
from ..text.parsed import Parsed, RecordPiece, Span


def damaged(text: str, parse: Callable[[str], object]) -> str | None:
    """Return the text without a part of its middle record, or a text that is no result.

    The latter is for texts without records. Returns None if the parser takes any text.
    """
    lost = end_to_lose(text, parse)
    if lost.start < lost.end:
        return text[: lost.start] + text[lost.end :]
    for candidate in (text[: len(text) // 2], f"{text}?", "?", "", "0", "x"):
        try:
            result = parse(candidate)
        except MalformedResponse:
            return candidate
        if isinstance(result, Parsed) and cast("Parsed[object]", result).malformed:
            return candidate
    return None


def end_to_lose(text: str, parse: Callable[[str], object]) -> Span:
    """Return an end of the middle record without which it is malformed, and all others stay.

    It is about half of the record, and empty where there is none, as in a text without records.
    """
    try:
        result = parse(text)
    except MalformedResponse:
        return Span(0, 0)
    if not isinstance(result, Parsed):
        return Span(0, 0)
    records = cast("Parsed[object]", result)  # a narrowed generic has unknown arguments
    pieces = [piece for piece in records.pieces() if isinstance(piece, RecordPiece)]
    middle = len(pieces) // 2
    others = [piece.record for at, piece in enumerate(pieces) if at != middle]
    start, end = pieces[middle].span if pieces else Span(0, 0)
    half = (start + end) // 2
    for cut in (*range(half, end), *range(half - 1, start, -1)):
        shortened = parse(text[:cut] + text[end:])
        if isinstance(shortened, Parsed):
            page = cast("Parsed[object]", shortened)
            if list(page) == others and len(page.malformed) == len(records.malformed) + 1:
                return Span(cut, end)
    return Span(0, 0)
