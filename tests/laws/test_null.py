"""What null is read as, for drawn grammars: a text that they read, or else a finding says so."""

import importlib
import json
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.generator.importing import imported_files
from tests.generator.services import MINIMAL_WSDL, put
from tests.laws import oracle
from tests.laws.drawn_services import Drawn, services
from tests.laws.test_drawn_packages import as_parsed, wire

from unstringly.checked import Checked
from unstringly.diagnostics import Severity
from unstringly.pipeline import build, check

NULL = b'<string xmlns="urn:x" xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true" />'


def checked(drawn: Drawn, folder: Path, null: str | None) -> tuple[Checked, set[str]]:
    """The service with a word on null, and the codes of the errors of its grammar."""
    said = "" if null is None else f", null: {json.dumps(null, ensure_ascii=True)}"
    spec = drawn.spec().replace(", result: things", f", result: things{said}")
    found = check([put(folder / "tiny", "Tiny.wsdl", MINIMAL_WSDL, spec)], folder)
    return found, {f.rule.code for f in found.findings if f.severity is Severity.ERROR}


def can_be_said(text: str) -> bool:
    """Whether YAML has such texts, and a grammar such a `null`."""
    return len(text) <= 200 and not any(0xD800 <= ord(c) < 0xE000 for c in text)


def is_read(drawn: Drawn, raw: str) -> bool:
    """Whether the judge finds a reading."""
    return bool(oracle.readings(drawn.form, oracle.line_feeds_only(raw) if drawn.lf else raw))


def null_result(found: Checked, null: str) -> None:
    """The package reads a null as it reads the text."""
    with imported_files(build(found, whole=False), "tiny") as tiny:
        package: Any = tiny
        runtime = importlib.import_module("tiny._runtime.client.calls")
        response = package.Response(200, (("Content-Type", "text/xml"),), NULL)
        call = importlib.import_module("tiny.operations").ask(key="")
        result = call.result(package.Binding.GET, response, runtime.Credentials({}))
        assert result == package.parse_ask(null)
        assert as_parsed(result).raw == null
        assert as_parsed(result).malformed == ()


def ask(drawn: Drawn, texts: list[str], counts: Counter[str]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _, errors = checked(drawn, folder, None)
        if errors:
            counts["not a grammar"] += 1
            return
        for number, null in enumerate(filter(can_be_said, texts)):
            found, errors = checked(drawn, folder, null)
            assert errors == (set() if is_read(drawn, null) else {"L113"}), null
            counts["refused" if errors else "read"] += 1
            if not errors and number % 5 == 0:
                null_result(found, null)


@settings(max_examples=max(settings().max_examples // 4, 1))
@given(drawn=services(), data=st.data())
def test_a_null_is_a_text_that_the_grammar_reads(drawn: Drawn, data: st.DataObject) -> None:
    ask(drawn, data.draw(st.lists(wire(drawn), min_size=1, max_size=5)), Counter())


@pytest.mark.few(0)
def test_enough_is_drawn() -> None:
    counts: Counter[str] = Counter()

    @settings(max_examples=15, derandomize=True, database=None)
    @given(drawn=services(), data=st.data())
    def some(drawn: Drawn, data: st.DataObject) -> None:
        ask(drawn, ["", *data.draw(st.lists(wire(drawn), min_size=4, max_size=4))], counts)

    some()
    assert min(counts["read"], counts["refused"]) >= 5, counts
