"""Documents take time in proportion to their length, whatever is in them."""

from collections.abc import Callable

import pytest
from tests.effort import at_most_steps, calls_of
from tests.runtime.xml.orders import NAMESPACE, ROOT, WRITER, ByCard, Customer, Line, Order
from tests.runtime.xml.test_fragments import KEPT
from tests.runtime.xml.test_reading import SCRIPT_ROOT, XSI

from unstringly.runtime.xml.reading import Unreadable, read
from unstringly.runtime.xml.tables import Element

CUSTOMER = "<Customer><Name/></Customer><Card/>"
Made = Callable[[int], str]


def order(content: str) -> str:
    return f'<Order xmlns="{NAMESPACE}" {XSI} id="1">{CUSTOMER}{content}</Order>'


LINE = '<Line><Sku/><Price xsi:nil="1"/></Line>'

DOCUMENTS: dict[str, tuple[Element, Made]] = {
    "records": (ROOT, lambda n: order(LINE * n)),
    "blanks": (ROOT, lambda n: order(f"\n  {LINE}" * n)),
    "unknown": (ROOT, lambda n: order("".join(f"<u{m}><v/>t</u{m}>" for m in range(n)))),
    "attributes": (
        ROOT,
        lambda n: order("".join(LINE.replace("ice ", f"ice a{m}='' ") for m in range(n))),
    ),
    "types": (ROOT, lambda n: order(LINE.replace("<Price", "<Price xsi:type='xsi:x'") * n)),
    "namespaces": (ROOT, lambda n: order("".join(f'<u xmlns:p{m}="{m}"/>' for m in range(n)))),
    "text": (ROOT, lambda n: order(f"<Note>{'&lt;x' * n}</Note>")),
    "lines of text": (ROOT, lambda n: order("<Note>{}</Note>".format("x\n" * n))),
    "characters that XML lacks": (ROOT, lambda n: order("<Note>{}</Note>".format("&#xC;" * n))),
    "branches": (SCRIPT_ROOT, lambda n: f"<script>{'<first/><many>1</many><to/>' * n}</script>"),
    "fragments": (KEPT, lambda n: f'<kept xmlns="urn:k" xmlns:p="p">{"<a>p:x</a>" * n}</kept>'),
    "one fragment": (KEPT, lambda n: f'<kept xmlns="urn:k">{"<a>"}{"<b/>" * n}</a></kept>'),
    "prefixes in scope": (
        KEPT,
        lambda n: "<kept xmlns='urn:k' {}>{}</kept>".format(
            " ".join(f"xmlns:p{m}='{m}'" for m in range(400)), "<a b=':'/>" * n
        ),
    ),
    "ends too early": (ROOT, lambda n: order(LINE * n)[:-1]),
}


def outcome(element: Element, document: str) -> object:
    try:
        return read(element, document)
    except Unreadable as error:
        return str(error)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_reading_takes_linear_work(name: str) -> None:
    element, made = DOCUMENTS[name]
    outcome(element, made(1))
    few, many = made(200), made(1_600)
    assert calls_of(lambda: outcome(element, many)) <= 8.5 * calls_of(lambda: outcome(element, few))


@pytest.mark.few(3)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_reading_takes_linear_time(name: str) -> None:
    element, made = DOCUMENTS[name]
    document = made(20_000)
    with at_most_steps(100):
        outcome(element, document)


def test_writing_takes_linear_work() -> None:
    def work(number: int) -> int:
        lines = (Line(sku="<", price=None),) * number
        value = Order(id=1, customer=Customer(name=""), payment=ByCard(card=""), lines=lines)
        return calls_of(lambda: WRITER.write(ROOT, value))

    work(1)
    assert work(1_600) <= 8.5 * work(200)
