"""Printed modules are as ruff would format them, and say what their nodes say."""

import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st
from tests.python.drawn_nodes import STATEMENTS

from unstringly.python.nodes import Statement
from unstringly.python.statements import module_text


def ruff(*arguments: str, text: str) -> str:
    """What ruff makes of a module."""
    command = [sys.executable, "-m", "ruff", *arguments, "--isolated", "--line-length=100"]
    done = subprocess.run(
        [*command, "--target-version=py311", "-"],
        input=text,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.stdout if done.returncode == 0 else done.stderr


@given(st.lists(STATEMENTS, min_size=1, max_size=12))
def test_ruff_leaves_it_alone(body: list[Statement]) -> None:
    text = module_text(body)
    assert ruff("format", text=text) == text
