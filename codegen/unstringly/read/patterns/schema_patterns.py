r"""The patterns of XML Schema (XML Schema 1.0 part 2, appendix F).

    regExp = branch { "|" branch }
    branch = { atom [ "?" | "*" | "+" | "{m}" | "{m,}" | "{m,n}" ] }
    atom   = "." | class | escape | character | "(" regExp ")"
    class  = "[" [ "^" ] item { item } [ "-" class ] "]"
    item   = one [ "-" one ] | escape
    escape = "\" ( s | S | d | D | w | W | i | I | c | C | n | r | t | punctuation )
           | "\" ( p | P ) "{" name "}"

They are matched against the whole text. `^` and `$` are characters like others, but where a pattern
begins or ends with one, its author meant anchors: no text of theirs would match, so the pattern is
named and not checked. A backslash before any punctuation is taken, as schemas have it.
"""

from unstringly.model import charset
from unstringly.model.charset import CharSet
from unstringly.model.pattern import Chars, Choice, Pattern, Repeat, Sequence
from unstringly.read.patterns import unicode_sets

MOST_SOURCE = 20_000
"""Characters of a pattern that is read."""

MOST_GROUPS = 24
"""Levels of groups, and of classes subtracted, in one another."""

MOST_DIGITS = 6
"""Digits of a count of repetitions."""

_ANY = ~charset.of("\r\n")
_SPACES = charset.of(" \t\r\n")
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t"}


class SchemaPatternError(Exception):
    """A pattern is not one of XML Schema, or means something else than it says.

    `at` is an index in it, `message` a clause that says what is there.
    """

    def __init__(self, at: int, message: str) -> None:
        super().__init__(at, message)
        self.at = at
        self.message = message

    def __str__(self) -> str:
        return f"{self.message} (character {self.at + 1})"


def parse_schema_pattern(source: str) -> Pattern:
    """Return the meaning of a pattern. Raises SchemaPatternError."""
    if len(source) > MOST_SOURCE:
        raise SchemaPatternError(0, f"the pattern has more than {MOST_SOURCE:,} characters")
    if source.startswith("^"):
        raise SchemaPatternError(0, "a `^` is no anchor in XML Schema")
    if source.endswith("$") and not _is_escaped(source, len(source) - 1):
        raise SchemaPatternError(len(source) - 1, "a `$` is no anchor in XML Schema")
    return _Parser(source).whole()


def _is_escaped(source: str, at: int) -> bool:
    before = source[:at]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


