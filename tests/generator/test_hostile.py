"""Nothing in a WSDL or a spec can put code into the output, or a file elsewhere.

One text of `hostile.PAYLOADS` or `hostile.NAMES` is put in the place of any scalar of a spec
that uses every key, or of any attribute or text of its WSDL. Then either there are findings and
nothing is written, or a package that has no power beyond that of the harmless one.
"""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.generator.hostile import (
    CANARY,
    NAMES,
    PAYLOADS,
    Slot,
    filled,
    powers,
    skeleton,
    slots,
)
from tests.generator.importing import imported
from tests.generator.services import put, read_tree
from tests.generator.spec_places import KEY, Place, places, replaced

from unstringly.cli import main
from unstringly.names import snake_case

RICH = Path(__file__).parent / "rich"
GRAMMAR = (RICH / "grammar.yaml").read_text(encoding="utf-8")
WSDL = (RICH / "Rich.wsdl").read_text(encoding="utf-8")
PLACES = places(GRAMMAR)
SLOTS = slots(WSDL)
MODULES = ("types", "records", "errors", "parsers", "formatters", "tables", "strategies")
EXAMPLES = settings().max_examples // 4


def is_prose(place: Place) -> bool:
    """Whether a scalar is for people: then it changes texts, and nothing else."""
    return place[-1] != KEY and bool({"doc", "message", "section", "document", "reason"} & {*place})


PROSE = {place for place in PLACES if is_prose(place)}


class Outcome:
    """One run of `generate` in a folder of its own, looked at while the folder is there."""

    def __init__(self, folder: Path, wsdl: str, grammar: str) -> None:
        self.folder = folder
        put(folder / "in" / "rich", "Rich.wsdl", wsdl, grammar)
        before = os.getcwd()
        os.chdir(folder)
        try:
            result = CliRunner().invoke(main, ["generate", "--source=in", "--output=out"])
        finally:
            os.chdir(before)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        self.exit_code = result.exit_code
        self.said = result.output
        self.files = read_tree(folder / "out") if (folder / "out").exists() else {}

    @property
    def package(self) -> str:
        """The name of the package that was written."""
        (name,) = {path.split("/")[0] for path in self.files if path != "pyproject.toml"}
        return name

    def modules(self) -> Mapping[str, str]:
        """The planned modules, by their paths in the package."""
        return {
            path.split("/", 1)[1]: text
            for path, text in self.files.items()
            if path.endswith(".py") and "/_runtime/" not in path
        }


def run(folder: str, wsdl: str = WSDL, grammar: str = GRAMMAR) -> Outcome:
    """Generate, and check what holds for every outcome."""
    here = Path(folder)
    outcome = Outcome(here, wsdl, grammar)
    assert {path.name for path in here.iterdir()} <= {"in", "out"}
    assert {path.name for path in (here / "in").rglob("*")} == {"rich", "Rich.wsdl", "grammar.yaml"}
    assert all(c in "\n\t" or c.isprintable() for c in outcome.said)
    if outcome.exit_code == 2:  # the system says no, to a name that is too long
        assert outcome.said.count("\nunstringly: ") == 1
        assert outcome.files.keys() <= {"pyproject.toml"}
        return outcome
    if outcome.exit_code == 1:
        assert not (here / "out").exists()
        assert " error[" in outcome.said
        return outcome
    assert outcome.exit_code == 0, outcome.said
    assert outcome.package.isascii()
    assert outcome.package.isidentifier()
    for path, text in outcome.files.items():
        if path.endswith(".py") and "/_runtime/" not in path:
            compile(text, path, "exec", dont_inherit=True)
            assert text.isprintable() or {c for c in text if not c.isprintable()} == {"\n"}
        assert "\r" not in text
    project = tomllib.loads(outcome.files["pyproject.toml"])
    assert project["project"]["name"] == f"{outcome.package}-client"
    assert project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"] == [outcome.package]
    assert [*project] == ["build-system", "project", "tool"]
    import_all(outcome)
    return outcome


def import_all(outcome: Outcome) -> None:
    """Import every module of the package, where what would run leaves a trace."""
    before = os.getcwd()
    os.chdir(outcome.folder)
    try:
        with imported(outcome.folder / "out", outcome.package):
            for name in MODULES:
                __import__(f"{outcome.package}.{name}")
    finally:
        os.chdir(before)
    assert not (outcome.folder / CANARY).exists()


@pytest.fixture(scope="session")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    outcome = run(str(tmp_path_factory.mktemp("harmless")))
    assert outcome.exit_code == 0
    return outcome


def assert_same_code(outcome: Outcome, harmless: Outcome) -> None:
    """Nothing but texts differs."""
    ours, theirs = outcome.modules(), harmless.modules()
    assert [*ours] == [*theirs]
    for path, text in ours.items():
        assert skeleton(text) == skeleton(theirs[path]), path
    assert outcome.files["pyproject.toml"] == harmless.files["pyproject.toml"]


