"""What is said of a file that is no WSDL, and of a WSDL of which nothing is left."""

from pathlib import Path

import pytest
from tests.generator.services import MINIMAL_WSDL, SHIPPED_WSDL

from unstringly.diagnostics import Diagnostic
from unstringly.read.wsdl.reader import read_wsdl


def read(data: bytes, folder: Path) -> tuple[Diagnostic, ...]:
    (folder / "S.wsdl").write_bytes(data)
    service, findings = read_wsdl(folder / "S.wsdl", "S.wsdl")
    assert service is None
    return findings


PAGES = {
    b'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x"><html></html>': "W104",
    b"<!-- saved --><!DOCTYPE HTML><html><body>404<br></body></html>": "W104",
    b"<!doctype html>\n<html><body>404</body></html>": "W103",
    b"\xef\xbb\xbf\n<HTML lang=en><body>404<br></body></HTML>": "W103",
    b'<?xml version="1.0"?>\n<html>\n<body>&nbsp;</body></html>': "W103",
}


@pytest.mark.parametrize(("page", "code"), PAGES.items())
def test_a_web_page_is_said_to_look_like_one(tmp_path: Path, page: bytes, code: str) -> None:
    (finding,) = read(page, tmp_path)
    assert finding.rule.code == code
    assert "it looks like an HTML page" in finding.message
    assert finding.help == "Save what the service serves at ?WSDL."


@pytest.mark.parametrize(
    "document", [b"<!DOCTYPE definitions><html/>", b"<htmlx><y></htmlx>", b"<a><html></a>", b""]
)
def test_anything_else_is_not_said_to_look_like_a_page(tmp_path: Path, document: bytes) -> None:
    (finding,) = read(document, tmp_path)
    assert "HTML" not in finding.message


def no_operation(folder: Path, before: str, after: str, wsdl: str) -> str:
    """The help of the finding that nothing is left of a service."""
    assert before in wsdl
    findings = read(wsdl.replace(before, after).encode(), folder)
    (finding,) = (each for each in findings if each.rule.code == "W121")
    return finding.help


def test_how_many_operations_a_service_has_of_which_none_is_left(tmp_path: Path) -> None:
    port = (
        '<port name="Get" binding="t:Get"><http:address location="http://localhost/tiny"/></port>'
    )
    assert no_operation(tmp_path, 'verb="GET"', 'verb="PUT"', MINIMAL_WSDL) == (
        "The other findings say why, for its only operation."
    )
    other = f'<service name="Other">{port.replace("t:Get", "t:More")}</service></definitions>'
    start, end = MINIMAL_WSDL.index("  <portType"), MINIMAL_WSDL.index("  <service")
    more = MINIMAL_WSDL[start:end].replace('"Ask"', '"Tell"').replace('"Type"', '"Types"')
    more = more.replace('"Get"', '"More"').replace("t:Type", "t:Types")
    both = (MINIMAL_WSDL[:end] + more + MINIMAL_WSDL[end:]).replace("</definitions>", other)
    assert no_operation(tmp_path, 'verb="GET"', 'verb="PUT"', both) == (
        "The other findings say why, for each of its 2 operations."
    )
    assert no_operation(tmp_path, port, "", MINIMAL_WSDL).startswith("It has no port")
    assert no_operation(tmp_path, 'type="tns:MsgSend', 'type="tns:No', SHIPPED_WSDL) == (
        "The other findings say why, for each of its 8 operations."
    )
