"""The ASGI application of a service that is served."""

import logging
from collections.abc import Awaitable, Callable
from functools import partial

from .app_parameters import check_counts, check_seconds
from .asgi import App, application
from .exchange import Response
from .handling import TookTooLong
from .serving import Asked, Received, Served, answer, failed
from .threads import Texts

_log = logging.getLogger(__name__)


def service_app(
    served: Served,
    answered: Callable[[Asked], Awaitable[str]],
    *,
    most_bytes: int,
    seconds: float,
) -> App:
    """The application of a service. What `answered` raises becomes a fault, and is logged.

    Raises InvalidParameter for limits that let nothing through.
    """
    check_counts(most_bytes=most_bytes)
    check_seconds(seconds=seconds)
    texts = Texts()

    async def handle(received: Received) -> Response:
        asked = await texts.done(received.size, partial(served.asked, received))
        del received  # it holds secrets, and tracebacks of handlers may show variables
        if isinstance(asked, Response):
            return asked
        try:
            result = await answered(asked)
        except TookTooLong as problem:
            _log.error("%s could not be answered: it was %s", asked.operation.name, problem)
            return failed(asked, "The service could not answer in time.")
        # The caller must get a fault, as from any service, and nothing of what went wrong here,
        # which may quote other customers; the log has it.
        except Exception:  # noqa: BLE001 - a handler is somebody's own and may raise anything
            _log.exception("%s could not be answered", asked.operation.name)
            return failed(asked, "The service could not answer.")
        return await texts.done(len(result), partial(answer, asked, result))

    return application(handle, most_bytes=most_bytes, seconds=seconds)
