"""Responses as they arrive: what is read, what is refused, and that every byte can be had."""

from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.runtime.transports.mutations import WHOLE, damaged, mutations
from tests.runtime.transports.reading import MOST, Seen, check, cut, fed, seen

from msgsend._runtime.transports.response_reader import ResponseReader

_EXAMPLES = settings.default.max_examples if settings.default else 100
MUTATIONS = 1_000_000 if _EXAMPLES >= 5_000 else 40 * _EXAMPLES


def read(data: bytes, *, has_ended: bool = True) -> Seen:
    return check(data, range(len(data)), has_ended=has_ended)


def with_lines(*lines: str, body: str = "hello", end: str = "\r\n") -> bytes:
    return end.join(["HTTP/1.1 200 OK", *lines, "", body]).encode()


@given(
    st.sampled_from(WHOLE),
    st.randoms(use_true_random=False),
    st.lists(st.integers(0)),
    st.booleans(),
)
def test_whatever_comes_is_read_or_kept(
    whole: bytes, chance: Random, places: list[int], has_ended: bool
) -> None:
    check(damaged(whole, chance), places, has_ended=has_ended)


def test_many_damaged_responses_are_read_or_kept() -> None:
    seed = 0 if settings.default and settings.default.derandomize else Random().randrange(1 << 32)
    chance = Random(seed)
    for number, data in enumerate(mutations(MUTATIONS, chance)):
        places = [chance.randrange(len(data) + 1) for _ in range(3)]
        try:
            check(data, places, has_ended=number % 2 == 0)
        except Exception as error:
            error.add_note(f"{data!r}, cut at {places}, seed {seed}, number {number}")
            raise


@given(st.binary(), st.lists(st.integers(0)), st.booleans())
@example(b"HTTP/1.1 200 OK\r\n\r", [], True)
@example(b"\r", [], True)
@example(b"\r\n\r\n", [], False)
def test_bytes_that_are_no_http_are_kept(data: bytes, places: list[int], has_ended: bool) -> None:
    outcome = check(data, places, has_ended=has_ended)
    assert outcome.received == data


GOOD = {
    "a length": with_lines("Content-Length: 5"),
    "a length twice": with_lines("Content-Length: 5, 5"),
    "two equal lengths": with_lines("Content-Length: 5", "Content-Length: 5"),
    "chunks": with_lines("Transfer-Encoding: chunked", body="5\r\nhello\r\n0\r\n\r\n"),
    "chunks, in capitals": with_lines(
        "Transfer-Encoding: Chunked", body="5 \r\nhello\r\n00\r\n\r\n"
    ),
    "an extension": with_lines("Transfer-Encoding: chunked", body="5;a\r\nhello\r\n0\r\n\r\n"),
    "trailers": with_lines("Transfer-Encoding: chunked", body="5\r\nhello\r\n0\r\nT: 1\r\n\r\n"),
    "no reason": b"HTTP/1.1 200\r\nContent-Length: 5\r\n\r\nhello",
    "a blank for a reason": b"HTTP/1.1 200 \r\nContent-Length: 5\r\n\r\nhello",
    "words in GBK": b"HTTP/1.1 200 \xb3\xc9\r\nX: \xb9\xa6\r\nContent-Length: 5\r\n\r\nhello",
    "kept by HTTP/1.0": b"HTTP/1.0 200\r\nConnection: Keep-Alive\r\nContent-Length: 5\r\n\r\nhello",
}
CLOSED = {
    "until the end": with_lines("Content-Type: text/xml"),
    "closed": with_lines("Content-Length: 5", "Connection: close"),
    "closed among others": with_lines("Content-Length: 5", "Connection: x, Close,"),
    "HTTP/1.0": b"HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello",
    "hints before": b"HTTP/1.1 103 Early\r\nLink: </a>\r\n\r\n" + with_lines("Content-Length: 5"),
}


@pytest.mark.parametrize("name", [*GOOD, *CLOSED])
def test_good_responses_are_read(name: str) -> None:
    data = {**GOOD, **CLOSED}[name]
    outcome = read(data, has_ended=name == "until the end")
    assert (outcome.status, outcome.received, outcome.is_whole) == (200, b"hello", True)
    assert outcome.is_reusable == (name in GOOD)
    assert not seen(fed([data + b"x"])).is_reusable


