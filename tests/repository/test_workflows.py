"""Files that only the repository's host reads: what they say must be true here.

Nobody runs them before they are pushed, so what can be known here is asked here: they can be read,
call make targets that there are, name actions that cannot be moved, and may do little.
"""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import cast

import pytest
import yaml
from click.testing import CliRunner
from tests.generator.services import put_minimal

from unstringly.cli import main

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").iterdir())
FORMS = sorted(
    path for path in (ROOT / ".github" / "ISSUE_TEMPLATE").iterdir() if path.name != "config.yml"
)
TARGETS = set(re.findall(r"^([a-z]+):(?!=)", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

Table = dict[str, object]


def table(value: object) -> Table:
    assert isinstance(value, dict)
    return cast("Table", value)


def items(value: object) -> list[object]:
    assert isinstance(value, list)
    return cast("list[object]", value)


def read(path: Path) -> Table:
    """A YAML file; of YAML 1.1, which takes the key `on` for true."""
    return table(yaml.safe_load(path.read_text("utf-8")))


def jobs(path: Path) -> Iterator[Table]:
    yield from map(table, table(read(path)["jobs"]).values())


def steps(job: Table) -> Iterator[Table]:
    """The steps of a job for each combination of its matrix, values entered into commands."""
    matrix = table(table(job.get("strategy", {})).get("matrix", {}))
    for values in product(*map(items, matrix.values())):
        for step in map(table, items(job["steps"])):
            text = str(step.get("run", ""))
            for name, value in zip(matrix, values, strict=True):
                text = text.replace(f"${{{{ matrix.{name} }}}}", str(value))
            yield {**step, "run": text} if text else step


each_workflow = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)


@each_workflow
def test_each_command_is_a_target_that_there_is(path: Path) -> None:
    commands = [str(step["run"]) for job in jobs(path) for step in steps(job) if "run" in step]
    assert commands
    for command in commands:
        assert command.split()[0] == "make"
        assert {*command.split()[1:]} <= TARGETS, command


def test_all_of_make_test_is_run() -> None:
    """As its parts, so that one sees which fails."""
    ci = next(path for path in WORKFLOWS if path.name == "ci.yml")
    run = {str(step["run"]) for job in jobs(ci) for step in steps(job) if "run" in step}
    (parts,) = re.findall(r"^test: (.*?) ##", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert {f"make {part}" for part in parts.split()} | {"make dist"} == run


@each_workflow
def test_actions_are_pinned(path: Path) -> None:
    text = path.read_text("utf-8")
    uses = re.findall(r"uses: (.*)", text)
    assert uses
    for action in uses:
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action)


def test_an_action_has_one_pin() -> None:
    pins = {use for path in WORKFLOWS for use in re.findall(r"uses: (.*)", path.read_text("utf-8"))}
    assert len({pin.split("@")[0] for pin in pins}) == len(pins)


@each_workflow
def test_little_is_permitted(path: Path) -> None:
    """Code of strangers runs with a token that can read, and no job writes into the repository."""
    workflow = read(path)
    assert workflow["permissions"] == {"contents": "read"}
    granted: set[str] = set()
    for job in jobs(path):
        granted |= {name for name, of in table(job.get("permissions", {})).items() if of == "write"}
        for step in steps(job):
            if str(step.get("uses", "")).startswith("actions/checkout@"):
                assert table(step["with"])["persist-credentials"] is False
    assert granted == ({"id-token", "attestations"} if path.name == "release.yml" else set())
    assert "secrets." not in path.read_text("utf-8")
    assert "pull_request_target" not in path.read_text("utf-8")


def test_who_publishes_runs_no_code_of_ours() -> None:
    """The job whose token the index trusts takes built files, and has no step of a shell."""
    release = next(path for path in WORKFLOWS if path.name == "release.yml")
    (publish,) = (job for job in jobs(release) if "permissions" in job)
    assert publish["environment"] == "release"
    assert [step for step in steps(publish) if "run" in step] == []


@each_workflow
def test_no_text_of_a_stranger_gets_into_a_shell(path: Path) -> None:
    for line in path.read_text("utf-8").splitlines():
        if "run:" in line:
            assert re.sub(r"\$\{\{ matrix\.\w+ \}\}", "", line).count("${{") == 0


def test_each_supported_python_is_tested() -> None:
    ci = next(path for path in WORKFLOWS if path.name == "ci.yml")
    (tests,) = (job for job in jobs(ci) if "python" in str(table(job["strategy"])["matrix"]))
    versions = items(table(table(tests["strategy"])["matrix"])["python"])
    prefix = "Programming Language :: Python :: 3."
    classified = [name for name in PROJECT["classifiers"] if name.startswith(prefix)]
    assert [f"Programming Language :: Python :: {version}" for version in versions] == classified


@pytest.mark.parametrize("form", FORMS, ids=lambda path: path.name)
def test_forms_ask_each_question_once(form: Path) -> None:
    asked = read(form)
    assert asked.keys() <= {"name", "description", "labels", "body"}
    questions = [table(part) for part in items(asked["body"])]
    names = [part["id"] for part in questions if part["type"] != "markdown"]
    assert len(names) == len({*map(str, names)}) > 0
    for part in questions:
        assert part["type"] in ("markdown", "textarea", "input", "dropdown")
        assert ("value" if part["type"] == "markdown" else "label") in table(part["attributes"])


def test_updates_are_of_what_is_there() -> None:
    settings = read(ROOT / ".github" / "dependabot.yml")
    assert settings["version"] == 2
    ecosystems = {str(table(of)["package-ecosystem"]) for of in items(settings["updates"])}
    assert ecosystems == {"github-actions", "pip"}


@pytest.mark.parametrize(
    ("tag", "file", "status"),
    [
        ("v1.2.3", "unstringly-1.2.3.tar.gz", 0),
        ("v1.2.3", "unstringly-1.2.4.tar.gz", 2),
        ("v1.2.3", "msgsend_client-1.2.3.tar.gz", 2),
        ("v1.2.4", "unstringly-1.2.4.tar.gz", 2),  # has no date in the changelog
        ("msgsend-client-v0.7", "msgsend_client-0.7.tar.gz", 0),
        ("msgsend-client-v0.7", "unstringly-0.7.tar.gz", 2),
        ("1.2.3", "unstringly-1.2.3.tar.gz", 2),
        ("v1.2.3'; echo", "unstringly-1.2.3.tar.gz", 2),
        ("", "unstringly-1.2.3.tar.gz", 2),
    ],
)
def test_a_tag_says_what_was_built(tag: str, file: str, status: int, tmp_path: Path) -> None:
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / file).write_bytes(b"")
    dated = "## 1.2.4 - unreleased\n\n## 1.2.3 - 2031-05-04\n"
    (tmp_path / "CHANGELOG.md").write_text(dated, "utf-8")
    command = ["make", "-f", str(ROOT / "Makefile"), "tagged"]
    found = subprocess.run(
        command, cwd=tmp_path, env={"PATH": "/usr/bin:/bin", "TAG": tag}, check=False,
        capture_output=True,
    )  # fmt: skip
    assert found.returncode == status, found.stderr


