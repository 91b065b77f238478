"""Law: an element that is made of parts holds exactly these, with their names, order and types.

WSDLs are drawn. What was drawn is one judge, zeep another one where it reads them as the standard
says: it does not know `parts=`.
"""

import re
import tempfile
from collections.abc import Collection
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from tests.read.schema.flat import type_name
from tests.read.wsdl.small import Call, Kind, Offered, Part, read, written
from tests.read.wsdl.test_bodies import held
from tests.read.wsdl.test_hostile import read as read_bytes
from tests.read.wsdl.test_hostile import values
from tests.read.wsdl.zeep_messages import calls_by_zeep

from unstringly.model.schema_content import ONCE, ComplexType, Occurs
from unstringly.model.schema_names import ANY_TYPE, XSD, ComponentName
from unstringly.model.schema_names import Kind as Space
from unstringly.model.schema_walks import references
from unstringly.model.service import QName

ATOMIC = ("s:string", "s:int", "s:dateTime", "t:Key")
NOT_ATOMIC = ("t:Many", "s:NMTOKENS")
ARRAY = "t:Numbers"
ELEMENTS = ("element t:Text", "element t:Ask", "element t:Numbers")

names = st.from_regex(r"[a-zB_名é][a-z0-9名é._-]{0,5}", fullmatch=True)
namespaces = st.sampled_from(["urn:r", "urn:t", "http://x.example/?a=b&amp;c"])


def parts(*kinds: str) -> st.SearchStrategy[tuple[Part, ...]]:
    part = st.builds(Part, names, st.sampled_from(kinds))
    return st.lists(part, max_size=5, unique_by=lambda part: part.name).map(tuple)


RPC_PARTS = parts(*ATOMIC, *NOT_ATOMIC, ARRAY, "t:Pair", "s:anyType", *ELEMENTS)


@st.composite
def rpc_calls(draw: st.DrawFn, *, with_choice: bool) -> Call:
    """A call, of which a part of the parts goes into the bodies if `with_choice`."""
    sent, got = draw(RPC_PARTS), draw(st.none() | RPC_PARTS)
    call = Call(f"Say{draw(names)}", sent, got, "rpc")
    spaces = st.just("") | namespaces if with_choice else namespaces  # zeep needs one
    bodies = [f'namespace="{draw(spaces)}"' for _ in range(2)]
    headers: list[str] = []
    if with_choice:
        bodies[0] += draw(named(sent))
        bodies[1] += draw(named(got or ()))
        headers = draw(some(got or ()))
    return call._replace(
        body=bodies[0],
        response_body=bodies[1],
        headers=tuple(("Out", name) for name in headers),
    )


def some(of: tuple[Part, ...]) -> st.SearchStrategy[list[str]]:
    if not of:
        return st.just([])
    return st.lists(st.sampled_from([part.name for part in of]), unique=True)


def named(of: tuple[Part, ...]) -> st.SearchStrategy[str]:
    return st.just("") | some(of).map(lambda chosen: f' parts="{" ".join(chosen)}"')


def component(text: str, kind: Space = "type") -> ComponentName:
    prefix, _, local = text.partition(":")
    return ComponentName(kind, {"s": XSD, "t": "urn:t"}[prefix], local)


def expected(of: tuple[Part, ...]) -> list[tuple[object, ...]]:
    """The children of a body that is made of parts."""
    rows: list[tuple[object, ...]] = []
    for part in of:
        if part.value.startswith("element "):
            rows.append((component(part.value.removeprefix("element "), "element"), ONCE))
        else:
            rows.append((QName("", part.name), component(part.value), ONCE))
    return rows


def in_body(of: tuple[Part, ...], body: str, headers: Collection[str]) -> tuple[Part, ...]:
    """Those of the parts that the extensions of a binding leave to the body."""
    _, says, rest = body.partition(' parts="')
    if says:
        return tuple(part for part in of if part.name in rest.rstrip('"').split())
    return tuple(part for part in of if part.name not in headers)


def namespace_of(body: str) -> str:
    return body.split('"')[1].replace("&amp;", "&")


def is_typed(call: Call, name: str) -> bool:
    """Say whether a header of a call's response is a part with a type, and has no element."""
    values = [part.value for part in call.output or () if part.name == name]
    return not any(value.startswith("element ") for value in values)


calls_of_rpc = st.lists(
    rpc_calls(with_choice=True), min_size=1, max_size=4, unique_by=lambda call: call.name
)


