"""Plans `types.py`: NewTypes, enums and the classes of unlisted codes."""

from collections.abc import Iterator

from unstringly.kinds.enum import unknown
from unstringly.kinds.leaf import Leaf, LeafKind
from unstringly.kinds.table import kind_of
from unstringly.model.contract import Contract
from unstringly.model.grammar import (
    CodeValue,
    EnumType,
    Member,
)
from unstringly.model.languages import Languages, languages_of
from unstringly.model.parts import is_leaf
from unstringly.names import in_words
from unstringly.plan.languages import undocumented
from unstringly.plan.module import Body
from unstringly.plan.vocabulary import constant, words
from unstringly.python.build import STR, TRUE, builtin, call, in_pieces
from unstringly.python.imports import in_order
from unstringly.python.nodes import (
    Attribute,
    Dict,
    Expression,
    Format,
    Name,
    Number,
    Subscript,
    Symbol,
    Text,
)
from unstringly.python.statement_nodes import (
    AnnotatedAssign,
    Assign,
    Class,
    Docstring,
    Function,
    Parameter,
    Return,
    Statement,
)
from unstringly.python.symbols import DATACLASS, ENUM, FINAL_CLASS, IN_LANGUAGE, LANGUAGE, NEW_TYPE

_SELF = Name("self")


def types_view(contract: Contract) -> Body:
    """The view of `types.py`: NewTypes, then classes, then the texts of the codes."""
    languages = languages_of(contract.spec)
    newtypes: list[Statement] = []
    classes: list[Statement] = []
    tables: list[Statement] = []
    names: list[str] = []
    for kind in map(kind_of, filter(is_leaf, contract.definitions.values())):
        if kind.newtype_over is not None:
            newtypes += _newtype(kind, kind.newtype_over)
        if kind.codes is not None:
            classes += _classes(languages, kind.codes)
            tables.append(_table(languages, kind.codes))
        names += kind.class_names
    return Body(tuple(in_order(names)), (*newtypes, *classes, *tables))


def _newtype(kind: LeafKind[Leaf], base: Symbol) -> Iterator[Statement]:
    made = call(NEW_TYPE, Text(kind.name), base)
    yield Assign((Name(kind.name),), made)
    yield Docstring(words(kind.leaf.words) or f"A text of the form {kind.form.source}.")


def _classes(languages: Languages, leaf: EnumType) -> Iterator[Class]:
    value = Attribute(_SELF, "value")
    is_number = leaf.value is CodeValue.INTEGER
    code = Function(
        "text",
        (Parameter("self"),),
        STR,
        (Return(call(STR, value) if is_number else value),),
        doc="The code as it is spelled on the wire.",
        decorators=(builtin("property"),),
    )
    texts = Subscript(Name(_texts_table(leaf)), (_SELF,))
    text = Return(call(IN_LANGUAGE, texts, Name("language")))
    yield Class(
        leaf.name,
        (
            Docstring(words(leaf.words) or f"The documented codes of {leaf.name}."),
            *(part for member in leaf.members for part in _member(leaf, member)),
            code,
            _message(languages, _message_doc(leaf), text),
        ),
        bases=(ENUM,),
    )
    if leaf.form is not None:
        yield _unknown_class(languages, leaf)


def _unknown_class(languages: Languages, leaf: EnumType) -> Class:
    doc = (
        f"A code of the form of {leaf.name} that the document does not list.\n\n"
        "`text` is the code as it came, and as it is written back."
    )
    text = Attribute(_SELF, "text")
    entries = tuple(
        (Text(tag), Format((start, text))) for tag, start in undocumented(languages).items()
    )
    if len(entries) == 1:
        message: Expression = entries[0][1]
    else:
        message = call(IN_LANGUAGE, Dict(entries), Name("language"))
    return Class(
        unknown(leaf),
        (
            Docstring(doc),
            AnnotatedAssign("text", STR),
            _message(languages, "Say that the code is not documented.", Return(message)),
        ),
        decorators=(FINAL_CLASS, call(DATACLASS, frozen=TRUE, slots=TRUE)),
    )


def _message(languages: Languages, doc: str, result: Return) -> Function:
    language = Parameter("language", LANGUAGE, Text(languages.tags[0]))
    return Function("message", (Parameter("self"), language), STR, (result,), doc=doc)


def _message_doc(leaf: EnumType) -> str:
    """The docstring of `message`."""
    if all(member.words.texts for member in leaf.members):
        return "The document's words for the code."
    return "The document's words for the code; where it has none, the name of the code in words."


def _texts_table(leaf: EnumType) -> str:
    return f"_{constant(leaf)}_TEXTS"


def _member(leaf: EnumType, member: Member) -> Iterator[Statement]:
    is_number = leaf.value is CodeValue.INTEGER
    value: Expression = Number(int(member.spelling)) if is_number else Text(member.spelling)
    yield Assign((Name(member.name),), value)
    yield Docstring(words(member.words) or in_words(member.name))


def _table(languages: Languages, leaf: EnumType) -> Assign:
    """The texts of the codes by language; where there is none, the name of the code in words."""
    entries = tuple(
        (Attribute(Name(leaf.name), member.name), Dict(_texts(languages, member)))
        for member in leaf.members
    )
    return Assign((Name(_texts_table(leaf)),), Dict(entries, expanded=True))


def _texts(languages: Languages, member: Member) -> tuple[tuple[Expression, Expression], ...]:
    texts = languages.of(member.words) or {languages.tags[0]: in_words(member.name)}
    return tuple((Text(tag), in_pieces(text)) for tag, text in texts.items())
