"""Which operation a request asks for: every request of our own client, and those of others."""

from dataclasses import replace

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unstringly.runtime.client.calls import Operation
from unstringly.runtime.server.asked import Asked, HttpRequest
from unstringly.runtime.server.service import Service
from unstringly.runtime.wire.bindings import Binding, Endpoint, build_request, build_soap_request
from unstringly.runtime.wire.exchange import Request

each_soap = pytest.mark.parametrize("binding", [Binding.SOAP11, Binding.SOAP12])
BASE = "http://here.example"
ACTIONS = st.text(st.sampled_from("urn:x/#'词é%\\;=,a"), max_size=6)
PATHS = st.text(st.sampled_from("abC/é~"), min_size=1, max_size=3).filter(lambda p: p.strip("/"))
LOCATIONS = st.one_of(
    PATHS,
    PATHS.map(lambda path: f"/{path}"),
    PATHS.map(lambda path: f"/{path}?op={path}"),
    PATHS.map(lambda path: f"?op={path}"),
)


def operation(name: str, action: str = "", location: str = "/x") -> Operation:
    endpoint = Endpoint("urn:x", element=name, action=action, location=location)
    return Operation(name, endpoint, tuple(Binding), "read", {"key": "key", "more": "more"})


def service_of(*operations: Operation, path: str = "/It.asmx") -> Service:
    return Service("It", {operation.name: operation for operation in operations}, path, {})


def received(request: Request) -> HttpRequest:
    """A request as a server has it: the path is decoded."""
    url = httpx2.URL(request.url)
    headers = {name.lower(): value for name, value in request.headers}
    return HttpRequest(request.method, url.path, url.query.decode(), headers, request.body)


def found(service: Service, request: HttpRequest) -> str:
    """The name of the operation that a request asks for; empty for none."""
    asked = service.asked(request)
    return asked.operation.name if isinstance(asked, Asked) else ""


def same_place(first: str, second: str) -> bool:
    """Whether two locations lead to the same place, or one may."""
    return first.partition("?")[0].strip("/") == second.partition("?")[0].strip("/")


@given(data=st.data(), path=st.sampled_from(["/It.asmx", "/", "/a%20b/é", "/x/"]))
def test_every_request_of_our_own_is_understood(data: st.DataObject, path: str) -> None:
    """Whatever the actions are, none or the same for all, and wherever forms are posted to."""
    names = ["Ask", "Tell", "词"]
    actions = data.draw(st.lists(ACTIONS, min_size=3, max_size=3))
    places = data.draw(
        st.lists(LOCATIONS, min_size=3, max_size=3, unique_by=lambda p: p.strip("/"))
    )
    operations = [operation(*parts) for parts in zip(names, actions, places, strict=True)]
    service = service_of(*operations, path=path)
    given_ = [("key", "k & <é>"), ("more", "")]
    for expected in operations:
        for binding in Binding:
            is_form = binding in (Binding.GET, Binding.POST)
            others = (o for o in operations if o is not expected)
            if is_form and any(
                same_place(expected.endpoint.location, o.endpoint.location) for o in others
            ):
                continue
            request = build_request(
                expected.endpoint, binding, BASE + path.replace("é", "%C3%A9").rstrip("/"), given_
            )
            asked = service.asked(received(request))
            assert isinstance(asked, Asked), (binding, asked)
            assert asked.operation is expected, binding
            assert asked.parameters == dict(given_)


def envelope(binding: Binding, element: str) -> Request:
    """A call of an operation without an action."""
    return build_request(Endpoint("urn:x", element=element), binding, f"{BASE}/It.asmx", [])


@pytest.mark.parametrize("header", [None, "", '""', ' "" ', '" "'])
@pytest.mark.parametrize("action", ["", "urn:x/Ask"])
def test_a_header_without_an_action(header: str | None, action: str) -> None:
    """SOAP 1.1: the body tells, whether the WSDL has actions or not."""
    request = received(envelope(Binding.SOAP11, "Ask"))
    headers = {"content-type": "text/xml; charset=utf-8"}
    if header is not None:
        headers["soapaction"] = header
    service = service_of(operation("Tell", action and "urn:x/Tell"), operation("Ask", action))
    assert found(service, replace(request, headers=headers)) == "Ask"
    unknown = replace(received(envelope(Binding.SOAP11, "Other")), headers=headers)
    assert found(service, unknown) == ""


@pytest.mark.parametrize(
    ("parameter", "name"),
    [
        ("", "Ask"),
        ('; action="urn:x/Ask"', "Ask"),
        ("; ACTION = urn:x/Ask", "Ask"),
        ('; action=""', "Ask"),
        ('; action="urn:x/Other"', "Ask"),
    ],
)
def test_soap12_goes_by_the_body(parameter: str, name: str) -> None:
    request = received(envelope(Binding.SOAP12, "Ask"))
    headers = {"content-type": f"application/soap+xml{parameter}"}
    service = service_of(operation("Tell", "urn:x/Tell"), operation("Ask", "urn:x/Ask"))
    assert found(service, replace(request, headers=headers)) == name


@each_soap
def test_the_action_tells_operations_with_one_element_apart(binding: Binding) -> None:
    ask, tell = operation("Ask", "urn:x/Ask"), operation("Tell", "urn:x/Tell")
    tell = replace(tell, endpoint=replace(tell.endpoint, element="Ask"))
    for expected in (ask, tell):
        request = build_request(expected.endpoint, binding, f"{BASE}/It.asmx", [])
        assert found(service_of(ask, tell), received(request)) == expected.name


@each_soap
@pytest.mark.parametrize("action", ["", "urn:x/Ask"])
def test_an_empty_body_finds_an_operation_with_empty_requests(
    binding: Binding, action: str
) -> None:
    """The action tells those apart that have one; an operation with an element is not found."""
    tell = operation("Tell", action and "urn:x/Tell")
    ask, more = (
        replace(own, endpoint=replace(own.endpoint, element=""))
        for own in (operation("Ask", action), operation("More", action and "urn:x/More"))
    )
    request = build_soap_request(ask.endpoint, binding, f"{BASE}/It.asmx", "", "")
    assert found(service_of(tell, ask, more), received(request)) == "Ask"
    if binding is Binding.SOAP12 or not action:
        assert found(service_of(tell), received(request)) == ""


def test_actions_that_nobody_has() -> None:
    """What has an action is not called by another one; what has none is called by any."""
    request = build_request(
        Endpoint("urn:x", element="Ask", action="urn:other"), Binding.SOAP11, f"{BASE}/It.asmx", []
    )
    assert found(service_of(operation("Ask", "urn:x/Ask")), received(request)) == ""
    assert found(service_of(operation("Ask")), received(request)) == "Ask"


@each_soap
def test_only_the_first_element_of_the_body_is_the_call(binding: Binding) -> None:
    request = received(
        build_request(operation("Ask").endpoint, binding, f"{BASE}/It.asmx", [("key", "k")])
    )
    more = b"<other><key>no</key><more>no</more></other></soap:Body>"
    body = request.body.replace(b"</soap:Body>", more)
    asked = service_of(operation("Ask")).asked(replace(request, body=body))
    assert isinstance(asked, Asked)
    assert asked.parameters == {"key": "k", "more": ""}


@pytest.mark.parametrize("path", ["/It.asmxAsk", "/It.asmx.bak", "/it", "/"])
def test_other_paths_are_not_of_the_service(path: str) -> None:
    response = service_of(operation("Ask")).asked(HttpRequest("GET", path, "", {}, b""))
    assert not isinstance(response, Asked)
    assert response.status == 404
