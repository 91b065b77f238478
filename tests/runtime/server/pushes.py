"""Pushes, posted to an application in this process."""

from tests.runtime.server.asgi import raw

from msgsend._runtime.journal.recording import Head, Recorder
from msgsend._runtime.server.asgi import App

FORM = "application/x-www-form-urlencoded"
PATH = "/push/4f1a0c6e"
REPORT = b"account=demo&GetReport=2314357620085030624,13900000000,DELIVRD|"


async def post(app: App, body: bytes = REPORT, kind: str = FORM, path: str = PATH) -> int:
    """The status that an application answers to a push."""
    message = {"type": "http.request", "body": body}
    status, _ = await raw(app, message, path=path, headers=[(b"content-type", kind.encode())])
    return status


class Kept(Recorder):
    """A journal in memory."""

    def __init__(self) -> None:
        self.entries: list[tuple[bytes, Head]] = []

    def record(self, operation: str, raw: bytes, head: Head) -> None:
        """Keep what came."""
        assert operation == "Push"
        self.entries.append((raw, head))
