"""A service with DataSets, in all the ways in which WSDLs speak of them."""

import importlib
import subprocess
import sys
from collections.abc import Generator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from tests.generator.importing import imported_files
from tests.generator.services import write_tree

from unstringly.pipeline import build, check

CASE = Path(__file__).parent / "rates"

TYPED = """\
from decimal import Decimal
from typing import assert_type

from rates import AsyncClient, Client
from datetime import datetime
from uuid import UUID

from rates.data_sets import (
    RATE_ROWS,
    Cell,
    Column,
    DataSet,
    Rate,
    Row,
    RowState,
    Table,
    XmlFragment,
)


def use(client: Client) -> None:
    rates = client.get_rates()
    assert_type(rates, DataSet | None)
    assert_type(client.get_new_rates(), DataSet | None)
    assert_type(client.get_table(), DataSet | None)
    assert_type(client.get_something(), DataSet | XmlFragment | None)
    assert_type(client.get_typed(), DataSet | XmlFragment | None)
    if rates is None:
        return
    for name, table in rates.items():
        assert_type(name, str)
        assert_type(table, Table)
        assert_type(table.columns["a"], Column)
        for row in table.rows:
            assert_type(row, Row)
            assert_type(row["Rate"], Cell)
            assert_type(row.value("Rate", Decimal), Decimal)
            assert_type(row.optional("Rate", Decimal), Decimal | None)
            assert_type(row.state, RowState)
            assert_type(row.before, Row | None)
    assert_type(rates.raw, XmlFragment)
    for rate in RATE_ROWS.of(rates):
        assert_type(rate, Rate)
        assert_type(rate.currency, str)
        assert_type(rate.rate, Decimal | None)
        assert_type(rate.valid_until, datetime | None)
        assert_type(rate.id, UUID | None)
    assert_type(RATE_ROWS.table([Rate(currency="EUR")]), Table)
    assert_type(client.update(rates=rates, only_check=True), int)
    row.value("Rate")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    client.update(rates={}, only_check=True)  # type: ignore[arg-type]  # pyright: ignore


async def use_async(client: AsyncClient) -> None:
    assert_type(await client.get_rates(), DataSet | None)
"""


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    checked = check([CASE], CASE)
    assert not checked.findings
    return build(checked, whole=True)


@pytest.fixture(scope="module")
def rates(files: dict[str, str]) -> Generator[Any]:  # Any: a package that was just made
    with imported_files(files, "rates") as package:
        for module in ("data_sets", "emulator", "server", "strategies", "testing"):
            importlib.import_module(f"rates.{module}")
        yield package


OPERATIONS = ("get_rates", "get_new_rates", "get_table", "get_something", "get_typed")


@pytest.mark.parametrize("binding", ["SOAP11", "GET"])
def test_an_emulator_that_nobody_wrote_answers_with_data_sets(rates: Any, binding: str) -> None:
    came: list[Any] = []  # Any: of the package
    with rates.testing.client(
        rates.emulator.Emulator(seed=1), binding=rates.Binding[binding]
    ) as client:
        for name in OPERATIONS if binding == "SOAP11" else OPERATIONS[:1]:
            came += [getattr(client, name)() for _ in range(3)]
    assert {type(own).__name__ for own in came} >= {"DataSet"}
    rows = rates.data_sets.RATE_ROWS
    drawn = [rate for own in came if type(own).__name__ == "DataSet" for rate in rows.of(own)]
    assert any(rate.rate is None for rate in drawn)
    assert any(rate.rate is not None and rate.currency for rate in drawn)


def test_a_data_set_is_held_against_the_grammar_by_rows_of_alone(rates: Any) -> None:
    own = rates.data_sets
    other = own.DataSet([own.Table("Rates", [own.Column("Other")], [{"Other": "x"}])])
    emulator = rates.emulator.Emulator(seed=1)
    emulator.script("GetRates", other)
    with rates.testing.client(emulator) as client:
        came = client.get_rates()
        client.update(rates=other, only_check=False)
    assert came == emulator.received[-1].rates == other
    with pytest.raises(own.WrongTable, match="has no column 'Currency'"):
        own.RATE_ROWS.of(came)
    for name in ("client", "async_client"):
        told = importlib.import_module(f"rates.{name}").__doc__
        assert "No DataSet is held against the tables that the grammar declares" in str(told)