def test_the_hook_tells_what_is_stale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (hook,) = map(
        table, items(yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")))
    )
    assert hook["language"] == "python"
    assert hook["pass_filenames"] is False
    program, *arguments = str(hook["entry"]).split()
    assert program in PROJECT["scripts"]
    put_minimal(tmp_path / "wsdl" / "tiny")
    (tmp_path / "pyproject.toml").write_text("[tool.unstringly]\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(main, arguments).exit_code == 1
    assert CliRunner().invoke(main, ["generate"]).exit_code == 0
    assert CliRunner().invoke(main, arguments).exit_code == 0


def git(*arguments: str) -> str:
    if not (ROOT / ".git").exists():
        pytest.skip("no checkout of Git")
    return subprocess.run(
        ["git", *arguments], cwd=ROOT, capture_output=True, check=True, encoding="utf-8"
    ).stdout


def test_git_changes_no_bytes_that_are_compared() -> None:
    """A file with a carriage return is one whose line ends are meant: no checkout may touch it."""
    lines = git("ls-files", "--eol", "--full-name").splitlines()
    kept = [line for line in lines if line.startswith(("i/crlf", "i/mixed"))]
    assert len(kept) > 40
    assert [line for line in kept if "attr/-text" not in line] == []


def test_generated_files_are_marked() -> None:
    generated = git("ls-files", "generated").split()
    marked = git("check-attr", "linguist-generated", *generated).splitlines()
    assert len(marked) > 50
    assert [line for line in marked if not line.endswith(": set")] == []
    (written,) = git("check-attr", "linguist-generated", "README.md").splitlines()
    assert written.endswith(": unspecified")
