"""Messages whose bodies hold several elements beside each other, with headers and without."""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unstringly.runtime.errors.exceptions import Unwritable
from unstringly.runtime.testing.heights import Heights
from unstringly.runtime.testing.values import RandomSource, writable
from unstringly.runtime.wire.bindings import Binding
from unstringly.runtime.wire.codec import Unasked
from unstringly.runtime.wire.envelopes import write_fault
from unstringly.runtime.xml.answers import Answer, HeadedMessages, ResponseHeaders
from unstringly.runtime.xml.messages import Messages
from unstringly.runtime.xml.numbers import INT
from unstringly.runtime.xml.part_answers import HeadedPartMessages
from unstringly.runtime.xml.part_messages import PartMessages
from unstringly.runtime.xml.records import record
from unstringly.runtime.xml.tables import Content, Element, Shape
from unstringly.runtime.xml.texts import STRING
from unstringly.runtime.xml.writing import Writer

from .drawn_tables import XML_TEXT
from .test_messages import SOAP, envelope

WRITER: Final = Writer({"urn:a": "a", "urn:b": "b"})


@record
class Parts:
    """Elements of two namespaces beside each other."""

    number: int
    text: str


@record
class Headers:
    """The headers of a response."""

    left: int | None = None


def parts(name: str) -> Element:
    """Elements in one that is never on the wire."""
    inner = (Element("number", "urn:a Number", INT), Element("text", "urn:b Text", STRING))
    return Element("value", name, Shape("", Parts, lambda: Content(inner)))


REQUEST: Final = parts("request")
RESPONSE: Final = parts("response")
LEFT: Final = Element("left", "urn:a Left", INT)
MESSAGES: Final = PartMessages(REQUEST, RESPONSE, WRITER, spread=(REQUEST, RESPONSE))
HEADED: Final = HeadedPartMessages(
    REQUEST,
    RESPONSE,
    WRITER,
    spread=(REQUEST, RESPONSE),
    answers=ResponseHeaders(Headers, {"left": LEFT}),
)
INTS: Final = st.integers(-(2**31), 2**31 - 1)
SLOTS: Final = ("number", "text")


@given(SOAP, st.fixed_dictionaries({"number": INTS, "text": XML_TEXT}))
def test_parameters_arrive_as_they_were(binding: Binding, values: dict[str, object]) -> None:
    for messages in (MESSAGES, HEADED):
        text = envelope(binding, "", messages.body(values))
        assert messages.asked(binding, text, SLOTS) == values


@given(SOAP, st.integers(0, 999).map(str))
def test_drawn_parameters_arrive_as_they_were(binding: Binding, seed: str) -> None:
    """Those of a wrapper, the only one, and those of headers alone."""

    def draw(element: Element, writer: Writer) -> object:
        return writable(element, writer, RandomSource(seed), Heights())

    headers = {"head": LEFT}
    for messages, slots in (
        (Messages(REQUEST, None, WRITER, headers=headers), ("number", "head", "text")),
        (Messages(LEFT, None, WRITER, is_wrapped=False, headers=headers), ("only", "head")),
        (Messages(None, None, WRITER, headers=headers), ("head",)),
        (Messages(LEFT, None, WRITER, is_wrapped=False), ("only",)),
    ):
        values = messages.drawn_request(draw, slots)
        assert {*values} == {*slots}
        text = envelope(binding, messages.header(values), messages.body(values))
        assert messages.asked(binding, text, slots) == values


@given(SOAP, st.builds(Parts, number=INTS, text=XML_TEXT), st.none() | INTS)
def test_results_arrive_as_they_were_and_headers_for_who_asks(
    binding: Binding, result: Parts, left: int | None
) -> None:
    assert "request" not in MESSAGES.answered(binding, result)
    text = envelope(binding, "", MESSAGES.answered(binding, result))
    assert MESSAGES.answer(binding, text).value == result
    header = "" if left is None else WRITER.write(LEFT, left)
    text = envelope(binding, header, HEADED.answered(binding, result))
    assert HEADED.answer(binding, text).value == result
    assert HEADED.answering().answer(binding, text).value == Answer(result, Headers(left=left))


@pytest.mark.parametrize("messages", [MESSAGES, HEADED, HEADED.answering()])
@pytest.mark.parametrize("binding", [Binding.SOAP11, Binding.SOAP12])
def test_a_fault_is_no_result(messages: PartMessages, binding: Binding) -> None:
    text = write_fault(binding, "no", of_sender=False)
    assert messages.answer(binding, text).problem == "has a fault in its body"


@pytest.mark.parametrize("body", ["", "<a:Number xmlns:a='urn:a'>1</a:Number>", "<x/>", "x"])
def test_parts_that_are_not_there_are_told(body: str) -> None:
    text = envelope(Binding.SOAP11, "", body)
    assert MESSAGES.answer(Binding.SOAP11, text).problem
    with pytest.raises(Unasked):
        MESSAGES.asked(Binding.SOAP11, text, SLOTS)


def test_a_wrong_part_is_told_by_its_slot() -> None:
    with pytest.raises(Unwritable) as refused:
        MESSAGES.body({"number": "1", "text": "x"})
    assert refused.value.field == "number"
    with pytest.raises(Unwritable) as refused:
        MESSAGES.answered(Binding.SOAP11, Parts(number=1, text="\0"))
    assert refused.value.field == "text"


@pytest.mark.parametrize("binding", [Binding.GET, Binding.POST])
def test_over_forms_there_are_no_headers(binding: Binding) -> None:
    answers = ResponseHeaders(Headers, {"left": LEFT})
    messages = HeadedMessages(None, LEFT, WRITER, answers=answers, roots={binding: LEFT})
    text = messages.answered(binding, Answer(3, Headers(left=1)))
    assert messages.answering().answer(binding, text).value == Answer(3, Headers())
