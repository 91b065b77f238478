"""A whole grammar spec: the definitions, the operations and the callbacks."""

from collections.abc import Mapping
from enum import Enum

from msgspec import Struct

from unstringly.diagnostics import Span
from unstringly.model.assertions import Credential
from unstringly.model.examples import Example
from unstringly.model.grammar import Definition, LineEnds, LocalizedText


class PackagePart(Enum):
    """A part of a package that may be left out; types, records, parsers, formatters are no such.

    A client is the customer's side, pushes included; a server is the service's side.
    """

    CLIENT = "client"
    SERVER = "server"
    TESTING = "testing"


ALL_PARTS = frozenset(PackagePart)


class Effect(Enum):
    """The effect of a call at the server, which decides what may be retried."""

    READ = "read"
    DESTRUCTIVE_READ = "destructive_read"
    SEND = "send"


class Parameter(Struct, frozen=True):
    """A request parameter, under its WSDL name.

    `type` names a leaf type or is None for any text; `bound` ones are given to the client
    once; `fixed` ones are never offered to callers; `max_length` counts characters; `message`
    is shown to a caller whose value does not fit.
    """

    name: str
    python_name: str
    words: LocalizedText
    type: str | None
    type_span: Span
    secret: bool
    bound: bool
    default: str | None
    fixed: str | None
    max_length: int | None
    message: LocalizedText
    span: Span


class Limits(Struct, frozen=True):
    """The limits that the document states: items a call, seconds between calls, seconds kept."""

    page: int | None = None
    interval_seconds: int | None = None
    retention_seconds: int | None = None


class Variant(Struct, frozen=True):
    """An operation under another name, with some parameters restated."""

    name: str
    python_name: str
    words: LocalizedText
    section: str
    parameters: tuple[Parameter, ...]
    span: Span


class OperationSpec(Struct, frozen=True):
    """All that the spec adds to a WSDL operation.

    `result` names the grammar of its string result. A result that is left out, or nil, is read as
    the text `null`; if that is None, such a response is malformed.
    """

    name: str
    python_name: str
    words: LocalizedText
    section: str
    effect: Effect
    limits: Limits
    parameters: tuple[Parameter, ...]
    variants: tuple[Variant, ...]
    result: str | None
    result_span: Span
    null: str | None
    null_span: Span
    span: Span


class CallbackField(Struct, frozen=True):
    """One form field of a push, and the type or grammar of its text."""

    name: str
    type: str
    words: LocalizedText
    span: Span
    type_span: Span


class Callback(Struct, frozen=True):
    """A request that the service makes to its customer."""

    name: str
    words: LocalizedText
    section: str
    fields: tuple[CallbackField, ...]
    span: Span


class AttachedString(Struct, frozen=True):
    """A string inside of messages, as `Order.Lines`, and the definition that says what is in it."""

    place: str
    grammar: str
    span: Span
    grammar_span: Span


class DataSetColumn(Struct, frozen=True):
    """A column of a DataSet's table: its name on the wire and in Python, and its type.

    `type` is the name of a built-in type of XML Schema, `guid` or `anyType`. A cell of one that
    `is_required` is never NULL.
    """

    name: str
    field: str
    type: str
    is_required: bool


class DataSetRow(Struct, frozen=True):
    """The rows of a table that DataSets have, as records of a class with this name."""

    name: str
    table: str
    words: LocalizedText
    columns: tuple[DataSetColumn, ...]
    span: Span


class Acceptance(Struct, frozen=True):
    """The codes of findings about one definition or operation that the author accepts."""

    codes: tuple[str, ...]
    reason: str
    span: Span


class Document(Struct, frozen=True):
    """The document that the spec restates."""

    title: str
    version: str
    date: str


class Spec(Struct, frozen=True):
    """A whole grammar spec. `definitions` holds types, records, lists and choices by name.

    `language` is the tag of the texts that name none.
    `left_out` and `operations_left_out` are the names of definitions and operations with errors.
    `wsdl` and `package` are empty where the spec gives none that can be used. `accepted` has the
    acceptances by the name of the definition or operation. `package_parts` are the parts of the
    package that are made; one with an emulator has them all. `charset` is the codec of texts that
    name none and are not UTF-8; empty if there are no such texts. `credentials` is the way in which
    they are sent, whatever the WSDL says; None leaves it to that.
    """

    service: str
    package: str
    wsdl: str
    document: Document
    language: str
    words: LocalizedText
    charset: str
    line_ends: LineEnds
    package_parts: frozenset[PackagePart]
    definitions: Mapping[str, Definition]
    left_out: frozenset[str]
    operations: tuple[OperationSpec, ...]
    operations_left_out: frozenset[str]
    callbacks: tuple[Callback, ...]
    strings: tuple[AttachedString, ...]
    accepted: Mapping[str, Acceptance]
    span: Span
    credentials: Credential | None = None
    data_set_rows: tuple[DataSetRow, ...] = ()
    examples: tuple[Example, ...] = ()

    @property
    def takes_emulator(self) -> bool:
        """Say whether an emulator has all that it needs in the package."""
        return self.package_parts == ALL_PARTS
