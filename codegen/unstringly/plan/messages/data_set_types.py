"""The types of DataSets in tables: with the tables that a grammar declares, for those of tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unstringly.python.build import method
from unstringly.python.nodes import Display, Expression, Name, Symbol
from unstringly.python.statement_nodes import AnnotatedAssign, Statement
from unstringly.python.symbols import FINAL, runtime

if TYPE_CHECKING:
    from collections.abc import Iterator


class DataSetTypes:
    """The types that are met; `rows` are the declared rows, as other modules name them."""

    def __init__(self, rows: tuple[Symbol, ...]) -> None:
        self._rows = rows
        self._met: set[str] = set()

    def named(self, *, is_certain: bool) -> Expression:
        """Return the type of a DataSet, or of XML besides."""
        constant = "DATA_SET" if is_certain else "DATA_SET_OR_XML"
        self._met.add(constant)
        return Name(f"_{constant}") if self._rows else _in_runtime(constant)

    def statements(self) -> Iterator[Statement]:
        """Yield the constants of the types that were met, if they are the package's own."""
        tables = [method(rows, "table", Display("tuple", ())) for rows in self._rows]
        for constant in sorted(self._met) if tables else ():
            like = method(_in_runtime(constant), "like", *tables)
            yield AnnotatedAssign(f"_{constant}", FINAL, like)


def _in_runtime(constant: str) -> Symbol:
    return runtime("xml.dataset_types", constant)
