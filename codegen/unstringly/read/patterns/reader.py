r"""The patterns of a spec: a regular subset of Python's regular expressions.

    pattern  = branch { "|" branch }
    branch   = { atom [ repeat ] }
    atom     = "." | class | escape | character | "(" [ "?:" ] pattern ")"
    repeat   = "*" | "+" | "?" | "{m}" | "{m,}" | "{m,n}"

A pattern is always matched against the whole content, as `re.fullmatch` with the flags ASCII
and DOTALL does; a text that both accept means the same in both. Syntax of `re` that is not
regular, or has no use for whole contents, is refused, and the finding says what to write.
"""

import re

from unstringly.diagnostics import Diagnostic, Rule, Severity
from unstringly.model import charset
from unstringly.model.pattern import ANY_TEXT, Chars, Choice, Pattern, Repeat, Sequence
from unstringly.read.patterns import chars as pattern_chars
from unstringly.read.patterns.chars import SYNTAX, UNSUPPORTED, CharacterParser, PatternError
from unstringly.read.spec.nodes import Scalar

BAD_REPEAT = Rule(
    "P104",
    Severity.ERROR,
    "a repetition does not say how often one thing repeats",
    wrong="""\
`*`, `+`, `?`, `{3}`, `{3,}` and `{3,5}` stand behind the one character, class or group that
repeats. Here nothing stands before one, or another repetition does.""",
    why="It cannot be told what repeats.",
    example="text: '*a'        text: 'a{2}*'",
    todo=r"""To repeat something that already repeats, put it in a group: `(a{2})*`. To mean the
character itself, put a backslash before it: `\*`.""",
)

TOO_LARGE = Rule(
    "P105",
    Severity.ERROR,
    "a pattern is too large when its counts are written out",
    wrong="""\
Counted repetition is a short way to write a pattern out: `[0-9]{1,9}` stands for nine
digits, of which eight may be missing. Written out, the whole must not be longer than 1,000
characters, each class taken for one, nor groups deeper than 24 levels. As it stands in the
grammar, a pattern has at most 20,000 characters.""",
    why="The checker works with the pattern written out.",
    example="text: '[^,]{1,2000}'",
    todo="""\
Use `*` or `+` where the exact number does not decide how a text is read, and `max_length`
for what a caller may send.""",
)

RULES = (*pattern_chars.RULES, BAD_REPEAT, TOO_LARGE)

MAX_EXPANSION = 1000
"""Characters of a pattern whose counts are written out, each class counted as one."""

MAX_SOURCE = 20_000
"""Characters of a pattern as it stands in the spec."""

MAX_GROUPS = 24
"""Levels of groups in one another."""

EVERYTHING = "any"
"""The word for every text, in place of a pattern."""

_EXTENSIONS = (
    ("?=", "a look-ahead", "say what the content is, not what follows; see `excludes`"),
    ("?!", "a look-ahead", "use a class such as `[^,]`, or `excludes`"),
    ("?<=", "a look-behind", "say what the content is, not what precedes"),
    ("?<!", "a look-behind", "use a class such as `[^,]`, or `excludes`"),
    ("?P=", "a back-reference", "a form is regular: it cannot compare two of its parts"),
    ("?(", "a conditional group", "write the cases as alternatives: `(…|…)`"),
    ("?>", "an atomic group", "write a plain group `(…)`"),
    ("?#", "a comment", "write a YAML comment beside the pattern"),
    ("?P<", "a named group", "write a plain group `(…)`"),
    ("?<", "a named group", "write a plain group `(…)`"),
    ("?", "a flag", "write classes such as `[Aa]`"),
)


def read_pattern(scalar: Scalar, findings: list[Diagnostic]) -> Pattern | None:
    """Return the pattern that a scalar spells, or that of `any`; None if it is reported."""
    if scalar.text == EVERYTHING:
        return ANY_TEXT
    try:
        return parse_pattern(scalar.text)
    except PatternError as error:
        span = scalar.at(error.at, error.length)
        findings.append(Diagnostic(error.rule, span, error.message, error.help))
        return None


def parse_pattern(source: str) -> Pattern:
    """Return the meaning of a pattern; raises PatternError."""
    if not source:
        message = "an empty pattern matches only the empty text"
        raise PatternError(SYNTAX, 0, 1, message, "write a pattern, or `any`")
    if len(source) > MAX_SOURCE:
        message = f"this pattern has {len(source):,} characters; at most {MAX_SOURCE:,} are taken"
        raise PatternError(TOO_LARGE, 0, 1, message, "write ranges such as `[一-龥]`")
    line_end = re.search("[\r\n]", source)
    if line_end is not None:
        message = "there is a line end in this pattern"
        raise PatternError(SYNTAX, line_end.start(), 1, message, r"write `\n` if it is meant")
    return _Parser(source).whole()


def unrolled(pattern: Pattern) -> int:
    """Return the number of characters of a pattern whose counted repetitions are written out.

    An empty pattern, as in `()`, counts as one: it would be written out as often.
    """
    match pattern:
        case Chars():
            return 1
        case Sequence(items) | Choice(items):
            return max(sum(unrolled(item) for item in items), 1)
        case Repeat(item, least, most):
            return unrolled(item) * max(least if most is None else most, 1)


