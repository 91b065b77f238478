"""An `AsyncClient` under trio: it says that it does not work there, and hides nothing else."""

from collections.abc import Callable

import pytest
import trio

from msgsend import AsyncClient, AsyncHttpTransport, HttpxAsyncTransport, NotSent
from msgsend._runtime.wire.exchange import AsyncTransport


@pytest.mark.parametrize("make", [AsyncHttpTransport, HttpxAsyncTransport])
def test_a_call_says_why_and_the_client_is_closed(make: Callable[[], AsyncTransport]) -> None:
    async def called() -> None:
        async with AsyncClient(
            user_code="demo",
            user_pass="a password",
            base_url="http://127.0.0.1:9/a",
            transport=make(),
        ) as client:
            await client.get_mo()

    with pytest.raises(NotSent, match="asyncio") as caught:
        trio.run(called)
    assert caught.value.__context__ is None
