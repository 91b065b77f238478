"""Records, lists and choices in fields of records: they are written by functions of their own.

What is in a padded field neither begins nor ends with padding, and what is in one with `nil` is not
spelled as None is. Whether that is so of one of these can be told when it is written. So the
function that writes it is public in `formatters.py`, and strategies draw no other value.
"""

from unstringly.kinds.value import Around, Value
from unstringly.model.uses import Use
from unstringly.python.build import call, texts
from unstringly.python.nodes import Expression, Name, Text
from unstringly.python.symbols import drawing, formatter, writing


def writer_name(around: Around, name: str) -> Name:
    """The function in `formatters.py` that writes a record, list or choice."""
    value = around.of(name)
    return Name(value.written_function if around.is_in_padding(name) else f"_{value.function}")


def writer_doc(around: Around, name: str) -> str:
    """The docstring of a writer that the strategies ask as well."""
    return f"The text of {name}." if around.is_in_padding(name) else ""


def written_inside(around: Around, use: Use, field: str, value: Expression) -> Expression:
    """The text of a record, list or choice in a field."""
    inside = writing("write_in_padding" if use.padded else "write_inside")
    nils = {"nils": texts(use.nils)} if use.nils else {}
    return call(inside, Text(field), writer_name(around, use.type), value, **nils)


def drawn_inside(value: Value, use: Use) -> Expression:
    """The strategy of a record, list or choice in a field."""
    return in_place(value, use, value.drawn(use))


def in_place(value: Value, use: Use, drawn: Expression) -> Expression:
    """A strategy without the values that cannot be written in a place."""
    writer = formatter(value.written_function)
    if use.nils:
        drawn = call(drawing("not_nil"), drawn, writer, texts(use.nils))
    return call(drawing("in_padding"), drawn, writer) if use.padded else drawn
