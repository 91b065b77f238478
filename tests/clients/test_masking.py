"""Secrets in what other programs wrote, however they spell them, and cut wherever they please."""

import html
import json
from collections.abc import Callable
from urllib.parse import quote, quote_plus
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgsend._runtime.sealed import Secret
from msgsend._runtime.secrets import masked, masked_bytes

SECRETS = st.text(st.sampled_from("ab1 &<>\"'+%/\\é签😀"), min_size=4, max_size=12)

SPELLINGS: dict[str, Callable[[str], str]] = {
    "as it is": lambda secret: secret,
    "address": quote,
    "address, slashes too": lambda secret: quote(secret, safe=""),
    "form": quote_plus,
    "form in small letters": lambda secret: "".join(
        part.lower() if part.startswith("%") else part for part in _parts(quote_plus(secret))
    ),
    "XML": escape,
    "HTML": html.escape,
    "HTML by numbers": lambda secret: "".join(f"&#{ord(c)};" for c in secret),
    "ASCII in HTML": lambda secret: secret.encode("ascii", "xmlcharrefreplace").decode(),
    "JSON": lambda secret: json.dumps(secret, ensure_ascii=False)[1:-1],
    "ASCII in JSON": lambda secret: json.dumps(secret)[1:-1],
}


def _parts(quoted: str) -> list[str]:
    found: list[str] = []
    at = 0
    while at < len(quoted):
        size = 3 if quoted[at] == "%" else 1
        found.append(quoted[at : at + size])
        at += size
    return found


@pytest.mark.parametrize("name", SPELLINGS)
@given(secret=SECRETS, before=st.text(max_size=5), after=st.text(max_size=5))
def test_no_spelling_shows(name: str, secret: str, before: str, after: str) -> None:
    spelled = SPELLINGS[name](secret)
    text = f"{before}userPass={spelled}{after}"
    assert spelled not in masked(text, [Secret(secret)])
    assert spelled not in masked_bytes(text.encode("utf-8", "replace"), [Secret(secret)]).decode()


@given(secret=SECRETS, kept=st.integers(4, 12))
def test_the_beginning_of_a_secret_does_not_show(secret: str, kept: int) -> None:
    secret = secret.replace("\\", "")  # two of them are also the escape of one
    beginning = secret[:kept]
    assert len(beginning) < 4 or masked(f"x{beginning}...", [Secret(secret)]) == "x***..."


@given(st.binary(max_size=60), SECRETS)
def test_other_bytes_stay(body: bytes, secret: str) -> None:
    if secret.encode()[:1] not in body:
        assert masked_bytes(body, [Secret(secret)]) == body


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
def test_secrets_in_other_charsets(charset: str) -> None:
    body = "userPass=秘密secret;".encode(charset)
    assert masked_bytes(body, [Secret("秘密secret")]) == "userPass=***;".encode(charset)


@pytest.mark.parametrize(
    "name", [name for name in SPELLINGS if "numbers" not in name and "ASCII" not in name]
)
def test_usual_spellings_are_found_in_all_of_a_body(name: str) -> None:
    spelled = SPELLINGS[name]("S3cr&t \"Pa/ss'\\<é签")
    body = f"{'x' * 70_000}{spelled}y".encode()
    assert masked_bytes(body, [Secret("S3cr&t \"Pa/ss'\\<é签")]) == b"x" * 70_000 + b"***y"


def test_long_secrets_are_masked() -> None:
    secret = "".join(chr(0x4E00 + n) for n in range(300))
    assert masked(f"a{secret}b", [Secret(secret)]) == "a***b"
    assert masked(f"a{secret[:20]}b", [Secret(secret)]) == "a***b"
    assert masked("nothing", [Secret(""), Secret(secret)]) == "nothing"
