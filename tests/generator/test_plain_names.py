"""Names that generated modules use themselves, as names of a user's records, fields and calls.

Packages with such names are made, imported, checked by mypy and pyright, and read what they write.
"""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.generator.importing import imported
from tests.generator.services import MINIMAL_WSDL, put, write_tree
from tests.laws.test_laid_out import NAMES_OF_USERS

from unstringly.pipeline import build, check

RECORDS = (
    *("Element", "Form", "Request", "Span", "Client", "Call", "Operation", "Binding", "Parsed"),
    *("Words", "Enum", "Decimal", "Iterable", "Alphabet", "Machine", "Reading", "Piece"),
    *("Response", "Transport", "Mapping", "Callable", "Final", "Literal", "Self", "T", "Handlers"),
    *("Push", "App", "Secret", "Language", "Malformed", "Separator", "Endpoint", "SplitList"),
    *("SplitRecord", "Rejected", "NotSent", "ServiceError", "TinyError", "TypeAlias", "NewType"),
    *("Credentials", "HttpTransport", "AsyncClient", "JournalWriter", "Service", "Any", "Ask"),
)
FIELDS = (
    *("time", "date", "datetime", "int", "str", "Decimal", "tuple", "list", "bool", "float"),
    *(
        "dataclass",
        "record",
        "each",
        "tables",
        "text",
        "type",
        "isinstance",
        "property",
        "function",
    ),
)
TYPES = """\
  Day: {date: '%Y%m%d'}
  Moment: {datetime: '%Y%m%d%H%M%S'}
  Clock: {time: '%H%M'}
  Count: {integer: '[0-9]{1,5}'}
  Amount: {decimal: '[0-9]+\\.[0-9]{2}'}
  Word: {text: '[a-z]+'}
  Code: {enum: {GOOD: g, BAD: b}, open: true, form: '[a-z]'}
  Key: {text: '[A-Z]+', newtype: true}
"""
KINDS = ("Day", "Moment", "Clock", "Count", "Amount", "Word", "Code", "Key")
SPELLED = {
    "Day": "20310504",
    "Moment": "20310504091500",
    "Clock": "0915",
    "Count": "12",
    "Amount": "1.50",
    "Word": "abc",
    "Code": "g",
    "Key": "ABC",
}


def fields_of(number: int) -> list[str]:
    """The names of the fields of a record: two of all, so that each stands somewhere."""
    return [FIELDS[(2 * number + at) % len(FIELDS)] for at in (0, 1)]


def kind_of(field: str) -> str:
    """The type of a field, by its name."""
    return KINDS[FIELDS.index(field) % len(KINDS)]


def grammar(records: tuple[str, ...]) -> str:
    """A list of one record of each name."""
    lines = ["service: Tiny", "package: tiny", "wsdl: Tiny.wsdl", "types:", TYPES, "records:"]
    for number, name in enumerate(records):
        fields = ", ".join(f"{field}: {kind_of(field)}" for field in fields_of(number))
        options = f"initiator: '{number}:', separator: ';', fields: {{{fields}}}"
        lines.append(f"  {name}: {{{options}}}")  # a loop reads better
    lines += ["grammars:", f"  things: {{list: [{', '.join(records)}], separator: '|'}}"]
    lines += ["operations:", "  Ask: {effect: read, parameters: {key: {}}, result: things}"]
    return "\n".join(lines) + "\n"


def made(tmp_path: Path, text: str) -> Path:
    """The folder with the package of a grammar."""
    checked = check([put(tmp_path / "tiny", "Tiny.wsdl", MINIMAL_WSDL, text)], tmp_path)
    assert checked.ok, [(each.rule.code, each.message) for each in checked.findings]
    folder = tmp_path / "out"
    write_tree(folder, build(checked, whole=False))
    return folder


def run(*command: str, folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("plain"), grammar(RECORDS))


def test_they_are_read_and_written(package: Path) -> None:
    texts = [
        f"{number}:" + ";".join(SPELLED[kind_of(field)] for field in fields_of(number))
        for number in range(len(RECORDS))
    ]
    text = "|".join(texts)
    with imported(package, "tiny") as tiny:
        parsed = tiny.parse_ask(text)
        assert parsed.malformed == ()
        assert [type(each).__name__ for each in parsed] == [*RECORDS]
        assert tiny.formatters.format_ask(parsed) == text
        assert tiny.Client is tiny.client.Client
        assert tiny.records.Client is not tiny.Client


@pytest.mark.some(0)
def test_type_checkers_are_content(package: Path) -> None:
    run("mypy", "--strict", "-p", "tiny", folder=package)
    (package / "pyrightconfig.json").write_text(
        '{"typeCheckingMode": "strict", "include": ["tiny"], "pythonVersion": "3.11"}',
        encoding="utf-8",
    )
    run("pyright", f"--pythonpath={sys.executable}", folder=package)


def test_ruff_is_content(package: Path) -> None:
    config = Path(__file__).parents[2] / "pyproject.toml"
    run("ruff", "check", NAMES_OF_USERS, f"--config={config}", "tiny", folder=package)
    run("ruff", "format", "--check", f"--config={config}", "tiny", folder=package)


NAMED_AS_TYPES = """\
service: Tiny
types:
  Token: {text: '[a-z]+', newtype: true}
  Code: {enum: {G: GOOD}, open: true, form: '[A-Z]'}
records:
  First: {separator: ',', fields: {Token: Token, Code: Code, other: Token}}
  Second:
    separator: ;
    fields:
      a: Token
      Token: {type: Token, optional: true}
      UnknownCode: {type: Code, optional: true}
      Code: {type: Code, optional: true}
grammars: {things: {list: [First, Second], separator: '|'}}
operations: {Ask: {effect: read, parameters: {key: {}}, result: things}}
"""


def test_fields_are_named_as_the_types_beside_them(tmp_path: Path) -> None:
    """With a default, a field hides the type in the annotations of its class."""
    folder = made(tmp_path, NAMED_AS_TYPES)
    text = "ab,G,cd|x;y;Q;G|x"
    with imported(folder, "tiny") as tiny:
        parsed = tiny.parse_ask(text)
        assert parsed.malformed == ()
        assert parsed[1].Token == "y"
        assert tiny.formatters.format_ask(parsed) == text


@pytest.mark.some(0)
def test_a_type_checker_is_content_with_such_fields(tmp_path: Path) -> None:
    run("mypy", "--strict", "-p", "tiny", folder=made(tmp_path, NAMED_AS_TYPES))
