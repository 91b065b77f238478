"""The page about transports: its examples run, and its table has what the transports take."""

import inspect
import re
from pathlib import Path
from typing import Any

import pytest

from msgsend import AsyncHttpTransport, HttpTransport

PAGE = Path(__file__).parents[2].joinpath("docs", "transports.md").read_text("utf-8")
BLOCKS = re.findall(r"(?s)```python\n(.*?)```", PAGE)


def test_the_examples_run() -> None:
    names: dict[str, Any] = {}  # Any: they are what the page makes of them
    for block in BLOCKS:
        exec(block, names)
    names["through_a_proxy"]("http://user:password@127.0.0.1:3128").close()
    names["Counting"]().close()


@pytest.mark.parametrize("transport", [HttpTransport, AsyncHttpTransport])
def test_the_table_has_each_keyword(transport: type[HttpTransport | AsyncHttpTransport]) -> None:
    section = PAGE.partition("## Options")[2].partition("```")[0]
    assert re.findall(r"(?m)^\| `(\w+)`", section) == list(inspect.signature(transport).parameters)
