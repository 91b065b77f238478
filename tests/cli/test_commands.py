"""The command as its user meets it: what it prints, what it writes, its exit status."""

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.generator.services import GENERATED, ROOT, SCRIPT, put_minimal, read_tree

from unstringly.cli import main
from unstringly.cli.explained import explained
from unstringly.manifest import MANIFEST, digest
from unstringly.rules import ALL

FILES = 7 + 1 + 1 + 1  # modules, py.typed, the manifest, and the project file


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one small service, as the current folder."""
    folder = tmp_path / "project"
    put_minimal(folder / "wsdl" / "tiny")
    (folder / "pyproject.toml").write_text("[tool.unstringly]\n", encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


def invoke(*arguments: str) -> Result:
    """Run the command in this process; only SystemExit may come out of it."""
    result = CliRunner().invoke(main, arguments)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def script(*arguments: str, cwd: Path) -> "subprocess.CompletedProcess[str]":
    """Run the command as it is installed."""
    assert SCRIPT.is_file(), f"{SCRIPT} is not there: install the project first"
    return subprocess.run(
        [SCRIPT, *arguments],
        cwd=cwd,
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=60,
    )


def stamps(folder: Path) -> dict[Path, tuple[int, int]]:
    """When each file was written, and which file it is."""
    found = {path: path.stat() for path in folder.rglob("*")}
    return {path: (stat.st_mtime_ns, stat.st_ino) for path, stat in found.items()}


def list_as_generated(package: Path, path: str, text: str) -> None:
    """A file as if an earlier version of the generator had written it."""
    (package / path).write_text(text, encoding="utf-8")
    with (package / MANIFEST).open("a", encoding="utf-8") as file:
        file.write(f"{digest(text.encode())}  {path}\n")


def spoil(output: Path) -> None:
    """One file stale, one missing, one too much, and one that is nobody's business."""
    with (output / "tiny" / "types.py").open("a", encoding="utf-8") as file:
        file.write("# edited\n")
    (output / "tiny" / "parsers.py").unlink()
    (output / "tiny" / "old" / "older").mkdir(parents=True)
    list_as_generated(output / "tiny", "old/older/left.py", "left = 1\n")
    (output / "mine").mkdir()
    (output / "mine" / "notes.txt").write_text("notes\n", encoding="utf-8")


def test_generate_writes_what_is_in_the_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)  # where the settings are
    result = invoke("generate", f"--source={ROOT / 'wsdl'}", f"--output={tmp_path / 'out'}")
    assert result.exit_code == 0
    assert read_tree(tmp_path / "out") == read_tree(GENERATED)


def test_generate_then_up_to_date(project: Path) -> None:
    first = invoke("generate")
    assert first.exit_code == 0
    assert "error" not in first.stderr.replace("no errors", "")
    written = read_tree(project / "generated")
    assert f"generated: tiny written ({len(written)} files)" in first.stdout
    assert len(written) >= FILES
    assert f"new: {len(written)} files\n" in first.stdout
    before = stamps(project / "generated")
    second = invoke("generate")
    assert (second.exit_code, second.stderr) == (0, first.stderr)
    assert f"generated: tiny up to date ({len(written)} files)" in second.stdout
    assert stamps(project / "generated") == before
    assert not [path for path in written if Path(path).name.startswith(".")]
    assert all(path.stat().st_mode & 0o777 == 0o644 for path in before if path.is_file())


def test_check_is_quiet_when_clean(project: Path) -> None:
    assert invoke("generate").exit_code == 0
    before = stamps(project)
    for option in ("--check", "--diff"):
        result = invoke("generate", option)
        assert (result.exit_code, result.stdout) == (0, "")
    assert stamps(project) == before


def test_check_lists_what_differs_and_writes_nothing(project: Path) -> None:
    assert invoke("generate").exit_code == 0
    spoil(project / "generated")
    before = stamps(project)
    result = invoke("generate", "--check")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "stale: tiny/_generated.sha256",
        "stale: tiny/types.py",
        "missing: tiny/parsers.py",
        "orphan: tiny/old/older/left.py",
    ]
    assert result.stderr.endswith("not up to date: run `unstringly generate`\n")
    assert stamps(project) == before


def test_check_of_nothing_written_yet(project: Path) -> None:
    result = invoke("generate", "--check")
    assert result.exit_code == 1
    assert "missing: pyproject.toml" in result.stdout
    assert "missing: tiny/py.typed" in result.stdout
    assert not (project / "generated").exists()


