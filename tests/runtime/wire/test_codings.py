"""Content codings that nobody asked for: undone within bounds, or left as they came."""

import gzip
import tracemalloc
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.effort import at_most_steps
from tests.runtime.wire.odd_cases import raw_deflate

from unstringly.runtime.wire.codings import Broken, coding_of, inflated
from unstringly.runtime.wire.exchange import MAX_BYTES, Response

WAYS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": lambda body: gzip.compress(body),
    "x-gzip": lambda body: gzip.compress(body, 1),
    "deflate": lambda body: zlib.compress(body),
}


@given(st.lists(st.sampled_from(sorted(WAYS)), max_size=3), st.binary(min_size=1))
def test_what_is_coded_comes_back(names: list[str], body: bytes) -> None:
    coded = body
    for name in names:
        coded = WAYS[name](coded)
    assert inflated(coded, ", ".join(names)) == body
    assert inflated(coded, ",".join(f" {name.upper()} " for name in names)) == body


@given(st.binary(min_size=1))
def test_deflate_without_a_head_comes_back(body: bytes) -> None:
    assert inflated(raw_deflate(body), "deflate") == body


@given(st.binary(min_size=1, max_size=200), st.data())
def test_what_is_cut_or_changed_is_never_another_body(body: bytes, data: st.DataObject) -> None:
    """Gzip has a sum; a change in its head is none of the body."""
    whole = gzip.compress(body)
    cut = whole[: data.draw(st.integers(2, len(whole) - 1))]
    at = data.draw(st.integers(2, len(whole) - 1))
    changed = whole[:at] + bytes([whole[at] ^ data.draw(st.integers(1, 255))]) + whole[at + 1 :]
    with pytest.raises(Broken):
        inflated(cut, "gzip")
    assert outcome(changed, "gzip") in (body, None)


def outcome(body: bytes, coding: str) -> bytes | None:
    """What comes of a body; None if it is broken, which is said in few words."""
    words = ""
    try:
        return inflated(body, coding)
    except Broken as broken:
        words = str(broken)
    assert words.isascii()
    assert len(words) < 200
    return None


@given(st.text(), st.binary())
def test_nothing_else_is_raised(coding: str, body: bytes) -> None:
    assert len(outcome(body, coding) or b"") <= MAX_BYTES


BOMBS: dict[str, tuple[Callable[[], bytes], str]] = {
    "zeros": (lambda: gzip.compress(bytes(64_000_000)), "gzip"),
    "a few zeros": (lambda: gzip.compress(bytes(4_000_000)), "gzip"),
    "zeros in zeros": (lambda: gzip.compress(gzip.compress(bytes(64_000_000))), "gzip, gzip"),
    "deflate": (lambda: zlib.compress(bytes(64_000_000)), "deflate"),
    "members": (lambda: gzip.compress(b"a") * 100_000, "gzip"),
    "many codings": (lambda: b"a", "gzip," * 100_000),
}
"""Functions, since what is at the top of a module is made by each worker that collects it."""


@pytest.mark.few(2)
@pytest.mark.parametrize(("make", "coding"), BOMBS.values(), ids=BOMBS)
def test_what_blows_up_is_refused_in_little_time_and_memory(
    make: Callable[[], bytes], coding: str
) -> None:
    body = make()
    tracemalloc.start()
    try:
        with at_most_steps(50), pytest.raises(Broken):
            inflated(body, coding)
        assert tracemalloc.get_traced_memory()[1] < 3 * MAX_BYTES
    finally:
        tracemalloc.stop()


def test_a_large_page_is_inflated() -> None:
    page = b"".join(b"%d,13900000000,DELIVRD|" % number for number in range(300_000))
    assert inflated(gzip.compress(page), "gzip") == page
    with pytest.raises(Broken, match="larger than 1000 bytes"):
        inflated(gzip.compress(page), "gzip", 1000)


def test_all_headers_count() -> None:
    headers = (("content-encoding", "gzip"), ("X", "y"), ("Content-Encoding", " gzip "))
    assert coding_of(Response(200, headers, b"")) == "gzip,  gzip"
    assert coding_of(Response(200, (), b"")) == ""
