"""The base of emulators of services of which nothing is known but their types.

A call gets the result that a test has scripted, or a drawn one. Drawn results are those of the
types; they have nothing to do with the parameters, and nothing is remembered from call to call.
"""

import threading
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from ..client.calls import Operation
from ..wire.bindings import Binding
from .emulation import Clock, EmulatedService, RequestT

RequestT_contra = TypeVar("RequestT_contra", contravariant=True)


class Answering(Protocol[RequestT_contra]):
    """A function that answers calls: it gives the result of an operation by its name."""

    def __call__(self, operation: str, request: RequestT_contra, /) -> Any:
        """Return a value of the type that the operation gives; Any, for it depends on the name."""
        ...


@dataclass(frozen=True, slots=True)
class Texts:
    """The results of an operation that are texts: a parser, a formatter and an example.

    The example is None where no text is known that the parser takes.
    """

    parse: Callable[[str], object]
    format: Callable[[Any], str]  # Any: each formatter takes results of its own operation
    example: str | None = None


@dataclass(frozen=True, slots=True)
class _Scripted:
    """A result that a test wants, or an error that it wants raised; None is one, too."""

    result: object


class DrawnService(EmulatedService[RequestT, object]):
    """An emulated service that answers each call with a scripted or a drawn result.

    The same `seed` gives the same results: those of an operation depend on it and on how many of
    its calls came before. `texts` are the operations whose results are texts, `draw` gives results
    of all others: an operation and a seed make one. `path`, `operations`, `tell` and `clock` are as
    in EmulatedService, and so is what a subclass sets.
    """

    hint = "results are drawn"

    def __init__(
        self,
        path: str,
        operations: Mapping[str, Operation],
        *,
        texts: Mapping[str, Texts] | None = None,
        draw: Callable[[Operation, str], object] | None = None,
        tell: Callable[[str], object] | None = None,
        clock: Clock | None = None,
        seed: int = 0,
    ) -> None:
        self.seed = seed
        self._texts: Mapping[str, Texts] = texts or {}
        self._draw = draw
        parsers = {name: own.parse for name, own in self._texts.items()}
        super().__init__(path, operations, parsers=parsers, tell=tell, clock=clock)
        self._calls: Counter[str] = Counter()
        self._lock = threading.Lock()

    def script(self, operation: str, result: object) -> None:
        """Give the next call of an operation (its name in the WSDL) a result, or let it fail.

        Several results come one after the other. An exception is raised in the service, which then
        answers with a fault. Raises ValueError for an unknown operation, and Unwritable, which is
        one, for what is no result of the operation.
        """
        if operation in self._operations and not isinstance(result, Exception):
            self._write(operation, result)
        super().script(operation, _Scripted(result))

    def drawn(self, operation: str) -> object:
        """Return the next drawn result of an operation.

        Raises NoValue if its type has none, and MalformedResponse if its example is none.
        """
        texts = self._texts.get(operation)
        if texts is not None and texts.example is not None:
            return texts.parse(texts.example)
        with self._lock:
            number = self._calls[operation]
            self._calls[operation] += 1
            if texts is None and self._draw is not None:
                seed = f"{self.seed} {operation} {number}"
                return self._draw(self._operations[operation], seed)
        return "" if texts is None else texts.parse(f"{operation} {number + 1}")

    @property
    def parsers(self) -> Mapping[str, Callable[[str], object]]:
        """The parsers of operations whose results are texts."""
        return self._parsers

    def answer(self, operation: str, request: RequestT, /) -> Any:  # Any: of the operation's type
        """Note a call, and return its result, or raise the error that is scripted for it."""
        scripted = self._scripted(operation, request)
        if not isinstance(scripted, _Scripted):
            return self.drawn(operation)
        if isinstance(scripted.result, Exception):
            raise scripted.result
        return scripted.result

    def _write(self, operation: str, result: object) -> None:
        """Raise Unwritable for what is no result of an operation."""
        messages = self._operations[operation].messages
        if messages is not None:
            messages.answered(Binding.SOAP11, result)
        elif operation in self._texts:
            self._texts[operation].format(result)
