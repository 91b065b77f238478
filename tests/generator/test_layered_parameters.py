"""Parameters behind layers: callers give what stands inside, and the service gets it spelled."""

from pathlib import Path

import pytest
from tests.generator.alone import ASK, made_alone
from tests.generator.client_calls import client
from tests.generator.client_services import Port, error_codes

CODED = """
types:
  Word: {{text: '[a-z]+'}}
  Coded: {{text: '[^|]{{1,4}}', through: [{layer}]}}
operations:
  Ask: {{effect: read, parameters: {{key: {{type: Coded{more}}}}}, result: Word}}
"""
LAYERS = {
    "{url: gb2312}": ("你 +", "%C4%E3+%2B"),
    "{percent: utf-8}": ("é /", "%C3%A9%20%2F"),
    "{hex: utf-16-be}": ("a你", "00614F60"),
    "{release: '?', before: ','}": ("a,?", "a?,??"),
    "entities": ("<&", "&lt;&amp;"),
    "entities, {hex: ascii}": ("&1", "2631"),
}


@pytest.mark.parametrize("layer", LAYERS)
def test_what_is_sent_is_spelled(tmp_path: Path, layer: str) -> None:
    inside, sent = LAYERS[layer]
    port = Port("POST", ASK)
    others = (", secret: true", f", default: '{inside}'")
    for more in ("", *(others if "gb2312" in layer else ())):
        with made_alone(tmp_path, port, grammar=CODED.format(layer=layer, more=more)) as alone:
            made, line = client(alone, port, "Ask", "abc")
            made.ask(**({} if "default" in more else {"key": inside}))
            assert [seen.parameters for seen in line.seen] == [(("key", sent),)]


@pytest.mark.parametrize("wrong", ["a|b", "", "abcde", "\U0001f600", "\ud800"])
def test_what_is_wrong_inside_is_refused(tmp_path: Path, wrong: str) -> None:
    port = Port("POST", ASK)
    grammar = CODED.format(layer="{url: gb2312}", more=", max_length: 9")
    with made_alone(tmp_path, port, grammar=grammar) as alone:
        made, line = client(alone, port, "Ask")
        with pytest.raises(alone.InvalidParameter) as raised:
            made.ask(key=wrong)
        assert raised.value.__context__ is None
        assert line.seen == []


def test_a_length_is_that_of_what_is_sent(tmp_path: Path) -> None:
    port = Port("POST", ASK)
    grammar = CODED.format(layer="{url: gb2312}", more=", max_length: 9")
    with made_alone(tmp_path, port, grammar=grammar) as alone:
        made, line = client(alone, port, "Ask", "abc")
        made.ask(key="你abc")
        assert [seen.parameters for seen in line.seen] == [(("key", "%C4%E3abc"),)]
        with pytest.raises(alone.InvalidParameter):
            made.ask(key="你你")


@pytest.mark.parametrize("default", ["a|b", "abcde", "'\U0001f600'"])
def test_a_default_that_is_wrong_inside_is_found(tmp_path: Path, default: str) -> None:
    grammar = CODED.format(layer="{url: gb2312}", more=f", default: {default}")
    assert "L112" in error_codes(tmp_path / "alone", "Alone", [Port("POST", ASK)], grammar)
