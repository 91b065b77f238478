"""Messages of an operation: parameters and results are on the other side what they were on this."""

from typing import Any, Final

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.runtime.xml.drawn_tables import NAMESPACES, roots

from unstringly.runtime.errors.exceptions import DeclaredFault, Unwritable
from unstringly.runtime.wire.bindings import SOAP_11, SOAP_12, Binding
from unstringly.runtime.wire.codec import Answer, Declared, Unasked
from unstringly.runtime.wire.envelopes import write_document, write_fault
from unstringly.runtime.xml.encoded_messages import EncodedMessages
from unstringly.runtime.xml.encoded_writing import EncodedWriter
from unstringly.runtime.xml.messages import Messages, nothing, whole
from unstringly.runtime.xml.numbers import INT
from unstringly.runtime.xml.records import record
from unstringly.runtime.xml.tables import Content, Element, Shape
from unstringly.runtime.xml.texts import STRING
from unstringly.runtime.xml.writing import Writer

WRITER: Final = Writer({namespace: f"n{at}" for at, namespace in enumerate(NAMESPACES) if at})
SOAP: Final = st.sampled_from([Binding.SOAP11, Binding.SOAP12])


def envelope(binding: Binding, header: str, body: str) -> str:
    soap = SOAP_12 if binding is Binding.SOAP12 else SOAP_11
    head = f"<s:Header>{header}</s:Header>" if header else ""
    return f'<s:Envelope xmlns:s="{soap}">{head}<s:Body>{body}</s:Body></s:Envelope>'


def writable(make: Any, *given: object) -> str:  # Any: a method of Messages
    """What it writes; there is no example where a value cannot be written."""
    text = refused = None
    try:
        text = make(*given)
    except Unwritable as error:
        refused = error
    assert refused is None or refused.part == "the document", refused
    assume(text is not None)
    return text or ""


@given(roots(), SOAP)
def test_the_only_parameter_arrives_as_it_was(root: tuple[Element, Any], binding: Binding) -> None:
    element, value = root
    messages = Messages(element, None, WRITER, is_wrapped=False)
    text = envelope(binding, "", writable(messages.body, {"order": value}))
    assert messages.asked(binding, text, ("order",)) == {"order": value}


@given(roots(), SOAP)
def test_a_result_arrives_as_it_was(root: tuple[Element, Any], binding: Binding) -> None:
    element, value = root
    messages = Messages(None, element, WRITER)
    text = write_document(binding, writable(messages.answered, binding, value))
    assert messages.answer(binding, text) == Answer(value)


@given(roots(), roots(), SOAP)
def test_headers_arrive_beside_the_body(
    header: tuple[Element, Any], root: tuple[Element, Any], binding: Binding
) -> None:
    element, value = root
    messages = Messages(element, None, WRITER, is_wrapped=False, headers={"head": header[0]})
    assume(header[1] is not None)
    values = {"body": value, "head": header[1]}
    text = envelope(binding, writable(messages.header, values), writable(messages.body, values))
    assert messages.asked(binding, text, ("body", "head")) == values


@given(roots(), st.sampled_from([Binding.GET, Binding.POST]))
def test_over_forms_a_response_is_the_result_alone(
    root: tuple[Element, Any], binding: Binding
) -> None:
    element, value = root
    messages = Messages(None, RESPONSE, WRITER, result="sum", roots={binding: element})
    text = write_document(binding, writable(messages.answered, binding, value))
    assert messages.answer(binding, text) == Answer(value)


@record
class Add:
    one: int
    others: tuple[int, ...] = ()
    note: str | None = None


@record
class AddResponse:
    sum: int


@record
class Sum:
    needed: tuple[int, ...]
    wanted: tuple[int, ...] | None = None
    marks: tuple[str, ...] = ()


@record
class CancelResponse:
    """Nothing."""


@record
class Auth:
    user: str | None = None
    password: str | None = None


@record
class Detail:
    limit: int


class TooLarge(DeclaredFault[Detail]):
    """The sum is too large."""


ITEMS: Final = (Element("items", "urn:a int", INT, least=0, most=None, missing=()),)
ARRAY: Final = Shape("urn:a ArrayOfInt", None, lambda: Content(ITEMS))


def element(name: str, cls: type[object], *particles: Element) -> Element:
    return Element("value", f"urn:a {name}", Shape("", cls, lambda: Content(particles)))


