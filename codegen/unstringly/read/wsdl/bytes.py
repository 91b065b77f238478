"""Decoding of XML files: from the bytes of a document to its text.

The order is that of XML 1.0, appendix F: a byte order mark, then the declaration, then
UTF-8. Only encodings that are a known superset of ASCII are taken from a declaration, since
otherwise the declaration could not have been read. UTF-16 is known by its mark, or by its first
two characters `<?`, and UTF-32 by its mark, whatever the declaration says.
"""

import codecs
import re
from pathlib import Path

from unstringly.diagnostics import Diagnostic, Rule, Severity, Span
from unstringly.read.wsdl.findings import Refused, quoted
from unstringly.regular_files import Missing, Unfit, read_regular

LARGEST_FILE = 16 * 1024 * 1024
"""Bytes of the largest WSDL or schema file that is read."""

UNREADABLE = Rule(
    "W101",
    Severity.ERROR,
    "a WSDL or schema file cannot be read",
    wrong="""\
The file does not exist, is not a regular file, may not be read, is larger than 16 MB, or is a
link that leads out of the service's folder.""",
    why="""\
Nothing is known of the service without it, and the generator never fetches anything.""",
    example="wsdl: services.wsdl        where the file is called Services.wsdl",
    todo="""\
Check the name in `wsdl`. Save the document that the service serves at `?WSDL` under that
name, beside the grammar, and commit it.""",
)

ENCODING = Rule(
    "W102",
    Severity.ERROR,
    "the bytes of a WSDL are not text in the encoding that it declares",
    wrong="""\
The document names an encoding that is not supported, or holds bytes that do not occur in
its encoding. XML is UTF-8 unless a byte order mark or the declaration says otherwise.""",
    why="""\
A guess could turn documentation and names into other characters, so none is made.""",
    example='<?xml version="1.0" encoding="gb2312"?>    and then bytes of UTF-8',
    todo='Save your copy as UTF-8, and make its declaration say `encoding="utf-8"`.',
)

RULES = (UNREADABLE, ENCODING)

_AS_UTF_8 = 'Save the file as UTF-8 and declare encoding="utf-8".'

_STARTS = (
    (codecs.BOM_UTF8, "utf-8", 3),
    (codecs.BOM_UTF32_LE, "utf-32-le", 4),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be", 4),
    (codecs.BOM_UTF16_LE, "utf-16-le", 2),
    (codecs.BOM_UTF16_BE, "utf-16-be", 2),
    (b"<\0?\0", "utf-16-le", 0),
    (b"\0<\0?", "utf-16-be", 0),
)
"""First bytes that tell an encoding: the bytes, the codec, and how many of them are no text."""

_DECLARED = re.compile(rb"<\?xml[^>]*?\sencoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']")
_SUPERSETS_OF_ASCII = re.compile(
    r"utf-8|ascii|iso8859-\d+|cp125\d|cp936|cp949|cp950|gb2312|gbk|gb18030|big5|euc_jp|euc_kr"
    r"|shift_jis|cp932|koi8-[ru]|tis-620"
)
_GB = "gb18030"
_PARTS_OF_GB = frozenset({"gb2312", "gbk"})
"""Codecs that GB 18030 contains: files with these labels often hold more."""


def read_text(path: Path, name: str) -> str:
    """Return the text of an XML file without its byte order mark; raises `Refused` (W101, W102)."""
    return decode(read_bytes(path, name), name)


def read_bytes(path: Path, name: str) -> bytes:
    """Return the bytes of a regular file of at most `LARGEST_FILE` bytes; raises `Refused` (W101).

    A link is followed only to a file in the folder of `path`.
    """
    advice = "Save the document that the service serves at ?WSDL under this name."
    try:
        return read_regular(path, LARGEST_FILE, inside=path.parent)
    except Missing as problem:
        reason, advice = str(problem), f"{_others(path)}{advice}"
    except Unfit as problem:
        reason = str(problem)
    raise Refused(
        Diagnostic(UNREADABLE, Span(name, 1, 1), f"the file cannot be read: {reason}", advice)
    )


def _others(path: Path) -> str:
    """Return a sentence that names up to three WSDL files beside a missing one, or no text."""
    files = (file for file in path.parent.glob("*.wsdl") if file.is_file())  # no broken links
    names = sorted(file.name for file in files)[:3]
    if not names:
        return ""
    return f"There is {' and '.join(names)}: name it with `wsdl:` if it is meant. "


def decode(data: bytes, name: str) -> str:
    """Return the text of an XML document without its byte order mark; raises `Refused` (W102)."""
    encoding, skipped = _find_encoding(data, name)
    try:
        return data[skipped:].decode(encoding)
    except UnicodeDecodeError as error:
        readable = data[skipped : skipped + error.start].decode(encoding, "replace")
        lines = re.split(r"\r\n|\r|\n", readable)
        raise Refused(
            Diagnostic(
                ENCODING,
                Span(name, len(lines), len(lines[-1]) + 1),
                f"the bytes here are not text in the encoding {encoding}",
                _AS_UTF_8,
            )
        ) from None


def _find_encoding(data: bytes, name: str) -> tuple[str, int]:
    """Return the name of a Python codec, and the length of the byte order mark in bytes.

    Raises `Refused` if the declared encoding is not supported.
    """
    for start, encoding, size in _STARTS:
        if data.startswith(start):
            return encoding, size
    declared = _DECLARED.match(data)
    if declared is None:
        return "utf-8", 0
    label = declared[1].decode("ascii")
    codec = _superset_of_ascii(label)
    if codec is None:
        span = Span(name, 1, declared.start(1) + 1, len(label))
        if b"\n" in data[: declared.start(1)]:
            span = Span(name, 1, 1)
        message = f"the document declares the encoding {quoted(label)}, which cannot be read"
        raise Refused(Diagnostic(ENCODING, span, message, _AS_UTF_8))
    return codec, 0


def _superset_of_ascii(label: str) -> str | None:
    """Return the codec of an encoding that contains ASCII; None for any other label."""
    try:
        codec = codecs.lookup(label).name
    except LookupError:
        return None
    if _SUPERSETS_OF_ASCII.fullmatch(codec) is None:
        return None
    return _GB if codec in _PARTS_OF_GB else codec