def test_generate_repairs_and_leaves_foreign_files(project: Path) -> None:
    output = project / "generated"
    assert invoke("generate").exit_code == 0
    clean = read_tree(output)
    spoil(output)
    result = invoke("generate")
    assert result.exit_code == 0
    assert {"changed: tiny/types.py", "new: tiny/parsers.py"} <= set(result.stdout.splitlines())
    assert "removing: tiny/old/older/left.py (" in result.stdout
    assert "replacing: tiny/types.py (not as it was generated;" in result.stdout
    assert read_tree(output) == clean | {"mine/notes.txt": "notes\n"}
    assert not (output / "tiny" / "old").exists()


def test_generate_rewrites_only_what_differs(project: Path) -> None:
    assert invoke("generate").exit_code == 0
    before = stamps(project / "generated")
    (project / "generated" / "tiny" / "types.py").write_bytes(b"")
    assert invoke("generate").exit_code == 0
    after = stamps(project / "generated")
    changed = {path.name for path, stamp in after.items() if before[path] != stamp}
    assert {name for name in changed if name.endswith(".py")} == {"types.py"}


# The difference


def patched(project: Path, diff: str) -> dict[str, str]:
    """The output folder after `git apply` of a diff."""
    command = ["git", "apply", "--unidiff-zero", "-p1", "-"]
    subprocess.run(
        command,
        cwd=project / "generated",
        input=diff.encode("utf-8"),
        check=True,
        capture_output=True,
        env={"PATH": os.environ["PATH"], "GIT_CEILING_DIRECTORIES": str(project.parent)},
    )
    return read_tree(project / "generated")


def test_diff_can_be_applied(project: Path) -> None:
    assert invoke("generate").exit_code == 0
    clean = read_tree(project / "generated")
    spoil(project / "generated")
    before = stamps(project)
    result = invoke("generate", "--diff")
    assert result.exit_code == 1
    assert stamps(project) == before
    assert "--- a/tiny/types.py\n+++ b/tiny/types.py\n" in result.stdout
    assert "--- /dev/null\n+++ b/tiny/parsers.py\n" in result.stdout
    assert "--- a/tiny/old/older/left.py\n+++ /dev/null\n" in result.stdout
    assert patched(project, result.stdout) == clean | {"mine/notes.txt": "notes\n"}


@pytest.mark.some(2)
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("no line end at the end", id="no-line-end"),
        pytest.param('x = "a\u2028b"\ny = "\x0c"\nz = "\x85"\n', id="line-signs"),
        pytest.param("one\r\ntwo\r\n", id="CR-LF"),
        pytest.param("one\rtwo\n", id="CR"),
        pytest.param("", id="empty"),
    ],
)
def test_diff_of_any_text_can_be_applied(project: Path, text: str) -> None:
    assert invoke("generate").exit_code == 0
    clean = read_tree(project / "generated")
    (project / "generated" / "tiny" / "types.py").write_bytes(text.encode())
    found = subprocess.run(
        [SCRIPT, "generate", "--diff"], cwd=project, capture_output=True, check=False
    )
    assert found.returncode == 1
    assert patched(project, found.stdout.decode()) == clean


def test_diff_of_an_empty_file_can_be_seen(project: Path) -> None:
    assert invoke("generate").exit_code == 0
    (project / "generated" / "tiny" / "py.typed").unlink()
    result = invoke("generate", "--diff")
    assert result.exit_code == 1
    assert "py.typed" in result.stdout


# Several services


def second_service(project: Path, name: str = "other") -> Path:
    folder = put_minimal(project / "wsdl" / name)
    grammar = folder / "grammar.yaml"
    text = grammar.read_text(encoding="utf-8")
    grammar.write_text(f"package: {name}\n{text}", encoding="utf-8")
    return folder


def test_one_of_two_services(project: Path) -> None:
    second_service(project)
    assert invoke("generate").exit_code == 0
    both = read_tree(project / "generated")
    assert '"other",\n  "tiny",' in both["pyproject.toml"]
    for path in ("tiny/types.py", "other/types.py"):
        (project / "generated" / path).write_text("# Generated by unstringly\n", encoding="utf-8")
    assert invoke("generate", "other").exit_code == 0
    now = read_tree(project / "generated")
    assert {path for path in both if now[path] != both[path]} == {"tiny/types.py"}
    assert invoke("generate", "other", "--check").exit_code == 0
    assert invoke("generate", "--check").exit_code == 1


