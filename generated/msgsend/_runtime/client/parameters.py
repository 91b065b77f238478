"""Parameters of a call: checked as the document says, and written as they are sent.

With `validate` off only the types are checked: the way out when the service's rules have changed.

What holds a secret raises nothing: error trackers look into the frames of a traceback. So `tried`
returns what is refused, and `taken` raises it where the secret is no more.
"""

import re
from collections.abc import Callable
from enum import Enum
from typing import ParamSpec, Protocol, TypeVar

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
) -> str:
    """A text of a form, that can be read, or one of some; of at most so many characters.

    With `any_line_end` the form's LF stands for CR LF as well; what is sent stays as it is.
    Raises InvalidParameter for any other.
    """
    if not isinstance(value, str):
        raise InvalidParameter(name, "give a text")
    text = str.__str__(value)  # a text enum's own str() is its name
    if validate:
        seen = re.sub("\r+\n", "\n", text) if any_line_end and "\r" in text else text
        fits = form is None or form.fits_all((seen,))
        fits = fits and (reads is None or _can_be_read(reads, seen))
        fits = fits and (spellings is None or seen in spellings)
        if not fits or (most is not None and len(text) > most):
            raise InvalidParameter(name, rule)
    return text


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
        """Its spelling."""
        ...


def code_parameter(name: str, value: object, rule: str, known: type[Enum]) -> str:
    """The spelling of a member of an enum. Raises InvalidParameter for anything else."""
    if not isinstance(value, known):
        raise InvalidParameter(name, rule)
    return str(value.value)


def open_code_parameter(
    name: str, value: Enum | Unlisted, rule: str, validate: bool, *, form: Form
) -> str:
    """The spelling of a member of an open enum, or of an unlisted code of its form."""
    if isinstance(value, Enum):
        return str(value.value)
    return text_parameter(name, getattr(value, "text", None), rule, validate, form=form)


def written_parameter(
    name: str, value: object, rule: str, validate: bool, *, write: Callable[[str, object], str]
) -> str:
    """A value as `write` spells it. Raises InvalidParameter if it cannot be written.

    With `validate` off a value that has no such spelling is sent as Python spells it.
    """
    written = None
    try:
        written = write(name, value)
    except Unwritable:
        if not validate:
            written = str(value)
    if written is None:
        raise InvalidParameter(name, rule)
    return written


def tried(make: Callable[P, T], /, *given: P.args, **named: P.kwargs) -> T | InvalidParameter:
    """What a function makes, or what it refuses, which has been raised nowhere yet."""
    try:
        return make(*given, **named)
    except InvalidParameter as error:
        return InvalidParameter(error.parameter, error.rule)


def taken(found: T | InvalidParameter) -> T:
    """What has been made. Raises what was refused: delete what it was made of before."""
    if isinstance(found, InvalidParameter):
        raise found
    return found


def sealed_parameter(
    check: Callable[P, str], /, *given: P.args, **named: P.kwargs
) -> Secret | InvalidParameter:
    """What is sent of a secret parameter, as one of the functions above makes it."""
    text = tried(check, *given, **named)
    return text if isinstance(text, InvalidParameter) else Secret(text)
