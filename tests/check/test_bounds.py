"""No grammar takes the machine: work is counted, and too much of it is an error with a place."""

import re
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import event, given, settings
from tests.check.heavy import EXPLODING, LARGE, LARGEST, grammars, leaf, row, spec
from tests.effort import at_most_steps
from tests.generator.services import MINIMAL_WSDL, SHIPPED

from unstringly.automata import work
from unstringly.automata.work import LIMITS, Tally, TooLarge, Work
from unstringly.checked import Checked
from unstringly.diagnostics import Severity
from unstringly.pipeline import build, check
from unstringly.read.patterns import reader as patterns
from unstringly.read.patterns.chars import PatternError

MOST = 2_000
"""Millions of steps, far more than any grammar takes (about 250)."""


class Meter:
    """The tallies of all constructions, and the steps of everything."""

    def __init__(self) -> None:
        self.tallies: list[Tally] = []
        self.wholes: list[work.Whole] = []

    @property
    def most(self) -> dict[Work, int]:
        """The most steps of each kind of construction."""
        most = dict.fromkeys(Work, 0)
        for tally in self.tallies:
            most[tally.work] = max(most[tally.work], tally.steps)
        return most


@contextmanager
def metered() -> Generator[Meter, None, None]:
    meter = Meter()
    begin, whole = Tally.__init__, work.whole

    def begun(self: Tally, what: Work) -> None:
        begin(self, what)
        meter.tallies.append(self)

    @contextmanager
    def watched(what: Work, before: work.Spent = work.NOTHING) -> Generator[work.Whole, None, None]:
        with whole(what, before) as inside:
            meter.wholes.append(inside)
            yield inside

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Tally, "__init__", begun)
        patch.setattr("unstringly.compile.compiled.whole", watched)
        patch.setattr("unstringly.check.table.whole", watched)
        yield meter


def decided(text: str) -> tuple[Checked, Meter]:
    """Return the results of checking a spec, and its work; no spec makes that raise."""
    with TemporaryDirectory() as name, metered() as meter:
        folder = Path(name) / "tiny"
        folder.mkdir()
        (folder / "Tiny.wsdl").write_text(MINIMAL_WSDL, encoding="utf-8")
        (folder / "grammar.yaml").write_text(text, encoding="utf-8")
        with at_most_steps(MOST):
            checked = check([folder], folder.parent)
        # One construction at most is under way when the steps of the whole are used up.
        allowed = LIMITS[Work.SPEC] + max(LIMITS.values())
        assert all(whole.steps <= allowed for whole in meter.wholes)
        if checked.ok:
            build(checked, whole=True)
        return checked, meter


def errors(checked: Checked) -> list[str]:
    return [finding.rule.code for finding in checked.findings if finding.severity is Severity.ERROR]


@pytest.mark.few(1)
@pytest.mark.some(2)
@pytest.mark.parametrize("text", EXPLODING.values(), ids=EXPLODING)
def test_what_is_too_large_is_an_error_with_its_place(text: str) -> None:
    checked, _ = decided(text)
    assert set(errors(checked)) == {"G111"}
    for finding in checked.findings:
        if finding.rule.code == "G111":
            line = text.splitlines()[finding.span.line - 1][finding.span.column - 1 :]
            named = re.match("'([^']+)'", finding.message)
            name = "service" if named is None else named.group(1).rpartition(".")[2]
            assert line.startswith(f"{name}: ")
            assert re.search(r"more than [0-9,]+ ", finding.message)
            assert finding.help


EXCLUDED = "ab" * 100


@pytest.mark.few(0)
@pytest.mark.some(1)
@pytest.mark.parametrize(
    ("form", "options", "remedy"),
    [
        ("{text: '[^,;]{0,900}'}", "separator: ','", "counts in patterns (`*` for `{0,900}`)"),
        (f"{{text: '[^,;]*', excludes: '{EXCLUDED}'}}", "separator: ','", "excluded texts"),
        ("{text: 'a*'}", "initiator: <", "things that may be empty with no separator"),
    ],
    ids=["counts", "excluded", "empty"],
)
def test_what_is_advised_against_many_parts_is_of_use(form: str, options: str, remedy: str) -> None:
    """The help names the thing that makes 200 fields too many."""
    checked, _ = decided(spec("R", types=[f"T: {form}"], records=[row("R", ["T"] * 200, options)]))
    (too_large,) = (finding for finding in checked.findings if finding.rule.code == "G111")
    assert remedy in too_large.help


@pytest.mark.some(3)
@pytest.mark.parametrize("name", [name for name in LARGE if name != LARGEST])
def test_what_is_only_large_is_decided(name: str) -> None:
    checked, _ = decided(LARGE[name])
    assert set(errors(checked)) <= {"G101"}


@pytest.mark.some(0)
def test_the_largest_is_decided() -> None:
    checked, _ = decided(LARGE[LARGEST])
    assert set(errors(checked)) <= {"G101"}


