"""Lists of qualified names: a tuple of names, with white space between them in the text."""

from collections.abc import Mapping, Sequence
from typing import Final, cast

from ..errors.exceptions import Unwritable
from .lexical import list_items, wrong_python_type
from .qnames import QName, read_qname, write_qname
from .tables import ScopedLeaf


def _read(text: str, namespaces: Mapping[str, str]) -> tuple[QName, ...]:
    return tuple(read_qname(item, namespaces) for item in list_items(text))


def _write(value: object, prefixes: Mapping[str, str]) -> str:
    if not isinstance(value, tuple | list):
        raise wrong_python_type(value, "a tuple")
    texts: list[str] = []
    for number, item in enumerate(cast("Sequence[object]", value)):
        try:
            texts.append(write_qname(item, prefixes))
        except Unwritable as error:
            raise error.inside(f"[{number}]") from None
    return " ".join(texts)


QNAMES: Final = ScopedLeaf(_read, _write, is_list=True)
