"""Grammars that have one reading, and grammars that have two, with the text that shows it."""

from textwrap import dedent

import pytest

from unstringly.automata.compile import compile_result
from unstringly.check.readings import Ambiguity, find_ambiguity
from unstringly.link.definitions import link_definitions
from unstringly.read.spec.reader import spec_from_bytes

REPLIES = """
types:
  Phone: {{text: '[0-9]+'}}
  Content: {{text: any, {content}}}
  Time: {{datetime: '%Y/%m/%d %H:%M:%S'}}
  Channel: {{text: {channel}}}
records:
  Reply:
    separator: '|,|'
    fields:
      {{phone: Phone, content: Content, time: Time, channel: {{type: Channel, optional: true}}}}
grammars:
  root: {{list: [Reply], separator: {separator}}}
"""

REPORTS = """
types:
  Number: {{text: '[0-9]+'}}
  Status: {{text: {status}}}
records:
  Sms: {{separator: ',', fields: {{batch: Number, phone: Number, status: Status}}}}
  Voice:
    separator: ','
    fields: {{batch: Number, phone: Number, talk: Number, ring: Number, cause: Number}}
grammars:
  root: {{list: [Sms, Voice], separator: '|', trailing: allowed}}
"""

TWO_TEXTS = """
types:
  Text: {{text: any, excludes: ['|,|', '|;|']}}
records:
  Pair: {{separator: '|,|', fields: {{one: Text, two: Text}}}}
grammars:
  root: {{list: [Pair], separator: '|;|'}}
"""


def proof(spec_text: str) -> Ambiguity | None:
    spec, findings = spec_from_bytes(b"service: S\n" + dedent(spec_text).encode(), "spec")
    assert spec is not None
    assert not findings
    definitions, problems = link_definitions(spec.definitions, spec.left_out)
    assert not problems
    return find_ambiguity(*compile_result(definitions, "root", spec.line_ends))


def replies(
    *, excludes: str = "", channel: str = r"'[^,|\s]+'", separator: str = "'|;|'"
) -> Ambiguity | None:
    content = f"excludes: [{excludes}]" if excludes else "untrusted: false"
    return proof(REPLIES.format(content=content, channel=channel, separator=separator))


def test_a_text_of_anything_can_hold_another_reply() -> None:
    ambiguity = replies()
    assert ambiguity is not None
    assert ambiguity.text.count("|;|") == 1
    assert ambiguity.text.count("|,|") == 4


def test_a_text_without_the_separator_of_replies_may_hold_that_of_fields() -> None:
    assert replies(excludes="'|;|'") is None


def test_a_second_separator_has_to_be_excluded_too() -> None:
    both = "['|;|', \"|;\\n\"]"
    ambiguity = replies(excludes="'|;|'", separator=both)
    assert ambiguity is not None
    assert "|;\n" in ambiguity.text
    assert replies(excludes="'|;|', \"|;\\n\"", separator=both) is None


def test_a_fourth_field_of_any_text_may_look_like_a_time() -> None:
    assert replies(excludes="'|;|'", channel="any") is not None


def test_records_of_different_arity_are_told_apart_by_tokens() -> None:
    assert proof(REPORTS.format(status="'[^,|]+'")) is None


def test_a_token_with_the_separator_in_it_is_not() -> None:
    ambiguity = proof(REPORTS.format(status="'[^|]+'"))
    assert ambiguity is not None
    assert ambiguity.text == "0,0,0,0,0"


def test_two_texts_side_by_side_share_a_border() -> None:
    ambiguity = proof(TWO_TEXTS.format())
    assert ambiguity is not None
    assert len(ambiguity.text) <= len("|,|,||;|")


@pytest.mark.parametrize(
    ("grammar", "text"),
    [
        ("{choice: [Digits, Code], padding: whitespace}", None),
        ("{choice: [Digits, Word]}", "0"),
        ("{list: [Maybe], separator: ';'}", ""),
        ("{list: [Digits], separator: ';'}", None),
        ("{list: [Digits], separator: ';', trailing: required}", None),
        ("{list: [Digits], separator: [';', ';;']}", None),
        ("{list: [Digits], separator: [';', ';;'], repeated: allowed}", None),
        ("{list: [Maybe], separator: ';', trailing: required}", None),
        ("{list: [Maybe], separator: [';', ';;'], trailing: required}", ";;"),
        ("{list: [Row], separator: ';'}", None),
        ("{list: [Tail], separator: ','}", "0,0"),
    ],
)
def test_small_grammars(grammar: str, text: str | None) -> None:
    ambiguity = proof(
        f"""
        types:
          Digits: {{text: '[0-9]+'}}
          Code: {{enum: {{-1: ONE}}, open: true, form: '-[1-9][0-9]*'}}
          Word: {{enum: {{a: A}}, open: true, form: '[a-z0-9]+'}}
          Maybe: {{text: '[0-9]*'}}
        records:
          Row: {{separator: ',', fields: {{a: Digits, b: {{type: Digits, optional: true}}}}}}
          Tail: {{separator: ',', fields: {{c: Digits, d: {{type: Digits, optional: true}}}}}}
        grammars:
          root: {grammar}
        """
    )
    assert (None if ambiguity is None else ambiguity.text) == text


def test_the_two_readings_of_a_witness_differ_and_are_well_formed() -> None:
    ambiguity = proof(REPORTS.format(status="'[^|]+'"))
    assert ambiguity is not None
    assert ambiguity.first != ambiguity.second
    for reading in (ambiguity.first, ambiguity.second):
        open_elements: list[int] = []
        for gap, mark in reading:
            assert 0 <= gap <= len(ambiguity.text)
            if mark.closes:
                assert open_elements.pop() == mark.element
            else:
                open_elements.append(mark.element)
        assert not open_elements
