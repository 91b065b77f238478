"""The way out of each state is a shortest one, and found without looking at a step twice."""

from hypothesis import given
from hypothesis import strategies as st
from tests.effort import lines_of

from unstringly.runtime.text.ways_out import Step, ways_out

STATES = 6
STEPS = st.lists(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, STATES - 1)), max_size=4),
    min_size=STATES,
    max_size=STATES,
)
ENDS = st.frozensets(st.integers(0, STATES - 1))


def distance(steps: list[list[Step]], ends: frozenset[int], state: int) -> int | None:
    """The length of a shortest way to an end, found by going all ways at once."""
    reached = {state}
    for length in range(STATES):
        if reached & ends:
            return length
        reached = {target for each in reached for _, target in steps[each]}
    return None


@given(STEPS, ENDS)
def test_they_are_shortest(steps: list[list[Step]], ends: frozenset[int]) -> None:
    ways = ways_out(steps, ends)
    for state in range(STATES):
        far = distance(steps, ends, state)
        assert (state in ways) == bool(far)
        if far:
            assert ways[state] in steps[state]
            assert distance(steps, ends, ways[state][1]) == far - 1


def test_they_take_linear_work() -> None:
    def work(number: int) -> int:
        steps = [[(0, state + 1), (1, state)] for state in range(number)] + [[]]
        return lines_of(lambda: ways_out(steps, {number}))

    assert work(1_600) <= 8.5 * work(200)
