"""What is there stays: fetched files that were changed, a user's own, and the map that he wrote."""

from hashlib import sha256
from pathlib import Path

import pytest
from tests.generator.services import read_tree
from tests.read.wsdl.test_imports import having, schema
from tests.vendor.projects import elements, fetched, naming, project, service_of, vendor


def test_a_changed_file_is_noticed_and_kept() -> None:
    with fetched() as (folder, path, served):
        path.write_text(schema("urn:o", '<xs:element name="e2"/>'), encoding="utf-8")
        assert service_of(folder)[1] == ["W140"]
        assert vendor("--fetch")[0] == 0
        assert served.asked == ["/o.xsd"]
        assert elements(folder) == {("urn:o", "e2")}


def test_a_file_that_was_deleted_is_fetched_again() -> None:
    with fetched() as (folder, path, served):
        path.unlink()
        assert service_of(folder)[1] == ["W141", "W126"]
        served.answers["/o.xsd"] = schema("urn:o", '<xs:element name="e3"/>').encode()
        assert vendor("--fetch")[0] == 0
        assert service_of(folder)[1] == []
        assert elements(folder) == {("urn:o", "e3")}
        digest = sha256(path.read_bytes()).hexdigest()
        assert read_tree(folder)["addresses.yaml"].count(digest) == 1


def test_what_comes_instead_of_a_deleted_file_is_looked_at() -> None:
    with fetched() as (folder, path, served):
        before = read_tree(folder)["addresses.yaml"]
        path.unlink()
        served.answers["/o.xsd"] = b"<html><body>Log in</body></html>"
        assert vendor("--fetch")[0] == 1
        assert not path.exists()
        assert read_tree(folder)["addresses.yaml"] == before


@pytest.mark.parametrize("kind", ["file", "link", "folder"])
def test_nothing_that_is_there_is_overwritten(kind: str) -> None:
    with fetched() as (folder, path, _):
        (folder / "addresses.yaml").unlink()
        path.unlink()
        match kind:
            case "file":
                path.write_text("mine", encoding="utf-8")
            case "link":
                (folder / "mine").write_text("mine", encoding="utf-8")
                path.symlink_to(folder / "mine")
            case _:
                path.mkdir()
        status, said = vendor("--fetch")
        assert (status, "not overwritten" in said) == (1, True)
        assert path.is_dir() or path.read_text(encoding="utf-8") == "mine"


def test_a_run_that_was_interrupted_goes_on() -> None:
    with fetched() as (folder, _, _served):
        before = read_tree(folder)
        (folder / "addresses.yaml").unlink()
        assert vendor("--fetch")[0] == 0
        assert read_tree(folder) == before


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    with naming(schema("urn:o", "")) as (folder, _):
        (folder / "vendored").symlink_to(tmp_path)
        assert vendor("--fetch")[0] == 1
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["<html/>", "<", "", "<!DOCTYPE a><a/>", "{}"])
def test_what_is_no_document_is_not_kept(text: str) -> None:
    with naming(text) as (folder, _):
        assert vendor("--fetch")[0] == 1
        assert read_tree(folder).keys() == {"Tiny.wsdl", "grammar.yaml"}


def test_what_a_user_wrote_stays() -> None:
    mine = "# mine\n- {file: 'x y.xsd', address: http://h/mine}  # and this\n"
    with fetched() as (folder, path, _):
        (folder / "addresses.yaml").write_text(mine, encoding="utf-8")
        path.unlink()
        assert vendor("--fetch")[0] == 0
        assert read_tree(folder)["addresses.yaml"].startswith(mine)


@pytest.mark.parametrize("text", ["  - {address: a, file: b}\n", "[{address: a, file: b}]\n"])
def test_a_map_in_another_form_stays_as_it_is(text: str) -> None:
    with fetched() as (folder, _, _served):
        (folder / "addresses.yaml").write_text(text, encoding="utf-8")
        status, said = vendor("--fetch")
        assert status == 2
        assert "entries cannot be added" in said
        assert read_tree(folder)["addresses.yaml"] == text


@pytest.mark.parametrize("arguments", [("--from=ftp://h/x",), ("--from=x.wsdl",)])
def test_wrong_use(arguments: tuple[str, ...]) -> None:
    with project(having()):
        assert vendor(*arguments)[0] == 2


def test_a_finding_has_the_place_of_its_file() -> None:
    with project("<a/>"):
        status, said = vendor()
        assert status == 1
        assert "wsdl/tiny/Tiny.wsdl:1:1: " in said
