"""Reading of a whole grammar spec, as `docs/grammar-spec.md` describes it.

A definition with errors is reported and left out, and the rest is read all the same, so that
one run shows every problem. Names that definitions refer to, and operations and parameters of the
WSDL, are not looked up here: linking does that.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import MappingProxyType

from unstringly.diagnostics import Diagnostic, Rule, Severity, Span, sorted_findings
from unstringly.model.assertions import Credential
from unstringly.model.grammar import Definition, EnumType, LineEnds
from unstringly.model.languages import ENGLISH
from unstringly.model.spec import (
    ALL_PARTS,
    Acceptance,
    AttachedString,
    Callback,
    Document,
    OperationSpec,
    PackagePart,
    Spec,
)
from unstringly.read.spec import dates as spec_dates
from unstringly.read.spec import enums as spec_enums
from unstringly.read.spec import names as spec_names
from unstringly.read.spec import nodes, source_text
from unstringly.read.spec import numbers as spec_numbers
from unstringly.read.spec import records as spec_records
from unstringly.read.spec import rules as spec_rules
from unstringly.read.spec import version as spec_version
from unstringly.read.spec.accept import read_acceptance
from unstringly.read.spec.cursor import Cursor, quoted
from unstringly.read.spec.data_sets import read_data_set_rows
from unstringly.read.spec.examples import read_examples
from unstringly.read.spec.keys import CREDENTIALS, DOCUMENT, LINE_ENDS, PARSERS, PARTS, SPEC
from unstringly.read.spec.names import claim, python_name
from unstringly.read.spec.nodes import Node, Scalar, read_nodes
from unstringly.read.spec.operations import read_callback, read_operation
from unstringly.read.spec.records import read_grammar, read_record
from unstringly.read.spec.source_text import MAX_BYTES, UNREADABLE
from unstringly.read.spec.types import read_type
from unstringly.regular_files import Unfit, read_regular
from unstringly.runtime.wire.charsets import known_codec

FILE_NAME = Rule(
    "S120",
    Severity.ERROR,
    "a service or its files have a name that cannot be used",
    wrong="""\
`service` is the `name` of the `wsdl:service`. In lower case it is also the import name of
the generated package, unless `package` gives another one: an identifier in lower case and
ASCII. `wsdl` is the name of a file beside the spec, without folders.""",
    why="""\
The package becomes a folder, and a service's own folder is all that is read.""",
    example="service: Echo-Service        wsdl: ../MsgSend.wsdl",
    todo="""\
Write the service's name as the WSDL has it, and give `package` if it makes no folder name.
Put the WSDL beside the spec.""",
)

NO_CHARSET = Rule(
    "S123",
    Severity.ERROR,
    "a charset is none that packages can try besides UTF-8",
    wrong="""\
`charset` is that of texts which name none and are not UTF-8: of pushes without a charset in their
header, and of bodies in journals that say nothing of how they came. It is one of those that servers
use, other than UTF-8, and in it ASCII is ASCII: GB 18030, Big5, EUC-KR, Windows-1251.""",
    why="""\
UTF-8 is tried first in any case. In UTF-16 or ISO 2022 the bytes of ASCII may be other characters,
so that a form could not be taken apart before its charset is known.""",
    example="charset: utf-16        charset: utf8        charset: gb-18030-2",
    todo="Write the name of the charset, such as `gb18030`, or leave the key out.",
)

RULES = (
    *source_text.RULES,
    *nodes.RULES,
    *spec_rules.RULES,
    *spec_names.RULES,
    *spec_enums.RULES,
    *spec_dates.RULES,
    *spec_numbers.RULES,
    *spec_records.RULES,
    FILE_NAME,
    NO_CHARSET,
    spec_version.NEWER,
)

# The order in which definitions are read; they share one namespace.
SECTIONS: tuple[tuple[str, Callable[[Scalar, Node, list[Diagnostic]], Definition | None]], ...] = (
    ("types", read_type),
    ("records", read_record),
    ("grammars", read_grammar),
)

