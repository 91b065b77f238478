"""A cursor over one mapping of the spec, which reads its keys and collects findings.

Each method reads a key as one kind of value. Another kind of value becomes a finding, and the
method returns a harmless default, so that reading goes on. `failed` then says that the definition
must not be used.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from unstringly.diagnostics import Diagnostic, Rule, Span, has_errors
from unstringly.model.grammar import LocalizedText, untagged
from unstringly.nearest import did_you_mean
from unstringly.read.spec import nodes
from unstringly.read.spec.languages import tag_meant, usual_tag
from unstringly.read.spec.nodes import Node, Scalar
from unstringly.read.spec.rules import (
    MISSING_KEY,
    NO_LANGUAGE,
    UNKNOWN_KEY,
    WRONG_KIND,
    WRONG_NUMBER,
    WRONG_TEXT,
    WRONG_WORD,
)
from unstringly.read.spec.suggestions import help_for_key

FLAG = {"true": True, "false": False}

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_NUMBER = re.compile("[1-9][0-9]{0,8}", re.ASCII)

_SHOWN = 60
"""Characters of a text that a message shows."""

_MOST_ON_THE_WIRE = 200
"""Characters of a text that results hold besides values, such as a separator or a code."""

_Value = TypeVar("_Value")


class Cursor:
    """The entries of a mapping at `span`, which has `keys` and is called `subject` in messages."""

    def __init__(
        self,
        node: Node,
        keys: Sequence[str],
        subject: str,
        span: Span,
        findings: list[Diagnostic],
    ) -> None:
        self.findings = findings
        self.span = span
        self._subject = subject
        self._keys = keys
        self._before = len(findings)
        self._is_mapping = isinstance(node, nodes.Mapping)
        entries = node.entries if isinstance(node, nodes.Mapping) else ()
        self._names = {key.text: key for key, _ in entries}
        self._values = {key.text: value for key, value in entries}
        if not self._is_mapping:
            self.expected(node, f"{subject} is a mapping", "`{}` is a mapping that says nothing")
        for key, _ in entries:
            if key.text not in keys:
                message = f"{subject} has no key {quoted(key.text)}"
                advice = help_for_key(key.text, subject, [k for k in keys if k not in self._names])
                self.report(UNKNOWN_KEY, key.span, message, advice)

    @property
    def failed(self) -> bool:
        """Say whether this mapping has an error, or anything that was read of it since."""
        return has_errors(self.findings[self._before :])

    def report(self, rule: Rule, span: Span, message: str, advice: str = "") -> None:
        """Add a finding."""
        self.findings.append(Diagnostic(rule, span, message, advice))

    def expected(self, node: Node, problem: str, advice: str) -> None:
        """Report a node of the wrong kind (S107), with `advice` only where nothing is written."""
        missing = isinstance(node, Scalar) and node.is_missing
        message = f"{problem}; here is {_kind(node)}"
        self.report(WRONG_KIND, node.span, message, advice if missing else "")

    def has(self, key: str) -> bool:
        """Say whether the key is there."""
        return self.node(key) is not None

    def node(self, key: str) -> Node | None:
        """Return the value of a key, of any kind; None if the key is not there."""
        assert key in self._keys, key
        return self._values.get(key)

    def key_span(self, key: str) -> Span:
        """Return the place of a key; the mapping's place if the key is not there."""
        return self._names[key].span if key in self._names else self.span

    def require(self, key: str) -> Node | None:
        """Return the value of a required key; report the mapping if the key is missing (S106)."""
        node = self.node(key)
        if node is None and self._is_mapping:
            self.report(MISSING_KEY, self.span, f"{self._subject} needs the key `{key}`")
        return node

    def scalar(self, key: str) -> Scalar | None:
        """Return the text at a key; None if the key is not there, or if its value is reported."""
        node = self.node(key)
        return None if node is None else self.as_scalar(node, f"`{key}`")

    def as_scalar(self, node: Node, subject: str) -> Scalar | None:
        """Return a node that is a text; None for any other, which is reported."""
        if isinstance(node, Scalar) and not node.is_missing:
            return node
        self.expected(node, f"{subject} is a text", "for the empty text write `''`")
        return None

    def text(self, key: str) -> str | None:
        """Return a text that may be empty; None if the key is not there, or is reported."""
        scalar = self.scalar(key)
        return None if scalar is None else scalar.text

    def short(self, key: str) -> str | None:
        """Return a text as `text` does; one of more than 200 characters is reported."""
        scalar = self.scalar(key)
        return scalar.text if scalar is not None and self.is_short(scalar, f"`{key}`") else None

    def filled(self, key: str) -> str:
        """Return a text; an empty one is reported. Without the key it is the empty text."""
        scalar = self.scalar(key)
        return "" if scalar is None or not self._is_filled(scalar, key) else scalar.text

    def on_the_wire(self, key: str) -> tuple[Scalar, ...]:
        """Return texts as `texts` does; those of more than 200 characters are reported."""
        return tuple(scalar for scalar in self.texts(key) if self.is_short(scalar, f"`{key}`"))

    def spellings(self, key: str) -> tuple[str, ...]:
        """Return the texts at a key, which may be empty; long and repeated ones are reported."""
        scalars = self._listed(key)
        return tuple(scalar.text for scalar in scalars if self.is_short(scalar, f"`{key}`"))

    def tags(self, key: str) -> tuple[str, ...]:
        """Return texts as `spellings` does; of several one may be empty, and one alone may not."""
        found = self.spellings(key)
        if found != ("",):
            return found
        (scalar,) = self._listed(key)
        self._is_filled(scalar, key)
        return ()

    def delimiter(self, key: str) -> str:
        """Return a text as `filled` does; one of more than 200 characters is reported."""
        text = self.filled(key)
        scalar = self.scalar(key)
        return "" if scalar is None or not self.is_short(scalar, f"`{key}`") else text

    def is_short(self, scalar: Scalar, subject: str) -> bool:
        """Say whether a text has at most 200 characters; a longer one is reported (S110)."""
        if len(scalar.text) <= _MOST_ON_THE_WIRE:
            return True
        message = f"{subject} has {len(scalar.text):,} characters, and at most {_MOST_ON_THE_WIRE}"
        self.report(WRONG_TEXT, scalar.span, message)
        return False

    def line(self, key: str) -> str:
        """Return words on one line; empty if the key is not there. Other texts are reported."""
        scalar = self.scalar(key)
        if scalar is None or not self._is_filled(scalar, key):
            return ""
        if not is_line(scalar.text):
            message = f"`{key}` is one line, without blanks around it or control characters"
            self.report(WRONG_TEXT, scalar.span, message)
        return scalar.text

    def localized(self, key: str) -> LocalizedText:
        """Return a text for people, or one in each of some languages; empty without the key.

        An empty text says nothing, and is left out.
        """
        node = self.node(key)
        if node is None:
            return LocalizedText()
        if isinstance(node, Scalar):
            return untagged(self._prose(node, f"`{key}`"))
        if not isinstance(node, nodes.Mapping):
            self.expected(node, f"`{key}` is a text, or a mapping of languages", "")
            return LocalizedText()
        if not node.entries:
            message = f"`{key}` is a mapping without any language"
            self.report(WRONG_TEXT, node.span, message, "leave the key out, or write a text")
        texts = [(tag, self._in_language(tag, text, key)) for tag, text in node.entries]
        return LocalizedText(tuple((tag.text, text) for tag, text in texts if text))

    def language(self, key: str, default: str) -> str:
        """Return the tag of a language; `default` without the key, or if it is reported."""
        tag = self.scalar(key)
        return default if tag is None or not self._is_language(tag, f"`{key}`") else tag.text

    def _in_language(self, tag: Scalar, node: Node, key: str) -> str:
        if not self._is_language(tag, f"each key of `{key}`"):
            return ""
        text = self.as_scalar(node, f"`{key}`")
        return "" if text is None else self._prose(text, f"`{key}`")

    def _is_language(self, tag: Scalar, subject: str) -> bool:
        """Say whether a text is a tag in its usual spelling; any other is reported (S122)."""
        if usual_tag(tag.text) == tag.text:
            return True
        meant = tag_meant(tag.text)
        message = f"{subject} is the tag of a language, such as `en`, not {quoted(tag.text)}"
        advice = f"did you mean `{meant}`?" if meant else ""
        self.report(NO_LANGUAGE, tag.span, message, advice)
        return False

    def flag(self, key: str) -> bool:
        """Return true or false; false if the key is not there."""
        return self.one_of(key, FLAG, False)

    def one_of(self, key: str, words: Mapping[str, _Value], default: _Value) -> _Value:
        """Return the value for the word at a key; `default` without it. Others are reported."""
        scalar = self.scalar(key)
        return default if scalar is None else self.word(scalar, f"`{key}`", words, default)

    def word(
        self, scalar: Scalar, subject: str, words: Mapping[str, _Value], default: _Value
    ) -> _Value:
        """Return the value for a word; `default` for another one, which is reported."""
        if scalar.text not in words:
            choice = ", ".join(f"`{word}`" for word in words)
            message = f"{subject} is one of {choice}, not {quoted(scalar.text)}"
            self.report(WRONG_WORD, scalar.span, message, did_you_mean(scalar.text, tuple(words)))
        return words.get(scalar.text, default)

    def number(self, key: str) -> int | None:
        """Return a whole number from 1 to 999,999,999; None if not there, or if reported (S109)."""
        scalar = self.scalar(key)
        if scalar is None:
            return None
        if not _NUMBER.fullmatch(scalar.text):
            message = f"`{key}` is a whole number from 1 to 999999999, not {quoted(scalar.text)}"
            self.report(WRONG_NUMBER, scalar.span, message)
            return None
        return int(scalar.text)

    def texts(self, key: str) -> tuple[Scalar, ...]:
        """Return a text or a list of texts; an empty or a repeated one is reported and left out."""
        return tuple(scalar for scalar in self._listed(key) if self._is_filled(scalar, key))

    def _listed(self, key: str) -> tuple[Scalar, ...]:
        """Return a text or a list of texts; what stands there again is reported and left out."""
        node = self.node(key)
        if node is None:
            return ()
        items = node.items if isinstance(node, nodes.Sequence) else (node,)
        if not items:
            self.report(WRONG_TEXT, node.span, f"`{key}` is an empty list", "leave the key out")
        scalars: dict[str, Scalar] = {}
        for item in items:
            scalar = self.as_scalar(item, f"each of `{key}`")
            if scalar is None:
                continue
            if scalar.text in scalars:
                message = f"{quoted(scalar.text)} stands twice in `{key}`"
                self.report(WRONG_TEXT, scalar.span, message, "leave one out")
            scalars.setdefault(scalar.text, scalar)
        return tuple(scalars.values())

    def entries(self, key: str) -> Iterator[tuple[Scalar, Node]]:
        """Yield the entries of the mapping at a key, names first; none if the key is not there."""
        node = self.node(key)
        if isinstance(node, nodes.Mapping):
            yield from node.entries
        elif node is not None:
            self.expected(node, f"`{key}` is a mapping of names", "leave the key out")

    def _is_filled(self, scalar: Scalar, key: str) -> bool:
        if not scalar.text:
            message = f"`{key}` is an empty text"
            self.report(WRONG_TEXT, scalar.span, message, "leave it out, or write the text")
        return bool(scalar.text)

    def _prose(self, scalar: Scalar, subject: str) -> str:
        if scalar.is_missing:
            self.expected(scalar, f"{subject} is a text", "leave the key out")
        control = _CONTROL.search(scalar.text)
        if control is not None:
            message = f"{subject} holds the control character U+{ord(control.group()):04X}"
            self.report(WRONG_TEXT, scalar.at(control.start()), message)
        return scalar.text.rstrip("\n")


def quoted(text: str) -> str:
    """Return a text as messages show it: in backticks, on one line, cut to 60 characters."""
    half = _SHOWN // 2
    shown = text if len(text) <= _SHOWN else f"{text[:half]}…{text[-half:]}"
    return f"`{shown}`".replace("\n", "\\n") if text else "the empty text"


def is_line(text: str) -> bool:
    """Say whether a text is one line, not empty, without blanks around it or control characters."""
    return bool(text) and text == text.strip() and not re.search("[\x00-\x1f\x7f-\x9f]", text)


def _kind(node: Node) -> str:
    match node:
        case nodes.Mapping():
            return "a mapping"
        case nodes.Sequence():
            return "a list"
        case Scalar() if node.is_missing:
            return "nothing"
        case Scalar():
            return "a text"
