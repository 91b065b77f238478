"""Other ways to parse reports with validation: `re`, lark, pyparsing."""

import re
from datetime import datetime

import lark
import pyparsing as pp

from .baselines import Reply, Report, TimedReport

TIME = "%Y/%m/%d %H:%M:%S"

_REPORTS = re.compile(r"(?:[0-9]+,\+?[0-9]+,[^,|]+(?:\||\Z))*")
_REPORT = re.compile(r"([0-9]+),(\+?[0-9]+),([^,|]+)(?:\||\Z)")
_TIMED = re.compile(r"([0-9]+),(\+?[0-9]+),([0-9/]+ [0-9:]+),([^,|]+)(?:\||\Z)")
_REPLY = re.compile(
    r"(\+?[0-9]+)\|,\|(.*?)\|,\|([0-9/]+ [0-9:]+)(?:\|,\|([^,|\s]+))?(?:\|;\||\Z)", re.DOTALL
)


def re_reports(text: str) -> list[Report]:
    """Checks the whole page first: `findall` alone would pass over what it cannot read."""
    if not _REPORTS.fullmatch(text):
        raise ValueError(text)
    return [Report(*fields) for fields in _REPORT.findall(text)]


def re_timed_reports(text: str) -> list[TimedReport]:
    return [
        TimedReport(batch, phone, datetime.strptime(time, TIME), status)
        for batch, phone, time, status in _TIMED.findall(text)
    ]


def re_replies(text: str) -> list[Reply]:
    return [
        Reply(phone, content, datetime.strptime(time, TIME), channel)
        for phone, content, time, channel in _REPLY.findall(text)
    ]


_GRAMMAR = r"""
start: (report "|")*
report: NUMBER "," PHONE "," STATUS
NUMBER.2: /[0-9]+/
PHONE.1: /\+?[0-9]+/
STATUS: /[^,|]+/
"""


class _Reports(lark.Transformer[lark.Token, list[Report]]):
    def report(self, fields: list[lark.Token]) -> Report:
        return Report(*map(str, fields))

    def start(self, reports: list[Report]) -> list[Report]:
        return reports


_LARK = lark.Lark(_GRAMMAR, parser="lalr", lexer="contextual", transformer=_Reports())


def lark_reports(text: str) -> list[Report]:
    """LALR with the transformer built in, lark's fastest way."""
    return _LARK.parse(text)


_FIELDS = pp.Regex(r"[0-9]+") + "," + pp.Regex(r"\+?[0-9]+") + "," + pp.Regex(r"[^,|]+")
_RECORD = _FIELDS + pp.Suppress("|")
_RECORD.set_parse_action(lambda found: Report(found[0], found[2], found[4]))
_PYPARSING = _RECORD[...].leave_whitespace()


def pyparsing_reports(text: str) -> list[Report]:
    return list(_PYPARSING.parse_string(text, parse_all=True))
