# Copied by unstringly 0.1.0. Do not edit.
"""A limit on the bytes that strangers may have written down in a day."""

import logging
import threading
import time

_log = logging.getLogger(__name__)
_DAY = 24 * 60 * 60


class Quota:
    """A number of bytes a day (UTC). When they are used up, one warning a day is logged.

    Each process has a quota of its own. Threads may share one.
    """

    def __init__(self, most: int, consequence: str) -> None:
        self._most = most
        self._consequence = consequence
        self._lock = threading.Lock()
        self._day = 0
        self._used = 0
        self._is_told = False

    def takes(self, size: int) -> bool:
        """Say whether so many more bytes are allowed; if they are, they count."""
        today = int(time.time() // _DAY)
        with self._lock:
            if today != self._day:
                self._day, self._used, self._is_told = today, 0, False
            if self._used + size <= self._most:
                self._used += size
                return True
            is_first, self._is_told = not self._is_told, True
        if is_first:
            _log.warning(
                "%s: no more today, %d bytes are kept a day", self._consequence, self._most
            )
        return False
