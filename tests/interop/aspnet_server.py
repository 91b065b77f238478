"""A real ASP.NET server on this machine: Mono behind nginx, serving a page of aspnet/.

Each server has a temporary folder of its own for everything, programs' homes and temporary files
included, so that several can run side by side, under any user:

    app/            web.config, Services/PAGE.asmx
    answers/        OPERATION.txt, what an operation answers
    received.jsonl  the calls that arrived
    mono.socket     where nginx finds Mono
    *.log           what the programs said
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Generator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self
from uuid import uuid4

SOURCE = Path(__file__).parent / "aspnet"
START_SECONDS = 60
"""The first call compiles the page: half a second on an idle machine, longer on a busy one."""
STOP_SECONDS = 5
_SEARCH = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/usr/local/sbin"])
NEEDED = {
    "fastcgi-mono-server4": "mono-fastcgi-server4",
    "mcs": "mono-mcs",
    "nginx": "nginx-light",
    "/usr/lib/mono/4.5/System.Web.Services.dll": "libmono-system-web-services4.0-cil",
}
"""Programs and files, and the Debian package of each. Debian keeps nginx out of users' PATH."""


@dataclass(frozen=True)
class Page:
    """A page of the server: its path, and the query of a call that takes any text for `{token}`."""

    path: str
    query: str


MSGSEND = Page("/Services/MsgSend.asmx", "/GetBalance?userCode={token}&userPass=")
DEPOT = Page("/Services/Depot.asmx", "/Ping?token={token}")


@dataclass(frozen=True)
class Arrival:
    """A call that reached its operation, as the server decoded it; None is an absent parameter."""

    operation: str
    parameters: dict[str, str | None]

    @property
    def given(self) -> dict[str, str]:
        """The parameters without the absent ones."""
        return {name: text for name, text in self.parameters.items() if text is not None}


class NotStarted(Exception):
    """The server does not answer; the message holds what the programs said."""


def missing() -> str:
    """What has to be installed before a server can be started, in words; empty if nothing has."""
    absent = {
        needed: package
        for needed, package in NEEDED.items()
        if not (Path(needed).exists() or shutil.which(needed, path=_SEARCH))
    }
    if not absent:
        return ""
    return f"no {', '.join(absent)}; on Debian: apt-get install {' '.join(absent.values())}"


class AspNetServer:
    """A context manager: the server runs inside of its block, and nothing is left of it outside.

    `source` is the folder with the page and the settings, `folder` the temporary one.
    """

    def __init__(self, source: Path = SOURCE, page: Page = MSGSEND) -> None:
        self._source = source
        self._page = page
        self._stack = ExitStack()
        self.folder = Path()
        self._port = 0

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            name = stack.enter_context(TemporaryDirectory(prefix="aspnet-"))
            self.folder = Path(name)
            self._port = _free_port()
            self._lay_out()
            programs = [
                stack.enter_context(self._program("mono", *_MONO)),
                stack.enter_context(self._program("nginx", *_NGINX, "-p", name)),
            ]
            self._warm_up(programs)
            self.clear()
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._port}{self._page.path}"

    def answer(self, operation: str, text: str | None) -> None:
        """Make an operation answer a text, from its next call on; None is an absent result."""
        file = self.folder / "answers" / f"{operation}.txt"
        if text is None:
            file.unlink(missing_ok=True)
        else:
            file.write_bytes(text.encode())

    def received(self) -> list[Arrival]:
        """The calls that arrived since the last `clear`, in order."""
        return [Arrival(**call) for call in self.calls()]

    def calls(self) -> list[dict[str, Any]]:
        """The same as they are noted: each with an `operation` and its `parameters`."""
        return [json.loads(line) for line in self._log.read_text("ascii").splitlines()]

    def clear(self) -> None:
        """Forget the calls that arrived. The answers stay."""
        self._log.write_bytes(b"")

    @property
    def _log(self) -> Path:
        return self.folder / "received.jsonl"

    def _lay_out(self) -> None:
        page = self.folder / "app" / self._page.path.removeprefix("/")
        page.parent.mkdir(parents=True)
        for folder in ("answers", "home", "tmp"):
            (self.folder / folder).mkdir()
        shutil.copy(self._source / page.name, page)
        shutil.copy(self._source / "web.config", self.folder / "app")
        shutil.copy(SOURCE / "nginx.conf", self.folder)
        (self.folder / "listen.conf").write_text(f"listen 127.0.0.1:{self._port};\n")
        self.clear()

    @contextmanager
    def _program(self, name: str, *command: str) -> Generator[subprocess.Popen[bytes], None, None]:
        """A running program, the leader of a process group, which is ended with all its members."""
        environment = {
            **os.environ,
            "PATH": _SEARCH,
            "HOME": str(self.folder / "home"),
            "TMPDIR": str(self.folder / "tmp"),  # where Mono compiles, by the name of the user
            "TZ": "UTC",  # what C# takes for local time
        }
        with (self.folder / f"{name}.log").open("wb") as log:
            program = subprocess.Popen(
                command,
                cwd=self.folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            yield program
        finally:
            with suppress(ProcessLookupError, subprocess.TimeoutExpired):
                os.killpg(program.pid, signal.SIGTERM)
                program.wait(STOP_SECONDS)
            with suppress(ProcessLookupError):
                os.killpg(program.pid, signal.SIGKILL)
            program.wait()

    def _warm_up(self, programs: list[subprocess.Popen[bytes]]) -> None:
        """Wait until a call has gone all the way, and is in this server's own log."""
        token = uuid4().hex
        end = time.monotonic() + START_SECONDS
        said = "nothing"
        while time.monotonic() < end and all(each.poll() is None for each in programs):
            with suppress(OSError, HTTPException):
                status, said = self._get(self._page.path + self._page.query.format(token=token))
                if status == 500:
                    break  # the page does not compile
            if any(token in arrival.parameters.values() for arrival in self.received()):
                return
            time.sleep(0.05)
        logs = [f"{log.name}:\n{log.read_text('utf-8', 'replace')}" for log in self._logs()]
        raise NotStarted("\n".join([f"the last response was: {said}", *logs]))

    def _get(self, target: str) -> tuple[int, str]:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=START_SECONDS)
        try:
            connection.request("GET", target)
            response = connection.getresponse()
            return response.status, response.read().decode("utf-8", "replace")
        finally:
            connection.close()

    def _logs(self) -> list[Path]:
        return sorted(self.folder.glob("*.log"))


_MONO = ("fastcgi-mono-server4", "/applications=/:app", "/socket=unix:mono.socket")
_NGINX = ("nginx", "-e", "nginx.error.log", "-c", "nginx.conf")


def _free_port() -> int:
    """A port that was free a moment ago. nginx tries again if it is taken for another moment."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port
