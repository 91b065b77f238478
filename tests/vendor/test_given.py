"""A document is found among the files of a folder only where no other can be meant."""

from pathlib import Path

import pytest
from tests.read.wsdl.test_imports import interface, put, schema

from unstringly.read.schema.absent import Absent, Reference
from unstringly.vendor.given import given_files, matching

FILES = {
    "S.wsdl": interface("x"),
    "types.xsd": schema("urn:a", ""),
    "other.xsd": schema("urn:b", ""),
    "b/again.xsd": schema("urn:b", ""),
    "b/Part.XSD": schema("", ""),
    "xsd0.xsd": schema("urn:c", ""),
    "page.xml": "<html/>",
    "broken.xsd": "<",
    "alone.xsd": schema("urn:d", ""),
}


def found(
    folder: Path, address: str, namespace: str, how: Reference = "import", *taken: str
) -> list[str]:
    put(folder, FILES)
    inside = folder.resolve()
    absent = Absent(address, inside / "S.wsdl", namespace, how)
    files = matching(absent, given_files(folder), [inside / name for name in taken])
    return [file.path.relative_to(inside).as_posix() for file in files]


@pytest.mark.parametrize(
    ("address", "namespace", "how", "expected"),
    [
        ("http://h/types.xsd", "urn:a", "import", ["types.xsd"]),
        ("http://h/TYPES.xsd", "urn:a", "import", ["types.xsd"]),
        ("http://h/types.xsd", "urn:other", "import", []),
        ("http://h/elsewhere.xsd", "urn:a", "import", ["types.xsd"]),
        ("http://h/elsewhere.xsd", "urn:b", "import", ["b/again.xsd", "other.xsd"]),
        ("http://h/other.xsd", "urn:b", "import", ["other.xsd"]),
        ("http://h/S.svc?xsd=xsd0", "urn:c", "import", ["xsd0.xsd"]),
        ("C:\\work\\types.xsd", "urn:a", "import", ["types.xsd"]),
        ("http://h/part.xsd", "urn:a", "include", ["b/Part.XSD"]),
        ("http://h/types.xsd", "urn:a", "include", ["types.xsd"]),
        ("http://h/elsewhere.xsd", "urn:a", "include", []),
        ("http://h/page.xml", "", "import", []),
        ("http://h/broken.xsd", "urn:a", "include", []),
        ("http://h/S.wsdl", "urn:i", "wsdl", ["S.wsdl"]),
        ("http://h/S.wsdl", "urn:i", "import", []),
        ("http://h/elsewhere.wsdl", "urn:i", "wsdl", []),
        ("http://h/elsewhere.wsdl", "urn:d", "wsdl", ["alone.xsd"]),
        ("http://[", "", "import", []),
        ("http://h/", "", "import", []),
    ],
)
def test_by_name_then_by_namespace(
    tmp_path: Path, address: str, namespace: str, how: Reference, expected: list[str]
) -> None:
    assert found(tmp_path, address, namespace, how) == expected


def test_a_file_to_which_something_leads_is_found_by_its_name_alone(tmp_path: Path) -> None:
    assert found(tmp_path, "http://h/x.xsd", "urn:a", "import", "types.xsd") == []
    assert found(tmp_path, "http://h/types.xsd", "urn:a", "import", "types.xsd") == ["types.xsd"]


def test_a_link_out_of_the_folder_is_no_file_of_it(tmp_path: Path) -> None:
    outside = put(tmp_path, {"outside.xsd": schema("urn:z", "")})
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "outside.xsd").symlink_to(outside)
    assert given_files(tmp_path / "in") == ()
