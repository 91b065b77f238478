"""A process that reads one large response, and tells in JSON what that took: seconds and bytes.

python -m benchmarks.many_records ours|zeep FOLDER_OF_THE_PACKAGE RESPONSE.xml
"""

import gc
import json
import re
import sys
from pathlib import Path
from time import process_time

from .records import Ours, Zeep

_END = b"</bench:rows>"
_REPEATED = 20_000
"""Smaller responses are read again, until about so many records are read."""


def _resident(name: str) -> int:
    """Bytes that are resident now (VmRSS), or were at most (VmHWM). Linux."""
    status = Path("/proc/self/status").read_text()
    (kibibytes,) = re.findall(rf"{name}:\s+(\d+) kB", status)
    return int(kibibytes) * 1024


def main(reader: str, folder: str, file: str) -> None:
    """Read the response, after a first one that warms up."""
    contender = Ours(Path(folder)) if reader == "ours" else Zeep()
    body = Path(file).read_bytes()
    records = body.count(_END)
    first, last = body.index(_END) + len(_END), body.rindex(_END) + len(_END)
    contender.read("Mixed", body[:first] + body[last:])
    gc.collect()
    before = _resident("VmRSS")
    seconds = float("inf")
    for _ in range(max(1, _REPEATED // records)):
        begin = process_time()
        value = contender.read("Mixed", body)
        seconds = min(seconds, process_time() - begin)
        assert len(value) == records
    print(json.dumps({"seconds": seconds, "bytes": max(0, _resident("VmHWM") - before)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
