"""No frame of an exception holds a request: not where a call is made, and not in a call by itself.

Trackers of errors keep exceptions with all variables. Programs with a transport of their own make
requests without a client, which then clears no frames.
"""

import importlib
from collections.abc import Generator
from typing import Any, Final

import pytest
from tests.cases.vaults import Changing, Handlers, client, vault_of
from tests.faults.held import held, own_frames

from unstringly.runtime.client.calls import Call, Credentials, Operation
from unstringly.runtime.errors.exceptions import InvalidParameter
from unstringly.runtime.wire.addressing import Addressing
from unstringly.runtime.wire.basic import HttpBasic
from unstringly.runtime.wire.bindings import Binding, Endpoint
from unstringly.runtime.wire.user_tokens import SecurityHeader

SHOWN: Final = "geheimeswort"
LEAKS: Final = (SHOWN, SHOWN[1:7], "<soap:Body>")
ADDITIONS: Final = {
    "basic": HttpBasic(),
    "text": SecurityHeader("text"),
    "digest": SecurityHeader("digest"),
    "addresses": Addressing("urn:a", "b", "c"),
}
WRONG: Final = {
    "a body": {"b": "\0"},
    "a secret of the body": {"c": f"{SHOWN}\ufffe"},
    "a user name": {"username": "a:\0"},
    "a password": {"password": f"{SHOWN}\0"},
}


def leaking(error: BaseException) -> list[str]:
    """What is held that should not be."""
    return [text for text in held(error) if any(leak in text for leak in LEAKS)]


def operation(*additions: Any) -> Operation:
    """An operation with a secret in its body, and with additions."""
    endpoint = Endpoint("urn:x", "A", action="urn:a")
    soap = (Binding.SOAP11, Binding.SOAP12)
    return Operation(
        *("A", endpoint, soap, "send", {"b": "b", "c": "secret"}),
        bound=("secret",),
        secret=("c",),
        asserted=dict.fromkeys(soap, additions),
    )


@pytest.mark.parametrize("last", ADDITIONS)
@pytest.mark.parametrize("wrong", WRONG)
def test_a_request_that_cannot_be_made(last: str, wrong: str) -> None:
    """What was made of it so far is in no frame, whichever part is wrong."""
    values = {"b": "a", "c": SHOWN, "username": "me", "password": SHOWN, **WRONG[wrong]}
    account = {"secret": values["c"], **{key: values[key] for key in ("username", "password")}}
    own = Credentials(account, ("secret", "password"))
    call = Call(operation(ADDITIONS["addresses"], ADDITIONS[last]), {"b": values["b"]}, str)
    error: BaseException | None = None
    try:
        call.request(Binding.SOAP11, "https://x.example", own)
    except InvalidParameter as refused:
        error = refused
    is_of_body = wrong.endswith("body")
    is_carried = {"basic": False, "text": False, "digest": "password" in wrong}.get(last, True)
    assert (error is None) == (is_carried and not is_of_body)
    if error is not None:
        assert [*own_frames(error)], "frames of originals count"
        assert leaking(error) == []


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Generator[Any]:  # Any: just made
    with vault_of(tmp_path_factory.mktemp("vault"), "http_basic") as package:
        yield package


@pytest.mark.parametrize("has_client", [False, True])
def test_a_package_in_memory(vault: Any, has_client: bool) -> None:
    wrong = {"username": "a:b", "password": SHOWN}

    def called() -> None:
        if has_client:
            client(vault, Changing(vault, Handlers(vault)), **wrong).open(number=1)
        else:
            made = importlib.import_module(f"{vault.__name__}.operations").open(number=1)
            credentials = importlib.import_module(f"{vault.__name__}._runtime.client.credentials")
            account = credentials.Credentials(wrong, ("password",))
            made.request(vault.Binding.SOAP11, "https://x.example", account)

    with pytest.raises(vault.InvalidParameter, match=r"HTTP Basic cannot carry U\+003A") as caught:
        called()
    places = [frame.f_code.co_filename for frame in own_frames(caught.value)]
    assert has_client == any(place.startswith(vault.__name__) for place in places)
    assert places
    assert leaking(caught.value) == []
