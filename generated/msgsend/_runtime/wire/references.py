# Copied by unstringly 0.1.0. Do not edit.
"""Documents that are not XML, and are read all the same, after repairs of their text.

ASP.NET writes a character that XML 1.0 does not have, a form feed in a message for instance, as
a reference to it (`&#xC;`). Other programs write an emoji as references to the two halves that
UTF-16 has for it (`&#55357;&#56832;`). One character must not cost a page of records that is not
handed out again. A half without its other half is no character, and stays refused.

Characters that XML lacks go through the parser in disguise, as characters for private use that
the document does not have. In CDATA sections, comments and processing instructions there are no
references: a text that looks like one there is left alone.

An XML declaration that is odd, or has blanks before it, is taken out: the charset is known by then.
"""

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from itertools import count
from typing import Final, NamedTuple

_ZEROS: Final = "0{0,99}"
_LACKING: Final = (
    f"&#(?:x{_ZEROS}(?:[0-8bBcCeEfF]|1[0-9a-fA-F]|[fF]{{3}}[eEfF])"
    f"|{_ZEROS}(?:[0-8]|1[124-9]|2[0-9]|3[01]|6553[45]));"
)
_HIGH: Final = (
    f"&#(?:x{_ZEROS}[dD][89abAB][0-9a-fA-F]{{2}}"
    f"|{_ZEROS}(?:55(?:29[6-9]|[3-9][0-9]{{2}})|56(?:[0-2][0-9]{{2}}|3[01][0-9])));"
)
_LOW: Final = (
    f"&#(?:x{_ZEROS}[dD][c-fC-F][0-9a-fA-F]{{2}}"
    f"|{_ZEROS}(?:56(?:3[2-9][0-9]|[4-9][0-9]{{2}})|57(?:[0-2][0-9]{{2}}|3(?:[0-3][0-9]|4[0-3]))));"
)
_NO_REFERENCES: Final = r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)"
_PLACES: Final = re.compile(f"(?s:{_NO_REFERENCES})|{_LACKING}|{_HIGH}{_LOW}")
_DECLARATION: Final = re.compile(r"\s*<\?xml\s[^<>]{0,500}\?>")

_PRIVATE: Final = (0xF0000, 0xF8000, 0x100000, 0x108000)
_SPAN: Final = 0x22
_TO_PRIVATE: Final = re.compile(
    f"&#(?:x{_ZEROS}((?:[fF]|10)[08]0[0-2][0-9a-fA-F])|{_ZEROS}((?:98|10)[0-9]{{4,5}}));"
)
"""References to characters that may be disguises, and to some others."""

_MOST_REMEMBERED: Final = 4096
_MOST_PLACES: Final = 200_000


class Repaired(NamedTuple):
    """The repaired text of a document, and for each disguise the character that it stands for."""

    text: str
    disguises: Mapping[str, str]

    def restored(self, text: str) -> str:
        """Return a text that was read from the document, without disguises."""
        for disguise, character in self.disguises.items():
            text = text.replace(disguise, character)
        return text


class _TooMany(Exception):
    """There is more to repair than in a page of records."""


class _Replacements(dict[str, str]):
    """The replacement for each text to be repaired, remembered: servers repeat the same texts.

    Characters that XML lacks are disguised as those from `base` on.
    """

    def __init__(self, base: int) -> None:
        super().__init__()
        self._base = base
        self.disguises: dict[str, str] = {}

    def __missing__(self, place: str) -> str:
        if place[0] == "<":
            return place
        references = place.split(";")[:-1]
        character = self._character(
            [int(n[3:], 16) if n[2] == "x" else int(n[2:]) for n in references]
        )
        if len(self) < _MOST_REMEMBERED:
            self[place] = character
        return character

    def _character(self, points: list[int]) -> str:
        """Return the replacement for a character that XML lacks, or for the two halves of one."""
        if len(points) == 2:
            high, low = points
            return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
        (point,) = points
        disguise = chr(self._base + (point if point < 0x20 else point - 0xFFFE + 0x20))
        self.disguises[disguise] = chr(point)
        return disguise


def repaired(text: str) -> Repaired:
    """Repair the text of a document that the parser has refused, where that is possible."""
    declaration = _DECLARATION.match(text)
    if declaration is not None:
        text = "\n" * declaration[0].count("\n") + text[declaration.end() :]
    referenced = {int(n[1], 16) if n[1] else int(n[2]) for n in _TO_PRIVATE.finditer(text)}
    base = next((start for start in _PRIVATE if _is_free(text, start, referenced)), None)
    if base is None:
        return Repaired(text, {})
    replacements = _Replacements(base)
    places = count()

    def replaced(place: re.Match[str]) -> str:
        if next(places) >= _MOST_PLACES:
            raise _TooMany
        return replacements[place[0]]

    try:
        return Repaired(_PLACES.sub(replaced, text), replacements.disguises)
    except _TooMany:
        return Repaired(text, {})


def _is_free(text: str, base: int, referenced: AbstractSet[int]) -> bool:
    """Say whether a document has no character from `base` on, and no reference to one."""
    if not referenced.isdisjoint(range(base, base + _SPAN + 1)):
        return False
    return re.search(f"[{chr(base)}-{chr(base + _SPAN)}]", text) is None
