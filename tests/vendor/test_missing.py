"""What is not fetched: each document that is missing is told with the reason, and what to do."""

import pytest
from tests.generator.services import read_tree
from tests.read.wsdl.test_imports import having, schema
from tests.vendor.projects import elements, importing_all, project, service_of, vendor
from tests.vendor.serving import serving

ELEMENT = schema("urn:o", '<xs:element name="e1"/>')


@pytest.mark.parametrize(
    ("location", "why"),
    [
        ("http://127.0.0.1/\u202ea.xsd", "cannot stand in addresses.yaml"),
        ("ftp://h/a.xsd", "it is no address of HTTP"),
        ("urn:a", "it is no address of HTTP"),
        ("a.xsd", "it is relative"),
    ],
)
def test_what_is_no_address_of_http_is_not_asked_for(location: str, why: str) -> None:
    with project(importing_all(("urn:o", location))) as folder:
        before = read_tree(folder)
        status, said = vendor("--fetch")
        assert status == 1
        assert "tiny: missing: " in said
        assert why in said
        assert read_tree(folder) == before


def test_a_file_that_a_user_named_is_his_to_bring() -> None:
    with serving({"/o.xsd": ELEMENT.encode()}) as served:
        at = f"{served.base}/o.xsd"
        mine = f"- address: {at}\n  file: mine.xsd\n"
        with project(importing_all(("urn:o", at)), {"addresses.yaml": mine}) as folder:
            status, said = vendor("--fetch")
            assert status == 1
            assert "addresses.yaml says that it is mine.xsd, which is not there" in said
            assert served.asked == []
            (folder / "mine.xsd").write_text(ELEMENT)
            assert vendor("--fetch")[0] == 0
            assert elements(folder) == {("urn:o", "e1")}
            assert served.asked == []


def test_another_spelling_is_the_file_that_is_there() -> None:
    """It is asked for once, and both spellings are entries."""
    with serving({"/a%20b.xsd": ELEMENT.encode(), "/a b.xsd": ELEMENT.encode()}) as served:
        spellings = (f"{served.base}/a%20b.xsd", f"{served.base}/%61%20b.xsd")
        served.answers["/%61%20b.xsd"] = ELEMENT.encode()
        with project(importing_all(*(("urn:o", at) for at in spellings))) as folder:
            status, said = vendor("--fetch")
            assert status == 0, said
            assert ", by another spelling" in said
            assert len(served.asked) == 1
            assert service_of(folder)[1] == []
            written = read_tree(folder)["addresses.yaml"]
            assert all(spelling in written for spelling in spellings)
            assert vendor("--fetch") == (0, "tiny: all documents are there\n")


def test_a_map_that_cannot_be_used_is_told_and_kept() -> None:
    with serving({"/o.xsd": ELEMENT.encode()}) as served:
        wsdl = importing_all(("urn:o", f"{served.base}/o.xsd"))
        with project(wsdl, {"addresses.yaml": "- x\n"}) as folder:
            before = read_tree(folder)
            status, said = vendor("--fetch")
            assert (status, "W139" in said) == (1, True)
            assert served.asked == []
            assert read_tree(folder) == before


def test_the_wsdl_has_one_address() -> None:
    mine = "- address: http://h/x.wsdl\n  file: other.wsdl\n"
    with project(having(), {"addresses.yaml": mine}) as folder:
        status, said = vendor("--from=http://h/x.wsdl")
        assert status == 2
        assert "says that http://h/x.wsdl is other.wsdl, and not Tiny.wsdl" in said
        assert read_tree(folder)["addresses.yaml"] == mine
