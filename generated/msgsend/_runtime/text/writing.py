# Copied by unstringly 0.1.0. Do not edit.
"""Writing of lists: the functions that every generated list formatter shares."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from ..errors.exceptions import Unwritable
from .forms import check_trimmed, wrong_type
from .parsed import Parsed

T = TypeVar("T")


def write_list(
    values: Iterable[T], write: Callable[[T], str], separator: str, *, trailing: bool
) -> str:
    """Write the items between separators, with one after the last if `trailing`.

    Raises Unwritable, naming the item by its index, if one cannot be written, and for a Parsed
    that holds malformed pieces: they would be lost.
    """
    if isinstance(values, Parsed) and values.malformed:
        piece = values.malformed[0]
        raise Unwritable("malformed[0]", piece.raw, "is a malformed piece, which is not written")
    texts: list[str] = []
    for index, value in enumerate(_iterated(values)):
        try:
            texts.append(write(value))
        except Unwritable as problem:
            raise problem.inside(f"[{index}]") from None
    text = separator.join(texts)
    return text + separator if trailing and texts else text


def _iterated(values: Iterable[T]) -> Iterator[T]:
    """Return an iterator over the values. Raises Unwritable for a text, or no iterable."""
    try:
        if not isinstance(values, str):
            return iter(values)
    except TypeError:
        pass
    raise wrong_type("", values, "an iterable of records")


def write_inside(
    field: str, write: Callable[[T], str], value: T, nils: tuple[str, ...] = ()
) -> str:
    """Write the text of a field that is a record or a list itself; problems name the way to it.

    Raises Unwritable for a value whose text is one of `nils`, which mean None in this field.
    """
    try:
        text = write(value)
    except Unwritable as problem:
        raise problem.inside(field) from None
    if text in nils:
        raise Unwritable(field, text, "is a spelling of None here")
    return text


def write_in_padding(
    field: str, write: Callable[[T], str], value: T, nils: tuple[str, ...] = ()
) -> str:
    """As `write_inside`, for a padded field: its text neither begins nor ends with padding.

    Raises Unwritable for a value whose text does: that padding would be read as the field's.
    """
    text = write_inside(field, write, value, nils)
    check_trimmed(field, text)
    return text
