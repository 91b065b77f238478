"""Reader of `samples/NAME/*.txt`, beside a grammar: whole texts of the definition NAME."""

from collections.abc import Callable, Iterator
from pathlib import Path

from unstringly.diagnostics import Diagnostic, Rule, Severity, Span
from unstringly.model.examples import NO_PIECE, SOME_PIECE, Sample
from unstringly.regular_files import Unfit, read_regular

SAMPLES = "samples"

MOST = 1_000
MOST_BYTES = 100_000
"""The most samples of a service, and the most bytes of one."""

_SUFFIX = ".txt"
_MALFORMED = ".malformed.txt"

UNREADABLE = Rule(
    "E104",
    Severity.ERROR,
    "a sample cannot be read as text",
    wrong=f"""\
A sample is a text file in UTF-8 of at most {MOST_BYTES:,} bytes, and a service has at most
{MOST:,} of them. This one is not like that.""",
    why="Samples are tried with each run, and a text of unknown characters means nothing.",
    example="samples/replies/day.txt        in GB 18030, or of a whole day",
    todo="""\
Save it as UTF-8, whatever the service sends: a grammar speaks of characters, not of bytes. Cut a
long one to what is worth being tried.""",
)

RULES = (UNREADABLE,)


def read_samples(
    folder: Path, shown: Callable[[Path], str]
) -> tuple[tuple[Sample, ...], tuple[Diagnostic, ...]]:
    """Return the samples of a service in the order of their names, and findings.

    `shown` is the name of a file in messages. Files that lie in `samples` itself, and those of
    other names, are nobody's.
    """
    samples: list[Sample] = []
    findings: list[Diagnostic] = []
    for number, file in enumerate(_files(folder / SAMPLES)):
        span = Span(shown(file), 1, 1)
        if number == MOST:
            message = f"this is one sample more than {MOST:,}; it and the rest are not tried"
            findings.append(Diagnostic(UNREADABLE, span, message, "leave some out"))
            break
        read = _read(file, folder, span)
        match read:
            case Sample():
                samples.append(read)
            case Diagnostic():
                findings.append(read)
    return tuple(samples), tuple(findings)


def _files(samples: Path) -> Iterator[Path]:
    """Yield the files in the folders of `samples`, sorted; links to folders are not followed."""
    if not samples.is_dir() or samples.is_symlink():
        return
    for inner in sorted(samples.iterdir()):
        if inner.is_dir() and not inner.is_symlink():
            yield from sorted(file for file in inner.iterdir() if file.name.endswith(_SUFFIX))


def _read(file: Path, folder: Path, span: Span) -> Sample | Diagnostic:
    try:
        data = read_regular(file, MOST_BYTES, inside=folder)
        text = data.decode("utf-8")
    except Unfit as problem:
        return Diagnostic(UNREADABLE, span, f"this file cannot be read: {problem}")
    except UnicodeDecodeError as error:
        message = f"byte 0x{error.object[error.start]:02X} is not UTF-8"
        return Diagnostic(UNREADABLE, span, message, "save the file as UTF-8")
    malformed = SOME_PIECE if file.name.endswith(_MALFORMED) else NO_PIECE
    return Sample(file.parent.name, text, span, malformed)
