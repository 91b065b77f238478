r"""The characters of XML names, for `re` (XML 1.0, fifth edition, productions 4 and 4a).

XML Schema 1.0 names an older edition, whose names all are names here too.
"""

from typing import Final

_LETTERS: Final = (
    "A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_OTHERS: Final = "\\-.0-9\xb7\u0300-\u036f\u203f-\u2040"

NMTOKEN_PATTERN: Final = f"[:{_LETTERS}{_OTHERS}]+"
NAME_PATTERN: Final = f"[:{_LETTERS}][:{_LETTERS}{_OTHERS}]*"
NCNAME_PATTERN: Final = f"[{_LETTERS}][{_LETTERS}{_OTHERS}]*"
