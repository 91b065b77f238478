"""Values of built-in types as source: they are the values that their texts are read as."""

import subprocess
import sys
from decimal import Decimal

from hypothesis import example, given, settings
from hypothesis import strategies as st

from unstringly.python.nodes import Call, Number, Text
from unstringly.python.show import shown
from unstringly.shapes.built_ins import value_of

DECIMALS = st.from_regex(r"[+-]?[0-9]{1,6}(\.[0-9]{1,4})?", fullmatch=True)


@settings(max_examples=min(30, settings().max_examples // 2))  # each starts ruff
@example(["0", "-0", "007", "1.0", "-5", "1" * 5000])
@given(st.lists(DECIMALS, min_size=8, max_size=8))
def test_decimals_are_as_ruff_writes_them(texts: list[str]) -> None:
    sources: list[str] = []
    for text in texts:
        value = value_of("decimal", text)
        assert isinstance(value, Call)
        (digits,) = value.arguments
        assert isinstance(digits, Number | Text)
        sources.append(f"Decimal({shown(digits)})")
    assert [eval(source, {"Decimal": Decimal}) for source in sources] == [*map(Decimal, texts)]
    text = "\n".join(["from decimal import Decimal", "", *sources, ""])
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--select=FURB157", "-"]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
