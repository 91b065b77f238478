"""Charsets: who says what, who is believed, and which codecs are looked up at all."""

import codecs
import encodings.aliases
import itertools

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.effort import at_most_steps

from unstringly.read.wsdl.bytes import decode
from unstringly.read.wsdl.findings import Refused
from unstringly.runtime.wire.charsets import charset_of, decoded, known_codec

LABELS = {
    "utf-8": ("UTF-8", "utf8", "Utf_8", " utf-8 ", '"utf-8"'),
    "gb18030": ("gb2312", "GBK", "GB_2312-80", "cp936", "x-gbk", "gb18030", "MS936"),
    "cp950": ("big5", "Big5"),
    "big5hkscs": ("Big5-HKSCS",),
    "cp932": ("Shift_JIS", "shift-jis", "sjis", "windows-31j"),
    "cp949": ("EUC-KR", "ks_c_5601-1987"),
    "iso8859-1": ("ISO-8859-1", "latin1", "iso_8859-1:1987"),
    "iso8859-16": ("iso-8859-16",),
    "cp1251": ("windows-1251", "x-cp1251"),
    "koi8-r": ("KOI8-R",),
    "tis-620": ("TIS-620",),
    "ascii": ("us-ascii", "ANSI_X3.4-1968"),
}


@pytest.mark.parametrize(
    ("codec", "label"), [(codec, each) for codec in LABELS for each in LABELS[codec]]
)
def test_labels_are_known_however_they_are_spelled(codec: str, label: str) -> None:
    assert known_codec(label) == codec
    assert charset_of(f"text/xml; charset={label}") == codec
    "".encode(codec)


ALIASES = sorted({*encodings.aliases.aliases, *encodings.aliases.aliases.values()})


def is_read_as_gb18030(label: str) -> bool:
    """Whether a WSDL with this label may hold what of these charsets only GB 18030 has."""
    document = b'<?xml version="1.0" encoding="%b"?>\x81\x30\x81\x30' % label.encode()
    try:
        return decode(document, "It.wsdl").endswith("\x80")
    except Refused:
        return False


def test_generator_and_packages_take_the_same_charsets_for_gb18030() -> None:
    """Labels of the parts of GB 18030 are often on texts that hold more than these parts."""
    of_packages = {alias for alias in ALIASES if known_codec(alias) == "gb18030"}
    of_generator = {alias for alias in ALIASES if is_read_as_gb18030(alias)}
    assert of_packages <= of_generator
    assert {codecs.lookup(alias).name for alias in of_packages} == {"gb2312", "gbk", "gb18030"}
    assert {codecs.lookup(alias).name for alias in of_generator} == {"gb2312", "gbk", "gb18030"}


CLOSED = ("punycode", "idna", "zlib", "rot13", "hex", "base64", "bz2", "quopri", "undefined",
          "unicode_escape", "raw_unicode_escape", "utf-7", "hz", "mbcs", "unicode", "x", "",
          "iso-8859-12", "utf-8,gbk", "gbk" + "_" * 1000)  # fmt: skip


@pytest.mark.parametrize("label", CLOSED)
def test_other_codecs_are_not_known(label: str) -> None:
    assert known_codec(label) is None


def test_all_codecs_that_are_not_of_texts_are_unknown() -> None:
    for name in {*encodings.aliases.aliases, *encodings.aliases.aliases.values()}:
        codec = known_codec(name)
        if codec is not None:
            assert codecs.lookup(codec)._is_text_encoding


def test_python_looks_up_no_name_that_a_peer_says() -> None:
    asked: list[str] = []

    def search(name: str) -> None:
        asked.append(name)

    codecs.register(search)
    try:
        for number in range(100):
            decoded("é".encode(), f"text/xml; charset=x-{number}")
            decoded(f'<?xml version="1.0" encoding="y-{number}"?>é'.encode(), "")
            decoded("é".encode(), "", f"z-{number}")
    finally:
        codecs.unregister(search)
    assert asked == []


UTF_16 = ("utf-16-le", "utf-16-be")
CODECS = ("utf-8", "gb18030", "cp950", "cp932", "cp949", "iso8859-1", "cp1251", "tis-620", "cp874")
SAID = st.sampled_from((None, *CODECS, "ascii", "utf-16", "klingon", "utf-8,gbk"))


def encoded(text: str, codec: str) -> bytes:
    return text.encode(codec, "ignore")


BODIES = st.one_of(
    st.builds(encoded, st.text(), st.sampled_from(CODECS)),
    st.binary(),
    st.lists(st.sampled_from((b"\xd0\xbb", b"\xc3\xa9", b"a", b"\x80", b"\xe5\x9b\x9e"))).map(
        b"".join
    ),
)


