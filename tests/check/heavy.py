"""Grammars, written or drawn, that have enormous automata, or many of them."""

from collections.abc import Iterable

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

ASK = "operations:\n  Ask: {{effect: read, parameters: {{key: {{}}}}, result: {root}}}\n"


def spec(
    root: str,
    *,
    types: Iterable[str] = (),
    records: Iterable[str] = (),
    grammars: Iterable[str] = (),
    more: str = "",
) -> str:
    """Return a spec of definitions, each in a line of its own."""
    sections = {"types": types, "records": records, "grammars": grammars}
    text = "service: Tiny\n"
    for section, lines in sections.items():
        body = "".join(f"  {line}\n" for line in lines)
        text += f"{section}:\n{body}" if body else ""
    return text + ASK.format(root=root) + more


def row(name: str, types: Iterable[str], options: str = "separator: ','") -> str:
    fields = ", ".join(f"f{at}: {type_}" for at, type_ in enumerate(types))
    return f"{name}: {{{options}, fields: {{{fields}}}}}"


def leaf(form: str) -> str:
    return spec("Kind", types=[f"Kind: {form}"])


def texts(values: Iterable[str]) -> str:
    return ", ".join(f"'{text}'" for text in values)


def codes(spellings: Iterable[str]) -> str:
    return "{" + ", ".join(f"'{code}': N{at}" for at, code in enumerate(spellings)) + "}"


WORD = "W: {text: '[a-z]*'}"
EXPLODING = {
    "a window": leaf("{text: '[^,]*x[^,]{16}'}"),
    "a long window": leaf("{text: '[^,]*x[^,]{40}'}"),
    "a window in an enum": leaf("{enum: {a: A}, open: true, form: '.*x.{40}'}"),
    "a window of excluded texts": leaf(
        f"{{text: '.*', excludes: [{texts('ab' * n + 'c' * (200 - 2 * n) for n in range(1, 99))}]}}"
    ),
    "overlapping classes": leaf(
        "{text: '" + "".join(f"[{chr(0x4E00 + n)}-{chr(0x5000 + n)}]?" for n in range(400)) + "'}"
    ),
    "codes without end": leaf(f"{{enum: {codes(f'{n * 7919:07}' * 28 for n in range(1000))}}}"),
    "codes of many characters": leaf(
        f"{{enum: {codes(chr(0x4E00 + n) + chr(0x9000 - n) for n in range(4000))}}}"
    ),
    "fields that may be empty": spec(
        "R", types=["A: {text: 'a*'}"], records=[row("R", ["A"] * 400, "initiator: <")]
    ),
    "lists that may be empty": spec(
        "R",
        types=["A: {text: 'a*'}", "B: {enum: {'': X}}"],
        records=[row("R", ["l"] * 30, "initiator: <")],
        grammars=["l: {list: [A, B], separator: ;}"],
    ),
    "records in records": spec(
        "R0",
        types=[WORD],
        records=[*(row(f"R{n}", [f"R{n + 1}"] * 3) for n in range(30)), row("R30", ["W"])],
    ),
    "padding around padding": spec(
        "R0",
        types=[WORD],
        records=[
            *(
                row(f"R{n}", ["W", f"R{n + 1}"], "separator: ',', padding: whitespace")
                for n in range(20)
            ),
            row("R20", ["W"]),
        ],
    ),
    "very deep records": spec(
        "R0",
        types=[WORD],
        records=[*(row(f"R{n}", ["W", f"R{n + 1}"]) for n in range(500)), row("R500", ["W"])],
    ),
    "a thousand alternatives": spec(
        "c",
        types=[f"E{n}: {{enum: {{A{n}: A}}}}" for n in range(1000)],
        grammars=[f"c: {{choice: [{', '.join(f'E{n}' for n in range(1000))}]}}"],
    ),
    "separators that are alike": spec(
        "l",
        types=[WORD],
        records=[
            row("R", ["W", "W"], f"separator: [{texts('ab' * 90 + f'{n}' for n in range(200))}]")
        ],
        grammars=["l: {list: [R], separator: ;}"],
    ),
    "many large forms": spec(
        "R",
        types=[f"T{n}: {{text: '([^,]*x[^,]{{8}}|y{n}a{{{n + 1}}})'}}" for n in range(300)],
        records=[row("R", [f"T{n}" for n in range(300)])],
    ),
    "many numbers": spec(
        "R",
        types=[f"T{n}: {{integer: '[0-9]{{1,{n % 900 + 1}}}'}}" for n in range(1500)],
        records=[row("R", [f"T{n}" for n in range(1500)])],
    ),
    "many whole texts": spec(
        "l0",
        types=["T: {text: '[^,;]{0,100}'}"],
        records=[row(f"R{n}", ["T"] * (n % 20 + 2)) for n in range(300)],
        grammars=[f"l{n}: {{list: [R{n}], separator: ;}}" for n in range(300)],
        more="callbacks:\n  P: {form: {" + ", ".join(f"a{n}: l{n}" for n in range(300)) + "}}\n",
    ),
    "many untrusted texts": spec(
        "l",
        types=[f"T{n}: {{text: '[^,;]{{0,200}}', untrusted: true}}" for n in range(40)],
        records=[row("R", [f"T{n}" for n in range(40)])],
        grammars=["l: {list: [R], separator: ;}"],
    ),
    "a chain that nothing uses": spec(
        "W",
        types=[WORD],
        records=[*(row(f"R{n}", ["W", f"R{n + 1}"]) for n in range(3000)), row("R3000", ["W"])],
    ),
}
"""Grammars that are too large, each in its way."""

