"""A WSDL with a few changes, each of a kind that a file from anywhere may have.

Bytes that are lost or doubled, attributes and elements that are dropped, doubled, moved or swapped,
references that lead elsewhere, also in a circle, namespaces that are others, nesting without end,
groups that double, names and words that are meant to harm.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import TypeAlias
from xml.sax.saxutils import escape

from tests.generator.hostile import NAMES, PAYLOADS

Mutation: TypeAlias = Callable[[Random, str], str]

_ATTRIBUTE = re.compile(r"\s([\w:.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_TAG = re.compile(r"<(/?)([\w:.-]+)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)(/?)>")
_REFERENCES = re.compile(
    r"(?:\w+:)?(?:type|ref|base|element|message|binding|itemType|memberTypes|substitutionGroup"
    r"|arrayType|part|parts)"
)
_NUMBERS = ("0", "1", "-1", "2147483648", "9" * 5_000, "1e9", "unbounded", "", "NaN", "٣", "0x10")
_DEPTHS = (2, 30, 200, 400, 5_000)
_LONGEST = 500_000
"""Characters of the longest text that is changed further."""

LONG_NAMES = ("N" * 10_000, "x" * 300, "词" * 400, "_" * 300, "A.b-c" * 50)
HARMFUL = (
    *PAYLOADS,
    "'''\"\"\"\\",
    "{{ self.__init__.__globals__ }}",
    "\u202eevil\u202c",
    "\\" * 999 + '"',
    "\r\n\r\n",
    "x" * 10_000 + '"""',
)


@dataclass(frozen=True, slots=True)
class Value:
    """An attribute at `start` to `end`, blank before it included; its value between the quotes."""

    name: str
    value: str
    start: int
    end: int
    value_start: int
    value_end: int


@dataclass(frozen=True, slots=True)
class Element:
    """An element: from its start tag's beginning to its end tag's end; its content."""

    name: str
    start: int
    end: int
    inner_start: int
    inner_end: int


def attributes(text: str) -> list[Value]:
    return [
        Value(
            match[1],
            match[2] if match[2] is not None else match[3],
            *match.span(),
            *match.span(2 if match[2] is not None else 3),
        )
        for match in _ATTRIBUTE.finditer(text)
    ]


def elements(text: str) -> list[Element]:
    """All elements, as far as they have ends."""
    found: list[Element] = []
    waiting: list[re.Match[str]] = []
    for tag in _TAG.finditer(text):
        if tag[4]:
            found.append(Element(tag[2], *tag.span(), tag.end(), tag.end()))
        elif not tag[1]:
            waiting.append(tag)
        elif waiting and waiting[-1][2] == tag[2]:
            start = waiting.pop()
            found.append(Element(tag[2], start.start(), tag.end(), start.end(), tag.start()))
    return found


