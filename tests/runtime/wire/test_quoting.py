"""A journal knows what quotes a secret, in whatever it came."""

import zlib
from collections.abc import Callable
from gzip import compress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.effort import at_most_steps
from tests.runtime.client.fakes import SECRET, answered

from msgsend import Response
from msgsend._runtime.errors.sealed import Secret
from msgsend._runtime.errors.secrets import masked, shows_part
from msgsend._runtime.wire.quoting import quotes

SECRETS = (Secret(SECRET),)
PAGE = f"<html><body>userPass={SECRET} is wrong</body></html>"
XML = f"<?xml version='1.0'?><error>userPass={SECRET.replace('&', '&amp;')}</error>"
WAYS: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "plain": ("", str.encode),
    "gzip": ("gzip", lambda text: compress(text.encode())),
    "gzip twice": ("gzip, gzip", lambda text: compress(compress(text.encode()))),
    "deflate": ("deflate", lambda text: zlib.compress(text.encode())),
    "UTF-16": ("", lambda text: text.encode("utf-16")),
    "UTF-16, deflate": ("deflate", lambda text: zlib.compress(text.encode("utf-16"))),
    "GB 18030": ("", lambda text: text.encode("gb18030")),
    "Latin-1": ("", lambda text: text.encode("latin-1", "xmlcharrefreplace")),
    "Latin-1, gzip": ("gzip", lambda text: compress(text.encode("latin-1", "xmlcharrefreplace"))),
}


@pytest.mark.parametrize("text", [PAGE, XML], ids=["page", "XML"])
@pytest.mark.parametrize("status", [200, 500])
@pytest.mark.parametrize("way", WAYS)
def test_a_quotation_is_found(way: str, status: int, text: str) -> None:
    coding, encode = WAYS[way]
    kind = "text/xml; charset=iso-8859-1" if way.startswith("Latin") else "text/xml"
    headers = (("Content-Type", kind), ("Content-Encoding", coding))
    response = Response(status, headers, encode(text))
    assert quotes(response, SECRETS, is_whole=True)
    assert not quotes(response, (Secret("another-one"),), is_whole=True)
    assert not quotes(response, (), is_whole=True)


def test_numbers_of_others_are_none() -> None:
    secrets = (Secret("sh13900000"),)
    page = answered("13900000000|,|好的|,|2014/06/10 15:34:11")
    assert not quotes(page, secrets, is_whole=True)
    assert quotes(answered("13900000000", 500), secrets, is_whole=True), (
        "of which a call shows some"
    )


def test_a_header_may_quote() -> None:
    response = Response(302, (("Location", f"/login?p={SECRET}"),), b"")
    assert quotes(response, SECRETS, is_whole=True)


def test_many_parts_take_no_longer_than_one() -> None:
    """It runs on the event loop."""
    body = SECRET[:-1].encode() * (64 * 1024 // len(SECRET))
    with at_most_steps(10):
        assert quotes(Response(500, (), body), SECRETS, is_whole=True)


@given(st.text("ab*&;#x1%", max_size=40), st.text("ab1", min_size=4, max_size=6))
def test_a_text_shows_a_part_if_masking_changes_it(text: str, secret: str) -> None:
    secrets = (Secret(secret),)
    assert shows_part(text, secrets) is (masked(text, secrets) != text)