LARGEST = "3,000 definitions"
LARGE = {
    "a count": leaf("{text: '[^,;]{0,900}'}"),
    "counts in counts": leaf("{text: '(a{30}b?){30}'}"),
    "optional parts": leaf("{text: '(a?){400}'}"),
    "anything between": leaf("{text: '" + ".*".join("abcdefghijklmnopqrstuvwxyz") + "'}"),
    "one class of many characters": leaf(
        "{text: '[" + "".join(chr(0x4E00 + 2 * n) for n in range(9000)) + "]*'}"
    ),
    "5,000 codes": leaf(f"{{enum: {codes(str(n) for n in range(10000, 15000))}}}"),
    "5,000 open codes": leaf(
        f"{{enum: {codes(str(n * 7919 % 99991) for n in range(1, 5000))}, "
        "open: true, form: '[0-9]{1,9}'}"
    ),
    "20 long codes": leaf(f"{{enum: {codes('x' * 190 + f'{n:03}' for n in range(20))}}}"),
    "1,000 fields": spec("R", types=[WORD], records=[row("R", ["W"] * 1000)]),
    "300 optional fields": spec(
        "R",
        types=[WORD],
        records=[row("R", ["W", *["{type: W, optional: true}"] * 300])],
    ),
    "40 levels": spec(
        "R0",
        types=[WORD],
        records=[
            *(row(f"R{n}", ["{type: W, initiator: '<'}", f"R{n + 1}"]) for n in range(40)),
            row("R40", ["W"]),
        ],
    ),
    LARGEST: spec(
        "R",
        types=[f"E{n}: {{enum: {{A{n}: A}}}}" for n in range(3000)],
        records=[row("R", ["E0", "E1"])],
    ),
}
"""Grammars that are large, and decided nevertheless."""

ATOMS = st.sampled_from(
    (
        "a",
        "b",
        "x",
        ".",
        "[^,]",
        "[ab]",
        "[^x]",
        "[0-9]",
        "(a|ab)",
        "(ab?)",
        "(.x|x.)",
        "([ab]{3}x?)",
    )
)
REPEATS = st.sampled_from(
    ("", "", "*", "+", "?", "{3}", "{0,9}", "{16}", "{2,}", "{40}", "{100}", "{0,200}")
)


@st.composite
def patterns(draw: DrawFn) -> str:
    """Draw a pattern of a few parts whose automata grow fast, and maybe repeat all of it."""
    parts = draw(st.lists(st.tuples(ATOMS, REPEATS).map("".join), min_size=1, max_size=5))
    whole = "".join(parts)
    return draw(st.sampled_from((whole, whole, f"({whole})*", f"({whole}){{5}}", f"({whole}|y)?")))


@st.composite
def grammars(draw: DrawFn) -> str:
    """Draw a spec in which forms, records and lists are large in some way."""
    delimiters = st.text("ab,;|", min_size=1, max_size=40)
    types = ["W: {text: '[a-z]*'}"]
    for number in range(draw(st.integers(1, 3))):
        excluded = draw(st.lists(delimiters, max_size=4, unique=True))
        flags = f", excludes: [{texts(excluded)}]" if excluded else ""
        flags += ", untrusted: true" if draw(st.booleans()) else ""
        types.append(f"T{number}: {{text: '{draw(patterns())}'{flags}}}")
    names = st.sampled_from([line.partition(":")[0] for line in types])
    records: list[str] = []
    depth = draw(st.integers(1, 8))
    for number in reversed(range(depth)):
        inner = draw(st.integers(0, 2)) if number + 1 < depth else 0
        kinds = draw(st.lists(names, min_size=1, max_size=6)) + [f"R{number + 1}"] * inner
        kinds *= draw(st.sampled_from((1, 1, 1, 5, 20)))
        least = draw(st.integers(1, len(kinds)))
        fields = [
            f"{{type: {kind}, optional: {'true' if at >= least else 'false'}}}"
            for at, kind in enumerate(kinds)
        ]
        options = draw(
            st.sampled_from(
                ("separator: ','", "separator: ',', padding: whitespace", "initiator: '<'")
            )
        )
        records.append(row(f"R{number}", fields, options))
    if not draw(st.booleans()):
        return spec("R0", types=types, records=records)
    items = draw(st.lists(st.sampled_from(("R0", "T0")), min_size=1, unique=True))
    between = draw(st.lists(delimiters, min_size=1, max_size=3, unique=True))
    options = draw(st.sampled_from(("", ", padding: whitespace", ", repeated: allowed")))
    root = f"l: {{list: [{', '.join(items)}], separator: [{texts(between)}]{options}}}"
    return spec("l", types=types, records=records, grammars=[root])
