"""Reading of files that are not trusted: regular ones, no larger than they may be.

A folder that somebody else has made may hold links to anywhere, devices that never end, pipes
that never begin and files of any size. So a file is checked before it is opened, and once more
when it is open; opening never waits; and the size is checked before anything is read.
"""

import os
import stat
from pathlib import Path


class Unfit(Exception):
    """A file must not be read; the message is a clause such as `it is not a regular file`."""


class Missing(Unfit):
    """There is no such file, or it is a link to one that is not there."""


def read_regular(path: Path, most: int, inside: Path | None = None) -> bytes:
    """Return the bytes of a regular file of at most `most` bytes.

    Links are followed; with `inside` only to files somewhere below that folder. Raises `Missing`
    if there is no file, and `Unfit` for any other reason not to read it.
    """
    try:
        return _read(_resolved(path, inside), most)
    except (FileNotFoundError, NotADirectoryError):
        is_link = os.path.islink(path)
        raise Missing("it is a link to nothing" if is_link else "there is no such file") from None
    except OSError as error:
        raise Unfit(error.strerror or type(error).__name__) from None
    except ValueError:
        raise Unfit("its name cannot be the name of a file") from None
    except RuntimeError:  # raised for a circle before Python 3.13
        raise Unfit("its links lead in a circle") from None


def _resolved(path: Path, inside: Path | None) -> Path:
    resolved = path.resolve(strict=True)
    if inside is not None and not resolved.is_relative_to(inside.resolve(strict=True)):
        raise Unfit("it is a link that leads out of the service's folder")
    return resolved


def _read(path: Path, most: int) -> bytes:
    _check(path.stat(), most)
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags)
    with open(descriptor, "rb") as file:
        _check(os.fstat(descriptor), most)
        data = file.read(most + 1)
    if len(data) > most:  # it has grown, or the system does not know its size
        raise _too_large(len(data), most)
    return data


def _check(status: os.stat_result, most: int) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise Unfit("it is not a regular file")
    if status.st_size > most:
        raise _too_large(status.st_size, most)


def _too_large(size: int, most: int) -> Unfit:
    return Unfit(f"it has {size:,} bytes, and at most {most:,} are read")
