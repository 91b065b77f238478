"""Calls of a program to the emulator of a package, with drawn values, and what came of them."""

import importlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from tests.generator.importing import imported_files
from tests.interop.corpus import CORPUS, PACKAGE, Entry, package_of
from tests.interop.peers.programs import Calling
from tests.interop.peers.trees import CannotTell, Part, Parts, Tree, Trees, difference, sent
from tests.interop.typed.drawn_calls import Drawing, Drawn
from tests.interop.typed.filled import FilledSampler
from tests.plan.messages.sampling import NoSample

CALLS = 2
"""So many calls are drawn of each operation."""

Program = Callable[[str, str, str], AbstractContextManager[Calling]]
"""A program, started for the address of a WSDL, a style, and a version of SOAP."""


class Outcome(NamedTuple):
    """What came of a call of an operation: the problem, or nothing if both saw the same.

    `fault` is the class of the declared fault that the service answered with, or empty.
    """

    operation: str
    fault: str
    problem: str


def outcomes(entry: Entry, program: Program, folder: Path) -> Iterator[Outcome]:
    """Call all structured operations of a WSDL of the corpus over SOAP 1.1."""
    generated = package_of(entry, folder / entry.name)
    assert generated is not None, entry
    style = "rpc" if b'style="rpc"' in (CORPUS / entry.path).read_bytes() else "document"
    yield from outcomes_of(generated.files, program, style)


def outcomes_of(
    files: Mapping[str, str], program: Program, style: str, version: str = "soap11"
) -> Iterator[Outcome]:
    """Call all structured operations of the package `it_is`."""
    with imported_files(files, PACKAGE):
        testing = importlib.import_module(f"{PACKAGE}.testing")
        emulator = testing.Emulator()
        with (
            testing.serving(emulator) as address,
            program(f"{address}?WSDL", style, version) as calling,
        ):
            called = Called(calling, emulator, is_rpc=style == "rpc")
            for name, operation in called.operations.items():
                if operation.messages is None:
                    continue
                for seed in range(CALLS):
                    yield Outcome(name, "", called.problem(name, seed))
                for kind in operation.messages._faults:
                    yield Outcome(name, kind.__name__, called.problem(name, 0, kind))


class Detail(NamedTuple):
    """The value in the detail of a fault, and what a program should tell of the detail."""

    value: object
    tree: Tree


class Called:
    """Calls of a program to an emulator. Any: the emulator is one of a generated package."""

    def __init__(self, calling: Calling, emulator: Any, *, is_rpc: bool) -> None:
        self._calling, self._emulator, self._is_rpc = calling, emulator, is_rpc
        self.operations: dict[str, Any] = dict(_module("operations").OPERATIONS)
        for name in ("fragments", "qnames"):
            _module(f"_runtime.xml.{name}")
        self._xml: Any = importlib.import_module(f"{PACKAGE}._runtime.xml")

    def problem(self, name: str, seed: int, fault: Any = None) -> str:
        """Make a call with drawn values; return what is wrong with it, empty for nothing.

        `fault` is the class of the declared fault to answer with; None for a result.
        """
        operation = self.operations[name]
        try:
            drawn = Drawing(self._xml).call(operation, Random(seed))
            body, headers = self._request(operation.messages, operation.parameters, drawn)
            answer = self._answer(operation.messages, drawn)
            detail = self._detail(operation.messages, fault, Random(seed)) if fault else None
        except (NoSample, CannotTell) as error:
            return f"no call: {type(error).__name__}"
        received, results = self._emulator.received, self._emulator._results
        received.clear()
        if detail is not None:
            self._emulator.script(name, fault.of(detail.value))
        elif operation.messages.has_result:
            self._emulator.script(name, drawn.result)
        told = self._calling.call(name, sent(body), headers)
        results.take(name)
        if len(received) != 1:
            return f"nothing arrived: {told}"
        seen = {own: getattr(received[0], own) for own in drawn.arguments}
        if seen != drawn.arguments:
            return f"request: {seen!r} and {drawn.arguments!r}"
        wanted, key = (answer, "result") if detail is None else (detail.tree, "detail")
        if key not in told:
            return f"response: {told}"
        return (other := difference(wanted, told[key])) and f"{key}{other}"

    def _request(
        self, messages: Any, names: Any, drawn: Drawn
    ) -> tuple[Tree | None, list[tuple[str, str, Any]]]:
        trees = Trees(self._xml.tables, is_encoded=self._is_encoded(messages))
        headers: list[tuple[str, str, Any]] = []
        for slot, element in messages._headers.items():
            namespace, _, local = element.name.rpartition(" ")
            tree = trees.of(element.type, drawn.arguments[names[slot]])
            headers.append((namespace, local, sent(tree)))
        own = {slot: names[slot] for slot in names if slot not in messages._headers}
        if messages._request is None:
            return None, headers
        kind = messages._request.type
        if not messages._is_wrapped:
            (name,) = own.values()
            return trees.of(kind, drawn.arguments[name]), headers
        value = kind.cls(**{slot: drawn.arguments[name] for slot, name in own.items()})
        return trees.of(kind, value), headers

    def _answer(self, messages: Any, drawn: Drawn) -> Tree | None:
        if not messages.has_result:
            return None
        trees = Trees(self._xml.tables, is_encoded=self._is_encoded(messages))
        kind, value = messages._response.type, drawn.result
        if messages._result:
            value = kind.cls(**{messages._result: value})
        tree = trees.of(kind, value)
        if self._is_rpc and isinstance(tree, Parts) and len(kind.content().particles) == 1:
            return tree.parts[0].values[0] if tree.parts else None
        return tree

    def _detail(self, messages: Any, fault: Any, random: Random) -> "Detail":
        element = messages._faults[fault]
        sampler = FilledSampler(self._xml, with_any=False)
        value = sampler.value(element, random)
        trees = Trees(self._xml.tables, is_encoded=self._is_encoded(messages))
        part = Part(element.name.rpartition(" ")[2], (trees.of(element.type, value),), False)
        return Detail(value, Parts(None, (part,)))

    @staticmethod
    def _is_encoded(messages: Any) -> bool:
        return type(messages).__name__ == "EncodedMessages"


def _module(name: str) -> Any:
    return importlib.import_module(f"{PACKAGE}.{name}")
