"""Parsing full pages: ours, the loops people write, and other parsers. Prints Markdown."""

import inspect
from collections.abc import Callable
from importlib.metadata import version
from textwrap import dedent

from msgsend import Parsed, parse_get_mo2, parse_get_report, parse_get_report2, parsers, tables
from msgsend._runtime.text.reading import Reading

from . import baselines, pages, peers
from .measure import ROUNDS, fastest, machine

Contenders = dict[str, Callable[[], object]]

OURS = "msgsend"


def exact_reports(text: str) -> object:
    """The exact way alone."""
    return parsers._report_result(Reading(tables.REPORT_RESULT, text))


TABLES: dict[str, Contenders] = {
    "500 uniform reports": {
        OURS: lambda: parse_get_report(pages.REPORTS),
        "barest loop (split, plain dataclass by position)": lambda: baselines.barest_loop(
            pages.REPORTS
        ),
        "loop (split, strip, plain dataclass by keyword)": lambda: baselines.plain_loop(
            pages.REPORTS
        ),
        "the same loop, frozen dataclass": lambda: baselines.frozen_loop(pages.REPORTS),
        "re, validated, plain dataclass": lambda: peers.re_reports(pages.REPORTS),
        "lark (LALR), plain dataclass": lambda: peers.lark_reports(pages.REPORTS),
        "pyparsing, plain dataclass": lambda: peers.pyparsing_reports(pages.REPORTS),
        "msgsend, the exact way alone": lambda: exact_reports(pages.REPORTS),
    },
    "500 reports with times": {
        OURS: lambda: parse_get_report2(pages.TIMED_REPORTS),
        "loop with strptime, plain dataclass": lambda: baselines.timed_loop(pages.TIMED_REPORTS),
        "re with strptime, not validated": lambda: peers.re_timed_reports(pages.TIMED_REPORTS),
    },
    "500 reports with times without leading zeros": {
        OURS: lambda: parse_get_report2(pages.UNPADDED_REPORTS),
        "loop with strptime, plain dataclass": lambda: baselines.timed_loop(pages.UNPADDED_REPORTS),
    },
    "500 replies": {
        OURS: lambda: parse_get_mo2(pages.REPLIES),
        "loop with strptime, plain dataclass": lambda: baselines.replies_loop(pages.REPLIES),
        "re with strptime, not validated": lambda: peers.re_replies(pages.REPLIES),
    },
    "what our other pages cost": {
        "msgsend, uniform reports": lambda: parse_get_report(pages.REPORTS),
        "msgsend, mixed reports": lambda: parse_get_report(pages.MIXED_REPORTS),
        "msgsend, one malformed report among 500": lambda: parse_get_report(
            pages.MALFORMED_REPORTS
        ),
        "msgsend, a separator inside one of 500 replies": lambda: parse_get_mo2(
            pages.AWKWARD_REPLIES
        ),
    },
}

REMARKS = """\
- The loops validate nothing: a reply that contains `|,|`, a blank line or a status with a comma
  makes them raise or go wrong. They are the bar all the same, because they are what is in use.
- The barest loop is faster than we are. It builds mutable objects, strips nothing and checks
  nothing; that is the price of the check.
- A page that a split does not fit is read by the automaton, character by character. That is the
  slow case, and it is slower than `re`; it is also the one in which the others lose data.
- lark and pyparsing are general parsers and are not made for this; they are here because they
  are what one would reach for.
- Times without leading zeros cost more than times in full width: zeros are filled in first.
"""


def check() -> None:
    """What is compared reads the same."""
    reports = parse_get_report(pages.REPORTS)
    assert isinstance(reports, Parsed)
    expected = [report.batch for report in reports]
    assert len(expected) == pages.COUNT
    for read in (baselines.plain_loop, peers.re_reports, peers.lark_reports):
        assert [report.batch for report in read(pages.REPORTS)] == expected
    assert [report.batch for report in peers.pyparsing_reports(pages.REPORTS)] == expected
    replies = parse_get_mo2(pages.REPLIES)
    assert isinstance(replies, Parsed)
    assert [(r.content, r.received_at) for r in replies] == [
        (r.content, r.received_at) for r in baselines.replies_loop(pages.REPLIES)
    ]
    assert len(peers.re_replies(pages.REPLIES)) == pages.COUNT
    assert len(peers.re_timed_reports(pages.TIMED_REPORTS)) == pages.COUNT


def markdown(rounds: int = ROUNDS) -> str:
    """The section of the results about parsing."""
    check()
    lines = ["## Parsing", "", f"Machine: {machine()}.", ""]
    versions = ", ".join(f"{name} {version(name)}" for name in ("lark", "pyparsing"))
    lines += [
        f"Versions: {versions}.",
        "",
        f"Method: all contenders of a table in each of {rounds} rounds, garbage collected before "
        "each; the fastest round counts. A ratio is the contender's time divided by ours: above 1 "
        "we are faster.",
        "",
    ]
    for title, contenders in TABLES.items():
        times = fastest(contenders, rounds)
        ours = next(iter(times.values()))
        lines += [f"### {title}", "", "| | ns a record | ratio |", "|---|---:|---:|"]
        lines += [
            f"| {name} | {seconds / pages.COUNT * 1e9:,.0f} | {seconds / ours:.2f} |"
            for name, seconds in times.items()
        ]
        lines.append("")
    lines += ["### Remarks", "", REMARKS, "### The loops", "", "```python"]
    lines += [dedent(inspect.getsource(baselines)).strip(), "```", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    print(markdown())
