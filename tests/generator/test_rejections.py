"""Rejections: the alternatives of a result for which `expect` raises."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from itertools import combinations
from pathlib import Path
from types import ModuleType

import pytest
from tests.generator.importing import imported_files
from tests.generator.services import MINIMAL_WSDL, put

from unstringly.pipeline import build, check

TEXTS = {"rows": "a;b", "Refusal": "!private", "Code": "1", "Pause": "wait 7"}
GRAMMAR = """
service: Tiny
package: tiny
wsdl: Tiny.wsdl
types:
  Word: {text: '[a-z]+', excludes: wait}
  Code: {enum: {'1': GONE}}
  Count: {integer: '[0-9]{1,3}'}
records:
  Refusal: {initiator: '!', fields: {why: Word}}
  Pause: {initiator: 'wait ', fields: {seconds: Count}}
grammars:
  rows: {list: [Word], separator: ;}
  answer: {choice: [rows, Refusal, Code, Pause]%s}
operations: {Ask: {effect: destructive_read, result: answer}}
"""


@contextmanager
def package(rejections: list[str], folder: Path) -> Generator[ModuleType]:
    said = f", rejections: [{', '.join(rejections)}]" if rejections else ""
    checked = check([put(folder / "tiny", "Tiny.wsdl", MINIMAL_WSDL, GRAMMAR % said)], folder)
    assert not [finding for finding in checked.findings if finding.rule.code == "L107"]
    with imported_files(build(checked, whole=False), "tiny") as module:
        yield module


NAMES = ("Refusal", "Code", "Pause")


@pytest.mark.parametrize(
    "rejections",
    [list(some) for count in range(4) for some in combinations(NAMES, count)],
    ids=" ".join,
)
def test_expect_raises_for_what_is_named_and_nothing_else(
    rejections: list[str], tmp_path: Path
) -> None:
    raised_for = set(rejections or ["Code"])
    with package(rejections, tmp_path) as module:
        for name, text in TEXTS.items():
            value = module.parse_ask(text)
            expect: Callable[[object], object] = module.expect
            if name not in raised_for:
                assert expect(value) is value
                continue
            with pytest.raises(module.Rejected) as caught:
                expect(value)
            assert getattr(caught.value, "code") is value  # noqa: B009 - of any package
            assert name in str(caught.value) or name == "Code"
            assert "private" not in str(caught.value), "what a record holds may be private"


def test_pages_are_only_of_lists_beside_rejections(tmp_path: Path) -> None:
    with package(["Refusal", "Code", "Pause"], tmp_path / "all") as module:
        assert hasattr(module.Client, "ask_pages")
    with package([], tmp_path / "codes") as module:
        assert not hasattr(module.Client, "ask_pages")
