"""A contract is compiled once, and automata that are too large are noted, not raised."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.automata.test_dfa import PATTERNS
from tests.check.heavy import leaf, spec
from tests.generator.services import MINIMAL_WSDL, SHIPPED

from unstringly.automata.leaves import contents_of
from unstringly.automata.work import Tally, Work
from unstringly.compile.compiled import Compiled, compile_contract
from unstringly.model.charset import BLANKS
from unstringly.model.contract import whole_texts
from unstringly.model.grammar import Form, LineEnds
from unstringly.model.uses import read_uses, sent_uses
from unstringly.pipeline import build, check
from unstringly.read.patterns.reader import parse_pattern


def compiled(folder: Path, text: str) -> Compiled:
    folder.mkdir()
    (folder / "Tiny.wsdl").write_text(MINIMAL_WSDL, encoding="utf-8")
    (folder / "grammar.yaml").write_text(text, encoding="utf-8")
    (service,) = check([folder], folder.parent).services
    return service.compiled


def test_plans_make_nothing_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    checked = check([SHIPPED], SHIPPED.parent)

    def refuse(self: Tally, steps: int) -> None:
        raise AssertionError(f"{self.work} is done again")

    with monkeypatch.context() as patch:
        patch.setattr(Tally, "add", refuse)
        files = build(checked, whole=True)
    assert files == build(check([SHIPPED], SHIPPED.parent), whole=True)


def test_all_that_is_read_or_sent_is_there() -> None:
    (service,) = check([SHIPPED], SHIPPED.parent).services
    contract = service.contract
    assert tuple(service.compiled.texts) == whole_texts(contract)
    uses = {*read_uses(contract), *sent_uses(contract)}
    assert service.compiled.leaves.keys() == uses
    assert service.compiled.undecided == ()
    assert service.compiled == compile_contract(contract)


def test_what_is_too_large_has_a_place(tmp_path: Path) -> None:
    result = compiled(tmp_path / "tiny", leaf("{text: '[^,]*x[^,]{40}'}"))
    assert {(undecided.about, undecided.problem.work) for undecided in result.undecided} >= {
        ("Kind", Work.PATTERN)
    }
    assert result.leaves == {}


def test_the_rest_is_compiled_beside_it(tmp_path: Path) -> None:
    text = spec(
        "W",
        types=["T: {text: '[^,]*x[^,]{40}'}", "W: {text: any}"],
        more="callbacks:\n  P: {form: {bad: T, word: W}}\n",
    )
    result = compiled(tmp_path / "tiny", text)
    assert tuple(result.texts) == ("W",)
    assert {use.type for use in result.leaves} == {"W"}
    assert {undecided.about for undecided in result.undecided} == {"T"}


@given(
    PATTERNS,
    st.lists(st.sampled_from(["ab", "\n", "c", "\r\n"]), max_size=2, unique=True),
    st.sampled_from(LineEnds),
    st.booleans(),
    st.lists(st.text("ab \n", max_size=2), max_size=2, unique=True).map(tuple),
    st.lists(st.text("abc\n\r ", max_size=5), max_size=12),
)
def test_contents_are_those_of_the_form_in_its_place(
    pattern: str,
    excludes: list[str],
    line_ends: LineEnds,
    padded: bool,
    nils: tuple[str, ...],
    texts: list[str],
) -> None:
    form = Form(parse_pattern(pattern), pattern, tuple(excludes))
    contents = contents_of(form, line_ends, padded=padded, nils=nils)
    without = [*excludes, *(["\r\n"] if line_ends is LineEnds.LF else [])]

    def is_of_the_form(text: str) -> bool:
        has_one = any(excluded in text for excluded in without)
        return re.fullmatch(pattern, text, re.DOTALL) is not None and not has_one

    def may_stand(text: str) -> bool:
        return is_of_the_form(text) and not (padded and text != text.strip(BLANKS))

    for text in [*texts, "", *nils]:
        assert contents.written.accepts(text) == (may_stand(text) and text not in nils)
        assert contents.read.accepts(text) == (may_stand(text) or text in nils)
        if is_of_the_form(text) and not may_stand(text) and text not in nils:
            assert contents.loses_padded
    assert contents.nils_taken == tuple(filter(may_stand, nils))
    if contents.loses_padded:
        assert padded
