"""Plans which module public classes say that they are from: the package, which offers them.

Reprs, tracebacks and pickles have that name, so none of them changes when a module moves.
`__init__.py` gives itself as the home of all that it has; what it imports only on first use, and
what may be pickled before that, is told by the module that has it.
"""

from unstringly.python.build import method
from unstringly.python.nodes import Attribute, Display, Expression, Name, Number, Subscript, Text
from unstringly.python.statement_nodes import Assign, Comment, For, Statement

_PACKAGE = Subscript(method(Name("__name__"), "rpartition", Text(".")), (Number(0),))


def at_home(*classes: Expression) -> tuple[Statement, ...]:
    """The statements that make the package the home of classes of one of its modules."""
    home = Assign((Attribute(Name("_class"), "__module__"),), _PACKAGE)
    return (
        Comment("Tracebacks and pickles show the public names."),
        For("_class", Display("tuple", classes, expanded=len(classes) > 1), (home,)),
    )
