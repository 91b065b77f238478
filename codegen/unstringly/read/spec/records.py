"""Reader of `records` and `grammars`: rows of fields, lists and choices."""

from typing import TypeAlias

from unstringly.diagnostics import Diagnostic, Rule, Severity
from unstringly.model.grammar import (
    ChoiceGrammar,
    Constant,
    Field,
    ListGrammar,
    LocalizedText,
    Record,
    Trailing,
)
from unstringly.read.spec.cursor import Cursor, quoted
from unstringly.read.spec.keys import (
    ALLOWED,
    CHOICE,
    CONSTANT_KEYS,
    FIELD,
    LIST,
    PADDING,
    RECORD,
    TRAILING,
)
from unstringly.read.spec.names import class_name, python_name
from unstringly.read.spec.nodes import Node, Scalar
from unstringly.read.spec.rules import CONFLICT, MISSING_KEY, WRONG_TEXT

OPTIONAL_TAIL = Rule(
    "S119",
    Severity.ERROR,
    "a field that is not at the end of a record is optional",
    wrong="""\
An optional field may be missing together with its separator, so everything after it must be
optional too. The first field cannot be optional: there is no separator to miss. A constant
always stands.""",
    why="The fields that are there would change places.",
    example="fields: {phone: {type: Phone, optional: true}, status: Status}",
    todo="""\
Move the field to the end. For a field in the middle that may be empty, give its `nil`
spelling: `nil: ''`.""",
)

RULES = (OPTIONAL_TAIL,)

Element: TypeAlias = Field | Constant


def read_record(name: Scalar, node: Node, findings: list[Diagnostic]) -> Record | None:
    """Return the record that a mapping defines; None if it has errors."""
    cursor = Cursor(node, RECORD.names, RECORD.called, name.span, findings)
    class_name(name, "a record", findings)
    words = cursor.localized("doc")
    padded = cursor.one_of("padding", PADDING, False)
    separators = tuple(scalar.text for scalar in cursor.on_the_wire("separator"))
    initiators, terminators = cursor.tags("initiator"), cursor.tags("terminator")
    cursor.require("fields")
    elements = [
        read_element(key, value, padded, findings) for key, value in cursor.entries("fields")
    ]
    if not any(isinstance(element, Field) for element in elements) and not cursor.failed:
        cursor.report(MISSING_KEY, cursor.key_span("fields"), "a record needs at least one field")
    known = tuple(element for element in elements if element is not None)
    _check_optional_tail(known, cursor)
    if cursor.failed:
        return None
    return Record(name.text, words, separators, initiators, terminators, known, name.span)


def read_element(
    name: Scalar, node: Node, padded: bool, findings: list[Diagnostic]
) -> Element | None:
    """Return a field or constant; None if it has errors. `padded` is that of the record."""
    if isinstance(node, Scalar) and not node.is_missing:
        python_name(name, "a field", findings)
        return _plain_field(name, node, padded)
    cursor = Cursor(node, FIELD.names, FIELD.called, name.span, findings)
    words = cursor.localized("doc")
    padded = cursor.one_of("padding", PADDING, padded)
    if cursor.has("constant"):
        return _constant(name, padded, cursor)
    python_name(name, "a field", findings)
    cursor.require("type")
    type_name = cursor.scalar("type")
    initiators, terminators = cursor.tags("initiator"), cursor.tags("terminator")
    nils, optional = cursor.spellings("nil"), cursor.flag("optional")
    if cursor.failed or type_name is None:
        return None
    return Field(
        name=name.text,
        type=type_name.text,
        words=words,
        initiators=initiators,
        terminators=terminators,
        nils=nils,
        optional=optional,
        padded=padded,
        span=name.span,
        type_span=type_name.span,
    )


def _plain_field(name: Scalar, type_name: Scalar, padded: bool) -> Field:
    """Return a field of which only the type is given."""
    return Field(
        name=name.text,
        type=type_name.text,
        words=LocalizedText(),
        initiators=(),
        terminators=(),
        nils=(),
        optional=False,
        padded=padded,
        span=name.span,
        type_span=type_name.span,
    )


def _constant(name: Scalar, padded: bool, cursor: Cursor) -> Constant | None:
    for key in FIELD.names:
        if key not in CONSTANT_KEYS and cursor.has(key):
            message = f"a constant always stands as it is and has no value, so it has no `{key}`"
            cursor.report(CONFLICT, cursor.key_span(key), message, "leave it out")
    text = cursor.delimiter("constant")
    return None if cursor.failed else Constant(text, padded, name.span)


