"""What is sealed shows nowhere, and comes out as it went in."""

import copy
import json
import pickle
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgsend._runtime.errors.sealed import Sealed, Secret

TEXT = "s3cret-t41l"
ANY_TEXT = st.text(st.characters(exclude_categories=()))  # lone surrogates, too


@given(st.binary())
def test_bytes_come_out_as_they_went_in(data: bytes) -> None:
    assert Sealed(data).opened() == data


@pytest.mark.parametrize("size", [0, 1, 4095, 4096, 4097, 1_000_003])
def test_long_bytes_do_so_too(size: int) -> None:
    data = bytes(n % 251 for n in range(size))
    assert Sealed(data).opened() == data


@given(ANY_TEXT, ANY_TEXT)
def test_a_secret_is_a_text_and_matches_no_other(one: str, other: str) -> None:
    assert Secret(one).reveal() == one
    assert Secret(one).matches(one)
    assert Secret(one).matches(other) == (one == other)


def held(sealed: Sealed | Secret) -> list[bytes]:
    """What a program finds that takes the attributes, whatever they are called."""
    names = [name for kind in type(sealed).__mro__ for name in getattr(kind, "__slots__", ())]
    return [getattr(sealed, name) for name in names]


@pytest.mark.parametrize("sealed", [Sealed(TEXT.encode()), Secret(TEXT)], ids=repr)
def test_it_shows_nothing(sealed: Sealed | Secret) -> None:
    assert [repr(sealed), str(sealed), f"{sealed}"] == ["***"] * 3
    assert not hasattr(sealed, "__dict__")
    for text in held(sealed):
        assert not any(TEXT[at : at + 4].encode() in text for at in range(len(TEXT) - 3))


REFUSED: dict[str, Callable[[Sealed | Secret], object]] = {
    "vars": vars,
    "iter": iter,  # type: ignore[dict-item]  # what it must not be is asked
    "len": len,  # type: ignore[dict-item]  # what it must not be is asked
    "bytes": bytes,  # type: ignore[dict-item]  # what it must not be is asked
    "json": json.dumps,
    "json of vars": lambda sealed: json.dumps(sealed, default=vars),
    "pickle": pickle.dumps,
    "format": lambda sealed: f"{sealed:x}",
}


@pytest.mark.parametrize("sealed", [Sealed(TEXT.encode()), Secret(TEXT)], ids=repr)
@pytest.mark.parametrize("name", REFUSED)
def test_it_is_nothing_that_can_be_taken_apart(name: str, sealed: Sealed | Secret) -> None:
    with pytest.raises(TypeError) as raised:
        REFUSED[name](sealed)
    assert TEXT not in str(raised.value)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_no_protocol_pickles_it(protocol: int) -> None:
    with pytest.raises(TypeError, match="cannot be pickled"):
        pickle.dumps([Secret(TEXT)], protocol)


@pytest.mark.parametrize("sealed", [Sealed(TEXT.encode()), Secret(TEXT)], ids=repr)
def test_it_equals_itself_alone_and_is_its_own_copy(sealed: Sealed | Secret) -> None:
    assert sealed == copy.copy(sealed) == copy.deepcopy([sealed])[0]
    assert copy.deepcopy(sealed) is sealed
    assert sealed not in (TEXT, TEXT.encode(), Secret(TEXT), Sealed(TEXT.encode()))
