"""Parameters that are odd in one way: secret, bound, fixed, with defaults."""

import json
import sys
from decimal import Decimal
from inspect import signature
from pathlib import Path
from typing import Literal, get_type_hints

import pytest
from tests.generator.alone import ASK, MINIMAL, made_alone
from tests.generator.client_calls import client
from tests.generator.client_grammars import (
    TYPED_PARAMETERS,
    TYPES,
)
from tests.generator.client_services import (
    Port,
    error_codes,
)

import msgsend


def test_a_secret_that_is_not_bound(tmp_path: Path) -> None:
    """It shows as little as one of the client."""
    port = Port("POST", ASK)
    grammar = MINIMAL.replace("key: {}", "key: {secret: true}")
    with made_alone(tmp_path, port, grammar=grammar) as alone:
        secret = "the-s3cret-text"
        kept: list[bytes] = []

        def keep(_: str, raw: bytes) -> None:
            kept.append(raw)

        made, line = client(alone, port, "Ask", f"wrong: {secret}", journal=keep)
        line.status = 500
        with pytest.raises(alone.ServiceFault) as caught:
            made.ask(key=secret)
        assert secret not in str(caught.value)
        assert secret.encode() in kept[0]
        operations = sys.modules["alone.client"].operations
        assert secret not in repr(operations.ask(key=secret))


SECRET = """
types:
  Word: {text: '[a-z0-9]+'}
  Pin: {integer: '[1-9][0-9]{3,11}'}
records:
  Row: {separator: ';', fields: {a: Word, b: Word}}
grammars:
  rows: {list: [Row], separator: "\n", trailing: allowed}
operations:
  Ask:
    effect: destructive_read
    parameters: {key: {type: Word, secret: true}, pin: {type: Pin, secret: true}, other: Word}
    result: rows
"""
WRONG: dict[str, dict[str, object]] = {
    "the secret itself": {"key": "S3CRET-T41L"},
    "a secret of another type": {"key": b"s3cret"},
    "a number": {"pin": -5318008},
    "what is no secret": {"other": "!"},
}


@pytest.mark.parametrize("name", WRONG)
def test_a_refused_secret_is_in_no_frame(tmp_path: Path, name: str) -> None:
    """Of the client's methods, of its pages, and of the functions that make calls."""
    port = Port("POST", {"Ask": ("key", "pin", "other")})
    with made_alone(tmp_path, port, grammar=SECRET) as alone:
        made, _ = client(alone, port, "Ask", "")
        given = {"key": "s3cret", "pin": 5318008, "other": "ok"} | WRONG[name]
        operations = sys.modules["alone.client"].operations
        for call in (made.ask, made.ask_pages, operations.ask):
            with pytest.raises(alone.InvalidParameter) as raised:
                call(**given)
            place = str(Path(str(alone.__file__)).parent)
            frames = [each for each in raised.traceback if str(each.path).startswith(place)]
            assert frames
            shown = " ".join(repr(each.frame.f_locals) for each in frames).lower()
            assert not any(mark in shown for mark in ("s3cret", "t41l", "5318008"))
            assert raised.value.__context__ is None


BOUND = """
types: {{Word: {{text: '[a-z]+'}}}}
operations:
  Ask: {{effect: read, parameters: {{key: {parameter}}}, result: Word{more}}}
"""


def test_a_bound_parameter_has_its_form(tmp_path: Path) -> None:
    """As the document says: the form of a type is checked before anything is sent."""
    port = Port("POST", ASK)
    parameter = "{type: Word, bound: client, max_length: 3}"
    grammar = BOUND.format(parameter=parameter, more="")
    with made_alone(tmp_path, port, grammar=grammar) as alone:
        assert client(alone, port, "Ask", "abc", key="abc")[0].ask() == "abc"
        for wrong in ("ABC", "abcd"):
            with pytest.raises(alone.InvalidParameter):
                client(alone, port, "Ask", "abc", key=wrong)[0].ask()


def test_a_bound_parameter_that_a_variant_fixes(tmp_path: Path) -> None:
    port = Port("POST", ASK)
    more = ", variants: {AskFixed: {parameters: {key: {fixed: given}}}}"
    grammar = BOUND.format(parameter="{bound: client}", more=more)
    with made_alone(tmp_path, port, grammar=grammar) as alone:
        made, line = client(alone, port, "Ask", "abc", "def", key="mine")
        assert (made.ask(), made.ask_fixed()) == ("abc", "def")
        assert [seen.parameters for seen in line.seen] == [
            (("key", "mine"),),
            (("key", "given"),),
        ]


def test_a_parameter_that_only_a_variant_binds(tmp_path: Path) -> None:
    port = Port("POST", ASK)
    more = ", variants: {AskBound: {parameters: {key: {bound: client, python_name: kept}}}}"
    grammar = BOUND.format(parameter="{}", more=more)
    with made_alone(tmp_path, port, grammar=grammar) as alone:
        made, line = client(alone, port, "Ask", "abc", "def", kept="mine")
        assert (made.ask(key="k"), made.ask_bound()) == ("abc", "def")
        assert [seen.parameters for seen in line.seen] == [(("key", "k"),), (("key", "mine"),)]


