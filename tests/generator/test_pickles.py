"""Public things are from the package, and pickles of its values outlive a newer version of it.

A newer version may have its modules elsewhere: here the runtime, its rooms, and what is generated
have other names, and records have other fields. Pickles are read by that package in a process that
knows no other.
"""

import copy
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from inspect import isclass, isfunction
from pathlib import Path
from traceback import format_exception_only
from typing import NewType

import pytest
from tests.generator.alone import made_alone
from tests.generator.client_services import Port
from tests.generator.described import described
from tests.generator.services import ROOT, SHIPPED, generated, write_tree

import msgsend
from msgsend import IncompleteResponse, InvalidPush, JournalFailed, OutcomeUnknown, ServiceFault
from msgsend._runtime.errors.sealed import Secret

SECRET = "k3y-of-nobody"
MOVED = {"_runtime": "_inner", "/text/": "/letters/", "/errors/": "/raised/"}
RENAMED = (
    *(("_runtime", "_inner"), (".text.", ".letters."), ("..text ", "..letters ")),
    *((".records", ".rows"), (".types", ".kinds"), ("..errors.", "..raised.")),
    *(("_inner.errors.", "_inner.raised."), ("from .errors ", "from .problems ")),
    *((".formatters ", ".writers "), (".callbacks", ".pushed")),
)
FILES = {
    "records.py": "rows.py",
    "types.py": "kinds.py",
    "errors.py": "problems.py",
    "formatters.py": "writers.py",
    "callbacks.py": "pushed.py",
}
REPLIES = "13900000000|,|a|,|2014/06/10 15:34:11|;|bad|;|13900000001|,|b|,|2014/06/10 15:34:12"


def moved(files: dict[str, str]) -> dict[str, str]:
    """The same package with nearly all of its modules elsewhere."""
    found: dict[str, str] = {}
    for path, text in files.items():
        place = path
        if path.count("/") == 1:
            folder, _, name = path.partition("/")
            place = f"{folder}/{FILES.get(name, name)}"
        for old, new in MOVED.items():
            place = place.replace(old, new)
        for old, new in RENAMED:
            text = text.replace(old, new)
        found[place] = text
    return found


def values() -> Iterator[object]:
    """Public values of each kind, with and without what they may have."""
    replies = msgsend.parse_get_mo(REPLIES)
    assert isinstance(replies, msgsend.Parsed)
    yield from (replies, *replies, *replies.pieces(), *replies.malformed)
    yield from (*msgsend.ErrorCode, msgsend.UnknownErrorCode("-99:x"), *msgsend.DeliveryStatus)
    yield msgsend.ReplyPush(account="demo", replies=replies)
    yield from (msgsend.Binding.POST, msgsend.Response(200, (("A", "b"),), b"body"))


def problems(secrets: tuple[Secret, ...] = ()) -> Iterator[Exception]:
    yield from (msgsend.NotSent("GetMo", "why"), msgsend.TooSoon("GetMo", "why", 2.5))
    yield from (msgsend.Unwritable("content", "|", "is bad"), msgsend.InvalidParameter("a", "b"))
    yield msgsend.Rejected(msgsend.ErrorCode.BLACKLISTED)
    yield InvalidPush(400, "why", raw=b"body")
    yield msgsend.SendFailed("why", sent=True, status=200)
    kept = f"quoted {SECRET} here".encode()
    yield msgsend.MalformedResponse(kept.decode(), "is bad", "ex", received=kept, secrets=secrets)
    yield ServiceFault(500, "c", "m", "e", kept.decode(), received=kept, secrets=secrets)
    yield OutcomeUnknown("GetMo", "why", kept, secrets=secrets)
    yield IncompleteResponse("GetMo", "why", kept, "ex", secrets=secrets)
    yield JournalFailed("GetMo", kept, secrets=secrets)


PROGRAM = """
import pickle, sys
from pathlib import Path
from tests.generator.described import described
for line in pickle.loads(Path(sys.argv[1]).read_bytes()):
    print(described(pickle.loads(line)))
import msgsend._inner.letters.parsed
assert not [name for name in sys.modules if name.startswith("msgsend._runtime")]
"""


