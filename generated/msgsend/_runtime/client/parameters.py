# Copied by unstringly 0.1.0. Do not edit.
"""Parameters of a call: checked as the document says, and written as they are sent.

With `validate` off only the types are checked, for services whose rules have changed. A function
with a secret among its variables raises nothing: error trackers look into the frames of a
traceback. So `tried` returns the error, and `taken` raises it where the secret is gone.
"""

import re
from collections.abc import Callable
from enum import Enum
from typing import Final, ParamSpec, Protocol, TypeGuard, TypeVar

from ..errors.exceptions import InvalidParameter, Unwritable
from ..errors.sealed import Secret
from ..text.forms import Form

P = ParamSpec("P")
T = TypeVar("T")


def text_parameter(
    name: str,
    value: object,
    rule: str,
    validate: bool,
    *,
    form: Form | None = None,
    reads: Callable[[str], object] | None = None,
    spellings: tuple[str, ...] | None = None,
    most: int | None = None,
    any_line_end: bool = False,
    behind: Callable[[str], str] | None = None,
) -> str:
    """Return a text of a form, that `reads` can read, or among `spellings`, of `most` characters.

    With `any_line_end` the form's LF stands for CR LF as well; the text is sent as it is.
    `behind` writes the text as it is sent, and all else is asked of that.
    Raises InvalidParameter for any other value.
    """
    if not isinstance(value, str):
        raise InvalidParameter(name, "give a text")
    text = str.__str__(value)  # a text enum's own str() is its name
    if behind is not None:
        text = _behind(behind, name, text, rule)
    if validate:
        normalized = re.sub("\r+\n", "\n", text) if any_line_end and "\r" in text else text
        fits = form is None or form.fits_all((normalized,))
        fits = fits and (reads is None or _can_be_read(reads, normalized))
        fits = fits and (spellings is None or normalized in spellings)
        if not fits or (most is not None and len(text) > most):
            raise InvalidParameter(name, rule)
    return text


MOST_SECONDS: Final = 1_000_000
"""The largest number of seconds that any argument may be."""


def is_number(value: object) -> TypeGuard[int | float]:
    """Say whether an argument is a number: True and False are none here."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def check_seconds(**limits: object) -> None:
    """Raise InvalidParameter for a value that is no number of seconds above 0."""
    for name, limit in limits.items():
        if not is_number(limit) or not 0 < limit <= MOST_SECONDS:
            raise InvalidParameter(name, f"give a number of seconds, up to {MOST_SECONDS:,}")


def check_counts(least: int = 0, /, **limits: object) -> None:
    """Raise InvalidParameter for a value that is no whole number from `least`."""
    for name, limit in limits.items():
        if not is_number(limit) or limit < least or limit % 1:
            raise InvalidParameter(name, f"give a whole number from {least}")


def _behind(write: Callable[[str], str], name: str, text: str, rule: str) -> str:
    try:
        return write(text)
    except UnicodeError:
        pass
    raise InvalidParameter(name, rule)


def _can_be_read(reads: Callable[[str], object], text: str) -> bool:
    try:
        reads(text)
    except ValueError:
        return False
    return True


class Unlisted(Protocol):
    """A code that the document does not list."""

    @property
    def text(self) -> str:
        """The spelling of the code."""
        ...


def code_parameter(name: str, value: object, rule: str, known: type[Enum]) -> str:
    """Return the spelling of a member of an enum. Raises InvalidParameter for anything else."""
    if not isinstance(value, known):
        raise InvalidParameter(name, rule)
    return str(value.value)


def open_code_parameter(
    name: str, value: Enum | Unlisted, rule: str, validate: bool, *, form: Form
) -> str:
    """Return the spelling of a member of an open enum, or of an unlisted code of its form.

    Raises InvalidParameter.
    """
    if isinstance(value, Enum):
        return str(value.value)
    return text_parameter(name, getattr(value, "text", None), rule, validate, form=form)


def written_parameter(
    name: str,
    value: object,
    rule: str,
    validate: bool,
    *,
    write: Callable[[str, object], str],
    unchecked: Callable[[object], str] = str,
) -> str:
    """Return a value as `write` spells it. Raises InvalidParameter if it cannot be written.

    With `validate` off a value that has no such spelling is sent as `unchecked` spells it, which is
    as Python does unless the numbers of the service have a notation of their own.
    """
    written = None
    try:
        written = write(name, value)
    except Unwritable:
        if not validate:
            written = unchecked(value)
    if written is None:
        raise InvalidParameter(name, rule)
    return written


def tried(make: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T | InvalidParameter:
    """Return the result of a function, or its InvalidParameter, made anew without a traceback."""
    try:
        return make(*args, **kwargs)
    except InvalidParameter as error:
        return InvalidParameter(error.parameter, error.rule)


def taken(outcome: T | InvalidParameter) -> T:
    """Return a value that is no error, or raise it: delete its secrets before this call."""
    if isinstance(outcome, InvalidParameter):
        raise outcome
    return outcome


def sealed_parameter(
    check: Callable[P, str], /, *args: P.args, **kwargs: P.kwargs
) -> Secret | InvalidParameter:
    """Return a secret parameter as one of the functions above makes it, sealed, or its error."""
    text = tried(check, *args, **kwargs)
    return text if isinstance(text, InvalidParameter) else Secret(text)
