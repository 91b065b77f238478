"""The names that generated modules import: the one table of the runtime's modules."""

from unstringly.python.nodes import Attribute, Expression, Symbol

# Python's own

ASYNC_ITERATOR = Symbol("collections.abc", "AsyncIterator")
AWAITABLE = Symbol("collections.abc", "Awaitable")
CALLABLE = Symbol("collections.abc", "Callable")
ITERABLE = Symbol("collections.abc", "Iterable")
ITERATOR = Symbol("collections.abc", "Iterator")
MAPPING = Symbol("collections.abc", "Mapping")
DATACLASS = Symbol("dataclasses", "dataclass")
FIELD = Symbol("dataclasses", "field")
DECIMAL = Symbol("decimal", "Decimal")
ENUM = Symbol("enum", "Enum")
PARTIAL = Symbol("functools", "partial")
PATH_LIKE = Symbol("os", "PathLike")
MAX_SIZE = Symbol("sys", "maxsize")
TRACEBACK = Symbol("types", "TracebackType")
FINAL = Symbol("typing", "Final")
LITERAL = Symbol("typing", "Literal")
NEW_TYPE = Symbol("typing", "NewType")
PROTOCOL = Symbol("typing", "Protocol")
SELF = Symbol("typing", "Self")
TYPE_ALIAS = Symbol("typing", "TypeAlias")
TYPE_VAR = Symbol("typing", "TypeVar")
FINAL_CLASS = Symbol("typing", "final")

STRATEGIES = Symbol("hypothesis", "strategies", local="st")

# The package's modules

ADDRESSES = Symbol(".addresses", "ADDRESSES")
OTHER_ADDRESSES = Symbol(".addresses", "OTHER_ADDRESSES")
DOCUMENTS = Symbol(".documents", "DOCUMENTS")
EXPECT = Symbol(".errors", "expect")
LANGUAGE = Symbol(".languages", "Language")
OPERATION_TABLE = Symbol(".operations", "OPERATIONS")
OPERATIONS = Symbol(".", "operations")
PARSE_PUSH = Symbol(".callbacks", "parse_push")
PUSH = Symbol(".callbacks", "Push")
TABLES = Symbol(".", "tables")


def date_class(calendar: str) -> Symbol:
    """Return `date`, `datetime` or `time`."""
    return Symbol("datetime", calendar)


def user_type(name: str) -> Symbol:
    """Return a NewType, an enum or the class of unlisted codes."""
    return Symbol(".types", name)


def user_record(name: str) -> Symbol:
    """Return the class of a record."""
    return Symbol(".records", name)


def parser(name: str) -> Symbol:
    """Return a public function of the module of parsers, by its name without `parse_`."""
    return Symbol(".parsers", f"parse_{name}")


def formatter(name: str) -> Symbol:
    """Return a public function of the module of formatters."""
    return Symbol(".formatters", name)


# The runtime, which is copied into the package


def runtime(module: str, name: str) -> Symbol:
    """Return a name of a module of the runtime."""
    return Symbol(f"._runtime.{module}", name)


def column(name: str) -> Symbol:
    """Return a function that reads columns."""
    return runtime("text.columns", name)


def date_column(name: str) -> Symbol:
    """Return a function that reads columns of dates."""
    return runtime("text.date_columns", name)


def form_function(name: str) -> Symbol:
    """Return a function of the module of forms."""
    return runtime("text.forms", name)


def layer(name: str) -> Symbol:
    """Return a layer around texts."""
    return runtime("text.layers", name)


def drawing(name: str) -> Expression:
    """Return a strategy of the runtime, whose module is imported."""
    return Attribute(DRAWING, name)


def strategy(name: str) -> Expression:
    """Return a strategy of Hypothesis, whose module is imported."""
    return Attribute(STRATEGIES, name)


def writing(name: str) -> Symbol:
    """Return a function that writes lists, or contents of fields and items."""
    return runtime("text.writing", name)


def parameters(name: str) -> Symbol:
    """Return a function that checks the parameters of a call."""
    return runtime("client.parameters", name)


def push_function(name: str) -> Symbol:
    """Return a name of the module of pushes."""
    return runtime("wire.push", name)


APP = runtime("server.asgi", "App")
ASKED = runtime("server.asked", "Asked")
ASYNC_CALLER = runtime("client.async_callers", "AsyncCaller")
ASYNC_PAGES = runtime("client.pages", "async_pages")
ASYNC_TRANSPORT = runtime("wire.exchange", "AsyncTransport")
BINDING = runtime("wire.bindings", "Binding")
CALL = runtime("client.calls", "Call")
CALLER = runtime("client.callers", "Caller")
CHECKED_CONFIG = runtime("client.config", "checked_config")
CONSTANT_TIME_EQUAL = runtime("server.receiving", "constant_time_equal")
CREDENTIALS = runtime("client.calls", "Credentials")
DEFAULT_TRANSPORT = runtime("transports.async_default", "default_transport")
DRAWING = runtime("testing", "drawing")
ELEMENT = runtime("text.reading", "Element")
ENDPOINT = runtime("wire.bindings", "Endpoint")
FILE_JOURNAL = runtime("journal.file_journal", "FileJournal")
FORM = runtime("text.forms", "Form")
HANDLER = runtime("server.handling", "Handler")
HANDLER_TIMEOUT = runtime("server.handling", "HANDLER_TIMEOUT")
HANDLING = runtime("server.handling", "Handling")
HTTP_TRANSPORT = runtime("transports.http_transport", "HttpTransport")
IN_LANGUAGE = runtime("text.codes", "in_language")
JOURNAL_WRITER = runtime("journal.recording", "JournalWriter")
MAX_BYTES = runtime("wire.exchange", "MAX_BYTES")
MAX_PUSH_BYTES = runtime("wire.push", "MAX_BYTES")
OPERATION = runtime("client.calls", "Operation")
MALFORMED = runtime("text.parsed", "Malformed")
PARSER = runtime("client.calls", "Parser")
PAGES = runtime("client.pages", "pages")
PARSED = runtime("text.parsed", "Parsed")
PICKLED_BY_NAME = runtime("text.by_name", "PickledByName")
PUSH_APP = runtime("server.receiving", "push_app")
READ_RESULTS = runtime("client.journal_reading", "read_results")
READING = runtime("text.reading", "Reading")
RECORDED_RESPONSE = runtime("client.journal_reading", "RecordedResponse")
REFUSED_BYTES = runtime("server.push_journal", "REFUSED_BYTES")
SECRET = runtime("errors.sealed", "Secret")
SERVICE = runtime("server.service", "Service")
SERVICE_APP = runtime("server.apps", "service_app")
SERVICE_ERROR = runtime("errors.exceptions", "ServiceError")
SPLIT_LIST = runtime("text.split", "SplitList")
SPLIT_RECORD = runtime("text.split", "SplitRecord")
THREADS = runtime("server.handling", "THREADS")
TOLD_ADDRESS = runtime("client.addresses", "told_address")
TRANSPORT = runtime("wire.exchange", "Transport")
WHEN_TOO_SOON = runtime("client.flow", "WhenTooSoon")
