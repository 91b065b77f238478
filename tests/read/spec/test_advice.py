"""Keys that rules and documents show in one line are read as they stand there."""

import re
from pathlib import Path

import pytest

from unstringly.diagnostics import Severity
from unstringly.read.spec.reader import spec_from_bytes
from unstringly.rules import ALL

ROOT = Path(__file__).parents[3]
FRAGMENT = re.compile(r"`((?:operations|accept): \{[^`]*\{[^`]*\})`")
PLACEHOLDER = re.compile(r"\bcodes, reason\b")


def fragments() -> list[str]:
    texts = [part for rule in ALL.values() for part in (rule.wrong, rule.why, rule.todo)]
    texts += [path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").glob("*.md"))]
    found = [own for text in texts for own in FRAGMENT.findall(text)]
    return [own for own in dict.fromkeys(found) if not PLACEHOLDER.search(own)]


def test_there_are_some() -> None:
    assert len(fragments()) >= 3


@pytest.mark.parametrize("fragment", fragments())
def test_a_fragment_is_read(fragment: str) -> None:
    text = f"service: Tiny\n{fragment}\n"
    _, findings = spec_from_bytes(text.encode(), "grammar.yaml")
    assert [own.message for own in findings if own.severity is Severity.ERROR] == []
