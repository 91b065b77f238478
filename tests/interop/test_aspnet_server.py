"""The server of these tests says why it does not start, and leaves nothing behind."""

import os
import shutil
from contextlib import suppress
from pathlib import Path

import pytest
from tests.interop.aspnet_server import MSGSEND, SOURCE, Arrival, AspNetServer, NotStarted, missing
from tests.interop.sending import sent

from msgsend._runtime.wire.exchange import Request

pytestmark = pytest.mark.usefixtures("aspnet")  # which decides whether there can be one


def processes_in(folder: Path) -> list[str]:
    """The processes that were started in a folder, also if it is gone."""
    found: list[str] = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it ended, or is another user's
            if os.readlink(process / "cwd").startswith(str(folder)):
                found.append(process.name)
    return found


def test_two_run_side_by_side_and_nothing_is_left_of_them(aspnet: AspNetServer) -> None:
    aspnet.answer("GetMo", "first")
    aspnet.clear()
    with AspNetServer() as other:
        other.answer("GetMo", "second")
        bodies = [
            sent(Request("GET", f"{each.address}/GetMo?userCode=a&userPass=", (), b"")).body
            for each in (aspnet, other)
        ]
        assert [b"first" in bodies[0], b"second" in bodies[1]] == [True, True]
        expected = [Arrival("GetMo", {"userCode": "a", "userPass": ""})]
        assert aspnet.received() == other.received() == expected
        assert len(processes_in(other.folder)) == 2
    assert not processes_in(other.folder)
    assert not other.folder.exists()


def test_a_page_that_does_not_compile_is_shown(tmp_path: Path) -> None:
    for file in SOURCE.iterdir():
        shutil.copy(file, tmp_path)
    page = tmp_path / Path(MSGSEND.path).name
    page.write_text(
        page.read_text().replace("private static string Json", "private static int Json")
    )
    server = AspNetServer(tmp_path)
    with pytest.raises(NotStarted, match=r"(?s)CS0029.*nginx\.error\.log:"), server:
        pass
    assert not processes_in(server.folder)
    assert not server.folder.exists()


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert missing() == ""
    monkeypatch.setattr(
        "tests.interop.aspnet_server.NEEDED", {"sh": "dash", "no-such-program": "such-a-package"}
    )
    assert missing() == "no no-such-program; on Debian: apt-get install such-a-package"
