# Copied by unstringly 0.1.0. Do not edit.
"""The charset of a body, decided before anything is parsed.

The sources of labels are asked in this order: the charset that the client was told to use, the
byte order mark, the header, the XML declaration; the last is UTF-8. A label is passed over that is
unknown, that stands there twice with two meanings, or by which the body does not decode without a
fault. Latin-1 is a label like others, and never a guess.

Labels may be wrong, and most single bytes are characters in most charsets. So:

- Where two labels give two texts, UTF-8 is right if it is one of the two: bytes of another charset
  hardly ever are UTF-8 by chance. If it is not, the text is unknown.
- A label that stands there only once is not believed if the body is plainly UTF-8.
- Where a label says UTF-8, and most of the body is UTF-8, but not all, the body is damaged. No
  other label makes a text of it.

Only charsets of a closed list are looked up. Others may take more than linear time (punycode), are
not charsets (zlib), and each name that Python looks up stays in its memory for ever.
"""

import codecs
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from ..errors.encodings import GB, UTF_8

_LATIN: Final = "iso8859-1"

_LABELS: Final = {
    UTF_8: "utf8 unicode11utf8 utf8sig cp65001 xutf8",
    "utf-16": "utf16 ucs2 iso10646ucs2 csunicode",
    "utf-16-le": "utf16le ucs2le unicodelittle",
    "utf-16-be": "utf16be ucs2be unicodebig",
    "utf-32": "utf32 ucs4 iso10646ucs4",
    "utf-32-le": "utf32le ucs4le",
    "utf-32-be": "utf32be ucs4be",
    "ascii": "ascii usascii iso646us ansix341968 ansix341986 cp367",
    # Labels GB 2312, Big5, EUC-KR and Shift JIS often mean the larger charset of Windows.
    GB: "gb18030 gb180302000 gb180302005 gb2312 gb231280 csgb2312 euccn chinese"
    " gbk xgbk gb cp936 windows936 ms936",
    "cp950": "big5 cnbig5 csbig5 xxbig5 cp950 windows950 ms950",
    "big5hkscs": "big5hkscs hkscs",
    "cp949": "euckr kscc56011987 ksc5601 ksc56011987 csksc56011987 cp949 windows949 ms949 uhc",
    "cp932": "shiftjis sjis xsjis mskanji csshiftjis windows31j cp932 windows932",
    "euc_jp": "eucjp xeucjp",
    "iso2022_jp": "iso2022jp",
    _LATIN: "latin1 l1 iso885911987 cp819 ibm819",
    "iso8859-2": "latin2 l2 iso885921987",
    "iso8859-5": "cyrillic iso885951988",
    "iso8859-6": "arabic",
    "iso8859-7": "greek greek8",
    "iso8859-8": "hebrew iso88598i",
    "iso8859-9": "latin5 l5",
    "iso8859-15": "latin9 latin0",
    "koi8-r": "koi8r koi8 cskoi8r",
    "koi8-u": "koi8u koi8ru",
    "tis-620": "tis620",
    "cp874": "cp874 windows874 dos874",
    "cp437": "cp437 ibm437",
    "cp850": "cp850 ibm850",
    "cp852": "cp852 ibm852",
    "cp866": "cp866 ibm866",
}
"""Codecs of Python, each with its labels, in small letters without blanks and punctuation."""

_CODECS: Final = (
    {label: codec for codec, labels in _LABELS.items() for label in labels.split()}
    | {f"iso8859{part}": f"iso8859-{part}" for part in range(1, 17) if part != 12}
    | {f"{name}125{page}": f"cp125{page}" for name in ("windows", "cp", "xcp") for page in range(9)}
)
_PUNCTUATION: Final = re.compile(r"[\s_.:()\"'-]+")
_LONGEST: Final = 40

_WIDE_STARTS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
"""Wide byte order marks, and first bytes of documents without one (XML 1.0, appendix F)."""

