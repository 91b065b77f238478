"""Laws 1 to 6 for packages of grammars with every key on every kind of thing, judged by the oracle.

Each pair of `pairs.py` has to be in a grammar that is generated; whatever else is in these grammars
is drawn. A package reads what the oracle reads, loses nothing of any other text, and writes
exactly the values that are in their declared forms.
"""

import importlib
import tempfile
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject, DrawFn, SearchStrategy
from tests.generator.importing import imported_files
from tests.generator.services import MINIMAL_WSDL, put
from tests.laws import bridge, oracle, oracle_recovery
from tests.laws.bridge import Sketch
from tests.laws.pairs import Pair, all_pairs, grammars, is_refused
from tests.laws.test_drawn_packages import as_parsed
from tests.laws.test_random_grammars import BLANKS, damaged, spelled
from tests.laws.typed_drawing import sketches
from tests.laws.typed_sketches import spec_of
from tests.laws.typed_values import list_in, of_python, of_reading, to_python, values, written

from unstringly.diagnostics import Severity
from unstringly.pipeline import build, check
from unstringly.runtime.text.parsed import Malformed, RecordPiece

REFUSED = {"G101", "G107", "G108"}
"""Errors that a drawn grammar may have: two readings, or a value that cannot stand in its place."""

PAIRS = tuple(all_pairs())
LONGEST = 40
LONG = settings().max_examples >= 150
UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)
"""A package takes too long to be made again for each smaller grammar."""


@dataclass(frozen=True)
class Service:
    """A package, and what is known of it."""

    sketch: Sketch
    lf: bool
    module: ModuleType

    def plain(self, raw: str) -> str:
        """A text as the grammar sees it."""
        return oracle.line_feeds_only(raw) if self.lf else raw


@contextmanager
def package(sketch: Sketch, *, lf: bool, documented: bool) -> Generator[Service | list[str]]:
    """The package of a grammar; or the codes of the errors that keep it away."""
    spec = spec_of(sketch, lf=lf, documented=documented)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        checked = check([put(folder / "tiny", "Tiny.wsdl", MINIMAL_WSDL, spec)], folder)
        errors = {f.rule.code for f in checked.findings if f.severity is Severity.ERROR}
        if errors:
            assert errors <= REFUSED, f"{checked.findings}\n{spec}"
            yield sorted(errors)
            return
        with imported_files(build(checked, whole=False), "tiny") as module:
            yield Service(sketch, lf, module)


@st.composite
def wire(draw: DrawFn, sketch: Sketch) -> str:
    """A text that the service may well send, often with some damage."""
    noise = st.sampled_from((" ", "\n", "\r\n", "1", "a", ",", ";", "|", "/", "\0", "#", "\u0663"))
    blanks = draw(BLANKS), draw(BLANKS)
    text = draw(st.one_of(spelled(sketch), damaged(spelled(sketch), noise)))
    return (blanks[0] + text + blanks[1])[:LONGEST]


def check_reading(service: Service, raw: str) -> str:
    """Laws 1, 4 and 6: the oracle's reading, or all that came."""
    sketch, text = service.sketch, service.plain(raw)
    parse: Callable[[str], object] = service.module.parse_ask
    found = oracle.readings(bridge.form(sketch), text)
    if found:
        (reading,) = found
        value = parse(raw)
        assert of_python(sketch, value) == of_reading(sketch, text, reading)
        check_written_again(service, value)
        return "read"
    outer = list_in(sketch)
    if outer is None:
        with pytest.raises(service.module.MalformedResponse) as caught:
            parse(raw)
        assert getattr(caught.value, "raw") == raw  # noqa: B009 - of any package
        return "malformed"
    parsed = as_parsed(parse(raw))
    pieces = parsed.pieces()
    assert "".join(piece.raw for piece in pieces) == raw
    best = oracle_recovery.recovery(bridge.list_of(outer), text)
    lost = [service.plain(piece.raw) for piece in parsed.malformed]
    assert sum(map(len, lost)) == best.malformed
    if not service.lf:
        places = tuple(
            oracle_recovery.Piece(*piece.span, type(piece).__name__ == RecordPiece.__name__)
            for piece in pieces
            if type(piece).__name__ in (RecordPiece.__name__, Malformed.__name__)
        )
        cost = oracle_recovery.cost_of(bridge.list_of(outer), text, places)
        assert cost == (best.malformed, best.irregular)
    return "recovered"


