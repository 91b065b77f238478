"""A comparison as a unified diff."""

from collections.abc import Mapping
from difflib import unified_diff
from pathlib import Path

from unstringly.manifest import Content, content
from unstringly.output.compare import Comparison, on_disk


def difference(output: Path, files: Mapping[str, Content], comparison: Comparison) -> str:
    """Return a unified diff from the disk to the files as they should be, which `git apply` takes.

    Files with a NUL are only named.
    """
    parts: list[str] = []
    for path in comparison.changes:
        old_data, new_data = on_disk(output / path) or b"", content(files.get(path, ""))
        is_new, is_gone = path in comparison.missing, path in comparison.orphans
        if b"\0" in old_data + new_data:
            parts.append(f"Binary files a/{path} and b/{path} differ\n")
            continue
        old, new = old_data.decode("utf-8", "replace"), new_data.decode("utf-8", "replace")
        if not old and not new:
            mode = "new" if is_new else "deleted"
            parts.append(f"diff --git a/{path} b/{path}\n{mode} file mode 100644\n")
            continue
        lines = unified_diff(
            _lines(old),
            _lines(new),
            "/dev/null" if is_new else f"a/{path}",
            "/dev/null" if is_gone else f"b/{path}",
        )
        parts.extend(
            line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
            for line in lines
        )
    return "".join(parts)


def _lines(text: str) -> list[str]:
    """Return the lines of a text with their line feeds; nothing else ends a line in a diff."""
    lines = text.split("\n")
    ended = [f"{line}\n" for line in lines[:-1]]
    return [*ended, lines[-1]] if lines[-1] else ended
