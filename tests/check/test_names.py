"""Names of a spec that generated code could not tell apart, or that would hide names it needs."""

import ast
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.check.test_other_checks import WSDL, codes

from unstringly.cli import main

RUNTIME = Path(__file__).parents[2] / "codegen" / "unstringly" / "runtime"

SPEC = """
{head}
types:
  A: {{text: '[a-z]+'}}
  N: {{integer: '[0-9]'}}
  {type_}
records:
  R: {{separator: ';', fields: {{a: A, {field}: N}}}}
grammars:
  {grammar}: {{list: [R, {item}], separator: '#', trailing: required}}
operations:
  Days: {{effect: read, result: {grammar}}}
"""


@pytest.mark.parametrize(
    ("changes", "collides"),
    [
        ({}, False),
        ({"type_": "ScansItem: {date: '%Y%m%d'}", "item": "ScansItem"}, True),
        ({"type_": "ScansText: {date: '%Y%m%d'}", "item": "ScansText"}, True),
        ({"grammar": "x_form"}, True),
        ({"type_": "X: {integer: '[0-9]', unit: km}", "grammar": "x_notation"}, True),
        ({"type_": "X: {integer: '[0-9]'}", "grammar": "x_notation"}, False),
        ({"grammar": "list"}, False),
        ({"grammar": "datetime"}, False),
        ({"type_": "Str: {date: '%Y%m%d'}", "item": "Str"}, False),
        ({"field": "Decimal"}, False),
        ({"field": "R"}, False),
        ({"field": "tables"}, False),
        ({"head": "package: json"}, True),
        ({"head": "package: hypothesis"}, True),
        ({"head": "package: jsonx"}, False),
    ],
)
def test_names(tmp_path: Path, changes: dict[str, str], collides: bool) -> None:
    usual = {
        "head": "",
        "type_": "X: {date: '%Y%m%d'}",
        "item": "X",
        "field": "n",
        "grammar": "scans",
    }
    assert ("N101" in codes(tmp_path, SPEC.format(**usual | changes))) is collides


def test_a_package_does_not_hide_what_its_own_runtime_imports(tmp_path: Path) -> None:
    imported = {
        name.partition(".")[0]
        for path in RUNTIME.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in _absolute(node)
    }
    assert {"httpx2", "json"} <= imported
    usual = {"type_": "X: {date: '%Y%m%d'}", "item": "X", "field": "n", "grammar": "scans"}
    heads = {name: f"package: {name}" for name in sorted(imported) if not name.startswith("_")}
    by_name = {
        name: codes(tmp_path, SPEC.format(**usual, head=head)) for name, head in heads.items()
    }
    assert [name for name, rules in by_name.items() if "N101" not in rules] == []


def _absolute(node: ast.AST) -> list[str]:
    """Yield the modules that a statement imports from other packages."""
    match node:
        case ast.Import(names=names):
            return [alias.name for alias in names]
        case ast.ImportFrom(module=str(name), level=0):
            return [name]
        case _:
            return []


def test_a_service_whose_spec_is_gone_is_not_passed_over(tmp_path: Path) -> None:
    folder = tmp_path / "wsdl" / "depot"
    folder.mkdir(parents=True)
    (folder / "Depot.wsdl").write_bytes(WSDL.read_bytes())
    result = CliRunner().invoke(main, ["check", f"--source={tmp_path / 'wsdl'}"])
    assert result.exit_code == 1
    assert "grammar.yaml" in result.stderr
    (folder / "grammar.yaml").symlink_to(tmp_path / "nowhere")
    result = CliRunner().invoke(main, ["check", f"--source={tmp_path / 'wsdl'}"])
    assert result.exit_code == 1
    assert "cannot be read" in result.stderr
