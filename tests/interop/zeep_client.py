"""zeep as a client of the service: a SOAP implementation that shares nothing with this project."""

from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

import requests
import zeep

from msgsend import Binding

_ZEEP: Any = zeep  # whose functions have no annotations
PORTS = {Binding.SOAP11: "MsgSendSoap", Binding.SOAP12: "MsgSendSoap12"}
ALL_PORTS = PORTS | {Binding.GET: "MsgSendHttpGet", Binding.POST: "MsgSendHttpPost"}


class ZeepClient:
    """Calls operations by what the server's own ?WSDL says of them, over some of its ports."""

    def __init__(self, address: str, ports: Mapping[Binding, str] = PORTS) -> None:
        self._session = requests.Session()
        self._session.trust_env = False  # a proxy of this machine knows nothing of its loopback
        transport = _ZEEP.Transport(session=self._session)
        client = _ZEEP.Client(f"{address}?WSDL", transport=transport)
        self._ports: dict[Binding, Any] = {
            binding: client.bind("MsgSend", port) for binding, port in ports.items()
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._session.close()

    def call(self, binding: Binding, operation: str, parameters: Mapping[str, str]) -> str | None:
        """The result; zeep makes None of an empty one, as it does of an absent one."""
        result: object = self._ports[binding][operation](**parameters)
        assert result is None or isinstance(result, str)
        return result
