"""Records that are written as wholes, of every kind of leaf, with usual and with odd values."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from enum import Enum
from typing import Any, Final, NamedTuple, final

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from unstringly.runtime.xml.enumerations import enumeration
from unstringly.runtime.xml.facets import Facets, PatternFacet, restricted
from unstringly.runtime.xml.leaves import Leaf, list_of, union_of
from unstringly.runtime.xml.precise import PreciseDatetime, PreciseTime, ZonedDate
from unstringly.runtime.xml.records import record
from unstringly.runtime.xml.tables import Attribute, Content, Element, Shape, Text
from unstringly.runtime.xml.texts import STRING, TOKEN
from unstringly.runtime.xml.values import BUILT_INS

from .drawn import VALUES
from .drawn_tables import XML_TEXT


class State(Enum):
    """An enumeration, one of whose members XML writes otherwise."""

    NEW = "new"
    CUT = "a<b"


@final
@record
class UnknownState:
    """A text that is no member."""

    text: str


class Number(int):
    """A subclass, as programs have them; the others alike."""


class Share(float):
    def __repr__(self) -> str:
        return "share"


class Exact(Decimal):
    def __str__(self) -> str:
        return "exact"


class Word(str):
    __slots__ = ()

    def __str__(self) -> str:
        return "word"


class Moment(datetime):
    def isoformat(self, *_: object, **__: object) -> str:
        return "moment"


class Moving(tzinfo):
    """A zone whose offset depends on the day, and that has none without one."""

    def utcoffset(self, moment: datetime | None, /) -> timedelta | None:
        return None if moment is None else timedelta(hours=moment.month - 6)

    def dst(self, _: datetime | None, /) -> timedelta | None:
        return None

    def tzname(self, _: datetime | None, /) -> str | None:
        return None


_AT: Final = datetime(2024, 10, 27, 2, 30, 5)
_ZONES: Final = (
    UTC,
    timezone(timedelta(0), "GMT"),
    timezone(timedelta(hours=5, minutes=30)),
    timezone(timedelta(hours=15)),
    timezone(timedelta(seconds=-30)),
    timezone(timedelta(microseconds=1)),
    Moving(),
)

ODD: Final[tuple[object, ...]] = (
    *(None, True, False, 0, -1, 10**30, -(10**5000), Number(7), 2**31, -(2**63), 5.0, -0.0),
    *(float("nan"), float("inf"), -float("inf"), 1e300, 5e-324, Share(1.5)),
    *map(Decimal, ("1E+3", "1E-9", "NaN", "sNaN", "-Infinity", "-0.00", "0E-20", "99.990")),
    *(Exact("1.5"), Decimal((0, (1,), 10**6)), "", " ", " a  b ", "a\rb", "a\tb\n", "]]>", "&lt;"),
    *("<", '"', "\0", "\ud800", "\udc00", "\ufffe", "\x85\u2028", "a", "abc", "a,b", Word("x")),
    *(b"", b"\0\xff", bytearray(b"ab"), (), ("a",), ["b"], State.NEW, State.CUT),
    *(UnknownState(text="new"), UnknownState(text="]]>"), object, _AT, _AT.replace(fold=1)),
    *(_AT.replace(microsecond=5), _AT.date(), _AT.time(), _AT.time().replace(tzinfo=UTC)),
    *(_AT.replace(tzinfo=zone) for zone in _ZONES),
    *(PreciseDatetime.of(_AT, "7"), PreciseTime.of(_AT.time(), "7"), ZonedDate.of(_AT, UTC)),
    *(
        Moment(2024, 1, 2),
        datetime.max,
        datetime.min,
        date.max,
        time.max,
        time(12, tzinfo=Moving()),
    ),
)
"""What is of another type, or on the edge of one, or looks like a value and is none."""


PLAIN: Final[tuple[object, ...]] = (
    *(True, -1, 0, 1, 2, 0.5, Decimal("1.5"), Decimal(-1), "a", "en", "ab", b"a", State.NEW),
    *(_AT, _AT.replace(tzinfo=UTC), _AT.replace(tzinfo=_ZONES[2]), _AT.date(), _AT.time()),
)
"""What programs mostly have."""


class Kind(NamedTuple):
    """A leaf, and usual values of it."""

    leaf: Leaf[Any]  # Any: of any values
    values: SearchStrategy[Any]


def _restricted(base: str, values: SearchStrategy[Any], **facets: Any) -> Kind:  # Any: any facets
    return Kind(restricted("drawn", BUILT_INS[base], Facets(**facets)), values)


_STATE: Final = enumeration("State", STRING, State, UnknownState)
_STATES: Final = st.sampled_from(State) | st.builds(UnknownState, text=st.just("other"))
_SHORT: Final = st.text("ab,<", max_size=4)
_CENTS: Final = st.decimals(-50, 50, places=2)
_PATTERNS: Final = (PatternFacet("[ab]*", "[ab]*"), PatternFacet("a.*", "a.*"))

KINDS: Final[Mapping[str, Kind]] = {
    **{name: Kind(leaf, VALUES[name]) for name, leaf in BUILT_INS.items()},
    "string": Kind(BUILT_INS["string"], XML_TEXT),
    "enumeration": Kind(_STATE, _STATES),
    "closed": Kind(enumeration("State", TOKEN, State), st.sampled_from(State)),
    "list": Kind(list_of("list", BUILT_INS["int"]), st.lists(st.integers(0, 9)).map(tuple)),
    "union": Kind(
        union_of("union", BUILT_INS["int"], BUILT_INS["boolean"]), st.integers() | st.booleans()
    ),
    "state of few letters": Kind(restricted("s", _STATE, Facets(max_length=1)), _STATES),
    "few": _restricted("string", _SHORT, max_length=3),
    "some": _restricted("string", _SHORT, min_length=1, length=2),
    "letters": _restricted("string", _SHORT, patterns=_PATTERNS),
    "collapsed": _restricted("string", st.text("a ", max_size=3), white_space="collapse"),
    "replaced": _restricted("string", st.text("a\n", max_size=3), white_space="replace"),
    "listed": _restricted("string", st.sampled_from("abc"), enumeration=("a", "b", "c")),
    "listed numbers": _restricted("int", st.integers(0, 4), enumeration=(1, 2, 3)),
    "bytes": _restricted("base64Binary", st.binary(max_size=3), max_length=2),
    "from to": _restricted("int", st.integers(0, 9), min_inclusive=1, max_exclusive=8),
    "cents": _restricted("decimal", _CENTS, total_digits=4, fraction_digits=1),
    "above": _restricted("decimal", _CENTS, min_exclusive=Decimal(-40), max_inclusive=40),
    "ratio": _restricted("double", st.floats(-1, 2), min_inclusive=0.0, max_inclusive=1.0),
    "true": _restricted("boolean", st.booleans(), enumeration=(True,)),
    "since": _restricted("dateTime", VALUES["dateTime"], min_inclusive=_AT),
    "until": _restricted("dateTime", VALUES["dateTime"], max_exclusive=_AT.replace(tzinfo=UTC)),
    "day": _restricted("date", VALUES["date"], min_inclusive=_AT.date()),
}


class Drawn(NamedTuple):
    """A type for elements, and its usual values."""

    type: Any  # Any: a leaf or a shape, and its values
    values: SearchStrategy[Any]


@st.composite
def wholes(draw: DrawFn, depth: int = 2) -> Drawn:
    """A type of records that are written as wholes."""
    if not draw(st.integers(0, 4)):
        inner = draw(inner_types(depth))
        items = Element("items", "urn:a item", inner.type, least=0, most=None, missing=())
        return Drawn(Shape("", None, lambda: Content((items,))), lists_of(inner, 0, None))
    slots: dict[str, SearchStrategy[Any]] = {}
    attributes: list[Attribute] = []
    for number in range(draw(st.integers(0, 2))):
        slot, kind = f"attribute_{number}", draw(st.sampled_from([*KINDS.values()]))
        is_required = draw(st.booleans())
        attributes.append(Attribute(slot, f"a{number}", kind.leaf, is_required))
        slots[slot] = kind.values if is_required else st.none() | kind.values
    has_text = draw(st.booleans())
    if attributes and has_text:
        kind = draw(st.sampled_from([*KINDS.values()]))
        slots["text"] = kind.values
        content = Content((), tuple(attributes), Text("text", kind.leaf))
    else:
        particles = [
            draw(elements(f"slot_{number}", depth, slots))
            for number in range(draw(st.integers(1, 4)))
        ]
        content = Content(tuple(particles), tuple(attributes))
    cls: type[Any] = record(type("Drawn", (), {"__annotations__": dict.fromkeys(slots, object)}))
    values = st.fixed_dictionaries(slots).map(lambda values: cls(**values))
    return Drawn(Shape("", cls, lambda: content), values)


@st.composite
def elements(draw: DrawFn, slot: str, depth: int, slots: dict[str, SearchStrategy[Any]]) -> Element:
    """An element; `slots` gets the values of its slot."""
    inner = draw(inner_types(depth))
    name = f"{draw(st.sampled_from(['', 'urn:a ', 'urn:b ']))}{slot}"
    least, most, nillable = draw(
        st.sampled_from(
            [(1, 1, False), (0, 1, False), (1, 1, True), (0, None, False), (1, 3, True)]
        )
    )
    if most == 1:
        slots[slot] = st.none() | inner.values if nillable or not least else inner.values
        return Element(slot, name, inner.type, least, most, nillable)
    slots[slot] = lists_of(inner, least, most)
    return Element(slot, name, inner.type, least, most, nillable, missing=())


@st.composite
def inner_types(draw: DrawFn, depth: int) -> Drawn:
    if depth and not draw(st.integers(0, 2)):
        return draw(wholes(depth - 1))
    return Drawn(*draw(st.sampled_from([*KINDS.values()])))


def lists_of(inner: Drawn, least: int, most: int | None) -> SearchStrategy[tuple[Any, ...]]:
    return st.lists(inner.values, min_size=least, max_size=2 if most is None else most).map(tuple)


@st.composite
def spoiled(draw: DrawFn, value: Any) -> Any:  # Any: whatever is drawn
    """A value with an odd one somewhere in it."""
    if hasattr(value, "__record__") and draw(st.integers(0, 5)):
        slot = draw(st.sampled_from(value.__record__.names))
        return value.__replace__(**{slot: draw(spoiled(getattr(value, slot)))})
    if _has_items(value) and draw(st.integers(0, 5)):
        at = draw(st.integers(0, len(value) - 1))
        return (*value[:at], draw(spoiled(value[at])), *value[at + 1 :])
    return draw(st.sampled_from(ODD))


def _has_items(value: object) -> bool:
    return isinstance(value, tuple) and value != ()
