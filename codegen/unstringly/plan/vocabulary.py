"""What the definitions of a contract are called in generated code.

A definition named `SmsReport` has the functions `_sms_report` (in the parsers and in the
formatters) and `sms_report` (in the strategies), and the table `SMS_REPORT`. Two definitions
that would share these are a collision, which `collisions` reports.
"""

import builtins
import sys
from collections.abc import Iterator, Mapping
from typing import assert_never

from unstringly.diagnostics import Diagnostic, Span
from unstringly.link_rules import NAMES_COLLIDE
from unstringly.model.contract import Contract, whole_texts
from unstringly.model.grammar import (
    Calendar,
    ChoiceGrammar,
    DateType,
    DecimalType,
    Definition,
    EnumType,
    IntegerType,
    ListGrammar,
    Record,
    TextType,
    Type,
    Words,
)
from unstringly.names import snake_case
from unstringly.plan.imports import Imports
from unstringly.plan.layout import one_of
from unstringly.plan.reserved import CLASSES, FIELDS, FUNCTIONS, PACKAGES

Definitions = Mapping[str, Definition]


def function(definition: Definition) -> str:
    """`sms_report`. Scripts without capitals have `等级_` for the class `等级`."""
    name = snake_case(definition.name)
    return f"{name}_" if name in class_names(definition) else name


def written_function(definition: Definition) -> str:
    """`inner_written`: the public writer of what stands in a padded field."""
    return f"{snake_case(definition.name).strip('_')}_written"


def constant(definition: Definition) -> str:
    """`SMS_REPORT`."""
    return snake_case(definition.name).strip("_").upper()


def unknown(leaf: EnumType) -> str:
    """The class of the codes that the document does not list."""
    return f"Unknown{leaf.name}"


def error_base(contract: Contract) -> str:
    """The base class of the package's exceptions: `MsgSendError`."""
    pieces = [piece for piece in snake_case(contract.service.name).split("_") if piece]
    name = "".join(piece[:1].upper() + piece[1:] for piece in pieces)
    if not name.isidentifier():
        return "ServiceError"
    return f"{name}ServiceError" if hasattr(builtins, f"{name}Error") else f"{name}Error"


def is_leaf(definition: Definition) -> bool:
    """Whether the definition is a type."""
    return not isinstance(definition, Record | ListGrammar | ChoiceGrammar)


def as_leaf(definition: Definition) -> Type:
    """The definition as a type; the contract has made sure that it is one."""
    match definition:
        case Record() | ListGrammar() | ChoiceGrammar():
            raise TypeError(f"{definition.name} is no type")
        case _:
            return definition


def words(text: Words) -> str:
    """English and Chinese, a paragraph each."""
    return "\n\n".join(part for part in (text.en, text.zh) if part)


def python_type(definitions: Definitions, name: str, imports: Imports, *, writes: bool) -> str:
    """The annotation of a value of the definition; `writes` for what a formatter takes."""
    definition = definitions[name]
    match definition:
        case TextType() | IntegerType() | DecimalType() | DateType() | EnumType():
            return leaf_type(definition, imports)
        case Record():
            return imports.name(".records", definition.name)
        case ListGrammar(items=items):
            inner = one_of([python_type(definitions, i, imports, writes=writes) for i in items])
            if writes:
                return f"{imports.name('collections.abc', 'Iterable')}[{inner}]"
            return f"{imports.name('._runtime.text.parsed', 'Parsed')}[{inner}]"
        case ChoiceGrammar(alternatives=alternatives):
            return one_of(
                [python_type(definitions, each, imports, writes=writes) for each in alternatives]
            )
        case _:
            assert_never(definition)


def field_type(definitions: Definitions, name: str, imports: Imports) -> str:
    """The annotation of a record's field: a nested list is a tuple there."""
    definition = definitions[name]
    if isinstance(definition, ListGrammar):
        items = [field_type(definitions, item, imports) for item in definition.items]
        return f"tuple[{one_of(items)}, ...]"
    return python_type(definitions, name, imports, writes=False)


