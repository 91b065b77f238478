"""Names in the spec that become names in Python.

Other names that generated code uses, and that a name must not hide, are not looked at here.
"""

import builtins
import keyword
import unicodedata

from unstringly.diagnostics import Diagnostic, Rule, Severity
from unstringly.read.spec.cursor import is_line, quoted
from unstringly.read.spec.nodes import Scalar

NOT_A_NAME = Rule(
    "S112",
    Severity.ERROR,
    "a name cannot be used in Python",
    wrong="""\
Types and records become classes, so their names are CamelCase identifiers. Fields become
attributes, `python_name` a method or an argument, enum members constants: identifiers too.
None begins with an underscore or is a keyword of Python, and each is in normal form (NFKC).""",
    why="""\
The generated package could not be imported. Python normalises identifiers, so two names
could become one.""",
    example="records: {sms-report: ...}        fields: {class: Word}",
    todo="""\
Rename it, as in `SmsReport`. The name on the wire stays as it is: `python_name` gives the
Python name.""",
)

TAKEN_NAME = Rule(
    "S113",
    Severity.ERROR,
    "a name hides one of Python's own",
    wrong="""\
A class is called like a builtin (`TimeoutError`, `Warning`), a member of an enum `message`,
`mro`, `name`, `text` or `value`, which every generated enum has, or `Language`, `property` or
`str`, which its methods mention; or an argument is called `self`.""",
    why="""\
It hides that name in the generated package and in every program that imports the class, or
at least misleads their readers.""",
    example="types: {TimeoutError: {enum: {-1: SLOW}}}",
    todo="Choose a name with more meaning: `SendTimeout` rather than `TimeoutError`.",
)

REPEATED_NAME = Rule(
    "S114",
    Severity.ERROR,
    "a name stands for two things",
    wrong="""\
Types, records and grammars share one namespace. The type of an open enum's other values is
`Unknown` and the enum's name, and takes a place there as well. Names are also unique among
the members of an enum, the fields of a record, the operations with their variants, the
Python names of parameters, and the rows of `datasets`, their tables and their columns.""",
    why="A reference needs no prefix, so it must lead to one thing.",
    example="types: {Report: {text: any}}        records: {Report: ...}",
    todo="Rename one of the two.",
)

RULES = (NOT_A_NAME, TAKEN_NAME, REPEATED_NAME)

_BUILTINS = frozenset(dir(builtins))
_MEMBERS = frozenset(("Language", "message", "mro", "name", "property", "str", "text", "value"))
"""Names that a generated enum has besides its members, and names that its methods use."""

_ARGUMENTS = frozenset(("self",))


def class_name(scalar: Scalar, noun: str, findings: list[Diagnostic]) -> str:
    """Return the name of a type or record; report one that no class can have (S112, S113)."""
    count = len(findings)
    name = python_name(scalar, noun, findings)
    if len(findings) > count:
        return name
    if name[0].islower() or "_" in name:
        message = f"the name of {noun} is in CamelCase, not {quoted(name)}"
        advice = f"write {quoted(_camel_case(name))}"
        findings.append(Diagnostic(NOT_A_NAME, scalar.span, message, advice))
    elif name in _BUILTINS:
        message = f"{noun} named `{name}` would hide Python's own `{name}`"
        findings.append(Diagnostic(TAKEN_NAME, scalar.span, message, "choose another name"))
    return name


def argument_name(scalar: Scalar, noun: str, findings: list[Diagnostic]) -> str:
    """Return the name of a method's argument; report one that no argument can have."""
    return _free_name(scalar, noun, _ARGUMENTS, findings)


def member_name(scalar: Scalar, findings: list[Diagnostic]) -> str:
    """Return the name of an enum's member; report one that no member can have."""
    return _free_name(scalar, "a member", _MEMBERS, findings)


def python_name(scalar: Scalar, noun: str, findings: list[Diagnostic]) -> str:
    """Return a text as it stands; report one that is no public identifier of Python (S112)."""
    name = scalar.text
    if not name.isidentifier():
        problem = f"{quoted(name)} is not an identifier, which the name of {noun} must be"
    elif keyword.iskeyword(name):
        problem = f"`{name}` is a keyword of Python and cannot name {noun}"
    elif name.startswith("_"):
        problem = f"the name of {noun} begins with an underscore, which means private in Python"
    elif unicodedata.normalize("NFKC", name) != name:
        problem = (
            f"Python would read {quoted(name)} as {quoted(unicodedata.normalize('NFKC', name))}"
        )
    else:
        return name
    findings.append(Diagnostic(NOT_A_NAME, scalar.span, problem, _name_help(name)))
    return name


def wire_name(scalar: Scalar, noun: str, findings: list[Diagnostic]) -> str:
    """Return a name that the service gave; report one that is not a single line (S112)."""
    if not is_line(scalar.text):
        message = f"the name of {noun} is one line, not empty, without blanks around it"
        findings.append(Diagnostic(NOT_A_NAME, scalar.span, message))
    return scalar.text


def claim(
    scalar: Scalar,
    name: str,
    taken: dict[str, Scalar],
    noun: str,
    findings: list[Diagnostic],
    advice: str = "",
) -> None:
    """Enter a name in `taken`; report it at `scalar` if something else has it (S114).

    Without `advice` people are told to rename one, or to give one another `python_name`.
    """
    first = taken.setdefault(name, scalar)
    if first is scalar:
        return
    line = first.span.line
    message = f"the {noun} {quoted(name)} is there already, in line {line}"
    usual = "rename one of them"
    if name == f"Unknown{first.text}" or name == f"Unknown{scalar.text}":
        usual += "; an open enum brings a type whose name begins with `Unknown`"
    elif first.text != scalar.text:
        both = f"the {noun} {quoted(scalar.text)} and {quoted(first.text)} in line {line}"
        message = f"{both} have the same name in Python, {quoted(name)}"
        usual = "give one of them another `python_name`"
    findings.append(Diagnostic(REPEATED_NAME, scalar.span, message, advice or usual))


def _free_name(scalar: Scalar, noun: str, taken: frozenset[str], findings: list[Diagnostic]) -> str:
    name = python_name(scalar, noun, findings)
    if name in taken:
        message = f"{noun} named `{name}` would hide what is called so there"
        advice = f"write `{name}_` or a name with more meaning"
        findings.append(Diagnostic(TAKEN_NAME, scalar.span, message, advice))
    return name


def _name_help(name: str) -> str:
    normal = unicodedata.normalize("NFKC", name)
    words = "".join(c if f"_{c}".isidentifier() else " " for c in normal).split()
    candidate = "_".join(words).strip("_")
    if keyword.iskeyword(candidate) and candidate.islower():
        candidate += "_"
    is_good = candidate.isidentifier() and not keyword.iskeyword(candidate)
    return f"for example {quoted(candidate)}" if is_good else "choose another name"


def _camel_case(name: str) -> str:
    return "".join(word[:1].upper() + word[1:] for word in name.split("_"))
