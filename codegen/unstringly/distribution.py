"""The distribution of the generated packages, as `[tool.unstringly.distribution]` describes it.

All of it is the user's choice, so it stays as it is when a service comes or goes. Texts are checked
here: what gets through can be written into TOML and Python as it is.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import cast

from msgspec import Struct

from unstringly.regular_files import Unfit, read_regular

_NUMBER = r"(?:0|[1-9][0-9]*)"
_LOCAL = rf"(?:{_NUMBER}|[0-9]*[a-z][a-z0-9]*)"
_VERSION = re.compile(
    rf"(?:{_NUMBER}!)?{_NUMBER}(?:\.{_NUMBER})*(?:(?:a|b|rc){_NUMBER})?"
    rf"(?:\.post{_NUMBER})?(?:\.dev{_NUMBER})?(?:\+{_LOCAL}(?:\.{_LOCAL})*)?"
)
"""A version in the normal form of PEP 440: an installed distribution shows the same text."""

_FORMS: Mapping[str, tuple[re.Pattern[str], str]] = {
    "name": (
        re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?"),
        "ASCII letters, digits and, between them, any of `.`, `_` and `-`",
    ),
    "version": (_VERSION, "a version such as `1.2.3`, `2.0rc1` or `1.4.post1`, in its normal form"),
    "license": (
        re.compile(r"[A-Za-z0-9(][A-Za-z0-9.+() -]*"),
        "an SPDX expression, such as `MIT` or `Apache-2.0 OR MIT`",
    ),
}
_KEYS = ("write", *_FORMS, "license-file")

_LARGEST_LICENSE = 1024 * 1024
_FIRST = "0.1.0"


class BadDistribution(Exception):
    """A setting cannot be used; the message says which one and what it takes."""


class Distribution(Struct, frozen=True):
    """Settings of the project file in the output folder, which is written if `write` is true.

    Without a `name` it is made from those of the packages. `license` is an SPDX expression,
    `license_text` the content of `LICENSE` in each package.
    """

    write: bool = True
    name: str | None = None
    version: str = _FIRST
    license: str | None = None
    license_text: str | None = None


UNSET = Distribution()
"""The distribution of a project without such settings."""


def read_distribution(settings: object, folder: Path) -> Distribution:
    """Return the distribution that a table describes; `license-file` is relative to `folder`.

    Raises BadDistribution for an unknown key, a value that cannot be used, or a file that cannot
    be read.
    """
    if not isinstance(settings, dict):
        raise BadDistribution("must be a table")
    table = cast("dict[str, object]", settings)
    for key in table:
        if key not in _KEYS:
            raise BadDistribution(f"takes {', '.join(_KEYS)}; got {key!r}")
    write = table.get("write", True)
    if not isinstance(write, bool):
        raise BadDistribution(f"write must be true or false; got {write!r}")
    texts = {key: _text(key, table[key]) for key in _FORMS if key in table}
    return Distribution(
        write,
        texts.get("name"),
        texts.get("version", _FIRST),
        texts.get("license"),
        _license_text(table["license-file"], folder) if "license-file" in table else None,
    )


def _text(key: str, value: object) -> str:
    form, words = _FORMS[key]
    if not isinstance(value, str) or form.fullmatch(value) is None:
        raise BadDistribution(f"{key} must be {words}; got {value!r}")
    return value


def _license_text(value: object, folder: Path) -> str:
    if not isinstance(value, str) or not value or "\0" in value:
        raise BadDistribution(f"license-file must be the path of a text; got {value!r}")
    try:
        text = read_regular(folder / value, _LARGEST_LICENSE).decode("utf-8")
    except (Unfit, UnicodeDecodeError) as problem:
        raise BadDistribution(f"license-file: cannot read {value}: {problem}") from problem
    return text.replace("\r\n", "\n")