_PARAMETER: Final = re.compile(r"(?:^|[;,\s])charset\s*=([^;]*)", re.IGNORECASE)
_WORDS: Final = re.compile(r"""[^\s,"'\\]+""")
_MOST_OF_HEADER: Final = 1000
_DECLARATION: Final = re.compile(
    rb"""\s*<\?xml[^>]{0,200}?\sencoding\s{0,9}=\s{0,9}["']\s{0,9}([A-Za-z][\w.:-]*)\s{0,9}["']"""
)
_WIDE: Final = ("utf-16", "utf-32")
_NOT_ASCII: Final = frozenset(codec for codec in _LABELS if codec.startswith((*_WIDE, "iso2022")))
_TAKE_ALL: Final = (_LATIN, "cp1252", "iso8859-15")
"""The charsets that servers name by default: Latin-1, and those that are taken for it."""

_THAI: Final = ("tis-620", "cp874", "iso8859-11")
_MANY: Final = 8
_MOST_EUROS: Final = 100_000
_UP_TO_EURO: Final = re.compile(
    rb"((?:[\x00-\x7f]++|[\x81-\xfe](?:[\x40-\x7e\x80-\xfe]|[0-9][\x81-\xfe][0-9]))*+)\x80"
)
_ASCII: Final = bytes(range(128))


def known_codec(label: str) -> str | None:
    """Return Python's name for a charset, in any spelling; None if it is not in the list."""
    if len(label) > _LONGEST:
        return None
    return _CODECS.get(_PUNCTUATION.sub("", label).lower())


def charset_of(content_type: str) -> str | None:
    """Return the codec that a Content-Type names; None for no label, an unknown one, or two.

    The label is also found without the semicolon before it, in quotes of any kind, and among
    blanks.
    """
    return _charset_of(content_type[:_MOST_OF_HEADER])


@lru_cache(maxsize=32)  # servers say the same every time
def _charset_of(content_type: str) -> str | None:
    words = [
        word
        for parameter in _PARAMETER.finditer(content_type)
        for word in _WORDS.findall(parameter[1])
        if "/" not in word and "=" not in word
    ]
    charsets = {known_codec(word) for word in words}
    return charsets.pop() if len(charsets) == 1 else None


def decoded(body: bytes, content_type: str = "", charset: str = "") -> str | None:
    """Return the text of a body, without byte order marks; None if its charset is unknown.

    `charset` is the one that the client was told to use: it comes before all labels, and gives way
    only to a body that does not decode by it, or that is plainly UTF-8.
    """
    chosen = known_codec(charset) if charset else None
    texts = _texts(body, (chosen,)) if chosen is not None and chosen != UTF_8 else {}
    if chosen is not None and texts:
        text = _believed(texts, (chosen,), body, _decoded(body, UTF_8))
    else:
        text = _labelled(body, content_type, chosen)
    return text.lstrip("\ufeff") if text is not None and text[:1] == "\ufeff" else text


def _labelled(body: bytes, content_type: str, chosen: str | None) -> str | None:
    """Return the text of a body by its labels. `told` is a label too, but only if it is UTF-8."""
    header = charset_of(content_type)
    labels = [header] if header is not None else []
    if chosen == UTF_8:
        labels.append(chosen)
    if body.startswith(codecs.BOM_UTF8):
        text = _decoded(body, UTF_8)
        if text is not None:
            return text
        body = body.removeprefix(codecs.BOM_UTF8)
        labels.append(UTF_8)
    wide = _wide_codec(body)
    if wide is not None:
        return _decoded(body, wide)
    plain = _decoded(body, UTF_8)
    if plain is not None and UTF_8 in labels:
        return plain
    declared = _declared_codec(body)
    if declared is not None:
        labels.append(declared)
    if plain is not None and _is_utf_8(plain, labels):
        return plain
    texts = _texts(body, labels)
    return _believed(texts, labels, body, plain) if texts else plain


def _wide_codec(body: bytes) -> str | None:
    """Return the codec of units of two or four bytes that a body begins in, or None."""
    if body.startswith(b"<") and body[1:2] != b"\0":
        return None
    return next((codec for start, codec in _WIDE_STARTS if body.startswith(start)), None)


