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
    Words,
)
from unstringly.model.parts import is_leaf
from unstringly.names import in_words
from unstringly.plan.module import Body
from unstringly.plan.vocabulary import constant, words
from unstringly.python.build import STR, TRUE, builtin, call, method
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
from unstringly.python.symbols import DATACLASS, ENUM, FINAL_CLASS, LANGUAGE, NEW_TYPE, WORDS

_SELF = Name("self")
_UNDOCUMENTED = ("undocumented code ", "文档未列出的代码 ")


def types_view(contract: Contract) -> Body:
    """The view of `types.py`: NewTypes, then classes, then the words of the codes."""
    newtypes: list[Statement] = []
    classes: list[Statement] = []
    tables: list[Statement] = []
    names: list[str] = []
    for kind in map(kind_of, filter(is_leaf, contract.definitions.values())):
        if kind.newtype_over is not None:
            newtypes += _newtype(kind, kind.newtype_over)
        if kind.codes is not None:
            classes += _classes(kind.codes)
            tables.append(_table(kind.codes))
        names += kind.class_names
    return Body(tuple(in_order(names)), (*newtypes, *classes, *tables))


def _newtype(kind: LeafKind[Leaf], base: Symbol) -> Iterator[Statement]:
    made = call(NEW_TYPE, Text(kind.name), base)
    yield Assign((Name(kind.name),), made)
    yield Docstring(words(kind.leaf.words) or f"A text of the form {kind.form.source}.")


def _classes(leaf: EnumType) -> Iterator[Class]:
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
    said = method(Subscript(Name(_words_table(leaf)), (_SELF,)), "text", Name("language"))
    yield Class(
        leaf.name,
        (
            Docstring(words(leaf.words) or f"The documented codes of {leaf.name}."),
            *(part for member in leaf.members for part in _member(leaf, member)),
            code,
            _message(_message_words(leaf), (Return(said),)),
        ),
        bases=(ENUM,),
    )
    if leaf.form is not None:
        yield _unknown_class(leaf)


def _unknown_class(leaf: EnumType) -> Class:
    doc = (
        f"A code of the form of {leaf.name} that the document does not list.\n\n"
        "`text` is the code as it came, and as it is written back."
    )
    text = Attribute(_SELF, "text")
    both = (Format((start, text)) for start in _UNDOCUMENTED)
    made = Assign((Name("words"),), call(WORDS, *both))
    said = Return(method(Name("words"), "text", Name("language")))
    return Class(
        unknown(leaf),
        (
            Docstring(doc),
            AnnotatedAssign("text", STR),
            _message("Say that the code is not documented.", (made, said)),
        ),
        decorators=(FINAL_CLASS, call(DATACLASS, frozen=TRUE, slots=TRUE)),
    )


def _message(doc: str, body: tuple[Statement, ...]) -> Function:
    language = Parameter("language", LANGUAGE, Text("en"))
    return Function("message", (Parameter("self"), language), STR, body, doc=doc)


def _message_words(leaf: EnumType) -> str:
    """The docstring of `message`."""
    if all(member.words.en or member.words.zh for member in leaf.members):
        return "The document's words for the code."
    return "The document's words for the code; where it has none, the name of the code in words."


def _words_table(leaf: EnumType) -> str:
    return f"_{constant(leaf)}_WORDS"


def _member(leaf: EnumType, member: Member) -> Iterator[Statement]:
    is_number = leaf.value is CodeValue.INTEGER
    value: Expression = Number(int(member.spelling)) if is_number else Text(member.spelling)
    yield Assign((Name(member.name),), value)
    yield Docstring(words(_said(member)))


def _said(member: Member) -> Words:
    """The document's words for a code, or its name in words."""
    has_words = member.words.en or member.words.zh
    return member.words if has_words else Words(en=in_words(member.name))


def _table(leaf: EnumType) -> Assign:
    entries = tuple(
        (
            Attribute(Name(leaf.name), member.name),
            call(WORDS, Text(_said(member).en), Text(_said(member).zh)),
        )
        for member in leaf.members
    )
    return Assign((Name(_words_table(leaf)),), Dict(entries, expanded=True))
