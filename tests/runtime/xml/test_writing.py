"""Values that cannot be read back are refused, with their place, and namespaces mean the same."""

import dataclasses
import math
from decimal import Decimal
from typing import Any

import pytest
from tests.runtime.xml.orders import (
    ROOT,
    WRITER,
    ByCard,
    ByIban,
    Company,
    Customer,
    Line,
    Order,
    Price,
)
from tests.runtime.xml.test_fragments import KEPT
from tests.runtime.xml.test_reading import SCRIPT_ROOT, TWICE, Jump, Script, Step, Twice

from unstringly.runtime.errors.exceptions import Unwritable
from unstringly.runtime.xml.fragments import XmlFragment
from unstringly.runtime.xml.numbers import DOUBLE, INT
from unstringly.runtime.xml.prefixes import Prefixes
from unstringly.runtime.xml.qnames import QName, read_qname, write_qname
from unstringly.runtime.xml.reading import read
from unstringly.runtime.xml.records import record
from unstringly.runtime.xml.tables import (
    WHOLE,
    AnyType,
    Attribute,
    Branch,
    Choice,
    Content,
    Element,
    ScopedLeaf,
    Shape,
)
from unstringly.runtime.xml.texts import STRING
from unstringly.runtime.xml.writing import MOST_FOREIGN, Writer

ORDER = Order(
    id=1,
    customer=Customer(name="N"),
    payment=ByCard(card="C"),
    lines=(Line(sku="a", price=None), Line(sku="b", price=Price(value=Decimal("1.50")))),
)


def test_a_document() -> None:
    order = dataclasses.replace(
        ORDER, customer=Company(name="<&>", number=7), tags=("x", ""), nil=frozenset({"note"})
    )
    assert WRITER.write(ROOT, order) == (
        '<o:Order xmlns:o="urn:orders" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        ' id="1" status="new">'
        '<o:Customer xsi:type="o:Company"><o:Name>&lt;&amp;&gt;</o:Name><Number>7</Number>'
        "</o:Customer>"
        '<o:Line><o:Sku>a</o:Sku><o:Price xsi:nil="true"/></o:Line>'
        "<o:Line><o:Sku>b</o:Sku><o:Price>1.50</o:Price></o:Line>"
        "<o:Card>C</o:Card>"
        '<o:Note xsi:nil="true"/>'
        "<o:Tags><o:Tag>x</o:Tag><o:Tag></o:Tag></o:Tags>"
        "</o:Order>"
    )


def changed(**changes: Any) -> Order:  # Any: of wrong types, too
    return dataclasses.replace(ORDER, **changes)


@pytest.mark.parametrize(
    ("order", "field"),
    [
        (changed(customer=Customer(name="\0")), "customer.name"),
        (changed(customer=Customer(name="\ud800")), "customer.name"),
        (changed(customer=Customer(name="\uffff")), "customer.name"),
        (changed(customer=ByCard(card="")), "customer"),
        (changed(customer=None), "customer"),
        (changed(status="\x01"), "status"),
        (changed(status=None), "status"),
        (changed(id=2**31), "id"),
        (changed(id=None), "id"),
        (changed(id="1"), "id"),
        (changed(payment=None), "payment"),
        (changed(payment=ByIban(iban="\x1b")), "payment.iban"),
        (changed(lines=[]), "lines"),
        (changed(lines=(None,)), "lines[0]"),
        (changed(lines=(ORDER.lines[0], Line(sku="", price=7))), "lines[1].price"),  # type: ignore[arg-type]  # a value of a wrong type
        (changed(lines=(Line(sku="", price=Price(value=Decimal("NaN"))),)), "lines[0].price.value"),
        (changed(tags=()), "tags"),
        (changed(tags=("a", 7)), "tags[1]"),
        (changed(note="x", nil=frozenset({"note"})), "note"),
        (changed(nil=frozenset({"tags"})), "nil"),
        (changed(nil={"note"}), "nil"),
        (changed(customer=Customer(name=None)), "customer.name"),  # type: ignore[arg-type]  # as above
        (changed(parent=changed(note=7)), "parent.note"),
        ("no order", "value"),
        (None, "value"),
    ],
)
def test_a_wrong_value_is_refused_with_its_place(order: object, field: str) -> None:
    with pytest.raises(Unwritable) as caught:
        WRITER.write(ROOT, order)
    assert caught.value.field == field


