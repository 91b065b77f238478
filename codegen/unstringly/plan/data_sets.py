"""Plans `data_sets.py`: what programs need of DataSets, where messages have some."""

from dataclasses import dataclass

from unstringly.plan.module import Module
from unstringly.python.imports import in_order
from unstringly.python.nodes import Symbol
from unstringly.python.statement_nodes import Statement
from unstringly.python.symbols import runtime
from unstringly.shapes.shapes import Shapes

_OFFERED = (
    runtime("xml.dataset_columns", "Cell"),
    runtime("xml.dataset_columns", "Column"),
    runtime("xml.dataset_columns", "Place"),
    runtime("xml.datasets", "DataSet"),
    runtime("xml.datasets", "Table"),
    runtime("xml.dataset_row", "Row"),
    runtime("xml.dataset_row", "RowState"),
    runtime("xml.dataset_row", "WrongCell"),
    runtime("xml.fragments", "XmlFragment"),
)


@dataclass(frozen=True, slots=True)
class DataSets:
    """The view of `data_sets.py`; `uses` is what it has of the runtime for others."""

    names: tuple[str, ...]
    body: tuple[Statement, ...]
    uses: tuple[Symbol, ...]


def data_set_modules(shapes: Shapes, package: str, header: str) -> tuple[Module, ...]:
    """Return the module of a package whose messages have DataSets, below its folder."""
    if not shapes.has_data_sets:
        return ()
    offered = tuple(symbol.name for symbol in _OFFERED)
    view = DataSets(tuple(in_order(offered)), (), _OFFERED)
    path = f"{package}/data_sets.py"
    template = "data_sets.py.jinja"
    return (Module(path, template, header, view, own=".data_sets", offered=offered),)
