"""The rules of linking: what can be wrong between a WSDL and its spec, and inside a spec."""

from unstringly.diagnostics import Rule, Severity

UNKNOWN_OPERATION = Rule(
    "L101",
    Severity.ERROR,
    "the spec describes an operation that the WSDL lacks",
    """\
Every name under `operations` must be the name of an operation in the WSDL, to the letter.
The service may have been updated, or the name is misspelled.

Example: `operations: {SendMessage: …}` where the WSDL has `SendMsg`.

What to do: take the WSDL's spelling, or remove the operation. The Python name can be
anything: give it with `python_name`.""",
)
UNKNOWN_PARAMETER = Rule(
    "L102",
    Severity.ERROR,
    "the spec describes a parameter that the operation lacks",
    """\
Every name under `parameters` must be a parameter of the operation in the WSDL, to the letter:
ASP.NET answers a call with status 500 if a parameter is missing, and ignores one that it
does not know.

What to do: take the WSDL's spelling; the Python name is given with `python_name`.""",
)
NO_GRAMMAR = Rule(
    "L103",
    Severity.WARNING,
    "a string result has no grammar and stays a str",
    """\
The WSDL says that the result is a string, and the spec does not say what is in it. The
generated method returns the string as it came.

What to do: name a grammar with `result`. If the string really is free text, define a type
`{text: any}` and name that.""",
)
UNDEFINED = Rule(
    "L104",
    Severity.ERROR,
    "a name is used and not defined",
    """\
Types, records and grammars share one namespace; what a field, list, choice, parameter or
result names must be defined in one of them.

What to do: correct the spelling, or define the name.""",
)
UNUSED = Rule(
    "L105",
    Severity.WARNING,
    "a definition is used by nothing",
    """\
No result, parameter or callback leads to the definition, so nothing is generated from it.

What to do: use it, or remove it.""",
)
CONTAINS_ITSELF = Rule(
    "L106",
    Severity.ERROR,
    "a definition contains itself",
    """\
A delimited text is read by a finite automaton; a record in a record of the same kind would
need a stack.

What to do: define the inner part under a name of its own, down to the depth that occurs.""",
)
NOT_ALLOWED_HERE = Rule(
    "L107",
    Severity.ERROR,
    "a definition is used where its kind cannot be",
    """\
A record's fields are types, records or lists. A list's items are types or records. A choice's
alternatives are types, records and at most one list. A parameter is of a type.

What to do: name the inner definitions directly: a list of a choice is written
`list: [A, B]`.""",
)
ALTERNATIVES_ALIKE = Rule(
    "L108",
    Severity.ERROR,
    "two alternatives have the same Python type",
    """\
The caller of a parser, and the formatter, tell the alternatives of a choice or of a list
apart by their Python classes. Two texts are both `str` when the program runs, even where they
have a NewType of their own.

What to do: make one of them an enum, a number, a date or a record with one field.""",
)
SERVICE_DIFFERS = Rule(
    "L109",
    Severity.ERROR,
    "the spec is about another service than the WSDL",
    """\
`service` must be the name of the wsdl:service, so that a spec is never applied to the WSDL of
another service by mistake.

What to do: take the WSDL's name, or give the file of the other WSDL with `wsdl`.""",
)
NOT_A_STRING = Rule(
    "L110",
    Severity.ERROR,
    "a grammar is given for a result that is no string",
    """\
Only results of type xs:string have a structure that the WSDL hides. Another result is typed by
its schema.

What to do: remove `result` from the operation.""",
)
OPTIONAL_NIL = Rule(
    "L111",
    Severity.ERROR,
    "a field is both optional and nil",
    """\
An optional field is None when the record ends before it; a field with `nil` is None when its
content is that text. With both, None would have two spellings, and format one of them only:
a later field could then not always be written.

What to do: keep the one that the service sends.""",
)
DEFAULT_UNFIT = Rule(
    "L112",
    Severity.ERROR,
    "a parameter's default is not of its type",
    """\
A default is sent when the caller says nothing, and is checked like any other text. One that its
own type refuses would make every such call fail.

Example: `Level: {type: Digit, default: none}` with `Digit: {text: '[0-9]'}`.

What to do: correct the default, or widen the type.""",
)
NULL_UNFIT = Rule(
    "L113",
    Severity.ERROR,
    "what null is read as is no result of the operation",
    """\
A result that is left out of a response, or is `xsi:nil`, is read as the text that `null` gives.
That text goes to the parser of the operation like any other. One that the result's grammar does
not read would make every such response malformed, which is what happens without `null`.

Example: `GetCount: {result: Count, null: empty}` with `Count: {integer: '[0-9]{1,9}'}`: the
empty text is no Count.

What to do: give a text that the grammar reads (`null: '0'`), let the grammar read this one, or
leave `null` out if a null is an error of the service.""",
)

NAMES_COLLIDE = Rule(
    "N101",
    Severity.ERROR,
    "two things get the same Python name",
    """\
Generated names depend on nothing but the name in the WSDL or the spec, so that they stay when
something is added; two that fall together are never told apart by a silent suffix.

What to do: give one of them a `python_name`, or rename the definition.""",
)
NO_IDENTIFIER = Rule(
    "N102",
    Severity.ERROR,
    "a name makes no Python identifier",
    """\
The name of an operation becomes the name of functions. This one has no characters that an
identifier can begin with, or would be private.

What to do: give the operation a `python_name`.""",
)

RULES = (
    UNKNOWN_OPERATION,
    UNKNOWN_PARAMETER,
    NO_GRAMMAR,
    UNDEFINED,
    UNUSED,
    CONTAINS_ITSELF,
    NOT_ALLOWED_HERE,
    ALTERNATIVES_ALIKE,
    SERVICE_DIFFERS,
    NOT_A_STRING,
    OPTIONAL_NIL,
    DEFAULT_UNFIT,
    NULL_UNFIT,
    NAMES_COLLIDE,
    NO_IDENTIFIER,
)
