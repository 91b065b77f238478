"""Reader of a service's `emulator.py`: hand-written code that is copied into its package."""

import ast
import os
import warnings
from collections.abc import Iterator
from pathlib import Path

from unstringly.diagnostics import Diagnostic, Rule, Severity, Span
from unstringly.read.spec.source_text import SourceText
from unstringly.regular_files import Unfit, read_regular

MAX_BYTES = 1_000_000
"""Bytes of the largest `emulator.py` that is copied."""

BRINGS_CODE = Rule(
    "F101",
    Severity.INFO,
    "a service's folder brings code",
    wrong="""\
There is an `emulator.py` beside the grammar. A WSDL and a grammar are only read; this file is a
program, which is copied into the package to the letter.""",
    why="""\
It runs with all your rights when the package's emulator is started, by a test or by
`unstringly serve`. Importing the package does not run it.""",
    example="a folder that somebody sent: grammar.yaml, Parcels.wsdl, emulator.py",
    todo="""\
Nothing, if the file is yours. Otherwise read it before you start the emulator, as you would read
any program, or delete it: the package then has an emulator whose results are drawn.""",
)

NOT_COPIED = Rule(
    "F102",
    Severity.ERROR,
    "emulator.py is not a regular file in the service's folder",
    wrong="""\
`emulator.py` is a link that leads out of the service's folder, a device, a pipe, larger than one
million bytes, or no UTF-8.""",
    why="""\
It becomes part of a package that others may get. A link would publish whatever it leads to, and a
device or a pipe would never end.""",
    example="emulator.py -> ../../secrets.py",
    todo="""\
Put the file itself into the folder, or delete the link: without an `emulator.py` the package has
an emulator whose results are drawn.""",
)

NO_PYTHON = Rule(
    "F103",
    Severity.ERROR,
    "emulator.py is no Python",
    wrong="""\
The Python that runs unstringly cannot read `emulator.py`, at the place that the finding names. The
file is only read for this, and never run.""",
    why="""\
It is copied into the package to the letter: the emulator could not be started, and neither could a
test that uses it.""",
    example="def answer(:",
    todo="""\
Correct the file. If it is written for a newer Python, run unstringly with that one. Without an
`emulator.py` the package has an emulator whose results are drawn.""",
)

NOT_TAKEN = Rule(
    "F104",
    Severity.INFO,
    "the package has no part for emulator.py",
    wrong="""\
There is an `emulator.py` beside the grammar, and its key `generate` leaves out the client, the
service's side or the module for tests. The file is not copied, and is not read.""",
    why="""\
An emulator is the service's side with a behaviour, and tests call it with the client. Without all
three parts it could not be imported.""",
    example="generate: [parsers, client]",
    todo="""\
Nothing, if the package shall have no emulator. Otherwise write `generate: [client, server,
testing]`, or leave the key out.""",
)

RULES = (BRINGS_CODE, NOT_COPIED, NO_PYTHON, NOT_TAKEN)


def read_emulator(
    path: Path, name: str, *, is_taken: bool = True
) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """Return the text of a service's `emulator.py`, and findings; `name` is its name in spans.

    The text is None if there is no such file, or if it is not copied: because it cannot be (F102),
    or because the package has no emulator, and it is not `is_taken` (F104).
    """
    if not os.path.lexists(path):
        return None, ()
    start = Span(name, 1, 1)
    if not is_taken:
        message = "this is not copied: `generate` in the grammar leaves out a part that it needs"
        advice = "add `client`, `server` and `testing` to it if the package shall have an emulator"
        return None, (Diagnostic(NOT_TAKEN, start, message, advice),)
    advice = "put the file itself into the service's folder, or delete this one"
    try:
        data = read_regular(path, MAX_BYTES, inside=path.parent)
        text = data.decode("utf-8")
    except Unfit as problem:
        return None, (Diagnostic(NOT_COPIED, start, f"this is not copied: {problem}", advice),)
    except UnicodeDecodeError as error:
        readable = error.object[: error.start].decode("utf-8")
        span = SourceText(readable, name).span(len(readable))
        message = f"byte 0x{error.object[error.start]:02X} is not UTF-8"
        return None, (Diagnostic(NOT_COPIED, span, message, "save the file as UTF-8"),)
    message = "this code is copied into the package, and runs when its emulator is started"
    advice = "read it first if it is not yours; without it the emulator's results are drawn"
    return text, (Diagnostic(BRINGS_CODE, start, message, advice), *_unreadable(data, text, name))


def _unreadable(data: bytes, text: str, name: str) -> Iterator[Diagnostic]:
    """Report a file that Python cannot parse (F103); the file is not run."""
    line, column = 1, 1
    try:
        with warnings.catch_warnings(action="ignore"):
            ast.parse(data)
        return
    except SyntaxError as error:
        line, column, problem = error.lineno or 1, error.offset or 1, error.msg
    except (RecursionError, MemoryError):
        problem = "it is nested too deep"
    except (ValueError, LookupError) as error:  # U+0000, an encoding that is none
        problem = str(error)
    line = min(max(line, 1), len(text.splitlines()) or 1)
    advice = "correct it; the package would have an emulator that cannot be started"
    span = Span(name, line, max(column, 1))
    yield Diagnostic(NO_PYTHON, span, f"Python cannot read this: {problem}", advice)
