"""Messages of typed records, beside zeep: what reading and writing them takes. Prints Markdown."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from typing import Final

from .measure import all_rounds, machine
from .records import SHAPES, Case, Ours, Zeep, generated

RECORDS: Final = 500
MANY: Final = (500, 5_000, 50_000)
PROCESSES: Final = 3
ROUNDS: Final = 20
OF_TARGETS: Final = "Mixed"
READING, WRITING = 7, 10
MOST_GROWTH: Final = 1.25
MOST_MEMORY: Final = 5.0

METHOD: Final = """\
Method: {count} records of eight fields, as a whole message. Ours is the way of a call of a
generated package: from the bytes of a response to its result, and from checked parameters to the
bytes of a request. zeep's is that of its client: `process_reply`, and `create_message` with
`lxml.etree.tostring`, with its strict default settings and with values that it has made before.
All are checked to read the same values, and to read what the other has written. Processor time; in
each of {rounds} rounds both do it, garbage collected before, and the least of all rounds counts. A
ratio is zeep's time divided by ours; its median is that of the pairs of each round."""


@dataclass(frozen=True)
class Pair:
    """Seconds of a message in each round, ours and zeep's."""

    ours: list[float]
    zeep: list[float]

    @property
    def ratio(self) -> float:
        """The least time of zeep divided by ours."""
        return min(self.zeep) / min(self.ours)

    @property
    def row(self) -> str:
        """The cells of a table: µs a record of both, and ratios."""
        pairs = zip(self.ours, self.zeep, strict=True)
        typical = median(theirs / ours for ours, theirs in pairs)
        micro = [f"{min(seconds) / RECORDS * 1e6:.1f}" for seconds in (self.ours, self.zeep)]
        return f"{micro[0]} | {micro[1]} | {self.ratio:.1f} | {typical:.1f}"


@dataclass(frozen=True)
class Many:
    """What reading one response takes: its MB, µs a record, and MB of memory."""

    count: int
    megabytes: float
    micro: float
    memory: float


def measured(ours: Ours, zeep: Zeep, shape: str, rounds: int) -> tuple[Pair, Pair]:
    """Return what reading and what writing records of a shape takes."""
    case = Case(ours, zeep, shape, RECORDS)
    reading = all_rounds(
        {
            "ours": partial(ours.read, shape, case.response),
            "zeep": partial(zeep.read, shape, case.response),
        },
        rounds,
        process_time,
    )
    writing = all_rounds(
        {
            "ours": partial(ours.written, shape, case.rows),
            "zeep": partial(zeep.written, shape, case.theirs),
        },
        rounds,
        process_time,
    )
    return Pair(**reading), Pair(**writing)


def many(ours: Ours, zeep: Zeep, folder: Path, *, quick: bool) -> Iterator[tuple[str, Many]]:
    """Yield what reading takes of responses of growing size, each in processes of its own."""
    for count in MANY:
        case = Case(ours, zeep, OF_TARGETS, min(count, RECORDS))
        rows = SHAPES[OF_TARGETS].rows(ours.package, count)
        name = f"Echo{OF_TARGETS}".encode()
        response = ours.written(case.shape, rows).replace(name, name + b"Response")
        file = folder / f"{count}.xml"
        file.write_bytes(response)
        for reader in ("ours", "zeep"):
            told = [_alone(reader, folder, file) for _ in range(1 if quick else PROCESSES)]
            yield (
                reader,
                Many(
                    count,
                    len(response) / 1e6,
                    min(one["seconds"] for one in told) / count * 1e6,
                    median(one["bytes"] for one in told) / 1e6,
                ),
            )


def _alone(reader: str, folder: Path, file: Path) -> dict[str, float]:
    """Let a process of its own read a response; see `many_records`."""
    command = [sys.executable, "-m", "benchmarks.many_records", reader, str(folder), str(file)]
    root = Path(__file__).parent.parent
    done = subprocess.run(command, cwd=root, capture_output=True, check=True, encoding="utf-8")
    told: dict[str, float] = json.loads(done.stdout)
    return told


def markdown(rounds: int = ROUNDS) -> str:
    """The section of the results about messages; takes about two minutes."""
    with TemporaryDirectory(prefix="bench-") as name:
        folder = generated(Path(name))
        ours, zeep = Ours(folder), Zeep()
        pairs = {shape: measured(ours, zeep, shape, rounds) for shape in SHAPES}
        large = list(many(ours, zeep, folder, quick=rounds < ROUNDS))
    lines = [
        "## Messages",
        "",
        f"Machine: {machine()}.",
        "",
        f"Versions: zeep {version('zeep')}, lxml {version('lxml')}.",
        "",
        METHOD.format(count=RECORDS, rounds=rounds),
        "",
    ]
    for number, title in enumerate(("Reading", "Writing")):
        lines += [f"### {title}", ""]
        lines += ["| records of | ours, µs a record | zeep, µs a record | ratio | its median |"]
        lines += ["|---|---:|---:|---:|---:|"]
        lines += [
            f"| {SHAPES[shape].words} | {pair[number].row} |" for shape, pair in pairs.items()
        ]
        lines += [""]
    lines += [*_large_table(large), *_targets(pairs[OF_TARGETS], dict(_of_ours(large)))]
    return "\n".join(lines) + "\n"


def _large_table(large: list[tuple[str, Many]]) -> Iterator[str]:
    yield "### Many records in one response"
    yield ""
    yield f"Records of {SHAPES[OF_TARGETS].words}; fresh processes. Memory is how much more is"
    yield "resident at most while the response is read, with the values that come of it."
    yield ""
    yield "| | records | MB | µs a record | memory, MB |"
    yield "|---|---:|---:|---:|---:|"
    for reader, one in large:
        size = f"{one.count:,} | {one.megabytes:.1f}"
        yield f"| {reader} | {size} | {one.micro:.1f} | {one.memory:.1f} |"
    yield ""


def _of_ours(large: list[tuple[str, Many]]) -> Iterator[tuple[int, Many]]:
    return ((one.count, one) for reader, one in large if reader == "ours")


def _targets(pair: tuple[Pair, Pair], large: dict[int, Many]) -> Iterator[str]:
    reading, writing = pair
    _, some, most = MANY
    growth = large[most].micro / large[some].micro
    memory = large[most].memory / large[most].megabytes
    yield "### Targets of messages"
    yield ""
    yield "| | measured | reached |"
    yield "|---|---|---|"
    for words, figure, reached in (
        (f"reading, processor time: zeep takes {READING} times ours", reading.ratio, READING),
        (f"writing, processor time: zeep takes {WRITING} times ours", writing.ratio, WRITING),
    ):
        yield f"| {words} | {figure:.1f} | {'yes' if figure >= reached else 'no'} |"
    for words, figure, bound in (
        (
            f"a record of {most:,} takes at most {MOST_GROWTH} of one of {some:,}",
            growth,
            MOST_GROWTH,
        ),
        (f"memory: at most {MOST_MEMORY:.0f} bytes for each of the response", memory, MOST_MEMORY),
    ):
        yield f"| {words} | {figure:.2f} | {'yes' if figure <= bound else 'no'} |"
    yield ""


if __name__ == "__main__":
    print(markdown())