def test_what_ships_stays_ten_times_below_each_bound() -> None:
    with metered() as meter:
        checked = check([SHIPPED], SHIPPED.parent)
    assert checked.ok
    compiling, whole = meter.wholes
    assert 0 < compiling.steps < whole.steps
    assert whole.steps * 10 <= LIMITS[Work.SPEC]
    counted = set(Work) - {Work.SPEC, Work.ONE_FORM, Work.CELLS, Work.DEPTH}
    for what in counted:
        assert 0 < meter.most[what] * 10 <= LIMITS[what], what
    for steps in whole.kept.values():
        assert steps * 10 <= LIMITS[Work.ONE_FORM]


def test_what_ships_is_ten_times_less_deep_and_long(monkeypatch: pytest.MonkeyPatch) -> None:
    tenth = {what: LIMITS[what] // 10 for what in (Work.CELLS, Work.DEPTH)}
    monkeypatch.setattr("unstringly.compile.compiled.LIMITS", tenth)
    monkeypatch.setattr("unstringly.automata.alphabets.LIMITS", tenth)
    monkeypatch.setattr(patterns, "MAX_EXPANSION", patterns.MAX_EXPANSION // 10)
    monkeypatch.setattr(patterns, "MAX_SOURCE", patterns.MAX_SOURCE // 10)
    assert check([SHIPPED], SHIPPED.parent).ok


@pytest.mark.few(4)
@pytest.mark.parametrize("what", Work, ids=lambda what: what.name)
def test_each_bound_is_an_error_with_advice(what: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is lost with a bound: what was not decided is an error, and no package is written."""
    for module in ("compile.compiled", "automata.alphabets", "automata.work"):
        monkeypatch.setattr(f"unstringly.{module}.LIMITS", {**LIMITS, what: 1})
    # What is decided of a form is kept, so each case has a form that no other test has.
    form = f"T: {{text: '[^,;]{{1,{[*Work].index(what) + 71}}}', excludes: ab, untrusted: true}}"
    records = [row("R", ["T", "S"]), row("S", ["T", "T"], "separator: ;")]
    listed = ["L: {list: R, separator: '|'}"]
    checked, _ = decided(spec("L", types=[form], records=records, grammars=listed))
    too_large = [finding for finding in checked.findings if finding.rule.code == "G111"]
    assert too_large
    assert not checked.ok
    for finding in too_large:
        assert str(TooLarge(what)) in finding.message
        assert finding.help
    if what is Work.SPEC:  # nothing else is decided, which is said once
        assert len(too_large) == 1


def test_a_table_has_bounds_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("unstringly.compile.compiled.LIMITS", {**LIMITS, Work.CELLS: 500})
    checked, _ = decided(leaf("{text: '[^,]{0,300}'}"))
    assert errors(checked) == ["G111"]
    assert "cells" in checked.findings[0].message


def test_the_other_checks_go_on() -> None:
    """Beside a form that is too large, another result is proved to have two readings."""
    text = spec(
        "Row",
        types=["Cell: {text: '[^,]*x[^,]{40}'}", "Word: {text: '[a-z,]*'}"],
        records=[row("Row", ["Cell", "Word"]), row("Pair", ["Word", "Word"])],
        more="callbacks:\n  P: {form: {pair: Pair, word: Word}}\n",
    )
    checked, _ = decided(text)
    assert sorted(errors(checked)) == ["G101", "G111"]


def test_an_acceptance_is_not_stale_where_nobody_knows() -> None:
    accept = "accept:\n  W: {codes: G102, reason: who knows}\n"
    text = spec("T", types=["T: {text: '.*x.{40}'}", "W: {text: any}"], more=accept)
    checked, _ = decided(text)
    assert "G106" not in [finding.rule.code for finding in checked.findings]


def test_the_answer_does_not_depend_on_what_was_asked_before() -> None:
    steps: list[int] = []
    for _ in range(2):
        with metered() as meter:
            check([SHIPPED], SHIPPED.parent)
        steps.append(meter.wholes[-1].steps)
    decided(leaf("{text: '[^,]*x[^,]{40}'}"))
    assert errors(decided(leaf("{text: '[^,]*x[^,]{40}'}"))[0]) == ["G111"]
    assert steps[0] == steps[1]


@pytest.mark.parametrize(
    "pattern",
    ["(){999999}a", "((){999}){999}", "(|){999999}", "(a|){999}{2}", "(" * 500 + ")" * 500],
)
def test_nothing_written_out_very_often_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        patterns.parse_pattern(pattern)


@given(grammars())
@settings(max_examples=max(1, settings().max_examples // 20))
def test_drawn_grammars_end(text: str) -> None:
    checked, meter = decided(text)
    codes = sorted(set(errors(checked)))
    event(f"errors: {', '.join(codes) or 'none'}")
    most = meter.most
    assert all(most[what] <= 2 * LIMITS[what] for what in Work)


def test_a_limit_is_told_as_it_is() -> None:
    for what in Work:
        assert f"more than {LIMITS[what]:,} " in str(TooLarge(what))
