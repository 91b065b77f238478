r"""The characters of a pattern: its cursor, character classes and escapes.

class    = "[" [ "^" ] item { item } "]"
item     = one [ "-" one ] | set escape
escape   = "\\" ( "d" | "D" | "s" | "S" | "w" | "W" | "t" | "r" | "n"
               | "x" HH | "u" HHHH | "U" HHHHHHHH | punctuation )
"""

from unstringly.diagnostics import Rule, Severity
from unstringly.model import charset
from unstringly.model.charset import CharSet

SYNTAX = Rule(
    "P101",
    Severity.ERROR,
    "a pattern is not well formed",
    wrong=r"""A bracket is not closed or not opened, an escape is cut off, or the pattern is empty.
The characters `\ ( ) [ ] { } | * + ? . ^ $` have a meaning in a pattern.""",
    why="What the pattern describes is not known.",
    example=r"text: '[0-9'        text: 'a)'        text: '\'",
    todo=r"""Close what is open. For the character itself write a backslash before it: `\|` is a
bar. Put patterns in single quotes: there a backslash is a backslash, and a quote is
written twice.""",
)

UNSUPPORTED = Rule(
    "P102",
    Severity.ERROR,
    "a pattern uses something that is not regular, or has no use here",
    wrong="""\
Look-around, back-references and conditional groups are not taken. Nor are anchors, lazy and
possessive repetition, named groups, flags and comments: a pattern always describes the
whole content of a field.""",
    why="""\
The form of a field must be a regular language, because only then can it be proved that a
text has one reading, and only then is parsing linear in time.""",
    example=r"text: '(?!-)[^,]*'        text: '^a$'        text: '(.)\1'",
    todo="""\
Write the cases as alternatives. For "does not contain" use a class, as in `[^,]*`, or `excludes`
for texts of several characters: `Content: {text: any, excludes: ['|;|']}`.""",
)

BAD_CLASS = Rule(
    "P103",
    Severity.ERROR,
    "a character class is not a set of characters",
    wrong=r"""A class such as `[a-z0-9_]` lists characters and ranges, from a lower to a higher
character, and holds at least one. A hyphen stands first, last, or behind a backslash;
brackets stand behind a backslash. Sets such as `\d` may stand in a class, but not at
the end of a range.""",
    why="""\
What is meant cannot be told: a misplaced hyphen takes in characters that nobody thought of.""",
    example="text: '[z-a]'        text: '[a-z-9]'",
    todo="Put the hyphen last, and a backslash before each bracket that means itself.",
)

RULES = (SYNTAX, UNSUPPORTED, BAD_CLASS)

_SETS = {
    "d": charset.DIGITS,
    "s": charset.of(" \t\n\r\f\v"),
    "w": charset.of("_") | charset.DIGITS | charset.between("a", "z") | charset.between("A", "Z"),
}
_CONTROLS = {"t": "\t", "r": "\r", "n": "\n"}
_HEX_DIGITS = {"x": 2, "u": 4, "U": 8}


class PatternError(Exception):
    """A pattern breaks `rule`, in the `length` characters from the index `at`."""

    def __init__(self, rule: Rule, at: int, length: int, message: str, advice: str) -> None:
        super().__init__(message)
        self.rule, self.at, self.length = rule, at, length
        self.message, self.help = message, advice


