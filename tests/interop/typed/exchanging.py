"""One call of an operation between a package and zeep, four ways, without a socket."""

import importlib
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import suppress
from enum import Enum
from inspect import signature
from time import monotonic
from typing import Any, NamedTuple, cast

from tests.interop.corpus import PACKAGE
from tests.interop.typed.drawn_calls import Drawn
from tests.interop.typed.meanings import difference, is_empty, of_zeep
from tests.interop.typed.zeep_services import Content, ZeepService, read, written

Posted = tuple[int, Mapping[str, str], bytes]
"""A status, headers, and a body."""


class Way(Enum):
    """Who writes, and who reads it."""

    REQUEST_TO_ZEEP = "the client's request is read by zeep"
    REQUEST_OF_ZEEP = "a request of zeep's client is read by the server"
    RESPONSE_TO_ZEEP = "the server's response is read by zeep's client"
    RESPONSE_OF_ZEEP = "a response that zeep writes is read by the client"


class Compared(NamedTuple):
    """What came of one way: `problem` is empty if both see the same values."""

    way: Way
    problem: str


class Handlers:
    """Handlers of all operations: they keep the request, and answer with the result."""

    def __init__(self) -> None:
        self.requests: list[Any] = []
        self.result: object = None

    def __getattr__(self, name: str) -> Callable[[object], object]:
        def handler(request: object) -> object:
            self.requests.append(request)
            return self.result

        return handler


class Playing:
    """A transport that answers each request with what a function makes of it."""

    def __init__(self, answered: Callable[[Any], Any]) -> None:
        self._answered = answered

    def send(self, request: Any, deadline: float) -> Any:
        """Return the response to a request."""
        request.leaving()
        return self._answered(request)

    def close(self) -> None:
        """There is nothing to close."""


