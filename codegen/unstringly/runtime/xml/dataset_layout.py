"""What an inline schema says, as far as DataSets go: its elements, and the layouts of tables."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from .dataset_columns import Column

XSD: Final = "http://www.w3.org/2001/XMLSchema"
MSDATA: Final = "urn:schemas-microsoft-com:xml-msdata"
MOST_COLUMNS: Final = 100_000
"""The most columns that all tables of a DataSet have."""
MOST_NODES: Final = 500_000
"""The most elements that its schemas have."""


@dataclass(slots=True, eq=False)
class Node:
    """An element of a schema. What its attributes refer to is named as tables name it.

    `of` is the schema that it is in.
    """

    name: str
    attributes: Mapping[str, str]
    of: "Node | None"
    children: list["Node"] = field(default_factory=list["Node"])

    def first(self, *names: str) -> "Node | None":
        """Return the first child of one of some names."""
        return next((child for child in self.children if child.name in names), None)

    def is_true(self, attribute: str) -> bool:
        """Say whether an attribute is true."""
        return self.attributes.get(attribute, "").strip(" \t\r\n") in ("true", "1")


@dataclass(slots=True, eq=False)
class Layout:
    """A table: its columns by the names of elements and attributes, and the rows in its rows.

    `columns` are in order. `text` is the column of the row's own text.
    """

    name: str
    columns: dict[str, Column] = field(default_factory=dict[str, Column])
    elements: dict[str, Column] = field(default_factory=dict[str, Column])
    attributes: dict[str, Column] = field(default_factory=dict[str, Column])
    nested: dict[str, "Layout"] = field(default_factory=dict[str, "Layout"])
    text: Column | None = None


@dataclass(slots=True, eq=False)
class SetLayout:
    """A DataSet. `tables` are all tables by the names of their rows' elements."""

    name: str = "NewDataSet"
    namespace: str = ""
    main: str = ""
    tables: dict[str, Layout] = field(default_factory=dict[str, Layout])
