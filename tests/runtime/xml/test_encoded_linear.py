"""Encoded messages take time and memory in proportion to their length, whatever is in them."""

import tracemalloc
from collections.abc import Callable

import pytest
from tests.effort import at_most_steps, calls_of
from tests.runtime.xml.parcels import ODD, WRITER, Odd, Place
from tests.runtime.xml.test_encoded_reading import enveloped, odd

from unstringly.runtime.wire.bindings import SOAP_11
from unstringly.runtime.xml.encoded_reading import read_body
from unstringly.runtime.xml.reading import Unreadable

Made = Callable[[int], str]
ONE = "<p><city>a</city><floor>1</floor></p>"


def each(template: str, count: int) -> str:
    """Elements with a number in each."""
    return "".join(template.replace("{}", str(number)) for number in range(count))


def places(content: str, *beside: str) -> str:
    return odd("<places>" + content + "</places>", *beside)


def behind(content: str, *beside: str) -> str:
    """A message with something behind an array without items."""
    return odd("<places/>" + content, *beside)


DOCUMENTS: dict[str, Made] = {
    "records": lambda n: places(ONE * n),
    "blanks": lambda n: places(f"  {ONE}" * n),
    "references": lambda n: places(
        each("<p href='#{}'/>", n), each("<m id='{}'><floor>1</floor></m>", n)
    ),
    "references to one": lambda n: places("<p href='#1'/>" * n, "<m id='1'><floor>1</floor></m>"),
    "references to a long text": lambda n: behind(
        "<names href='#1'/>" * n, "<m id='1'>", "x" * 100 * n, "</m>"
    ),
    "references to an array": lambda n: behind(
        "<names href='#1'/>" * n, "<m id='1' enc:arrayType='xsd:string[]'>", "<x/>" * n, "</m>"
    ),
    "a row of references": lambda n: behind(
        each("<names href='#{}'/>", n),
        *(f"<m id='{number}' href='#{number + 1}'/>" for number in range(n)),
        f"<m id='{n}'>x</m>",
    ),
    "references to XML": lambda n: behind(
        "<more href='#1'/>" * n, "<m id='1'>", "<a/>" * n, "</m>"
    ),
    "unknown": lambda n: behind(each("<u{}><v/>t</u{}>", n)),
    "types": lambda n: behind("<more xsi:type='t:No'><a/></more>" * n),
    "namespaces": lambda n: behind(each("<u xmlns:p{}='{}'/>", n)),
    "scopes": lambda n: behind(
        each("<u xmlns:p{}='{}'>", 80) + "<u xmlns:q='1'/>" * n + "</u>" * 80
    ),
    "text between elements": lambda n: behind("<u>" + "x<b/>" * n + "</u>"),
    "characters that XML lacks": lambda n: behind("<names>" + "&#xC;" * n + "</names>"),
    "ends too early": lambda n: places(ONE * n)[:-1],
}


def outcome(document: str) -> object:
    try:
        return read_body(SOAP_11, ODD, document)
    except Unreadable as error:
        return str(error)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_reading_takes_linear_work(name: str) -> None:
    made = DOCUMENTS[name]
    outcome(made(1))
    few, many = made(200), made(1_600)
    assert calls_of(lambda: outcome(many)) <= 8.5 * calls_of(lambda: outcome(few))


@pytest.mark.few(3)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_reading_takes_linear_time(name: str) -> None:
    document = DOCUMENTS[name](10_000)
    with at_most_steps(200):
        outcome(document)


@pytest.mark.parametrize("element", ["<p:a{}/>", "<a p:a{}=''/>"])
def test_long_namespaces_take_no_memory_for_each_name(element: str) -> None:
    namespace = "n" * 1_900
    document = enveloped(f"<a xmlns:p='{namespace}'>", each(element, 20_000), "</a>")
    tracemalloc.start()
    try:
        with pytest.raises(Unreadable, match="too long namespaces"):
            read_body(SOAP_11, ODD, document)
        assert tracemalloc.get_traced_memory()[1] < 100 * len(document)
    finally:
        tracemalloc.stop()


def test_fragments_get_no_more_declarations_than_a_multiple_of_the_document() -> None:
    declared = f"xmlns:z='{'n' * 1_900}'"
    few, many = (behind("<more>z:</more>" * count) for count in (10, 2_000))
    assert (
        len(read_body(SOAP_11, ODD, few.replace("<s:odd", f"<s:odd {declared}")).value.more) == 10
    )
    with pytest.raises(Unreadable, match="too long namespaces"):
        read_body(SOAP_11, ODD, many.replace("<s:odd", f"<s:odd {declared}"))


def test_writing_takes_linear_work() -> None:
    def work(number: int) -> int:
        rows = (Place(city="<", floor=1),) * number
        value = Odd(places=rows, names=("&",) * number, value=1, more=("",) * number)
        return calls_of(lambda: WRITER.write(ODD, value))

    work(1)
    assert work(1_600) <= 8.5 * work(200)
