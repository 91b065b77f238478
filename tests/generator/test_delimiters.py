"""Delimiters come from the spec alone: with others, the same texts in the new spelling are read.

Twice: with every character of a delimiter exchanged for another one, where all samples,
malformed ones too, must read alike; and with delimiters of another shape (`~~` for `|,|`),
where those samples must whose texts hold none of these characters.
"""

import dataclasses
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum
from types import ModuleType
from typing import cast

import pytest
from tests.generator.importing import imported
from tests.generator.services import (
    SHIPPED,
    SHIPPED_GRAMMAR,
    SHIPPED_WSDL,
    generated,
    put,
    write_tree,
)
from tests.generator.spec_places import Place, places, replaced

from unstringly.names import snake_case

SAMPLES = {
    path.stem: path.read_bytes().decode()
    for path in SHIPPED.glob("samples/*.txt")
    if "Push." not in path.name
}

# Each for each: applied twice, this is the text as it was.
EXCHANGED = str.maketrans(",;|^", ";,^|")
# As texts; which of them can stand in a reply, and which in another result.
RESHAPED = {"|,|": "~~", "|;|": "^;^", "|;\n": "^;\n", "|;": "^;", ",": ";", "|": "^"}
IN_REPLIES = re.compile(r"\|,\||\|;\||\|;(?=\r?\n|\Z)")
IN_REPORTS = re.compile(r"[,|]")
# Their texts hold pieces of delimiters, old or new: they cannot be put into another shape.
IRREGULAR = {
    "GetReport.malformed-middle",
    "GetMo.text-with-delimiters",
    "GetMo.text-meets-separator",
    "GetMo2.bare-separator-in-text",
}


def exchanged(text: str) -> str:
    return text.translate(EXCHANGED)


def reshaped(text: str, tokens: re.Pattern[str]) -> str:
    return tokens.sub(lambda match: RESHAPED[match[0]], text)


def respelled(spelling: Callable[[str], str] | None, package: str) -> str:
    """The shipped spec with other delimiters, wherever one stands."""
    values: dict[Place, str] = {("package",): package}
    for place, text in places(SHIPPED_GRAMMAR).items():
        if spelling is None:
            break
        key = next(key for key in reversed(place) if not key.isdigit())
        if key in ("separator", "final_separator", "excludes"):
            values[place] = spelling(text)
        elif place[0] == "types" and key in ("form", "text") and "[^,|" in text:
            values[place] = text.replace("[^,|", "[^;\\^")
    return replaced(SHIPPED_GRAMMAR, values)


def described(value: object, spelling: Callable[[str], str]) -> object:
    """A value in terms of builtins, its texts in another spelling."""
    if isinstance(value, str):
        return spelling(value)
    if isinstance(value, Enum):
        return type(value).__name__, value.name
    if dataclasses.is_dataclass(value):
        fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        ours = fields.pop("reason", None)  # our words on a malformed piece
        found = (described(field, spelling) for field in fields.values())
        return type(value).__name__, *found, ours
    pieces = getattr(value, "pieces", None)
    if pieces is not None:
        return "Parsed", *(described(piece, spelling) for piece in pieces())
    return type(value).__name__, repr(value)


def outcome(package: ModuleType, operation: str, text: str) -> object:
    """What reading a text gives: a value, or the exception that has the text."""
    parse: Callable[[str], object] = getattr(package, f"parse_{snake_case(operation)}")
    try:
        return parse(text)
    except package.MalformedResponse:
        return "malformed"


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, ModuleType]]:
    folder = tmp_path_factory.mktemp("delimiters")
    spellings = {"shipped_again": None, "exchange": exchanged, "reshape": RESHAPED.__getitem__}
    for name, spelling in spellings.items():
        put(folder / name, "MsgSend.wsdl", SHIPPED_WSDL, respelled(spelling, name))
        write_tree(folder / "out", generated(folder / name))
    out = folder / "out"
    with (
        imported(out, "shipped_again") as first,
        imported(out, "exchange") as second,
        imported(out, "reshape") as third,
    ):
        yield {"shipped": first, "exchanged": second, "reshaped": third}


def test_every_delimiter_is_another() -> None:
    for spelling in (exchanged, RESHAPED.__getitem__):
        before, after = places(SHIPPED_GRAMMAR), places(respelled(spelling, "other"))
        changed = [place for place, text in before.items() if after[place] != text]
        assert len(changed) == 4 + 4 + 1 + 2 + 2 + 1  # records, lists, `|;`, excludes, two forms
    assert len(SAMPLES) > 60


@pytest.mark.few(15)
@pytest.mark.parametrize("name", SAMPLES)
def test_exchanged_characters(packages: Mapping[str, ModuleType], name: str) -> None:
    operation, text = name.split(".")[0], SAMPLES[name]
    first = outcome(packages["shipped"], operation, text)
    second = outcome(packages["exchanged"], operation, exchanged(text))
    assert described(second, exchanged) == described(first, str)


@pytest.mark.parametrize("name", sorted(SAMPLES.keys() - IRREGULAR))
def test_another_shape(packages: Mapping[str, ModuleType], name: str) -> None:
    operation, text = name.split(".")[0], SAMPLES[name]
    tokens = IN_REPLIES if operation.startswith("GetMo") else IN_REPORTS

    def spelling(text: str) -> str:
        return reshaped(text, tokens)

    first = outcome(packages["shipped"], operation, text)
    second = outcome(packages["reshaped"], operation, spelling(text))
    assert values(second, str) == values(first, spelling)
    if malformed(first) or first == "malformed":
        return
    written = [
        getattr(package, f"format_{snake_case(operation)}")(value)
        for package, value in ((packages["shipped"], first), (packages["reshaped"], second))
    ]
    assert written[1] == spelling(written[0])


def values(result: object, spelling: Callable[[str], str]) -> object:
    """Records and malformed texts, without their places, which differ by the delimiters' length."""
    if isinstance(result, Sequence) and not isinstance(result, str):
        records = cast("Sequence[object]", result)
        return [described(each, spelling) for each in (*records, *malformed(records))]
    return described(result, spelling)


def malformed(result: object) -> tuple[str, ...]:
    return tuple(piece.raw for piece in getattr(result, "malformed", ()))
