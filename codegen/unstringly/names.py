"""Python identifiers from the names of a WSDL.

A name depends on nothing but itself, so that it stays when operations are added.
"""

import keyword
import unicodedata
from collections.abc import Collection
from functools import lru_cache


@lru_cache(maxsize=10_000)
def snake_case(name: str) -> str:
    """Return a name in snake_case, such as `get_report2` for `GetReport2`.

    `SendMsg` becomes `send_msg`, `TemplateID` becomes `template_id`. Characters that no identifier
    holds become `_`; a keyword gets a `_` at its end. The result may still be no identifier (an
    empty name, a digit first): ask `is_identifier`.
    """
    normal = unicodedata.normalize("NFKC", name)  # as Python reads identifiers
    words = "".join(character if _is_in_names(character) else "_" for character in normal)
    pieces: list[str] = []
    for index, character in enumerate(words):
        if index and _starts_word(words, index):
            pieces.append("_")
        pieces.append(character)
    result = unicodedata.normalize("NFKC", "".join(pieces).lower())
    return f"{result}_" if keyword.iskeyword(result) else result


def call_name(name: str) -> str:
    """Return the name of the function that calls an operation, such as `get_report2`.

    `Close` is `close_`, since clients have a `close` of their own.
    """
    result = snake_case(name)
    return f"{result}_" if result in OF_CLIENTS else result


def parameter_name(name: str) -> str:
    """Return the name of a parameter: `self` and `validate` are those of every call."""
    result = snake_case(name)
    return f"{result}_" if result in OF_CALLS else result


def free(name: str, taken: Collection[str]) -> str:
    """Return a name that is not taken: `get_2` if `get` is."""
    number, fresh = 2, name
    while fresh in taken:
        number, fresh = number + 1, f"{name}_{number}"
    return fresh


OF_CLIENTS = ("close", "aclose")
OF_CALLS = ("self", "validate")


def _is_in_names(character: str) -> bool:
    """Say whether an identifier can hold the character in every Python that is supported.

    Characters newer than Unicode 3.2 are left out: not every Python knows them.
    """
    is_assigned = unicodedata.ucd_3_2_0.category(character) != "Cn"
    return is_assigned and ("a" + character).isidentifier()


def _starts_word(text: str, index: int) -> bool:
    """Say whether a capital begins a word: not behind a capital, or before a small letter."""
    character, before = text[index], text[index - 1]
    if not character.isupper() or before == "_":
        return False
    if not before.isupper():
        return True
    return index + 1 < len(text) and text[index + 1].islower()


def upper_case(name: str) -> str:
    """Return the name of a definition's constant, such as `SMS_REPORT` for `SmsReport`."""
    return snake_case(name).upper().strip("_")


def in_words(name: str) -> str:
    """Return a name as words of a sentence, such as `bad login` for `BAD_LOGIN` or `BadLogin`."""
    return " ".join(snake_case(name).replace("_", " ").split()) or name


def is_identifier(name: str) -> bool:
    """Say whether the name can be an attribute that is neither private nor special."""
    return name.isidentifier() and not keyword.iskeyword(name) and not name.startswith("_")
