"""Plans `journal.py`: how the bodies in a journal are read."""

from unstringly.model.contract import Contract
from unstringly.plan.imports import Imports
from unstringly.plan.layout import docstring, one_of, quoted
from unstringly.plan.vocabulary import python_type


def journal_view(contract: Contract) -> dict[str, object]:
    """The view of `journal.py`."""
    imports = Imports()
    imports.name("collections.abc", "Callable")
    imports.name("collections.abc", "Iterator")
    imports.name("collections.abc", "Mapping")
    imports.name("os", "PathLike")
    imports.name("typing", "TypeAlias")
    imports.name("._runtime.journal.file_journal", "FileJournal")
    imports.name("._runtime.client.journal_reading", "RecordedResponse")
    imports.name("._runtime.client.journal_reading", "read_results")
    imports.name(".operations", "OPERATIONS")
    types: list[str] = []
    rows: list[str] = []
    for operation in contract.operations:
        parser = "str"
        if operation.result is None:
            types.append("str")
        else:
            parser = imports.name(".parsers", f"parse_{operation.python_name}")
            found = python_type(contract.definitions, operation.result, imports, writes=False)
            types.extend(_alternatives(found))
        rows.append(f"{quoted(operation.name)}: {parser}")
    arguments, pushed = ["path", "OPERATIONS", "_PARSERS"], ""
    if contract.spec.callbacks:
        types.append(imports.name(".callbacks", "Push"))
        read = f"{imports.name('functools', 'partial')}({imports.name('.callbacks', 'parse_push')}"
        arguments.append(f"{read}, max_bytes={imports.name('sys', 'maxsize')})")
        pushed = ", or what was pushed (to the operation `Push`)"
    return {
        "imports": imports.lines(),
        "result": f"JournalResult: TypeAlias = {one_of(types)}",
        "result_doc": docstring(f"What an operation may answer{pushed}."),
        "rows": rows,
        "arguments": ", ".join(arguments),
    }


def _alternatives(union: str) -> list[str]:
    """The types of a union, whose brackets may hold unions themselves."""
    found: list[str] = []
    depth = 0
    for part in union.split(" | "):
        if depth:
            found[-1] += f" | {part}"
        else:
            found.append(part)
        depth += part.count("[") - part.count("]")
    return found
