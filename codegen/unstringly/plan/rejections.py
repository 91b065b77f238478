"""Rejections: codes and records that may come instead of the value that a call asks for.

A choice says which of its alternatives they are. If it does not, an enum is one if it is an
alternative of an operation's result beside something that is no enum. If a result can only be one
of several codes, none of them is a rejection.
"""

from msgspec import Struct

from unstringly.kinds.table import kind_of
from unstringly.model.contract import Contract, ContractOperation
from unstringly.model.grammar import ChoiceGrammar, Definition, ListGrammar
from unstringly.model.parts import Definitions, is_leaf
from unstringly.python.build import members
from unstringly.python.nodes import Expression
from unstringly.python.symbols import user_record


class Split(Struct, frozen=True):
    """The alternatives of a result: the values that were asked for, and the rejections."""

    values: tuple[str, ...]
    codes: tuple[str, ...]

    def page(self, definitions: Definitions) -> str | None:
        """Return the name of the list, if that is the only value; otherwise None."""
        if len(self.values) == 1 and isinstance(definitions[self.values[0]], ListGrammar):
            return self.values[0]
        return None


def split_result(definitions: Definitions, operation: ContractOperation) -> Split:
    """Return the alternatives of an operation's result, by the names of definitions."""
    if operation.result is None:
        return Split((), ())
    result = definitions[operation.result]
    names = result.alternatives if isinstance(result, ChoiceGrammar) else (result.name,)
    said = result.rejections if isinstance(result, ChoiceGrammar) else ()
    codes = said or tuple(name for name in names if _is_code(definitions[name]))
    values = tuple(name for name in names if name not in codes)
    return Split(values, codes) if values else Split(names, ())


class Rejections(Struct, frozen=True):
    """The classes of all codes, and of all records, that reject calls, each once."""

    codes: tuple[Expression, ...]
    records: tuple[Expression, ...]


def rejections(contract: Contract) -> Rejections:
    """Return the classes of what rejects calls."""
    codes: dict[Expression, None] = {}
    records: dict[Expression, None] = {}
    for operation in contract.operations:
        for name in split_result(contract.definitions, operation).codes:
            definition = contract.definitions[name]
            if is_leaf(definition):
                codes |= dict.fromkeys(members(kind_of(definition).annotation))
            else:
                records[user_record(name)] = None
    return Rejections(tuple(codes), tuple(records))


def _is_code(definition: Definition) -> bool:
    return is_leaf(definition) and kind_of(definition).codes is not None