def as_it_says(body: bytes, codec: str) -> str | None:
    try:
        return body.decode(codec)
    except UnicodeError:
        return None


@given(BODIES, SAID, SAID)
def test_a_text_is_one_that_all_labels_give_or_utf_8(
    inner: bytes, header: str | None, declared: str | None
) -> None:
    """The law: no text is taken of which two labels make two things, unless it is UTF-8."""
    word = b"" if declared is None else b'<?xml version="1.0" encoding="%s"?>' % declared.encode()
    body = word + inner
    assume(b"\0" not in body and body[:2] not in (codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE))
    text = decoded(body, "text/xml" + ("" if header is None else f"; charset={header}"))
    plain = as_it_says(body, "utf-8")
    if plain is not None and plain.lstrip("\ufeff") == text:
        return
    assert plain is None or "utf-8" not in (header, declared)
    if text is not None:
        text.encode()
    if b"\x80" in body and "gb18030" in (header, declared):
        return  # that may be the euro sign
    labels = [label for label in (header, declared) if label in CODECS]
    texts = {
        text_read.lstrip("\ufeff") for label in labels if (text_read := as_it_says(body, label))
    }
    if text is not None:
        assert texts <= {text}
    else:
        assert "utf-8" in labels or len(texts) > 1 or not plain
        assert plain is None or len(texts) > 1


@pytest.mark.parametrize("codec", CODECS)
@given(drawn=st.text())
def test_what_a_server_says_truly_is_read(codec: str, drawn: str) -> None:
    """Said twice. What is said once gives way to what is plainly UTF-8."""
    text = drawn.encode(codec, "ignore").decode(codec)
    declared = f'<?xml version="1.0" encoding="{codec}"?><s>{text}</s>'
    body = declared.encode(codec)
    if body.decode(codec) == declared:
        assert decoded(body, f"text/xml; charset={codec}") == declared
        assert decoded(body, "", codec) in (declared, as_it_says(body, "utf-8"))


def test_gbk_of_any_two_bytes_is_what_python_makes_of_it_and_80_is_the_euro() -> None:
    for pair in itertools.product(range(0x81, 0xFF), (*range(0x40, 0x7F), *range(0x80, 0xFF))):
        body = bytes(pair)
        text = as_it_says(body, "gbk")
        if text is not None and as_it_says(body, "utf-8") is None:
            assert decoded(body, "text/plain; charset=gbk") == text
    body = "回".encode("gbk") + b"\x80" + "复".encode("gbk") + b"\x80\x80"
    assert decoded(body, "text/plain; charset=gbk") == "回€复€€"
    assert decoded(body, "text/plain; charset=big5") is None


@given(st.text(min_size=1).filter(lambda text: text[0] != "\0"), st.sampled_from(UTF_16))
def test_utf_16_is_found_by_its_mark_or_its_first_sign(text: str, codec: str) -> None:
    mark = codecs.BOM_UTF16_LE if codec == "utf-16-le" else codecs.BOM_UTF16_BE
    for said in ("", "text/xml; charset=utf-8", "text/xml; charset=gbk"):
        assert decoded(mark + text.encode(codec), said) == text.lstrip("\ufeff")
        assert decoded(f"<s>{text}".encode(codec), said) == f"<s>{text}"
    assert decoded(f"1{text.strip(chr(0))}".encode(codec)[:2], "x; charset=utf-16") == "1"


MEGABYTES = 4 * 1024 * 1024
LARGE = {
    "UTF-8": "回复x".encode() * (MEGABYTES // 7),
    "GBK": "回复x".encode("gbk") * (MEGABYTES // 5),
    "euros": b"\x80a" * (MEGABYTES // 2),
    "pairs and a euro": b"\x81" * MEGABYTES + b"\x80",
    "no text": b"\xff" * MEGABYTES,
    "mostly UTF-8": "回".encode() * (MEGABYTES // 3) + b"\xff",
    "blanks": b" " * MEGABYTES,
    "a long declaration": b"<?xml " + b"encoding" * (MEGABYTES // 8),
}


@pytest.mark.few(16)
@pytest.mark.parametrize("body", LARGE.values(), ids=LARGE)
@pytest.mark.parametrize("said", ["gbk", "utf-8", "iso-8859-1", "utf-16", "big5", "punycode"])
def test_no_label_costs_more_than_some_decodes(body: bytes, said: str) -> None:
    with at_most_steps(40):
        decoded(body, f"text/xml; charset={said}")


def test_a_header_of_any_length_is_read_in_no_time() -> None:
    headers = ("charset=" * 100_000, "; charset=" + " " * 1_000_000, ";charset=a," * 100_000)
    with at_most_steps(20):
        for header in headers:
            charset_of(header)
