"""Codes: members that the document lists; an open set keeps any other text of a form as it is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from unstringly.kinds.keys import DOC, Entries, Key, KindKeys, OneOf, Plain
from unstringly.kinds.leaf import ArgumentCheck, LeafKind, Spelled
from unstringly.model.examples import Chosen
from unstringly.model.grammar import CodeValue, EnumType, Form
from unstringly.model.pattern import Choice, literal
from unstringly.python.build import NONE, STR, builtin, call, method, texts, union
from unstringly.python.nodes import (
    Attribute,
    Conditional,
    DictComprehension,
    Expression,
    Generator,
    Name,
    Operation,
    Subscript,
    Symbol,
    Text,
)
from unstringly.python.statement_nodes import (
    Assign,
    Case,
    Function,
    Match,
    Parameter,
    Raise,
    Return,
    Statement,
)
from unstringly.python.symbols import (
    FORM,
    column,
    drawing,
    form_function,
    parameters,
    strategy,
    user_type,
)

VALUES = {value.value: value for value in CodeValue}
KEYS = (
    KindKeys(
        Key("enum", Entries(("member",), or_text=True, least=1)),
        (
            DOC,
            Key("values", OneOf(tuple(VALUES)), "What .value of a member is."),
            Key("open", Plain.FLAG, "Other texts of the form are kept."),
            Key("form", description="The pattern of other codes."),
        ),
    ),
)

_CODE, _TEXT, _KNOWN = Name("code"), Name("text"), Name("known")
_FORM, _FIELD = Name("form"), Name("field")
_SPELLING = call(STR, Attribute(_CODE, "value"))


def unknown(leaf: EnumType) -> str:
    """The class of the codes that the document does not list."""
    return f"Unknown{leaf.name}"


@dataclass(frozen=True, slots=True)
class EnumKind(LeafKind[EnumType]):
    """Codes. A closed set has no form, and is written from the list of its members."""

    @property
    def codes(self) -> EnumType:
        """The codes."""
        return self.leaf

    @property
    def class_names(self) -> tuple[str, ...]:
        """The class of the members, and that of all others."""
        members = self.leaf.name
        return (members,) if self.leaf.form is None else (members, unknown(self.leaf))

    @property
    def form(self) -> Form:
        """The spellings of the members, and the form of others."""
        members, form = self.leaf.members, self.leaf.form
        spellings = tuple(literal(member.spelling) for member in members)
        if form is None:
            return Form(Choice(spellings), "|".join(member.spelling for member in members))
        return Form(Choice((*spellings, form.pattern)), form.source, form.excludes)

    @property
    def is_guarded(self) -> bool:
        """Only codes that are not documented have to be checked."""
        return self.leaf.form is not None

    @property
    def spelled(self) -> Iterator[Spelled]:
        """The members' spellings."""
        return (Spelled("code", member.spelling, member.span) for member in self.leaf.members)

    @property
    def described(self) -> str:
        """Nothing but the name: there may be many codes."""
        return f"is no {self.leaf.name}"

    @property
    def examples(self) -> Iterator[str]:
        """The members' spellings, an empty one last."""
        spellings = (member.spelling for member in self.leaf.members)
        return iter(sorted(spellings, key=lambda text: not text))

    def meaning(self, content: str) -> str | Chosen:
        """The member's name; the text below the name of the class for one that is not known."""
        names = {member.spelling: member.name for member in self.leaf.members}
        return names[content] if content in names else Chosen(unknown(self.leaf), content)

    @property
    def annotation(self) -> Expression:
        """The class of the members, and that of all others."""
        return union(self._classes)

    @property
    def class_pattern(self) -> Expression:
        """Either class."""
        return union(map(call, self._classes))

    @property
    def told_apart_by(self) -> str:
        """The class of the members."""
        return self.leaf.name

    @property
    def reader_table(self) -> Assign:
        """The members by their spellings."""
        codes = DictComprehension(_SPELLING, _CODE, "code", user_type(self.leaf.name))
        return Assign((self._table,), codes)

    @property
    def reader(self) -> Function:
        """The function that reads a code."""
        body: tuple[Statement, ...] = (Return(Subscript(self._table, (_TEXT,))),)
        if self.leaf.form is not None:
            is_unknown = Operation("is", (_KNOWN, NONE))
            other = call(user_type(unknown(self.leaf)), _TEXT)
            body = (
                Assign((_KNOWN,), method(self._table, "get", _TEXT)),
                Return(Conditional(is_unknown, other, _KNOWN)),
            )
        return Function(self._function.text, (Parameter("text", STR),), self.annotation, body)

    def read(self, content: Expression) -> Expression:
        """A call of the leaf's own function with a content."""
        return call(self._function, content)

    def column(self, form: Expression) -> Expression:
        """A column of codes."""
        return call(column("codes"), self._table, form, self._function)

    @property
    def writer_table(self) -> Assign | None:
        """The spellings of an open set, which no other code may have."""
        spellings = Generator(_SPELLING, "code", user_type(self.leaf.name))
        table = Assign((self._table,), call(builtin("frozenset"), spellings))
        return table if self.leaf.form is not None else None

    @property
    def writer(self) -> Function:
        """The function that writes a code."""
        leaf = self.leaf
        cases = [Case(call(user_type(leaf.name)), (Return(_SPELLING),))]
        signature = [Parameter("field", STR), Parameter("code", self.annotation)]
        if leaf.form is not None:
            written = call(form_function("write_unknown"), _FORM, _FIELD, _TEXT, self._table)
            cases.append(Case(call(user_type(unknown(leaf)), _TEXT), (Return(written),)))
            signature.insert(0, Parameter("form", FORM))
        expected = Text(" or ".join(self.class_names))
        wrong = call(form_function("wrong_type"), _FIELD, _CODE, expected)
        cases.append(Case(Name("_"), (Raise(wrong),)))
        body = (Match(_CODE, tuple(cases)),)
        return Function(self._function.text, tuple(signature), STR, body)

    def written(self, form: Expression, field: Expression, value: Expression) -> Expression:
        """A call of the leaf's own function with a value."""
        forms = () if self.leaf.form is None else (form,)
        return call(self._function, *forms, field, value)

    def argument_check(self, form: Expression) -> ArgumentCheck:
        """The check of a code."""
        if self.leaf.form is None:
            return ArgumentCheck(parameters("code_parameter"), (user_type(self.leaf.name),))
        return ArgumentCheck(parameters("open_code_parameter"), options={"form": form})

    def text_options(self, form: Expression) -> Mapping[str, Expression]:
        """The form, or the spellings of a closed set."""
        if self.leaf.form is None:
            return {"spellings": texts(member.spelling for member in self.leaf.members)}
        return {"form": form}

    def drawn(self, form: Expression, *, lf: bool) -> Expression:
        """The members, and other codes of the form."""
        del lf
        if self.leaf.form is None:
            return call(strategy("sampled_from"), *self._classes)
        return call(drawing("codes"), *self._classes, form)

    @property
    def _classes(self) -> tuple[Symbol, ...]:
        return tuple(map(user_type, self.class_names))

    @property
    def _table(self) -> Name:
        """The table of the leaf's own functions, in the module of each."""
        return Name(f"_{self.constant}")

    @property
    def _function(self) -> Name:
        """The leaf's own function, in the parsers and in the formatters."""
        return Name(f"_{self.function}")
