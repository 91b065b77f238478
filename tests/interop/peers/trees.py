"""Values as trees that programs in other languages can read, and whether theirs mean the same.

A tree is a leaf, `Items` or `Parts`; `sent` makes JSON of it:

    {"kind": "int", "text": "5", "data": base64 of bytes}
    {"items": [TREE, …]}                      an array of SOAP's encoding
    {"parts": [{"name": …, "values": [TREE, …], "several": …, "attribute": …}, …],
     "type": [NAMESPACE, LOCAL], "content": LEAF}

`type` is there where `xsi:type` has to tell it, `content` for a text beside attributes. What comes
back is JSON, too: `{"data": base64 of a text}`, `{"number": …}`, true, false, null, `{"items":
[…]}`, and `{"parts": {NAME: …}}`, in which the text beside attributes is called `_`.

Any: the tables and values are those of a package that was just generated.
"""

import base64
from collections.abc import Iterator, Mapping
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from typing import Any, Final, NamedTuple, TypeAlias, cast

CONTENT: Final = "_"


class Leaf(NamedTuple):
    """A value that is a text on the wire."""

    value: object
    text: str


class Items(NamedTuple):
    """An array of SOAP's encoding, whose items have no names that count."""

    items: tuple["Tree", ...]


class Part(NamedTuple):
    """All values of one name in a structure; `several` if there may be more than one."""

    name: str
    values: tuple["Tree", ...]
    several: bool
    attribute: bool = False


class Parts(NamedTuple):
    """A structure: its type if it must be told, what is in it, and the text beside attributes."""

    type: tuple[str, str] | None
    parts: tuple[Part, ...]
    content: Leaf | None = None


Tree: TypeAlias = Leaf | Items | Parts


class CannotTell(Exception):
    """A value has something in it that trees do not have: any element, or a value of any type."""


class Trees:
    """Makes trees of the values of a package, by its tables; `is_encoded` for SOAP's encoding."""

    def __init__(self, tables: Any, *, is_encoded: bool) -> None:
        self._tables = tables
        self._is_encoded = is_encoded

    def of(self, kind: Any, value: Any) -> Tree:
        """Return the tree of a value of a type. Raises CannotTell."""
        tables = self._tables
        match kind:
            case tables.Shape():
                return self._of_shape(kind, value)
            case tables.Whole() | tables.AnyType() | tables.ScopedLeaf():
                raise CannotTell
            case _:
                return Leaf(value, kind.write(value))

    def _of_shape(self, shape: Any, value: Any) -> Tree:
        content = shape.content()
        if shape.cls is None:
            (particle,) = content.particles
            parts = tuple(self._of_particle(particle, value))
            if shape.is_array and self._is_encoded:
                return Items(tuple(tree for part in parts for tree in part.values))
            return Parts(None, parts)
        known = shape
        if type(value) is not shape.cls:
            known = next(own for own in content.derived.values() if own.cls is type(value))
            content = known.content()
        parts = tuple(self._of_particles(content.particles, value))
        for own in content.attributes:
            one = getattr(value, own.slot)
            if one is not None:
                parts += (Part(_local(own), (self.of(own.type, one),), False, True),)
        text = None
        if content.text is not None:
            text = cast("Leaf", self.of(content.text.type, getattr(value, content.text.slot)))
        namespace, _, local = known.name.rpartition(" ")
        return Parts((namespace, local) if known is not shape else None, parts, text)

    def _of_particles(self, particles: Any, value: Any) -> Iterator[Part]:
        for own in particles:
            yield from self._of_particle(own, getattr(value, own.slot))

    def _of_particle(self, particle: Any, value: Any) -> Iterator[Part]:
        tables = self._tables
        several: Any = value if particle.most != 1 else (value,)
        values: list[Any] = [one for one in several or () if one is not None]
        if not values:
            return
        match particle:
            case tables.Element():
                trees = tuple(self.of(particle.type, one) for one in values)
                yield Part(_local(particle), trees, particle.most != 1)
            case tables.Choice():
                if len(values) > 1:
                    raise CannotTell  # the order of branches has no place in a tree
                branch = next(own for own in particle.branches if own.cls is type(values[0]))
                yield from self._of_particles(branch.particles, values[0])
            case _:
                raise CannotTell


