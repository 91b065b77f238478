"""Types of texts (XML Schema 1.0 part 2, sections 3.2.1, 3.2.17, 3.3.1 to 3.3.11).

Reading does what the type says about white space and takes any text: nothing is lost, and servers
do send an `xs:ID` that begins with a digit. Writing takes only what the type has, and what reading
would give back.
"""

from collections.abc import Callable, Sequence
from typing import Final

from .columns import Column
from .leaves import Leaf, list_of, unchanged
from .lexical import collapsed, compiled, replaced, unwritable, wrong_python_type
from .name_characters import NAME_PATTERN, NCNAME_PATTERN, NMTOKEN_PATTERN


def text_type(
    name: str, read: Callable[[str], str], pattern: str = "", described: str = ""
) -> Leaf[str]:
    """Return the leaf of texts: `read` does what the type says about white space.

    What is written matches `pattern`, if there is one; `described` says so in words.
    """

    def write(value: object) -> str:
        if not isinstance(value, str):
            raise wrong_python_type(value, "a str")
        text = str(value)
        if pattern and compiled(pattern).fullmatch(text) is None:
            raise unwritable(text, f"is not {described}")
        if read(text) != text:
            raise unwritable(text, "has white space that the receiver would change")
        return text

    def column(values: Sequence[str]) -> list[str] | None:
        texts = [*values]
        if pattern and not all(map(compiled(pattern).fullmatch, texts)):
            return None
        return texts if [*map(read, texts)] == texts else None

    return Leaf(name, read, write, column=Column(str, column, is_plain=False))


def _unchanged(text: str) -> str:
    return text


def _write_string(value: object) -> str:
    """As the others write, for the type that most values are of."""
    if type(value) is str:
        return value
    if isinstance(value, str):
        return str(value)
    raise wrong_python_type(value, "a str")


def _strings(values: Sequence[str]) -> list[str]:
    return [*values]


STRING: Final = Leaf(
    "string",
    _unchanged,
    _write_string,
    column=Column(str, _strings, is_plain=False),
    read_all=unchanged,
)
NORMALIZED_STRING: Final = text_type("normalizedString", replaced)
TOKEN: Final = text_type("token", collapsed)
ANY_URI: Final = text_type("anyURI", collapsed)
LANGUAGE: Final = text_type(
    "language",
    collapsed,
    "[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*",
    "the tag of a language, such as `en` or `pt-BR`",
)
NMTOKEN: Final = text_type("NMTOKEN", collapsed, NMTOKEN_PATTERN, "made of characters of names")
NAME: Final = text_type("Name", collapsed, NAME_PATTERN, "an XML name")
NCNAME: Final = text_type("NCName", collapsed, NCNAME_PATTERN, "an XML name without a colon")
ID: Final = text_type("ID", collapsed, NCNAME_PATTERN, "an XML name without a colon")
IDREF: Final = text_type("IDREF", collapsed, NCNAME_PATTERN, "an XML name without a colon")
ENTITY: Final = text_type("ENTITY", collapsed, NCNAME_PATTERN, "an XML name without a colon")

NMTOKENS: Final = list_of("NMTOKENS", NMTOKEN, least=1)
IDREFS: Final = list_of("IDREFS", IDREF, least=1)
ENTITIES: Final = list_of("ENTITIES", ENTITY, least=1)