_SERVICE = re.compile(r"[^\W\d][\w.-]*")
_PACKAGE = re.compile(r"[a-z][a-z0-9_]*")
_FILE = re.compile(r"[^./\\:\x00-\x20\x7f][^/\\:\x00-\x1f\x7f]*")


def read_spec(path: Path, name: str) -> tuple[Spec | None, tuple[Diagnostic, ...]]:
    """Return a grammar spec, and findings in reading order; `name` is the file's name in spans.

    The spec has the definitions without errors. It is None if the file cannot be read, is no
    mapping, or is of a newer version of the language.
    """
    try:
        data = read_regular(path, MAX_BYTES, inside=path.parent)
    except Unfit as problem:
        message = f"this file cannot be read: {problem}"
        return None, (Diagnostic(UNREADABLE, Span(name, 1, 1), message),)
    return spec_from_bytes(data, name)


def spec_from_bytes(data: bytes, name: str) -> tuple[Spec | None, tuple[Diagnostic, ...]]:
    """Return a grammar spec, and findings, as `read_spec` does, from the content of a file."""
    root, problems = read_nodes(data, name)
    findings = list(problems)
    spec = None if root is None else _spec(root, Span(name, 1, 1), findings)
    return spec, sorted_findings(findings)


def _spec(root: Node, span: Span, findings: list[Diagnostic]) -> Spec | None:
    if not isinstance(root, nodes.Mapping):
        Cursor(root, SPEC.names, "a spec", span, findings)
        return None
    if not spec_version.is_readable(root, span, findings):
        return None
    cursor = Cursor(root, SPEC.names, "a spec", span, findings)
    cursor.require("service")
    service = _checked(cursor, "service", _SERVICE, "a name of XML, such as `Weather`")
    default_package = service.lower()
    package = (
        _checked(cursor, "package", _PACKAGE, "an identifier in lower case") or default_package
    )
    if package == default_package and service and not _PACKAGE.fullmatch(package):
        message = f"{quoted(service)} cannot be an import name in lower case"
        cursor.report(FILE_NAME, cursor.key_span("service"), message, "add the key `package`")
    default_wsdl = f"{service}.wsdl" if service else ""
    has_wsdl = cursor.scalar("wsdl") is not None
    wsdl = _checked(cursor, "wsdl", _FILE, "the name of a file beside the spec")
    definitions, left_out = _definitions(cursor)
    operations, operations_left_out = _operations(cursor)
    return Spec(
        service=service,
        package=package,
        wsdl=wsdl if has_wsdl else default_wsdl,
        document=_document(cursor),
        language=cursor.language("language", ENGLISH),
        words=cursor.localized("doc"),
        charset=_charset(cursor),
        line_ends=cursor.one_of("line_ends", LINE_ENDS, LineEnds.KEPT),
        package_parts=_parts(cursor),
        definitions=MappingProxyType(definitions),
        left_out=left_out,
        operations=operations,
        operations_left_out=operations_left_out,
        callbacks=_callbacks(cursor),
        strings=tuple(_strings(cursor)),
        accepted=MappingProxyType(_accepted(cursor)),
        span=cursor.key_span("service"),
        credentials=_credentials(cursor),
        data_set_rows=read_data_set_rows(cursor),
        examples=tuple(read_examples(cursor)),
    )


def _checked(cursor: Cursor, key: str, form: re.Pattern[str], expected: str) -> str:
    """Return the text at a key; empty if the key is not there, or its text is not of the form."""
    scalar = cursor.scalar(key)
    if scalar is None:
        return ""
    if not form.fullmatch(scalar.text):
        message = f"`{key}` is {expected}, not {quoted(scalar.text)}"
        cursor.report(FILE_NAME, scalar.span, message)
        return ""
    if key == "package":
        python_name(scalar, "a package", cursor.findings)
    return scalar.text


