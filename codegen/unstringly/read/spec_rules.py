"""What is said of a spec whose mappings, keys and texts are not what the language asks for."""

from unstringly.diagnostics import Rule, Severity

UNKNOWN_KEY = Rule(
    "S105",
    Severity.ERROR,
    "every key is one that the spec language has",
    """\
A key that is not read would be a wish that nobody hears: a misspelt `trailing` leaves the list
as strict as before. So every unknown key is an error. The keys of each mapping are listed in
`docs/grammar-spec.md`.

What to do: correct the spelling, or remove the key. A text with a comma in it, inside `{…}`,
needs quotes.
""",
)

MISSING_KEY = Rule(
    "S106",
    Severity.ERROR,
    "every required key is there",
    """\
Something needed is not said, for example the `fields` of a record, the `separator` of a list or
the `effect` of an operation. None of these has a default, because a wrong guess would be found
out only by the users of the generated package.

What to do: add the key.
""",
)

WRONG_KIND = Rule(
    "S107",
    Severity.ERROR,
    "every value is a text, a list or a mapping, as its key needs",
    """\
A mapping stands where a text is expected, or the other way round, or nothing is written after
the colon. For the empty text write two quotes: `default: ''`.

Values that begin with `[` or `{` are lists and mappings in YAML; a pattern such as `[0-9]+`
needs quotes.
""",
)

WRONG_WORD = Rule(
    "S108",
    Severity.ERROR,
    "a keyword is one of those its key takes",
    """\
Some keys take one of a few words: `trailing: forbidden`, `padding: whitespace`,
`effect: read`. Flags are `true` or `false`; YAML's other spellings (`yes`, `on`) are not taken,
because scalars are read by their spelling.

What to do: write one of the words that the message lists.
""",
)

WRONG_NUMBER = Rule(
    "S109",
    Severity.ERROR,
    "a number is a whole one in range",
    """\
Limits and widths are whole numbers in plain decimal digits, from 1 to 999999999, without sign,
leading zeros, underscores or units. Times are in seconds. A `width` is at most 200.

What to do: write the number in plain digits.
""",
)

WRONG_TEXT = Rule(
    "S110",
    Severity.ERROR,
    "a text can do what it stands for",
    """\
A separator, an initiator, a constant or an excluded text is not empty: an empty separator
separates nothing. Neither it nor a code or `nil` has more than 200 characters: the checker
works with each of them. No entry of a list stands twice. Names on the wire are one line without
blanks around them. Words for people hold no control characters besides line ends and tabs.

What to do: write a text that is not empty, once, on one line; or remove the key.
""",
)

CONFLICT = Rule(
    "S111",
    Severity.ERROR,
    "keys that stand together make sense together",
    """\
Some keys exclude or need each other: a type has exactly one of `text`, `integer`, `decimal`,
`datetime`, `date`, `time` and `enum`; `open: true` needs a `form` and a `form` needs
`open: true`; a `fixed` parameter has no `default`. `docs/grammar-spec.md` says which key goes
with which.

What to do: remove one of the keys, or add the one that is missing.
""",
)

RULES = (UNKNOWN_KEY, MISSING_KEY, WRONG_KIND, WRONG_WORD, WRONG_NUMBER, WRONG_TEXT, CONFLICT)
