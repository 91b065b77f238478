"""Reports in SARIF: what version 2.1.0 of the standard requires, and what it has a name for.

`REQUIRED` and `OPTIONAL` restate the objects of the standard that are written, from its schema: it
allows no other properties in them.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast
from urllib.parse import unquote, urlsplit

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from tests.generator.services import MINIMAL_GRAMMAR, MINIMAL_WSDL, put

from unstringly import __version__
from unstringly.cli import main
from unstringly.cli.report import Style, render
from unstringly.diagnostics import Diagnostic, Severity, Span
from unstringly.rules import ALL

Object = Mapping[str, Any]  # whatever JSON has

REQUIRED: Mapping[str, frozenset[str]] = {
    "sarifLog": frozenset({"version", "runs"}),
    "run": frozenset({"tool"}),
    "tool": frozenset({"driver"}),
    "toolComponent": frozenset({"name"}),
    "reportingDescriptor": frozenset({"id"}),
    "reportingConfiguration": frozenset(),
    "multiformatMessageString": frozenset({"text"}),
    "result": frozenset({"message"}),
    "message": frozenset({"text"}),
    "location": frozenset(),
    "physicalLocation": frozenset({"artifactLocation"}),
    "artifactLocation": frozenset({"uri"}),
    "region": frozenset({"startLine"}),
}
"""Of alternatives (`text` or `id` of a message), the one that is used here."""

OPTIONAL: Mapping[str, frozenset[str]] = {
    "sarifLog": frozenset({"$schema", "inlineExternalProperties", "properties"}),
    "run": frozenset({"results", "columnKind", "originalUriBaseIds", "artifacts", "invocations"}),
    "tool": frozenset({"extensions"}),
    "toolComponent": frozenset({"version", "semanticVersion", "rules", "informationUri"}),
    "reportingDescriptor": frozenset(
        {"name", "shortDescription", "fullDescription", "help", "helpUri", "defaultConfiguration"}
    ),
    "reportingConfiguration": frozenset({"enabled", "level", "rank"}),
    "multiformatMessageString": frozenset({"markdown"}),
    "result": frozenset({"ruleId", "ruleIndex", "level", "kind", "locations"}),
    "message": frozenset({"markdown", "id", "arguments"}),
    "location": frozenset({"id", "physicalLocation", "message"}),
    "physicalLocation": frozenset({"region", "contextRegion"}),
    "artifactLocation": frozenset({"uriBaseId", "index"}),
    "region": frozenset({"startColumn", "endLine", "endColumn", "snippet"}),
}
INSIDE: Mapping[str, Mapping[str, str]] = {
    "sarifLog": {"runs": "run"},
    "run": {"tool": "tool", "results": "result"},
    "tool": {"driver": "toolComponent"},
    "toolComponent": {"rules": "reportingDescriptor"},
    "reportingDescriptor": {
        **dict.fromkeys(
            ("shortDescription", "fullDescription", "help"), "multiformatMessageString"
        ),
        "defaultConfiguration": "reportingConfiguration",
    },
    "result": {"message": "message", "locations": "location"},
    "location": {"physicalLocation": "physicalLocation"},
    "physicalLocation": {"artifactLocation": "artifactLocation", "region": "region"},
}
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def check_object(kind: str, value: Object) -> None:
    """Fail if an object lacks a property that it must have, or has one that it may not have."""
    assert REQUIRED[kind] <= value.keys(), kind
    assert value.keys() <= REQUIRED[kind] | OPTIONAL[kind], kind
    for name, inner in INSIDE.get(kind, {}).items():
        below: object = value.get(name, [])
        objects = cast("list[Object]", below if isinstance(below, list) else [below])
        for each in objects:
            check_object(inner, each)


def log_of(findings: list[Diagnostic]) -> Object:
    log: Object = json.loads(render(findings, {}, Style.SARIF))
    check_object("sarifLog", log)
    return log


SPANS = st.builds(
    Span,
    st.text(min_size=1, max_size=9) | st.just("/a b/ü.yaml") | st.just("wsdl/x/grammar.yaml"),
    st.integers(0, 9),
    st.integers(0, 9),
    st.integers(0, 9),
)
FINDINGS = st.builds(
    Diagnostic,
    st.sampled_from(list(ALL.values())),
    SPANS,
    st.text(max_size=20),
    st.text(),
    st.text(),
)


@given(st.lists(FINDINGS, max_size=5))
def test_a_log_is_as_the_standard_wants_it(findings: list[Diagnostic]) -> None:
    log = log_of(findings)
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("unstringly", __version__)
    assert run["columnKind"] == "unicodeCodePoints"
    rules = driver["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    assert len(run["results"]) == len(findings)
    for finding, result in zip(findings, run["results"], strict=True):
        rule = rules[result["ruleIndex"]]
        assert rule["id"] == result["ruleId"] == finding.rule.code
        assert rule["shortDescription"]["text"] == finding.rule.title
        assert rule["help"]["text"] == finding.rule.todo
        assert result["level"] == LEVELS[finding.severity]
        (location,) = result["locations"]
        place = location["physicalLocation"]
        region = place["region"]
        assert region["startLine"] == max(finding.span.line, 1)
        assert 1 <= region["startColumn"] <= region["endColumn"]
        assert region["endColumn"] - region["startColumn"] == finding.span.length
        uri = str(place["artifactLocation"]["uri"])
        assert uri.isascii()
        assert uri.isprintable()
        assert " " not in uri
        path = urlsplit(uri).path if uri.startswith("file://") else uri
        assert unquote(path, errors="surrogatepass") == finding.span.file
        text = result["message"]["text"]
        assert all(character.isprintable() or character == "\n" for character in text)


def test_a_log_without_findings_has_a_run() -> None:
    """So that a code host takes old alerts away."""
    assert log_of([])["runs"][0]["results"] == []


@pytest.mark.parametrize("verb", ["check", "generate"])
def test_the_command_writes_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verb: str) -> None:
    monkeypatch.chdir(tmp_path)
    faulty = MINIMAL_GRAMMAR.replace("separator: ','", "seperator: ','")
    put(tmp_path / "wsdl" / "tiny", "Tiny.wsdl", MINIMAL_WSDL, faulty)
    result = CliRunner().invoke(main, [verb, "--error-format=sarif"])
    assert result.exit_code == 1
    log: Object = json.loads(result.stdout)
    check_object("sarifLog", log)
    errors = [each for each in log["runs"][0]["results"] if each["level"] == "error"]
    assert {each["ruleId"] for each in errors} >= {"S105"}
    (place,) = (
        each["locations"][0]["physicalLocation"] for each in errors if each["ruleId"] == "S105"
    )
    assert place["artifactLocation"] == {"uri": "wsdl/tiny/grammar.yaml"}
    lines = faulty.splitlines()
    region = place["region"]
    line = lines[int(region["startLine"]) - 1]
    assert line[int(region["startColumn"]) - 1 : int(region["endColumn"]) - 1] == "seperator"


def test_strict_takes_warnings_for_errors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    unused = MINIMAL_GRAMMAR.replace("types:", "types:\n  Unused: {text: '[a-z]'}")
    put(tmp_path / "wsdl" / "tiny", "Tiny.wsdl", MINIMAL_WSDL, unused)
    levels: list[set[str]] = []
    for options in ([], ["--strict"]):
        result = CliRunner().invoke(main, ["check", "--error-format=sarif", *options])
        levels.append({each["level"] for each in json.loads(result.stdout)["runs"][0]["results"]})
    assert "warning" in levels[0]
    assert "error" not in levels[0]
    assert "error" in levels[1]
    assert "warning" not in levels[1]