def check_written_again(service: Service, value: object) -> None:
    """Law 3: what has been read can be written, but for a CR that meets a line feed."""
    refused = service.module.Unwritable if service.lf else ()
    try:
        text = service.module.format_ask(value)
    except refused as problem:
        if "line feed" in str(problem):
            return
        raise
    assert of_python(service.sketch, service.module.parse_ask(text)) == of_python(
        service.sketch, value
    )


def check_writing(service: Service, data: DataObject) -> str:
    """Laws 2 and 3: exactly the declared values, and they come back."""
    sketch = service.sketch
    value = data.draw(values(sketch))
    expected = written(sketch, value)
    if expected is not None and service.plain(expected) != expected:
        expected = None
    try:
        text: str | None = service.module.format_ask(to_python(service.module, sketch, value))
    except service.module.Unwritable:
        text = None
    assert text == expected, value
    if text is None:
        return "refused"
    assert of_python(sketch, service.module.parse_ask(text)) == value
    return "written"


def check_strategies(service: Service, data: DataObject) -> None:
    """What the package's own strategies draw can be written, and comes back."""
    strategies = importlib.import_module("tiny.strategies")
    name = service.sketch.name
    function: Callable[[], SearchStrategy[object]]
    function = getattr(strategies, name[0].lower() + name[1:])
    value = data.draw(function())
    back = service.module.parse_ask(service.module.format_ask(value))
    assert of_python(service.sketch, back) == of_python(service.sketch, value)


def check_laws(sketch: Sketch, data: DataObject, counts: Counter[str]) -> None:
    options = {"lf": data.draw(st.booleans()), "documented": data.draw(st.booleans())}
    with package(sketch, **options) as service:
        if isinstance(service, list):
            counts.update(service)
            return
        counts["made"] += 1
        for text in data.draw(st.lists(wire(sketch), min_size=4, max_size=10)):
            counts[check_reading(service, text)] += 1
        for _ in range(data.draw(st.integers(8, 16))):
            counts[check_writing(service, data)] += 1
        for _ in range(2):
            check_strategies(service, data)


@settings(max_examples=1_200 if LONG else settings().max_examples, phases=UNSHRUNK)
@given(sketches(), st.data())
def test_any_grammar(sketch: Sketch, data: DataObject) -> None:
    check_laws(sketch, data, Counter())


class _Enough(Exception):
    """A grammar has been generated, and obeys the laws: no more are tried."""


EACH = 3 if LONG else 1
"""Grammars for each pair; if none of them can be generated, more are tried, until one can be."""
MOST = 200


def ask(pair: Pair, examples: int, counts: Counter[str], *, until_made: bool) -> None:
    """Hold grammars that have the pair against the laws."""

    @settings(max_examples=examples, phases=UNSHRUNK, derandomize=True, database=None)
    @given(grammars(pair), st.data())
    def check_one(sketch: Sketch, data: DataObject) -> None:
        check_laws(sketch, data, counts)
        if until_made and counts["made"]:
            raise _Enough

    with suppress(_Enough):
        check_one()


@pytest.mark.few(12)
@pytest.mark.some(40)
@pytest.mark.parametrize("pair", [pair for pair in PAIRS if not is_refused(pair)], ids=str)
def test_every_pair_is_in_a_grammar(pair: Pair) -> None:
    counts: Counter[str] = Counter()
    ask(pair, EACH, counts, until_made=False)
    if not counts["made"]:
        ask(pair, MOST, counts, until_made=True)
    assert counts["made"], counts