def leaf_type(leaf: Type, imports: Imports) -> str:
    """The annotation of a leaf's value."""
    match leaf:
        case TextType() | IntegerType() | DecimalType():
            return imports.name(".types", leaf.name) if leaf.newtype else base_type(leaf, imports)
        case DateType(calendar=calendar):
            return imports.name("datetime", calendar.value)
        case EnumType():
            known = imports.name(".types", leaf.name)
            if leaf.form is None:
                return known
            return f"{known} | {imports.name('.types', unknown(leaf))}"
        case _:
            assert_never(leaf)


def base_type(leaf: TextType | IntegerType | DecimalType, imports: Imports) -> str:
    """What a NewType of the leaf is made over."""
    match leaf:
        case TextType():
            return "str"
        case IntegerType():
            return "int"
        case DecimalType():
            return imports.name("decimal", "Decimal")
        case _:
            assert_never(leaf)


def date_reader(calendar: Calendar) -> str:
    """The method of a DateForm that reads this kind."""
    return f"read_{calendar.value}"


def date_columns(calendar: Calendar) -> str:
    """The function that reads whole columns of this kind."""
    return f"{calendar.value}s"


def collisions(contract: Contract) -> list[Diagnostic]:
    """Definitions that generated code could not tell apart, and names that would hide others."""
    found: list[Diagnostic] = []

    def report(span: Span, message: str, help_text: str) -> None:
        found.append(Diagnostic(NAMES_COLLIDE, span, message, help_text))

    package = contract.spec.package
    if package in sys.stdlib_module_names or package in PACKAGES:
        message = f"a package named {package!r} would hide the module of that name"
        report(contract.spec.span, message, "give another one: `package: …`")
    roots = frozenset(whole_texts(contract))
    functions: dict[str, str] = dict.fromkeys(FUNCTIONS, "a name that modules need")
    classes: dict[str, str] = dict.fromkeys((*CLASSES, error_base(contract)), "the package itself")
    hidden = {name for each in contract.definitions.values() for name in class_names(each)}
    hidden.update(FIELDS)
    for definition in contract.definitions.values():
        claimed = tuple(_functions(definition, is_root=definition.name in roots))
        taken = [name for name in claimed if name in functions]
        if taken:
            message = (
                f"{definition.name!r} and {functions[taken[0]]} are both {taken[0]!r} in Python"
            )
            report(definition.span, message, "rename one of them")
        functions |= {name: repr(definition.name) for name in claimed if name not in functions}
        for name in class_names(definition):
            if name in classes:
                message = (
                    f"the class {name!r} of {definition.name!r} has the name of one of "
                    f"{classes[name]}"
                )
                report(definition.span, message, "rename the definition")
            classes.setdefault(name, repr(definition.name))
        if isinstance(definition, Record):
            for field in definition.fields:
                if field.name in hidden:
                    message = f"a field named {field.name!r} would hide the type of that name"
                    report(field.span, message, "rename the field, or add an underscore")
    return found


def _functions(definition: Definition, *, is_root: bool) -> Iterator[str]:
    """The names of functions, and of tables in small letters, that come of a definition."""
    name = function(definition).strip("_")
    yield name
    if is_root:
        yield f"{name}_text"
    if isinstance(definition, ListGrammar):
        yield f"{name}_item"
    if isinstance(definition, ListGrammar | Record):
        yield written_function(definition)
    if is_leaf(definition):
        yield f"{name}_form"
        yield f"{name}_form_trimmed"


def class_names(definition: Definition) -> tuple[str, ...]:
    """The names of the classes and NewTypes that come of a definition."""
    match definition:
        case EnumType(form=None) | Record():
            return (definition.name,)
        case EnumType():
            return (definition.name, unknown(definition))
        case TextType() | IntegerType() | DecimalType():
            return (definition.name,) if definition.newtype else ()
        case _:
            return ()
