"""Parameters in addresses and forms: zeep's requests are ours, and it reads our server's responses.

It belongs to the gate.
"""

import warnings
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

import pytest
from tests.generator.importing import imported_files
from tests.interop.corpus import CORPUS, PACKAGE, Entry, package_of
from tests.interop.typed.drawn_calls import Drawing
from tests.interop.typed.exchanging import Package
from tests.interop.typed.test_both_ways import xml_room
from tests.interop.typed.zeep_services import loaded

pytestmark = [pytest.mark.some(0), pytest.mark.filterwarnings("ignore:The wsdl:UserWarning")]

_REQUESTS: Any = import_module("requests")  # zeep's; it has no annotations
CALLS: Final = 3
NAMES: Final = {
    ("soap-ws-currency-convertor", "CurrencyConvertorHttpGet", "GET"),
    ("soap-ws-currency-convertor", "CurrencyConvertorHttpPost", "POST"),
}
"""The WSDLs of the corpus with such ports, each port, and its verb.

In `python-zeep-http` the part is an element, of which zeep would send Python's `repr`.
"""


@pytest.mark.parametrize(("name", "port", "verb"), sorted(NAMES))
def test_zeep_sends_what_we_send_and_reads_what_we_answer(
    corpus: list[Entry], tmp_path: Path, name: str, port: str, verb: str
) -> None:
    entry = next(entry for entry in corpus if entry.name == name)
    generated = package_of(entry, tmp_path)
    assert generated is not None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        (service,) = loaded(CORPUS / entry.path).wsdl.services.values()
    (operation,) = generated.contract.operations
    theirs = service.ports[port].binding.get(operation.name)
    with imported_files(generated.files, PACKAGE):
        binding = import_module(PACKAGE).Binding[verb]
        package = Package()
        drawing = Drawing(xml_room(generated))
        own = package.operations[operation.name]
        try:
            for seed in range(CALLS):
                drawn = drawing.call(own, Random(seed))
                package.handlers.result = drawn.result
                ours = package.request(operation.python_name, binding, drawn.arguments)
                texts = dict(asked(ours))
                said = sent_by_zeep(theirs, verb, texts)
                assert (said.method, asked(said)) == (ours.method, asked(ours))
                assert urlsplit(str(said.url)).path.endswith(
                    urlsplit(str(ours.url)).path[len("/it") :]
                )
                response = answered(package, said)
                assert theirs.process_reply(response) == pytest.approx(drawn.result)
                (seen,) = package.handlers.requests
                assert {key: getattr(seen, key) for key in drawn.arguments} == drawn.arguments
                package.handlers.requests.clear()
        finally:
            package.close()


def sent_by_zeep(operation: Any, verb: str, texts: dict[str, str]) -> Any:
    """Return the request that zeep's client prepares of texts, as its transport does."""
    serialized = operation.create(**texts)
    address = f"https://test/it{serialized.path}"
    if verb == "GET":
        return _REQUESTS.Request("GET", address, params=serialized.content).prepare()
    return _REQUESTS.Request(
        "POST", address, data=serialized.content, headers=serialized.headers
    ).prepare()


def asked(request: Any) -> list[tuple[str, str]]:
    """Return the names and texts that a request carries, in order."""
    body = request.body or b""
    text = body if isinstance(body, str) else bytes(body).decode("ascii")
    pairs: str = text if request.method == "POST" else urlsplit(str(request.url)).query
    return parse_qsl(pairs, keep_blank_values=True, strict_parsing=True)


def answered(package: Package, request: Any) -> bytes:
    """Return what the server of the package answers."""
    body = request.body or b""
    data = body.encode("ascii") if isinstance(body, str) else bytes(body)
    path = request.path_url.removeprefix("/it")
    status, _, response = package.ask(request.method, path, request.headers, data)
    assert status == 200, response
    return response
