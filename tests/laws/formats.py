"""The shipped formats, restated for the oracle by hand from the service's document.

Nothing here comes from the grammar spec or from generated tables.
"""

import re
from collections.abc import Callable
from datetime import datetime

from tests.laws.oracle import Choice, Field, Leaf, ListOf, Record


def matching(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern, re.ASCII | re.DOTALL)
    return lambda text: compiled.fullmatch(text) is not None


_TIME = re.compile(
    r"([0-9]{4})/([0-9]{1,2})/([0-9]{1,2}) ([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})", re.ASCII
)


def moment(text: str) -> datetime | None:
    """The time that a text spells, if there is such a time."""
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second = map(int, match.groups())
    try:
        return datetime(year, month, day, hour, minute, second)
    except ValueError:
        return None


def is_moment(text: str) -> bool:
    return moment(text) is not None


def is_content(text: str) -> bool:
    """Any text without the separators between replies."""
    return "|;|" not in text and "|;\n" not in text


is_digits = matching("[0-9]+")
is_phone = matching(r"\+?[0-9]+")
is_status = matching("[^,|]+")
is_count = matching("[0-9]{1,9}")
is_channel = matching(r"[^,| \t\r\n\f\v]+")
is_error = matching("-[1-9][0-9]{0,8}(:.*)?")
is_balance = matching(r"[0-9]+|-?[0-9]+\.[0-9]+")

BATCH = Leaf("BatchNumber", is_digits)
PHONE = Leaf("PhoneNumber", is_phone)
STATUS = Leaf("DeliveryStatus", is_status)
COUNT = Leaf("Seconds", is_count)
CAUSE = Leaf("HangupCause", is_count)
TIME = Leaf("Timestamp", is_moment)
CONTENT = Leaf("Content", is_content)
CHANNEL = Leaf("Channel", is_channel)
ERROR = Leaf("ErrorCode", is_error)
BALANCE = Leaf("Balance", is_balance)

SMS_REPORT = Record(
    "SmsReport",
    (
        Field("batch", BATCH, padded=True),
        Field("phone", PHONE, padded=True),
        Field("status", STATUS, padded=True),
    ),
    (",",),
)
VOICE_REPORT = Record(
    "VoiceReport",
    (
        Field("batch", BATCH, padded=True),
        Field("phone", PHONE, padded=True),
        Field("talk_seconds", COUNT, padded=True),
        Field("ring_seconds", COUNT, padded=True),
        Field("hangup_cause", CAUSE, padded=True),
    ),
    (",",),
)
TIMED_REPORT = Record(
    "TimedReport",
    (
        Field("batch", BATCH, padded=True),
        Field("phone", PHONE, padded=True),
        Field("reported_at", TIME, padded=True),
        Field("status", STATUS, padded=True),
    ),
    (",",),
)
REPLY = Record(
    "Reply",
    (
        Field("phone", PHONE, padded=True),
        Field("content", CONTENT),
        Field("received_at", TIME, padded=True),
        Field("channel", CHANNEL, padded=True, optional=True),
    ),
    ("|,|",),
)

REPORTS = ListOf(
    (SMS_REPORT, VOICE_REPORT),
    ("|",),
    leading=True,
    trailing="allowed",
    repeated=True,
    padded=True,
)
TIMED_REPORTS = ListOf(
    (TIMED_REPORT,), ("|",), leading=True, trailing="allowed", repeated=True, padded=True
)
REPLIES = ListOf(
    (REPLY,),
    ("|;|", "|;\n"),
    finals=("|;",),
    leading=True,
    trailing="allowed",
    repeated=True,
    padded=True,
)

SUBMISSION = Choice((BATCH, ERROR), padded=True)
BALANCE_RESULT = Choice((BALANCE, ERROR), padded=True)
REPORT_RESULT = Choice((REPORTS, ERROR), padded=True)
TIMED_REPORT_RESULT = Choice((TIMED_REPORTS, ERROR), padded=True)
REPLY_RESULT = Choice((REPLIES, ERROR), padded=True)
