"""XML documents that hold one result at the end of a known path of elements, or a SOAP fault.

A result may be null. Servers write that in three ways: the element of the result is left out
(.NET does that where the schema allows it), it is nil, or the element around it is. The empty
element is the empty text, and so is one with `xsi:nil="false"`. An envelope without any response
is malformed, and no null.

Of a fault no more text is taken than a person reads: all of it stays in the response.
"""

from dataclasses import dataclass, field
from typing import Final

from .xml_events import Refused, read_events

_NIL: Final = "http://www.w3.org/2001/XMLSchema-instance nil"
_MOST_OF_CODE: Final = 500
_MOST_OF_MESSAGE: Final = 4_000
_BETWEEN: Final = " / "
_BLANKS: Final = " \t\r\n"
_TRUE: Final = ("true", "1")


@dataclass(slots=True, eq=False)
class FaultTexts:
    """The texts of some elements of a fault, up to `room` characters in all."""

    room: int
    parts: list[list[str]] = field(default_factory=list[list[str]])
    is_new: bool = True
    is_cut: bool = False

    def add(self, data: str) -> None:
        """Add some text; it begins another element's text if `is_new`."""
        if self.room <= 0:
            self.is_cut = self.is_cut or not data.isspace()
            return
        if self.is_new:
            self.parts.append([])
            self.room -= len(_BETWEEN)
            self.is_new = False
        if not self.parts[-1]:
            data = data.lstrip()
        if len(data) > self.room:
            data, self.is_cut = data[: max(self.room, 0)], True
        if data:
            self.room -= len(data)
            self.parts[-1].append(data)

    def __str__(self) -> str:
        texts = ("".join(part).strip() for part in self.parts)
        return _BETWEEN.join(filter(None, texts)) + ("…" if self.is_cut else "")


_NO_TEXTS: Final = FaultTexts(0)
"""The texts of a document that is no fault; nothing is added to them."""


@dataclass(slots=True)
class Document:
    """The state of the parser: the result along its path, or a fault.

    A fault has a code, followed in SOAP 1.2 by its subcodes, and a message, in all languages that
    it is given in.
    """

    path: tuple[str, ...]
    parts: list[str] = field(default_factory=list[str])
    open: list[str] = field(default_factory=list[str])
    seen: int = 0
    skipped: int = 0
    is_fault: bool = False
    is_nil: bool = False
    code: FaultTexts = _NO_TEXTS
    message: FaultTexts = _NO_TEXTS

    @property
    def null(self) -> str:
        """The way in which the result is null, in words; empty if there is a result, or a fault."""
        if self.is_nil:
            return "is nil"
        return "has no result" if self.seen < len(self.path) and not self.is_fault else ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element. Raises Refused for one that is not expected."""
        depth = len(self.open)
        self.open.append(name)
        if self.skipped:
            self.skipped += 1
            return
        if self.is_fault:
            self.code.is_new = self.message.is_new = True
            return
        if depth == self.seen < len(self.path) and name == self.path[depth] and not self.is_nil:
            self.seen += 1
            self.is_nil = bool(attributes) and attributes.get(_NIL, "").strip(_BLANKS) in _TRUE
            return
        if len(self.path) > 1 and depth == self.seen == 1 and name == self._soap("Header"):
            self.skipped = 1
            return
        if len(self.path) > 1 and depth == self.seen == 2 and name == self._soap("Fault"):
            self.is_fault = True
            self.code, self.message = FaultTexts(_MOST_OF_CODE), FaultTexts(_MOST_OF_MESSAGE)
            return
        local = name.rsplit(" ", 1)[-1]
        raise Refused(f"has an element {local[:40]!r} where none is expected")

    def _soap(self, local: str) -> str:
        return f"{self.path[0].split(' ', maxsplit=1)[0]} {local}"

    def end(self, _: str) -> None:
        """Take the end of an element."""
        self.open.pop()
        if self.skipped:
            self.skipped -= 1

    def characters(self, data: str) -> None:
        """Take character data. Raises Refused for text outside of the result."""
        if self.is_fault:
            self._fault(data)
        elif self.skipped:
            return
        elif len(self.open) == len(self.path) == self.seen:
            self.parts.append(data)
        elif data.strip(_BLANKS):
            raise Refused("has text outside of its result")

    def _fault(self, data: str) -> None:
        """Take the code and the message of a fault, in SOAP 1.1 and in SOAP 1.2.

        Values that its detail refers to may stand beside it.
        """
        if self.open[2:3] != [self._soap("Fault")]:
            return
        match [name.rsplit(" ", 1)[-1] for name in self.open[3:]]:
            case ["faultcode"] | ["Code", *_, "Value"]:
                self.code.add(data)
            case ["faultstring"] | ["Reason", "Text"]:
                self.message.add(data)
            case _:
                pass


@dataclass(frozen=True, slots=True)
class Content:
    """The content of a document: a result, which may be null, or a fault."""

    text: str
    is_null: bool = False
    is_fault: bool = False
    code: str = ""
    message: str = ""


def read_document(text: str, path: tuple[str, ...]) -> tuple[str, Content | None]:
    """Return the problem with a document, or its content; for a null result, both.

    `path` has the names as expat gives them. The text must have an encoding.
    """
    document, problem, is_large, repaired = read_events(text, lambda: Document(path))
    if problem and not (is_large and document.is_fault):
        return problem, None
    restored = str if repaired is None else repaired.restored
    if document.is_fault:
        code, message = restored(str(document.code)), restored(str(document.message))
        return "", Content("", is_fault=True, code=code, message=message)
    result = restored("".join(document.parts))
    if document.is_nil and result.strip(_BLANKS):
        return "is nil and has a text", None
    null = document.null
    if null and document.seen < len(path) - 1:
        return null, None
    return null, Content(result, is_null=bool(null))
