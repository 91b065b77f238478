# Copied by unstringly 0.1.0. Do not edit.
"""The media type in a header Content-Type (RFC 9110, section 8.3), without its parameters."""

import re
from functools import lru_cache
from typing import Final

FORM: Final = "application/x-www-form-urlencoded"
"""The type of forms, and of a request over HTTP POST."""

_LONGEST: Final = 4 * 1024
_END: Final = re.compile(r"[;,\s]")


def media_type(content_type: str | None) -> str:
    """Return the type in small letters; it is empty where no header gives one.

    A comma or a blank ends it as well as a semicolon: servers write all of these.
    """
    return _media_type(content_type[:_LONGEST]) if content_type else ""


@lru_cache(maxsize=32)  # peers send the same every time
def _media_type(content_type: str) -> str:
    return _END.split(content_type.strip(), maxsplit=1)[0].lower()