class _Parser:
    """A parser by recursive descent, one level for each group; raises at the first problem."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._depth = 0

    def whole(self) -> Pattern:
        pattern = self._choice()
        if self._at < len(self._source):
            raise SchemaPatternError(self._at, "a `)` closes nothing")
        return pattern

    def _peek(self) -> str:
        return self._source[self._at : self._at + 1]

    def _take(self, text: str) -> bool:
        is_there = self._source.startswith(text, self._at)
        self._at += len(text) if is_there else 0
        return is_there

    # regExp = branch { "|" branch }

    def _choice(self) -> Pattern:
        branches = [self._branch()]
        while self._take("|"):
            branches.append(self._branch())
        return branches[0] if len(branches) == 1 else Choice(tuple(branches))

    def _branch(self) -> Pattern:
        items: list[Pattern] = []
        while self._peek() not in ("", "|", ")"):
            items.append(self._repeated(self._atom()))
        return items[0] if len(items) == 1 else Sequence(tuple(items))

    def _repeated(self, item: Pattern) -> Pattern:
        if self._take("*"):
            return Repeat(item, 0, None)
        if self._take("+"):
            return Repeat(item, 1, None)
        if self._take("?"):
            return Repeat(item, 0, 1)
        return Repeat(item, *self._counts()) if self._peek() == "{" else item

    def _counts(self) -> tuple[int, int | None]:
        start = self._at
        end = self._source.find("}", start)
        least, comma, most = self._source[start + 1 : max(end, start)].partition(",")
        counts = (least, most) if most else (least,)
        if end < 0 or not all(count.isascii() and count.isdecimal() for count in counts):
            raise SchemaPatternError(start, "a `{` begins no count of repetitions")
        if max(map(len, counts)) > MOST_DIGITS:
            raise SchemaPatternError(start, f"a count has more than {MOST_DIGITS} digits")
        if most and int(most) < int(least):
            raise SchemaPatternError(start, "a count ends below its beginning")
        self._at = end + 1
        return int(least), int(most) if most else None if comma else int(least)

    def _atom(self) -> Pattern:
        start = self._at
        match self._peek():
            case "(":
                self._at += 1
                self._enter(start)
                pattern = self._choice()
                if not self._take(")"):
                    raise SchemaPatternError(start, "a `(` is not closed")
                self._depth -= 1
                return pattern
            case "[":
                return Chars(self._class())
            case "\\":
                return Chars(self._escape())
            case "." | "*" | "+" | "?" | "{" | "}" | "]" as character:
                if character != ".":
                    raise SchemaPatternError(start, f"a `{character}` stands where nothing can")
                self._at += 1
                return Chars(_ANY)
            case character:
                self._at += 1
                return Chars(charset.of(character))

    def _enter(self, start: int) -> None:
        self._depth += 1
        if self._depth > MOST_GROUPS:
            raise SchemaPatternError(start, f"groups are deeper than {MOST_GROUPS} levels")

    # class = "[" [ "^" ] item { item } [ "-" class ] "]"

    def _class(self) -> CharSet:
        start = self._at
        self._at += 1
        self._enter(start)
        complement = self._take("^")
        ranges: list[tuple[int, int]] = []
        removed = charset.NONE
        first = self._at
        while not self._take("]"):
            if not self._peek():
                raise SchemaPatternError(start, "a `[` is not closed")
            if self._at > first and self._source.startswith("-[", self._at):
                self._at += 1
                removed = self._class()
                if self._peek() != "]":
                    raise SchemaPatternError(self._at, "a subtraction is not the end of its class")
            else:
                ranges.extend(self._item().ranges)
        if not ranges:
            raise SchemaPatternError(start, "a class is empty")
        self._depth -= 1
        chars = charset.from_ranges(ranges)
        return (~chars if complement else chars) - removed

    # item = one [ "-" one ] | escape

    def _item(self) -> CharSet:
        start = self._at
        low = self._one()
        if self._peek() != "-" or self._source.startswith(("-]", "-["), self._at):
            return low
        if len(low.ranges) != 1 or low.ranges[0][0] != low.ranges[0][1]:
            return low  # what follows is a hyphen
        self._at += 1
        high = self._one()
        first, last = low.ranges[0][0], high.ranges[-1][1]
        if high != charset.from_ranges([(last, last)]) or last < first:
            raise SchemaPatternError(start, "a range does not go from one character to a later one")
        return charset.from_ranges([(first, last)])

    def _one(self) -> CharSet:
        character = self._peek()
        if character == "\\":
            return self._escape()
        if not character:
            raise SchemaPatternError(self._at, "a class is not closed")
        if character == "[":
            raise SchemaPatternError(self._at, "a `[` stands in a class without a backslash")
        self._at += 1
        return charset.of(character)

    def _escape(self) -> CharSet:
        start = self._at
        kind = self._source[start + 1 : start + 2]
        self._at += 2
        if kind in _CONTROLS:
            return charset.of(_CONTROLS[kind])
        if kind and kind in "pP":
            chars = self._property(start)
            return ~chars if kind == "P" else chars
        match kind.lower():
            case "s":
                chars = _SPACES
            case "d":
                chars = unicode_sets.digits()
            case "w":
                chars = unicode_sets.word_characters()
            case "i":
                chars = unicode_sets.NAME_STARTS
            case "c":
                chars = unicode_sets.NAME_CHARACTERS
            case _:
                if not kind or kind.isalnum():
                    raise SchemaPatternError(start, f"there is no escape `\\{kind}`")
                return charset.of(kind)
        return chars if kind.islower() else ~chars

    def _property(self, start: int) -> CharSet:
        end = self._source.find("}", self._at)
        if self._peek() != "{" or end < 0:
            raise SchemaPatternError(start, "a property has no name in braces")
        name = self._source[self._at + 1 : end]
        self._at = end + 1
        block = name.removeprefix("Is")
        chars = unicode_sets.of_category(name) if block == name else unicode_sets.of_block(block)
        if chars is None:
            raise SchemaPatternError(start, f"no property `{name}` is known")
        return chars
