"""No result depends on what is remembered of texts, which is bounded."""

import importlib
from collections.abc import Callable

import pytest
from tests.laws.results import TIME, parsed

from msgsend import parse_get_mo, parse_get_report, parse_get_report2, tables
from msgsend._runtime.text import cheapest, graph

TEXTS: tuple[tuple[Callable[[str], object], str], ...] = (
    (parse_get_report, "1,2,DELIVRD|x|3,4,0,30,2 |\n1,2|,,|"),
    (parse_get_report2, f"1,2,{TIME},x|1,2,2015/02/29 00:00:00,x|1,2|"),
    (parse_get_mo, f"1|,|x|,|{TIME}|;|1|,|x|,|{TIME[:-3]}|;|1|,|y|;|,|{TIME}|,|9|;\n"),
)


def _read(parse: Callable[[str], object], text: str, most: int | None) -> tuple[object, ...]:
    """Return what a text is read as, with fresh tables that remember at most so much."""
    with pytest.MonkeyPatch.context() as patch:
        if most is not None:
            patch.setattr(cheapest, "_REMEMBERED", most)
            patch.setattr(graph, "_REMEMBERED", most)
        importlib.reload(tables)
        result = parse(text)
        found = parsed(result)
        pieces = () if found is None else tuple(map(repr, found.pieces()))
    importlib.reload(tables)
    return repr(result), pieces


@pytest.mark.parametrize("most", [1, 2, 7])
@pytest.mark.parametrize(("parse", "text"), TEXTS, ids=["reports", "timed", "replies"])
def test_it_is_read_as_ever(parse: Callable[[str], object], text: str, most: int) -> None:
    assert _read(parse, text, most) == _read(parse, text, None)
