"""A program with Sentry's SDK in it, in which calls fail and handlers raise: it counts leaks."""

import json
import sys
from typing import Any

import sentry_sdk
from sentry_sdk.envelope import Envelope
from sentry_sdk.transport import Transport
from tests.faults.clients import Terms, Way, attempt
from tests.faults.echoes import ECHOES, PASSWORD
from tests.faults.evidence import leaks
from tests.faults.servers import Server
from tests.faults.trackers import without_foreign_frames
from tests.runtime.client.fakes import PHONE, SIGNED
from tests.runtime.server.handlers import Handlers

from msgsend import Binding, Client, InProcessTransport, MsgSendError, server

WAYS: tuple[Way, ...] = ("http", "async")


class Recording(Transport):
    """Keeps what would be sent."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[str] = []

    def capture_envelope(self, envelope: Envelope) -> None:
        for item in envelope.items:
            event: Any = item.payload.json  # JSON
            self.events.append(json.dumps(without_foreign_frames(event), ensure_ascii=False))


def calls_fail() -> None:
    """Each is told of, with its traceback."""
    for name in ("page 500", "result"):
        for way in WAYS:
            with Server(ECHOES[name].serve) as echo:
                outcome = attempt(way, Terms(echo.url, Binding.GET), "SendMsg")
            assert isinstance(outcome, MsgSendError)
            sentry_sdk.capture_exception(outcome)


def handlers_raise() -> None:
    """The log tells of each, which is where the SDK takes it from."""
    handlers = Handlers()
    handlers.batch.value = LookupError("no such account")
    app = server.create_app(handlers, path="/a")
    for binding in (Binding.GET, Binding.SOAP12):
        client = Client(
            user_code="demo",
            user_pass=PASSWORD,
            base_url="http://in.process/a",
            binding=binding,
            transport=InProcessTransport(app),
        )
        with client:
            try:
                client.send_msg(des_no=PHONE, msg=SIGNED)
            except MsgSendError as error:
                sentry_sdk.capture_exception(error)


def main() -> None:
    """Print how many events there were, and how many show the password."""
    recording = Recording()
    sentry_sdk.init(dsn="http://key@127.0.0.1:9/1", transport=recording)
    calls_fail()
    handlers_raise()
    sentry_sdk.flush()
    sys.stdout.write(f"{len(recording.events)} events, {len(leaks(*recording.events))} leaks\n")


if __name__ == "__main__":
    main()
