"""The README as a package index shows it: there, a link to another file of ours leads nowhere.

With `Source` in `[project.urls]`, links are made absolute, to the files of this version's tag.
Without it there is no address that they could lead to, and only their words are kept.
"""

import re
from pathlib import Path

from hatchling.metadata.plugin.interface import MetadataHookInterface

_CODE = re.compile(r"^( *)```.*?^\1```$|`[^`]+`", re.MULTILINE | re.DOTALL)
_RELATIVE = re.compile(r"\[(?P<words>[^][]+)\]\((?!\w+:|#)(?P<path>[^()\s]+)\)")


class ReadmeForAnIndex(MetadataHookInterface):
    """Gives the distribution its description; pyproject.toml names it as dynamic."""

    def update(self, metadata: dict[str, object]) -> None:
        """Enter the README into the metadata."""
        text = (Path(self.root) / "README.md").read_text(encoding="utf-8")
        base: str | None = None
        match metadata.get("urls"):
            case {"Source": str(source)}:
                base = f"{source.rstrip('/')}/blob/v{metadata['version']}/"
            case _:
                pass
        shown = for_an_index(text, base)
        metadata["readme"] = {"content-type": "text/markdown", "text": shown}


def for_an_index(text: str, base: str | None) -> str:
    """The text with relative links behind `base`, or without them; code stays as it is."""
    written: list[str] = []
    end = 0
    for code in _CODE.finditer(text):
        written += (_linked(text[end : code.start()], base), code[0])
        end = code.end()
    return "".join((*written, _linked(text[end:], base)))


def _linked(text: str, base: str | None) -> str:
    def link(found: re.Match[str]) -> str:
        return found["words"] if base is None else f"[{found['words']}]({base}{found['path']})"

    return _RELATIVE.sub(link, text)