def assert_no_new_powers(outcome: Outcome, harmless: Outcome, text: str) -> None:
    """What is new in the code is called by the name that was put in, and is defined there."""
    text = text.strip()  # as XML Schema reads a name
    forms = {text, snake_case(text), snake_case(text).upper(), snake_case(text).strip("_").upper()}
    forms = {form for form in forms if form.strip("_")}
    known = [powers(module) for module in harmless.modules().values()]
    imports = {each for module in known for each in module.imports}
    nodes = {each for module in known for each in module.nodes}
    identifiers = {each for module in known for each in module.identifiers}
    calls = {each for module in known for each in module.calls}
    for path, module in outcome.modules().items():
        ours = powers(module)
        assert ours.imports <= imports | {"builtins"}  # for a type whose name a user has taken
        assert ours.nodes <= nodes
        for name in ours.identifiers - identifiers:
            assert any(form in name for form in forms), (path, name)
        for call in ours.calls - calls:
            assert any(form in call for form in forms), (path, call)
            assert call not in ("eval", "exec", "open", "print", "__import__"), (path, call)


# The spec


@settings(max_examples=EXAMPLES)
@given(st.sampled_from(sorted(PROSE)), st.sampled_from(PAYLOADS))
@example(("doc", "en"), '"""\nimport os\n')
@example(("operations", "GetNotes", "section"), '"""x')
@example(("document", "title"), "\\")
def test_prose_of_the_spec(harmless: Outcome, place: Place, text: str) -> None:
    with TemporaryDirectory() as folder:
        outcome = run(folder, grammar=replaced(GRAMMAR, {place: text}))
        if outcome.exit_code == 0 and text.strip():
            assert_same_code(outcome, harmless)


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (("types", "State", "enum", "OK", "name"), "message"),
        (("types", "Fault", "enum", "-2"), "message"),
    ],
)
def test_names_that_hide_others(harmless: Outcome, tmp_path: Path, place: Place, text: str) -> None:
    outcome = run(str(tmp_path), grammar=replaced(GRAMMAR, {place: text}))
    assert outcome.exit_code == 1


@settings(max_examples=2 * EXAMPLES)
@given(st.sampled_from(sorted({*PLACES} - PROSE)), st.sampled_from([*PAYLOADS, *NAMES]))
@example(("wsdl",), "../../../../../../../../etc/passwd")
@example(("package",), "../x")
def test_names_and_values_of_the_spec(harmless: Outcome, place: Place, text: str) -> None:
    with TemporaryDirectory() as folder:
        outcome = run(folder, grammar=replaced(GRAMMAR, {place: text}))
        if outcome.exit_code == 0:
            assert_no_new_powers(outcome, harmless, text)


@pytest.mark.parametrize("text", ['"""', 'x"""', '\\"""', '""""""'])
def test_prose_that_ends_in_quotes(harmless: Outcome, tmp_path: Path, text: str) -> None:
    place = ("records", "Note", "fields", "words", "doc")
    outcome = run(str(tmp_path), grammar=replaced(GRAMMAR, {place: text}))
    assert_same_code(outcome, harmless)


def test_prose_that_cannot_be_seen(tmp_path: Path) -> None:
    run(str(tmp_path), grammar=replaced(GRAMMAR, {("doc", "en"): "a\xadb"}))


@pytest.mark.few(4)
@pytest.mark.some(10)
@pytest.mark.parametrize("text", PAYLOADS, ids=range(len(PAYLOADS)))
def test_all_prose_at_once(harmless: Outcome, tmp_path: Path, text: str) -> None:
    outcome = run(str(tmp_path), grammar=replaced(GRAMMAR, dict.fromkeys(PROSE, text)))
    if outcome.exit_code == 0:
        assert_same_code(outcome, harmless)
    else:
        assert text != text.strip() or not text or not text.isprintable()


def test_everything_at_once(tmp_path: Path) -> None:
    values = {place: PAYLOADS[i % len(PAYLOADS)] for i, place in enumerate(PLACES)}
    assert run(str(tmp_path), grammar=replaced(GRAMMAR, values)).exit_code == 1


# The WSDL


@settings(max_examples=EXAMPLES)
@given(st.sampled_from(SLOTS), st.sampled_from([*PAYLOADS, *NAMES]))
def test_the_wsdl(harmless: Outcome, slot: Slot, text: str) -> None:
    wsdl = filled(WSDL, slot, text)
    with TemporaryDirectory() as folder:
        outcome = run(folder, wsdl=wsdl.encode("utf-8", "replace").decode("utf-8"))
        if outcome.exit_code == 0:
            if not slot.is_attribute:
                assert_same_code(outcome, harmless)
            assert_no_new_powers(outcome, harmless, text)


