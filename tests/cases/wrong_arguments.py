"""Calls with a wrong value somewhere in their arguments."""

import inspect
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DataObject
from tests.runtime.xml.replacing import damaged, tells


class _Sent(Exception):
    """A request went out."""


class _Transport:
    def send(self, request: object, deadline: float) -> Any:  # Any: nothing comes back
        raise _Sent

    def close(self) -> None:
        """Do nothing."""


def check_wrong_argument(package: Any, data: DataObject, method: str, **account: str) -> None:
    """Check that a drawn call with a wrong value is sent, or refused with the place of that.

    Any: a package that was just made, with its strategies.
    """
    request = data.draw(getattr(package.strategies, f"request_of_{method}")())
    offered = package.operations.OPERATIONS[type(request).__name__].bindings
    binding = data.draw(st.sampled_from(offered))
    with package.Client(binding=binding, transport=_Transport(), **account) as client:
        call = getattr(client, method)
        arguments = {name: getattr(request, name) for name in inspect.signature(call).parameters}
        name = data.draw(st.sampled_from([*arguments]))
        arguments[name], inner = data.draw(damaged(arguments[name]))
        at = f"{name}{'.' if inner and not inner.startswith('[') else ''}{inner}"
        place = at
        try:
            call(**arguments)
        except package.OutcomeUnknown:
            pass
        except package.InvalidParameter as error:
            place = error.parameter
    assert tells(place, at), (place, at)