@given(calls_of_rpc)
def test_rpc_bodies_hold_the_parts_that_are_theirs(calls: list[Call]) -> None:
    service, findings = read([Offered("soap", tuple(calls)), Offered("soap12", tuple(calls))])
    assert {finding.rule.code for finding in findings} <= {"W136"}
    assert len(findings) == 2 * sum(
        is_typed(call, name) for call in calls for _, name in call.headers
    )
    assert service is not None
    for port in service.ports:
        assert len(port.binding.operations) == len(calls)
        for call, operation in zip(calls, port.binding.port_type.operations, strict=True):
            sent = in_body(call.input, call.body, ())
            assert operation.input.element == QName(namespace_of(call.body), call.name)
            assert held(service, operation.input.body) == expected(sent)
            assert (operation.output is None) == (call.output is None)
            if operation.output is not None and call.output is not None:
                got = in_body(call.output, call.response_body, [name for _, name in call.headers])
                response = QName(namespace_of(call.response_body), f"{call.name}Response")
                assert operation.output.element == response
                assert held(service, operation.output.body) == expected(got)
    components = service.schema.components
    for name, own in components.items():
        assert all(reference.name in components for reference in references(own))
        if isinstance(own, ComplexType) and name != ANY_TYPE:
            assert name in service.schema.derived[own.base]


@given(
    st.lists(rpc_calls(with_choice=False), min_size=1, max_size=4, unique_by=lambda call: call.name)
)
def test_rpc_requests_are_those_of_zeep(calls: list[Call]) -> None:
    ports = (Offered("soap", tuple(calls)),)
    service, _ = read(ports)
    assert service is not None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "S.wsdl")
        path.write_text(written(ports), encoding="utf-8")
        theirs = calls_by_zeep(str(path))
    assert theirs is not None
    for name, operation in service.operations().items():
        element = operation.input.element
        assert element is not None
        body = theirs["B0", name].input
        assert body is not None
        assert body.name == braced(element)
        assert body.children is not None
        ours = held(service, operation.input.body)
        assert len(ours) == len(body.children)
        for (own, *rest), (child, type_) in zip(ours, body.children, strict=True):
            assert isinstance(own, QName | ComponentName)
            assert child == braced(QName(own.namespace, own.local))
            if isinstance(own, QName) and isinstance(rest[0], ComponentName):
                assert type_ in ("", type_name(rest[0]))


def braced(name: QName) -> str:
    return f"{{{name.namespace}}}{name.local}" if name.namespace else name.local


@given(st.sampled_from(["GET", "POST"]), parts(*ATOMIC, *NOT_ATOMIC, ARRAY))
def test_http_requests_are_made_of_all_parts(kind: Kind, sent: tuple[Part, ...]) -> None:
    service, findings = read([Offered(kind, (Call("Say", sent, None),))])
    assert findings == ()
    assert service is not None
    (operation,) = service.operations().values()
    rows = [
        (QName("", part.name), component("s:int"), Occurs(0, None))
        if part.value == ARRAY
        else (QName("", part.name), component(part.value), ONCE)
        for part in sent
    ]
    assert held(service, operation.input.body) == rows
    is_text = all(part.value in ATOMIC for part in sent)
    assert operation.input.is_text == is_text
    texts = [(part.name, part.declared) for part in operation.input.parts]
    assert texts == ([(part.name, component(part.value)) for part in sent] if is_text else [])


@given(calls_of_rpc, st.lists(st.tuples(st.integers(0, 10_000), values), min_size=1, max_size=4))
def test_documents_of_any_style_with_other_attributes_raise_nothing(
    calls: list[Call], changes: list[tuple[int, bytes]]
) -> None:
    """Whatever is read has bodies that the schema has."""
    get = [call._replace(output=None, body="") for call in calls]
    documents = [call._replace(style="document") for call in calls]
    ports = (Offered("soap", tuple(calls)), Offered("soap12", tuple(documents)))
    data = written((*ports, Offered("GET", tuple(get)))).encode()
    for index, value in changes:
        spans = [match.span(1) for match in re.finditer(rb'="([^"]*)"', data)]
        start, end = spans[index % len(spans)]
        data = data[:start] + value + data[end:]
    with tempfile.TemporaryDirectory() as folder:
        service, _ = read_bytes(data, Path(folder))
    for operation in service.operations().values() if service is not None else ():
        for message in (operation.input, operation.output):
            if service is not None and message is not None and message.body is not None:
                assert message.body in service.schema.components
