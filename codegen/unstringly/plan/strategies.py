"""Plans `strategies.py`: Hypothesis strategies for every value, and for texts on the wire."""

from unstringly.kinds.value import Value, strategy_function
from unstringly.model.contract import Contract, used_definitions
from unstringly.model.roots import roots
from unstringly.plan.guards import Guards, package_of
from unstringly.plan.message_strategies import message_strategies
from unstringly.plan.module import Body
from unstringly.python.build import STR, call
from unstringly.python.imports import in_order
from unstringly.python.nodes import Attribute
from unstringly.python.statement_nodes import Function
from unstringly.python.symbols import TABLES, drawing
from unstringly.shapes.service import Shaped

_NO_SHAPES = Shaped()


def strategies_view(contract: Contract, guards: Guards, shaped: Shaped = _NO_SHAPES) -> Body:
    """The view of `strategies.py`."""
    package = package_of(contract, guards)
    values = [package.of(name).strategy for name in used_definitions(contract)]
    texts = [_text(package.of(name)) for name in roots(contract)]
    own = (*values, *texts)
    messages = message_strategies(contract, shaped, {each.name for each in own})
    functions = (*own, *messages)
    return Body(tuple(in_order(each.name for each in functions)), functions)


def _text(value: Value) -> Function:
    """A strategy of texts for the parser of a whole result."""
    return strategy_function(
        f"{value.function}_text",
        STR,
        f"Texts that a parser of {value.name} meets: as the grammar says, and damaged.",
        call(drawing("wire_texts"), Attribute(TABLES, value.constant)),
    )