class Package:
    """A generated package that is imported: its client and its server. Any: they are generated."""

    def __init__(self) -> None:
        self.operations = module("operations").OPERATIONS
        self.handlers = Handlers()
        self._exchange = module("_runtime.wire.exchange")
        create_app = module("server").create_app
        self._address = f"https://test{create_app.__kwdefaults__['path']}"
        in_process = module("_runtime.testing.in_process").InProcessTransport
        self._served = in_process(create_app(self.handlers, threads=0))

    def close(self) -> None:
        """End the server."""
        self._served.close()

    def post(self, headers: Mapping[str, str], body: bytes) -> Posted:
        """Post to the server of the package."""
        return self.ask("POST", "", headers, body)

    def ask(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Posted:
        """Send any request to the server of the package, to a path below its own."""
        url = f"{self._address}{path}"
        request = self._exchange.Request(method, url, tuple(headers.items()), body)
        response = self._served.send(request, monotonic() + 20)
        return response.status, dict(response.headers), response.body

    def request(self, method: str, binding: Any, given: Any) -> Any:
        """Return the request that a method of the client sends."""
        sent: list[Any] = []

        def refused(request: Any) -> Any:
            sent.append(request)
            return self._exchange.Response(500, (("Content-Type", "text/plain"),), b"no")

        with suppress(module("errors").ServiceFault):
            self._called(method, binding, given, refused)
        (request,) = sent
        return request

    def result(self, method: str, binding: Any, given: Any, response: bytes) -> Any:
        """Return the result of a method of the client, when this response comes."""
        kind = (("Content-Type", "text/xml; charset=utf-8"),)
        answer = self._exchange.Response(200, kind, response)
        return self._called(method, binding, given, lambda _: answer)

    def _called(self, method: str, binding: Any, given: Any, answered: Callable[[Any], Any]) -> Any:
        kind = module("client").Client
        needed = signature(kind).parameters
        account = {name: name for name in ("username", "password") if name in needed}
        client = kind(
            binding=binding, transport=Playing(answered), base_url="https://test/it", **account
        )
        with client:
            return getattr(client, method)(**given)


class Exchange:
    """A call of an operation: `method` is that of the client, `own_name` the WSDL's name."""

    def __init__(
        self,
        package: Package,
        service: ZeepService,
        name: str,
        method: str,
        binding: Any,
        own_name: str,
    ) -> None:
        self._package, self._service = package, service
        self._name, self._method, self._binding = own_name, method, binding
        self._messages = package.operations[name].messages

    def compared(self, drawn: Drawn) -> Iterator[Compared]:
        """Make one call; yield what came of each way."""
        operation = self._service.operation(self._name)
        package, method, binding = self._package, self._method, self._binding
        request = package.request(method, binding, drawn.arguments)
        package.handlers.result = drawn.result
        try:
            given = read(operation.input, request.body)
            problem = difference(drawn.body, by_elements(operation.input, of_zeep(given.body)))
            problem = problem or difference(drawn.headers, _headers(given.header))
            yield Compared(Way.REQUEST_TO_ZEEP, problem)
            response = yield from self._of_zeep(given, drawn)
        except Exception as error:  # zeep's, of any kind
            yield Compared(Way.REQUEST_TO_ZEEP, f"zeep raises {error!r}")
            response = b""
        if operation.output is None or self._messages._is_one_way or self._messages._is_void:
            return
        if not response:
            _, _, response = package.post(dict(request.headers), request.body)
        try:
            answer = read(operation.output, response)
            problem = difference(drawn.answer, by_elements(operation.output, of_zeep(answer.body)))
            yield Compared(Way.RESPONSE_TO_ZEEP, problem)
            namespace, _, local = self._messages._response.name.rpartition(" ")
            data = written(operation.output, answer, f"{{{namespace}}}{local}")
        except Exception as error:  # zeep's, of any kind
            yield Compared(Way.RESPONSE_TO_ZEEP, f"zeep raises {error!r}")
            return
        try:
            result = package.result(method, binding, drawn.arguments, data)
        except module("errors").MalformedResponse as error:
            yield Compared(Way.RESPONSE_OF_ZEEP, str(error))
            return
        yield Compared(Way.RESPONSE_OF_ZEEP, _told(result, drawn.result))

    def _of_zeep(self, given: Content, drawn: Drawn) -> Generator[Compared, None, bytes]:
        """Let zeep's client call the server, and return the response to it, empty for none."""
        requests = self._package.handlers.requests
        requests.clear()
        try:
            status, response = self._service.call(self._name, given, self._package.post)
        except Exception as error:  # zeep's, of any kind
            yield Compared(Way.REQUEST_OF_ZEEP, f"zeep raises {error!r}")
            return b""
        if status not in (200, 202) or len(requests) != 1:
            yield Compared(Way.REQUEST_OF_ZEEP, f"status {status}: {response.decode()}")
            return b""
        (request,) = requests
        seen = {name: getattr(request, name, "nothing of this name") for name in drawn.arguments}
        yield Compared(Way.REQUEST_OF_ZEEP, _told(seen, drawn.arguments))
        return response


def by_elements(message: Any, said: list[Any]) -> list[Any]:
    """Return what zeep says of a body; of several elements it names each after its part."""
    parts = message.abstract.parts
    names = {
        name: part.element.name
        for name, part in parts.items()
        if len(parts) > 1 and part.element is not None
    }
    every: list[Any] = []
    for own in said:
        values = cast("dict[str, Any]", own) if isinstance(own, dict) else None
        renamed = None if values is None else {names.get(key, key): values[key] for key in values}
        every.append(own if renamed is None else renamed)
    return every


def _told(theirs: object, ours: object) -> str:
    return "" if theirs == ours else f"{theirs!r} and {ours!r}"


def _headers(header: Any) -> dict[str, list[Any]]:
    if header is None:
        return {}
    elements = {name: element.name for name, element in header._xsd_type.elements}
    return {
        elements.get(name, name): said
        for name, value in header.__values__.items()
        if (said := [one for one in of_zeep(value) if not is_empty(one)])
    }


def module(name: str) -> Any:
    """A module of the package that is imported."""
    return importlib.import_module(f"{PACKAGE}.{name}")
