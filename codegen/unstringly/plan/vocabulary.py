"""The names and types of a contract's definitions in generated code, as their kinds tell them."""

import builtins

from unstringly.kinds.package import Package
from unstringly.kinds.value import Value
from unstringly.model.contract import Contract
from unstringly.model.grammar import Definition, LocalizedText
from unstringly.model.parts import Definitions
from unstringly.names import snake_case
from unstringly.python.nodes import Expression


def function(definition: Definition) -> str:
    """`sms_report`."""
    return _value(definition).function


def constant(definition: Definition) -> str:
    """`SMS_REPORT`."""
    return _value(definition).constant


def _value(definition: Definition) -> Value:
    return Package({}).value(definition)


def error_base(contract: Contract) -> str:
    """The base class of the package's exceptions: `MsgSendError`."""
    pieces = [piece for piece in snake_case(contract.service.name).split("_") if piece]
    name = "".join(piece[:1].upper() + piece[1:] for piece in pieces)
    if not name.isidentifier():
        return "ServiceError"
    return f"{name}ServiceError" if hasattr(builtins, f"{name}Error") else f"{name}Error"


def words(text: LocalizedText) -> str:
    """A text in each of its languages, a paragraph each."""
    return "\n\n".join(text.paragraphs)


def python_type(definitions: Definitions, name: str, *, writes: bool) -> Expression:
    """The annotation of a value of the definition; `writes` for what a formatter takes."""
    return Package(definitions).of(name).annotation(writes=writes)


def field_type(definitions: Definitions, name: str) -> Expression:
    """The annotation of a record's field: a nested list is a tuple there."""
    return Package(definitions).of(name).field_annotation
