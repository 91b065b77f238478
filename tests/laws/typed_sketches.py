"""Sketches whose leaves are of every kind, and the grammar spec that declares one."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.laws.bridge import (
    ChoiceSketch,
    ConstantSketch,
    FieldSketch,
    LeafSketch,
    ListSketch,
    RecordSketch,
    Sketch,
)
from tests.laws.leaf_kinds import KINDS, Kind


@dataclass(frozen=True)
class TypedLeaf(LeafSketch):
    """A leaf of a kind; its pattern is the kind's own."""

    kind: Kind = KINDS[0]

    def accepts(self, text: str) -> bool:
        return self.kind.accepts(text)

    @property
    def samples(self) -> tuple[str, ...]:
        return tuple(each for each in self.kind.samples if self.accepts(each))


def leaf_of(kind: Kind) -> TypedLeaf:
    return TypedLeaf(kind.name, "", kind=kind)


def kind_of(sketch: LeafSketch) -> Kind:
    assert isinstance(sketch, TypedLeaf)
    return sketch.kind


def parts_of(sketch: Sketch) -> Iterator[Sketch]:
    """A sketch and everything in it, inner things first."""
    match sketch:
        case LeafSketch():
            pass
        case RecordSketch():
            for field in sketch.fields:
                if isinstance(field, FieldSketch):
                    yield from parts_of(field.content)
        case ListSketch():
            for item in sketch.items:
                yield from parts_of(item)
        case ChoiceSketch():
            for each in sketch.alternatives:
                yield from parts_of(each)
    yield sketch


def spec_of(sketch: Sketch, *, lf: bool = False, documented: bool = False) -> str:
    """The grammar as its author would write it, for an operation Ask."""
    parts = {part.name: part for part in parts_of(sketch)}
    doc = ["doc: {en: Words., zh: 话}"] if documented else []
    lines = ["service: Tiny", "package: tiny", "wsdl: Tiny.wsdl"]
    lines += ["line_ends: lf"] if lf else []
    types = {name: kind_of(part) for name, part in parts.items() if isinstance(part, LeafSketch)}
    records = {name: part for name, part in parts.items() if isinstance(part, RecordSketch)}
    grammars = {
        name: part for name, part in parts.items() if isinstance(part, ListSketch | ChoiceSketch)
    }
    if types:
        lines.append("types:")
        for name, kind in types.items():
            more = f", {doc[0]}" if doc else ""
            lines.append(f"  {name}: {kind.declared.removesuffix('}')}{more}}}")
    for title, entries in (("records", records), ("grammars", grammars)):
        lines += [f"{title}:"] if entries else []
        for name, part in entries.items():
            lines += [f"  {name}:", *(f"    {line}" for line in (*_lines(part, doc), *doc))]
    said = f"effect: read, parameters: {{key: {{}}}}, result: {sketch.name}"
    lines.append(f"operations: {{Ask: {{{said}}}}}")
    return "\n".join(lines) + "\n"


def _lines(sketch: Sketch, doc: list[str]) -> Iterator[str]:
    match sketch:
        case RecordSketch():
            if sketch.separators:
                yield f"separator: {texts(sketch.separators)}"
            if all(field.padded for field in sketch.fields):
                yield "padding: whitespace"
            if sketch.initiators:
                yield f"initiator: {texts(sketch.initiators)}"
            if sketch.terminators:
                yield f"terminator: {texts(sketch.terminators)}"
            yield "fields:"
            for number, field in enumerate(sketch.fields):
                yield from _field(number, field, doc)
        case ListSketch():
            yield f"list: [{', '.join(item.name for item in sketch.items)}]"
            yield f"separator: {texts(sketch.separators)}"
            if sketch.finals:
                yield f"final_separator: {texts(sketch.finals)}"
            yield f"leading: {'allowed' if sketch.leading else 'forbidden'}"
            yield f"trailing: {sketch.trailing.value}"
            yield f"repeated: {'allowed' if sketch.repeated else 'forbidden'}"
            yield f"padding: {'whitespace' if sketch.padded else 'none'}"
        case ChoiceSketch():
            yield f"choice: [{', '.join(each.name for each in sketch.alternatives)}]"
            if sketch.rejections:
                yield f"rejections: [{', '.join(sketch.rejections)}]"
            yield f"padding: {'whitespace' if sketch.padded else 'none'}"
        case LeafSketch():
            return


def _field(number: int, field: FieldSketch | ConstantSketch, doc: list[str]) -> Iterator[str]:
    padding = f"padding: {'whitespace' if field.padded else 'none'}"
    if isinstance(field, ConstantSketch):
        yield f"  c{number}: {{{', '.join([f'constant: {text(field.text)}', padding, *doc])}}}"
        return
    options = [f"type: {field.content.name}", padding, *doc]
    options += ["optional: true"] if field.optional else []
    options += [f"nil: [{', '.join(map(text, field.nils))}]"] if field.nils else []
    options += [f"initiator: {texts(field.initiators)}"] if field.initiators else []
    options += [f"terminator: {texts(field.terminators)}"] if field.terminators else []
    yield f"  {field.name}: {{{', '.join(options)}}}"


def texts(found: tuple[str, ...]) -> str:
    return f"[{', '.join(map(text, found))}]"


def text(found: str) -> str:
    """In double quotes, with escapes."""
    escaped = found.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r") + '"'
