"""The package's calls, and zeep's, over a real ASP.NET server."""

import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace

import pytest
from tests.interop.aspnet_server import Arrival, AspNetServer
from tests.interop.exchanges import EXCHANGES, PASSWORD, PHONE, USER, Exchange
from tests.interop.sending import sent
from tests.interop.zeep_client import PORTS, ZeepClient
from tests.read.wsdl.test_served import SHIPPED, meaning

from msgsend import Binding, MalformedResponse, Parsed, ServiceFault, operations
from msgsend._runtime.client.calls import Credentials
from msgsend._runtime.wire.exchange import Request

ACCOUNT = Credentials({"user_code": USER, "user_pass": PASSWORD}, ("user_pass",))
each_exchange = pytest.mark.parametrize("exchange", EXCHANGES.values(), ids=EXCHANGES)
each_binding = pytest.mark.parametrize("binding", Binding, ids=lambda binding: binding.value)
each_soap = pytest.mark.parametrize("binding", PORTS, ids=lambda binding: binding.value)


def test_every_operation_is_called() -> None:
    assert len({exchange.operation for exchange in EXCHANGES.values()}) == 8


def test_the_server_describes_the_service_as_the_shipped_wsdl_does(aspnet: AspNetServer) -> None:
    served = sent(Request("GET", f"{aspnet.address}?WSDL", (), b""))
    assert meaning(ET.fromstring(served.body)) == meaning(ET.parse(SHIPPED).getroot())


@each_exchange
def test_results_are_the_same_over_every_binding(aspnet: AspNetServer, exchange: Exchange) -> None:
    call = exchange.called()
    aspnet.answer(exchange.operation, exchange.answer)
    results: list[object] = []
    for binding in Binding:
        aspnet.clear()
        response = sent(call.request(binding, aspnet.address, ACCOUNT))
        assert aspnet.received() == [exchange.arrival()]
        results.append(call.result(binding, response, ACCOUNT))
    assert exchange.agrees(results[0])
    assert all(result == results[0] for result in results)


@each_soap
@each_exchange
def test_zeep_sends_and_reads_the_same(
    aspnet: AspNetServer, zeep_client: ZeepClient, exchange: Exchange, binding: Binding
) -> None:
    aspnet.answer(exchange.operation, exchange.answer)
    aspnet.clear()
    text = zeep_client.call(binding, exchange.operation, exchange.arrival().given)
    assert aspnet.received() == [exchange.arrival()]
    assert text == (exchange.received or None)
    assert exchange.agrees(exchange.called().parse(text or ""))


@each_binding
def test_an_absent_result_is_not_an_empty_one(aspnet: AspNetServer, binding: Binding) -> None:
    call = operations.get_mo()
    request = call.request(binding, aspnet.address, ACCOUNT)
    aspnet.answer("GetMo", "")
    assert call.result(binding, sent(request), ACCOUNT) == call.parse("")
    aspnet.answer("GetMo", None)
    with pytest.raises(MalformedResponse, match=r"is nil|has no result"):
        call.result(binding, sent(request), ACCOUNT)
    empty = replace(call, operation=replace(call.operation, null=""))
    assert empty.result(binding, sent(request), ACCOUNT) == call.parse("")


@each_binding
def test_large_texts_come_whole_both_ways(aspnet: AspNetServer, binding: Binding) -> None:
    text = "好的" * (100 if binding is Binding.GET else 200_000)
    aspnet.answer("GetReport", f"{PHONE},{PHONE},DELIVRD|" * 20_000)
    aspnet.clear()
    call = operations.get_report(batch_number=text)
    result = call.result(binding, sent(call.request(binding, aspnet.address, ACCOUNT)), ACCOUNT)
    assert [arrival.parameters["batchNumber"] for arrival in aspnet.received()] == [text]
    assert isinstance(result, Parsed)
    assert (len(result), result.malformed) == (20_000, ())


