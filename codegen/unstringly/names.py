"""Python identifiers from the names of a WSDL.

A name depends on nothing but itself, so that it stays when operations are added.
"""

import keyword
import unicodedata


def snake_case(name: str) -> str:
    """`SendMsg` → `send_msg`, `GetReport2` → `get_report2`, `TemplateID` → `template_id`.

    Characters that no identifier holds become `_`; a keyword gets a `_` at its end. The result
    may still be no identifier (an empty name, a digit first): ask `is_identifier`.
    """
    normal = unicodedata.normalize("NFKC", name)  # as Python reads identifiers
    words = "".join(character if _is_in_names(character) else "_" for character in normal)
    pieces: list[str] = []
    for index, character in enumerate(words):
        if index and _starts_word(words, index):
            pieces.append("_")
        pieces.append(character)
    found = unicodedata.normalize("NFKC", "".join(pieces).lower())
    return f"{found}_" if keyword.iskeyword(found) else found


def _is_in_names(character: str) -> bool:
    """Whether an identifier can hold the character in every Python that is supported.

    What was assigned since Unicode 3.2 is left out: not every Python knows it.
    """
    known = unicodedata.ucd_3_2_0.category(character) != "Cn"
    return known and ("a" + character).isidentifier()


def _starts_word(text: str, index: int) -> bool:
    """Whether a capital begins a word: behind a small letter or digit, or before a small one."""
    here, before = text[index], text[index - 1]
    if not here.isupper() or before == "_":
        return False
    if not before.isupper():
        return True
    return index + 1 < len(text) and text[index + 1].islower()


def upper_case(name: str) -> str:
    """`SmsReport` → `SMS_REPORT`: the constant that belongs to a definition."""
    return snake_case(name).upper().strip("_")


def in_words(name: str) -> str:
    """`BAD_LOGIN` and `BadLogin` → `bad login`: a name as a sentence can have it."""
    return " ".join(snake_case(name).replace("_", " ").split()) or name


def is_identifier(name: str) -> bool:
    """Whether the name can be an attribute that is neither private nor special."""
    return name.isidentifier() and not keyword.iskeyword(name) and not name.startswith("_")