def _local(named: Any) -> str:
    local: str = named.name.rpartition(" ")[2]
    return local


def sent(tree: Tree | None) -> Any:
    """Return a tree as JSON."""
    match tree:
        case None:
            return None
        case Leaf(value=value, text=text):
            kinds: dict[type, str] = {bool: "bool", int: "int", float: "float", bytes: "bytes"}
            kind = kinds.get(type(value), "text")
            data = base64.b64encode(value).decode() if isinstance(value, bytes) else ""
            return {"kind": kind, "text": text, "data": data}
        case Items(items=items):
            return {"items": [sent(one) for one in items]}
        case Parts(type=type_, parts=parts, content=content):
            own = [
                {**part._asdict(), "values": [sent(one) for one in part.values]} for part in parts
            ]
            told = {"type": list(type_)} if type_ else {}
            return {"parts": own, **told, **({"content": sent(content)} if content else {})}


def difference(ours: Tree | None, theirs: Any, path: str = "") -> str:
    """Return where a tree and what a program told differ, and how; empty if nowhere.

    Empty structures, empty arrays, empty texts and what is absent are one for these programs.
    """
    told = f"{path}: {ours!r} and {theirs!r}"
    match ours:
        case None:
            return "" if _is_empty(theirs) else told
        case Leaf():
            return "" if _is_same(ours, theirs) else told
        case Items(items=items):
            if isinstance(theirs, Mapping) and cast("Any", theirs).get("parts", {}).keys() == {
                "item"
            }:
                theirs = cast("Any", theirs)["parts"]["item"]
            return _of_several(items, _several(theirs), path)
        case Parts(parts=parts, content=content):
            if _is_empty(theirs):
                return "" if _says_nothing(ours) else told
            if not isinstance(theirs, Mapping) or "parts" not in theirs:
                alone = content is not None and not parts
                return difference(content, theirs, path) if alone else told
            names: dict[str, Any] = dict(cast("Any", theirs)["parts"])
            if content is not None and (other := difference(content, names.pop(CONTENT, None))):
                return f"{path}{other}"
            values = {part.name: part.values for part in parts}
            for name in values.keys() | names.keys():
                of_theirs = _several(names.get(name))
                if other := _of_several(values.get(name, ()), of_theirs, f"{path}/{name}"):
                    return other
            return ""


def _of_several(ours: tuple[Tree, ...], theirs: list[Any], path: str) -> str:
    some = [one for one in ours if not _says_nothing(one)]
    others = [one for one in theirs if not _is_empty(one)]
    if len(some) != len(others):
        return f"{path}: {ours!r} and {theirs!r}"
    pairs = zip(some, others, strict=True)
    return next((other for one, two in pairs if (other := difference(one, two, path))), "")


def _says_nothing(tree: Tree) -> bool:
    match tree:
        case Leaf(text=text):
            return not text
        case Items(items=items):
            return all(map(_says_nothing, items))
        case Parts(parts=parts, content=content):
            values = [value for part in parts for value in part.values]
            return content is None and all(map(_says_nothing, values))


def _several(theirs: Any) -> list[Any]:
    if isinstance(theirs, Mapping) and "items" in theirs:
        return list(cast("Any", theirs)["items"])
    return [] if theirs is None else [theirs]


def _is_empty(theirs: Any) -> bool:
    match theirs:
        case None | {"data": ""}:
            return True
        case {"items": items}:
            return all(_is_empty(one) for one in items)
        case {"parts": parts}:
            return not parts or all(_is_empty(one) for one in dict(parts).values())
        case _:
            return False


def _is_same(leaf: Leaf, theirs: Any) -> bool:
    match theirs:
        case None:
            return not leaf.text
        case bool():
            return leaf.value is theirs
        case {"number": number}:
            with suppress(InvalidOperation):
                return float(Decimal(leaf.text)) == float(number)
            return False
        case {"data": str(data)}:
            text = base64.b64decode(data)
            return text in (leaf.text.encode(), leaf.value)
        case _:
            return False