def test_bound_parameters_with_several_defaults(tmp_path: Path) -> None:
    """One is needed in one operation and has defaults in others: a client must be asked for it."""
    port = Port("POST", {"Ask": ("key",), "Tell": ("key",)})
    grammar = BOUND.format(parameter="{bound: client, default: x}", more="")
    grammar += "  Tell: {effect: read, parameters: {key: {bound: client}}, result: Word}\n"
    if error_codes(tmp_path / "alone", "Alone", [port], grammar):
        return
    with made_alone(tmp_path, port, grammar=grammar) as alone, pytest.raises(TypeError):
        client(alone, port, "Tell")


def test_what_a_client_is_told_is_no_name_of_a_bound_parameter(tmp_path: Path) -> None:
    """All arguments of a client; or else two of them would have one name."""
    port = Port("POST", ASK)
    for name in set(signature(msgsend.Client).parameters) - {"user_code", "user_pass", "validate"}:
        parameter = f"{{bound: client, python_name: {name}}}"
        grammar = BOUND.format(parameter=parameter, more="")
        assert error_codes(tmp_path / name, "Alone", [port], grammar), name


@pytest.mark.few(5)
@pytest.mark.parametrize("name", TYPED_PARAMETERS)
def test_defaults_of_every_type(tmp_path: Path, name: str) -> None:
    type_, default = TYPED_PARAMETERS[name]
    port = Port("POST", ASK)
    given = f"type: {type_}, " if type_ else ""
    parameter = f"{{{given}default: {json.dumps(default)}}}"
    head = TYPES.replace("package: typed\n", "")
    grammar = f"{head}operations: {{Ask: {{effect: read, parameters: {{key: {parameter}}}}}}}\n"
    with made_alone(tmp_path, port, grammar=grammar) as alone:
        made, line = client(alone, port, "Ask", "", "")
        made.ask()
        assert line.seen[0].parameters == (("key", default),)
        made.ask(key=default)
        assert line.seen[1] == line.seen[0]


@pytest.mark.parametrize(
    ("type_", "default"),
    [
        ("integer: '[0-9]'", "x"),
        ("text: '[a-z]+'", ""),
        ("date: '%Y%m%d'", "20230229"),
        ("enum: {a: A}", "b"),
        ("text: '[a-z]+'", "A"),
    ],
)
def test_a_default_that_its_own_type_refuses(tmp_path: Path, type_: str, default: str) -> None:
    """The spec is refused, or the default can be sent."""
    port = Port("POST", ASK)
    grammar = (
        f"types: {{Word: {{text: '[a-z]+'}}, Given: {{{type_}}}}}\n"
        "operations:\n"
        f"  Ask: {{effect: read, parameters: {{key: {{type: Given, default: '{default}'}}}}, "
        "result: Word}\n"
    )
    if error_codes(tmp_path / "alone", "Alone", [port], grammar):
        return
    with made_alone(tmp_path, port, grammar=grammar) as alone:
        made, line = client(alone, port, "Ask", "abc")
        assert made.ask() == "abc"
        assert line.seen[0].parameters == (("key", default),)


NUMBERS = r"""
types:
  Word: {text: '[a-z]+'}
  Price:
    decimal: '-?[0-9]{1,3}(\.[0-9]{3})?(,[0-9]{2})?'
    point: ','
    thousands: '.'
    unit: ' EUR'
  Month: {integer: '[01][0-2]', width: 2}
  Size: {integer: '[1-3]', unit: [x, '']}
operations:
  Ask: {effect: read, parameters: {price: Price, month: Month, size: Size}, result: Word}
"""


def test_numbers_are_sent_as_the_service_writes_them(tmp_path: Path) -> None:
    port = Port("POST", {"Ask": ("price", "month", "size")})
    with made_alone(tmp_path, port, grammar=NUMBERS) as alone:
        made, line = client(alone, port, "Ask", "abc")
        made.ask(price=Decimal("-1234.50"), month=2, size=1)
        sent = (("price", "-1.234,50 EUR"), ("month", "02"), ("size", "1x"))
        assert [each.parameters for each in line.seen] == [sent]
        for wrong in ({"price": Decimal("1234567.5")}, {"month": 5}, {"size": 4}):
            with pytest.raises(alone.InvalidParameter):
                made.ask(**{"price": Decimal(1), "month": 1, "size": 1, **wrong})
        operations = sys.modules["alone.client"].operations
        types = get_type_hints(operations.ask)
        assert (types["month"], types["size"]) == (
            Literal[0, 1, 2, 10, 11, 12],
            Literal[1, 2, 3],
        )


def test_numbers_that_are_not_checked_keep_their_notation(tmp_path: Path) -> None:
    """A comma for a full stop would be another number."""
    port = Port("POST", {"Ask": ("price", "month", "size")})
    with made_alone(tmp_path, port, grammar=NUMBERS) as alone:
        made, line = client(alone, port, "Ask", "abc", validate=False)
        made.ask(price=Decimal("1234567.5"), month=1, size=40)
        sent = (("price", "1.234.567,5 EUR"), ("month", "01"), ("size", "40x"))
        assert [each.parameters for each in line.seen] == [sent]
