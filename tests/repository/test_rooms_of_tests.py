"""Tests lie where the code lies: each room has a folder of its name, and others are told here."""

from pathlib import Path

from tests.generator.services import ROOT

SOURCES = ROOT / "codegen" / "unstringly"
TESTS = ROOT / "tests"

OF_THE_WHOLE = {
    "cases": "whole services, and sessions with their packages",
    "data": "bytes of real servers",
    "distributions": "what is built for others",
    "faults": "calls against servers that break",
    "fuzz": "the fuzzer, which is no test",
    "gateway": "the shipped package",
    "generator": "services, from WSDL to a package that is called",
    "golden": "what the command says, to the letter",
    "interop": "other people's programs",
    "language": "one grammar with all that the language has",
    "laws": "the laws, over the whole language",
    "repository": "documents, examples, workflows",
    "typing": "type checkers",
}


def rooms(folder: Path) -> set[str]:
    """The folders that hold modules and no other folders of modules, by their paths."""
    modules = [path for path in folder.rglob("*.py") if path.name != "__init__.py"]
    folders = {path.parent for path in modules} - {folder}
    above = {parent for inner in folders for parent in inner.parents}
    return {str(inner.relative_to(folder)) for inner in folders - above}


def of_a_room(name: str) -> bool:
    return Path(name).parts[0] not in OF_THE_WHOLE


def test_each_room_has_its_tests() -> None:
    assert {name for name in rooms(TESTS) if of_a_room(name)} == rooms(SOURCES)


def test_what_lies_beside_the_rooms_is_told() -> None:
    assert {name for name in OF_THE_WHOLE if not (TESTS / name).is_dir()} == set()
