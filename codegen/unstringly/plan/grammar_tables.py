"""The grammars of strings inside of messages, as the tables of these need them."""

from collections.abc import Mapping

from unstringly.compile.compiled import Compiled
from unstringly.kinds.package import Package
from unstringly.model.contract import Contract
from unstringly.model.parts import may_be_list
from unstringly.model.roots import inner_texts
from unstringly.plan.messages.grammar_leaves import GrammarTable
from unstringly.plan.samples import all_samples


def grammar_tables(contract: Contract, compiled: Compiled) -> Mapping[str, GrammarTable]:
    """Return the tables of the grammars of strings inside of messages, by their names."""
    package = Package(contract.definitions)
    return {
        name: GrammarTable(
            package.of(name).function,
            package.of(name).constant,
            may_be_list(contract.definitions, name),
            all_samples(contract, compiled, name),
        )
        for name in inner_texts(contract)
    }