def test_the_package_of_a_service_that_is_gone_is_removed(project: Path) -> None:
    folder = second_service(project)
    assert invoke("generate").exit_code == 0
    for path in folder.iterdir():
        path.unlink()
    assert "orphan: other/types.py" in invoke("generate", "--check").stdout
    assert invoke("generate").exit_code == 0
    assert not (project / "generated" / "other").exists()
    assert invoke("generate", "--check").exit_code == 0


def test_two_services_for_one_package(project: Path) -> None:
    folder = second_service(project)
    grammar = folder / "grammar.yaml"
    grammar.write_text(
        grammar.read_text(encoding="utf-8").replace("package: other", "package: tiny"),
        encoding="utf-8",
    )
    result = invoke("generate")
    assert result.exit_code == 1
    assert "error[N101]" in result.stderr
    assert not (project / "generated").exists()


@pytest.mark.parametrize(
    "path", ["pyproject.toml", "tiny/__init__.py", "tiny/notes.txt"], ids=lambda path: path
)
def test_what_others_wrote_is_never_replaced(project: Path, path: str) -> None:
    file = project / "generated" / path
    file.parent.mkdir(parents=True)
    file.write_text("# mine\n", encoding="utf-8")
    for option in ((), ("--check",), ("--diff",)):
        result = invoke("generate", *option)
        assert result.exit_code == 2
        assert "was not generated by unstringly" in result.stderr
    assert read_tree(project / "generated") == {path: "# mine\n"}


def test_a_listed_package_elsewhere_is_not_removed(project: Path) -> None:
    assert invoke("generate").exit_code == 0
    (project / "kept").mkdir()
    (project / "kept" / "kept.py").write_text("kept = 1\n", encoding="utf-8")
    listed = project / "generated" / "pyproject.toml"
    text = listed.read_text(encoding="utf-8")
    evil = text.replace('  "tiny",', f'  "tiny", "..", "../kept", ".", "", "/", "{project}/kept",')
    assert evil != text
    listed.write_text(evil, encoding="utf-8")
    assert "orphan" not in invoke("generate", "--check").stdout
    assert invoke("generate").exit_code == 0
    assert (project / "kept" / "kept.py").exists()
    assert listed.read_text(encoding="utf-8") == text


# Errors in the inputs


def break_spec(project: Path) -> None:
    grammar = project / "wsdl" / "tiny" / "grammar.yaml"
    text = grammar.read_text(encoding="utf-8")
    grammar.write_text(text.replace("list: [Word]", "list: [Wort]"), encoding="utf-8")


@pytest.mark.parametrize("option", [(), ("--check",), ("--diff",)])
def test_errors_in_the_spec(project: Path, option: tuple[str, ...]) -> None:
    assert invoke("generate").exit_code == 0
    spoil(project / "generated")
    break_spec(project)
    before = stamps(project)
    result = invoke("generate", *option)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "wsdl/tiny/grammar.yaml:6:18: error[L104]: 'Wort' is not defined" in result.stderr
    assert stamps(project) == before


def test_error_formats(project: Path) -> None:
    clean = invoke("check", "--error-format=json")
    assert clean.exit_code == 0
    assert "error" not in {each["severity"] for each in json.loads(clean.stdout)}
    assert "::error" not in invoke("check", "--error-format=github").output
    break_spec(project)
    result = invoke("check", "--error-format=json")
    assert result.exit_code == 1
    first = next(each for each in json.loads(result.stdout) if each["severity"] == "error")
    assert (first["code"], first["severity"], first["line"], first["column"]) == (
        *("L104", "error"),
        *(6, 18),
    )
    assert first["file"] == "wsdl/tiny/grammar.yaml"
    github = invoke("check", "--error-format=github")
    assert github.exit_code == 1
    assert github.stdout.startswith("::error file=wsdl/tiny/grammar.yaml,line=6,col=18,title=L104")
    assert invoke("check", "--error-format=xml").exit_code == 2


def test_generate_says_json_and_nothing_else(project: Path) -> None:
    result = invoke("generate", "--error-format=json", "--check")
    assert result.exit_code == 1
    listed, end = json.JSONDecoder().raw_decode(result.stdout)
    assert all(each["severity"] != "error" for each in listed)
    assert "tiny" not in result.stdout[end:].split("missing: ")[0]
    assert not (project / "generated").exists()


