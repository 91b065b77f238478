# Copied by unstringly 0.1.0. Do not edit.
"""The parameters that are the same for all calls of an account: its name and its password.

A secret is a Secret, or a function that returns the current text: passwords are changed while
programs run. Such a function is called once for each call, before anything is sent.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from inspect import iscoroutinefunction
from typing import NoReturn

from ..errors.exceptions import InvalidParameter
from ..errors.sealed import Secret, revealed
from ..text.forms import Form


@dataclass(frozen=True, slots=True)
class _Rule:
    """The document's rule for a text: its form, and the most characters that it may have."""

    words: str
    form: Form | None
    most: int | None

    def allows(self, text: str) -> bool:
        """Say whether a text keeps to the rule."""
        fits = self.form is None or self.form.fits_all((text,))
        return fits and (self.most is None or len(text) <= self.most)


class Credentials:
    """Values by their names in Python. Secret ones are in no repr and in no pickle."""

    __slots__ = ("_asked", "_none", "_rules", "_texts", "secrets")

    def __init__(
        self,
        values: Mapping[str, str | Callable[[], str]],
        secret: tuple[str, ...] = (),
    ) -> None:
        self._texts: dict[str, str | Secret] = {}
        self._asked: dict[str, Callable[[], str]] = {}
        self._none: list[str] = []
        self._rules: dict[str, _Rule] = {}
        for name, value in values.items():
            if isinstance(value, str):
                text = str.__str__(value)  # a text enum's own str() is its name
                self._texts[name] = Secret(text) if name in secret else text
            elif name in secret and _is_function(value):
                self._asked[name] = value
            else:
                self._none.append(name)
        self.secrets = self._known_secrets()

    def check_form(
        self, name: str, rule: str, *, form: Form | None = None, most: int | None = None
    ) -> None:
        """Raise InvalidParameter if a value is not of a form, or too long; it does not show.

        The text that a function returns is checked by the same rule at each call.
        """
        self.check()
        self._rules[name] = _Rule(rule, form, most)
        if name in self._texts and not self._rules[name].allows(revealed(self._texts[name])):
            raise InvalidParameter(name, rule)

    def check(self) -> None:
        """Raise InvalidParameter if a value is no text; the value does not show."""
        if self._none:
            raise InvalidParameter(self._none[0], "give a text")

    def current(self) -> "Credentials":
        """Return the same values, with the current texts of functions.

        Raises InvalidParameter for a value that is no text, or a text that the document does not
        allow, and any error of a function.
        """
        if not self._asked:
            return self
        current = Credentials({})
        current._texts = self._texts.copy()
        for name, ask in self._asked.items():
            outcome = self._given(name, ask)
            if not isinstance(outcome, Secret):
                raise InvalidParameter(name, outcome)
            current._texts[name] = outcome
        current.secrets = current._known_secrets()
        return current

    def _given(self, name: str, ask: Callable[[], str]) -> Secret | str:
        """Return the text of a function, or the problem with it."""
        text = ask()
        if not isinstance(text, str):  # pyright: ignore  # callers may not check
            return "let its function return a text"
        rule = self._rules.get(name)
        return Secret(text) if rule is None or rule.allows(text) else rule.words

    def __getitem__(self, name: str) -> str | Secret:
        return self._texts[name]

    @property
    def identity(self) -> tuple[str, ...]:
        """The texts of the account that are no secrets."""
        return tuple(text for text in self._texts.values() if isinstance(text, str))

    def _known_secrets(self) -> tuple[Secret, ...]:
        """Return the texts that must not show anywhere, as far as they are known before a call."""
        return tuple(text for text in self._texts.values() if isinstance(text, Secret))

    def __reduce__(self) -> NoReturn:
        raise TypeError("an account holds secrets: it cannot be pickled")

    def __repr__(self) -> str:
        values = {**self._texts, **dict.fromkeys(self._asked, "***")}
        parts = [
            f"{name}={text!r}" if isinstance(text, str) and name in self._texts else f"{name}=***"
            for name, text in values.items()
        ]
        return f"Credentials({', '.join(parts)})"


def _is_function(value: object) -> bool:
    """Say whether a value can be called; a coroutine function's result would have to be awaited."""
    return callable(value) and not iscoroutinefunction(value)
