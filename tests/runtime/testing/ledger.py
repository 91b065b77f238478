"""What a customer knows of the gateway: an account of every report and reply, kept apart from it.

Each has a name that nothing else has: a report its batch number, a reply the number that its text
begins with. Each is accounted for once: seen, found in the journal, lost with an exception that
said so, or expired at the gateway.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, cast

from msgsend import (
    Client,
    Malformed,
    Parsed,
    Reply,
    SmsReport,
    TimedReport,
    VoiceReport,
    parse_get_mo,
    parse_get_mo2,
    parse_get_report,
    parse_get_report2,
)

Kind = Literal["sms", "voice", "reply"]
KEPT = timedelta(days=2)
PAGE = 500


@dataclass(frozen=True)
class Poll:
    """A way to fetch, `PAGE` at a time: the calls, what they fetch, and the parser."""

    one: Callable[[Client], object]
    pages: Callable[[Client], Iterable[Parsed[object]]]
    kinds: tuple[Kind, ...]
    parse: Callable[[str], object]


POLLS: Mapping[str, Poll] = {
    "GetReport": Poll(
        lambda made: made.get_report(),
        lambda made: made.get_report_pages(),
        ("sms", "voice"),
        parse_get_report,
    ),
    "GetReport2": Poll(
        lambda made: made.get_report2(),
        lambda made: made.get_report2_pages(),
        ("sms",),
        parse_get_report2,
    ),
    "GetMo": Poll(
        lambda made: made.get_mo(), lambda made: made.get_mo_pages(), ("reply",), parse_get_mo
    ),
    "GetMo2": Poll(
        lambda made: made.get_mo2(), lambda made: made.get_mo2_pages(), ("reply",), parse_get_mo2
    ),
}


def with_lf(text: str) -> str:
    """XML makes LF of all line ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


class Ledger:
    """What is waiting at the gateway, in order, and what became of everything else."""

    def __init__(self) -> None:
        self.waiting: dict[str, tuple[Kind, datetime]] = {}
        self.contents: dict[str, str] = {}
        self.accounted: dict[str, str] = {}

    def queue(self, name: str, kind: Kind, now: datetime) -> None:
        assert name not in self.waiting
        assert name not in self.accounted
        self.waiting[name] = (kind, now)

    def expire(self, now: datetime) -> None:
        """All is kept for two days."""
        old = [name for name, (_, at) in self.waiting.items() if now - at > KEPT]
        self._settle(old, "expired")

    def next(self, kinds: tuple[Kind, ...]) -> list[str]:
        """What the gateway has to hand out next."""
        names = [name for name, (kind, _) in self.waiting.items() if kind in kinds]
        return names[:PAGE]

    def fetched(
        self,
        names: list[str],
        page: Parsed[object],
        *,
        damaged: bool = False,
        read: Callable[[str], str] = with_lf,
    ) -> None:
        """All that was handed out is in the page, in order, as records or as malformed pieces.

        `read` is what becomes of a reply's text on its way.
        """
        assert len(page.malformed) == (1 if damaged else 0)
        pieces = page.malformed if names else ()  # a page without records gets a piece of nobody's
        fetched = [name_of(piece) for piece in (*page, *pieces)]
        assert sorted(fetched) == sorted(names)
        whole = [name_of(record) for record in page]
        assert whole == [name for name in names if name in set(whole)]
        for record in page:
            if isinstance(record, Reply):
                assert record.content == read(self.contents[name_of(record)])
        self._settle(names, "seen")

    def recovered(self, names: list[str], raw: bytes, parse: Callable[[str], object]) -> None:
        """All that was handed out is in a body that was cut, which the journal has."""
        page = page_of(parse(text_in(raw)))
        recovered = [name_of(piece) for piece in (*page, *page.malformed)]
        assert [name for name in recovered if name] == names
        self._settle(names, "found in the journal")

    def lost(self, names: list[str]) -> None:
        """An exception has said so."""
        self._settle(names, "lost")

    def _settle(self, names: list[str], how: str) -> None:
        for name in names:
            del self.waiting[name]
            assert name not in self.accounted, "once"
            self.accounted[name] = how


def page_of(result: object) -> Parsed[object]:
    assert isinstance(result, Parsed)
    return cast("Parsed[object]", result)  # a narrowed generic has unknown arguments


def name_of(piece: object) -> str:
    """Of a record, or of what is left of one: how it begins tells it from all others.

    What is left of a reply may fall into pieces, of which the first has the name, others none.
    """
    match piece:
        case SmsReport() | TimedReport() | VoiceReport():
            return piece.batch
        case Reply():
            return piece.content.partition(":")[0]
        case Malformed():
            match = re.match(r"[0-9]+\|,\|([0-9]+):|([0-9]{19})(?:,|$)", piece.raw)
            return "" if match is None else match[1] or match[2]
        case _:
            raise AssertionError(piece)


def text_in(raw: bytes) -> str:
    """The text of a result in the body of a response that may have been cut anywhere."""
    body = raw.decode("utf-8", "ignore")
    match = re.search(r'<(?:string|\w+Result)(?: xmlns="[^"]*")?>([^<]*)', body)
    escaped = "" if match is None else with_lf(re.sub("&[^;]*$", "", match[1]))
    named = {"amp": "&", "lt": "<", "gt": ">"}
    return re.sub(
        r"&(?:#x([0-9A-F]+)|(\w+));",
        lambda entity: chr(int(entity[1], 16)) if entity[1] else named[entity[2]],
        escaped,
    )
