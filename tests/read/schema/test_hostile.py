"""No schema makes the reader raise, whatever is in it, and nothing is lost without a word."""

import re
from pathlib import Path
from random import Random
from xml.etree import ElementTree

import pytest
from hypothesis import settings
from tests.read.schema.everything import FILES
from tests.read.schema.folders import read_files

from unstringly.model.schema_names import ComponentName, Kind
from unstringly.model.schema_walks import references
from unstringly.read.schema.documents import load_documents
from unstringly.read.wsdl.findings import Refused

XSD = "{http://www.w3.org/2001/XMLSchema}"
TYPES = "{http://schemas.xmlsoap.org/wsdl/}types"
PREFIXES = {
    "t": "urn:t",
    "o": "urn:o",
    "s": XSD[1:-1],
    "e": "http://schemas.xmlsoap.org/soap/encoding/",
}
NAME = re.compile(r"[^\W\d][\w.\-·]*")
KINDS: dict[str, Kind] = {
    "simpleType": "type",
    "complexType": "type",
    "element": "element",
    "attribute": "attribute",
    "group": "group",
    "attributeGroup": "attribute group",
}
TAGS = (
    *KINDS,
    *("sequence", "choice", "all", "any", "anyAttribute", "restriction", "extension", "list"),
    *("union", "simpleContent", "complexContent", "enumeration", "pattern", "length", "include"),
    *("import", "redefine", "override", "schema", "annotation", "documentation", "openContent"),
    *("alternative", "defaultOpenContent", "assert", "notation", "key", "unique"),
)
ATTRIBUTES = (
    *("name", "ref", "type", "base", "itemType", "memberTypes", "substitutionGroup", "minOccurs"),
    *("maxOccurs", "nillable", "abstract", "mixed", "use", "default", "fixed", "form", "value"),
    *("namespace", "processContents", "schemaLocation", "targetNamespace", "elementFormDefault"),
    *("attributeFormDefault", "defaultAttributes", "{http://schemas.xmlsoap.org/wsdl/}arrayType"),
)
VALUES = (
    *("", " ", "t:Order", "t:Price", "t:Code", "t:Lines", "t:Rest", "t:note", "t:memo", "o:thing"),
    *("s:int", "s:string", "s:anyType", "s:nothing", "e:Array", "q:unbound", "xml:lang", "Order"),
    *("0", "1", "-1", "99999999999999999999", "unbounded", "*", "true", "maybe", "qualified"),
    *("##any", "##other", "##targetNamespace urn:z", "required", "prohibited", "lax", "urn:t"),
    *("all.wsdl", "other.xsd", "chameleon.xsd", "../all.wsdl", "http://example.com/x.xsd", "."),
    *(
        "class",
        "__init__",
        '"""',
        "a b",
        "\u202e",
        "名",
        "é" * 300,
        "t:Order[]",
        "t:Order[,][3]",
        "[]",
    ),
)


def mutated(random: Random) -> dict[str, str]:
    """All files, with a few changes to the trees of some of them, and sometimes to a text."""
    files = dict(FILES)
    for _ in range(random.randint(1, 2)):
        name = random.choice(list(files))
        root = ElementTree.fromstring(files[name])
        for _ in range(random.randint(1, 3)):
            change(random, root)
        files[name] = declaring(ElementTree.tostring(root, encoding="unicode"))
    if random.random() < 0.1:
        name = random.choice(list(files))
        at = random.randrange(len(files[name]))
        files[name] = files[name][:at] + random.choice(VALUES) + files[name][at + 2 :]
    return files


def declaring(text: str) -> str:
    """A document with the prefixes that its values use."""
    more = "".join(
        f' xmlns:{prefix}="{uri}"' for prefix, uri in PREFIXES.items() if f":{prefix}=" not in text
    )
    return re.sub(r"^<[^\s>/]+", lambda start: start[0] + more, text)


def change(random: Random, root: ElementTree.Element) -> None:
    """Change one element: its name, an attribute, or its place."""
    nodes = list(root.iter())
    node = random.choice(nodes)
    children = list(node)
    match random.randrange(6):
        case 0:
            node.tag = XSD + random.choice(TAGS)
        case 1 | 2:
            node.set(random.choice(ATTRIBUTES), random.choice(VALUES))
        case 3 if node.attrib:
            del node.attrib[random.choice(list(node.attrib))]
        case 4 if children:
            node.remove(random.choice(children))
        case _:
            other = random.choice(nodes)
            if other is not node and node not in other.iter():
                node.append(other)


def declared(text: str) -> set[ComponentName]:
    """The names of the global components of a document that has a namespace of its own."""
    root = ElementTree.fromstring(text)
    schemas = [root] if root.tag == f"{XSD}schema" else root.findall(f"{TYPES}/{XSD}schema")
    return {
        ComponentName(KINDS[local], namespace, name.strip())
        for schema in schemas
        if (namespace := schema.get("targetNamespace"))
        for child in schema
        if child.tag.startswith(XSD) and (local := child.tag.removeprefix(XSD)) in KINDS
        if (name := child.get("name")) is not None and NAME.fullmatch(name.strip())
    }


BATCHES = 10


def cases() -> int:
    """1,000 of a batch in the gate, and fewer where nobody waits for so many."""
    return 1_000 if settings().max_examples >= 150 else settings().max_examples


@pytest.mark.few(5)
@pytest.mark.parametrize("batch", range(BATCHES))
def test_damaged_schemas_give_values_or_findings(batch: int) -> None:
    refused = whole = 0
    for seed in range(batch, cases() * BATCHES, BATCHES):
        files = mutated(Random(seed))
        try:
            schema, findings = read_files(files)
        except Refused:
            refused += 1
            continue
        whole += not findings
        for name, component in schema.components.items():
            assert all(other.name in schema.components for other in references(component)), name
        for name in declared(files["all.wsdl"]):
            is_told = schema.problem_of(name) is not None
            assert (name in schema.components) != is_told, (seed, name)
        for name, problem in schema.problems.items():
            assert problem.findings, (seed, name)
            assert problem.at not in schema.components
            assert set(problem.findings) <= set(findings)
        assert all(finding.span.file in files for finding in findings), seed
    assert refused < cases() / 5
    assert whole < cases() / 2


def test_a_file_that_leads_out_of_its_folder_is_refused(tmp_path: Path) -> None:
    outside = tmp_path / "outside.wsdl"
    outside.write_text(FILES["all.wsdl"], encoding="utf-8")
    link = tmp_path / "in" / "it.wsdl"
    link.parent.mkdir()
    link.symlink_to(outside)
    with pytest.raises(Refused):
        load_documents(link, link.name)


@pytest.mark.parametrize(
    "text", ["", "<a/>", "<a", "\0", '<!DOCTYPE a><a xmlns="http://schemas.xmlsoap.org/wsdl/"/>']
)
def test_what_is_no_document_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        read_files({"it.wsdl": text})
