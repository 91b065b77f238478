"""Strategies of choices in fields draw what formatters write and parsers read."""

import importlib
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from tests.generator.importing import imported_files
from tests.generator.services import MINIMAL_WSDL, put

from unstringly.pipeline import build, check

GRAMMAR = """
service: Tiny
package: tiny
wsdl: Tiny.wsdl
types:
  Word: {{text: '[a-z]+'}}
  Code: {{enum: {{'1': GONE}}, open: true, form: '[1-9]'}}
records:
  Pair: {{separator: '=', fields: {{a: Word, b: Word}}}}
  Row: {{separator: ';', fields: {{n: Word, e: {{type: any, padding: {field}{nil}}}}}}}
grammars:
  words: {{list: [Word], separator: +, trailing: required}}
  any: {{choice: [words, Pair, Code], padding: {choice}}}
operations: {{Ask: {{effect: read, result: Row}}}}
"""


@pytest.mark.parametrize(
    ("choice", "field", "nil"),
    list(product(("none", "whitespace"), ("none", "whitespace"), ("", ", nil: ''"))),
)
def test_what_is_drawn_comes_back(choice: str, field: str, nil: str, tmp_path: Path) -> None:
    spec = GRAMMAR.format(choice=choice, field=field, nil=nil)
    checked = check([put(tmp_path / "tiny", "Tiny.wsdl", MINIMAL_WSDL, spec)], tmp_path)
    with imported_files(build(checked, whole=False), "tiny") as module:
        strategies = importlib.import_module("tiny.strategies")

        @settings(max_examples=10)
        @given(getattr(strategies, "row")())  # noqa: B009 - of any package
        def ask(value: object) -> None:
            assert module.parse_ask(module.format_ask(value)) == value

        ask()
