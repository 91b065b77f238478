"""Secrets in what other programs wrote, however they spell them, and cut wherever they please."""

import html
import json
from collections.abc import Callable
from urllib.parse import quote, quote_plus
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.effort import calls_of

from msgsend._runtime.errors.sealed import Secret
from msgsend._runtime.errors.secrets import masked, quotes_secret

SECRETS = st.text(st.sampled_from("ab1 &<>\"'+%/\\é签😀"), min_size=4, max_size=12)
ODD = "S3cr&t \"Pa/ss'\\<é签"

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
    "address in GBK": lambda secret: quote(secret, encoding="gb18030"),
    "Python": lambda secret: ascii(secret.encode())[2:-1],
}
USUAL = [name for name in SPELLINGS if name not in ("HTML by numbers", "Python")]


def _parts(quoted: str) -> list[str]:
    parts: list[str] = []
    at = 0
    while at < len(quoted):
        size = 3 if quoted[at] == "%" else 1
        parts.append(quoted[at : at + size])
        at += size
    return parts


@pytest.mark.parametrize("name", SPELLINGS)
@given(secret=SECRETS, before=st.text(max_size=5), after=st.text(max_size=5))
def test_no_spelling_shows(name: str, secret: str, before: str, after: str) -> None:
    spelled = SPELLINGS[name](secret)
    assert spelled not in masked(f"{before}userPass={spelled}{after}", [Secret(secret)])


@given(
    outer=st.sampled_from([name for name in SPELLINGS if "GBK" not in name]),
    inner=st.sampled_from(list(SPELLINGS)),
    secret=SECRETS,
)
def test_no_spelling_of_a_spelling_shows(outer: str, inner: str, secret: str) -> None:
    spelled = SPELLINGS[outer](SPELLINGS[inner](secret))
    assert spelled not in masked(f"userPass={spelled};", [Secret(secret)])


@given(secret=SECRETS, data=st.data())
def test_each_character_may_be_spelled_in_a_way_of_its_own(
    secret: str, data: st.DataObject
) -> None:
    ways = [SPELLINGS[name] for name in ("as it is", "address", "HTML", "ASCII in HTML")]
    spelled = "".join(data.draw(st.sampled_from(ways))(character) for character in secret)
    assert spelled not in masked(f"userPass={spelled};", [Secret(secret)])


def common_runs(text: str, secret: str, least: int) -> str:
    """What is masked of a text without escapes, found by looking at everything."""
    parts = {secret[at : at + least] for at in range(len(secret) - least + 1)}
    hidden = [False] * len(text)
    for at in range(len(text)):
        if text[at : at + least] in parts:
            hidden[at : at + least] = [True] * least
    shown = ""
    for character, is_hidden in zip(text, hidden, strict=True):
        shown += "\0" if is_hidden and not shown.endswith("\0") else "" if is_hidden else character
    return shown.replace("\0", "***")


@given(st.text("abc", max_size=30), st.text("abc", max_size=8))
def test_every_run_of_four_is_masked_and_nothing_else(text: str, secret: str) -> None:
    least = min(len(secret), 4)
    expected = common_runs(text, secret, least) if secret else text
    assert masked(text, [Secret(secret)]) == expected


@given(st.text("abc", max_size=30), st.lists(st.text("abc", min_size=1, max_size=6), max_size=3))
def test_each_of_several_secrets_is_masked(text: str, secrets: list[str]) -> None:
    shown = masked(text, [Secret(secret) for secret in secrets])
    assert not any(secret in shown for secret in secrets)


@given(secret=SECRETS, kept=st.integers(4, 12))
def test_the_beginning_of_a_secret_does_not_show(secret: str, kept: int) -> None:
    secret = secret.replace("\\", "")  # two of them are also the escape of one
    beginning = secret[:kept]
    assert len(beginning) < 4 or masked(f"x{beginning}...", [Secret(secret)]) == "x***..."


def test_utf_16_that_was_read_as_another_charset_does_not_show() -> None:
    shown = masked("a s3cret".encode("utf-16-le").decode("latin-1"), [Secret("s3cret")])
    assert shown == "a\0 \0***"


@pytest.mark.parametrize("change", [str.lower, str.upper, str.swapcase, str.title])
def test_capitals_do_not_matter(change: Callable[[str], str]) -> None:
    assert masked(f"x {change('s3cretT41lé')}.", [Secret("s3cretT41lé")]) == "x ***."


