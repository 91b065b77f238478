"""Calls of a package's operations with drawn values: arguments, and the result to answer with."""

from collections.abc import Mapping
from random import Random
from typing import Any, NamedTuple, cast

from tests.interop.typed.filled import FilledSampler, is_bare
from tests.interop.typed.meanings import Meanings, is_empty
from tests.plan.messages.sampling import NoSample


class Drawn(NamedTuple):
    """A call: arguments by the names of the method's parameters, and the result.

    `body`, `headers` and `answer` are what arguments and result say. `has_any`: there may be values
    of any type in them; `has_choice`: there are branches of choices.
    """

    arguments: Mapping[str, object]
    body: list[Any]
    headers: Mapping[str, list[Any]]
    result: object
    answer: list[Any]
    has_any: bool
    has_choice: bool

    @property
    def has_empty(self) -> bool:
        """Say whether a structure in the call has nothing in it."""
        return any(map(is_bare, _within((*self.arguments.values(), self.result))))

    @property
    def has_qname(self) -> bool:
        """Say whether a qualified name is in the call."""
        values = _within((*self.arguments.values(), self.result))
        return any(type(value).__name__ == "QName" for value in values)


class Drawing:
    """Draws calls of structured operations by their tables. Any: a package's, generated."""

    def __init__(self, xml: Any) -> None:
        self._xml = xml

    def call(self, operation: Any, random: Random) -> Drawn:
        """Return a call, without values of any type if that can be. Raises NoSample."""
        try:
            return self._call(operation, random, with_any=False)
        except NoSample:
            return self._call(operation, random, with_any=True)

    def _call(self, operation: Any, random: Random, *, with_any: bool) -> Drawn:
        sampler = FilledSampler(self._xml, with_any=with_any)
        meanings = Meanings(self._xml.tables)
        messages, names = operation.messages, operation.parameters
        arguments: dict[str, object] = {}
        body: list[Any] = []
        if messages._request is not None:
            value = sampler.value(messages._request, random)
            body = meanings.of(messages._request.type, value)
            for slot in names:
                if slot not in messages._headers:
                    arguments[names[slot]] = getattr(value, slot) if messages._is_wrapped else value
        headers: dict[str, list[Any]] = {}
        for slot, element in messages._headers.items():
            arguments[names[slot]] = value = sampler.value(element, random)
            said = meanings.of(element.type, value)
            if not all(map(is_empty, said)):
                headers[element.name.rpartition(" ")[2]] = said
        result: object = None
        answer: list[Any] = []
        if messages._response is not None and not messages._is_void:
            value = sampler.value(messages._response, random)
            answer = meanings.of(messages._response.type, value)
            result = getattr(value, messages._result) if messages._result else value
        return Drawn(arguments, body, headers, result, answer, with_any, meanings.has_choice)


def _within(values: tuple[object, ...]) -> list[Any]:
    """Return values, and all values in them."""
    every: list[Any] = []
    waiting: list[Any] = [*values]
    while waiting:
        value = waiting.pop()
        every.append(value)
        known: Any = getattr(cast("Any", type(value)), "__record__", None)
        if isinstance(value, tuple):
            waiting += cast("Any", value)
        elif known is not None:
            waiting += known.values(value)
    return every
