"""References that are no XML: halves of characters, and characters that XML lacks."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.runtime.wire.test_results import read, response, wrapped

from unstringly.runtime.errors.exceptions import MalformedResponse, ServiceFault
from unstringly.runtime.wire.bindings import Binding
from unstringly.runtime.wire.envelopes import NotXml, read_message
from unstringly.runtime.wire.references import repaired

UNITS = st.one_of(
    st.integers(0xD800, 0xDFFF),
    st.integers(0, 0x20),
    st.sampled_from((0x41, 0xFFFE, 0xFFFF)),
    st.sampled_from((0xF000C, 0xF8020, 0x100000, 0x100021)),
)
SPELLINGS = ("&#{};", "&#0{};", "&#x{:x};", "&#x{:X};", "&#x00{:x};")
REFERENCE = st.tuples(UNITS, st.sampled_from(SPELLINGS))
SAFE = st.text(st.sampled_from("ab \U0001f600é\U000f0000\U00100000"))
QUOTED = st.sampled_from(("&#55357;", "&#xC;", "&#55357;&#56832;", "<!--", "<?", "x", "&amp;"))


@st.composite
def contents(draw: st.DrawFn) -> tuple[str, str]:
    """Character data, and what it means; halves stand in it as they are."""
    written, meant = "", ""
    for _ in range(draw(st.integers(0, 6))):
        match draw(st.integers(0, 4)):
            case 0:
                text = draw(SAFE)
                written, meant = written + text, meant + text
            case 1 | 2:
                point, spelling = draw(REFERENCE)
                written, meant = written + spelling.format(point), meant + chr(point)
            case 3:
                text = draw(QUOTED)
                written, meant = f"{written}<![CDATA[{text}]]>", f"{meant}|{text}|"
            case _:
                text = draw(QUOTED.filter(lambda text_drawn: "-" not in text_drawn))
                written, meant = f"{written}<!--{text}--><?p {text}?>", f"{meant}||"
    return written, meant


def paired(meant: str) -> str:
    return re.sub(
        "[\ud800-\udbff][\udc00-\udfff]",
        lambda match: match[0].encode("utf-16", "surrogatepass").decode("utf-16"),
        meant,
    )


@given(contents(), st.sampled_from(Binding))
def test_pairs_are_characters_and_lone_halves_are_kept(
    content: tuple[str, str], binding: Binding
) -> None:
    """The bars are where something stands between two halves, which are no pair then."""
    written, meant = content
    expected = paired(meant).replace("|", "")
    body = wrapped(written, binding)
    if re.search("[\ud800-\udfff]", paired(meant)):
        with pytest.raises(MalformedResponse) as raised:
            read(response(body), binding)
        assert raised.value.received == body.encode()
    else:
        assert read(response(body), binding) == expected


@given(contents())
def test_requests_are_read_alike(content: tuple[str, str]) -> None:
    written, meant = content
    envelope = wrapped(written, Binding.SOAP12)
    if re.search("[\ud800-\udfff]", paired(meant)):
        with pytest.raises(NotXml):
            read_message(envelope)
    else:
        result = read_message(envelope).parameters["SendMsgResult"]
        assert result == paired(meant).replace("|", "")


@given(st.binary(), st.sampled_from(("", "utf-8", "utf-16", "gb18030", "latin-1")))
def test_every_text_that_is_read_has_an_encoding(inner: bytes, charset: str) -> None:
    head, _, tail = wrapped("|").encode().partition(b"|")
    try:
        read(response(head + inner + tail, f"text/xml; charset={charset}")).encode()
    except (MalformedResponse, ServiceFault) as error:
        for text in (str(error), repr(error), error.raw, error.excerpt):
            text.encode()


def test_a_document_that_uses_all_disguises_is_refused_as_it_is() -> None:
    full = "".join(map(chr, (0xF0000, 0xF8001, 0x100002, 0x108003)))
    assert repaired(f"{full}&#1;").text == f"{full}&#1;"
    with pytest.raises(MalformedResponse, match="reference to invalid character number"):
        read(response(wrapped(f"{full}&#1;")))
    assert read(response(wrapped(f"{full[:3]}&#1;"))) == f"{full[:3]}\x01"


@pytest.mark.parametrize("base", [0xF0000, 0xF8000, 0x100000, 0x108000])
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_reference_to_a_disguise_means_itself(base: int, spelling: str) -> None:
    for point in (base, base + 0xC, base + 0x21):
        written = f"&#xC;&#xFFFF;{spelling.format(point)}"
        assert read(response(wrapped(written))) == f"\x0c\uffff{chr(point)}"
