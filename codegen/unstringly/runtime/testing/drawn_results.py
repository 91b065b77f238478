"""Drawn results of operations with structured messages, for emulators."""

from ..client.calls import Operation
from ..xml.messages import Messages
from .heights import Heights
from .values import RandomSource, writable


class DrawnResults:
    """A function that draws results: the same seed gives the same one."""

    def __init__(self) -> None:
        self._heights = Heights()

    def __call__(self, operation: Operation, seed: str) -> object:
        """Return a result of an operation with structured messages. Raises NoValue."""
        messages, source = operation.messages, RandomSource(seed)
        assert isinstance(messages, Messages)
        return messages.drawn_result(
            lambda element, writer: writable(element, writer, source, self._heights)
        )