@pytest.mark.parametrize(
    "script",
    [
        Script(steps=(Step(many=(1,)), Step(many=(2,)))),
        Script(steps=(Step(first="a"), Step(many=(2,)))),
        Script(steps=(Step(),)),
        Script(rest=(XmlFragment(b"<first/>"),)),
        Script(rest=(XmlFragment(b'<o:x xmlns:o="urn:o"/>'),) * 3),
    ],
)
def test_what_would_be_read_as_another_value_is_refused(script: Script) -> None:
    with pytest.raises(Unwritable):
        WRITER.write(SCRIPT_ROOT, script)


@pytest.mark.parametrize(
    "script",
    [
        Script(),
        Script(steps=(Step(many=(1, 2)), Step(many=(3,)))),
        Script(steps=(Step(many=(1,)), Step(first="a"), Jump(to=XmlFragment(b"<to/>")))),
    ],
)
def test_branches_that_a_reader_tells_apart_are_written(script: Script) -> None:
    assert read(SCRIPT_ROOT, WRITER.write(SCRIPT_ROOT, script)).value == script


def test_equal_names_are_written_where_a_reader_tells_them_apart() -> None:
    both = Twice(before="1", middle=None, after="2")
    assert read(TWICE, WRITER.write(TWICE, both)).value == both
    with pytest.raises(Unwritable, match="is read as another value"):
        WRITER.write(TWICE, Twice(before=None, middle=None, after="2"))


def test_a_value_that_is_not_equal_to_itself_is_written() -> None:
    number = Element("number", "n", DOUBLE, least=0)
    branch = Branch(Number, (number,))
    choice = Choice("items", (branch,), least=0, most=None)
    element = Element("root", "root", Shape("", None, lambda: Content((choice,))))
    numbers = (Number(number=math.nan), Number(number=math.inf))
    assert str(read(element, WRITER.write(element, numbers)).value) == str(numbers)


@record
class Number:
    """A branch that may be empty."""

    number: float | None = None


def test_a_fragment_with_characters_that_xml_lacks_is_read_and_not_written() -> None:
    for element in (KEPT, Element("a", "urn:k kept", WHOLE)):
        value = read(element, '<kept xmlns="urn:k"><a>&#xC;</a></kept>').value
        with pytest.raises(Unwritable, match="reference to invalid character number"):
            WRITER.write(element, value)


def test_an_empty_text_is_not_written_where_it_is_the_default() -> None:
    element = Element("text", "text", STRING, default="x")
    with pytest.raises(Unwritable, match="stands for 'x'"):
        WRITER.write(element, "")
    assert WRITER.write(element, "y") == "<text>y</text>"


def test_line_ends_and_blanks_come_through() -> None:
    text = "\r\n a\tb \x85\u2028"
    order = changed(customer=Customer(name=text), status=text)
    assert read(ROOT, WRITER.write(ROOT, order)).value == order


def test_depth_is_bounded_in_writing_too() -> None:
    order = ORDER
    for _ in range(80):
        order = changed(parent=order)
    assert read(ROOT, WRITER.write(ROOT, order)).value == order
    for _ in range(80):
        order = changed(parent=order)
    with pytest.raises(Unwritable, match="is nested too deeply"):
        WRITER.write(ROOT, order)


@record
class Names:
    """A QName, XML, and an attribute in a namespace."""

    name: QName
    inner: XmlFragment
    mark: str | None = None


NAMES = Element(
    "names",
    "urn:a names",
    Shape(
        "",
        Names,
        lambda: Content(
            (
                Element("name", "urn:a name", ScopedLeaf(read_qname, write_qname)),
                Element("inner", "urn:a inner", WHOLE),
            ),
            (Attribute("mark", "urn:b mark", STRING),),
        ),
    ),
)


