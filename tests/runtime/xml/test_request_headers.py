"""A header that a service declares is the one block of its full name that is addressed to it."""

from typing import Final, NamedTuple

import pytest
from hypothesis import event, given
from hypothesis import strategies as st
from tests.runtime.xml.test_messages import ADD, AUTH, MESSAGES, SLOTS, SOAP, envelope

from unstringly.runtime.wire.bindings import SOAP_11, SOAP_12, Binding
from unstringly.runtime.wire.codec import Unasked
from unstringly.runtime.xml.answers import ResponseHeaders
from unstringly.runtime.xml.encoded_messages import EncodedMessages
from unstringly.runtime.xml.encoded_writing import EncodedWriter

ENCODED: Final = EncodedMessages(
    ADD, None, EncodedWriter({"urn:a": "a"}, {}), headers={"auth": AUTH}
)
BODY: Final = '<Add xmlns="urn:a"><One>1</One></Add>'
OURS: Final = (
    *("", "e:actor=''", "e:actor='http://schemas.xmlsoap.org/soap/actor/next'"),
    *(f"r:role='{SOAP_12}/role/next'", f"r:role='{SOAP_12}/role/ultimateReceiver'"),
)
THEIRS: Final = ("e:actor='urn:proxy'", f"r:role='{SOAP_12}/role/none'", "r:role='urn:proxy'")


class Block(NamedTuple):
    """A block: its namespace, to whom it is addressed, and the user in it."""

    namespace: str
    attribute: str
    user: str

    def __str__(self) -> str:
        attributes = f'xmlns="{self.namespace}" xmlns:e="{SOAP_11}" xmlns:r="{SOAP_12}"'
        inner = f"<User>{self.user}</User>"
        return f"<Auth {attributes} {self.attribute}>{inner}</Auth>"


BLOCKS: Final = st.builds(
    Block,
    st.sampled_from(["urn:a", "urn:a", "urn:b", ""]),
    st.sampled_from([*OURS, *THEIRS]),
    st.sampled_from(["me", "you", ""]),
)


def expected(blocks: list[Block]) -> list[str]:
    return [own.user for own in blocks if own.namespace == "urn:a" and own.attribute in OURS]


@given(blocks=st.lists(BLOCKS, max_size=4), binding=SOAP, is_encoded=st.booleans())
def test_only_our_block_counts(blocks: list[Block], binding: Binding, is_encoded: bool) -> None:
    text = envelope(binding, "".join(map(str, blocks)), BODY)
    messages, users = ENCODED if is_encoded else MESSAGES, expected(blocks)
    event(f"{len(users)}")
    if len(users) > 1:
        with pytest.raises(Unasked, match="see Envelope/Header/Auth"):
            messages.asked(binding, text, SLOTS)
        return
    values = messages.asked(binding, text, SLOTS)
    assert values["one"] == 1
    assert values["auth.user"] == (users[0] if users else None)


@given(blocks=st.lists(BLOCKS, max_size=4), binding=SOAP)
def test_only_our_block_of_a_response_counts(blocks: list[Block], binding: Binding) -> None:
    class Headers:
        def __init__(self, auth: object = None) -> None:
            self.auth = auth

    text = envelope(binding, "".join(map(str, blocks)), "")
    users = expected(blocks)
    answer = ResponseHeaders(Headers, {"auth": AUTH}).answer(binding, text, "result")
    assert len(answer.malformed) == (len(users) if len(users) > 1 else 0)
    assert getattr(answer.headers.auth, "user", None) == (users[0] if len(users) == 1 else None)


@pytest.mark.parametrize("around", ["Head", "x:Header"])
def test_a_block_elsewhere_is_none(around: str) -> None:
    """Such as one in what is no header of SOAP."""
    block = f'<{around} xmlns="urn:a" xmlns:x="urn:x">{Block("urn:a", "", "me")}</{around}>'
    text = f'<s:Envelope xmlns:s="{SOAP_11}">{block}<s:Body>{BODY}</s:Body></s:Envelope>'
    assert MESSAGES.asked(Binding.SOAP11, text, SLOTS)["auth.user"] is None
