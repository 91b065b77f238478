"""The first alternative of a choice is asked for before anything else: it is read just the same."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject
from tests.laws.bridge import ChoiceSketch, LeafSketch, ListSketch
from tests.laws.leaf_kinds import BY_NAME
from tests.laws.test_whole_language import check_reading, check_writing, package, wire
from tests.laws.typed_sketches import leaf_of

MOST = min(100, settings().max_examples)
"""Examples of each case: there are many cases, and each example takes long."""

FAULT = leaf_of(BY_NAME["Fault"])
COUNTS = ListSketch("counts", (leaf_of(BY_NAME["Sum"]),), (";",))
FIRSTS = [leaf_of(BY_NAME[name]) for name in ("Phrase", "Key", "Count", "Price", "Fixed")]
BLANK = st.text(" \t\r\n", max_size=2)


@pytest.mark.some(7)
@pytest.mark.parametrize("first", FIRSTS, ids=lambda leaf: leaf.name)
@pytest.mark.parametrize("padded", [False, True])
@pytest.mark.parametrize("lf", [False, True])
def test_it_is_read_as_everything_is(first: LeafSketch, padded: bool, lf: bool) -> None:
    others = (FAULT, COUNTS) if first.name == "Phrase" else (FAULT,)
    sketch = ChoiceSketch("answer", (first, *others), padded)
    with package(sketch, lf=lf, documented=False) as service:
        if isinstance(service, list):
            assert first.name == "Phrase"
            assert service == ["G101"]  # no items, or an empty phrase
            sketch = ChoiceSketch("answer", (first, FAULT), padded)

    with package(sketch, lf=lf, documented=False) as service:
        assert not isinstance(service, list)

        @settings(max_examples=MOST)
        @given(st.data(), BLANK, BLANK)
        def ask(data: DataObject, before: str, behind: str) -> None:
            check_reading(service, before + data.draw(wire(first)) + behind)
            check_reading(service, before + behind)
            check_writing(service, data)

        ask()
