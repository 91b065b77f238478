"""The rules of linking: what can be wrong between a WSDL and its spec, and inside a spec."""

from unstringly.diagnostics import Rule, Severity

UNKNOWN_OPERATION = Rule(
    "L101",
    Severity.ERROR,
    "the spec describes an operation that the package does not have",
    wrong="""\
Every name under `operations` must be the name of an operation in the WSDL, to the letter.
The name is misspelt, the service was updated, or the operation is in the WSDL and was left
out: then the message says why.""",
    why="What the spec says of it would be said to nobody.",
    example="operations: {SendMessage: ...}        where the WSDL has SendMsg",
    todo="""\
Take the WSDL's spelling, or remove the operation. The Python name can be anything: give it
with `python_name`.""",
)
UNKNOWN_PARAMETER = Rule(
    "L102",
    Severity.ERROR,
    "the spec describes a parameter that the operation lacks",
    wrong="""\
Every name under `parameters` must be a parameter of the operation in the WSDL, to the
letter.""",
    why="""\
ASP.NET answers a call with status 500 if a parameter is missing, and ignores one that it
does not know.""",
    example="parameters: {Phone: PhoneNumber}        where the WSDL has DesNo",
    todo="Take the WSDL's spelling. The Python name is given with `python_name`.",
)
NO_GRAMMAR = Rule(
    "L103",
    Severity.WARNING,
    "a string result has no grammar and stays a str",
    wrong="""\
The WSDL says that the result is a string, and the spec does not say what is in it. The
generated method returns the string as it came.""",
    why="Callers take it apart by themselves, each in another way.",
    example="operations: {GetMo: {effect: destructive_read}}",
    todo="""\
Name a grammar with `result`. If the string really is free text, define a type `{text: any}`
and name that, or accept the finding.""",
)
UNDEFINED = Rule(
    "L104",
    Severity.ERROR,
    "a name is used and not defined",
    wrong="""\
Types, records and grammars share one namespace. What a field, list, choice, parameter or
result names must be defined in one of them.""",
    why="Nothing is known of what stands there.",
    example="fields: {phone: PhoneNumber}        without a type PhoneNumber",
    todo="Correct the spelling, or define the name.",
)
UNUSED = Rule(
    "L105",
    Severity.WARNING,
    "a definition is used by nothing",
    wrong="No result, parameter, callback or string of `strings` leads to the definition.",
    why="Nothing is generated from it, and what it says is checked against nothing.",
    example="types: {Unused: {text: any}}",
    todo="Use it, or remove it.",
)
CONTAINS_ITSELF = Rule(
    "L106",
    Severity.ERROR,
    "a definition contains itself",
    wrong="A record or list leads, by what it holds, to itself.",
    why="""\
A delimited text is read by a finite automaton. A record in a record of the same kind would
need a stack.""",
    example="records: {Node: {separator: ',', fields: {child: Node}}}",
    todo="""\
Define the inner part under a name of its own, down to the depth that occurs.""",
)
NOT_ALLOWED_HERE = Rule(
    "L107",
    Severity.ERROR,
    "a definition is used where its kind cannot be",
    wrong="""\
A list's items are types, records or choices of these, and a parameter is of a type. A choice that
is named in a list or in another choice has padding only where that has it. The `rejections` of a
choice are enums and records, and not all of its alternatives.""",
    why="""\
The alternatives of a choice stand where it is named. A list that is an item of a list could not be
told from what is around it, or recovered on its own.""",
    example="""\
grammars: {some: {list: A, separator: ','}, all: {list: some, separator: ;}}
where A is a record, and B a type""",
    todo="""\
Make the inner list a field of a record, and that the item: `Row: {fields: {words: words}}`.""",
)
ALTERNATIVES_ALIKE = Rule(
    "L108",
    Severity.ERROR,
    "two alternatives have the same Python type",
    wrong="""\
Two alternatives of a choice, or two items of a list, are of one class in Python.""",
    why="""\
Callers, and `format`, tell them apart by their classes. Two texts are both `str` when the
program runs, even where they have a NewType of their own.""",
    example="choice: [BatchNumber, Message]        where both are texts",
    todo="Make one of them an enum, a number, a date or a record with one field.",
)
SERVICE_DIFFERS = Rule(
    "L109",
    Severity.ERROR,
    "the spec is about another service than the WSDL",
    wrong="""\
`service` must be the name of a `wsdl:service` of the WSDL, and there is none of this name.""",
    why="A spec is never applied to the WSDL of another service by mistake.",
    example="""\
service: MsgSend        where the WSDL has <wsdl:service name="MsgSendService">""",
    todo="""\
Take the WSDL's name. If this is the wrong file, save the right one beside the spec and name
it with `wsdl`.""",
)
NOT_A_STRING = Rule(
    "L110",
    Severity.ERROR,
    "a grammar is given for a result that is no string",
    wrong="The result of the operation is not of the type `xs:string` in the WSDL.",
    why="""\
Only strings have a structure that the WSDL hides. Another result is typed by its schema.""",
    example='result: Count        where the WSDL has type="s:int"',
    todo="Remove `result` from the operation.",
)
OPTIONAL_NIL = Rule(
    "L111",
    Severity.ERROR,
    "a field is both optional and nil",
    wrong="""\
An optional field is None when the record ends before it. A field with `nil` is None when
its content is that text. This one is both.""",
    why="""\
None would have two spellings, and `format` would write one of them only: a later field
could then not always be written.""",
    example="fields: {a: A, sent: {type: Timestamp, optional: true, nil: ''}}",
    todo="Keep the one that the service sends.",
)
NAMES_COLLIDE = Rule(
    "N101",
    Severity.ERROR,
    "two things get the same Python name",
    wrong="""\
Two names of the WSDL or the spec are one name when they are written as Python writes names.""",
    why="""\
Generated names depend on nothing but the name in the inputs, so that they stay when
something is added. Two that fall together are never told apart by a silent suffix.""",
    example="GetMo and getMo        are both get_mo",
    todo="Give one of them a `python_name`, or rename the definition.",
)
NO_IDENTIFIER = Rule(
    "N102",
    Severity.ERROR,
    "a name makes no Python identifier",
    wrong="""\
The name of an operation becomes the name of functions. This one has no characters that an
identifier can begin with, or would be private.""",
    why="There would be no way to call it.",
    example='<wsdl:operation name="__">',
    todo="Give the operation a `python_name`.",
)
NO_TEXT = Rule(
    "L114",
    Severity.ERROR,
    "a parameter is no text, and the spec describes it as one",
    wrong="""\
The schema gives the parameter a type that is no string: a number, a structure, several values. It
has that type in Python, and cannot have a `type`, a default or a fixed text, nor be secret or
`bound: client`.""",
    why="A text of a grammar's type is sent only where the schema has a string.",
    example="parameters: {order: {type: Phone}}        where the WSDL has a structure",
    todo="""\
Remove all but `python_name` and words. To bind a field of a header to the client, name the
field: `AuthHeader.Password`.""",
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
    NAMES_COLLIDE,
    NO_IDENTIFIER,
    NO_TEXT,
)
