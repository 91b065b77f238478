"""A service that uses every feature of the language, generated, imported, put to its laws."""

import importlib
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unstringly.pipeline import build, check

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def depot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """The generated package; only its own service is generated for the test."""
    output = tmp_path_factory.mktemp("generated")
    checked = check([HERE / "everything"], HERE)
    assert not checked.without_infos().findings
    for path, text in build(checked, whole=True).items():
        file = output / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    sys.path.insert(0, str(output))
    try:
        yield importlib.import_module("depot")
    finally:
        sys.path.remove(str(output))
        for name in [name for name in sys.modules if name.split(".")[0] == "depot"]:
            del sys.modules[name]


def order(depot: ModuleType, **changes: object) -> Any:  # the class exists only when generated
    values: dict[str, object] = {
        "order": 7,
        "day": date(2024, 2, 29),
        "state": depot.State.ACTIVE,
        "lines": (),
        "first": depot.Line(quantity=-3, price=Decimal("1.50")),
        "name": "x y",
    }
    return depot.Order(**values | changes)


def test_a_record_with_everything_is_written_as_the_spec_says(depot: ModuleType) -> None:
    text = depot.format_orders([order(depot)])
    assert text == "[#0007;V2;29.02.2024;A;lines=;(-3*1.50);x y]\n"
    assert list(depot.parse_orders(text)) == [order(depot)]


def test_nils_nested_lists_and_other_spellings_of_a_separator(depot: ModuleType) -> None:
    text = "[#0007;V2 ; -;C;lines=1*2+-3*4.0005;(-3*1.50) ; NULL]\n"
    lines = (
        depot.Line(quantity=1, price=Decimal(2)),
        depot.Line(quantity=-3, price=Decimal("4.0005")),
    )
    expected = order(depot, day=None, state=depot.State.CLOSED, lines=lines, name=None)
    assert list(depot.parse_orders(text)) == [expected]
    assert depot.format_orders([expected]) == text.replace(" ; ", ";")


@pytest.mark.parametrize(
    "damage",
    [
        ("V2", "V3"),
        ("29.02.2024", "29.02.2023"),
        (";A;", ";B;"),
        ("#0007", "0007"),
        ("0007", "007"),
        ("lines=", "lines=1"),
        ("[", ""),
        ("]", ""),
        ("(", ""),
    ],
)
def test_what_is_not_as_the_spec_says_is_malformed(
    depot: ModuleType, damage: tuple[str, str]
) -> None:
    good = depot.format_orders([order(depot)])
    bad = good.replace(*damage)
    parsed = depot.parse_orders(good + bad + good)
    assert list(parsed) == [order(depot)] * 2
    assert "".join(piece.raw for piece in parsed.malformed) == bad.rstrip("\n")