ADD: Final = element(
    "Add",
    Add,
    Element("one", "urn:a One", INT),
    Element("others", "urn:a Others", INT, least=0, most=None, missing=()),
    Element("note", "urn:a Note", STRING, least=0),
)
RESPONSE: Final = element("AddResponse", AddResponse, Element("sum", "urn:a Sum", INT))
AUTH: Final = element(
    "Auth",
    Auth,
    Element("user", "urn:a User", STRING, least=0),
    Element("password", "urn:a Password", STRING, least=0),
)
DETAIL: Final = element("TooLarge", Detail, Element("limit", "urn:a Limit", INT))
MESSAGES: Final = Messages(
    ADD, RESPONSE, WRITER, result="sum", headers={"auth": AUTH}, faults={TooLarge: DETAIL}
)
SLOTS: Final = ("one", "others", "note", "auth.user", "auth.password")

INTS: Final = st.integers(-(2**31), 2**31 - 1)
TEXTS: Final = st.none() | st.text("ab <&>\r\n\t'\"é新", max_size=5)
VALUES: Final = st.fixed_dictionaries(
    {
        "one": INTS,
        "others": st.lists(INTS, max_size=3).map(tuple),
        "note": TEXTS,
        "auth.user": TEXTS,
        "auth.password": TEXTS,
    }
)


@given(VALUES, SOAP)
def test_parameters_of_a_wrapper_and_fields_of_a_header(
    values: dict[str, object], binding: Binding
) -> None:
    text = envelope(binding, MESSAGES.header(values), MESSAGES.body(values))
    assert MESSAGES.asked(binding, text, SLOTS) == values
    is_empty = values["auth.user"] is None and values["auth.password"] is None
    assert (MESSAGES.header(values) == "") == is_empty


@given(VALUES)
def test_parameters_in_a_form(values: dict[str, object]) -> None:
    fields: dict[str, list[str]] = {}
    for name, text in MESSAGES.fields(values):
        fields.setdefault(name.lower(), []).append(text)
    own = {slot: values[slot] for slot in ("one", "others", "note")}
    assert MESSAGES.asked_by_form(fields) == own


ARRAYS: Final = element(
    "Sum",
    Sum,
    Element("needed", "urn:a Needed", ARRAY),
    Element("wanted", "urn:a Wanted", ARRAY, least=0),
    Element("marks", "urn:a Marks", STRING, least=0, most=2, missing=()),
)


@given(
    st.fixed_dictionaries(
        {
            "needed": st.lists(INTS, max_size=3).map(tuple),
            "wanted": st.none() | st.lists(INTS, max_size=3).map(tuple),
            "marks": st.lists(st.text("ab <", max_size=2), max_size=2).map(tuple),
        }
    )
)
def test_arrays_in_a_form_are_repeated_fields(values: dict[str, object]) -> None:
    """The items of an array may have any name: in a form they have the array's."""
    messages = Messages(ARRAYS, None, WRITER)
    fields: dict[str, list[str]] = {}
    for name, text in messages.fields(values):
        fields.setdefault(name.lower(), []).append(text)
    assert messages.asked_by_form(fields) == values | {"wanted": values["wanted"] or None}


@pytest.mark.parametrize(
    ("slot", "value", "words"),
    [
        ("needed", (1, None), "needed[1]"),
        ("needed", None, "needed"),
        ("marks", ("a", None), "marks[1]"),
        ("marks", None, "marks"),
        ("marks", ("a", "b", "c"), "marks"),
        ("wanted", 5, "wanted"),
    ],
)
def test_an_array_in_a_form_has_texts_alone(slot: str, value: object, words: str) -> None:
    messages = Messages(ARRAYS, None, WRITER)
    with pytest.raises(Unwritable) as error:
        messages.fields({"needed": (), "wanted": None, "marks": (), slot: value})
    assert error.value.field == words


@given(INTS, SOAP)
def test_a_result_is_taken_out_of_its_wrapper(value: int, binding: Binding) -> None:
    text = write_document(binding, MESSAGES.answered(binding, value))
    assert MESSAGES.answer(binding, text) == Answer(value)


@given(INTS, SOAP)
def test_the_detail_of_a_declared_fault(limit: int, binding: Binding) -> None:
    fault = TooLarge.of(Detail(limit=limit), "too large")
    detail = MESSAGES.detail(fault)
    text = write_fault(binding, fault.message, of_sender=False, detail=detail)
    assert MESSAGES.declared(binding, text) == Declared(TooLarge, Detail(limit=limit))
    assert MESSAGES.answer(binding, text).problem


def test_a_fault_with_no_declared_detail_is_none() -> None:
    text = write_fault(Binding.SOAP11, "no", of_sender=False, detail="<other/>")
    assert MESSAGES.declared(Binding.SOAP11, text) is None
    assert MESSAGES.declared(Binding.GET, "no") is None
    assert Messages(ADD, RESPONSE, WRITER).declared(Binding.SOAP11, text) is None


