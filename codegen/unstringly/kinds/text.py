"""Texts: contents that are kept as they are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from msgspec.structs import replace

from unstringly.kinds.keys import DOC, Key, KindKeys, Layered, Plain
from unstringly.kinds.leaf import ArgumentCheck, Spelled
from unstringly.kinds.newtype import NEWTYPE, FormedKind
from unstringly.model.grammar import Form, TextType
from unstringly.model.pattern import ANY_TEXT
from unstringly.names import in_words, snake_case
from unstringly.python.build import STR, call
from unstringly.python.nodes import Expression, Symbol
from unstringly.python.symbols import column, drawing, form_function, parameters

KEYS = (
    KindKeys(
        Key("text", description="A pattern, or any."),
        (
            DOC,
            Key("excludes", Plain.TEXTS, "Texts that the value does not contain."),
            NEWTYPE,
            Key("untrusted", Plain.FLAG, "Typed by the public."),
            Key("through", Layered.LAYERS, "The layers around it, the outermost first."),
        ),
    ),
)

_PHONE, _OF_PHONES = "13900000000", re.compile("phone|mobile")
_NAMED = re.compile(r"[0-9A-Za-z+-][0-9A-Za-z.:/+_-]{2,18}[0-9A-Za-z]")
_DIGITS = "1234567890"
_LENGTHS = (5, 4, 6, 3, 8, 10, 7, 2, 1, 9, *range(11, 41))
"""How long an example may be, the best first."""


@dataclass(frozen=True, slots=True)
class TextKind(FormedKind[TextType]):
    """A text."""

    @property
    def base(self) -> Symbol:
        """`str`."""
        return STR

    @property
    def as_typed(self) -> TextType | None:
        """Any text at all, where the public types it."""
        return replace(self.leaf, form=Form(ANY_TEXT, "any")) if self.leaf.untrusted else None

    @property
    def spelled(self) -> Iterator[Spelled]:
        """The excluded texts."""
        excluded = self.leaf.form.excludes
        return (Spelled("excluded text", text, self.leaf.span, excluded=True) for text in excluded)

    @property
    def examples(self) -> Iterator[str]:
        """Examples in the words of a text (`such as 2314357620085030623`), its name, and digits."""
        for token in _NAMED.findall(" ".join(self.leaf.words.paragraphs)):
            if any(character.isdigit() for character in token):
                yield token
        words = in_words(self.leaf.name)
        if _OF_PHONES.search(words):
            yield _PHONE
        yield words
        yield snake_case(self.leaf.name).strip("_")
        yield from words.split()
        for length in _LENGTHS:
            yield (_DIGITS * 4)[:length]

    def base_value(self, content: Expression) -> Expression:
        """The content."""
        return content

    def column(self, form: Expression) -> Expression:
        """A column of contents."""
        return call(column("texts"), form)

    def written(self, form: Expression, field: Expression, value: Expression) -> Expression:
        """A text of the form."""
        return call(form_function("write_text"), form, field, value)

    @property
    def is_given_as_text(self) -> bool:
        """Callers give the text that is sent."""
        return True

    def argument_type(self, language: object) -> Expression:
        """`str`, so that callers need not make a NewType of what they have."""
        del language
        return STR

    def argument_check(self, form: Expression) -> ArgumentCheck:
        """The check of a text."""
        return ArgumentCheck(parameters("text_parameter"), options=self.text_options(form))

    def base_drawn(self, form: Expression, *, lf: bool) -> Expression:
        """Texts of the form."""
        return call(drawing("line_texts" if lf else "texts"), form)