def _declared_codec(body: bytes) -> str | None:
    """Return the codec of an XML declaration, or None; a wide one could not be read here."""
    declaration = _DECLARATION.match(body)
    codec = None if declaration is None else known_codec(declaration[1].decode("ascii"))
    return None if codec is None or codec.startswith(_WIDE) else codec


def _is_utf_8(plain: str, labels: Sequence[str]) -> bool:
    """Say whether a body that decodes as UTF-8 needs no other label: each gives the same text."""
    return UTF_8 in labels or (plain.isascii() and _NOT_ASCII.isdisjoint(labels))


def _texts(body: bytes, labels: Sequence[str]) -> dict[str, str]:
    """Return the texts of a body in the charsets of the labels, other than UTF-8."""
    others = (label for label in dict.fromkeys(labels) if label != UTF_8)
    return {codec: text for codec in others if (text := _read(body, codec)) is not None}


def _believed(
    texts: Mapping[str, str], labels: Sequence[str], body: bytes, plain: str | None
) -> str | None:
    """Return the one of some texts that is right, or the one in UTF-8 (`plain`), or None."""
    if len(set(texts.values())) != 1:
        return None
    codec, text = next(iter(texts.items()))
    if plain is None:
        return None if UTF_8 in labels and _is_damaged(body) else text
    return plain if labels.count(codec) == 1 and _is_plainly_utf8(plain, body, codec) else text


def _is_plainly_utf8(plain: str, body: bytes, codec: str) -> bool:
    """Say whether a body is UTF-8 in a way that a text in this codec is not by chance.

    Short Chinese texts may look like UTF-8 with characters of two bytes (D0 BB is one in both);
    hardly any looks like one with characters of three bytes. Thai words may look like that.
    """
    high = len(body.translate(None, _ASCII))
    wide = len(plain) - (len(body) - high)
    if not wide or "\0" in plain:
        return False
    return codec in _TAKE_ALL or wide >= _MANY or (high > 2 * wide and codec not in _THAI)


def _is_damaged(body: bytes) -> bool:
    """Say whether most of the bytes beyond ASCII in a body are UTF-8."""
    high = len(body.translate(None, _ASCII))
    broken = len(body) - len(body.decode(UTF_8, "ignore").encode(UTF_8))
    return 2 * broken < high


def _read(body: bytes, codec: str) -> str | None:
    """Return the text of a body that is of this charset throughout, or None."""
    if codec.startswith(_WIDE):
        return _read_wide(body, codec)
    text = _decoded(body, codec)
    if text is None and codec == GB and b"\x80" in body and _decoded(body, UTF_8) is None:
        text = _decoded(_with_euros(body), codec)
    return text


def _read_wide(body: bytes, codec: str) -> str | None:
    """As `_read`, for units of two or four bytes, in the byte order that gives ASCII."""
    if b"\0" not in body and _decoded(body, UTF_8) is not None:
        return None
    if codec == "utf-16":
        little, big = body[1::2].count(0), body[::2].count(0)
        order = "le" if little > big else "be"
        return None if little == big else _decoded(body, f"utf-16-{order}")
    if codec == "utf-32":
        text = _decoded(body, "utf-32-le")
        return _decoded(body, "utf-32-be") if text is None else text
    return _decoded(body, codec)


def _with_euros(body: bytes) -> bytes:
    """Return a GBK body of Windows, where 80 is the euro sign, as GB 18030, where it is A2 E3."""
    parts: list[bytes] = []
    at = 0
    while len(parts) < _MOST_EUROS and (stretch := _UP_TO_EURO.match(body, at)) is not None:
        parts += (stretch[1], b"\xa2\xe3")
        at = stretch.end()
    return b"".join((*parts, body[at:]))


def _decoded(body: bytes, codec: str) -> str | None:
    try:
        return body.decode(codec)
    except UnicodeError:
        return None