VOID: Final = Messages(ADD, element("CancelResponse", CancelResponse), WRITER, is_void=True)
EMPTY: Final = Messages(None, None, WRITER, is_void=True)
ONE_WAY: Final = Messages(ADD, None, WRITER, is_one_way=True)


@pytest.mark.parametrize("messages", [VOID, EMPTY, ONE_WAY])
@pytest.mark.parametrize("body", ["", '<AddResponse xmlns="urn:a"/>', "<x/>"])
def test_a_void_response_is_taken_whatever_is_in_it(messages: Messages, body: str) -> None:
    assert messages.answer(Binding.SOAP11, envelope(Binding.SOAP11, "", body)) == Answer(None)


@pytest.mark.parametrize("messages", [VOID, EMPTY, ONE_WAY, MESSAGES])
def test_a_fault_is_no_result(messages: Messages) -> None:
    text = write_fault(Binding.SOAP11, "no", of_sender=False)
    assert messages.answer(Binding.SOAP11, text).problem


@pytest.mark.parametrize(
    ("messages", "is_taken"), [(VOID, False), (EMPTY, False), (ONE_WAY, True), (MESSAGES, False)]
)
def test_only_a_one_way_call_needs_no_response(messages: Messages, is_taken: bool) -> None:
    for text in ("", " \r\n"):
        assert (not messages.answer(Binding.SOAP11, text).problem) == is_taken


@pytest.mark.parametrize("body", ["", "<x/>", '<Add xmlns="urn:a"><One>x</One></Add>'])
def test_a_request_that_does_not_fit_is_refused_and_not_quoted(body: str) -> None:
    with pytest.raises(Unasked, match="does not fit the schema: see ") as error:
        MESSAGES.asked(Binding.SOAP11, envelope(Binding.SOAP11, "", body), SLOTS)
    assert "'x'" not in str(error.value)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Missing parameter: One."),
        ({"one": ["secret"]}, "The parameter One is not of its type."),
        ({"one": ["1", "2"]}, "The parameter One comes more than 1 times."),
        ({"one": ["1"], "others": ["1", "2.5"]}, "The parameter Others is not of its type."),
    ],
)
def test_a_form_that_does_not_fit_is_refused_and_not_quoted(
    fields: dict[str, list[str]], words: str
) -> None:
    with pytest.raises(Unasked) as error:
        MESSAGES.asked_by_form(fields)
    assert str(error.value) == words


@pytest.mark.parametrize(
    ("slot", "value", "place"),
    [
        ("one", "1", "one"),
        ("one", None, "one"),
        ("one", 2**31, "one"),
        ("others", (1, "2"), "others[1]"),
        ("note", "\0", "note"),
        ("auth.user", 5, "auth.user"),
    ],
)
def test_a_value_of_another_type_is_refused_with_its_place(
    slot: str, value: object, place: str
) -> None:
    values = dict.fromkeys(SLOTS) | {"one": 1, "others": (), slot: value}
    with pytest.raises(Unwritable) as error:
        assert MESSAGES.header(values) + MESSAGES.body(values) is None
    assert error.value.field == place


@pytest.mark.parametrize(("slot", "value"), [("one", "1"), ("one", None), ("others", 5)])
def test_a_form_takes_no_other_type(slot: str, value: object) -> None:
    with pytest.raises(Unwritable) as error:
        MESSAGES.fields({"one": 1, "others": (), "note": None, slot: value})
    assert error.value.field == slot


def test_results_are_the_whole_or_nothing() -> None:
    assert whole(3) == 3
    nothing(3)
    assert EMPTY.body({}) == EMPTY.header({}) == EMPTY.answered(Binding.SOAP11, None) == ""
    written = VOID.answered(Binding.SOAP11, None)
    assert written == '<n1:CancelResponse xmlns:n1="urn:a"></n1:CancelResponse>'


@given(VALUES)
def test_headers_of_encoded_requests_are_literal(values: dict[str, object]) -> None:
    messages = EncodedMessages(ADD, None, EncodedWriter({"urn:a": "a"}, {}), headers={"auth": AUTH})
    text = envelope(Binding.SOAP11, messages.header(values), messages.body(values))
    read = messages.asked(Binding.SOAP11, text, SLOTS)
    assert {slot: read[slot] for slot in ("auth.user", "auth.password", "one")} == {
        slot: values[slot] for slot in ("auth.user", "auth.password", "one")
    }
