"""WSDLs with several services: one client calls all operations, each at its own address."""

import importlib
import warnings
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, Final
from xml.etree.ElementTree import fromstring

import pytest
from tests.generator.importing import imported_files
from tests.generator.services import generated, put
from tests.read.wsdl.small import Call, Offered, Part, document, written

ASK: Final = document("Say", "t:Ask", "t:Answer")
ONE, TWO, THREE = "https://one.example/s", "https://two.example/s", "https://three.example/s"
ANSWER: Final = b'<A:Answer xmlns:A="urn:t"><A:one>1</A:one><A:two>2</A:two></A:Answer>'
BODY: Final = "{http://schemas.xmlsoap.org/soap/envelope/}Body"
ENVELOPE: Final = (
    b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>%b</s:Body>'
    b"</s:Envelope>"
)


def services(*ports: tuple[str, str, Call]) -> str:
    """A WSDL with a service for each port: its name, its address, and its only operation."""
    text = written(tuple(Offered("soap", (call,)) for _, _, call in ports))
    start, end = text.index('<service name="S">'), text.index("</definitions>")
    named = "".join(
        f'<service name="{name}"><port name="P{number}" binding="t:B{number}">'
        f'<soap:address location="{address}"/></port></service>'
        for number, (name, address, _) in enumerate(ports)
    )
    return text[:start] + named + text[end:]


@contextmanager
def package(folder: Path, wsdl: str, service: str = "One") -> Generator[ModuleType]:
    """The package of a WSDL."""
    grammar = f"service: {service}\npackage: several\nwsdl: S.wsdl\n"
    with imported_files(generated(put(folder / "several", "S.wsdl", wsdl, grammar)), "several"):
        yield importlib.import_module("several")


class Line:
    """A transport that keeps where requests go, and answers all in the same way."""

    def __init__(self, own: ModuleType) -> None:
        self._own = own
        self.urls: list[str] = []

    def send(self, request: Any, deadline: float) -> Any:
        """Return the answer to any request."""
        self.urls.append(request.url)
        request.leaving()
        kind = (("Content-Type", "text/xml"),)
        return self._own.Response(200, kind, ENVELOPE % ANSWER)

    def close(self) -> None:
        """There is nothing to close."""


def test_each_message_goes_to_the_address_of_its_own_service(tmp_path: Path) -> None:
    tell = document("Tell", "t:Ask", "t:Answer")
    wsdl = services(("One", ONE, ASK), ("Two", TWO, tell), ("Three", THREE, ASK))
    with package(tmp_path, wsdl) as own:
        line = Line(own)
        with own.Client(transport=line) as client:
            client.say(key="k")
            client.tell(key="k")
        assert line.urls == [ONE, TWO]
        line = Line(own)
        with own.Client(transport=line, base_url="https://test.example/all") as client:
            client.say(key="k")
            client.tell(key="k")
        assert line.urls == ["https://test.example/all"] * 2


def test_other_messages_under_a_name_that_is_taken_are_another_call(tmp_path: Path) -> None:
    """In document and in rpc style; the elements of rpc style have the same name then."""
    rpc = Call(
        *("Say", (Part("pair", "t:Pair"),), (Part("result", "s:int"),), "rpc"),
        *('namespace="urn:r"', 'namespace="urn:r"'),
    )
    texts = rpc._replace(input=(Part("left", "s:string"), Part("right", "s:int")))
    wsdl = services(("One", ONE, ASK), ("Two", TWO, rpc), ("Three", THREE, texts))
    with package(tmp_path, wsdl) as own:
        operations = importlib.import_module("several.operations")
        messages = importlib.import_module("several.messages")
        assert list(operations.OPERATIONS) == ["Say", "Two.Say", "Three.Say"]
        calls = (
            operations.say(key="k"),
            operations.two_say(pair=messages.Pair(left=1, right=2)),
            operations.three_say(left="a", right=2),
        )
        account = importlib.import_module("several._runtime.client.calls").Credentials({})
        requests = [call.request(own.Binding.SOAP11, ONE, account).body for call in calls]
        (ask,), *others = [list(fromstring(body).iterfind(f"{BODY}/*")) for body in requests]
        assert ask.tag == "{urn:t}Ask"
        assert [[body.tag for body in other] for other in others] == [["{urn:r}Say"]] * 2
        said = [[(part.tag, part.text, len(part)) for part in body] for (body,) in others]
        assert said == [[("pair", None, 2)], [("left", "a", 0), ("right", "2", 0)]]


def test_a_port_without_an_address_is_called_nowhere_until_one_is_given(tmp_path: Path) -> None:
    tell = document("Tell", "t:Ask", "t:Answer")
    wsdl = services(("One", ONE, ASK), ("Two", "jms:queue", tell))
    with package(tmp_path, wsdl) as own:
        line = Line(own)
        with own.Client(transport=line) as client:
            client.say(key="k")
            with pytest.raises(own.InvalidParameter, match="the address of Tell"):
                client.tell(key="k")
        assert line.urls == [ONE]
        with own.Client(transport=line, base_url=THREE) as client:
            client.tell(key="k")
        assert line.urls == [ONE, THREE]


def test_each_plain_address_draws_a_warning(tmp_path: Path) -> None:
    tell = document("Tell", "t:Ask", "t:Answer")
    plain = ("http://plain-one.example/s", "http://plain-two.example/s")
    wsdl = services(("One", plain[0], ASK), ("Two", plain[1], tell))
    with package(tmp_path, wsdl) as own, warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        own.Client(transport=Line(own)).close()
        texts = [str(warning.message) for warning in warned]
        assert [text.partition(" is ")[0] for text in texts] == [
            address.removesuffix("/s") for address in plain
        ]
        assert all(warning.filename == __file__ for warning in warned)


def test_names_stay_when_services_are_added(tmp_path: Path) -> None:
    """Whatever comes behind a service renames nothing in it, and nothing before it."""
    calls = [ASK, document("Say", "t:Ask", None), document("Say", "t:Numbers", "t:Answer")]
    ports = [(name, ONE, call) for name, call in zip(("One", "Two", "Three"), calls, strict=True)]
    known: list[str] = []
    for count in range(1, len(ports) + 1):
        with package(tmp_path / str(count), services(*ports[:count])) as own:
            names = list(importlib.import_module(f"{own.__name__}.operations").OPERATIONS)
        assert names[: len(known)] == known
        assert len(names) == count
        known = names


def test_an_emulator_tells_the_operations_of_all_services_apart(tmp_path: Path) -> None:
    other = document("Say", "t:Numbers", "t:Answer")
    wsdl = services(("One", ONE, ASK), ("Two", TWO, other))
    with package(tmp_path, wsdl):
        testing = importlib.import_module("several.testing")
        emulator = importlib.import_module("several.emulator").Emulator(seed=1)
        server = importlib.import_module("several.server")
        with testing.client(emulator) as client:
            client.say(key="k")
            client.two_say(numbers=(1, 2))
        assert [type(request) for request in emulator.received] == [server.Say, server.TwoSay]
