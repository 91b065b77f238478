"""An address that cannot be called costs the operations of its port, and no others."""

from pathlib import Path
from typing import Final

import pytest
from tests.generator.client_calls import client
from tests.generator.client_services import TRIED, Port, expected, wsdl
from tests.generator.importing import imported_files
from tests.generator.services import put

from unstringly.pipeline import build, check

BAD: Final = (
    *("", "here", "/here", "//host/here", "ftp://host/here", "IOR:", "urn:x:y", "file:///here"),
    *("http:", "http:///here", "http://[::1/here", "http://host:0/", "http://host:99999/"),
    *("http://host/he re", "http://host/h\u00e9re", "http://h\u00f6st/", "http://host/\u2028"),
    *("http://host/here?a=b", "http://host/here?", "http://host/here#a"),
    *("http://me@host/here", "http://me:sesame@host/here", "HTTP//host", "javascript:void(0)"),
)
GOOD: Final = ("http://localhost/good", "HTTPS://Other.example:8080/good%20one/")


def ports() -> list[Port]:
    """A port for each address, with an operation of its own; bad ones are first and last."""
    addresses = [*BAD[:3], *GOOD, *BAD[3:]]
    return [Port("SOAP11", {f"Ask{at}": ()}, each) for at, each in enumerate(addresses)]


@pytest.mark.parametrize("joint", ["", '</service><service name="S{}">'])
def test_a_bad_address_costs_its_operations_alone(tmp_path: Path, joint: str) -> None:
    """Whether the ports are those of one service, or each is another's."""
    every = ports()
    text = wsdl("Alone", every)
    for at in range(1, len(every)):
        text = text.replace(f'</port><port name="P{at}"', f'</port>{joint}<port name="P{at}"')
        text = text.replace("S{}", f"S{at}")
    rows = [f"{name}: {{effect: read, result: Word}}" for own in every for name in own.operations]
    types = "types: {Word: {text: '[a-z]+'}}"
    spec = f"service: Alone\n{TRIED}{types}\noperations: {{{', '.join(rows)}}}\n"
    checked = check([put(tmp_path / "alone", "It.wsdl", text, spec)], tmp_path)
    assert [each.rule.code for each in checked.findings] == ["W113", *["W123"] * len(BAD[1:])]
    assert not any("sesame" in each.message for each in checked.findings), "what may be a password"
    with imported_files(build(checked, whole=True), "alone") as alone:
        for port in every:
            (operation,) = port.operations
            made, line = client(alone, port, operation, "abc")
            call = getattr(made, operation.lower())
            if port.address in GOOD:
                assert call() == "abc"
                assert [own.asked for own in line.seen] == [expected(port, operation, {}).asked]
                assert [own.address for own in line.seen] == [port.address.rstrip("/")]
                continue
            with pytest.raises(alone.InvalidParameter, match=f"give the address of {operation}"):
                call()
            assert line.seen == []