def _parts(cursor: Cursor) -> frozenset[PackagePart]:
    """Return what the package has besides its parsers: all without the key `generate`."""
    if not cursor.has("generate"):
        return ALL_PARTS
    known: dict[str, PackagePart | None] = {PARSERS: None, **PARTS}
    words = cursor.texts("generate")
    parts = [cursor.word(scalar, "each of `generate`", known, None) for scalar in words]
    return frozenset(part for part in parts if part is not None)


def _credentials(cursor: Cursor) -> Credential | None:
    """Return the way to send credentials; None if the WSDL decides."""
    words: dict[str, Credential | None] = {**CREDENTIALS}
    return cursor.one_of("credentials", words, None)


def _charset(cursor: Cursor) -> str:
    """Return the codec of the charset that packages shall try besides UTF-8; empty if none."""
    scalar = cursor.scalar("charset")
    if scalar is None:
        return ""
    codec = known_codec(scalar.text)
    if codec is not None and codec != "ascii" and not codec.startswith(("utf", "iso2022")):
        return codec
    message = f"`charset` is one besides UTF-8 that extends ASCII, not {quoted(scalar.text)}"
    cursor.report(NO_CHARSET, scalar.span, message, "write one such as `gb18030` or `cp1251`")
    return ""


def _document(owner: Cursor) -> Document:
    node = owner.node("document")
    if node is None:
        return Document("", "", "")
    cursor = Cursor(
        node, DOCUMENT.names, DOCUMENT.called, owner.key_span("document"), owner.findings
    )
    return Document(*(cursor.line(key) for key in DOCUMENT.names))


def _definitions(cursor: Cursor) -> tuple[dict[str, Definition], frozenset[str]]:
    """Return the definitions by name, and the names of those left out for their errors."""
    taken: dict[str, Scalar] = {}
    definitions: dict[str, Definition] = {}
    left_out: set[str] = set()
    for section, reader in SECTIONS:
        for key, node in cursor.entries(section):
            claim(key, key.text, taken, "definition", cursor.findings)
            definition = reader(key, node, cursor.findings)
            if definition is None:
                left_out.add(key.text)
                continue
            definitions.setdefault(key.text, definition)
            if isinstance(definition, EnumType) and definition.form is not None:
                claim(key, f"Unknown{key.text}", taken, "definition", cursor.findings)
    return definitions, frozenset(left_out - definitions.keys())


def _operations(cursor: Cursor) -> tuple[tuple[OperationSpec, ...], frozenset[str]]:
    """Return the operations, and the names of those left out for their errors."""
    taken: dict[str, Scalar] = {}
    operations: list[OperationSpec] = []
    left_out: set[str] = set()
    for key, node in cursor.entries("operations"):
        operation = read_operation(key, node, taken, cursor.findings)
        if operation is None:
            left_out.add(key.text)
        else:
            operations.append(operation)
    return tuple(operations), frozenset(left_out)


def _callbacks(cursor: Cursor) -> tuple[Callback, ...]:
    callbacks = (
        read_callback(key, node, cursor.findings) for key, node in cursor.entries("callbacks")
    )
    return tuple(callback for callback in callbacks if callback is not None)


def _strings(cursor: Cursor) -> Iterator[AttachedString]:
    """Yield the strings inside of messages that have a grammar."""
    for key, node in cursor.entries("strings"):
        is_short = cursor.is_short(key, "each key of `strings`")
        grammar = cursor.as_scalar(node, "each of `strings`")
        if is_short and grammar is not None:
            yield AttachedString(key.text, grammar.text, key.span, grammar.span)


def _accepted(cursor: Cursor) -> dict[str, Acceptance]:
    acceptances = (
        (key.text, read_acceptance(key, node, cursor.findings))
        for key, node in cursor.entries("accept")
    )
    return {name: acceptance for name, acceptance in acceptances if acceptance is not None}