ODD = {
    "a blank before the colon": with_lines("X-A : 1", "Content-Length: 5"),
    "no colon": with_lines("X-XSS-Protection=1;", "Content-Length: 5"),
    "no name": with_lines(": 1", "Content-Length: 5"),
    "a name in Chinese": with_lines("签名: 1", "Content-Length: 5"),
    "a blank in a name": with_lines("X A: 1", "Content-Length: 5"),
    "a folded line": with_lines("X: 1", " 2", "Content-Length: 5"),
    "a first line that is folded": with_lines(" 2", "Content-Length: 5"),
    "a line of blanks": with_lines("X: 1", " \t", "Content-Length: 5"),
    "a control in a value": with_lines("X: a\x01b\x7f", "Content-Length: 5"),
    "a control in a name": with_lines("X\x01: a", "Content-Length: 5"),
    "line feeds": with_lines("X: a", "Content-Length: 5", end="\n"),
    "an empty line before": b"\r\n\n" + with_lines("Content-Length: 5"),
    "HTTP/2.0": with_lines("Content-Length: 5").replace(b"1.1", b"2.0", 1),
    "HTTP/2": with_lines("Content-Length: 5").replace(b"1.1", b"2", 1),
    "HTTP/1.7": with_lines("Content-Length: 5").replace(b"1.1", b"1.7", 1),
    "two blanks in the status line": with_lines("Content-Length: 5").replace(b" 200", b"  200", 1),
    "a tab in the status line": with_lines("Content-Length: 5").replace(b" 200 ", b"\t200\t", 1),
    "a blank before the status line": b" " + with_lines("Content-Length: 5"),
    "a control in the reason": with_lines("Content-Length: 5").replace(b"OK", b"O\x1bK", 1),
    "an odd trailer": with_lines(
        "Transfer-Encoding: chunked", body="5\r\nhello\r\n0\r\n: 1\r\n\r\n"
    ),
    "a blank before an extension": with_lines(
        "Transfer-Encoding: chunked", body="5 ;a\r\nhello\r\n0\r\n\r\n"
    ),
    "a length behind the body": with_lines(
        "Transfer-Encoding: chunked", body="5\r\nhello\r\n0\r\nContent-Length: 6\r\n\r\n"
    ),
    "an odd hint": b"HTTP/1.1 103 Early\r\nX : 1\r\n\r\n" + with_lines("Content-Length: 5"),
}


@pytest.mark.parametrize("name", ODD)
def test_what_is_odd_is_read_and_its_connection_is_not_used_again(name: str) -> None:
    outcome = read(ODD[name], has_ended=False)
    assert (outcome.status, outcome.received, outcome.is_whole) == (200, b"hello", True)
    assert not outcome.is_reusable


def test_a_folded_line_is_part_of_a_value() -> None:
    outcome = read(with_lines("X: 1", " 2", "\t3", "Y: 4", "Content-Length: 5"))
    assert outcome.headers == (("X", "1 2 3"), ("Y", "4"), ("Content-Length", "5"))


