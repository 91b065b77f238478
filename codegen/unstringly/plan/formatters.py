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
from unstringly.model.grammar import ChoiceGrammar, LineEnds, ListGrammar
from unstringly.model.parts import is_leaf
from unstringly.model.roots import pushed
from unstringly.model.uses import Use
from unstringly.plan.guards import Guards, package_of
from unstringly.plan.module import Body
from unstringly.plan.text_words import (
    Origin,
    formatter_words,
    push_origin,
    result_origin,
    whole_text_words,
)
from unstringly.python.build import STR, call
from unstringly.python.imports import in_order
from unstringly.python.nodes import Name
from unstringly.python.statement_nodes import Function, Parameter, Return
from unstringly.python.symbols import form_function


def formatters_view(contract: Contract, guards: Guards, samples: Mapping[str, str]) -> Body:
    """The view of `formatters.py`; `samples` are texts of definitions."""
    package = package_of(contract, guards)
    planner = _Planner(contract, package, samples)
    public = [planner.operation(operation) for operation in text_operations(contract)]
    public += [planner.pushed(name) for name in pushed(contract)]
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

    def pushed(self, name: str) -> Function:
        """The formatter of a field of a push."""
        spelled = self.package.of(name).function
        origin = push_origin(self.contract, name)
        return self._public(f"format_{spelled}", f"parse_{spelled}", origin, name)

    def _public(self, name: str, parser: str, origin: Origin, result: str) -> Function:
        value = self.package.of(result)
        parameter = "values" if self._may_be_a_list(result) else "value"
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

    def _may_be_a_list(self, name: str) -> bool:
        definition = self.package.definitions[name]
        if isinstance(definition, ChoiceGrammar):
            return any(map(self._may_be_a_list, definition.alternatives))
        return isinstance(definition, ListGrammar)
