"""The keys of every mapping of the spec language: what readers take, and editors are told."""

from collections.abc import Mapping
from types import MappingProxyType

from unstringly.kinds import table
from unstringly.kinds.boolean import SPELLINGS
from unstringly.kinds.date import HALVES
from unstringly.kinds.keys import (
    DOC,
    Entries,
    Exactly,
    Inside,
    Key,
    Lists,
    OneOf,
    Plain,
    Several,
    SomeOf,
    Table,
)
from unstringly.kinds.layered import LAYER
from unstringly.model.assertions import Credential
from unstringly.model.grammar import LineEnds, Trailing
from unstringly.model.spec import Effect, PackagePart

VERSION = 1
"""The version of the language that this generator reads."""

LINE_ENDS = {ends.value: ends for ends in LineEnds}
PADDING = {"none": False, "whitespace": True}
ALLOWED = {"forbidden": False, "allowed": True}
TRAILING = {trailing.value: trailing for trailing in Trailing}
EFFECTS = {effect.value: effect for effect in Effect}
BOUND = {"client": True}
PARSERS = "parsers"
PARTS = {part.value: part for part in PackagePart}
CREDENTIALS = {way.value: way for way in Credential}

_PADDING = Key("padding", OneOf(tuple(PADDING)))
_SECTION = Key("section")
_PYTHON_NAME = Key("python_name")
_INITIATOR = Key("initiator", Plain.TEXTS, "The first one is written; '' says it may be missing.")
_TERMINATOR = Key("terminator", Plain.TEXTS, _INITIATOR.description)
_SEPARATOR = Key("separator", Plain.TEXTS, "The first one is written.")
_PARAMETERS = Key("parameters", Entries(("parameter",), or_text=True))

SPEC = Table(
    "the spec",
    (
        Key("unstringly", Exactly(VERSION), "Version of the language; default: 1."),
        Key("service", description="Name of the wsdl:service."),
        Key("package", description="Import name; default: the service in lower case."),
        Key("wsdl", description="File beside the spec; default: <service>.wsdl."),
        Key("document", Inside("document")),
        Key("language", Plain.LANGUAGE, "Of texts that name none; default: en."),
        DOC,
        Key("charset", description="Of texts that name none and are not UTF-8; default: none."),
        Key(
            "credentials",
            OneOf(tuple(CREDENTIALS)),
            "The way to send user name and password; default: as the WSDL's policies say.",
        ),
        Key("line_ends", OneOf(tuple(LINE_ENDS)), "lf: a CR before a LF is taken with it."),
        Key(
            "generate",
            SomeOf((PARSERS, *PARTS)),
            "What the package has besides its parsers; default: all.",
        ),
        Key("types", Entries(("type",))),
        Key("records", Entries(("record",))),
        Key("grammars", Entries(("list", "choice"))),
        Key("operations", Entries(("operation",))),
        Key("callbacks", Entries(("callback",))),
        Key(
            "strings",
            Entries((), or_text=True),
            "Grammars of strings inside of messages, by names such as Order.Lines.",
        ),
        Key("datasets", Entries(("data_set_row",)), "Rows of DataSets, by their classes."),
        Key("examples", Lists("example"), "Texts of definitions, and what they mean."),
        Key("accept", Entries(("acceptance",))),
    ),
    required=("service",),
    description="What a service's WSDL leaves out. Scalars are read by their spelling.",
)
DOCUMENT = Table("`document`", (Key("title"), Key("version"), Key("date")))

KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {kind.key.name: tuple(key.name for key in kind.others) for kind in table.KEYS}
)
"""The keys that decide the kind of a type, and the keys that go with each kind."""

TYPE = Table(
    "a type",
    tuple(
        dict.fromkeys(
            (
                *(kind.key for kind in table.KEYS),
                *(key for kind in table.KEYS for key in kind.others),
            )
        )
    ),
    one_of=tuple(KINDS),
)
MEMBER = Table("a member", (Key("name"), DOC), required=("name",))
RECORD = Table(
    "a record",
    (
        Key("fields", Entries(("field",), or_text=True, least=1)),
        _SEPARATOR,
        _PADDING,
        _INITIATOR,
        _TERMINATOR,
        DOC,
    ),
    required=("fields",),
)
FIELD = Table(
    "a field",
    (
        Key("type", description="Name of a type, record or list."),
        Key("constant", description="A text that always stands here."),
        DOC,
        _PADDING,
        Key("optional", Plain.FLAG, "May be missing at the record's end."),
        Key("nil", Plain.TEXTS, "Spellings of None, of which the first is written."),
        _INITIATOR,
        _TERMINATOR,
    ),
    one_of=("type", "constant"),
)
CONSTANT_KEYS = ("constant", "padding", "doc")
"""Those of a field that go with `constant`."""

