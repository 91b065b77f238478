"""What the frames of an exception hold: all that a program finds which takes objects apart.

Only frames of the package count: those of a test hold the password, and may. What a test made
itself is not taken apart either, nor are classes, modules and event loops, which hold the rest of
the program.
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

PACKAGE: Final = str(Path(msgsend.__file__).parent)
_CLOSED: Final = (
    *(type, types.ModuleType, types.BuiltinFunctionType, types.CodeType),
    *(logging.Logger, asyncio.AbstractEventLoop, asyncio.Future),
)
Found = tuple[str, object]
"""How an object is reached, and the object."""


def chain(error: BaseException) -> Iterator[BaseException]:
    """An exception with all that it came from, suppressed or not."""
    waiting: list[BaseException] = [error]
    known: set[int] = set()
    while waiting:
        each = waiting.pop()
        if id(each) in known:
            continue
        known.add(id(each))
        yield each
        waiting += [other for other in (each.__cause__, each.__context__) if other is not None]
        if isinstance(each, BaseExceptionGroup):
            group = cast("BaseExceptionGroup[BaseException]", each)
            waiting += group.exceptions


def own_frames(error: BaseException) -> Iterator[types.FrameType]:
    """The frames of the package that an exception and those before it have come through."""
    for each in chain(error):
        traceback = each.__traceback__
        while traceback is not None:
            if traceback.tb_frame.f_code.co_filename.startswith(PACKAGE):
                yield traceback.tb_frame
            traceback = traceback.tb_next


def variables(error: BaseException) -> Iterator[Found]:
    """The variables of these frames."""
    for frame in own_frames(error):
        place = f"{Path(frame.f_code.co_filename).name}:{frame.f_code.co_name}"
        yield from ((f"{place}:{name}", value) for name, value in frame.f_locals.items())


def held(error: BaseException) -> Iterator[str]:
    """All texts and bytes that exceptions and frames hold, with how they are reached."""
    roots: list[Found] = [(type(each).__name__, each) for each in chain(error)]
    waiting = deque([*roots, *variables(error)])
    seen: dict[int, object] = {}  # which keeps them alive, and their ids theirs
    while waiting:
        way, found = waiting.popleft()
        if isinstance(found, str):
            yield f"{way} = {found}"
        elif isinstance(found, bytes | bytearray | memoryview):
            data = bytes(cast("bytes", found))
            yield from (f"{way} = {data.decode(name, 'replace')}" for name in _CHARSETS)
        elif id(found) not in seen and not _is_closed(found):
            seen[id(found)] = found
            waiting.extend((way + step, part) for step, part in _parts(found))


_CHARSETS: Final = ("latin-1", "utf-16-le")


def _is_closed(found: object) -> bool:
    return isinstance(found, _CLOSED) or type(found).__module__.partition(".")[0] == "tests"


def _parts(found: object) -> Iterator[Found]:
    if isinstance(found, BaseException):
        yield from ((f".args[{at}]", part) for at, part in enumerate(found.args))
    yield from _items(found)
    attributes: dict[str, object] = getattr(found, "__dict__", {})
    yield from ((f".{name}", part) for name, part in list(attributes.items()))
    yield from ((f".{name}", getattr(found, name, None)) for name in _slots(found))
    yield from _of_functions(found)
    yield from _of_generators(found)


def _items(found: object) -> Iterator[Found]:
    if isinstance(found, Mapping):
        for key, value in list(cast("Mapping[object, object]", found).items()):
            yield "{}", key
            yield f"[{key!r}]" if isinstance(key, str) else "[…]", value
    elif isinstance(found, Collection):
        parts = cast("Collection[object]", found)
        yield from ((f"[{at}]", part) for at, part in enumerate(parts))


def _slots(found: object) -> Iterator[str]:
    for kind in type(found).__mro__:
        slots: str | Iterable[str] = vars(kind).get("__slots__", ())
        for name in (slots,) if isinstance(slots, str) else slots:
            own = name.startswith("__") and not name.endswith("__")
            yield f"_{kind.__name__.lstrip('_')}{name}" if own else name


def _of_functions(found: object) -> Iterator[Found]:
    if isinstance(found, types.FunctionType):
        for cell in found.__closure__ or ():
            with suppress(ValueError):  # nothing is in it
                yield "(closure)", cell.cell_contents
        yield "(defaults)", (found.__defaults__, found.__kwdefaults__)
    elif isinstance(found, types.MethodType):
        yield ".__self__", found.__self__
        yield ".__func__", found.__func__
    elif isinstance(found, partial):
        made = cast("partial[object]", found)
        yield "(partial)", (made.func, made.args, made.keywords)


def _of_generators(found: object) -> Iterator[Found]:
    """Generators, coroutines and asynchronous generators of the package, and what they wait for."""
    for kind in ("gi", "cr", "ag"):
        frame: types.FrameType | None = getattr(found, f"{kind}_frame", None)
        if frame is not None and frame.f_code.co_filename.startswith(PACKAGE):
            yield f".{kind}_frame", frame.f_locals
    for name in ("gi_yieldfrom", "cr_await", "ag_await"):
        yield f".{name}", getattr(found, name, None)
