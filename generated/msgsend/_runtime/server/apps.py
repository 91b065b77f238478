# Copied by unstringly 0.1.0. Do not edit.
"""The ASGI application of a service."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial

from ..client.parameters import check_counts, check_seconds
from ..errors.exceptions import ServiceFault
from ..wire.exchange import MAX_BYTES, Response
from .app_parameters import check_path, checked_public_url
from .asgi import App, application
from .asked import Asked, HttpRequest
from .handling import HANDLER_TIMEOUT, THREADS, Handling, NotAuthenticated, TookTooLong
from .responses import answer, declared, failed, fault, plain
from .service import Service
from .threads import Texts

_log = logging.getLogger(__name__)


def service_app(
    service: Service,
    answered: Callable[[Asked, Handling], Awaitable[str]],
    *,
    public_url: str | None = None,
    max_bytes: int = MAX_BYTES,
    timeout: float = 30.0,
    handler_timeout: float = HANDLER_TIMEOUT,
    threads: int = THREADS,
) -> App:
    """Make the application of a service. An error of `answered` becomes a fault, and is logged.

    `answered` is given a call, and the Handling that calls its handler. `timeout` is the number of
    seconds for a request to arrive, `handler_timeout` for its handler. Raises InvalidParameter for
    arguments that cannot work.
    """
    check_path(service.path)
    check_counts(max_bytes=max_bytes, threads=threads)
    check_seconds(timeout=timeout, handler_timeout=handler_timeout)
    service = replace(service, public_url=checked_public_url(public_url))
    handling = Handling(threads, handler_timeout)
    texts = Texts()

    async def handle(request: HttpRequest) -> Response:
        asked = await texts.done(request.size, partial(service.asked, request))
        del request  # it holds secrets, and tracebacks of handlers may show variables
        if isinstance(asked, Response):
            return asked
        try:
            result = await answered(asked, handling)
        except TookTooLong as problem:
            _log.error("%s could not be answered: it was %s", asked.operation.name, problem)
            return failed(asked, "The service could not answer in time.")
        except NotAuthenticated:
            return _refused(asked)
        # The caller must get a fault, as from any service, and no words of the error here,
        # which may quote other customers, but for those of a declared fault; the log has it.
        except Exception as error:  # noqa: BLE001 - a handler of the user may raise any error
            if isinstance(error, ServiceFault) and error.is_declared:
                response = await texts.done(0, partial(declared, asked, error))
                if response is not None:
                    return response
            _log.exception("%s could not be answered", asked.operation.name)
            return failed(asked, "The service could not answer.")
        return await texts.done(len(result), partial(answer, asked, result))

    return application(handle, max_bytes=max_bytes, timeout=timeout)


def _refused(asked: Asked) -> Response:
    """Return the response to a call whose credentials are not accepted."""
    words, came = "The credentials are not accepted.", asked.came
    if asked.is_form:
        response = plain(500, words)
    else:
        response = fault(asked.binding, words, of_sender=True, header=came.fault_header)
    if not came.challenge:
        return response
    challenge = ("WWW-Authenticate", came.challenge)
    return replace(response, status=401, headers=(*response.headers, challenge))
