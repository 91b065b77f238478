"""Reading is strict where a value would be wrong, tolerant of what servers do, and bounded."""

import tracemalloc

import pytest
from tests.runtime.xml.orders import (
    NAMESPACE,
    ROOT,
    ByCard,
    ByIban,
    Company,
    Customer,
    Order,
)

from unstringly.runtime.xml.fragments import MOST_DEPTH, UnknownType, XmlFragment
from unstringly.runtime.xml.numbers import INT
from unstringly.runtime.xml.reading import Unreadable, read
from unstringly.runtime.xml.records import record
from unstringly.runtime.xml.tables import (
    WHOLE,
    Branch,
    Choice,
    Content,
    Element,
    Shape,
    Wildcard,
)
from unstringly.runtime.xml.texts import STRING

XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
CUSTOMER = "<Customer><Name>N</Name></Customer>"


def order(content: str, attributes: str = 'id="1"') -> str:
    return f'<Order xmlns="{NAMESPACE}" {XSI} {attributes}>{content}</Order>'


PLAIN = Order(id=1, customer=Customer(name="N"), payment=ByCard(card="C"))


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        (order(CUSTOMER), "at Order: it lacks the element Card or the element Iban"),
        (order("<Card>C</Card>"), "at Order: it lacks the element Customer"),
        (order(f"{CUSTOMER}{CUSTOMER}<Card/>"), "at Order/Customer: there is more than one"),
        (order(f"{CUSTOMER}<Card/><Iban/>"), "at Order/Iban: there is another alternative before"),
        (order(f"{CUSTOMER}<Card/><Card/>"), "at Order/Card: there is more than one"),
        (order(f"{CUSTOMER}<Card/>", ""), "at Order: it lacks the attribute id"),
        (order(f"{CUSTOMER}<Card/>", 'id="x"'), "at Order: the attribute id: "),
        (order(f"{CUSTOMER}<Card/>text"), "at Order: it has a text between its elements"),
        (order(f"text{CUSTOMER}<Card/>"), "at Order: it has a text between its elements"),
        (order(f"{CUSTOMER}<Card><b/></Card>"), "at Order/Card: it has an element in it"),
        (order(f'{CUSTOMER}<Card xsi:nil="1"/>'), "at Order/Card: it is nil"),
        (
            order(f'{CUSTOMER}<Card/><Note xsi:nil="1">x</Note>'),
            "at Order/Note: it is nil, and",
        ),
        (order(f"{CUSTOMER}<Card/><Tags/>"), "at Order/Tags: it lacks the element Tag"),
        (
            order(
                f"{CUSTOMER}<Line><Sku/><Price>1</Price></Line><Line><Sku/><Price>x</Price></Line>"
            ),
            "at Order/Line[2]/Price: ",
        ),
        (
            order('<Customer xsi:type="p:Company"/>'),
            "at Order/Customer: the prefix in its",
        ),
        ("<Order/>", "it lacks the element Order"),
        ("", "is no XML document: no element found, line 1"),
        ("<Order", "is no XML document: unclosed token, line 1"),
        ("<!DOCTYPE Order><Order/>", "has a document type, which no SOAP message has"),
        ("<a>\ud800</a>", "has half a character in it"),
    ],
)
def test_what_does_not_fit_is_told_with_its_place(document: str, problem: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(ROOT, document)
    assert problem in str(caught.value)


@pytest.mark.parametrize(
    ("content", "skipped"),
    [
        (f"{CUSTOMER}<Card>C</Card>", 0),
        (f"\n  {CUSTOMER}\n <Card>C</Card><!-- > -->\n", 0),
        (f"<Card>C</Card>{CUSTOMER}", 0),
        (f"{CUSTOMER}<Other><a>text<b/></a></Other><Card>C</Card>", 3),
        (f'{CUSTOMER}<Card xmlns="urn:other">C</Card><Card>C</Card>', 1),
        (f'{CUSTOMER}<Card odd="" xsi:nil="false" xsi:type="xsi:string">C</Card>', 0),
        (f"{CUSTOMER}<Card><![CDATA[C]]></Card>", 0),
        (f"{CUSTOMER}<Card>&#67;</Card>", 0),
        ('<Customer odd="1"><Name>N</Name></Customer><Card>C</Card>', 1),
    ],
)
def test_what_real_servers_do(content: str, skipped: int) -> None:
    assert read(ROOT, order(content)) == (PLAIN, skipped)


def test_an_absent_element_is_not_a_nil_one() -> None:
    nil = read(ROOT, order(f'{CUSTOMER}<Card>C</Card><Note xsi:nil="true"/>')).value
    absent = read(ROOT, order(f"{CUSTOMER}<Card>C</Card>")).value
    assert (nil.note, nil.nil) == (None, {"note"})
    assert (absent.note, absent.nil) == (None, frozenset())


def test_a_type_is_told_by_its_name() -> None:
    company = (
        f'<o:Customer xsi:type="o:Company" xmlns:o="{NAMESPACE}">{{}}</o:Customer><Card>C</Card>'
    )
    inner = "<Name>N</Name><Number xmlns=''>7</Number>"
    assert read(ROOT, order(company.format(inner))).value.customer == Company(name="N", number=7)
    same = company.replace("o:Company", "o:Customer").format("<Name>N</Name>")
    assert read(ROOT, order(same)) == (PLAIN, 0)


def test_an_unknown_type_is_kept() -> None:
    person = '<Customer xsi:type="p:Person" xmlns:p="urn:p"><p:Age>7</p:Age></Customer>'
    customer = read(ROOT, order(f"{person}<Card>C</Card>")).value.customer
    assert isinstance(customer, UnknownType)
    assert customer.name == "{urn:p}Person"
    assert customer.fragment.element()[0].tag == "{urn:p}Age"
    assert customer.fragment.name == f"{{{NAMESPACE}}}Customer"


def test_names_in_wrong_namespaces_count_where_that_is_asked_for() -> None:
    document = order(f"{CUSTOMER}<Card>C</Card>").replace(NAMESPACE, "urn:wrong")
    assert read(ROOT, document, by_local_name=True) == (PLAIN, 0)
    with pytest.raises(Unreadable):
        read(ROOT, document)


def test_characters_that_xml_lacks_are_read_where_they_are_referred_to() -> None:
    document = order(f"{CUSTOMER}<Card>a&#xC;&#55357;&#56832;</Card>", 'id="1" status="&#x1;"')
    value = read(ROOT, document).value
    assert (value.payment, value.status) == (ByCard(card="a\f\U0001f600"), "\x01")


@record
class Step:
    """A branch with an element that may be left out."""

    first: str | None = None
    many: tuple[int, ...] = ()


@record
class Jump:
    """Another branch."""

    to: XmlFragment


@record
class Script:
    """A repeated choice, and elements of any name."""

    steps: tuple[Step | Jump, ...] = ()
    rest: tuple[XmlFragment, ...] = ()
    last: str | None = None


SCRIPT = Shape(
    "",
    Script,
    lambda: Content(
        (
            Choice(
                "steps",
                (
                    Branch(
                        Step,
                        (
                            Element("first", "first", STRING, least=0),
                            Element("many", "many", INT, least=0, most=2, missing=()),
                        ),
                    ),
                    Branch(Jump, (Element("to", "to", WHOLE),)),
                ),
                least=0,
                most=None,
            ),
            Wildcard("rest", most=2, excluded=frozenset({""})),
            Element("last", "last", STRING, least=0),
        )
    ),
)
SCRIPT_ROOT = Element("script", "script", SCRIPT)


def test_branches_end_where_the_table_says() -> None:
    document = (
        "<script><first>a</first><many>1</many><many>2</many><many>3</many><first>b</first>"
        "<first>c</first><to>x</to><to/><last>z</last></script>"
    )
    assert read(SCRIPT_ROOT, document).value == Script(
        steps=(
            Step(first="a", many=(1, 2)),
            Step(many=(3,)),
            Step(first="b"),
            Step(first="c"),
            Jump(to=XmlFragment(b"<to>x</to>")),
            Jump(to=XmlFragment(b"<to/>")),
        ),
        last="z",
    )


def test_a_wildcard_takes_what_its_namespaces_say_and_no_more() -> None:
    document = '<script xmlns:o="urn:o"><o:a p="1"/><b/><o:a>t</o:a>{}</script>'
    reading = read(SCRIPT_ROOT, document.format(""))
    assert reading.skipped == 1
    assert reading.value.rest == (
        XmlFragment(b'<o:a xmlns:o="urn:o" p="1"/>'),
        XmlFragment(b'<o:a xmlns:o="urn:o">t</o:a>'),
    )
    with pytest.raises(Unreadable, match=r"script/\*\[3\]: there are more than 2"):
        read(SCRIPT_ROOT, document.format("<o:c/>"))


@record
class Twice:
    """An element before and after another one."""

    before: str | None
    middle: str | None
    after: str | None


TWICE = Element(
    "twice",
    "twice",
    Shape(
        "",
        Twice,
        lambda: Content(
            (
                Element("before", "a", STRING, least=0),
                Element("middle", "b", STRING, least=0),
                Element("after", "a", STRING, least=0),
            )
        ),
    ),
)


@pytest.mark.parametrize(
    ("content", "before", "after"),
    [
        ("<a>1</a><b/><a>2</a>", "1", "2"),
        ("<b/><a>2</a>", None, "2"),
        ("<a>1</a><b/>", "1", None),
        ("<b/>", None, None),
    ],
)
def test_the_order_of_equal_names_decides(
    content: str, before: str | None, after: str | None
) -> None:
    expected = Twice(before=before, middle="", after=after)
    assert read(TWICE, f"<twice>{content}</twice>").value == expected


def test_there_may_be_too_few() -> None:
    many = Element("n", "n", INT, least=2, most=3, missing=())
    element = Element("root", "root", Shape("", None, lambda: Content((many,))))
    with pytest.raises(Unreadable, match="there are 1 of the element n, and not 2"):
        read(element, "<root><n>1</n></root>")
    assert read(element, "<root><n>1</n><n>2</n></root>").value == (1, 2)
    with pytest.raises(Unreadable, match=r"root/n\[4\]: there are more than 3"):
        read(element, f"<root>{'<n>1</n>' * 4}</root>")


def test_an_abstract_type_has_no_values() -> None:
    derived = Shape("urn:t Real", ByCard, lambda: Content((Element("card", "c", STRING),)))
    base = Shape(
        "urn:t Base", Customer, lambda: Content(derived={derived.name: derived}), is_abstract=True
    )
    element = Element("root", "root", base)
    with pytest.raises(Unreadable, match="its type is abstract"):
        read(element, "<root/>")
    told = f'<root {XSI} xmlns="" xmlns:t="urn:t" xsi:type="t:{{}}"><c/></root>'
    assert read(element, told.format("Real")).value == ByCard(card="")
    with pytest.raises(Unreadable, match="its type is abstract"):
        read(element, told.format("Base"))
    assert isinstance(read(element, told.format("Other")).value, UnknownType)


def test_an_empty_element_is_its_default() -> None:
    element = Element("n", "n", INT, default="7")
    assert read(element, "<n/>").value == 7
    assert read(element, "<n>8</n>").value == 8


def nested(depth: int) -> str:
    """Orders in each other."""
    around = '<Parent id="1"><Customer><Name/></Customer><Iban/>'
    return order(f"<Customer><Name/></Customer><Iban/>{around * depth}{'</Parent>' * depth}")


def test_nesting_is_bounded() -> None:
    value = read(ROOT, nested(MOST_DEPTH - 2)).value
    for _ in range(MOST_DEPTH - 2):
        value = value.parent
    assert value.payment == ByIban(iban="")
    for deep in (MOST_DEPTH + 1, 100_000):
        with pytest.raises(Unreadable, match="is nested too deeply"):
            read(ROOT, nested(deep))
        with pytest.raises(Unreadable, match="is nested too deeply"):
            read(ROOT, order("<x>" * deep + "</x>" * deep))


@pytest.mark.parametrize("length", [1, 100, 10_000])
def test_words_are_short(length: int) -> None:
    name = "n" * length
    problem = str(Unreadable("x" * length, name))
    assert len(problem) < 600
    with pytest.raises(Unreadable, match="n: ") as caught:
        read(Element("slot", name, INT), f"<{name}>{name * 100}</{name}>")
    assert len(str(caught.value)) < 600


@pytest.mark.parametrize(
    "document",
    [
        "<Order " + " ".join(f'a{n}=""' for n in range(20_000)) + "/>",
        "".join(f'<a xmlns:p{n}="urn:{n}">' for n in range(600)) + "</a>" * 600,
        f'<a xmlns="{"u" * 5_000}"/>',
        "<Order " + " ".join(f'xmlns:p{n}="u"' for n in range(600)) + "/>",
    ],
)
def test_documents_of_too_many_pieces_are_refused(document: str) -> None:
    with pytest.raises(Unreadable, match=r"too (many|long|deeply)"):
        read(ROOT, document)


def test_names_that_nobody_knows_take_no_memory() -> None:
    """Each is as long as its namespace, and expat remembers all names."""
    unknown = "".join(f"<o:u{number}/>" for number in range(30_000))
    document = order(f"{CUSTOMER}<Card>C</Card>{unknown}", f'id="1" xmlns:o="{"u" * 2_000}"')
    tracemalloc.start()
    try:
        assert read(ROOT, document) == (PLAIN, 30_000)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 40_000_000
