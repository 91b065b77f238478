"""What is said of a name in a WSDL that leads to nothing: a slip is named, and nothing else."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.generator.services import MINIMAL_WSDL
from tests.read.wsdl.test_losses import cases, needs_corpus
from xsdata.models.enums import DataType

from unstringly.diagnostics import Diagnostic
from unstringly.read.wsdl.findings import suggestion
from unstringly.read.wsdl.reader import read_wsdl

BUILT_IN = sorted({each.code for each in DataType})


def read(folder: Path, wsdl: str) -> list[Diagnostic]:
    (folder / "S.wsdl").write_text(wsdl, encoding="utf-8")
    return list(read_wsdl(folder / "S.wsdl", "S.wsdl")[1])


@pytest.mark.parametrize("name", BUILT_IN)
def test_no_built_in_type_is_said_to_be_a_slip_for_another_one(tmp_path: Path, name: str) -> None:
    found = read(
        tmp_path, MINIMAL_WSDL.replace('name="key" type="s:string"', f'name="key" type="s:{name}"')
    )
    for finding in found:
        assert "Did you mean" not in finding.help
        assert "no simple type" not in finding.message
    assert bool(found) == (name == "anyType")
    if found:
        assert found[0].rule.code == "W114"
        assert found[0].message == "the part `key` is of the type `anyType`"


def test_a_slip_in_the_name_of_a_built_in_type(tmp_path: Path) -> None:
    found = read(tmp_path, MINIMAL_WSDL.replace('type="s:string"/></m', 'type="s:strign"/></m'))
    assert found[0].help == "Did you mean `string`?"


@pytest.mark.parametrize(
    ("wrong", "known"),
    [
        ("SuccessGetLeadChanges", "ParamsGetLeadChanges"),
        ("GetCustomerListRequest", "GetCustomerListResponse"),
        ("GetMoSoapIn", "GetMoSoapOut"),
        ("SendMessageToOnePhoneHttpGetIn", "SendMessageToManyPhonesHttpGetIn"),
        ("In", "Id"),
    ],
)
def test_another_name_of_the_same_words_is_no_slip(wrong: str, known: str) -> None:
    assert suggestion(wrong, [known]) == ""


@given(st.text("abcdefgh", min_size=6, max_size=20), st.integers(0, 18), st.booleans())
def test_one_letter_too_few_or_two_the_other_way_round_is_a_slip(
    name: str, at: int, is_swapped: bool
) -> None:
    at = min(at, len(name) - 2)
    pair = name[at + 1] + name[at] if is_swapped else name[at]
    wrong = name[:at] + pair + name[at + 2 :]
    assert suggestion(wrong, [name]) == f"Did you mean `{name}`?"


@needs_corpus
def test_suggestions_for_real_services_are_near() -> None:
    """No name is suggested that another one is made of by more than two letters."""
    for name, path in cases():
        for finding in read_wsdl(path, path.name)[1]:
            suggested = re.search(r"Did you mean `(.*)`", finding.help)
            said = re.search(r"(?:there is no [a-z ]+|is of) `(.*?)`", finding.message)
            if suggested is not None:
                assert said is not None, name
                assert _distance(said[1], suggested[1]) <= 2, (name, finding)


def _distance(one: str, other: str) -> int:
    """Levenshtein's."""
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        before, row[0] = row[0], at
        for to, another in enumerate(other, 1):
            before, row[to] = (
                row[to],
                min(row[to] + 1, row[to - 1] + 1, before + (letter != another)),
            )
    return row[-1]
