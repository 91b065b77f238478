"""Values without empty structures, which zeep takes for absent."""

from datetime import datetime
from decimal import Decimal
from random import Random
from typing import Any, Final, cast

from tests.plan.messages.sampling import NoSample, Sampler, hints_of, of_items

_TRIES: Final = 8
_OF_ANY_TYPE: Final = ("text", 5, True, Decimal("1.5"), datetime(2024, 2, 29, 1, 2, 3))


class FilledSampler(Sampler):
    """Draws listed and plain values; each structure in them has something in it, if it can.

    `with_any`: there may be values of any type in them, and elements that no name is known for.
    """

    def __init__(self, xml: Any, *, with_any: bool) -> None:
        super().__init__(xml, listed_only=True, plain_only=True)
        self._with_any = with_any

    def _shaped(self, shape: Any, hint: object, random: Random) -> Any:
        content = shape.content()
        value = super()._shaped(shape, hint, random)
        if not (content.particles or content.attributes or content.text or content.derived):
            return value
        for _ in range(_TRIES):
            if not is_bare(value):
                return value
            value = super()._shaped(shape, hint, random)
        return value if not is_bare(value) else self._with_a_leaf(shape, value, hint, random)

    def _of_type(self, of: Any, name: str, hint: object, random: Random) -> Any:
        if self._with_any and isinstance(of, self._tables.AnyType):
            return random.choice(_OF_ANY_TYPE)
        return super()._of_type(of, name, hint, random)

    def _particle(self, particle: Any, hint: object, random: Random) -> Any:
        if self._with_any and isinstance(particle, self._tables.Wildcard):
            spaces = particle.namespaces or ["urn:of-nobody"]
            one = self._fragment(f"{sorted(spaces)[-1]} any")
            return one if particle.most == 1 else (one,)
        try:
            value = super()._particle(particle, hint, random)
        except NoSample:
            if particle.least:
                raise
            return None if particle.most == 1 else ()
        return None if particle.most == 1 and not particle.least and is_bare(value) else value

    def _with_a_leaf(self, shape: Any, value: Any, hint: object, random: Random) -> Any:
        """Return a record with a value in one of its fields, or an array with an item.

        Raises NoSample.
        """
        tables, content = self._tables, shape.content()
        if shape.cls is None:
            (particle,) = content.particles
            if not isinstance(particle, tables.Element):
                raise NoSample(shape.name)
            return (self._of_type(particle.type, particle.name, of_items(hint), random),)
        hints = hints_of(shape.cls)
        elements = [own for own in content.particles if isinstance(own, tables.Element)]
        for own in [*elements, *content.attributes]:
            if isinstance(own.type, tables.Shape | tables.Whole | tables.AnyType):
                continue
            is_one = not isinstance(own, tables.Element) or own.most == 1
            inner = hints[own.slot] if is_one else of_items(hints[own.slot])
            one = self._leaf(own.type, inner, random)
            return value.__replace__(**{own.slot: one if is_one else (one,)})
        raise NoSample(shape.name)


def is_bare(value: Any) -> bool:
    """Say whether a value is a structure with nothing in it."""
    if isinstance(value, tuple):
        return not value
    known: Any = getattr(cast("Any", type(value)), "__record__", None)
    return known is not None and all(
        own is None or own == () or own == frozenset() for own in known.values(value)
    )
