"""Who calls: passwords that stay sealed, and functions that give the one of the moment."""

import copy
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from tests.runtime.client.fakes import SECRET, Script, answered

from msgsend import Client, InvalidParameter
from msgsend._runtime.client.credentials import Credentials
from msgsend._runtime.errors.sealed import Secret
from msgsend.tables import PHONE_NUMBER_FORM


def account(password: str | Callable[[], str]) -> Credentials:
    return Credentials({"user_code": "demo", "user_pass": password}, ("user_pass",))


def revealed(credentials: Credentials) -> list[str]:
    return [secret.reveal() for secret in credentials.secrets]


def test_a_secret_is_sealed_and_no_identity() -> None:
    credentials = account(SECRET)
    assert isinstance(credentials["user_pass"], Secret)
    assert credentials["user_code"] == "demo"
    assert credentials.identity == ("demo",)
    assert revealed(credentials) == [SECRET]
    assert repr(credentials) == "Credentials(user_code='demo', user_pass=***)"


@pytest.mark.parametrize("copied", [pickle.dumps, copy.copy, copy.deepcopy])
def test_an_account_is_not_pickled(copied: Callable[[object], object]) -> None:
    with pytest.raises(TypeError, match="cannot be pickled"):
        copied(account(SECRET))


def test_a_function_is_asked_once_for_each_call() -> None:
    passwords = iter(["first", "second"])
    transport = Script([answered("123"), answered("123")])
    sender = Client(
        user_code="demo",
        user_pass=lambda: next(passwords),
        base_url="http://127.0.0.1/x",
        transport=transport,
    )
    for password in (b"first", b"second"):
        sender.send_msg(des_no="13900000000", msg="a【b】")
        assert b"userPass=" + password in transport.requests[-1].body
    assert next(passwords, "none is left") == "none is left"


def test_a_function_is_not_asked_when_the_account_is_made() -> None:
    def ask() -> str:
        raise AssertionError

    credentials = account(ask)
    credentials.check()
    assert (credentials.identity, credentials.secrets) == (("demo",), ())
    assert repr(credentials) == "Credentials(user_code='demo', user_pass=***)"


def test_what_a_function_raises_passes_through_and_nothing_is_sent() -> None:
    def ask() -> str:
        raise LookupError("the vault is sealed")

    transport = Script([answered("123")])
    sender = Client(
        user_code="demo", user_pass=ask, base_url="http://127.0.0.1/x", transport=transport
    )
    with pytest.raises(LookupError, match="the vault"):
        sender.send_msg(des_no="13900000000", msg="a【b】")
    assert transport.requests == []


@pytest.mark.parametrize("given", [SECRET.encode(), None, 7, (SECRET,)], ids=["bytes", *"abc"])
def test_what_is_no_text_is_refused_and_does_not_show(given: Any) -> None:  # a caller's mistake
    with pytest.raises(InvalidParameter, match="user_pass: give a text") as raised:
        account(given).check()
    assert SECRET not in repr(raised.value)
    with pytest.raises(InvalidParameter, match="user_pass: let its function return a text"):
        account(lambda: given).current()


async def later() -> str:
    return SECRET


def test_a_coroutine_is_no_function_of_a_text() -> None:
    unfit: Any = later  # a caller's mistake
    with pytest.raises(InvalidParameter, match="give a text"):
        account(unfit).check()


def test_only_a_secret_may_be_a_function() -> None:
    with pytest.raises(InvalidParameter, match="user_code: give a text"):
        Credentials({"user_code": lambda: "demo"}).check()


def test_what_a_function_gives_is_held_against_the_same_rule() -> None:
    passwords = iter(["13900000000", "wrong", "139000000000"])
    credentials = account(lambda: next(passwords))
    credentials.check_form("user_pass", "give a number", form=PHONE_NUMBER_FORM, most=11)
    assert revealed(credentials.current()) == ["13900000000"]
    for _ in range(2):
        with pytest.raises(InvalidParameter, match="user_pass: give a number"):
            credentials.current()


@pytest.mark.parametrize("password", ["wrong", "139000000000"])
def test_a_text_is_held_against_its_rule_at_once(password: str) -> None:
    with pytest.raises(InvalidParameter, match="user_pass: give a number") as raised:
        account(password).check_form("user_pass", "give a number", form=PHONE_NUMBER_FORM, most=11)
    assert password not in str(raised.value)


def test_a_secret_can_be_handed_on_as_a_function() -> None:
    assert revealed(account(Secret(SECRET).reveal).current()) == [SECRET]
