"""What the frames of an exception hold: all that a program finds which takes objects apart.

Only frames of packages count: those of a test hold the password, and may. A package may be msgsend,
or one that a test has made in memory, whose runtime is then msgsend's or the original one. What a
test made itself is not taken apart either, nor are classes, modules and event loops, which hold the
rest of the program.
"""

import asyncio
import logging
import types
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Final, cast

import msgsend
from unstringly.runtime_files import RUNTIME

PACKAGE: Final = str(Path(msgsend.__file__).parent)
_CLOSED: Final = (
    *(type, types.ModuleType, types.BuiltinFunctionType, types.CodeType),
    *(logging.Logger, asyncio.AbstractEventLoop, asyncio.Future),
)
Found = tuple[str, object]
"""How an object is reached, and the object."""


def is_own_place(place: str) -> bool:
    """Whether a file of code is of a package, or an original of a runtime."""
    is_in_memory = not Path(place).is_absolute() and not place.startswith("<")
    return is_in_memory or place.startswith((f"{PACKAGE}/", f"{RUNTIME}/"))


def chain(error: BaseException) -> Iterator[BaseException]:
    """An exception with all that it came from, suppressed or not."""
    waiting: list[BaseException] = [error]
    known: set[int] = set()
    while waiting:
        exception = waiting.pop()
        if id(exception) in known:
            continue
        known.add(id(exception))
        yield exception
        waiting += [
            other for other in (exception.__cause__, exception.__context__) if other is not None
        ]
        if isinstance(exception, BaseExceptionGroup):
            group = cast("BaseExceptionGroup[BaseException]", exception)
            waiting += group.exceptions


def own_frames(error: BaseException) -> Iterator[types.FrameType]:
    """The frames of the package that an exception and those before it have come through."""
    for exception in chain(error):
        traceback = exception.__traceback__
        while traceback is not None:
            if is_own_place(traceback.tb_frame.f_code.co_filename):
                yield traceback.tb_frame
            traceback = traceback.tb_next


def variables(error: BaseException) -> Iterator[Found]:
    """The variables of these frames."""
    for frame in own_frames(error):
        place = f"{Path(frame.f_code.co_filename).name}:{frame.f_code.co_name}"
        yield from ((f"{place}:{name}", value) for name, value in frame.f_locals.items())


def held(error: BaseException) -> Iterator[str]:
    """All texts and bytes that exceptions and frames hold, with how they are reached."""
    roots: list[Found] = [(type(exception).__name__, exception) for exception in chain(error)]
    waiting = deque([*roots, *variables(error)])
    seen: dict[int, object] = {}  # which keeps them alive, and their ids theirs
    while waiting:
        way, value = waiting.popleft()
        if isinstance(value, str):
            yield f"{way} = {value}"
        elif isinstance(value, bytes | bytearray | memoryview):
            data = bytes(cast("bytes", value))
            yield from (f"{way} = {data.decode(name, 'replace')}" for name in _CHARSETS)
        elif id(value) not in seen and not _is_closed(value):
            seen[id(value)] = value
            waiting.extend((way + step, part) for step, part in _parts(value))


_CHARSETS: Final = ("latin-1", "utf-16-le")


def _is_closed(value: object) -> bool:
    return isinstance(value, _CLOSED) or type(value).__module__.partition(".")[0] == "tests"


def _parts(value: object) -> Iterator[Found]:
    if isinstance(value, BaseException):
        yield from ((f".args[{at}]", part) for at, part in enumerate(value.args))
    yield from _items(value)
    attributes: dict[str, object] = getattr(value, "__dict__", {})
    yield from ((f".{name}", part) for name, part in list(attributes.items()))
    yield from ((f".{name}", getattr(value, name, None)) for name in _slots(value))
    yield from _of_functions(value)
    yield from _of_generators(value)


def _items(container: object) -> Iterator[Found]:
    if isinstance(container, Mapping):
        for key, value in list(cast("Mapping[object, object]", container).items()):
            yield "{}", key
            yield f"[{key!r}]" if isinstance(key, str) else "[…]", value
    elif isinstance(container, Collection):
        parts = cast("Collection[object]", container)
        yield from ((f"[{at}]", part) for at, part in enumerate(parts))


def _slots(value: object) -> Iterator[str]:
    for kind in type(value).__mro__:
        slots: str | Iterable[str] = vars(kind).get("__slots__", ())
        for name in (slots,) if isinstance(slots, str) else slots:
            own = name.startswith("__") and not name.endswith("__")
            yield f"_{kind.__name__.lstrip('_')}{name}" if own else name


def _of_functions(value: object) -> Iterator[Found]:
    if isinstance(value, types.FunctionType):
        for cell in value.__closure__ or ():
            with suppress(ValueError):  # nothing is in it
                yield "(closure)", cell.cell_contents
        yield "(defaults)", (value.__defaults__, value.__kwdefaults__)
    elif isinstance(value, types.MethodType):
        yield ".__self__", value.__self__
        yield ".__func__", value.__func__
    elif isinstance(value, partial):
        applied = cast("partial[object]", value)
        yield "(partial)", (applied.func, applied.args, applied.keywords)


def _of_generators(value: object) -> Iterator[Found]:
    """Generators, coroutines and asynchronous generators of the package, and what they wait for."""
    for kind in ("gi", "cr", "ag"):
        frame: types.FrameType | None = getattr(value, f"{kind}_frame", None)
        if frame is not None and is_own_place(frame.f_code.co_filename):
            yield f".{kind}_frame", frame.f_locals
    for name in ("gi_yieldfrom", "cr_await", "ag_await"):
        yield f".{name}", getattr(value, name, None)
