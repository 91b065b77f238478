# Copied by unstringly 0.1.0. Do not edit.
"""The texts that the document gives for its codes."""

from collections.abc import Mapping
from typing import TypeAlias

LocalizedText: TypeAlias = Mapping[str, str]
"""A text by the tags of its languages; there is at least one."""


def in_language(text: LocalizedText, language: str) -> str:
    """Return the text in a language, or else in the first of those that it is in."""
    return text.get(language) or next(iter(text.values()))
