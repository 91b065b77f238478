"""Rules for mappings, keys and texts that are not as the spec language asks."""

from unstringly.diagnostics import Rule, Severity

UNKNOWN_KEY = Rule(
    "S105",
    Severity.ERROR,
    "the spec language has no such key here",
    wrong="""\
The keys of each mapping are listed in `docs/grammar-spec.md`. This one is misspelt, or
belongs to another mapping: then the finding says to which.""",
    why="""\
A key that is ignored has no effect: a misspelt `trailing` leaves the
list as strict as before.""",
    example="grammars: {replies: {list: Reply, seperator: '|'}}",
    todo="""\
Correct the spelling, move the key, or remove it. Put a text with a comma in it, inside
`{...}`, in quotes.""",
)

MISSING_KEY = Rule(
    "S106",
    Severity.ERROR,
    "a required key is missing",
    wrong="""\
Something needed is not said, such as the `fields` of a record, the `separator` of a list or
the `effect` of an operation.""",
    why="""\
None of these has a default, because a wrong guess would be found out only by the users of
the generated package.""",
    example="operations: {SendMsg: {result: BatchNumber}}",
    todo="Add the key.",
)

WRONG_KIND = Rule(
    "S107",
    Severity.ERROR,
    "a value is not of the kind that its key needs",
    wrong="""\
A mapping stands where a text is expected, or the other way round, or nothing is written
after the colon. Values that begin with `[` or `{` are lists and mappings in YAML.""",
    why="What is meant cannot be told.",
    example="text: [a-z]        default:",
    todo="""\
Put a pattern such as `[a-z]` in quotes. For the empty text write two quotes: `default:
''`.""",
)

WRONG_WORD = Rule(
    "S108",
    Severity.ERROR,
    "a key does not take this word",
    wrong="""\
Some keys take one of a few words. Flags are `true` or `false`; YAML's other spellings
(`yes`, `on`) are not taken.""",
    why="""\
Scalars are read by their spelling, so that `no` can be a code of the service.""",
    example="padding: yes        effect: reed",
    todo="Write one of the words that the message lists.",
)

WRONG_NUMBER = Rule(
    "S109",
    Severity.ERROR,
    "a number is not a whole one in range",
    wrong="""\
Limits and widths are whole numbers in plain decimal digits, from 1 to 999999999, without
sign, leading zeros, underscores or units. Times are in seconds.""",
    why="A number that is read in two ways is a limit that nobody can rely on.",
    example="interval: 5s        page: 0",
    todo="Write the number in plain digits.",
)

WRONG_TEXT = Rule(
    "S110",
    Severity.ERROR,
    "a text cannot be used for its key",
    wrong="""\
A separator, a constant or an excluded text is not empty, nor is an initiator or terminator
that has no other spelling. None of them, and no code or `nil`, has more than 200 characters.
No entry of a list stands twice. Names on the wire are one line without blanks around them.
Words for people hold no control characters besides line ends and tabs.""",
    why="""\
An empty separator separates nothing, and the checker works with each of these texts.""",
    example="separator: ''        excludes: [',', ',']",
    todo="Write a text that is not empty, once, on one line; or remove the key.",
)

CONFLICT = Rule(
    "S111",
    Severity.ERROR,
    "keys that stand together make no sense together",
    wrong="""\
Some keys exclude or need each other: a type has exactly one key that says what it is, such
as `text` or `integer`; `open: true` needs a `form` and a `form` needs `open: true`; a `fixed`
parameter has no `default`. `docs/grammar-spec.md` says which key goes with which.""",
    why="One of them would have no effect, or would say the opposite of the other.",
    example="Code: {text: any, integer: '[0-9]'}",
    todo="Remove one of the keys, or add the one that is missing.",
)

NO_LANGUAGE = Rule(
    "S122",
    Severity.ERROR,
    "a language is not named by its tag",
    wrong="""\
`language`, and the keys of a text in several languages, are tags of BCP 47: two or three letters
for the language, and where they matter a script, a region and variants, in the usual upper and
lower case. A tag of two letters must be in ISO 639-1.""",
    why="""\
Callers of the package name a language by the same tag. `cn` is a country, and nobody who looks for
Chinese would find its texts there.""",
    example="doc: {cn: 批次号}        doc: {english: A batch.}        doc: {pt-br: Um lote.}",
    todo="Write the tag, such as `en`, `zh` or `pt-BR`.",
)

RULES = (
    *(UNKNOWN_KEY, MISSING_KEY, WRONG_KIND, WRONG_WORD, WRONG_NUMBER, WRONG_TEXT, CONFLICT),
    NO_LANGUAGE,
)
