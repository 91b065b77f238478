"""What programs send away that report errors: as Sentry's SDK does it, and as some write it."""

import json
import warnings
from collections.abc import Iterator
from typing import Any

from tests.faults.held import PACKAGE, variables

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it imports eventlet, which warns of itself
    from sentry_sdk.consts import DEFAULT_OPTIONS
    from sentry_sdk.serializer import serialize
    from sentry_sdk.utils import event_from_exception


def reported(error: BaseException) -> Iterator[str]:
    """What Sentry's SDK sends of an exception, but for the variables of foreign frames."""
    traced = (type(error), error, error.__traceback__)
    event, _ = event_from_exception(traced, client_options=DEFAULT_OPTIONS)
    yield json.dumps(without_foreign_frames(serialize(dict(event))), ensure_ascii=False)


def without_foreign_frames(event: Any) -> Any:  # JSON
    """An event without the variables of frames that are not the package's."""
    if isinstance(event, dict):
        is_foreign = not str(event.get("abs_path", PACKAGE)).startswith(PACKAGE)
        return {
            key: without_foreign_frames(value)
            for key, value in event.items()
            if not (is_foreign and key == "vars")
        }
    return [without_foreign_frames(each) for each in event] if isinstance(event, list) else event


def dumped(error: BaseException) -> Iterator[str]:
    """Variables as JSON, by the ways that people write it: whatever cannot be is taken apart."""
    for way in (vars, _listed, repr):
        for place, value in variables(error):
            try:
                yield f"{place} = {json.dumps(value, default=way, skipkeys=True)}"
            except (TypeError, ValueError, RecursionError):
                continue


def _listed(value: Any) -> object:  # any object at all
    try:
        return list(value)
    except Exception:  # whatever it raises, it is no list: a task raises its own
        return vars(value)
