"""The DataSets of public WSDLs: each operation that has one is typed with it."""

import csv
from pathlib import Path

from tests.interop.corpus import CORPUS, Entry, package_of

LEAST = 5
"""So many operations have a DataSet: all of the corpus."""


def test_each_operation_with_a_data_set_has_the_type(corpus: list[Entry], tmp_path: Path) -> None:
    with (CORPUS / "operations.tsv").open(encoding="utf-8") as file:
        rows = csv.DictReader(file, delimiter="\t")
        needing = {(row["name"], row["operation"]) for row in rows if "DataSet" in row["needs"]}
    typed = 0
    for entry in corpus:
        wanted = {operation for name, operation in needing if name == entry.name}
        package = package_of(entry, tmp_path / entry.name) if wanted else None
        for own in () if package is None else package.contract.operations:
            if own.name in wanted and package is not None:
                client, classes = (package.files[f"it_is/{m}.py"] for m in ("client", "messages"))
                head = client.split(f"def {own.python_name}(")[1].partition('"""')[0]
                assert "DataSet" in head or ": DataSet" in classes
                assert "any_element" not in head + classes
                typed += 1
    assert typed >= LEAST