def test_warnings_do_not_stop(project: Path) -> None:
    grammar = project / "wsdl" / "tiny" / "grammar.yaml"
    text = grammar.read_text(encoding="utf-8")
    grammar.write_text(text.replace("types:", "types:\n  Spare: {text: any}"), encoding="utf-8")
    result = invoke("generate")
    assert result.exit_code == 0
    assert "warning[L105]" in result.stderr
    assert invoke("check", "--error-format=github").stdout.startswith("::warning ")


# Explanations


@pytest.mark.parametrize("code", ALL)
def test_explain(code: str) -> None:
    for spelling in (code, code.lower()):
        result = invoke("explain", spelling)
        assert result.exit_code == 0
        assert result.stdout == f"{explained(ALL[code])}\n"


def test_there_are_rules_of_every_family() -> None:
    assert {code[0] for code in ALL} >= {"L", "N", "S", "W"}
    assert all(len(code) == 4 and code[1:].isdigit() for code in ALL)


def test_explain_an_unknown_code(project: Path) -> None:
    found = script("explain", "X999", cwd=project)
    assert found.returncode == 2
    assert "there is no rule 'X999'" in found.stderr
    assert "Traceback" not in found.stderr


# What cannot run


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--source=nowhere", "--output=out"], "there is no folder nowhere"),
        (["--source=file", "--output=out"], "file"),
        (["--source=empty", "--output=out"], "no service in empty"),
        (["--output=file"], "file"),
        (["--output=file/below"], "file"),
        (["--output=taken"], "taken/tiny"),
        (["--output=/proc/nothing/here"], "/proc/nothing"),
        (["--output=folder"], "folder/tiny/types.py"),
        (["--source=wsdl"], "--output"),
        (["nobody"], "no service 'nobody'"),
        (["--shiny"], "--shiny"),
    ],
    ids=str,
)
def test_what_cannot_run(project: Path, arguments: list[str], said: str) -> None:
    (project / "file").write_text("", encoding="utf-8")
    (project / "empty").mkdir()
    (project / "taken").mkdir()
    (project / "taken" / "tiny").write_text("", encoding="utf-8")
    (project / "folder" / "tiny" / "types.py").mkdir(parents=True)
    (project / "folder" / "tiny" / "x.py").write_text("# Generated by unstringly", "utf-8")
    found = invoke("generate", *arguments)
    assert found.exit_code == 2
    assert said in found.stderr
    assert found.stdout == ""
    usage = ("Usage: ", "Try ")
    told = [line for line in found.stderr.splitlines() if line and not line.startswith(usage)]
    assert len(told) == 1
    assert not (project / "generated").exists()


def link_to(target: str) -> Callable[[Path], None]:
    """What makes a link."""
    return lambda path: path.symlink_to(target)


@pytest.mark.skipif(os.name != "posix", reason="pipes are made otherwise there")
@pytest.mark.parametrize("mode", [[], ["--check"], ["--diff"]], ids=str)
@pytest.mark.parametrize(
    ("make", "said"),
    [
        (Path.touch, "generated is no folder"),
        (os.mkfifo, "generated is no folder"),
        (link_to("nothing"), "generated is a link that leads nowhere"),
        (link_to("generated"), "generated is a link that leads nowhere"),
        (link_to("pyproject.toml"), "generated is no folder"),
    ],
    ids=["file", "pipe", "dangling", "loop", "link to a file"],
)
def test_an_output_that_is_no_folder(
    project: Path, make: Callable[[Path], object], said: str, mode: list[str]
) -> None:
    make(project / "generated")
    found = invoke("generate", *mode)
    assert (found.exit_code, found.stdout) == (2, "")
    advice = "move it away, or choose another folder with --output"
    assert found.stderr == f"unstringly: {said}: {advice}\n"


def test_an_output_below_what_is_no_folder(project: Path) -> None:
    (project / "pyproject.toml").write_text("[tool.unstringly]\noutput = 'file/it'\n", "utf-8")
    (project / "file").write_text("", encoding="utf-8")
    found = script("generate", cwd=project)
    assert (found.returncode, found.stdout) == (2, "")
    assert found.stderr.startswith("unstringly: file is no folder: ")


