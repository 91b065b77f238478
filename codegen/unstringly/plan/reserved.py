"""Names that generated modules need: no definition, call or parameter of a spec is called so."""

CLASSES = (
    *("Alphabet", "DateForm", "Element", "Form", "Machine", "Reading"),
    *("Decimal", "Enum", "NewType", "Iterable", "Iterator", "AsyncIterator", "Callable", "Mapping"),
    *("Final", "Literal", "PathLike", "Self", "T", "TracebackType", "TypeAlias", "TypeVar"),
    *("Language", "Words", "Malformed", "Parsed", "Piece", "RecordPiece", "Separator", "Span"),
    *("IncompleteResponse", "InvalidParameter", "JournalFailed", "MalformedResponse", "NotSent"),
    *("OutcomeUnknown", "Rejected", "ServiceError", "ServiceFault", "TooSoon", "Unwritable"),
    *("AsyncCaller", "Binding", "Call", "Caller", "Credentials", "Endpoint", "Operation"),
    *("AsyncHttpTransport", "AsyncTransport", "HttpTransport", "Transport"),
    *("HttpxAsyncTransport", "HttpxTransport", "AsyncInProcessTransport"),
    *("Request", "Response", "SendFailed", "PlainTextWarning", "WhenTooSoon"),
    *("AsyncClient", "Client", "FileJournal", "InProcessTransport", "JournalEntry"),
    *("JournalResult", "JournalWriter"),
    *("RecordedResponse", "ADDRESSES", "DOCUMENTS", "OPERATIONS"),
    *("App", "Awaitable", "Handlers", "InvalidPush", "Push", "MAX_BYTES"),
    *("HANDLER_TIMEOUT", "Handler", "Handling", "REFUSED_BYTES", "THREADS"),
    *("SplitList", "SplitRecord"),
)
"""What generated modules import, and what the package offers."""

FUNCTIONS = (
    *("drawing", "st", "tables"),
    *("date", "datetime", "int", "list", "str", "time", "tuple"),
)
"""What the module of strategies imports and mentions."""

FIELDS = ("Decimal", "date", "datetime", "int", "str", "time", "tuple")
"""What annotations in a record's body must still mean."""

CALLS = (
    *("ADDRESSES", "OPERATIONS", "Binding", "Call", "Decimal", "Endpoint", "Final", "Literal"),
    *("Mapping", "Operation", "Parsed", "Self", "T"),
    *("bool", "date", "datetime", "int", "partial", "str", "tables", "time"),
    *("code_parameter", "open_code_parameter", "text_parameter", "written_parameter"),
    *("validate", "write_decimal", "write_integer"),
    *("Secret", "made", "sealed", "sealed_parameter", "taken", "tried"),
    *("aclose", "async_pages", "close", "expect", "fetch", "operations", "pages", "self"),
    *(
        "AsyncIterator",
        "AsyncTransport",
        "Awaitable",
        "BaseException",
        "Callable",
        "Iterator",
        "field",
        "float",
    ),
    *("JournalWriter", "TracebackType", "Transport", "WhenTooSoon", "type"),
)
"""What the functions and methods that make calls mention, and what clients do besides."""

BOUND = (
    *(
        "base_url",
        "binding",
        "charset",
        "when_too_soon",
        "journal",
        "max_in_flight",
        "queue_timeout",
    ),
    *("retries", "timeout", "transport"),
    *("account", "address", "checked_config", "default_transport", "config", "told_address"),
    *("AsyncCaller", "Caller", "Credentials", "HttpTransport"),
)
"""What else is given to a client, and what its making mentions."""

SERVER = (
    *("DOCUMENTS", "MAX_BYTES", "OPERATIONS", "App", "Asked", "Awaitable", "Callable", "Decimal"),
    *("HANDLER_TIMEOUT", "Handler", "Handlers", "Handling", "Iterable", "Mapping", "Protocol"),
    *("Secret", "Service", "THREADS", "TypeAlias", "service_app"),
)
"""What the service's side mentions beside the classes of requests."""

PUSHES = (
    *("encodable", "field_of", "form", "handle", "handler_timeout", "journal", "max_bytes"),
    *(
        "partial",
        "path",
        "push",
        "push_app",
        "read_form",
        "refused_bytes",
        "constant_time_equal",
        "timeout",
    ),
    *("threads", "which_form", "write_form"),
)
"""What the functions of pushes mention beside their fields."""

PACKAGES = ("hypothesis", "httpx2", "pytest", "unstringly", "uvicorn")
"""Packages that a generated one may import, or that it would be taken for."""
