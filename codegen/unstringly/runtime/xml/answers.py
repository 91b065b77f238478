"""Results with the headers of their responses, for who asks.

A header never costs the result: one that is not of its type is None, and is told beside.
"""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field
from typing import Any, Generic, TypeGuard, TypeVar, final

from ..errors.exceptions import Unwritable
from ..wire.bindings import Binding
from ..wire.codec import Answer as Outcome
from ..wire.codec import Headed
from .header_blocks import header_blocks
from .messages import SOAP, Messages
from .reading import Unreadable, read
from .tables import Element
from .writing import Writer

ResultT_co = TypeVar("ResultT_co", covariant=True)
HeadersT_co = TypeVar("HeadersT_co", covariant=True)


@final
@dataclass(frozen=True, slots=True)
class MalformedHeader:
    """A header of a response that is not of its type, or came twice: its name, why, and its bytes.

    Of headers that could not even be told apart there is no name, and there are no bytes.
    """

    name: str
    reason: str
    raw: bytes = field(repr=False)


@final
@dataclass(frozen=True, slots=True)
class Answer(Generic[ResultT_co, HeadersT_co]):
    """The result of a call, and the headers of its response.

    A header that did not come is None, as is one that is `malformed`.
    """

    result: ResultT_co
    headers: HeadersT_co
    malformed: tuple[MalformedHeader, ...] = ()


class ResponseHeaders:
    """The headers that an operation declares for its responses.

    `kind` is the class of their values, with a field for each of `elements`, by name.
    """

    def __init__(self, kind: type[object], elements: Mapping[str, Element]) -> None:
        self._kind, self._elements = kind, elements

    def answer(self, binding: Binding, text: str, result: object) -> Answer[Any, Any]:
        """Return a result with the headers in the text of its response."""
        if binding not in SOAP:
            return Answer(result, self._kind())
        try:
            came = header_blocks(SOAP[binding], self._elements, text)
        except Unreadable as error:
            return Answer(result, self._kind(), (_malformed("", error, b""),))
        values: dict[str, object] = {}
        malformed: list[MalformedHeader] = []
        for slot, element in self._elements.items():
            fragments = came[slot]
            name = element.name.rpartition(" ")[2]
            if len(fragments) > 1:
                words = "comes more than once"
                malformed += [MalformedHeader(name, words, own.data) for own in fragments]
                continue
            for own in fragments:
                try:
                    values[slot] = read(element, own.data.decode()).value
                except Unreadable as error:
                    malformed.append(_malformed(name, error, own.data))
        return Answer(result, self._kind(**values), tuple(malformed))

    def written(self, headers: object, writer: Writer) -> str:
        """Return headers as elements. Raises Unwritable."""
        if not isinstance(headers, self._kind):
            raise Unwritable("headers", type(headers).__name__, f"give {self._kind.__name__}")
        elements: list[str] = []
        for slot, element in self._elements.items():
            value: object = getattr(headers, slot)
            if value is not None:
                try:
                    elements.append(writer.write(element, value))
                except Unwritable as error:
                    raise error.inside(f"headers.{slot}") from None
        return "".join(elements)


class HeadedMessages(Messages):
    """As `Messages`, for an operation that declares headers of its responses."""

    # Any: the options of Messages, which type checkers know there
    def __init__(self, *tables: Any, answers: ResponseHeaders, **options: Any) -> None:
        super().__init__(*tables, **options)
        self._answers, self._gives_answers = answers, False

    def answering(self) -> "HeadedMessages":
        """Return the same messages, whose results are `Answer`s."""
        answering = copy(self)
        answering._gives_answers = True
        return answering

    def answer(self, binding: Binding, text: str) -> Outcome:
        """Return the result in the text of a response, with its headers if they are asked for."""
        outcome = super().answer(binding, text)
        if outcome.problem or not self._gives_answers:
            return outcome
        return Outcome(self._answers.answer(binding, text, outcome.value))

    def answered(self, binding: Binding, value: object) -> str:
        """Return a response: what is in its body, and the header if there is one."""
        if not _is_answer(value):
            return super().answered(binding, value)
        body = super().answered(binding, value.result)
        header = self._answers.written(value.headers, self._writer)
        return Headed(body, header) if binding in SOAP else body


def _is_answer(value: object) -> TypeGuard[Answer[Any, Any]]:
    return isinstance(value, Answer)


def _malformed(name: str, error: Unreadable, raw: bytes) -> MalformedHeader:
    """Return a malformed header; the reason quotes nothing of it, which may be a secret."""
    place = f", see {error.path}" if error.path else ""
    return MalformedHeader(name, f"does not fit its schema{place}", raw)
