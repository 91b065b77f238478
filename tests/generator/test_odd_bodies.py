"""Bodies that are not one element in an envelope: several elements, or an element without one."""

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, Final
from xml.etree.ElementTree import fromstring

import pytest
from tests.generator.importing import imported_files
from tests.generator.services import generated, put
from tests.read.wsdl.small import Call, Offered, Part, written

ENVELOPE: Final = "{http://schemas.xmlsoap.org/soap/envelope/}"
PARTS: Final = (Part("a", "element t:Ask"), Part("b", "element t:Text"))
ANSWERS: Final = (Part("a", "element t:Text"), Part("b", "element t:Numbers"))


@contextmanager
def package(folder: Path, wsdl: str) -> Iterator[ModuleType]:
    """The package of a WSDL."""
    grammar = "service: S\npackage: odd_bodies\n"
    with imported_files(generated(put(folder / "it", "S.wsdl", wsdl, grammar)), "odd_bodies"):
        yield importlib.import_module("odd_bodies")


def request_of(own: ModuleType, call: Any, binding: str) -> Any:
    """The request of a call."""
    account = importlib.import_module(f"{own.__name__}._runtime.client.calls").Credentials({})
    return call.request(own.Binding[binding], "https://localhost/s", account)


@pytest.mark.parametrize("kind", ["soap", "soap12"])
def test_several_elements_in_a_body(tmp_path: Path, kind: Any) -> None:
    """There and back; the emulator is a server of the same package."""
    both = Call("Both", PARTS, ANSWERS)
    single = Call("Single", PARTS[::-1], (Part("a", "element t:Done"),))
    back = Call("Back", (Part("a", "element t:Numbers"),), ANSWERS)
    with package(tmp_path, written((Offered(kind, (both, single, back)),))) as own:
        operations = importlib.import_module("odd_bodies.operations")
        messages = importlib.import_module("odd_bodies.messages")
        server = importlib.import_module("odd_bodies.server")
        testing = importlib.import_module("odd_bodies.testing")
        ask = messages.Ask(key="k", day=None)
        call = operations.both(ask=ask, text="x & y")
        body = fromstring(request_of(own, call, "SOAP11" if kind == "soap" else "SOAP12").body)
        assert [element.tag for element in body[-1]] == ["{urn:t}Ask", "{urn:t}Text"]
        emulator = importlib.import_module("odd_bodies.emulator").Emulator(seed=3)
        with testing.client(emulator) as client:
            for number in range(5):
                result = messages.Both0OutBody(text=f"<{number}>", numbers=(1, number))
                emulator.script("Both", result)
                assert client.both(ask=ask, text=" y ") == result
            assert client.single(ask=ask, text="z") is None
            assert client.back(numbers=(1,)).numbers is not None
            emulator.fail(testing.Fault.MALFORMED, "Both")
            with pytest.raises((own.MalformedResponse, own.ServiceFault)):
                client.both(ask=ask, text="")
        assert emulator.received[0] == server.Both(ask=ask, text=" y ")
        assert emulator.received[5] == server.Single(ask=ask, text="z")


XML: Final = '<mime:mimeXml part="a"/>'
POSTED: Final = (
    Call("Ask", (Part("a", "element t:Ask"),), (Part("a", "element t:Answer"),)),
    Call("Count", (Part("a", "element t:Numbers"),), (Part("a", "element t:Text"),)),
    Call("Clear", (Part("a", "element t:Extra"),), (Part("a", "element t:Done"),)),
)


def posting(content: str, location: str) -> str:
    """A WSDL whose requests over POST are XML documents, all at one location."""
    calls = tuple(call._replace(response_body=XML) for call in POSTED)
    text = written((Offered("POST", calls),))
    text = text.replace('<mime:content type="application/x-www-form-urlencoded"/>', content)
    for call in POSTED:
        text = text.replace(f'location="/{call.name}"', f'location="{location}"')
    return text


@pytest.mark.parametrize("location", ["/", "/all"])
@pytest.mark.parametrize("content", ["<mime:mimeXml/>", '<mime:content type="text/xml"/>'])
def test_elements_that_are_posted(tmp_path: Path, content: str, location: str) -> None:
    """The root element tells the operations apart that have one location."""
    with package(tmp_path, posting(content, location)) as own:
        operations = importlib.import_module("odd_bodies.operations")
        server = importlib.import_module("odd_bodies.server")
        testing = importlib.import_module("odd_bodies.testing")
        sent = request_of(own, operations.ask(key="k"), "POST")
        assert sent.method == "POST"
        assert sent.url == f"https://localhost/s{location}"
        assert dict(sent.headers)["Content-Type"] == "text/xml; charset=utf-8"
        assert fromstring(sent.body).tag == "{urn:t}Ask"
        emulator = importlib.import_module("odd_bodies.emulator").Emulator(seed=3)
        with testing.client(emulator) as client:
            emulator.script("Count", "12")
            assert client.count(numbers=(1, 2)) == "12"
            assert client.ask(key="k").one is not None
            assert client.clear(extra="now") is None
        kinds = [server.Count, server.Ask, server.Clear]
        assert [type(request) for request in emulator.received] == kinds
