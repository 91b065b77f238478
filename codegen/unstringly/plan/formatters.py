"""Plans `formatters.py`: a public function for each operation, a private one for each definition.

Every leaf is checked against its lexical form before it is written; the checks and their
messages are the runtime's.
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
from unstringly.model.grammar import LineEnds
from unstringly.model.parts import is_leaf, may_be_list
from unstringly.model.roots import inner_texts, named_texts
from unstringly.model.uses import Use
from unstringly.plan.guards import Guards, package_of
from unstringly.plan.module import Body
from unstringly.plan.text_words import (
    Origin,
    formatter_words,
    named_origin,
    result_origin,
    whole_text_words,
)
from unstringly.python.build import STR, call
from unstringly.python.imports import in_order
from unstringly.python.nodes import Name
from unstringly.python.statement_nodes import Function, Parameter, Return
from unstringly.python.symbols import form_function, formatter, parser


def formatters_view(contract: Contract, guards: Guards, samples: Mapping[str, str]) -> Body:
    """The view of `formatters.py`; `samples` are texts of definitions."""
    package = package_of(contract, guards)
    planner = _Planner(contract, package, samples)
    public = [planner.operation(operation) for operation in text_operations(contract)]
    public += [planner.named(name) for name in named_texts(contract)]
    public += [
        planner.as_read(name)
        for name in inner_texts(contract)
        if may_be_list(contract.definitions, name)
    ]
    used = used_definitions(contract)
    leaves = filter(is_leaf, map(contract.definitions.__getitem__, used))
    tables = filter(None, (kind_of(leaf).writer_table for leaf in leaves))
    private = [function for name in used for function in package.of(name).writers]
    names = in_order(each.name for each in public)
    return Body(tuple(names), (*public, *tables, *private))


class _Planner:
    def __init__(self, contract: Contract, package: Package, samples: Mapping[str, str]) -> None:
        self.contract = contract
        self.package = package
        self.samples = samples

    def operation(self, operation: ContractOperation) -> Function:
        name = f"format_{operation.python_name}"
        if operation.result is None:
            doc = whole_text_words(operation, "is")
            body = (Return(Name("value")),)
            return Function(name, (Parameter("value", STR),), STR, body, doc=doc)
        origin = result_origin(operation)
        return self._public(name, f"parse_{operation.python_name}", origin, operation.result)

    def named(self, name: str) -> Function:
        """The formatter of a field of a push, or of a string inside of messages."""
        spelled = self.package.of(name).function
        origin = named_origin(self.contract, name)
        return self._public(f"format_{spelled}", f"parse_{spelled}", origin, name)

    def as_read(self, name: str) -> Function:
        """The function that makes records what a field of a message has."""
        value = self.package.of(name)
        written = call(formatter(f"format_{value.function}"), Name("values"))
        return Function(
            f"as_{value.function}",
            (Parameter("values", value.annotation(writes=True)),),
            value.annotation(writes=False),
            (Return(call(parser(value.function), written)),),
            doc="Return values as a field of a message has them.\n\n"
            f"They are those of a text that `format_{value.function}` writes. Raises Unwritable.",
        )

    def _public(self, name: str, parser: str, origin: Origin, result: str) -> Function:
        value = self.package.of(result)
        parameter = "values" if may_be_list(self.package.definitions, result) else "value"
        written = value.written(Use(result, padded=False), result, Name(parameter))
        if self.contract.spec.line_ends is LineEnds.LF:
            written = call(form_function("with_lf_only"), written)
        return Function(
            name,
            (Parameter(parameter, value.annotation(writes=True)),),
            STR,
            (Return(written),),
            doc=formatter_words(self.contract, origin, result, self.samples.get(result), parser),
        )