def test_a_required_trailing_separator_is_missing(depot: ModuleType) -> None:
    text = depot.format_orders([order(depot)]).rstrip("\n")
    assert list(depot.parse_orders(text)) == [order(depot)]
    assert not depot.parse_orders(text).malformed


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"order": 10000}, "[0].order"),
        ({"order": -1}, "[0].order"),
        ({"order": True}, "[0].order"),
        ({"day": datetime(2024, 1, 1)}, "[0].day"),
        ({"state": "A"}, "[0].state"),
        ({"name": "a;b"}, "[0].name"),
        ({"name": "NULL"}, "[0].name"),
        ({"lines": (1,)}, "[0].lines[0]"),
        ({"lines": None}, "[0].lines"),
        ({"first": None}, "[0].first"),
    ],
)
def test_what_cannot_be_read_back_is_refused_by_name(
    depot: ModuleType, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(depot.Unwritable) as caught:
        depot.format_orders([order(depot, **changes)])
    assert caught.value.field == field


def test_problems_deep_inside_name_the_way_to_them(depot: ModuleType) -> None:
    bad = depot.Line(quantity=1, price=Decimal("NaN"))
    with pytest.raises(depot.Unwritable) as caught:
        depot.format_orders([order(depot), order(depot, lines=(bad,))])
    assert caught.value.field == "[1].lines[0].price"


def test_optional_fields_are_missing_from_the_end_only(depot: ModuleType) -> None:
    full = depot.Item(
        code="12345678",
        name="ab",
        at=time(1, 2, 3),
        stamp=datetime(2024, 1, 2, 3, 4),
        level=depot.Grade.SECOND,
    )
    text = "12345678,ab,010203,2024-01-02T03:04,2"
    assert depot.format_stock([full, 5]) == f"{text};5"
    parsed = depot.parse_stock(f" {text} ; 5 ;")
    assert list(parsed) == [full, 5]
    assert list(depot.parse_stock("a b c d ,ab, 010203")) == [
        depot.Item(code="a b c d ", name="ab", at=time(1, 2, 3))
    ]
    with pytest.raises(depot.Unwritable) as caught:
        depot.format_stock([depot.Item(code="12345678", name="ab", level=depot.Grade.FIRST)])
    assert caught.value.field == "[0].level"
    assert list(depot.parse_stock("7")) == [7]
    assert depot.parse_stock(" L7 ") == depot.UnknownLevel("L7")
    assert depot.parse_stock("L2") is depot.Level.HIGH


def test_a_record_a_leaf_and_a_list_of_leaves_as_whole_results(depot: ModuleType) -> None:
    label = depot.Label(record="12|45678", record_="........", tables="any|thing\n")
    assert depot.format_label(label) == "12|45678|........|any|thing\n"
    assert depot.parse_label("12|45678|........|any|thing\n") == label
    with pytest.raises(depot.MalformedResponse):
        depot.parse_label("short|x")
    assert depot.parse_motto("-1.25") == Decimal("-1.25")
    assert list(depot.parse_days(",01.02.2024,03.04.2024")) == [date(2024, 2, 1), date(2024, 4, 3)]
    assert depot.parse_level("3") == depot.UnknownGrade("3")
    assert depot.parse_level("2") is depot.Grade.SECOND


RESULTS = {
    "orders": "orders",
    "label": "label",
    "motto": "price",
    "days": "days",
    "level": "grade",
    "stock": "stock",
}


@pytest.mark.parametrize("operation", RESULTS)
def test_every_drawn_value_is_read_back(depot: ModuleType, operation: str) -> None:
    strategies = importlib.import_module("depot.strategies")
    write: Callable[[object], str] = getattr(depot, f"format_{operation}")
    parse: Callable[[str], Any] = getattr(depot, f"parse_{operation}")
    draw: Callable[[], st.SearchStrategy[object]] = getattr(strategies, RESULTS[operation])

    @given(draw())
    def read_back(value: object) -> None:
        parsed = parse(write(value))
        assert (list(parsed) if isinstance(value, list) else parsed) == value

    read_back()


@pytest.mark.parametrize("operation", ["orders", "stock", "days"])
def test_no_text_makes_a_list_parser_raise_or_lose(depot: ModuleType, operation: str) -> None:
    strategies = importlib.import_module("depot.strategies")
    parse: Callable[[str], Any] = getattr(depot, f"parse_{operation}")
    draw: Callable[[], st.SearchStrategy[str]] = getattr(strategies, f"{operation}_text")

    @given(draw())
    def read(text: str) -> None:
        parsed = parse(text)
        if isinstance(parsed, depot.Parsed):
            assert "".join(piece.raw for piece in parsed.pieces()) == text

    read()


@pytest.mark.few(0)
def test_the_package_passes_mypy_and_ruff(depot: ModuleType) -> None:
    assert depot.__file__ is not None
    folder = Path(depot.__file__).parent
    for command in (
        ["mypy", "--strict", "--no-incremental"],
        ["ruff", "check", "--isolated", "--line-length=100"],
    ):
        done = subprocess.run(
            [sys.executable, "-m", *command, folder.name],
            cwd=folder.parent,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