LIST = Table(
    "a list",
    (
        Key("list", Plain.TEXTS, "Names of what the items are."),
        _SEPARATOR,
        Key("final_separator", Plain.TEXTS, "Only at the very end."),
        Key("leading", OneOf(tuple(ALLOWED))),
        Key("trailing", OneOf(tuple(TRAILING))),
        Key("repeated", OneOf(tuple(ALLOWED))),
        _PADDING,
        DOC,
    ),
    required=("list", "separator"),
)
CHOICE = Table(
    "a choice",
    (
        Key("choice", Several()),
        Key("rejections", Plain.TEXTS, "Alternatives that nobody asked for; default: codes."),
        _PADDING,
        DOC,
    ),
    required=("choice",),
)
OPERATION = Table(
    "an operation",
    (
        DOC,
        _SECTION,
        Key("effect", OneOf(tuple(EFFECTS)), "Decides what may be retried."),
        _PYTHON_NAME,
        Key("limits", Inside("limits")),
        _PARAMETERS,
        Key("result", description="Name of a grammar or type."),
        Key(
            "null",
            description="What a null result is: malformed, empty, or the text that is read in its "
            "place.",
        ),
        Key("variants", Entries(("variant",))),
    ),
    required=("effect",),
)
LIMITS = Table(
    "`limits`",
    (
        Key("page", Plain.COUNT, "Items a call."),
        Key("interval", Plain.COUNT, "Seconds between calls."),
        Key("retention", Plain.COUNT, "Seconds kept."),
    ),
)
PARAMETER = Table(
    "a parameter",
    (
        Key("type"),
        DOC,
        Key("message", Plain.LOCALIZED, "For a value that does not fit."),
        _PYTHON_NAME,
        Key("bound", OneOf(tuple(BOUND)), "Given to the client once."),
        Key("secret", Plain.FLAG, "Never logged or shown."),
        Key("default", description="Sent when the caller says nothing."),
        Key("fixed", description="Always sent, not offered."),
        Key("max_length", Plain.COUNT, "In characters."),
    ),
)
VARIANT = Table("a variant", (DOC, _SECTION, _PYTHON_NAME, _PARAMETERS))
CALLBACK = Table(
    "a callback",
    (DOC, _SECTION, Key("form", Entries(("callback_field",), or_text=True, least=1))),
    required=("form",),
)
CALLBACK_FIELD = Table(
    "a form field",
    (Key("type", description="Name of a type or grammar."), DOC),
    required=("type",),
)
DATA_SET_ROW = Table(
    "a row of a DataSet",
    (
        Key("table", description="Name of the table; default: the name of the class."),
        Key("columns", Entries(("data_set_column",), or_text=True, least=1)),
        DOC,
    ),
    required=("columns",),
)
COLUMN = Table(
    "a column",
    (
        Key("type", description="A built-in type of XML Schema, guid or anyType."),
        _PYTHON_NAME,
        Key("required", Plain.FLAG, "Never NULL."),
    ),
    required=("type",),
)
ACCEPTANCE = Table(
    "an acknowledgement",
    (Key("codes", Plain.TEXTS), Key("reason")),
    required=("codes", "reason"),
    description="Findings about a definition or an operation that are known and lived with.",
)
EXAMPLE = Table(
    "an example",
    (
        Key("text", description="As the service sends it."),
        Key("means", Plain.MEANING, "The value; ~ is None."),
        Key("malformed", Plain.PIECES, "Whether pieces are malformed, or how many."),
    ),
    required=("text",),
)

TABLES: Mapping[str, Table] = MappingProxyType(
    {
        "spec": SPEC,
        "document": DOCUMENT,
        "type": TYPE,
        "member": MEMBER,
        "boolean": SPELLINGS,
        "layer": LAYER,
        "halves": HALVES,
        "record": RECORD,
        "field": FIELD,
        "list": LIST,
        "choice": CHOICE,
        "operation": OPERATION,
        "limits": LIMITS,
        "parameter": PARAMETER,
        "variant": VARIANT,
        "callback": CALLBACK,
        "callback_field": CALLBACK_FIELD,
        "data_set_row": DATA_SET_ROW,
        "data_set_column": COLUMN,
        "acceptance": ACCEPTANCE,
        "example": EXAMPLE,
    }
)
"""The keys of each mapping, by its name in the schema."""