@pytest.mark.few(1)
@pytest.mark.parametrize("protocol", [0, 2, pickle.HIGHEST_PROTOCOL])
def test_pickles_are_read_after_all_modules_have_moved(tmp_path: Path, protocol: int) -> None:
    write_tree(tmp_path / "out", moved(generated(SHIPPED)))
    assert not (tmp_path / "out" / "msgsend" / "_runtime").exists()
    assert not (tmp_path / "out" / "msgsend" / "records.py").exists()
    things = [*values(), *problems()]
    data = [pickle.dumps(thing, protocol) for thing in things]
    (tmp_path / "data").write_bytes(pickle.dumps(data))
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, tmp_path / "data"],
        env={"PYTHONPATH": f"{tmp_path / 'out'}{os.pathsep}{ROOT}", "PYTHONUTF8": "1"},
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [described(thing) for thing in things]


@pytest.mark.parametrize("protocol", [0, 2, pickle.HIGHEST_PROTOCOL])
def test_pickles_name_no_module_of_the_package(protocol: int) -> None:
    for thing in (*values(), *problems(), *problems((Secret(SECRET),))):
        data = pickle.dumps(thing, protocol)
        assert b"msgsend." not in data
        assert b"_runtime" not in data


def test_pickles_of_errors_have_no_secret() -> None:
    for problem in problems((Secret(SECRET),)):
        data = pickle.dumps(problem)
        assert SECRET.encode() not in data
        again = pickle.loads(data)
        assert (type(again), str(again)) == (type(problem), str(problem))
        assert SECRET not in described(again)
        assert pickle.loads(pickle.dumps(again)).args == problem.args


def test_copies_are_equal() -> None:
    for value in values():
        assert copy.copy(value) == value
        assert copy.deepcopy(value) == value
    for problem in problems((Secret(SECRET),)):
        assert described(copy.copy(problem)) == described(problem)


def test_public_things_are_from_the_package() -> None:
    for name in (*msgsend.__all__, "HttpxTransport", "HttpxAsyncTransport"):
        thing = getattr(msgsend, name)
        if isclass(thing) or isfunction(thing) or isinstance(thing, NewType):
            assert thing.__module__ == "msgsend", name
            assert getattr(msgsend, str(getattr(thing, "__qualname__", ""))) is thing
    assert str.__module__ == "builtins"


def test_tracebacks_and_reprs_show_the_package() -> None:
    for problem in problems():
        (*_, last) = format_exception_only(problem)
        assert last.startswith(f"msgsend.{type(problem).__name__}: ")
    assert repr(msgsend.Reply).startswith("<class 'msgsend.Reply'>")


GRAMMAR = """
types: {Word: {text: '[a-z]+'}}
records: {Row: {separator: ',', fields: {%s}}}
grammars: {rows: {list: [Row], separator: ';'}}
operations: {Ask: {effect: read, result: rows}}
"""
PORT = Port("POST", {"Ask": ()})


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("a: Word, b: Word", {"a": "one", "b": "two"}),
        ("b: Word, a: Word", {"a": "one", "b": "two"}),
        ("b: Word, a: Word, c: {type: Word, optional: true}", {"a": "one", "b": "two", "c": None}),
        ("a: Word, c: Word, b: Word", "missing 1 required keyword-only argument: 'c'"),
        ("a: Word, c: Word", "unexpected keyword argument 'b'"),
    ],
)
def test_records_are_read_by_the_names_of_their_fields(
    tmp_path: Path, fields: str, expected: dict[str, str | None] | str
) -> None:
    with made_alone(tmp_path / "old", PORT, grammar=GRAMMAR % "a: Word, b: Word") as old:
        data = pickle.dumps(old.Row(a="one", b="two"))
    with made_alone(tmp_path / "new", PORT, grammar=GRAMMAR % fields) as new:
        if isinstance(expected, str):
            with pytest.raises(TypeError, match=expected):
                pickle.loads(data)
        else:
            assert pickle.loads(data) == new.Row(**expected)
