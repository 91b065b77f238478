"""Plans `parsers.py`: a public function for each operation, a private one for each definition.

The functions take what the matcher has read apart (`Element`), and make values of it.
"""

from collections.abc import Mapping

from unstringly.kinds.package import Package
from unstringly.kinds.table import kind_of
from unstringly.model.contract import (
    Contract,
    ContractOperation,
    text_operations,
    used_definitions,
)
from unstringly.model.grammar import ChoiceGrammar
from unstringly.model.parts import is_leaf
from unstringly.model.roots import named_texts
from unstringly.model.uses import Use
from unstringly.plan.guards import Guards, package_of
from unstringly.plan.module import Body
from unstringly.plan.split_tables import split_table
from unstringly.plan.splits import split_lists, split_of
from unstringly.plan.text_words import (
    Origin,
    named_origin,
    parser_words,
    result_origin,
    whole_text_words,
)
from unstringly.python.build import NONE, STR, builtin, call, method, tuple_of
from unstringly.python.imports import in_order
from unstringly.python.nodes import Attribute, Name, Operation
from unstringly.python.statement_nodes import (
    Assign,
    Comment,
    Function,
    If,
    Parameter,
    Return,
    Statement,
)
from unstringly.python.symbols import READING, TABLES

_TEXT = Name("text")
_FAST = "Lists, as they are read the fast way; `_runtime/text/split.py` says when that is enough."


def parsers_view(contract: Contract, guards: Guards, samples: Mapping[str, str]) -> Body:
    """The view of `parsers.py`; `samples` are texts of definitions."""
    package = package_of(contract, guards)
    planner = _Planner(contract, package, samples)
    public = [planner.operation(operation) for operation in text_operations(contract)]
    public += [planner.named(name) for name in named_texts(contract)]
    used = used_definitions(contract)
    leaves = filter(is_leaf, map(contract.definitions.__getitem__, used))
    tables = filter(None, (kind_of(leaf).reader_table for leaf in leaves))
    private = [function for name in used for function in package.of(name).readers]
    splits = [split_table(contract, name, package) for name in split_lists(contract)]
    fast: list[Statement] = [Comment(_FAST), *splits] if splits else []
    names = in_order(each.name for each in public)
    return Body(tuple(names), (*public, *tables, *private, *fast))


class _Planner:
    def __init__(self, contract: Contract, package: Package, samples: Mapping[str, str]) -> None:
        self.contract = contract
        self.package = package
        self.samples = samples

    def operation(self, operation: ContractOperation) -> Function:
        name = f"parse_{operation.python_name}"
        if operation.result is None:
            doc = whole_text_words(operation, "came")
            return Function(name, (Parameter("text", STR),), STR, (Return(_TEXT),), doc=doc)
        return self._public(name, result_origin(operation), operation.result)

    def named(self, name: str) -> Function:
        """The parser of a field of a push, or of a string inside of messages."""
        parser = f"parse_{self.package.of(name).function}"
        return self._public(parser, named_origin(self.contract, name), name)

    def _public(self, name: str, origin: Origin, result: str) -> Function:
        value = self.package.of(result)
        machine = Attribute(TABLES, value.constant)
        exact = Return(value.read_whole(call(READING, machine, _TEXT)))
        body: tuple[Statement, ...] = (*self._first(result), exact)
        split = split_of(self.contract, result)
        if split is not None:
            records = Name("records")
            fast = Name(f"_{self.package.of(split).constant}")
            body = (
                Assign((records,), method(fast, "parsed", machine, _TEXT)),
                If(Operation("is", (records, NONE)), (exact,)),
                Return(records),
            )
        return Function(
            name,
            (Parameter("text", STR),),
            value.annotation(writes=False),
            body,
            doc=parser_words(self.contract, origin, result, self.samples.get(result)),
        )

    def _first(self, result: str) -> list[Statement]:
        """The statements for a text that is what a call usually answers: the first of a choice.

        A content of its form is a reading, and there is one reading; nothing else has to be asked.
        """
        choice = self.package.definitions[result]
        if not isinstance(choice, ChoiceGrammar):
            return []
        leaf = self.package.definitions[choice.alternatives[0]]
        use = Use(leaf.name, choice.padded)
        if not is_leaf(leaf) or kind_of(leaf).codes is not None or use not in self.package.forms:
            return []
        form = self.package.form(use)
        fits = method(form, "fits_all", tuple_of(_TEXT))
        if choice.padded:
            fits = method(form, "fits_trimmed", _TEXT)
        is_text = Operation("is", (call(builtin("type"), _TEXT), STR))
        return [If(Operation("and", (is_text, fits)), (Return(kind_of(leaf).read(_TEXT)),))]
