"""Work, counted in steps: the limits of constructions and searches, the same on every machine.

A step is one cell of a table, one move of a network, one pair of edges: something that takes
about a microsecond and at most a few hundred bytes. Each construction has a `Tally` with a limit
of its own; `whole` gives a limit to everything that is done inside it. Where a limit is passed,
`TooLarge` is raised, and a stage of the program makes a finding of it. The reasons for the limits
stand in docs/decisions/0017-bounds.md.
"""

from collections.abc import Callable, Generator, Hashable, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Final, Generic, TypeVar

from msgspec import Struct


class Work(Enum):
    """The kind of work that takes steps, in the words of messages."""

    PATTERN = "the automaton of its pattern"
    FORM = "the automaton of its form"
    ONE_FORM = "all that is asked of its form"
    ALPHABET = "telling its characters apart"
    NETWORK = "the network of its parts"
    STATES = "the automaton of its texts"
    READINGS = "the search for a text with two readings"
    FORGERY = "the search for a forged text"
    SPEC = "all that is asked of the spec"
    CELLS = "the table of its form"
    DEPTH = "its place"


LIMITS: Final[Mapping[Work, int]] = MappingProxyType(
    {
        Work.PATTERN: 1_000_000,
        Work.FORM: 1_000_000,
        Work.ONE_FORM: 2_000_000,
        Work.ALPHABET: 100_000,
        Work.NETWORK: 1_000_000,
        Work.STATES: 2_000_000,
        Work.READINGS: 3_000_000,
        Work.FORGERY: 3_000_000,
        Work.SPEC: 6_000_000,
        Work.CELLS: 250_000,
        Work.DEPTH: 50,
    }
)
"""The most steps of each kind; for CELLS the most cells of a table in generated code, for DEPTH the
most levels in which records and lists stand in one another.
"""


BEGINNING: Final = 100
"""The steps of the whole that each construction takes, however small: there may be thousands."""


class TooLarge(Exception):
    """Some work passes its limit; `place` is the definition or field at work, if it is known."""

    def __init__(self, work: Work, place: str = "") -> None:
        more = _MORE.get(work, "takes more than {:,} steps").format(LIMITS[work])
        super().__init__(f"{work.value} {more}")
        self.work = work
        self.place = place


_MORE: Final = {
    Work.CELLS: "has more than {:,} cells",
    Work.DEPTH: "has more than {:,} levels above it",
}


class Exhausted(TooLarge):
    """The whole has no steps left, so nothing more can be decided."""


class Tally:
    """The steps of one construction, up to a limit; `place` is the definition or field at work."""

    __slots__ = ("_limit", "place", "steps", "work")

    def __init__(self, work: Work) -> None:
        self.work = work
        self._limit = LIMITS[work]
        self.steps = 0
        self.place = ""

    def add(self, steps: int) -> None:
        """Count some steps before they are done; raises TooLarge."""
        self.steps += steps
        if self.steps > self._limit:
            raise TooLarge(self.work, self.place)


class Spent(Struct, frozen=True):
    """The steps of an earlier stage, on which a later one counts on."""

    steps: int
    kept: Mapping[Hashable, int]


NOTHING: Final = Spent(0, MappingProxyType({}))


@dataclass
class Whole:
    """The steps of all constructions of something; `kept` are steps done once and kept."""

    work: Work
    steps: int
    kept: dict[Hashable, int]

    @property
    def spent(self) -> Spent:
        """The steps taken until now."""
        return Spent(self.steps, MappingProxyType(dict(self.kept)))


_WHOLE: ContextVar[Whole | None] = ContextVar("_WHOLE", default=None)


@contextmanager
def whole(work: Work, before: Spent = NOTHING) -> Generator[Whole, None, None]:
    """Limit all constructions inside, together with the steps of an earlier stage.

    A construction that passes the limit raises Exhausted.
    """
    inside = Whole(work, before.steps, dict(before.kept))
    token = _WHOLE.set(inside)
    try:
        yield inside
    finally:
        _WHOLE.reset(token)


def charge(steps: int) -> None:
    """Enter steps into the whole, if there is one; raises Exhausted."""
    around = _WHOLE.get()
    if around is not None:
        around.steps += steps
        if around.steps > LIMITS[around.work]:
            raise Exhausted(around.work)


def charge_once(kept: Mapping[Hashable, int]) -> None:
    """Enter the steps of what is kept for later, each the first time only; raises Exhausted.

    So what is kept from one spec to the next costs each of them the same.
    """
    around = _WHOLE.get()
    if around is not None:
        new = {key: steps for key, steps in kept.items() if key not in around.kept}
        around.kept |= new
        charge(sum(new.values()))


T = TypeVar("T")


class Kept(Struct, Generic[T], frozen=True):
    """The value of a construction, or the reason why it has none, and the steps it took."""

    value: T | TooLarge
    steps: Mapping[Hashable, int]

    def get(self) -> T:
        """Enter the steps, and return the value; raises TooLarge."""
        charge_once(self.steps)
        if isinstance(self.value, TooLarge):
            raise TooLarge(self.value.work, self.value.place)
        return self.value


def kept(key: Hashable, construct: Callable[[], T]) -> Kept[T]:
    """Do a construction whose value will be kept under a key; TooLarge is kept, not raised."""
    value: T | TooLarge
    with whole(Work.ONE_FORM) as inside:
        try:
            value = construct()
        except TooLarge as problem:
            value = problem.with_traceback(None)
    own = inside.steps - sum(inside.kept.values())
    return Kept(value, MappingProxyType({**inside.kept, key: own}))


@contextmanager
def counted(work: Work) -> Generator[Tally, None, None]:
    """Yield the tally of one construction, and enter it into the whole however that ends.

    Raises Exhausted at the end.
    """
    tally = Tally(work)
    try:
        yield tally
    finally:
        charge(tally.steps + BEGINNING)