@pytest.mark.few(4)
@pytest.mark.some(10)
@pytest.mark.parametrize("text", PAYLOADS, ids=range(len(PAYLOADS)))
def test_all_documentation_of_the_wsdl(harmless: Outcome, tmp_path: Path, text: str) -> None:
    if any((ord(c) < 32 and c not in "\t\n\r") or "\ud7ff" < c < "\ue000" for c in text):
        return  # XML cannot hold it; the reader's own tests show what it says
    wsdl = WSDL
    for slot in reversed(SLOTS):
        if not slot.is_attribute:
            wsdl = filled(wsdl, slot, text)
    outcome = run(str(tmp_path), wsdl=wsdl)
    assert outcome.exit_code == 0
    if text.strip():
        assert_same_code(outcome, harmless)


# Both, with texts that nobody has thought of


@settings(max_examples=EXAMPLES)
@given(st.sampled_from(sorted(PROSE)), st.text(max_size=200))
def test_any_prose(harmless: Outcome, place: Place, text: str) -> None:
    with TemporaryDirectory() as folder:
        outcome = run(folder, grammar=replaced(GRAMMAR, {place: text}))
        if outcome.exit_code == 0 and text.strip():
            assert_same_code(outcome, harmless)


# Files elsewhere


@pytest.mark.parametrize(
    "name", ["../x", "a/b", "/x", "con.py", "__init__", "msgsend.evil", ".", "..", "", "a\0b", "A"]
)
def test_package_names_that_are_refused(tmp_path: Path, name: str) -> None:
    outcome = run(str(tmp_path), grammar=replaced(GRAMMAR, {("package",): name}))
    assert outcome.exit_code == 1
    assert "grammar.yaml:4:10: error[S" in outcome.said


@pytest.mark.parametrize("name", ["con", "nul", "os", "sys", "typing", "tests", "x" * 200])
def test_package_names_that_do_no_harm(tmp_path: Path, name: str) -> None:
    here = tmp_path
    put(here / "in" / "rich", "Rich.wsdl", WSDL, replaced(GRAMMAR, {("package",): name}))
    arguments = ["generate", f"--source={here / 'in'}", f"--output={here / 'out'}"]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code in (0, 1)
    if result.exit_code == 0:
        written = {path.split("/")[0] for path in read_tree(here / "out")}
        assert written == {name, "pyproject.toml"}
    assert {path.name for path in here.iterdir()} <= {"in", "out"}


@pytest.mark.parametrize(
    "name",
    [
        *("../../etc/passwd", "/etc/passwd", "../Rich.wsdl", "./Rich.wsdl", "sub/Rich.wsdl"),
        *("..", ".", "", "C:\\Rich.wsdl", "file:///etc/passwd", "http://localhost/x?WSDL"),
        *("Rich.wsdl\0", "~/Rich.wsdl", "Rich.wsdl\n"),
    ],
)
def test_wsdl_files_that_are_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "Rich.wsdl").write_text(WSDL, encoding="utf-8")
    folder = put(tmp_path / "in" / "rich", "Rich.wsdl", WSDL, replaced(GRAMMAR, {("wsdl",): name}))
    (folder / "sub").mkdir()
    (folder / "sub" / "Rich.wsdl").write_text(WSDL, encoding="utf-8")
    arguments = ["generate", f"--source={tmp_path / 'in'}", f"--output={tmp_path / 'out'}"]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 1
    assert "grammar.yaml:5:7: error[S120]" in result.stderr
    assert "root:" not in result.output
    assert not (tmp_path / "out").exists()


def test_a_link_that_leads_out_of_the_output(tmp_path: Path) -> None:
    """Nothing is written through a link, and none is taken for a file that was generated."""
    folder = put(tmp_path / "in" / "rich", "Rich.wsdl", WSDL, GRAMMAR).parent
    (tmp_path / "out" / "rich").mkdir(parents=True)
    (tmp_path / "precious").write_text("# Generated by unstringly\n", encoding="utf-8")
    (tmp_path / "out" / "rich" / "types.py").symlink_to(tmp_path / "precious")
    (tmp_path / "out" / "rich" / "orphan.py").symlink_to(tmp_path / "precious")
    arguments = ["generate", f"--source={folder}", f"--output={tmp_path / 'out'}"]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert "was not generated by unstringly" in result.stderr
    assert (tmp_path / "precious").read_text(encoding="utf-8") == "# Generated by unstringly\n"
    assert (tmp_path / "out" / "rich" / "types.py").is_symlink()
    assert (tmp_path / "out" / "rich" / "orphan.py").is_symlink()
