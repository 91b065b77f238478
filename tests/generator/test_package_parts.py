"""A package has what it needs, and nothing else: whatever its spec asks for.

What a module imports is read here from the files as Python reads them, by `ast`, and followed from
the generated modules into the copied ones.
"""

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from itertools import chain, combinations
from pathlib import Path

import pytest
from tests.generator.importing import imported
from tests.generator.services import (
    MINIMAL_GRAMMAR,
    MINIMAL_WSDL,
    ROOT,
    SHIPPED,
    generated,
    put,
    write_tree,
)

PARTS = ("client", "server", "testing")
SUBSETS = [*chain.from_iterable(combinations(PARTS, size) for size in range(len(PARTS) + 1))]
SERVICES = {
    "tiny": None,
    "rich": ROOT / "tests" / "generator" / "rich",
    "everything": ROOT / "tests" / "language" / "everything",
    "msgsend": SHIPPED,
}
WITH_PUSHES = ("rich", "msgsend")
STYLE = ROOT / "pyproject.toml"
TEXT_ROOMS = {"errors", "text"}
UNREACHABLE: Mapping[str, str] = {}
"""Copied modules that no generated one leads to, each with the reason why it is copied."""


def made(folder: Path, service: str, parts: tuple[str, ...], package: str = "") -> dict[str, str]:
    """The files of a service that has these parts, by path below the package."""
    source = SERVICES[service]
    if source is None:
        put(folder, "Tiny.wsdl", MINIMAL_WSDL, MINIMAL_GRAMMAR)
    else:
        shutil.copytree(source, folder)
    grammar = folder / "grammar.yaml"
    text = "\n".join(
        line
        for line in grammar.read_text(encoding="utf-8").split("\n")
        if not package or not line.startswith("package:")
    )
    head = f"generate: [{', '.join(('parsers', *parts))}]\n"
    head += f"package: {package}\n" if package else ""
    grammar.write_text(head + text, encoding="utf-8")
    files = generated(folder)
    (name,) = {path.split("/")[0] for path in files if "/" in path}
    return {path.removeprefix(f"{name}/"): text for path, text in files.items() if "/" in path}


def imports_of(path: str, text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The folder or module that each relative import names, and the names that it takes of it."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.level:
            parents = path.split("/")[: -node.level]
            place = "/".join([*parents, *(node.module or "").split(".")]).rstrip("/")
            yield place, tuple(each.name for each in node.names)


def modules_of(files: Mapping[str, str], path: str) -> set[str]:
    """The files that a module imports; an import that leads nowhere fails the test."""
    found: set[str] = set()
    for place, names in imports_of(path, files[path]):
        if f"{place}.py" in files:
            found.add(f"{place}.py")
            continue
        init = f"{place}/__init__.py".lstrip("/")
        assert init in files, f"{path} imports {place}, which is not there"
        found.add(init)
        inner = {f"{place}/{name}.py".lstrip("/") for name in names}
        found |= inner & files.keys()
        assert inner <= files.keys() or place in ("", "_runtime"), f"{path}: {place} {names}"
    return found


def reached(files: Mapping[str, str], starts: set[str]) -> set[str]:
    done: set[str] = set()
    left = [*starts]
    while left:
        path = left.pop()
        if path in done:
            continue
        done.add(path)
        parts = path.split("/")[:-1]
        left += ["/".join([*parts[:end], "__init__.py"]) for end in range(1, len(parts) + 1)]
        left += modules_of(files, path)
    return done


@pytest.mark.few(5)
@pytest.mark.parametrize("parts", SUBSETS, ids="-".join)
@pytest.mark.parametrize("service", SERVICES)
def test_what_is_copied_is_needed_and_what_is_needed_is_there(
    tmp_path: Path, service: str, parts: tuple[str, ...]
) -> None:
    files = made(tmp_path / "in", service, parts)
    python = {path: text for path, text in files.items() if path.endswith(".py")}
    own = {path for path in python if not path.startswith("_runtime/")}
    assert python.keys() - reached(python, own) == UNREACHABLE.keys()
    rooms = {path.split("/")[1] for path in python if path.count("/") == 2}
    assert rooms >= TEXT_ROOMS
    if not parts:
        assert rooms == TEXT_ROOMS
    if "testing" not in parts:
        assert "testing" not in rooms
        assert not own & {"strategies.py", "testing.py", "emulator.py"}
    if "client" not in parts:
        assert not own & {"client.py", "async_client.py", "journal.py", "callbacks.py"}
        assert "transports" not in rooms
        assert not any("httpx" in path for path in python)
    has_pushes = "client" in parts and service in WITH_PUSHES
    assert ("callbacks.py" in own) == has_pushes
    assert any("push" in path for path in python) == has_pushes
    if "server" not in parts:
        assert not own & {"server.py", "documents.py"}
        # what answers pushes, and applications in the process, are ASGI as well
        assert ("server" in rooms) == (has_pushes or {"client", "testing"} <= {*parts})
    assert ("emulator.py" in own) == ("testing.py" in own) == (set(parts) == set(PARTS))


@pytest.mark.few(3)
@pytest.mark.parametrize("parts", SUBSETS, ids="-".join)
def test_each_public_name_is_there(tmp_path: Path, parts: tuple[str, ...]) -> None:
    files = made(tmp_path / "in", "msgsend", parts, "parted")
    write_tree(tmp_path / "parted", files)
    with imported(tmp_path, "parted") as package:
        for name in package.__all__:
            assert getattr(package, name) is not None
        assert hasattr(package, "Client") == ("client" in parts)
        assert hasattr(package, "TooSoon") == ("client" in parts)
        assert hasattr(package, "InvalidParameter") == bool({"client", "server"} & {*parts})
        replies = package.parse_get_mo("13900000000|,|a|,|b|,|2014/06/10 15:34:11")
        assert package.format_get_mo(replies) == replies.raw


@pytest.mark.some(0)
@pytest.mark.parametrize("checker", ["mypy", "pyright"])
def test_every_package_type_checks(tmp_path: Path, checker: str) -> None:
    names = ["none", "client", "server", "testing", "client_server"]
    subsets = [(), ("client",), ("server",), ("testing",), ("client", "server")]
    for name, parts in zip(names, subsets, strict=True):
        write_tree(tmp_path / "out" / name, made(tmp_path / name, "msgsend", parts, name))
    (tmp_path / "out" / "pyrightconfig.json").write_text(
        '{"typeCheckingMode": "strict", "pythonVersion": "3.11"}', encoding="utf-8"
    )
    options = {
        "mypy": ["--strict", "--no-incremental", *(f"--package={name}" for name in names)],
        "pyright": [f"--pythonpath={sys.executable}"],
    }
    done = subprocess.run(
        [sys.executable, "-m", checker, *options[checker]],
        cwd=tmp_path / "out",
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.few(3)
@pytest.mark.parametrize("parts", [(), ("client",), ("server",), ("testing",)], ids="-".join)
@pytest.mark.parametrize("command", ["check --ignore=N", "format --check"])
def test_ruff_has_no_remarks(tmp_path: Path, parts: tuple[str, ...], command: str) -> None:
    write_tree(tmp_path / "out", made(tmp_path / "in", "rich", parts))
    done = subprocess.run(
        [sys.executable, "-m", "ruff", *command.split(), "--no-cache", "--config", STYLE, "out"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout + done.stderr
