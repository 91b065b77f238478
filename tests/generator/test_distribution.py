"""`[tool.unstringly.distribution]`: the project file of the output folder says what is set."""

import json
import string
import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from packaging.version import InvalidVersion, Version
from tests.generator.importing import imported
from tests.generator.services import put_minimal, read_tree

from unstringly import __version__
from unstringly.cli import main
from unstringly.distribution import BadDistribution, Distribution, read_distribution

SETTINGS = """\
[tool.unstringly.distribution]
name = "depot-services"
version = "3.1.0rc2"
license = "Apache-2.0 OR MIT"
license-file = "legal/terms.txt"
"""
TERMS = "Terms of the depot.\r\nNo warranty. 保留所有权利。\r\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one small service, as the current folder."""
    put_service(tmp_path, "tiny")
    (tmp_path / "legal").mkdir()
    (tmp_path / "legal" / "terms.txt").write_bytes(TERMS.encode())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put_service(project: Path, package: str) -> None:
    service = put_minimal(project / "wsdl" / package)
    text = (service / "grammar.yaml").read_text(encoding="utf-8")
    (service / "grammar.yaml").write_text(f"package: {package}\n{text}", encoding="utf-8")


def put_settings(project: Path, settings: str) -> None:
    (project / "pyproject.toml").write_text(f"[tool.unstringly]\n{settings}", encoding="utf-8")


