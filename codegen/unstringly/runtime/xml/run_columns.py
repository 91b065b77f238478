"""Columns: the texts of one element in many records, and the values that are made of them at once.

A pattern (`run_pattern`) has groups; all texts of a group are a column. A node says which columns
belong to it and what it makes of them: one value for each record.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, islice, repeat
from typing import Final, NamedTuple, TypeAlias, assert_never

from .leaves import ReadAll

Texts: TypeAlias = Sequence[str]

_LONGEST_OF_PRESENT: Final = 3
"""The marks of elements that are there are `>`, `/>`, ` />` and `"`; that of nil is longer."""

_BETWEEN: Final = "\0"
"""A character that XML lacks, and that no text of a column has."""


class Columns(NamedTuple):
    """Columns that are yet to be taken, with as many texts in each as their height says.

    `has_references` says that `&lt;` and its like may stand in them.
    """

    left: Iterator[Texts]
    height: int
    has_references: bool


@dataclass(frozen=True, slots=True, eq=False)
class LeafNode:
    """A text. `read_all` reads many plain ones at once.

    One that `is_marked` may be absent, or nil: it has a column of marks before that of texts, where
    an empty mark means that it is absent.
    """

    read: Callable[[str], object]
    read_all: ReadAll[object] | None
    is_marked: bool = False
    missing: object = None


@dataclass(frozen=True, slots=True, eq=False)
class ListNode:
    """Items that follow each other. Its column has their XML, in which `find` finds their texts.

    `number` counts the items in a text of the column.
    """

    item: "Node"
    find: Callable[[str], list[tuple[str, ...]]]
    number: Callable[[str], int]
    missing: object


@dataclass(frozen=True, slots=True, eq=False)
class RecordNode:
    """A record of a class, or the value of the only slot if there is no class.

    `constants` are the values of slots that no pattern is made for. One that `is_marked` may be
    absent, or nil: it has a column of marks before its own, whose number is `width`.
    """

    cls: type[object] | None
    parts: tuple[tuple[str, "Node"], ...]
    constants: tuple[tuple[str, object], ...]
    width: int
    is_marked: bool = False
    missing: object = None


Node: TypeAlias = LeafNode | ListNode | RecordNode


def values_of(node: Node, columns: Columns) -> Sequence[object]:
    """Return the values of a node in all records. Raises ValueError as reading one by one does."""
    match node:
        case LeafNode():
            return _marked_texts(node, columns) if node.is_marked else _texts(node, columns)
        case ListNode():
            return _lists(node, columns)
        case RecordNode():
            return _marked_records(node, columns) if node.is_marked else _records(node, columns)
        case _ as never:
            assert_never(never)


def _texts(node: LeafNode, columns: Columns) -> Sequence[object]:
    return _read(node, next(columns.left), columns.has_references)


def _read(node: LeafNode, texts: Texts, has_references: bool) -> Sequence[object]:
    if has_references and texts:
        joined = _BETWEEN.join(texts)
        if "&" in joined:
            texts = without_references(joined).split(_BETWEEN)
    values = None if node.read_all is None else node.read_all(texts)
    return list(map(node.read, texts)) if values is None else values


def _marked_texts(node: LeafNode, columns: Columns) -> Sequence[object]:
    marks, texts = next(columns.left), next(columns.left)
    if marks.count(">") + marks.count('"') == len(marks):
        return _read(node, texts, columns.has_references)
    present = [0 < len(mark) <= _LONGEST_OF_PRESENT for mark in marks]
    values = iter(_read(node, list(compress(texts, present)), columns.has_references))
    missing = node.missing
    return [
        next(values) if is_there else None if mark else missing
        for mark, is_there in zip(marks, present, strict=True)
    ]


def _lists(node: ListNode, columns: Columns) -> Sequence[object]:
    texts = next(columns.left)
    rows = node.find("".join(texts))
    inner = Columns(iter(list(zip(*rows, strict=True))), len(rows), columns.has_references)
    values = iter(values_of(node.item, inner)) if rows else iter(())
    missing, number = node.missing, node.number
    return [tuple(islice(values, number(text))) if text else missing for text in texts]


def _marked_records(node: RecordNode, columns: Columns) -> Sequence[object]:
    marks = next(columns.left)
    count = sum(map(bool, marks))
    own = islice(columns.left, node.width)
    if count == len(marks):
        return _records(node, columns._replace(left=own))
    present = iter([list(compress(texts, marks)) for texts in own])
    values = iter(_records(node, Columns(present, count, columns.has_references)))
    return [next(values) if mark else node.missing for mark in marks]


def _records(node: RecordNode, columns: Columns) -> Sequence[object]:
    parts = [(slot, values_of(part, columns)) for slot, part in node.parts]
    if node.cls is None:
        return parts[0][1] if parts else [node.constants[0][1]] * columns.height
    new: Callable[[type[object]], object] = object.__new__
    records = list(map(new, repeat(node.cls, columns.height)))
    for slot, values in parts:
        deque(map(_setter(node.cls, slot), records, values), 0)
    for slot, value in node.constants:
        deque(map(_setter(node.cls, slot), records, repeat(value)), 0)
    return records


def _setter(cls: type[object], slot: str) -> Callable[[object, object], None]:
    """Return the function that sets a slot, though records are frozen."""
    setter: Callable[[object, object], None] = vars(cls)[slot].__set__
    return setter


def without_references(text: str) -> str:
    """Return a text with the characters that XML's own five entities stand for."""
    text = text.replace("&lt;", "<").replace("&gt;", ">")
    return text.replace("&quot;", '"').replace("&apos;", "'").replace("&amp;", "&")
