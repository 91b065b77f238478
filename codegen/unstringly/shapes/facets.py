"""The facets of a simple type, all steps of restriction together, as the runtime wants them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from unstringly.python.build import call, tuple_of
from unstringly.python.nodes import Expression, Number, Text
from unstringly.python.symbols import runtime
from unstringly.read.patterns.regexes import regex_of
from unstringly.read.patterns.schema_patterns import SchemaPatternError, parse_schema_pattern
from unstringly.shapes.flattening import NoShapeError

if TYPE_CHECKING:
    from collections.abc import Callable

    from unstringly.model.schema_simple import SimpleType

    Steps: TypeAlias = tuple[SimpleType, ...]
    Source: TypeAlias = Callable[[str], Expression]

_FACETS = runtime("xml.facets", "Facets")
_PATTERN = runtime("xml.facets", "PatternFacet")

_COUNTS = ("length", "min_length", "max_length", "total_digits", "fraction_digits")
_BOUNDS = ("min_inclusive", "max_inclusive", "min_exclusive", "max_exclusive")
_SPACED = {"string": 0, "normalizedString": 1}
_WHITE_SPACE = {"preserve": "string", "replace": "normalizedString", "collapse": "token"}


def text_type(built_in: str, steps: Steps) -> str:
    """Return the built-in type with the white space of these steps, the last step first."""
    facet = _nearest(steps, "white_space")
    if built_in not in _SPACED or facet is None:
        return built_in
    wanted = _WHITE_SPACE[str(facet)]
    return wanted if _SPACED.get(wanted, 2) > _SPACED[built_in] else built_in


def facets_of(
    steps: Steps, built_in: str, source_of: Source
) -> tuple[Expression | None, str | None]:
    """Return the source of the facets, and the reason why some of them are not checked.

    `steps` are a type and those that it restricts, `source_of` makes the source of the value of a
    text. None stands for no facets, and for all facets checked. Raises NoShapeError.
    """
    facets: dict[str, Expression] = {}
    for name in _COUNTS:
        count = _nearest(steps, name)
        if isinstance(count, int):
            facets[name] = Number(count)
    for name in _BOUNDS:
        bound = _nearest(steps, name)
        if isinstance(bound, str):
            facets[name] = _value(steps, source_of, bound)
    listing = next((step for step in steps if step.facets.enumeration), None)
    if listing is not None:
        values = [_value((listing,), source_of, own.value) for own in listing.facets.enumeration]
        facets["enumeration"] = tuple_of(*dict.fromkeys(values))
    patterns, unchecked = _patterns(steps)
    if patterns:
        facets["patterns"] = tuple_of(*patterns)
    if text_type(built_in, steps) != built_in:
        facets["white_space"] = Text(str(_nearest(steps, "white_space")))
    return call(_FACETS, **facets) if facets else None, unchecked


def _nearest(steps: Steps, facet: str) -> object:
    """Return the value of a facet in the step that says it last."""
    values = (getattr(step.facets, facet) for step in steps)
    return next((value for value in values if value is not None), None)


def _value(steps: Steps, source_of: Source, text: str) -> Expression:
    try:
        return source_of(text)
    except ValueError as error:
        raise NoShapeError(str(error), steps[0].span) from None


def _patterns(steps: Steps) -> tuple[list[Expression], str | None]:
    """Return the patterns of all steps: a text matches one of each step's."""
    patterns: list[Expression] = []
    for step in steps:
        if not step.facets.patterns:
            continue
        sources = step.facets.patterns
        try:
            regex = "|".join(regex_of(parse_schema_pattern(source)) for source in sources)
        except SchemaPatternError as error:
            return [], f"its pattern is not checked: {error}"
        patterns.append(call(_PATTERN, Text("|".join(sources)), Text(regex)))
    return patterns, None
