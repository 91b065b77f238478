"""What people write by hand: loops over `str.split`, without validation."""

from dataclasses import dataclass
from datetime import datetime


@dataclass
class Report:
    batch: str
    phone: str
    status: str


@dataclass(frozen=True)
class FrozenReport:
    batch: str
    phone: str
    status: str


@dataclass
class TimedReport:
    batch: str
    phone: str
    reported_at: datetime
    status: str


@dataclass
class Reply:
    phone: str
    content: str
    received_at: datetime
    channel: str


def barest_loop(text: str) -> list[Report]:
    return [Report(*piece.split(",")) for piece in text.split("|") if piece]


def plain_loop(text: str) -> list[Report]:
    reports = []
    for piece in text.split("|"):
        piece = piece.strip()
        if not piece:
            continue
        batch, phone, status = piece.split(",")
        reports.append(Report(batch=batch.strip(), phone=phone.strip(), status=status.strip()))
    return reports


def frozen_loop(text: str) -> list[FrozenReport]:
    reports = []
    for piece in text.split("|"):
        piece = piece.strip()
        if not piece:
            continue
        batch, phone, status = piece.split(",")
        reports.append(
            FrozenReport(batch=batch.strip(), phone=phone.strip(), status=status.strip())
        )
    return reports


def timed_loop(text: str) -> list[TimedReport]:
    reports = []
    for piece in text.split("|"):
        piece = piece.strip()
        if not piece:
            continue
        batch, phone, time, status = piece.split(",")
        reports.append(
            TimedReport(
                batch=batch.strip(),
                phone=phone.strip(),
                reported_at=datetime.strptime(time.strip(), "%Y/%m/%d %H:%M:%S"),
                status=status.strip(),
            )
        )
    return reports


def replies_loop(text: str) -> list[Reply]:
    replies = []
    for piece in text.split("|;|"):
        if not piece.strip():
            continue
        phone, content, time, channel = piece.split("|,|")
        replies.append(
            Reply(
                phone=phone.strip(),
                content=content,
                received_at=datetime.strptime(time.strip(), "%Y/%m/%d %H:%M:%S"),
                channel=channel.strip(),
            )
        )
    return replies
