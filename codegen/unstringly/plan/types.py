"""Plans `types.py`: NewTypes, enums and the classes of unlisted codes."""

from dataclasses import dataclass

from unstringly.model.contract import Contract
from unstringly.model.grammar import (
    CodeValue,
    DecimalType,
    EnumType,
    IntegerType,
    Member,
    TextType,
    Words,
)
from unstringly.names import in_words
from unstringly.plan.imports import Imports, in_order
from unstringly.plan.layout import call, docstring, quoted
from unstringly.plan.vocabulary import base_type, constant, unknown, words


@dataclass(frozen=True, slots=True)
class _NewType:
    name: str
    literal: str
    base: str
    doc: str


@dataclass(frozen=True, slots=True)
class _Member:
    name: str
    value: str
    doc: str
    words: str


@dataclass(frozen=True, slots=True)
class _Enum:
    name: str
    doc: str
    members: tuple[_Member, ...]
    text: str
    message_doc: str
    table: str
    unknown: str
    unknown_doc: str


def types_view(contract: Contract) -> dict[str, object]:
    """The view of `types.py`."""
    imports = Imports()
    newtypes: list[_NewType] = []
    enums: list[_Enum] = []
    for definition in contract.definitions.values():
        match definition:
            case TextType() | IntegerType() | DecimalType() if definition.newtype:
                imports.name("typing", "NewType")
                doc = words(definition.words) or f"A text of the form {definition.form.source}."
                newtypes.append(
                    _NewType(
                        definition.name,
                        quoted(definition.name),
                        base_type(definition, imports),
                        docstring(doc),
                    )
                )
            case EnumType():
                enums.append(_enum(definition, imports))
            case _:
                pass
    names = in_order(
        [
            *(each.name for each in newtypes),
            *(name for each in enums for name in (each.name, each.unknown) if name),
        ]
    )
    return {"imports": imports.lines(), "newtypes": newtypes, "enums": enums, "names": names}


def _enum(leaf: EnumType, imports: Imports) -> _Enum:
    imports.name("enum", "Enum")
    imports.name("._runtime.text.codes", "Language")
    imports.name("._runtime.text.codes", "Words")
    if leaf.form is not None:
        imports.name("dataclasses", "dataclass")
        imports.name("typing", "final")
    return _Enum(
        leaf.name,
        docstring(words(leaf.words) or f"The documented codes of {leaf.name}.", 4),
        tuple(_member(leaf, member) for member in leaf.members),
        "str(self.value)" if leaf.value is CodeValue.INTEGER else "self.value",
        docstring(_message_words(leaf), 8),
        f"_{constant(leaf)}_WORDS",
        "" if leaf.form is None else unknown(leaf),
        docstring(
            f"A code of the form of {leaf.name} that the document does not list.\n\n"
            "`text` is the code as it came, and as it is written back.",
            4,
        ),
    )


def _message_words(leaf: EnumType) -> str:
    """What the docstring of `message` says."""
    if all(member.words.en or member.words.zh for member in leaf.members):
        return "The document's words for the code."
    return "The document's words for the code; where it has none, the name of the code in words."


def _member(leaf: EnumType, member: Member) -> _Member:
    value = member.spelling if leaf.value is CodeValue.INTEGER else quoted(member.spelling)
    said = member.words
    if not (said.en or said.zh):
        said = Words(en=in_words(member.name))
    row = call(f"{leaf.name}.{member.name}: Words(", [quoted(said.en), quoted(said.zh)], indent=4)
    return _Member(member.name, value, docstring(words(said), 4), row)
