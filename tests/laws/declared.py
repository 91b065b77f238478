"""Values and their spellings, by the service's document: what each field may hold.

Only the package's public types are used, and the documented codes are listed here once more.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from tests.laws import formats
from tests.laws.oracle import is_trimmed

from msgsend import (
    DeliveryStatus,
    ErrorCode,
    HangupCause,
    Reply,
    SmsReport,
    TimedReport,
    UnknownDeliveryStatus,
    UnknownErrorCode,
    UnknownHangupCause,
    VoiceReport,
)

ERROR_CODES: Mapping[str, ErrorCode] = {
    "-1": ErrorCode.SUBMIT_FAILED,
    "-3": ErrorCode.BAD_CREDENTIALS,
    "-4": ErrorCode.TEMPLATE_MISMATCH,
    "-5": ErrorCode.BAD_SIGNATURE,
    "-7": ErrorCode.INSUFFICIENT_BALANCE,
    "-8": ErrorCode.CHANNEL_ERROR,
    "-9": ErrorCode.INVALID_NUMBER,
    "-10": ErrorCode.SIGNATURE_LENGTH,
    "-11": ErrorCode.ACCOUNT_EXPIRED,
    "-12": ErrorCode.BLACKLISTED,
    "-13": ErrorCode.VOICE_AMOUNT_NOT_INTEGER,
    "-14": ErrorCode.VOICE_CODE_NOT_NUMERIC,
    "-15": ErrorCode.VOICE_CODE_TOO_LONG,
    "-16": ErrorCode.BALANCE_TOO_FREQUENT,
    "-17": ErrorCode.IP_NOT_ALLOWED,
}
STATUSES: Mapping[str, DeliveryStatus] = {
    "DELIVRD": DeliveryStatus.DELIVERED,
    "UNDELIVRD": DeliveryStatus.UNDELIVERED,
}
CAUSES: Mapping[str, HangupCause] = {
    "0": HangupCause.UNKNOWN,
    "1": HangupCause.CALL_FAILED,
    "2": HangupCause.CALL_TIMED_OUT,
    "3": HangupCause.COMPLETED,
    "4": HangupCause.CALLEE_HUNG_UP,
}


@dataclass(frozen=True)
class Kind:
    """What a field holds: `value` of a content, and `spelling` of a value or None if it has none.

    The text of a value is what a reader would get back, so it holds no CR before a LF, and in
    a padded place it does not begin or end with padding.
    """

    value: Callable[[str], object]
    spelling: Callable[[object], str | None]


def is_text(value: object) -> bool:
    """Whatever the types say."""
    return isinstance(value, str)


def _text(accepts: Callable[[str], bool], *, padded: bool = True) -> Kind:
    def spelling(value: object) -> str | None:
        return value if isinstance(value, str) and _fits(accepts, value, padded) else None

    return Kind(str, spelling)


def _fits(accepts: Callable[[str], bool], text: str, padded: bool = True) -> bool:
    return accepts(text) and "\r\n" not in text and (is_trimmed(text) or not padded)


def _codes(
    known: Mapping[str, object],
    unknown: type[UnknownErrorCode] | type[UnknownDeliveryStatus] | type[UnknownHangupCause],
    accepts: Callable[[str], bool],
) -> Kind:
    def value(text: str) -> object:
        return known[text] if text in known else unknown(text)

    def spelling(value: object) -> str | None:
        if isinstance(value, unknown):
            text = value.text
            fits = is_text(text) and text not in known and _fits(accepts, text)
            return text if fits else None
        return next((text for text, code in known.items() if code is value), None)

    return Kind(value, spelling)


def _count_spelling(value: object) -> str | None:
    fits = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 999_999_999
    return str(value) if fits else None


def _time_spelling(value: object) -> str | None:
    if not isinstance(value, datetime) or value.tzinfo is not None or value.microsecond:
        return None
    date = f"{value.year:04d}/{value.month:02d}/{value.day:02d}"
    return f"{date} {value.hour:02d}:{value.minute:02d}:{value.second:02d}"


def _balance_spelling(value: object) -> str | None:
    """All the digits of a finite number, without an exponent; a whole negative one is a code."""
    if not isinstance(value, Decimal) or not value.is_finite():
        return None
    text = format(value, "f")
    return text if formats.is_balance(text) else None


BATCH = _text(formats.is_digits)
PHONE = _text(formats.is_phone)
CONTENT = _text(formats.is_content, padded=False)
CHANNEL = _text(formats.is_channel)
STATUS = _codes(STATUSES, UnknownDeliveryStatus, formats.is_status)
COUNT = Kind(int, _count_spelling)
CAUSE = _codes(CAUSES, UnknownHangupCause, formats.is_count)
TIME = Kind(formats.moment, _time_spelling)
ERROR = _codes(ERROR_CODES, UnknownErrorCode, formats.is_error)
BALANCE = Kind(Decimal, _balance_spelling)


@dataclass(frozen=True)
class Row:
    """A record's class, its fields in order, what is written between them, how many may miss."""

    name: str
    make: Callable[..., object]
    fields: Mapping[str, Kind]
    separator: str
    optional: int = 0

    def value(self, contents: list[str]) -> object:
        """The record whose fields have these contents; missing ones are None."""
        names = list(self.fields)
        given = {
            name: self.fields[name].value(text) for name, text in zip(names, contents, strict=False)
        }
        return self.make(**dict.fromkeys(names) | given)

    def bad_fields(self, values: Mapping[str, object]) -> list[str]:
        """The fields whose values are not of their declared forms."""
        last = list(self.fields)[len(self.fields) - self.optional :]
        return [
            name
            for name, kind in self.fields.items()
            if kind.spelling(values[name]) is None
            if not (name in last and values[name] is None)
        ]

    def spelling(self, values: Mapping[str, object]) -> str:
        """The record as it is written; no field is bad."""
        texts = [kind.spelling(values[name]) for name, kind in self.fields.items()]
        return self.separator.join(text for text in texts if text is not None)


SMS_REPORT = Row("SmsReport", SmsReport, {"batch": BATCH, "phone": PHONE, "status": STATUS}, ",")
VOICE_REPORT = Row(
    "VoiceReport",
    VoiceReport,
    {
        "batch": BATCH,
        "phone": PHONE,
        "talk_seconds": COUNT,
        "ring_seconds": COUNT,
        "hangup_cause": CAUSE,
    },
    ",",
)
TIMED_REPORT = Row(
    "TimedReport",
    TimedReport,
    {"batch": BATCH, "phone": PHONE, "reported_at": TIME, "status": STATUS},
    ",",
)
REPLY = Row(
    "Reply",
    Reply,
    {"phone": PHONE, "content": CONTENT, "received_at": TIME, "channel": CHANNEL},
    "|,|",
    optional=1,
)
ROWS = {row.name: row for row in (SMS_REPORT, VOICE_REPORT, TIMED_REPORT, REPLY)}
SCALARS = {"BatchNumber": BATCH, "ErrorCode": ERROR, "Balance": BALANCE}
