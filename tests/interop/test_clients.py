"""The package's clients over a real ASP.NET server: every way to call it gives the same.

A way is a client with a transport; each is tried over every binding.
"""

from itertools import count, product
from pathlib import Path

import pytest
from tests.interop.aspnet_server import AspNetServer
from tests.interop.clients import WAYS, Way
from tests.interop.exchanges import BATCH, EXCHANGES, PHONE, Exchange
from tests.interop.zeep_client import PORTS, ZeepClient

from msgsend import (
    Binding,
    FileJournal,
    ServiceFault,
    parse_get_report,
    read_journal,
)

each_way = pytest.mark.parametrize(
    ("way", "binding"),
    [
        pytest.param(way, binding, id=f"{name}-{binding.value}")
        for (name, way), binding in product(WAYS.items(), Binding)
    ],
)
_numbers = count()


def new_user() -> str:
    """An account of its own: one account may ask for its balance every five seconds only."""
    return f"demo{next(_numbers)}"


@pytest.mark.parametrize("exchange", EXCHANGES.values(), ids=EXCHANGES)
def test_every_way_sends_once_and_gives_the_same(
    aspnet: AspNetServer, zeep_client: ZeepClient, exchange: Exchange
) -> None:
    aspnet.answer(exchange.operation, exchange.answer)
    results: list[object] = []
    for way, binding in product(WAYS.values(), Binding):
        user = new_user()
        aspnet.clear()
        with way(aspnet.address, binding, user) as gateway:
            results.append(gateway.call(exchange.method, exchange.given))
        assert aspnet.received() == [exchange.arrival(user)]
    assert exchange.agrees(results[0])
    assert all(result == results[0] for result in results)
    for binding in PORTS:
        text = zeep_client.call(binding, exchange.operation, exchange.arrival().given)
        assert exchange.called().parse(text or "") == results[0]


@each_way
def test_a_client_sends_as_often_as_it_is_asked(
    aspnet: AspNetServer, way: Way, binding: Binding
) -> None:
    """One after another, over the connections that are there already, and at the same time."""
    aspnet.answer("SendMsg", BATCH)
    aspnet.clear()
    texts = [f"{number}【签名】" for number in range(24)]
    givens = [{"des_no": PHONE, "msg": text} for text in texts]
    with way(aspnet.address, binding, new_user()) as gateway:
        results = [gateway.call("send_msg", given) for given in givens[:8]]
        results += gateway.together("send_msg", givens[8:])
    arrived = [arrival.parameters["Msg"] for arrival in aspnet.received()]
    assert arrived[:8] == texts[:8]
    assert sorted(arrived[8:], key=str) == sorted(texts[8:])
    assert results == [BATCH] * len(texts)


@each_way
def test_pages_are_fetched_until_one_is_empty(
    aspnet: AspNetServer, way: Way, binding: Binding
) -> None:
    page = f"{BATCH},{PHONE},DELIVRD|" * 500
    aspnet.answer("GetReport", page)
    aspnet.clear()
    with way(aspnet.address, binding, new_user()) as gateway:
        pages = gateway.pages("get_report_pages")
        assert next(pages) == parse_get_report(page)
        aspnet.answer("GetReport", f"{BATCH},{PHONE},UNDELIVRD|")
        assert next(pages) == parse_get_report(f"{BATCH},{PHONE},UNDELIVRD|")
        aspnet.answer("GetReport", "")
        assert list(pages) == []
    assert [arrival.operation for arrival in aspnet.received()] == ["GetReport"] * 3


@each_way
def test_what_the_server_refuses_is_a_fault_and_nothing_arrives(
    aspnet: AspNetServer, way: Way, binding: Binding
) -> None:
    """ASP.NET takes markup in a form for an attack, and lets it pass in an envelope."""
    aspnet.answer("SendMsg", BATCH)
    aspnet.clear()
    given = {"des_no": PHONE, "msg": "<b>bold</b>【签名】"}
    with way(aspnet.address, binding, new_user()) as gateway:
        if binding in PORTS:
            assert gateway.call("send_msg", given) == BATCH
        else:
            with pytest.raises(ServiceFault, match="potentially dangerous"):
                gateway.call("send_msg", given)
    assert len(aspnet.received()) == (binding in PORTS)


@each_way
def test_a_journal_holds_what_came_and_gives_the_same_results(
    aspnet: AspNetServer, way: Way, binding: Binding, tmp_path: Path
) -> None:
    exchanges = [each for each in EXCHANGES.values() if each.operation != "GetBalance"]
    with way(aspnet.address, binding, new_user(), FileJournal(tmp_path)) as gateway:
        results: list[object] = []
        for exchange in exchanges:
            aspnet.answer(exchange.operation, exchange.answer)
            results.append(gateway.call(exchange.method, exchange.given))
    entries = list(read_journal(tmp_path))
    assert [entry.operation for entry in entries] == [each.operation for each in exchanges]
    assert [entry.result for entry in entries] == results
    assert all(b"http://tempuri.org/" in entry.raw for entry in entries)