def test_prefixes_of_fragments_are_left_alone() -> None:
    """A fragment that seems to use a prefix of the document is not read with more than it had."""
    inner = XmlFragment(b'<f:inner xmlns:f="urn:a">p:x q:x xsi:x <p:b xmlns:p="urn:c"/></f:inner>')
    names = Names(name=QName("urn:d", "n"), inner=inner, mark="m")
    text = Writer({"urn:a": "p", "urn:b": "q"}).write(NAMES, names)
    assert read(NAMES, text).value == names


def test_the_same_value_gives_the_same_document() -> None:
    inner = XmlFragment(b'<f:inner xmlns:f="urn:a"/>')
    names = Names(name=QName("urn:d", "n"), inner=inner, mark='"<\n')
    writer = Writer()
    first = writer.write(NAMES, names)
    writer.write(NAMES, dataclasses.replace(names, name=QName("urn:e", "n")))
    assert writer.write(NAMES, names) == first == Writer().write(NAMES, names)


def test_attributes_of_xml_itself_have_the_prefix_that_needs_no_declaration() -> None:
    namespace = "http://www.w3.org/XML/1998/namespace"
    language = Attribute("language", f"{namespace} lang", STRING, is_required=True)

    @record
    class Spoken:
        """An element with nothing but a language."""

        language: str

    element = Element("value", "a", Shape("", Spoken, lambda: Content(attributes=(language,))))
    text = Writer({namespace: "namespace"}).write(element, Spoken(language="pt"))
    assert text == '<a xml:lang="pt"></a>'
    assert read(element, text).value == Spoken(language="pt")


def test_no_two_namespaces_get_one_prefix() -> None:
    names = Names(name=QName("", "n"), inner=XmlFragment(b'<f:inner xmlns:f="urn:a"/>'), mark="m")
    prefix = Prefixes({})["urn:b"]
    text = Writer({"urn:a": prefix}).write(NAMES, names)
    assert read(NAMES, text).value == names


def test_namespaces_that_values_bring_are_not_kept_for_ever() -> None:
    names = Names(
        name=QName("urn:d", "n"), inner=XmlFragment(b'<f:inner xmlns:f="urn:a"/>'), mark=""
    )
    writer = Writer({"urn:a": "a"})
    first = writer.write(NAMES, names)
    for number in range(2 * MOST_FOREIGN):
        other = dataclasses.replace(names, name=QName(f"urn:d:{number}", "n"))
        assert read(NAMES, writer.write(NAMES, other)).value == other
    assert writer.write(NAMES, names) == first
    kept, _ = vars(writer)["_known"]
    assert len(kept) < 1.5 * MOST_FOREIGN


@pytest.mark.parametrize(
    "inner",
    [
        XmlFragment(b"<inner/>"),
        XmlFragment(b'<inner xmlns="urn:b"/>'),
        "<inner/>",
        None,
    ],
)
def test_a_fragment_of_another_name_is_refused(inner: Any) -> None:  # Any: of wrong types, too
    with pytest.raises(Unwritable) as caught:
        Writer().write(NAMES, Names(name=QName("", "n"), inner=inner))
    assert caught.value.field == "inner"


ANY = Element("any", "any", AnyType(lambda: {"urn:t int": INT}, lambda: {int: "urn:t int"}))


def test_a_value_of_any_type_tells_its_type() -> None:
    text = Writer({"urn:t": "t"}).write(ANY, 7)
    assert text == (
        '<any xmlns:t="urn:t" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        ' xsi:type="t:int">7</any>'
    )
    assert read(ANY, text).value == 7
    with pytest.raises(Unwritable, match="is of no known type"):
        Writer().write(ANY, "text")
    untold = XmlFragment(b"<any>7</any>")
    assert read(ANY, Writer().write(ANY, untold)).value == untold
    told = XmlFragment(
        b'<any xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:type="i:x">7</any>'
    )
    with pytest.raises(Unwritable, match="is read as another value"):
        Writer().write(ANY, told)
    unknown = read(ANY, told.data.decode()).value
    assert read(ANY, Writer().write(ANY, unknown)).value == unknown
