"""Services with a drawn grammar, and the real packages that the generator makes of them."""

import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Literal

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from tests.generator.importing import imported_files
from tests.generator.services import MINIMAL_WSDL, put
from tests.laws.leaf_kinds import BY_NAME, KINDS, Kind
from tests.laws.oracle import Constant, Field, Leaf, ListOf, Record

from unstringly.diagnostics import Severity
from unstringly.pipeline import build, check

SEPARATORS = (",", ";", "|", ",,", "|,", "|;|", "\n", ";\n", "a,")
TAGS = st.sampled_from(((), (), (), (), ("k:", "K"), ("[", "")))
TRAILING: SearchStrategy[Literal["forbidden", "allowed", "required"]] = st.sampled_from(
    ("forbidden", "allowed", "required")
)
NILS = st.sampled_from(((), (), (), ("-",), ("nil", ""), ("",), ("-", "nil")))


@dataclass(frozen=True)
class Drawn:
    """A service whose one operation answers with a list."""

    form: ListOf
    written_trailing: bool
    lf: bool

    @property
    def records(self) -> tuple[Record, ...]:
        return tuple(item for item in self.form.items if isinstance(item, Record))

    def spec(self) -> str:
        """The grammar as its author would write it."""
        written = self.written_trailing and self.form.trailing == "allowed"
        options = {
            "leading": "allowed" if self.form.leading else "forbidden",
            "repeated": "allowed" if self.form.repeated else "forbidden",
            "trailing": "written" if written else self.form.trailing,
            "padding": "whitespace" if self.form.padded else "none",
        }
        lines = ["service: Tiny", "package: tiny", "wsdl: Tiny.wsdl"]
        lines += ["line_ends: lf"] if self.lf else []
        lines += ["types:", *(f"  {kind.name}: {kind.declared}" for kind in KINDS), "records:"]
        for record in self.records:
            lines += [f"  {record.name}:", *(f"    {line}" for line in _record(record))]
        lines += ["grammars:", "  things:"]
        lines += [f"    list: [{', '.join(record.name for record in self.records)}]"]
        lines += [f"    separator: {_texts(self.form.separators)}"]
        lines += [f"    final_separator: {_texts(self.form.finals)}"] if self.form.finals else []
        lines += [f"    {option}: {value}" for option, value in options.items()]
        lines += ["operations:", "  Ask: {effect: read, parameters: {key: {}}, result: things}"]
        return "\n".join(lines) + "\n"


def _texts(texts: tuple[str, ...]) -> str:
    return "[" + ", ".join(_text(text) for text in texts) + "]"


def _text(text: str) -> str:
    return '"' + text.replace("\n", "\\n") + '"'


def _record(record: Record) -> list[str]:
    lines = [f"separator: {_texts(record.separators)}"] if record.separators else []
    lines += [f"initiator: {_texts(record.initiators)}"] if record.initiators else []
    lines += [f"terminator: {_texts(record.terminators)}"] if record.terminators else []
    lines += ["padding: whitespace", "fields:"]
    for number, field in enumerate(record.fields):
        padding = f"padding: {'whitespace' if field.padded else 'none'}"
        if isinstance(field, Constant):
            lines.append(f"  c{number}: {{constant: {_text(field.text)}, {padding}}}")
            continue
        assert isinstance(field.content, Leaf)
        options = [f"type: {field.content.name}", padding]
        options += ["optional: true"] if field.optional else []
        options += [f"nil: [{', '.join(map(_text, field.nils))}]"] if field.nils else []
        options += [f"initiator: {_texts(field.initiators)}"] if field.initiators else []
        options += [f"terminator: {_texts(field.terminators)}"] if field.terminators else []
        lines.append(f"  {field.name.split('.')[-1]}: {{{', '.join(options)}}}")
    return lines


def _leaf(kind: Kind) -> Leaf:
    return Leaf(kind.name, kind.accepts)


@st.composite
def records(draw: DrawFn, name: str, separators: tuple[str, ...], *, plain: bool) -> Record:
    """A record; a plain one has nothing but contents of leaves and one kind of separator."""
    count = draw(st.integers(1 if not plain else 2, 3))
    least = draw(st.integers(1, count))
    padded = draw(st.booleans())
    tags = st.just(()) if plain else TAGS
    fields: list[Field | Constant] = [
        Field(
            f"f{number}",
            _leaf(draw(st.sampled_from(KINDS))),
            padded=padded and draw(st.integers(0, 3)) > 0,
            optional=number >= least,
            initiators=draw(tags),
            terminators=draw(tags),
            nils=draw(NILS) if number < least else (),
        )
        for number in range(count)
    ]
    if not plain and draw(st.booleans()):
        fields.insert(draw(st.integers(0, least)), Constant("#", padded))
    return Record(name, tuple(fields), separators, draw(tags), draw(tags))


@st.composite
def services(draw: DrawFn) -> Drawn:
    """A list of one or two records; more than half of them can be read by splitting."""
    plain = draw(st.integers(0, 2)) > 0
    between = tuple(draw(st.lists(st.sampled_from(SEPARATORS), min_size=1, max_size=1)))
    items = tuple(
        draw(records(f"R{number}", between, plain=plain))
        for number in range(draw(st.integers(1, 2)))
    )
    rest = [each for each in SEPARATORS if each not in between]
    separators = draw(st.lists(st.sampled_from(rest), min_size=1, max_size=2, unique=True))
    trailing = draw(TRAILING)
    finals = draw(st.sampled_from(((), (), ("!",)))) if trailing != "forbidden" else ()
    form = ListOf(
        items,
        tuple(separators),
        finals,
        leading=draw(st.booleans()),
        trailing=trailing,
        repeated=draw(st.booleans()),
        padded=draw(st.booleans()),
    )
    return Drawn(form, draw(st.booleans()), draw(st.booleans()))


@contextmanager
def package(drawn: Drawn) -> Generator[ModuleType | list[str]]:
    """The package of a service, imported; or the codes of the errors that keep it away."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        checked = check([put(folder / "tiny", "Tiny.wsdl", MINIMAL_WSDL, drawn.spec())], folder)
        errors = [f.rule.code for f in checked.findings if f.severity is Severity.ERROR]
        if errors:
            yield sorted(set(errors))
            return
        with imported_files(build(checked, whole=False), "tiny") as module:
            yield module


def kind_of(field: Field) -> Kind:
    """The leaf type of a field."""
    assert isinstance(field.content, Leaf)
    return BY_NAME[field.content.name]
