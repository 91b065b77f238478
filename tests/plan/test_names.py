"""Python names from the names of a WSDL."""

import keyword

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unstringly.names import is_identifier, snake_case


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("SendMsg", "send_msg"),
        ("GetReport2", "get_report2"),
        ("userCode", "user_code"),
        ("DesNo", "des_no"),
        ("TemplateID", "template_id"),
        ("HTTPServer2Go", "http_server2_go"),
        ("SendVoiceCodeWithTemplate", "send_voice_code_with_template"),
        ("already_snake", "already_snake"),
        ("With-Dash.Dot", "with_dash_dot"),
        ("class", "class_"),
        ("None", "none"),
        ("查询余额", "查询余额"),
        ("e\u0301t\u00e9", "\u00e9t\u00e9"),
        ("A", "a"),
    ],
)
def test_names(name: str, expected: str) -> None:
    assert snake_case(name) == expected


@given(st.text(st.characters(categories=["Lu", "Ll", "Nd", "Pc", "Pd"]), min_size=1))
def test_a_name_that_begins_with_a_letter_makes_an_identifier(rest: str) -> None:
    name = snake_case(f"a{rest}")
    assert name.isidentifier()
    assert not keyword.iskeyword(name)


@pytest.mark.parametrize("name", ["", "1st", "_private", "__all__", "a b", "class", "a\n"])
def test_what_is_no_public_identifier(name: str) -> None:
    assert not is_identifier(name)
