"""What programs send away that report errors: as Sentry's SDK does it, and as some write it."""

import json
import sys
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

from tests.faults.held import PACKAGE, is_own_place, variables

if TYPE_CHECKING:
    from types import ModuleType


@contextmanager
def without(name: str) -> Generator[None]:
    """Import as if a package were not there."""
    modules = cast("dict[str, ModuleType | None]", sys.modules)
    before = modules.get(name)
    modules[name] = None
    try:
        yield
    finally:
        del modules[name]
        modules.update({} if before is None else {name: before})


# The SDK imports eventlet if it is there, and that warns of itself and of every fork from then on.
with without("eventlet"):
    from sentry_sdk.consts import DEFAULT_OPTIONS
    from sentry_sdk.serializer import serialize
    from sentry_sdk.utils import event_from_exception


def reported(error: BaseException) -> Iterator[str]:
    """What Sentry's SDK sends of an exception, but for the variables of foreign frames."""
    traced = (type(error), error, error.__traceback__)
    event, _ = event_from_exception(traced, client_options=DEFAULT_OPTIONS)
    yield json.dumps(without_foreign_frames(serialize(dict(event))), ensure_ascii=False)


def without_foreign_frames(event: object) -> object:
    """An event without the variables of frames that are not the package's."""
    if isinstance(event, list):
        return [without_foreign_frames(item) for item in cast("list[object]", event)]
    if not isinstance(event, dict):
        return event
    known = cast("dict[str, object]", event)
    is_foreign = not is_own_place(str(known.get("abs_path", f"{PACKAGE}/")))
    return {
        key: without_foreign_frames(value)
        for key, value in known.items()
        if not (is_foreign and key == "vars")
    }


def dumped(error: BaseException) -> Iterator[str]:
    """Variables as JSON, by the ways that people write it: whatever cannot be is taken apart."""
    for way in (vars, _listed, repr):
        for place, value in variables(error):
            try:
                yield f"{place} = {json.dumps(value, default=way, skipkeys=True)}"
            except (TypeError, ValueError, RecursionError):
                continue


def _listed(value: object) -> object:
    try:
        return list(cast("Iterable[object]", value))
    except Exception:  # whatever it raises, it is no list: a task raises its own
        return vars(value)
