"""Documents that refer to each other: each is read once, however often it is named."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.generator.services import MINIMAL_WSDL
from tests.read.wsdl.test_losses import cases, needs_corpus

from unstringly.diagnostics import Diagnostic
from unstringly.read.schema.documents import load_documents
from unstringly.read.wsdl.elements import place
from unstringly.read.wsdl.reader import read_wsdl

XSD = "http://www.w3.org/2001/XMLSchema"


def put(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder / next(iter(files))


def said(folder: Path, files: Mapping[str, str]) -> list[str]:
    main = put(folder, files)
    service, findings = read_wsdl(main, main.name)
    assert service is not None
    assert list(service.operations()) == ["Ask"]
    return [f"{finding.rule.code} {finding.message}" for finding in findings]


def importing(location: str) -> str:
    import_ = f'<import namespace="urn:t" location="{location}"/>'
    return MINIMAL_WSDL.replace("<types>", f"{import_}<types>")


def having(*schemas: str) -> str:
    """The WSDL with these schemas besides its own."""
    return MINIMAL_WSDL.replace("</types>", f"{''.join(schemas)}</types>")


def interface(location: str) -> str:
    return (
        '<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" targetNamespace="urn:i">'
        f'<import namespace="urn:t" location="{location}"/></definitions>'
    )


@pytest.mark.parametrize(
    ("name", "back"),
    [
        ("iface.wsdl", "S.wsdl"),
        ("iface.wsdl", "./S.wsdl"),
        ("iface.wsdl", "iface.wsdl"),
        ("sub/iface.wsdl", "../S.wsdl"),
        ("sub/iface.wsdl", "../sub/../S.wsdl"),
    ],
)
def test_wsdls_in_a_circle(tmp_path: Path, name: str, back: str) -> None:
    assert said(tmp_path, {"S.wsdl": importing(name), name: interface(back)}) == []


def test_a_wsdl_that_imports_itself(tmp_path: Path) -> None:
    assert said(tmp_path, {"S.wsdl": importing("S.wsdl")}) == []


def test_a_wsdl_that_is_a_link_and_is_imported_by_both_names(tmp_path: Path) -> None:
    put(tmp_path, {"real.wsdl": importing("iface.wsdl"), "iface.wsdl": interface("S.wsdl")})
    (tmp_path / "S.wsdl").symlink_to("real.wsdl")
    service, findings = read_wsdl(tmp_path / "S.wsdl", "S.wsdl")
    assert service is not None
    assert findings == ()


def schema(namespace: str, content: str) -> str:
    target = f' targetNamespace="{namespace}"' if namespace else ""
    return f'<xs:schema xmlns:xs="{XSD}"{target}>{content}</xs:schema>'


TWICE = having(
    schema("urn:a", '<xs:import namespace="urn:t" schemaLocation="t.xsd"/>'),
    schema("urn:t", '<xs:include schemaLocation="t.xsd"/>'),
)


def test_a_schema_that_is_imported_and_included(tmp_path: Path) -> None:
    declared = schema("urn:t", '<xs:element name="One"/><xs:element name="Two"/>')
    assert said(tmp_path, {"S.wsdl": TWICE, "t.xsd": declared}) == []


def test_a_file_that_cannot_be_read_is_told_of_once(tmp_path: Path) -> None:
    documents = load_documents(put(tmp_path, {"S.wsdl": TWICE, "t.xsd": "<"}), "S.wsdl")
    assert [finding.rule.code for finding in documents.findings] == ["W103"]


NAMES = ("a.xsd", "b.xsd", "sub/c.xsd", "sub/d.xsd")
NAMESPACES = ("", "urn:x", "urn:y")
REFERENCES = st.lists(st.tuples(st.sampled_from(("import", "include")), st.sampled_from(NAMES)))


@given(
    st.dictionaries(st.sampled_from(NAMES), st.tuples(st.sampled_from(NAMESPACES), REFERENCES)),
    st.sampled_from(NAMESPACES),
    REFERENCES,
)
def test_each_schema_is_read_once_for_each_namespace(
    drawn: dict[str, tuple[str, list[tuple[str, str]]]],
    namespace: str,
    references: list[tuple[str, str]],
) -> None:
    """What can be reached, searched here by names: an included one without a namespace adopts."""
    files = {name: drawn.get(name, ("", [])) for name in NAMES}

    def written(own: str, at: str, to: list[tuple[str, str]]) -> str:
        up = "../" if "/" in at else ""
        lines = [f'<xs:{how} schemaLocation="{up}{name}"/>' for how, name in to]
        return schema(own, f'{"".join(lines)}<xs:element name="{Path(at).stem}"/>')

    wsdl = having(written(namespace, "main", references))
    texts = {"S.wsdl": wsdl} | {name: written(own, name, to) for name, (own, to) in files.items()}
    expected = {("urn:x", "string"), (namespace, "main")}
    waiting = [(how, name, namespace) for how, name in references]
    while waiting:
        how, name, around = waiting.pop()
        own, to = files[name]
        effective = own or (around if how == "include" else "")
        if (effective, Path(name).stem) not in expected:
            expected.add((effective, Path(name).stem))
            waiting += [(then, other, effective) for then, other in to]
    with tempfile.TemporaryDirectory() as folder:
        documents = load_documents(put(Path(folder), texts), "S.wsdl")
    assert documents.findings == ()
    elements = [
        (document.namespace, element.attributes["name"])
        for document in documents.schemas
        for element in document.root.children
        if element.local == "element" and not document.is_known
    ]
    assert sorted(elements) == sorted(expected)


def is_of_itself(finding: Diagnostic) -> bool:
    return f"at {place(finding.span)};" in finding.message


@needs_corpus
def test_nothing_in_real_services_is_another_one_of_itself() -> None:
    read = 0
    for name, path in cases():
        _, findings = read_wsdl(path, path.name)
        doubled = [each for each in findings if each.rule.code == "W110"]
        assert not [each for each in doubled if is_of_itself(each)], name
        read += 1
    assert read > 50


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("types.xsd", "--from ADDRESS"),
        ("sub/types.xsd", "--from ADDRESS"),
        ("../types.xsd", "put its file name into the location"),
        ("http://h/types.xsd", "--fetch"),
        ("C:\\types.xsd", "which writes down that it is meant"),
        ("sub\\types.xsd", "which writes down that it is meant"),
        ("/types.xsd", "which writes down that it is meant"),
    ],
)
def test_what_to_do_about_a_document_that_is_not_there(
    tmp_path: Path, location: str, words: str
) -> None:
    lines = f'<xs:import namespace="urn:o" schemaLocation="{location}"/>'
    path = put(tmp_path, {"S.wsdl": having(schema("urn:w", lines))})
    _, findings = read_wsdl(path, "S.wsdl")
    (finding,) = (finding for finding in findings if finding.rule.code == "W126")
    assert words in finding.help


def test_a_port_type_whose_binding_may_be_elsewhere_is_not_given_up(tmp_path: Path) -> None:
    """The advice is not to use another client, but to look at the port."""
    text = MINIMAL_WSDL.replace('name="Get" binding="t:Get"', 'name="Get" binding="t:None"')
    assert text != MINIMAL_WSDL
    _, findings = read_wsdl(put(tmp_path, {"S.wsdl": text}), "S.wsdl")
    helps = {finding.rule.code: finding.help for finding in findings}
    assert "See the findings about ports" in helps["W120"]