REFUSED = {
    "a blank before the colon": with_lines("Content-Length : 5"),
    "a blank before the name": with_lines(" Content-Length: 5"),
    "a tab in the name": with_lines("Content\t-Length: 5"),
    "a no-break space": b"HTTP/1.1 200 OK\r\nContent-Length\xa0: 5\r\n\r\nhello",
    "in UTF-8": with_lines("\ufeffContent-Length: 5"),
    "a control": with_lines("Content-Length\x0b: 5"),
    "a coding in disguise": with_lines("Transfer-Encoding : chunked"),
    "a connection in disguise": with_lines("Connection : close", "Content-Length: 5"),
    "behind another field": with_lines("X: 1", " Content-Length: 5"),
    "no colon": with_lines("Content-Length 5"),
    "an equals sign": with_lines("Transfer-Encoding=chunked"),
    "a fold behind a length": with_lines("Content-Length: 5", " 6"),
    "a fold behind a connection": with_lines("Content-Length: 5", "Connection: x", "\tclose"),
    "NUL in a value": with_lines("X: a\0b", "Content-Length: 5"),
    "NUL in the reason": with_lines("Content-Length: 5").replace(b"OK", b"O\0K", 1),
    "a bare CR": with_lines("X: a\rContent-Length: 6", "Content-Length: 5"),
    "CR before the end": with_lines("X: a\r", "Content-Length: 5"),
    "two lengths": with_lines("Content-Length: 5", "Content-Length: 6"),
    "two lengths in one": with_lines("Content-Length: 5, 6"),
    "an empty member": with_lines("Content-Length: 5,"),
    "no number": with_lines("Content-Length: five"),
    "a sign": with_lines("Content-Length: +5"),
    "an underscore": with_lines("Content-Length: 1_0"),
    "digits of another script": with_lines("Content-Length: ٥"),
    "a control in a length": with_lines("Content-Length: \x0b5"),
    "a length beyond all": with_lines(f"Content-Length: {'9' * 19}"),
    "both framings": with_lines("Content-Length: 5", "Transfer-Encoding: chunked"),
    "an unknown coding": with_lines("Transfer-Encoding: gzip, chunked"),
    "no coding": with_lines("Transfer-Encoding: identity"),
    "chunked twice": with_lines("Transfer-Encoding: chunked", "Transfer-Encoding: chunked"),
    "no status line": b"<html>\r\n\r\n",
    "another protocol": b"ICY 200 OK\r\n\r\n",
    "small letters": with_lines("Content-Length: 5").replace(b"HTTP", b"http", 1),
    "a status of two digits": with_lines().replace(b"200", b"20", 1),
    "a status of four digits": with_lines().replace(b"200", b"2000", 1),
    "no blank before the reason": with_lines().replace(b"200 ", b"200", 1),
    "interim without end": b"HTTP/1.1 100 Continue\r\n\r\n" * 100,
    "a head without end": b"HTTP/1.1 200 OK\r\n" + b"X: yyyyyyyyyyyyyy\r\n" * 20_000,
    "a line without end": b"HTTP/1.1 200 OK\r\nX: " + b"y" * 300_000,
    "a status line without end": b"HTTP/1.1 200 " + b"y" * 300_000,
    "empty lines without end": b"\r\n" * 150_000,
}
CHUNKS = {
    "a sign": "-5\r\nhello\r\n0\r\n\r\n",
    "a prefix": "0x5\r\nhello\r\n0\r\n\r\n",
    "an underscore": "0_5\r\nhello\r\n0\r\n\r\n",
    "a blank before": " 5\r\nhello\r\n0\r\n\r\n",
    "a bare line feed": "5\nhello\r\n0\r\n\r\n",
    "letters": "zz\r\nhello",
    "no size": "\r\nhello",
    "too many digits": "0" * 17 + "5\r\nhello\r\n0\r\n\r\n",
    "a longer chunk": "2\r\nheXX3\r\nllo\r\n0\r\n\r\n",
    "a chunk without its end": "2\r\nhe\n3\r\nllo\r\n0\r\n\r\n",
    "an extension without end": "5;" + "a" * 5_000,
    "NUL in an extension": "5;a\0\r\nhello\r\n0\r\n\r\n",
    "trailers without end": "0\r\n" + "X: y\r\n" * 20_000,
    "NUL in a trailer": "5\r\nhello\r\n0\r\nX: \0\r\n\r\n",
    "a length in disguise behind it": "5\r\nhello\r\n0\r\nContent-Length : 5\r\n\r\n",
}


EMPTY = {
    "status 204": with_lines("Content-Length: 5").replace(b"200", b"204", 1),
    "status 304": with_lines("Content-Length: 5").replace(b"200", b"304", 1),
    "status 101": with_lines().replace(b"200", b"101", 1),
    "no length": with_lines("Content-Length: 0"),
    "no chunk": with_lines("Transfer-Encoding: chunked", body="0\r\n\r\nhello"),
    "a blank": with_lines("Content-Length: 0", body="\r\n hello"),
}


