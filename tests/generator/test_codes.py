"""Codes say something true of themselves, with the document's words and without."""

import pickle
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.generator.alone import made_alone
from tests.generator.client_services import Port, error_codes

PORT = Port("POST", {"Ask": ()})


class Code(NamedTuple):
    """A member of an enum: its spelling, its name, its words."""

    spelling: str
    name: str
    en: str = ""
    zh: str = ""

    def spelled(self) -> str:
        """As a grammar has it, in YAML's flow style."""
        words = ", ".join(
            f"{key}: {text}" for key, text in (("en", self.en), ("zh", self.zh)) if text
        )
        doc = f", doc: {{{words}}}" if words else ""
        return f"'{self.spelling}': {{name: {self.name}{doc}}}"


def grammar(codes: list[Code], *, integer: bool, is_open: bool) -> str:
    enum = ", ".join(code.spelled() for code in codes)
    more = f"{', values: integer' if integer else ''}{OPEN if is_open else ''}"
    return f"""
types:
  Day: {{date: '%Y-%m-%d'}}
  Fault: {{enum: {{{enum}}}{more}}}
grammars:
  answer: {{choice: [Day, Fault]}}
operations:
  Ask: {{effect: read, result: answer}}
"""


OPEN = ", open: true, form: '-?[A-Z0-9]{1,6}'"
NAMES = (
    *("BAD_LOGIN", "BadLogin", "bad_login", "A1", "余额不足", "CLASS", "Enum", "Words", "final"),
    *("NewType", "dataclass", "name_", "text_", "message_", "self", "language", "texts", "T"),
)
CAMEL = {"BadLogin": "bad login", "NewType": "new type"}


@st.composite
def faults(draw: st.DrawFn) -> tuple[list[Code], bool]:
    """The members of an enum, and whether their values are integers."""
    integer = draw(st.booleans())
    spellings = st.integers(-99, 99).map(str) if integer else st.text("ABE019-", min_size=1)
    words = st.sampled_from(["", "said"]), st.sampled_from(["", "说过"])
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, unique=True))
    spelled = draw(
        st.lists(spellings, min_size=len(names), max_size=len(names), unique=True),
    )
    codes = [Code(*pair, *draw(st.tuples(*words))) for pair in zip(spelled, names, strict=True)]
    return codes, integer


@pytest.mark.few(0)
@settings(
    max_examples=min(12, settings().max_examples // 3),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(drawn=faults(), is_open=st.booleans())
def test_every_code_says_something_true(
    tmp_path_factory: pytest.TempPathFactory, drawn: tuple[list[Code], bool], is_open: bool
) -> None:
    codes, integer = drawn
    folder = tmp_path_factory.mktemp("codes")
    text = grammar(codes, integer=integer, is_open=is_open)
    with made_alone(folder, PORT, grammar=text) as alone:
        for code in codes:
            member = alone.parse_ask(code.spelling)
            assert member is alone.Fault[code.name]
            assert member.text == code.spelling
            in_words = CAMEL.get(code.name) or code.name.lower().replace("_", " ").strip()
            for language, first, second in (("en", code.en, code.zh), ("zh", code.zh, code.en)):
                assert member.message(language) == (first or second or in_words) != ""
            told = str(alone.Rejected(member))
            assert told.endswith(f": {member.message()}")
            assert code.spelling in told
            assert code.name in told
        if is_open:
            unlisted = alone.parse_ask("ZZ")
            assert unlisted == alone.UnknownFault("ZZ")
            assert unlisted.text == "ZZ"
            assert "ZZ" in unlisted.message("zh")
            assert str(alone.Rejected(unlisted)).endswith(f": {unlisted.message()}")


SPELLED = [Code("E1", "BAD_LOGIN"), Code("E2", "NO_CREDIT", "No credit is left.", "余额不足")]


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    folder = tmp_path_factory.mktemp("alone")
    text = grammar(SPELLED, integer=False, is_open=True)
    with made_alone(folder, PORT, grammar=text) as package:
        yield package


def test_what_a_rejection_prints(alone: ModuleType) -> None:
    told = [str(alone.Rejected(alone.parse_ask(text))) for text in ("E1", "E2", "E3")]
    assert told == [
        "Fault.BAD_LOGIN (E1): bad login",
        "Fault.NO_CREDIT (E2): No credit is left.",
        "UnknownFault(text='E3'): undocumented code E3",
    ]
    assert alone.Fault.NO_CREDIT.message("zh") == "余额不足"
    assert alone.Fault.BAD_LOGIN.message("zh") == "bad login"


def test_a_code_is_one_thing_wherever_it_is(alone: ModuleType) -> None:
    for code in (*alone.Fault, alone.UnknownFault("E3")):
        assert pickle.loads(pickle.dumps(code)) == code
        assert alone.format_ask(code) == code.text


@pytest.mark.few(0)
@pytest.mark.some(1)
@pytest.mark.parametrize("checker", ["mypy", "pyright"])
def test_both_checkers_know_that_text_is_a_str(alone: ModuleType, checker: str) -> None:
    folder = Path(str(alone.__file__)).parents[1]
    (folder / "program.py").write_text(
        "from typing import assert_type\n"
        "import alone\n"
        "assert_type(alone.Fault.BAD_LOGIN.text, str)\n"
        'found = alone.parse_ask("E1")\n'
        "if isinstance(found, alone.Fault | alone.UnknownFault):\n"
        "    assert_type(found.text, str)\n"
        '    assert_type(found.message("zh"), str)\n',
        encoding="utf-8",
    )
    strict = ["--strict", "--no-incremental"] if checker == "mypy" else []
    (folder / "pyrightconfig.json").write_text('{"typeCheckingMode": "strict"}', encoding="utf-8")
    command = [sys.executable, "-m", checker, *strict, "program.py"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    "name", ["text", "value", "name", "message", "mro", "property", "str", "Language"]
)
def test_a_member_hides_nothing_that_codes_have(tmp_path: Path, name: str) -> None:
    """Upper case is another name, and so is one with an underscore behind it."""
    for tried in (name, name.upper(), f"{name}_"):
        text = grammar([Code("E1", tried)], integer=False, is_open=True)
        codes = error_codes(tmp_path / tried, "Alone", [PORT], text)
        assert codes == (["S113"] if tried == name else [])