def test_letters_that_have_two_small_ones_are_found_where_they_stand() -> None:
    assert masked("İİ s3cretİ İ", [Secret("s3cretİ")]) == "İİ *** İ"


def test_long_secrets_are_masked() -> None:
    secret = "".join(chr(0x4E00 + n) for n in range(300))
    assert masked(f"a{secret}b", [Secret(secret)]) == "a***b"
    assert masked(f"a{secret[:20]}b", [Secret(secret)]) == "a***b"
    assert masked("nothing", [Secret(""), Secret(secret)]) == "nothing"


# How much work it is, in calls of functions: that is the same on every machine.


def work(text: str, secret: str) -> int:
    sealed = [Secret(secret)]
    masked(text, sealed)  # what is made once and kept, patterns for instance, is no work of a text
    return calls_of(lambda: masked(text, sealed))


LONG = "".join(f"{n:x}-" for n in range(4000))
WORST = {
    "what is no part": "13900000000|,|好的|,|",
    "numbers": "1-2-3-4-",
    "backslashes": "\\",
    "percent signs": "%25",
    "percent signs again": "%252525252525",
    "ampersands": "&amp;amp;",
    "numbered": "&#0000049;",
    "pluses": "+",
    "question marks": "?",
    "NULs": "1\0",
    "units": "\\\\u0031",
}
PASSWORDS = {
    "short": "1-2-",
    "of escapes": "\\\\\\\\%%%%&&&&++++25252525amp;",
    "long": LONG,
    "long and foreign": "".join(chr(0x4E00 + n) for n in range(10_000)),
}


@pytest.mark.some(10)
@pytest.mark.parametrize("password", PASSWORDS)
@pytest.mark.parametrize("name", WORST)
def test_the_work_is_linear_in_the_text(name: str, password: str) -> None:
    few, many = (WORST[name] * n for n in (50, 400))
    building = work("", PASSWORDS[password])
    first = work(few, PASSWORDS[password]) - building
    assert work(many, PASSWORDS[password]) - building <= 11 * first + 1000
    assert first <= 3000 * len(few)


def test_the_work_hardly_depends_on_the_password() -> None:
    page = "13900000001|,|abc-def-012|,|2014/06/10 15:34:11|;|" * 50
    short, long = (work(page, password) - work("", password) for password in (LONG[:300], LONG))
    assert long < 3 * short


def test_a_text_of_16_million_characters_is_cut() -> None:
    shown = masked("13900000000 " * 1_400_000, [Secret("sh12345678")])
    assert shown.startswith("13900000000 13900000000")
    assert shown[2**17 :] == f"… ({12 * 1_400_000 - 2**17} characters more)"


# Whether what is kept quotes a secret


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("name", USUAL)
def test_a_quotation_is_noticed_anywhere(name: str, charset: str) -> None:
    body = f"{'x' * 70_000}{SPELLINGS[name](ODD)}y".encode(charset)
    assert quotes_secret(body, [Secret("other"), Secret(ODD)])
    assert not quotes_secret(body, [Secret("other"), Secret(f"another{ODD}")])


@pytest.mark.parametrize("name", USUAL)
@given(secret=SECRETS)
def test_every_usual_quotation_is_noticed(name: str, secret: str) -> None:
    assert quotes_secret(f"a{SPELLINGS[name](secret)}b".encode(), [Secret(secret)])


def test_the_beginning_is_a_quotation_if_it_is_as_long_as_servers_quote() -> None:
    secret = Secret("correct horse battery staple")
    assert quotes_secret(b'(userPass="correct horse b...")', [secret])
    assert not quotes_secret(b'(userPass="correct horse")', [secret])


def test_what_stands_around_a_dangerous_character_is_a_quotation() -> None:
    """ASP.NET from 4 on quotes ten characters before it, and twenty from it on."""
    secret = Secret("correct horse battery<staple and more of it")
    page = 'value was detected from the client (userPass="...se battery&lt;staple and more of...")'
    assert quotes_secret(page.encode(), [secret])


def test_other_people_s_numbers_are_no_quotation() -> None:
    page = "".join(f"1391234{n:04}|,|ok|;|" for n in range(1000)).encode()
    assert not quotes_secret(page, [Secret("sh12345678"), Secret("")])
    assert "1391234" not in masked(page[:2000].decode(), [Secret("sh12345678")])