@pytest.mark.parametrize(("length", "status"), [(2047, 200), (2048, 400)])
def test_an_address_carries_no_long_texts(aspnet: AspNetServer, length: int, status: int) -> None:
    """ASP.NET refuses a query of 2,048 characters: at most some 220 Chinese ones go into it."""
    aspnet.answer("GetReport", "")
    call = operations.get_report()
    request = call.request(Binding.GET, aspnet.address, ACCOUNT)
    query = request.url.partition("?")[2]
    response = sent(replace(request, url=request.url + "a" * (length - len(query))))
    assert response.status == status
    if status != 200:
        with pytest.raises(ServiceFault, match="HTTP status 400"):
            call.result(Binding.GET, response, ACCOUNT)


def without_last_parameter(request: Request) -> Request:
    if request.method == "GET":
        return replace(request, url=request.url.rpartition("&")[0])
    return replace(request, body=request.body.rpartition(b"&")[0])


def of_another_operation(request: Request) -> Request:
    return replace(request, url=request.url.replace("/GetReport", "/Nope"))


def with_another_action(request: Request) -> Request:
    """And with another body: over SOAP 1.2 an unknown action alone goes by the body's element."""
    headers = [(name, value.replace("GetReport", "Nope")) for name, value in request.headers]
    body = request.body.replace(b"GetReport", b"Nope")
    return replace(request, headers=tuple(headers), body=body)


def of_no_xml(request: Request) -> Request:
    return replace(request, body=b"<broken")


def of_another_page(request: Request) -> Request:
    return replace(request, url=request.url.replace("MsgSend.asmx", "Nope.asmx"))


Spoil = Callable[[Request], Request]
FORMS = (Binding.GET, Binding.POST)
FAULTS: dict[str, tuple[tuple[Binding, ...], Spoil, int, tuple[str, ...], str]] = {
    "missing parameter": (FORMS, without_last_parameter, 500, ("",), "Missing parameter"),
    "unknown operation": (FORMS, of_another_operation, 500, ("",), "name is not valid"),
    "unknown action": (
        tuple(PORTS),
        with_another_action,
        500,
        ("soap:Client", "soap:Sender"),
        "SoapException",
    ),
    "not XML": (tuple(PORTS), of_no_xml, 400, ("",), "HTTP status 400"),
    "unknown page": (tuple(Binding), of_another_page, 404, ("",), "HTTP status 404"),
}


@pytest.mark.parametrize(
    ("name", "binding"),
    [(name, binding) for name, (bindings, *_) in FAULTS.items() for binding in bindings],
    ids=lambda value: value.value if isinstance(value, Binding) else value,
)
def test_faults_of_the_server_are_faults(aspnet: AspNetServer, name: str, binding: Binding) -> None:
    _, spoil, status, codes, words = FAULTS[name]
    call = operations.get_report()
    aspnet.answer("GetReport", "")
    aspnet.clear()
    response = sent(spoil(call.request(binding, aspnet.address, ACCOUNT)))
    with pytest.raises(ServiceFault, match=words) as raised:
        call.result(binding, response, ACCOUNT)
    assert aspnet.received() == []
    assert raised.value.status == status
    assert raised.value.code in codes


@each_soap
def test_a_parameter_left_out_of_an_envelope_is_null(
    aspnet: AspNetServer, binding: Binding
) -> None:
    """Not an empty text, which is why an empty one is sent as an empty element."""
    request = operations.get_report().request(binding, aspnet.address, ACCOUNT)
    left_out = replace(request, body=request.body.replace(b"<batchNumber></batchNumber>", b""))
    aspnet.clear()
    for each in (request, left_out):
        assert sent(each).status == 200
    account = {"userCode": USER, "userPass": PASSWORD}
    assert aspnet.received() == [
        Arrival("GetReport", {**account, "batchNumber": ""}),
        Arrival("GetReport", {**account, "batchNumber": None}),
    ]
