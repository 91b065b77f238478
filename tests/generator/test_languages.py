"""The languages of a package are exactly those of its spec."""

import json
import re
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.generator.alone import made_alone
from tests.generator.client_services import Port

from unstringly.read.spec.languages import usual_tag

PORT = Port("POST", {"Ask": ()})
SCHEMA = Path(__file__).parents[2] / "codegen" / "unstringly" / "schema.json"
TAGS = ("en", "zh", "pt-BR", "de", "zh-Hant", "fil", "sr-Latn-RS")
UNDOCUMENTED = {"en": "undocumented code ZZ", "zh": "文档未列出的代码 ZZ"}


def grammar(own: str | None, doc: dict[str, str], texts: list[dict[str, str] | str]) -> str:
    """A spec with an enum whose members have these texts; a text is in the spec's own language."""
    head = "" if own is None else f"language: {own}\n"
    members = ", ".join(
        f"E{number}: {{name: M{number}{f', doc: {json.dumps(text)}' if text else ''}}}"
        for number, text in enumerate(texts)
    )
    return f"""{head}{f"doc: {json.dumps(doc)}" if doc else ""}
types:
  Day: {{date: '%Y-%m-%d'}}
  Fault: {{enum: {{{members}}}, open: true, form: '[A-Z0-9]{{1,6}}'}}
grammars: {{answer: {{choice: [Day, Fault]}}}}
operations: {{Ask: {{effect: read, result: answer}}}}
"""


def in_languages(prefix: str) -> st.SearchStrategy[dict[str, str]]:
    texts = {tag: st.just(f"{prefix} in {tag}") for tag in TAGS}
    return st.fixed_dictionaries({}, optional=texts)


@settings(
    max_examples=min(8, settings().max_examples // 4),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    own=st.none() | st.sampled_from(TAGS),
    doc=in_languages("doc"),
    texts=st.lists(in_languages("text") | st.just("a text"), min_size=1, max_size=3),
)
@example(None, {}, [{}])
@example(None, {"zh": "doc"}, [{}])
@example("de", {}, ["a text", {"pt-BR": "texto"}, {}])
def test_a_package_has_the_languages_of_its_spec(
    tmp_path_factory: pytest.TempPathFactory,
    own: str | None,
    doc: dict[str, str],
    texts: list[dict[str, str] | str],
) -> None:
    first = own or "en"
    folder = tmp_path_factory.mktemp("languages")
    used = {*doc, *(tag for text in texts if isinstance(text, dict) for tag in text)}
    used |= {first} if any(isinstance(text, str) for text in texts) else set()
    used = used or {first}
    with made_alone(folder, PORT, grammar=grammar(own, doc, texts)) as alone:
        tags = get_args(alone.Language)
        assert sorted(tags) == sorted(used)
        assert first not in used or tags[0] == first
        for number, text in enumerate(texts):
            member = alone.Fault[f"M{number}"]
            known = {first: text} if isinstance(text, str) else text
            for tag in tags:
                told = member.message(tag)
                assert (
                    told == known[tag] if tag in known else told in (*known.values(), f"m{number}")
                )
            assert member.message() == member.message(tags[0])
        unlisted = alone.UnknownFault("ZZ")
        told = {tag: unlisted.message(tag) for tag in tags}
        ours = {tag: UNDOCUMENTED[tag] for tag in tags if tag in UNDOCUMENTED}
        for tag in tags:
            assert told[tag] == ours[tag] if tag in ours else told[tag] in UNDOCUMENTED.values()
        if "zh" not in used:
            assert set(told.values()) == {UNDOCUMENTED["en"]}


PIECES = st.sampled_from(
    ("en", "EN", "zh", "cn", "fil", "qq", "Hant", "hant", "BR", "br", "419", "1996", "rozaj", "x")
)


@given(st.lists(PIECES, min_size=1, max_size=4).map("-".join) | st.text("aAzZ19-\n", max_size=9))
@example("en\n")
def test_the_schema_takes_the_tags_of_the_reader(text: str) -> None:
    """It has no list of languages, so only in that it takes more."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    takes = re.fullmatch(schema["$defs"]["language"]["pattern"].strip("^$"), text) is not None
    usual = usual_tag(text)
    assert takes or usual != text
    if takes and usual != text:
        assert usual is None
        assert len(text.split("-")[0]) == len("en")


@given(st.sampled_from(TAGS), st.booleans())
def test_a_tag_has_one_spelling(tag: str, upper: bool) -> None:
    assert usual_tag(tag.upper() if upper else tag.lower()) == tag