class CharacterParser:
    """A cursor over the pattern's source that reads classes and escapes."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0

    def _peek(self) -> str:
        return self._source[self._at : self._at + 1]

    def _take(self, text: str) -> bool:
        is_there = self._source.startswith(text, self._at)
        self._at += len(text) if is_there else 0
        return is_there

    def _error(
        self, rule: Rule, message: str, advice: str = "", at: int | None = None, length: int = 1
    ) -> PatternError:
        return PatternError(rule, self._at if at is None else at, length, message, advice)

    # class = "[" [ "^" ] item { item } "]"

    def _class(self) -> CharSet:
        start = self._at
        self._at += 1
        complement = self._take("^")
        ranges: list[tuple[int, int]] = []
        first = True
        while not self._take("]"):
            if not self._peek():
                message = "this `[` is not closed"
                raise self._error(SYNTAX, message, r"write `\[` for the character", start)
            ranges.extend(self._item(first).ranges)
            first = False
        chars = charset.from_ranges(ranges)
        if complement:
            chars = ~chars
        if first or not chars:
            message = "this class is empty" if first else "this class holds no character"
            advice = r"write `\]` for a closing bracket, `.` for any character"
            raise self._error(BAD_CLASS, message, advice, start, self._at - start)
        return chars

    # item = one [ "-" one ] | set escape

    def _item(self, first: bool) -> CharSet:
        start = self._at
        low = self._one(first)
        if self._peek() != "-" or self._source.startswith("-]", self._at):
            return low if isinstance(low, CharSet) else charset.of(low)
        self._at += 1
        if self._peek() == "-":
            message = "two hyphens in a class are kept for set operations in Python"
            raise self._error(BAD_CLASS, message, r"write `\-` for the hyphen", self._at - 1, 2)
        high = self._one(False)
        length = self._at - start
        if isinstance(low, CharSet) or isinstance(high, CharSet):
            message = "a range goes from one character to another"
            raise self._error(BAD_CLASS, message, r"write `\-` for the hyphen", start, length)
        if low > high:
            message = "this range is the wrong way round"
            advice = (
                f"write `{self._source[start : self._at]}` from the lower to the higher character"
            )
            raise self._error(BAD_CLASS, message, advice, start, length)
        return charset.between(low, high)

    def _one(self, first: bool) -> str | CharSet:
        character = self._peek()
        if character == "\\":
            return self._escape()
        if character == "[":
            message = "an opening bracket in a class is not supported"
            advice = r"write `\[` for the character; for `[:digit:]` write `\d`"
            raise self._error(UNSUPPORTED, message, advice)
        if character == "-" and not first and not self._source.startswith("-]", self._at):
            message = "this hyphen is neither first nor last in its class"
            raise self._error(BAD_CLASS, message, r"write `\-`")
        if character and character in "&|~" and self._source.startswith(character * 2, self._at):
            message = f"`{character * 2}` in a class is kept for set operations in Python"
            raise self._error(UNSUPPORTED, message, "write the character once", length=2)
        if not character:
            raise self._error(SYNTAX, "this class is not closed", "close it with `]`", self._at - 1)
        self._at += 1
        return character

    # escape = "\" ( d | D | s | S | w | W | t | r | n | xHH | uHHHH | UHHHHHHHH | punctuation )

    def _escape(self) -> str | CharSet:
        start = self._at
        kind = self._source[start + 1 : start + 2]
        self._at += 2
        if kind.lower() in _SETS:
            chars = _SETS[kind.lower()]
            return chars if kind.islower() else ~chars
        if kind in _CONTROLS:
            return _CONTROLS[kind]
        if kind in _HEX_DIGITS:
            return self._hexadecimal(start, _HEX_DIGITS[kind])
        if kind and not (kind.isascii() and kind.isalnum()):
            return kind
        construct, advice = _unsupported_escape(kind)
        rule = UNSUPPORTED if kind else SYNTAX
        raise self._error(rule, f"{construct} is not supported", advice, start, 1 + len(kind))

    def _hexadecimal(self, start: int, digits: int) -> str:
        text = self._source[self._at : self._at + digits]
        self._at += digits
        if len(text) < digits or not all(c in "0123456789abcdefABCDEF" for c in text):
            message = f"after `{self._source[start : start + 2]}` stand {digits} hexadecimal digits"
            raise self._error(SYNTAX, message, at=start, length=2 + len(text))
        if int(text, 16) > charset.LAST:
            raise self._error(SYNTAX, "there is no such character", at=start, length=2 + digits)
        return chr(int(text, 16))


def _unsupported_escape(kind: str) -> tuple[str, str]:
    match kind:
        case "":
            return "a backslash at the end", r"write `\\` for the character"
        case "b" | "B" | "A" | "Z":
            return f"the anchor `\\{kind}`", "leave it out: a pattern is always whole"
        case "0":
            return r"the octal escape `\0`", r"write `\x00`"
        case _ if kind.isdigit():
            return f"the back-reference `\\{kind}`", "a form cannot compare two of its parts"
        case "p" | "P":
            return "a Unicode property", "write the characters as a class: `[一-龥]`"
        case _:
            return f"the escape `\\{kind}`", f"for the letter write `{kind}`, or use `\\xHH`"
