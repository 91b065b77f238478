"""Fetching of each document once, for all services that one command is about."""

from collections.abc import Callable

from msgspec import Struct, field

from unstringly.vendor.fetching import Fetched, NotFetched, request_of

MOST_BYTES = 64_000_000
"""Bytes of documents that are remembered; of more, a later one is fetched again."""


class Once(Struct):
    """A function that fetches, and remembers what came, or why nothing did."""

    fetch: Callable[[str], Fetched]
    most: int = MOST_BYTES
    outcomes: dict[str, Fetched | str] = field(default_factory=dict[str, Fetched | str])
    size: int = 0

    def __call__(self, address: str) -> Fetched:
        """Return the document at an address, however that is spelled. Raises NotFetched."""
        request = request_of(address)
        if request not in self.outcomes:
            self.outcomes[request] = self._outcome(address)
        outcome = self.outcomes[request]
        if isinstance(outcome, str):
            raise NotFetched(outcome)
        if self.size > self.most:
            del self.outcomes[request]
            self.size -= len(outcome.data)
        return outcome

    def _outcome(self, address: str) -> Fetched | str:
        try:
            document = self.fetch(address)
        except NotFetched as reason:
            return str(reason)
        self.size += len(document.data)
        return document
