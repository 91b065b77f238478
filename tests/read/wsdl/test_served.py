"""The hand-written WSDL means what a real ASP.NET runtime serves for the same signatures."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SHIPPED = ROOT / "wsdl" / "msgsend" / "MsgSend.wsdl"
SERVED = ROOT / "tests" / "data" / "served" / "MsgSend.served.wsdl"
WSDL = "{http://schemas.xmlsoap.org/wsdl/}"
PORT_TYPES = ("MsgSendSoap", "MsgSendHttpGet", "MsgSendHttpPost")

# tag, sorted attributes, children: an element without its documentation and addresses
Meaning = tuple[str, tuple[tuple[str, str], ...], tuple["Meaning", ...]]


def meaning(element: ET.Element) -> Meaning:
    attributes = dict(element.attrib)
    if element.tag.endswith("}address"):
        del attributes["location"]
    children = tuple(meaning(child) for child in element if child.tag != f"{WSDL}documentation")
    return element.tag, tuple(sorted(attributes.items())), children


def prefixes(path: Path) -> set[tuple[str, str]]:
    declarations = ET.iterparse(path, ["start-ns"])
    return {pair for _, pair in declarations}


def test_same_elements_in_the_same_order() -> None:
    assert meaning(ET.parse(SHIPPED).getroot()) == meaning(ET.parse(SERVED).getroot())


def test_same_prefixes_so_that_qualified_names_mean_the_same() -> None:
    assert prefixes(SHIPPED) == prefixes(SERVED)


def test_one_address_as_in_the_document() -> None:
    addresses = {
        element.attrib["location"]
        for element in ET.parse(SHIPPED).getroot().iter()
        if element.tag.endswith("}address")
    }
    assert addresses == {"http://h.1069106.com:1210/Services/MsgSend.asmx"}


@pytest.mark.parametrize("port_type", PORT_TYPES)
def test_every_operation_is_documented_alike_in_every_port_type(port_type: str) -> None:
    root = ET.parse(SHIPPED).getroot()

    def documented(name: str) -> dict[str, str | None]:
        operations = root.findall(f"{WSDL}portType[@name='{name}']/{WSDL}operation")
        return {op.attrib["name"]: op.findtext(f"{WSDL}documentation") for op in operations}

    texts = documented(port_type)
    assert len(texts) == 8
    assert all(text and text.startswith(("获取", "发送")) for text in texts.values())
    assert texts == documented("MsgSendSoap")


def test_the_documentation_stands_first_in_definitions_and_service() -> None:
    root = ET.parse(SHIPPED).getroot()
    service = root.find(f"{WSDL}service")
    assert service is not None
    assert root[0].tag == service[0].tag == f"{WSDL}documentation"
    assert root[0].text == service[0].text