def written(value: str, *, quotes: bool = True) -> str:
    """A text as XML has it, but for characters that XML has not."""
    text = escape(value, {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"} if quotes else {})
    return text.replace('"', "&quot;").replace("'", "&apos;") if quotes else text


def put(text: str, at: Value, value: str) -> str:
    return text[: at.value_start] + value + text[at.value_end :]


def some_bytes(random: Random, text: str) -> str:
    at = random.randrange(len(text))
    end = min(len(text), at + random.choice((0, 1, 1, 2, 40, 1_000)))
    instead = random.choice(("", "\0", "<", ">", '"', "&", "\ud800", "\x80", text[at:end] * 2))
    return text[:at] + instead + text[end:]


def drop_attribute(random: Random, text: str) -> str:
    at = random.choice(attributes(text))
    return text[: at.start] + text[at.end :]


def copy_attribute(random: Random, text: str) -> str:
    found = attributes(text)
    one, at = random.choice(found), random.choice(found)
    return text[: at.start] + text[one.start : one.end] + text[at.start :]


def swap_values(random: Random, text: str) -> str:
    one, other = sorted(random.sample(attributes(text), 2), key=lambda value: value.start)
    return put(put(text, other, one.value), one, other.value)


def redirect(random: Random, text: str) -> str:
    """A reference that leads to something else, of whatever kind."""
    found = [value for value in attributes(text) if _REFERENCES.fullmatch(value.name)]
    at, other = random.choice(found), random.choice(found).value
    prefix = other.rpartition(":")[0]
    names = [value.value for value in attributes(text) if value.name == "name"]
    local = f"{prefix}:{random.choice(names or ['x'])}"
    return put(text, at, random.choice((other, local, local, "q:none", "", f"{other} {local}")))


def circle(random: Random, text: str) -> str:
    """A reference in a named element that leads to that element."""
    found = attributes(text)
    references = [value for value in found if _REFERENCES.fullmatch(value.name)]
    named = [element for element in elements(text) if element.inner_end > element.inner_start]
    random.shuffle(named)
    for element in named[:40]:
        inside = [each for each in references if element.start < each.start < element.inner_end]
        own = [each for each in found if element.start < each.start < element.inner_start]
        name = next((each.value for each in own if each.name == "name"), "")
        if inside and name:
            prefix = random.choice(references).value.rpartition(":")[0]
            return put(text, random.choice(inside), f"{prefix}:{name}")
    return text


def other_namespace(random: Random, text: str) -> str:
    found = [value for value in attributes(text) if value.name.startswith("xmlns")]
    found += [value for value in attributes(text) if "amespace" in value.name]
    if not found:
        return text
    other = random.choice(("", " ", "urn:x", '"""', "http://[", random.choice(found).value))
    return put(text, random.choice(found), written(other))


def drop_element(random: Random, text: str) -> str:
    found = random.choice(elements(text) or [Element("", 0, 0, 0, 0)])
    return text[: found.start] + text[found.end :]


def move_element(random: Random, text: str) -> str:
    found = elements(text)
    if not found:
        return text
    one, into = random.choice(found), random.choice(found)
    copy = text[one.start : one.end]
    return text[: into.inner_start] + copy * random.choice((1, 1, 2, 30)) + text[into.inner_start :]


def rename_element(random: Random, text: str) -> str:
    found = elements(text)
    if not found:
        return text
    one, name = random.choice(found), random.choice(found).name
    piece = text[one.start : one.end]
    piece = re.sub(f"^<{re.escape(one.name)}", f"<{name}", piece)
    piece = re.sub(f"</{re.escape(one.name)}>$", f"</{name}>", piece)
    return text[: one.start] + piece + text[one.end :]


def nest(random: Random, text: str) -> str:
    """An element in itself, again and again."""
    found = [element for element in elements(text) if element.inner_end > element.inner_start]
    if not found:
        return text
    one, depth = random.choice(found), random.choice(_DEPTHS)
    start, end = text[one.start : one.inner_start], text[one.inner_end : one.end]
    return (
        text[: one.start]
        + start * depth
        + text[one.inner_start : one.inner_end]
        + (end * depth + text[one.end :])
    )


def doubling(random: Random, text: str) -> str:
    """Groups, types or lists of attributes, each of which has the one before it twice."""
    count = random.choice((3, 30, 300))
    return doubled_groups(text, count, random.randrange(4), closed=random.random() < 0.5)


def doubled_groups(text: str, count: int, kind: int, *, closed: bool) -> str:
    """The text with so many of them, in a circle if it is closed; kinds are numbers below 4."""
    schema = re.search(r"<((?:[\w.-]+:)?)schema\b[^>]*[^/]>", text)
    if schema is None:
        return text
    s = schema[1]
    own = re.search(r'targetNamespace="([^"]*)"', schema[0])
    head = f'xmlns:dd="{own[1] if own else ""}"'
    pieces = [_doubled(s, head, kind, 0, count - 1 if closed else -1)]
    pieces += [_doubled(s, head, kind, number, number - 1) for number in range(1, count)]
    pieces.append(
        f'<{s}element name="Doubled" {head}><{s}complexType><{s}sequence><{s}element name="a" '
        f'type="dd:D{count - 1}"/></{s}sequence></{s}complexType></{s}element>'
    )
    used = _first_reference_to_a_type(text)
    if used is not None:  # so that an operation has it
        pieces.append(f'<{s}complexType name="Used" {head}/>')
        text = put(text, used, f"dd:D{count - 1}")
        text = text[: used.start] + " " + head + text[used.start :]
        schema = re.search(r"<((?:[\w.-]+:)?)schema\b[^>]*[^/]>", text)
        assert schema is not None
    return text[: schema.end()] + "".join(pieces) + text[schema.end() :]


def _first_reference_to_a_type(text: str) -> Value | None:
    """The type of the first element that has one."""
    for tag in _TAG.finditer(text):
        if tag[2].rpartition(":")[2] == "element" and " type=" in tag[3]:
            return next(
                each
                for each in attributes(text)
                if each.name == "type" and each.start > tag.start()
            )
    return None


def _doubled(s: str, head: str, kind: int, number: int, before: int) -> str:
    has = before >= 0
    match kind:
        case 0:
            twice = f'<{s}group ref="dd:D{before}"/>' * 2 if has else ""
            group = f'<{s}group name="D{number}" {head}><{s}sequence>{twice}</{s}sequence>'
            use = f'<{s}sequence><{s}group ref="dd:D{number}"/></{s}sequence>'
            return f'{group}</{s}group><{s}complexType name="D{number}" {head}>{use}' + (
                f"</{s}complexType>"
            )
        case 1:
            parts = (f'<{s}element name="{name}" type="dd:D{before}"/>' for name in "xy" if has)
            inner = f"<{s}sequence>{''.join(parts)}</{s}sequence>"
        case 2:
            base = f' base="dd:D{before}"' if has else ""
            inner = f"<{s}complexContent><{s}extension{base}/></{s}complexContent>" if has else ""
        case _:
            inner = f'<{s}attributeGroup ref="dd:D{before}"/>' * 2 if has else ""
            group = f'<{s}attributeGroup name="D{number}" {head}>{inner}</{s}attributeGroup>'
            use = f'<{s}attributeGroup ref="dd:D{number}"/>'
            return f'{group}<{s}complexType name="D{number}" {head}>{use}</{s}complexType>'
    return f'<{s}complexType name="D{number}" {head}>{inner}</{s}complexType>'


def rename(random: Random, text: str) -> str:
    """A name that is another one wherever it stands."""
    found = [value.value for value in attributes(text) if value.name == "name" and value.value]
    if not found:
        return text
    name = random.choice(found)
    other = written(random.choice((*NAMES, *NAMES, *LONG_NAMES, *found, *HARMFUL)))
    return re.sub(rf"(?<=[\"':]){re.escape(name)}(?=[\"'])", lambda _: other, text)


def harmful_value(random: Random, text: str) -> str:
    words = ("default", "fixed", "value", "location", "soapAction", "name", "use", "style", "verb")
    found = [value for value in attributes(text) if value.name in words]
    return put(text, random.choice(found), written(random.choice(HARMFUL))) if found else text


def harmful_words(random: Random, text: str) -> str:
    """Documentation, of the schema or of the WSDL, where it may stand and where it may not."""
    found = elements(text)
    if not found:
        return text
    prefixes = {element.name.rpartition(":")[0] for element in found}
    words = written(random.choice(HARMFUL), quotes=False)
    for _ in range(random.choice((1, 1, 10))):
        prefix = random.choice(sorted(prefixes))
        p = f"{prefix}:" if prefix else ""
        piece = f"<{p}documentation>{words}</{p}documentation>"
        if random.random() < 0.5:
            piece = f"<{p}annotation>{piece}</{p}annotation>"
        at = random.choice(found).inner_start
        text = text[:at] + piece + text[at:]
        found = elements(text) if len(text) < _LONGEST else []
        if not found:
            break
    return text


def odd_number(random: Random, text: str) -> str:
    words = ("minOccurs", "maxOccurs", "value", "arrayType", "nillable", "mixed", "abstract")
    found = [value for value in attributes(text) if value.name in words]
    return put(text, random.choice(found), random.choice(_NUMBERS)) if found else text


MUTATIONS: tuple[Mutation, ...] = (
    *(some_bytes, drop_attribute, copy_attribute, swap_values, redirect, redirect, circle, circle),
    *(other_namespace, drop_element, move_element, rename_element, nest, doubling, rename, rename),
    *(harmful_value, harmful_words, harmful_words, odd_number),
)


def mutated(random: Random, text: str) -> str:
    """The text with one to four changes."""
    for _ in range(random.choice((1, 1, 2, 4))):
        if len(attributes(text)) < 2 or len(text) > _LONGEST:
            break
        text = random.choice(MUTATIONS)(random, text)
    return text