def _check_optional_tail(elements: tuple[Element, ...], cursor: Cursor) -> None:
    optional: Field | None = None
    for place, element in enumerate(elements):
        if isinstance(element, Field) and element.optional:
            optional = element
            if place == 0:
                message = f"the first field, {quoted(element.name)}, cannot be optional"
                cursor.report(OPTIONAL_TAIL, element.span, message, "give it a `nil` spelling")
        elif optional is not None:
            subject = quoted(element.name) if isinstance(element, Field) else "this constant"
            message = (
                f"{subject} stands after the optional {quoted(optional.name)} and is not optional"
            )
            advice = f"move it before {quoted(optional.name)}, or make it optional too"
            cursor.report(OPTIONAL_TAIL, element.span, message, advice)


def read_grammar(
    name: Scalar, node: Node, findings: list[Diagnostic]
) -> ListGrammar | ChoiceGrammar | None:
    """Return the list or choice that a mapping defines; None if it has errors."""
    keys = tuple(dict.fromkeys((*LIST.names, *CHOICE.names)))
    probe = Cursor(node, keys, "a grammar", name.span, findings)
    python_name(name, "a grammar", findings)
    if probe.has("list") and probe.has("choice"):
        message = "a grammar is a `list` or a `choice`, not both"
        probe.report(CONFLICT, probe.key_span("choice"), message, "name the list, and choose it")
    elif probe.has("list"):
        return _list(name, probe)
    elif probe.has("choice"):
        return _choice(name, probe)
    elif not probe.failed:
        probe.report(MISSING_KEY, name.span, "a grammar needs the key `list` or `choice`")
    return None


def _list(name: Scalar, cursor: Cursor) -> ListGrammar | None:
    for key in CHOICE.names:
        if key not in LIST.names and cursor.has(key):
            message = f"`{key}` goes with `choice`, not with `list`"
            cursor.report(CONFLICT, cursor.key_span(key), message, "leave it out")
    words = cursor.localized("doc")
    items = cursor.texts("list")
    cursor.require("separator")
    separators, final = cursor.on_the_wire("separator"), cursor.on_the_wire("final_separator")
    for scalar in final:
        if any(scalar.text == separator.text for separator in separators):
            message = f"{quoted(scalar.text)} is a `separator` already"
            cursor.report(WRONG_TEXT, scalar.span, message, "leave it out here")
    trailing = cursor.one_of("trailing", TRAILING, Trailing.FORBIDDEN)
    if final and trailing is Trailing.FORBIDDEN:
        message = "a `final_separator` stands after the last item, where `trailing` forbids one"
        advice = "add `trailing: allowed`, or another word that allows it"
        cursor.report(CONFLICT, cursor.key_span("final_separator"), message, advice)
    leading = cursor.one_of("leading", ALLOWED, False)
    repeated = cursor.one_of("repeated", ALLOWED, False)
    padded = cursor.one_of("padding", PADDING, False)
    if cursor.failed:
        return None
    return ListGrammar(
        name=name.text,
        words=words,
        items=tuple(scalar.text for scalar in items),
        item_spans=tuple(scalar.span for scalar in items),
        separators=tuple(scalar.text for scalar in separators),
        final_separators=tuple(scalar.text for scalar in final),
        leading=leading,
        trailing=trailing,
        repeated=repeated,
        padded=padded,
        span=name.span,
    )


def _choice(name: Scalar, cursor: Cursor) -> ChoiceGrammar | None:
    for key in LIST.names:
        if key not in CHOICE.names and cursor.has(key):
            message = f"`{key}` goes with `list`, not with `choice`"
            cursor.report(CONFLICT, cursor.key_span(key), message, "leave it out")
    words = cursor.localized("doc")
    alternatives, rejections = cursor.texts("choice"), cursor.texts("rejections")
    for scalar in rejections:
        if all(scalar.text != each.text for each in alternatives):
            message = f"{quoted(scalar.text)} is no alternative of {quoted(name.text)}"
            cursor.report(CONFLICT, scalar.span, message, "name it in `choice` as well")
    padded = cursor.one_of("padding", PADDING, False)
    if len(alternatives) == 1 and not cursor.failed:
        message = "a choice needs two or more names"
        cursor.report(CONFLICT, cursor.key_span("choice"), message, "name two or more")
    if cursor.failed:
        return None
    return ChoiceGrammar(
        name=name.text,
        words=words,
        alternatives=tuple(scalar.text for scalar in alternatives),
        alternative_spans=tuple(scalar.span for scalar in alternatives),
        padded=padded,
        span=name.span,
        rejections=tuple(scalar.text for scalar in rejections),
        rejection_spans=tuple(scalar.span for scalar in rejections),
    )
