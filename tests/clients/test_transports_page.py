"""The page about transports: its examples run, and its table has what the transports take."""

import inspect
import re
from pathlib import Path

import pytest

from msgsend import AsyncHttpTransport, HttpTransport

PAGE = Path(__file__).parents[2].joinpath("docs", "transports.md").read_text("utf-8")
BLOCKS = re.findall(r"(?s)```python\n(.*?)```", PAGE)


def test_the_examples_run() -> None:
    names: dict[str, object] = {}
    for block in BLOCKS:
        exec(block, names)
    through_a_proxy, counting = names["through_a_proxy"], names["Counting"]
    assert callable(through_a_proxy)
    assert callable(counting)
    through_a_proxy("http://user:password@127.0.0.1:3128").close()
    counting().close()


@pytest.mark.parametrize("transport", [HttpTransport, AsyncHttpTransport])
def test_the_table_has_each_keyword(transport: type[HttpTransport | AsyncHttpTransport]) -> None:
    section = PAGE.partition("## Options")[2].partition("```")[0]
    assert re.findall(r"(?m)^\| `(\w+)`", section) == list(inspect.signature(transport).parameters)
