"""The texts that the document gives for its codes."""

from typing import Literal, NamedTuple, TypeAlias

Language: TypeAlias = Literal["en", "zh"]


class Words(NamedTuple):
    """A text in English and in Chinese."""

    en: str
    zh: str

    def text(self, language: Language) -> str:
        """Return the text in a language, or in the other one if it is empty."""
        return (self.zh or self.en) if language == "zh" else (self.en or self.zh)