def test_what_is_scripted_comes_and_what_is_sent_arrives(rates: Any) -> None:
    own = rates.data_sets
    columns = [own.Column("Currency"), own.Column("Rate", "decimal")]
    given = own.DataSet(
        [
            own.Table(
                "Rates",
                columns,
                [
                    {"Currency": "EUR", "Rate": Decimal("1.50")},
                    own.Row(
                        {"Currency": "USD"}, state=own.RowState.MODIFIED, before={"Currency": "US"}
                    ),
                ],
                [{"Currency": "DM"}],
            )
        ]
    )
    emulator = rates.emulator.Emulator(seed=1)
    fragment = own.XmlFragment(
        b'<t:GetTypedResult xmlns:t="urn:example:rates">?</t:GetTypedResult>'
    )
    emulator.script("GetRates", given)
    emulator.script("GetTyped", fragment)
    with rates.testing.client(emulator) as client:
        assert client.get_rates() == given
        assert client.get_typed() == fragment
        client.update(rates=given, only_check=False)
    assert emulator.received[-1].rates == given
    with pytest.raises(rates.Unwritable, match="stands where a DataSet must be"):
        emulator.script("GetRates", fragment)


def test_a_result_that_is_no_data_set_is_malformed_and_kept(rates: Any) -> None:
    emulator = rates.emulator.Emulator(seed=1)
    emulator.fail(rates.testing.Fault.MALFORMED, "GetRates")
    with rates.testing.client(emulator) as client, pytest.raises(rates.MalformedResponse) as caught:
        client.get_rates()
    assert caught.value.raw


def test_strategies_draw_what_comes_back(rates: Any) -> None:
    emulator = rates.emulator.Emulator(seed=1)

    with rates.testing.client(emulator) as client:

        @given(rates.strategies.request_of_update())
        def there(request: Any) -> None:
            client.update(rates=request.rates, only_check=request.only_check)
            assert emulator.received[-1] == request

        @given(rates.strategies.result_of_get_rates())
        def back(result: object) -> None:
            emulator.script("GetRates", result)
            assert client.get_rates() == result

        there()
        back()


@pytest.mark.few(0)
@pytest.mark.parametrize("checker", ["mypy", "pyright"])
def test_the_surface_is_typed(files: dict[str, str], tmp_path: Path, checker: str) -> None:
    write_tree(tmp_path, files)
    (tmp_path / "program.py").write_text(TYPED, encoding="utf-8")
    (tmp_path / "pyrightconfig.json").write_text('{"typeCheckingMode": "strict"}', encoding="utf-8")
    strict = ["--strict"] if checker == "mypy" else []
    done = subprocess.run(
        [sys.executable, "-m", checker, *strict, "program.py", "rates/data_sets.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_rows_whose_columns_the_grammar_declares_are_records(rates: Any) -> None:
    own = rates.data_sets
    rate = own.Rate(currency="EUR", rate=Decimal("1.5"))
    table = own.RATE_ROWS.table([rate, own.Rate(currency="USD")])
    emulator = rates.emulator.Emulator(seed=1)
    emulator.script("GetRates", own.DataSet([table]))
    with rates.testing.client(emulator) as client:
        came = client.get_rates()
    assert own.RATE_ROWS.of(came) == (rate, own.Rate(currency="USD"))
    assert own.RATE_ROWS.of(came)[1].valid_until is None


def test_other_columns_than_the_grammar_declares_are_refused(rates: Any) -> None:
    own = rates.data_sets
    columns = [*own.RATE_ROWS.table([]).columns.values()]
    for tables, words in (
        ([], "is not there"),
        ([own.Table("Rates", columns[:2])], "has no column 'Valid until'"),
        (
            [own.Table("Rates", [own.Column("Currency", "int"), *columns[1:]])],
            "has a column 'Currency', which is of type int, and not string",
        ),
        (
            [own.Table("Rates", [own.Column("Currency"), *columns[1:]], [{}])],
            "has NULL in the column 'Currency'",
        ),
    ):
        with pytest.raises(own.WrongTable, match=f"the table 'Rates' {words}"):
            own.RATE_ROWS.of(own.DataSet(tables))
    more = own.Table("Rates", [*columns, own.Column("More")], [{"Currency": "EUR"}])
    assert own.RATE_ROWS.of(own.DataSet([more])) == (own.Rate(currency="EUR"),)