def generate(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["generate", *arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def generated(project: Path) -> tuple[dict[str, Any], dict[str, str]]:
    """The project file of the output, read, and all files."""
    result = generate()
    assert result.exit_code == 0, result.output
    files = read_tree(project / "generated")
    return tomllib.loads(files["pyproject.toml"])["project"], files


def test_settings_are_kept_when_a_second_service_comes(project: Path) -> None:
    put_settings(project, SETTINGS)
    before, _ = generated(project)
    put_service(project, "other")
    after, files = generated(project)
    for key, value in (("name", "depot-services"), ("version", "3.1.0rc2")):
        assert before[key] == after[key] == value
    assert after["license"] == "Apache-2.0 OR MIT"
    assert after["license-files"] == ["other/LICENSE", "tiny/LICENSE"]
    for path in after["license-files"]:
        assert files[path] == TERMS.replace("\r\n", "\n")
    assert generate("--check").exit_code == 0


def test_without_settings_the_name_is_made_of_the_package(project: Path) -> None:
    put_settings(project, "")
    of, files = generated(project)
    assert (of["name"], of["version"]) == ("tiny-client", "0.1.0")
    assert not {"license", "license-files"} & of.keys()
    assert "tiny/LICENSE" not in files


def test_a_package_knows_its_version_apart_from_the_generators(project: Path) -> None:
    put_settings(project, SETTINGS)
    of, files = generated(project)
    with imported(project / "generated", "tiny") as package:
        assert package.__version__ == of["version"] == "3.1.0rc2"
    header = files["tiny/__init__.py"].split("\n")[0]
    assert f"unstringly {__version__} " in header
    manifest = files["tiny/_generated.sha256"].split("\n")[0]
    assert f"unstringly {__version__}." in manifest
    assert "3.1.0rc2" not in header + manifest


def test_another_version_changes_what_says_it_and_nothing_else(project: Path) -> None:
    put_settings(project, SETTINGS)
    _, before = generated(project)
    put_settings(project, SETTINGS.replace("3.1.0rc2", "3.1.0"))
    _, after = generated(project)
    changed = {path for path in after if after[path] != before[path]}
    assert changed == {"pyproject.toml", "tiny/__init__.py", "tiny/_generated.sha256"}


def test_a_licence_that_is_no_longer_set_goes(project: Path) -> None:
    put_settings(project, SETTINGS)
    generated(project)
    put_settings(project, "")
    result = generate()
    assert "removing: tiny/LICENSE (generated before" in result.stdout
    assert not (project / "generated" / "tiny" / "LICENSE").exists()


def test_a_project_file_that_is_not_wanted_is_not_written(project: Path) -> None:
    put_settings(project, "distribution.write = false\ndistribution.version = '7'\n")
    assert generate().exit_code == 0
    files = read_tree(project / "generated")
    assert {path.split("/")[0] for path in files} == {"tiny"}
    assert '__version__ = "7"' in files["tiny/__init__.py"]
    assert generate("--check").exit_code == 0


def test_a_project_file_of_the_users_own_is_left_alone(project: Path) -> None:
    """Packages can be put into the source folder of an application."""
    put_settings(project, "output = '.'\ndistribution.write = false\n")
    before = (project / "pyproject.toml").read_bytes()
    assert generate().exit_code == 0
    assert (project / "pyproject.toml").read_bytes() == before
    assert (project / "tiny" / "__init__.py").exists()


def test_without_a_project_file_no_package_is_taken_for_former(project: Path) -> None:
    """Nothing then lists packages, and those of another run may be beside: all of them stay."""
    put_settings(project, "")
    generated(project)
    put_settings(project, "distribution.write = false\n")
    (project / "wsdl" / "tiny").rename(project / "tiny")
    put_service(project, "other")
    assert generate().exit_code == 0
    assert (project / "generated" / "tiny" / "types.py").exists()
    assert "tiny" in (project / "generated" / "pyproject.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("distribution = 'x'", "must be a table"),
        ("distribution.licence = 'MIT'", "version, license, license-file; got 'licence'"),
        ("distribution.write = 'no'", "write must be true or false; got 'no'"),
        ("distribution.name = '-x'", "name must be ASCII letters"),
        ("distribution.name = \"x\\ny\"", "name must be ASCII letters"),
        ("distribution.name = 3", "name must be ASCII letters"),
        ("distribution.version = '1.0-beta'", "version must be a version such as `1.2.3`"),
        ("distribution.version = 'v1'", "version must be a version such as"),
        ("distribution.version = 1.0", "version must be a version such as"),
        ("distribution.license = 'MIT\"'", "license must be an SPDX expression"),
        ("distribution.license-file = ''", "license-file must be the path of a text"),
        ("distribution.license-file = 'none.txt'", "license-file: cannot read none.txt"),
        ("distribution.license-file = 'legal'", "license-file: cannot read legal"),
        ("distribution.license-file = \"a\\u0000\"", "license-file must be the path"),
    ],
)  # fmt: skip
def test_what_is_no_setting(project: Path, setting: str, message: str) -> None:
    put_settings(project, f"{setting}\n")
    result = generate()
    assert result.exit_code == 2
    assert "pyproject.toml: [tool.unstringly.distribution] " in result.stderr
    assert message in result.stderr
    assert not (project / "generated").exists()


NEARLY_VERSIONS = st.from_regex(
    r"[0-9]{1,2}(\.[0-9]{1,2}){0,2}((a|b|rc|\.post|\.dev)[0-9]{1,2})?(\+[a-z0-9]{1,2})?",
    fullmatch=True,
)


@given(st.text(alphabet="0123456789.!+-_abcdeprvost ", min_size=1, max_size=12) | NEARLY_VERSIONS)
def test_versions_are_those_that_packaging_writes(version: str) -> None:
    """`packaging` is the oracle: taken is each version in its normal form, and no other text."""
    try:
        is_normal = str(Version(version)) == version
    except InvalidVersion:
        is_normal = False
    try:
        taken = read_distribution({"version": version}, Path()).version == version
    except BadDistribution:
        taken = False
    assert taken == is_normal


@given(st.text(alphabet=string.printable + "é包\u2028", max_size=8))
def test_a_name_that_is_taken_can_be_written_as_it_is(name: str) -> None:
    try:
        settings = read_distribution({"name": name, "license": name}, Path())
    except BadDistribution:
        return
    assert settings == Distribution(name=name, license=name)
    assert json.dumps(name) == f'"{name}"'
    assert tomllib.loads(f'x = "{name}"') == {"x": name}