@pytest.mark.parametrize(
    "settings",
    [
        "[tool.unstringly",
        "[tool]\nunstringly = 1",
        "[tool.unstringly]\nsauce = 'x'",
        "\xff",
        "tool = 3",
        "tool = 'unstringly'",
        "tool = ['unstringly']",
        "a = " + "[" * 5_000,
        "a = " + "1" * 5_000,
        "[tool.unstringly]\nsource = 'a'\noutput = \"a\\u0000b\"",
    ],
    ids=[
        "broken",
        "no-table",
        "unknown-key",
        "encoding",
        "number",
        "text",
        "array",
        "nested",
        "digits",
        "null",
    ],
)
def test_settings_that_cannot_be_used(project: Path, settings: str) -> None:
    (project / "pyproject.toml").write_bytes(settings.encode("latin-1"))
    found = invoke("check")
    assert (found.exit_code, found.stdout) == (2, "")
    assert found.stderr.startswith("unstringly: ")
    assert "pyproject.toml" in found.stderr


def test_a_closed_pipe_is_no_traceback(project: Path) -> None:
    command = f'"{SCRIPT}" generate --diff | true; exit ${{PIPESTATUS[0]}}'
    found = subprocess.run(
        ["bash", "-c", command], cwd=project, capture_output=True, check=False, encoding="utf-8"
    )
    assert "Traceback" not in found.stderr


ESCAPES = "\x1b[31mX\u202e"


@pytest.mark.parametrize(
    "arguments",
    [
        *((ESCAPES,), (f"--{ESCAPES}",), ("check", ESCAPES), ("check", f"--{ESCAPES}")),
        *(("explain", ESCAPES), ("explain", "S101", ESCAPES), ("serve", ESCAPES)),
        *(("check", f"--source={ESCAPES}"), ("check", f"--source=wsdl/{ESCAPES}")),
        *(("generate", f"--output={ESCAPES}"), ("generate", f"--output={ESCAPES}/below")),
        ("check", f"--error-format={ESCAPES}"),
        ("serve", "tiny", f"--port={ESCAPES}"),
        ("check", "nobody"),
        ("check",),
        ("check", "--error-format=github"),
        ("check", "--error-format=json"),
        ("generate",),
        ("generate", "--check"),
    ],
    ids=lambda arguments: " ".join(arguments).encode("unicode_escape").decode(),
)
def test_names_cannot_speak_to_the_terminal(project: Path, arguments: tuple[str, ...]) -> None:
    """Of files and folders, and whatever else is said on the command line."""
    (project / ESCAPES).write_text("", encoding="utf-8")
    folder = put_minimal(project / "wsdl" / ESCAPES)
    (folder / "grammar.yaml").write_text("service: Tiny\npackage: other\nx: 1\n", encoding="utf-8")
    for _ in range(2):
        result = invoke(*arguments)
        shown = result.output
        assert all(character.isprintable() or character == "\n" for character in shown), shown
        assert "Traceback" not in shown
        (folder / "grammar.yaml").write_text("service: Tiny\npackage: other\n", encoding="utf-8")


def test_a_difference_on_a_terminal(project: Path) -> None:
    """It is shown, and for a program it is what can be applied."""
    assert invoke("generate").exit_code == 0
    (project / "generated" / "tiny" / "types.py").write_text("\tx = '\x1b[31m'\n", encoding="utf-8")
    assert "\x1b[31m" in invoke("generate", "--diff").stdout
    command = shlex.join([str(SCRIPT), "generate", "--diff"])
    found = subprocess.run(
        ["script", "-qec", command, "/dev/null"], cwd=project, capture_output=True, check=False
    )
    assert found.returncode == 1
    assert b"-\tx = '\\x1b[31m'" in found.stdout
    assert b"\x1b" not in found.stdout


def test_version_and_help() -> None:
    assert invoke("--version").stdout.startswith("unstringly, version ")
    for command in ((), ("generate",), ("check",), ("explain",)):
        for option in ("-h", "--help"):
            result = invoke(*command, option)
            assert result.exit_code == 0
            assert "Usage:" in result.stdout


def test_the_module_is_the_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "unstringly", "--version"],
        env=os.environ | {"PYTHONPATH": str(ROOT / "codegen")},
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    assert done.stdout == invoke("--version").stdout
    assert done.stdout.startswith("unstringly")
