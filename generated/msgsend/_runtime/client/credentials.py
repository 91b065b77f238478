"""The parameters that are the same for all calls of an account: who calls, and the password.

What is secret is a Secret, or a function that gives the text of the moment: passwords are changed
while programs run. Such a function is asked once for each call, before anything is sent.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from inspect import iscoroutinefunction
from typing import NoReturn

from ..errors.exceptions import InvalidParameter
from ..errors.sealed import Secret
from ..text.forms import Form


@dataclass(frozen=True, slots=True)
class _Rule:
    """What the document says of a text: its form, and how many characters it has at most."""

    words: str
    form: Form | None
    most: int | None

    def allows(self, text: str) -> bool:
        """Whether a text is so."""
        fits = self.form is None or self.form.fits_all((text,))
        return fits and (self.most is None or len(text) <= self.most)


class Credentials:
    """Values by their names in Python. Secret ones do not show, whoever looks."""

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

        What a function gives is held against the same rule at each call.
        """
        self.check()
        self._rules[name] = _Rule(rule, form, most)
        if name in self._texts and not self._rules[name].allows(_plain(self._texts[name])):
            raise InvalidParameter(name, rule)

    def check(self) -> None:
        """Raise InvalidParameter if a value is no text; the value does not show."""
        if self._none:
            raise InvalidParameter(self._none[0], "give a text")

    def current(self) -> "Credentials":
        """The same, with the texts of this moment.

        Raises InvalidParameter for what is no text, or none that the document allows, and what a
        function raises.
        """
        if not self._asked:
            return self
        now = Credentials({})
        now._texts = self._texts.copy()
        for name, ask in self._asked.items():
            given = self._given(name, ask)
            if not isinstance(given, Secret):
                raise InvalidParameter(name, given)
            now._texts[name] = given
        now.secrets = now._known_secrets()
        return now

    def _given(self, name: str, ask: Callable[[], str]) -> Secret | str:
        """What a function gives, or what is wrong with it."""
        text = ask()
        if not isinstance(text, str):  # pyright: ignore  # callers may not check
            return "let its function return a text"
        rule = self._rules.get(name)
        return Secret(text) if rule is None or rule.allows(text) else rule.words

    def __getitem__(self, name: str) -> str | Secret:
        return self._texts[name]

    @property
    def identity(self) -> tuple[str, ...]:
        """Whose calls these are, in texts that are no secrets."""
        return tuple(text for text in self._texts.values() if isinstance(text, str))

    def _known_secrets(self) -> tuple[Secret, ...]:
        """The texts that must not show anywhere, as far as they are known before a call."""
        return tuple(text for text in self._texts.values() if isinstance(text, Secret))

    def __reduce__(self) -> NoReturn:
        raise TypeError("an account holds secrets: it cannot be pickled")

    def __repr__(self) -> str:
        known = {**self._texts, **dict.fromkeys(self._asked, "***")}
        shown = [
            f"{name}={text!r}" if isinstance(text, str) and name in self._texts else f"{name}=***"
            for name, text in known.items()
        ]
        return f"Credentials({', '.join(shown)})"


def _plain(text: str | Secret) -> str:
    return text.reveal() if isinstance(text, Secret) else text


def _is_function(value: object) -> bool:
    """Whether it can be asked; what a coroutine gives would have to be awaited."""
    return callable(value) and not iscoroutinefunction(value)
