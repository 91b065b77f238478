"""The shipped WSDL reads into the service that the vendor's document describes."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from unstringly.diagnostics import Span
from unstringly.model.schema_names import XSD, ComponentName
from unstringly.model.service import BindingKind, Message, Operation, QName, Service
from unstringly.read.wsdl.reader import RULES, read_wsdl

ROOT = Path(__file__).parents[3]
NAME = "wsdl/msgsend/MsgSend.wsdl"
ADDRESS = "http://h.1069106.com:1210/Services/MsgSend.asmx"
TEMPURI = "http://tempuri.org/"
STRING = QName(XSD, "string")
PARAMETERS = {
    "GetBalance": "userCode userPass",
    "SendMsg": "userCode userPass DesNo Msg Channel",
    "SendVoiceCode": "userCode userPass DesNo VoiceCode Channel Amount",
    "SendVoiceCodeWithTemplate": "userCode userPass DesNo VoiceCode Amount TemplateID",
    "GetReport": "userCode userPass batchNumber",
    "GetReport2": "userCode userPass",
    "GetMo": "userCode userPass",
    "GetMo2": "userCode userPass",
}


def result_of(operation: Operation) -> Message:
    assert operation.output is not None
    return operation.output


@pytest.fixture(scope="module")
def service() -> Service:
    service, findings = read_wsdl(ROOT / NAME, NAME)
    assert findings == ()
    assert service is not None
    return service


def test_service(service: Service) -> None:
    assert (service.name, service.namespace) == ("MsgSend", TEMPURI)
    assert service.documentation.startswith("WebService 接口文档 v9.9.1")
    assert list(service.operations()) == list(PARAMETERS)


def test_ports(service: Service) -> None:
    assert [(port.name, port.binding.name, port.binding.kind) for port in service.ports] == [
        ("MsgSendSoap", "MsgSendSoap", BindingKind.SOAP11),
        ("MsgSendSoap12", "MsgSendSoap12", BindingKind.SOAP12),
        ("MsgSendHttpGet", "MsgSendHttpGet", BindingKind.HTTP_GET),
        ("MsgSendHttpPost", "MsgSendHttpPost", BindingKind.HTTP_POST),
    ]
    assert {port.address for port in service.ports} == {ADDRESS}
    port_types = [port.binding.port_type.name for port in service.ports]
    assert port_types == ["MsgSendSoap", "MsgSendSoap", "MsgSendHttpGet", "MsgSendHttpPost"]


def test_every_port_offers_every_operation_with_the_same_parameters(service: Service) -> None:
    for port in service.ports:
        operations = port.binding.port_type.operations
        assert [bound.name for bound in port.binding.operations] == list(PARAMETERS)
        assert {op.name: " ".join(p.name for p in op.input.parts) for op in operations} == (
            PARAMETERS
        )
        for operation in operations:
            output = result_of(operation)
            assert operation.input.is_text
            assert output.is_text
            parts = (*operation.input.parts, *output.parts)
            assert {part.type for part in parts} == {STRING}
            assert {part.declared for part in parts} == {ComponentName("type", XSD, "string")}


def test_actions_and_locations(service: Service) -> None:
    for port in service.ports:
        is_soap = port.binding.kind in (BindingKind.SOAP11, BindingKind.SOAP12)
        for bound in port.binding.operations:
            assert bound.soap_action == (TEMPURI + bound.name if is_soap else None)
            assert bound.location == (None if is_soap else f"/{bound.name}")


def test_messages_of_soap(service: Service) -> None:
    send = service.operations()["SendMsg"]
    assert send.input.name == "SendMsgSoapIn"
    assert send.input.element == QName(TEMPURI, "SendMsg")
    assert result_of(send).element == QName(TEMPURI, "SendMsgResponse")
    assert [part.name for part in result_of(send).parts] == ["SendMsgResult"]
    assert send.input.body == ComponentName("element", TEMPURI, "SendMsg")
    assert result_of(send).body == ComponentName("element", TEMPURI, "SendMsgResponse")
    assert send.input.body in service.schema.components


def test_messages_of_http(service: Service) -> None:
    send = {op.name: op for op in service.ports[2].binding.port_type.operations}["SendMsg"]
    assert send.input.element is None
    assert result_of(send).element == QName(TEMPURI, "string")
    assert [part.name for part in result_of(send).parts] == ["Body"]
    assert send.input.body == ComponentName("element", TEMPURI, "SendMsg", (":MsgSendHttpGet",))
    assert result_of(send).body == ComponentName("element", TEMPURI, "string")
    assert {send.input.body, result_of(send).body} <= service.schema.components.keys()


def test_documentation(service: Service) -> None:
    operations = service.operations()
    assert operations["GetBalance"].documentation == (
        "获取当前账户余额\nuserCode：登录名称\nuserPass：登录密码"
    )
    assert "account=XXXX&GetReport=YYYYY" in operations["GetReport"].documentation


def test_spans_point_at_start_tags(service: Service) -> None:
    lines = (ROOT / NAME).read_text("utf-8").split("\n")

    def tag(span: Span) -> str:
        assert span.file == NAME
        start = span.column - 1
        return lines[span.line - 1][start : start + span.length]

    assert tag(service.span) == "<wsdl:service"
    for port in service.ports:
        assert tag(port.span) == "<wsdl:port"
        assert f'name="{port.name}"' in lines[port.span.line - 1]
        assert tag(port.binding.span) == "<wsdl:binding"
        assert tag(port.binding.port_type.span) == "<wsdl:portType"
        for bound in port.binding.operations:
            assert tag(bound.span) == "<wsdl:operation"
        for operation in port.binding.port_type.operations:
            assert tag(operation.span) == "<wsdl:operation"
            assert tag(operation.input.span) == "<wsdl:message"
            for part in (*operation.input.parts, *result_of(operation).parts):
                assert tag(part.span) in ("<s:element", "<wsdl:part")


def test_the_served_document_reads_the_same_but_for_texts_and_address(service: Service) -> None:
    served, findings = read_wsdl(ROOT / "tests/data/served/MsgSend.served.wsdl", "served.wsdl")
    assert findings == ()
    assert served is not None
    assert served.documentation == ""
    assert list(served.operations()) == list(service.operations())
    assert {port.address for port in served.ports} == {
        "http://gateway.example:1210/Services/MsgSend.asmx"
    }


def test_rules_are_distinct() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
    assert all(re.fullmatch(r"W1\d\d", code) for code in codes)


def test_importing_the_reader_does_not_import_xsdata() -> None:
    code = "import sys, unstringly.read.wsdl.reader; sys.exit('xsdata' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT / "codegen", capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