@pytest.mark.parametrize("name", EMPTY)
def test_what_comes_behind_an_empty_body_is_kept(name: str) -> None:
    outcome = read(EMPTY[name], has_ended=True)
    assert not outcome.is_whole
    assert outcome.has_head
    assert outcome.received == EMPTY[name]


@pytest.mark.parametrize("behind", ["", "\r\n", "\0", "HTT", "HTTP/1.1 200 OK\r\n\r\nhello"])
def test_another_response_is_no_part_of_an_empty_one(behind: str) -> None:
    outcome = read(with_lines("Content-Length: 0", body=behind), has_ended=True)
    assert (outcome.received, outcome.is_whole) == (b"", True)


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("has_ended", [False, True])
def test_a_head_that_cannot_be_trusted_is_kept(name: str, has_ended: bool) -> None:
    outcome = check(REFUSED[name], range(0, 300_000, 10_007), has_ended=has_ended)
    assert outcome.status is None
    assert outcome.is_refused
    assert "no HTTP response" in outcome.problem


@pytest.mark.parametrize("name", CHUNKS)
def test_chunks_that_cannot_be_trusted_are_kept(name: str) -> None:
    outcome = read(with_lines("Transfer-Encoding: chunked", body=CHUNKS[name]))
    assert (outcome.status, outcome.is_refused, outcome.has_head) == (200, True, True)


def test_what_comes_behind_a_refusal_is_kept_up_to_the_limit() -> None:
    reply = fed([b"<html>\r\n"], max_bytes=100)
    assert reply.is_refused
    assert not reply.is_done
    reply.feed(b"y" * 80)
    assert not reply.is_done
    reply.feed(b"y" * 80)
    assert reply.is_done
    assert reply.received() == b"<html>\r\n" + b"y" * 160
    reader = fed([b"<html>\r\n"])
    reader.stop()
    assert reader.is_done


@pytest.mark.parametrize(
    "head", ["Content-Length: 90", "Content-Type: text/xml", "Transfer-Encoding: chunked"]
)
def test_a_body_over_its_limit_is_kept_as_far_as_it_came(head: str) -> None:
    body = b"2d\r\n" + b"y" * 45 + b"\r\n2d\r\n" + b"y" * 45 + b"\r\n0\r\n\r\n"
    data = with_lines(head, body="") + (body if "chunked" in head else b"y" * 90)
    for pieces in ([data], cut(data, range(len(data)))):
        reply = fed(pieces, max_bytes=50)
        assert (reply.is_done, reply.is_whole, reply.is_reusable) == (True, False, False)
        assert reply.received() == b"y" * 90
        assert reply.problem == "the response is larger than 50 bytes"


@pytest.mark.parametrize("status", [101, 204, 304])
def test_some_statuses_have_no_body(status: int) -> None:
    outcome = check(f"HTTP/1.1 {status} X\r\nX: y\r\n\r\n".encode(), [], has_ended=False)
    assert (outcome.status, outcome.received, outcome.is_whole) == (status, b"", True)
    assert outcome.is_reusable == (status != 101)


@pytest.mark.parametrize(
    ("field", "seconds"),
    [
        ("Keep-Alive: timeout=5", 5),
        ("keep-alive: max=100, Timeout = 15", 15),
        ('Keep-Alive: timeout="3"', 3),
        ("Keep-Alive: timeout=7, timeout=0", 0),
        ("Keep-Alive: timeout=0\r\nKeep-Alive: timeout=7", 0),
        ("Keep-Alive: mytimeout=5", None),
        ("Keep-Alive: timeout=soon", None),
        ("X: timeout=5", None),
    ],
)
def test_a_server_says_how_long_it_keeps_a_connection(field: str, seconds: float | None) -> None:
    assert read(with_lines(field, "Content-Length: 5")).keep_seconds == seconds


def test_a_head_has_no_body() -> None:
    reply = ResponseReader("HEAD", MOST)
    reply.feed(with_lines("Content-Length: 5", body=""))
    assert (reply.is_whole, reply.received(), reply.is_reusable) == (True, b"", True)
