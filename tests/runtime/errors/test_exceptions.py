"""What exceptions keep: everything for who asks, nothing for who looks at them by chance."""

import copy
import pickle
from collections.abc import Callable

import pytest

from msgsend import (
    IncompleteResponse,
    JournalFailed,
    MalformedResponse,
    MsgSendError,
    OutcomeUnknown,
    ServiceFault,
    parse_send_msg,
)
from msgsend._runtime.errors.exceptions import Keeping
from msgsend._runtime.errors.kept import Kept
from msgsend._runtime.errors.sealed import Secret

SECRET = "s3cret-t41l"
QUOTED = f"13900001234 userPass={SECRET} ✓"
BODY = QUOTED.encode("utf-16")
UTF_8 = QUOTED.encode()
MASKED = "13900001234 userPass=*** ✓"

MADE: dict[str, Callable[[tuple[Secret, ...]], Keeping]] = {
    "malformed": lambda known: MalformedResponse(
        QUOTED, "is odd", "1390…", received=BODY, secrets=known
    ),
    "malformed text": lambda known: MalformedResponse(QUOTED, "is odd", secrets=known),
    "fault": lambda known: ServiceFault(
        500,
        "Server",
        "is odd",
        "1390…",
        QUOTED,
        received=BODY,
        headers=(("X-Echo", SECRET), ("Retry-After", "5")),
        secrets=known,
    ),
    "unknown": lambda known: OutcomeUnknown("GetMo", "it ended", UTF_8, secrets=known),
    "incomplete": lambda known: IncompleteResponse("GetMo", "cut", UTF_8, "1390…", secrets=known),
    "journal": lambda known: JournalFailed("GetMo", UTF_8, secrets=known),
}
each_kind = pytest.mark.parametrize("name", MADE)
each_knowledge = pytest.mark.parametrize("known", [(), (Secret(SECRET),)], ids=["", "secrets"])


@each_kind
@each_knowledge
def test_all_of_it_is_kept(name: str, known: tuple[Secret, ...]) -> None:
    error = MADE[name](known)
    for kept in (error, copy.copy(error), copy.deepcopy(error)):
        assert type(kept) is type(error)
        assert kept.received == (BODY if name in ("malformed", "fault") else UTF_8)
        match kept:
            case JournalFailed():
                assert kept.raw == UTF_8
            case MalformedResponse() | ServiceFault() | OutcomeUnknown():
                assert kept.raw == QUOTED
            case _:
                pytest.fail("no such kind")
        if isinstance(kept, ServiceFault):
            assert kept.header("x-echo") == SECRET
            assert kept.header("retry-after") == "5"
            assert kept.header("Location") is None
        assert (str(kept), kept.args) == (str(error), error.args)


@each_kind
@each_knowledge
def test_it_does_not_show(name: str, known: tuple[Secret, ...]) -> None:
    error = MADE[name](known)
    for shown in (str(error), repr(error), repr(error.args)):
        assert SECRET not in shown
        assert "13900001234" not in shown


@each_kind
def test_who_looks_into_it_finds_no_secret(name: str) -> None:
    error = MADE[name]((Secret(SECRET),))
    kept = vars(error)["_kept"]
    parts = [getattr(kept, slot) for slot in Kept.__slots__]
    assert SECRET not in repr((vars(error), parts))


@each_kind
@pytest.mark.parametrize("protocol", [0, pickle.HIGHEST_PROTOCOL])
def test_a_pickle_has_the_masked_form(name: str, protocol: int) -> None:
    error = MADE[name]((Secret(SECRET),))
    error.add_note("seen by nobody")
    data = pickle.dumps(error, protocol)
    assert SECRET.encode() not in data
    assert SECRET.encode("utf-16-le") not in data
    again = pickle.loads(data)
    assert type(again) is type(error)
    assert again.received == MASKED.encode()
    assert getattr(again, "raw") in (MASKED, MASKED.encode())  # noqa: B009 - a text or bytes
    assert (str(again), again.args) == (str(error), error.args)
    assert again.__notes__ == ["seen by nobody"]
    assert pickle.loads(pickle.dumps(again)).received == again.received
    if isinstance(again, ServiceFault):
        assert again.headers == (("X-Echo", "***"), ("Retry-After", "5"))


@each_kind
def test_a_pickle_without_secrets_has_all(name: str) -> None:
    error = MADE[name](())
    assert pickle.loads(pickle.dumps(error)).received == error.received


def test_a_pickle_of_much_is_cut() -> None:
    long = MalformedResponse("1" * 3_000_000, "is long", secrets=[Secret(SECRET)])
    again = pickle.loads(pickle.dumps(long))
    assert again.raw == "1" * 2**17 + f"… ({3_000_000 - 2**17} characters more)"


def test_a_parser_keeps_the_text_and_a_pickle_has_it() -> None:
    with pytest.raises(MalformedResponse) as raised:
        parse_send_msg("no batch")
    again = pickle.loads(pickle.dumps(raised.value))
    assert (again.raw, again.received, str(again)) == ("no batch", b"no batch", str(raised.value))
    assert isinstance(again, MsgSendError)


def test_bytes_that_are_no_text_are_a_text_all_the_same() -> None:
    cut = IncompleteResponse("GetMo", "cut", b"a\xff\xfe", "a")
    assert (cut.raw, cut.received) == ("a\\xff\\xfe", b"a\xff\xfe")
    assert OutcomeUnknown("GetMo", "it ended").raw == ""
