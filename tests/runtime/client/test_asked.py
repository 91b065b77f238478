"""Errors that are no SOAP faults name the address that was asked, and nothing that is secret."""

import pickle
from dataclasses import dataclass, field

import pytest

from msgsend import Binding, Client, Request, Response, ServiceFault

PASSWORD = "s3cret/&%"
BASE = "http://127.0.0.1:1210/Wrong/MsgSend.asmx"
PAGE = b"<html><body>Not here</body></html>"
ELSEWHERE = (301, 302, 308, 403, 404, 405, 410)


@dataclass
class Answering:
    """A transport that gives one response to all requests."""

    response: Response
    asked: list[str] = field(default_factory=list[str])

    def send(self, request: Request, deadline: float) -> Response:
        self.asked.append(request.url)
        return self.response

    def close(self) -> None:
        """Nothing is open."""


def fault(status: int, binding: Binding, base: str = BASE) -> tuple[ServiceFault, str]:
    transport = Answering(Response(status, (("Content-Type", "text/html"),), PAGE))
    with Client(
        user_code="demo", user_pass=PASSWORD, base_url=base, binding=binding, transport=transport
    ) as sender:
        with pytest.raises(ServiceFault) as raised:
            sender.get_mo()
        return raised.value, transport.asked[0]


@pytest.mark.parametrize("binding", Binding, ids=lambda binding: binding.value)
@pytest.mark.parametrize("status", [200, *ELSEWHERE, 400, 401, 500, 502, 503])
def test_the_address_is_named(status: int, binding: Binding) -> None:
    problem, asked = fault(status, binding)
    assert problem.address == asked.partition("?")[0]
    assert f"(asked {problem.address}" in str(problem)
    assert ("check `base_url`" in str(problem)) == (status == 200 or status in ELSEWHERE)
    for shown in (str(problem), repr(problem)):
        assert "?" not in shown
        assert "s3cret" not in shown
        assert "userPass" not in shown


def test_a_secret_in_the_address_does_not_show() -> None:
    problem, _ = fault(404, Binding.POST, "http://127.0.0.1/s3cret/&%/MsgSend.asmx")
    assert "s3cret" not in str(problem)


def test_it_is_kept_when_it_is_pickled() -> None:
    problem, _ = fault(404, Binding.GET)
    again = pickle.loads(pickle.dumps(problem))
    assert (str(again), again.address, again.args) == (str(problem), problem.address, problem.args)