class _Parser(CharacterParser):
    """A parser by recursive descent, one level for each group; raises at the first problem."""

    def __init__(self, source: str) -> None:
        super().__init__(source)
        self._groups = 0
        self._counted: tuple[int, int, int] | None = None

    def whole(self) -> Pattern:
        pattern = self._pattern()
        if self._at < len(self._source):
            raise self._error(SYNTAX, "this `)` closes nothing", r"write `\)` for the character")
        total = unrolled(pattern)
        if total > MAX_EXPANSION:
            _, at, end = self._counted or (0, 0, len(self._source))
            raise self._too_large(total, at, end)
        return pattern

    # pattern = branch { "|" branch }

    def _pattern(self) -> Pattern:
        branches = [self._branch()]
        while self._take("|"):
            branches.append(self._branch())
        return branches[0] if len(branches) == 1 else Choice(tuple(branches))

    # branch = { atom [ repeat ] }

    def _branch(self) -> Pattern:
        items: list[Pattern] = []
        while self._peek() not in ("", "|", ")"):
            items.append(self._repeated(self._atom()))
        return items[0] if len(items) == 1 else Sequence(tuple(items))

    # repeat = "*" | "+" | "?" | "{m}" | "{m,}" | "{m,n}"

    def _repeated(self, item: Pattern) -> Pattern:
        start = self._at
        match self._peek():
            case "*":
                least, most = 0, None
            case "+":
                least, most = 1, None
            case "?":
                least, most = 0, 1
            case "{":
                least, most = self._counts()
                size = unrolled(item) * max(least, most or 0, 1)
                if size > MAX_EXPANSION:
                    raise self._too_large(size, start, self._at + 1)
                self._counted = max(self._counted or (0, 0, 0), (size, start, self._at + 1))
            case _:
                return item
        self._at += 1
        self._refuse_second_repeat()
        return Repeat(item, least, most)

    def _counts(self) -> tuple[int, int | None]:
        """Return the bounds in braces, the second one None if open; stop at the closing brace."""
        start = self._at
        end = self._source.find("}", start)
        first, comma, second = self._source[start + 1 : end].partition(",")
        if end < 0 or not _is_number(first) or not (second == "" or _is_number(second)):
            length = 1 if end < 0 else end + 1 - start
            advice = r"write `{3}`, `{3,}` or `{3,5}`; for the character itself `\{`"
            if comma and not first and _is_number(second):
                advice = f"write `{{0,{second}}}`"
            raise self._error(BAD_REPEAT, "this is not a repetition", advice, length=length)
        if max(len(first), len(second)) > 6:
            raise self._error(TOO_LARGE, "this count is too large", length=end + 1 - start)
        least = int(first)
        most = int(second) if second else None if comma else least
        if most is not None and most < least:
            message = f"at least {least} and at most {most} times: no text repeats like that"
            raise self._error(
                BAD_REPEAT, message, f"write `{{{most},{least}}}`", length=end + 1 - start
            )
        self._at = end
        return least, most

    def _refuse_second_repeat(self) -> None:
        repeat = self._peek()
        if repeat == "?":
            message = "lazy repetition is not supported: it does not change what matches"
            raise self._error(UNSUPPORTED, message, "leave out this `?`")
        if repeat == "+":
            message = "possessive repetition is not supported"
            raise self._error(UNSUPPORTED, message, "leave out this `+`")
        if repeat and repeat in "*{":
            message = "one repetition directly after another"
            raise self._error(BAD_REPEAT, message, "put what repeats in a group: `(a{2})*`")

    def _too_large(self, size: int, start: int, end: int) -> PatternError:
        message = f"written out, this is {size:,} characters; at most {MAX_EXPANSION:,} are taken"
        advice = "use `*` or `+`, and leave the exact limit to the caller"
        return PatternError(TOO_LARGE, start, end - start, message, advice)

    # atom = "." | class | escape | character | "(" [ "?:" ] pattern ")"

    def _atom(self) -> Pattern:
        match self._peek():
            case "(":
                return self._group()
            case "[":
                return Chars(self._class())
            case "\\":
                escape = self._escape()
                return Chars(charset.of(escape) if isinstance(escape, str) else escape)
            case "^" | "$" as anchor:
                message = f"the anchor `{anchor}` is not supported: a pattern is always whole"
                raise self._error(
                    UNSUPPORTED, message, f"leave it out; `\\{anchor}` is the character"
                )
            case "*" | "+" | "?" as repeat:
                message = f"there is nothing before this `{repeat}` to repeat"
                raise self._error(BAD_REPEAT, message, f"write `\\{repeat}` for the character")
            case "{" | "}" | "]" as bracket:
                message = f"this `{bracket}` has no counterpart or nothing to act on"
                raise self._error(SYNTAX, message, f"write `\\{bracket}` for the character")
            case ".":
                self._at += 1
                return Chars(charset.ANY)
            case character:
                self._at += 1
                return Chars(charset.of(character))

    def _group(self) -> Pattern:
        start = self._at
        self._at += 1
        if not self._take("?:"):
            for opening, construct, advice in _EXTENSIONS:
                if self._source.startswith(opening, self._at):
                    length = 1 + len(opening)
                    raise self._error(
                        UNSUPPORTED, f"{construct} is not supported", advice, start, length
                    )
        self._groups += 1
        if self._groups > MAX_GROUPS:
            message = f"groups are nested deeper than {MAX_GROUPS} levels"
            raise self._error(TOO_LARGE, message, at=start)
        pattern = self._pattern()
        if not self._take(")"):
            message = "this `(` is not closed"
            raise self._error(SYNTAX, message, r"write `\(` for the character", start)
        self._groups -= 1
        return pattern


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()
