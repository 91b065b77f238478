"""YAML nodes: what is read, what is refused, and where things stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unstringly.diagnostics import Span
from unstringly.read.spec.nodes import MAX_DEPTH, RULES, Mapping, Node, Scalar, Sequence, read_nodes
from unstringly.read.spec.source_text import MAX_BYTES, SourceText


def read(text: str) -> Node:
    root, findings = read_nodes(text.encode(), "f")
    assert findings == ()
    assert root is not None
    return root


def plain(node: Node) -> object:
    match node:
        case Scalar():
            return node.text
        case Sequence():
            return [plain(item) for item in node.items]
        case Mapping():
            return {key.text: plain(value) for key, value in node.entries}


def scalar(text: str) -> Scalar:
    """The value of `k` in a mapping."""
    root = read(text)
    assert isinstance(root, Mapping)
    value = root.entries[-1][1]
    assert isinstance(value, Scalar)
    return value


def test_scalars_are_their_spelling() -> None:
    text = "{a: NO, b: 010, c: 1:30, d: null, e: ~, f: 1_000, g: 2015-06-29, h: '', i: }"
    spellings = ("NO", "010", "1:30", "null", "~", "1_000", "2015-06-29", "", "")
    assert plain(read(text)) == dict(zip("abcdefghi", spellings, strict=True))


def test_nothing_is_not_the_empty_text() -> None:
    assert scalar("k:").is_missing
    assert not scalar("k: ''").is_missing
    assert not scalar("k: |\n").is_missing


@pytest.mark.parametrize("text", ["\ufeffa: [b]", "a: [b]\r\n", "# c\n---\na: [b]\n...\n"])
def test_byte_order_mark_line_ends_and_document_marks(text: str) -> None:
    assert plain(read(text)) == {"a": ["b"]}


def test_spans() -> None:
    root = read("# 批次\na: 批次号\nb:\n  - 'x y'\n  - {c: d}\n")
    assert isinstance(root, Mapping)
    (a, text), (b, items) = root.entries
    assert isinstance(items, Sequence)
    assert [node.span for node in (a, text, b, *items.items)] == [
        *(Span("f", 2, 1, 1), Span("f", 2, 4, 3), Span("f", 3, 1, 1)),
        *(Span("f", 4, 5, 5), Span("f", 5, 5, 6)),
    ]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_an_editor_counts_them(line_end: str) -> None:
    assert scalar(line_end.join(["a: x", "", "k: y", ""])).span == Span("f", 3, 4, 1)


@pytest.mark.parametrize(
    ("text", "offset", "length", "column", "width"),
    [
        ("k: abcdef", 2, 2, 6, 2),
        ("k: 'abcdef'", 2, 2, 7, 2),
        ("k: 'a''c''f'", 2, 1, 8, 1),
        ("k: 'a''c''f'", 1, 1, 6, 2),
        ('k: "abcdef"', 2, 2, 7, 2),
        (r'k: "a\tcdef"', 2, 2, 4, 9),
        ("k: |\n  abcdef", 2, 2, 4, 1),
        ("k: abc\n  def", 2, 2, 4, 3),
    ],
)
def test_places_inside_a_scalar(
    text: str, offset: int, length: int, column: int, width: int
) -> None:
    assert scalar(text).at(offset, length) == Span("f", 1, column, width)


REFUSED = [
    ("", "1:1 S102", "nothing in this file"),
    ("# only this\n", "1:1 S102", "nothing in this file"),
    ("a: [b\n", "2:1 S102", "not YAML"),
    ("a:\n\tb: c\n", "2:1 S102", "tab"),
    ("a: 'b\n", "2:1 S102", "not YAML"),
    ('a: "\\UFFFFFFFF"\n', "1:2 S102", "out of range"),
    ('a: "\\ud83d"\n', "1:4 S102", "half a character"),
    ("a: &x b\n", "1:4 S103", "anchor &x"),
    ("a: *x\n", "1:4 S103", "alias *x"),
    ("a: !!str b\n", "1:4 S103", "tag tag:yaml.org,2002:str"),
    ("a: !x [b]\n", "1:4 S103", "tag !x"),
    ("<<: {a: b}\n", "1:1 S103", "merge key"),
    ("? [a]\n: b\n", "1:3 S103", "cannot be a key"),
    ("a: b\n---\nc: d\n", "2:1 S103", "second document"),
    ("[" * 40, f"1:{MAX_DEPTH + 1} S103", "deeper than"),
    ("a: b\n'a': c\n", "2:1 S104", "first in line 1"),
    ("a: \x1b\n", "1:4 S101", "U+001B"),
    ("a: b\x85\n", "1:5 S101", "U+0085"),
    ("a: b\u2028\n", "1:5 S101", "U+2028"),
    ("a: \ufeff\n", "1:4 S101", "U+FEFF"),
]


@pytest.mark.parametrize(("text", "place", "words"), REFUSED)
def test_refused(text: str, place: str, words: str) -> None:
    _, findings = read_nodes(text.encode(), "f")
    shown = [f"{f.span.line}:{f.span.column} {f.rule.code}" for f in findings]
    assert shown == [place]
    assert words in findings[0].message


def test_every_rule_is_broken_by_an_example() -> None:
    assert {rule.code for rule in RULES} <= {place[-4:] for _, place, _ in REFUSED}


def test_a_quoted_merge_key_is_a_text() -> None:
    assert plain(read("'<<': a")) == {"<<": "a"}


def test_what_is_refused_is_left_out_and_the_rest_read() -> None:
    root, findings = read_nodes(b"a: [&x b, *x, c]\na: d\n? {e: f}\n: g\nh: *x\n", "f")
    assert len(findings) == 5
    assert root is not None
    assert plain(root) == {"a": ["b", "c"]}


@pytest.mark.parametrize(
    ("data", "column", "words"),
    [
        (b"a: \xff", 4, "0xFF"),
        ("é: é".encode("latin-1"), 1, "0xE9"),
        (b"\xef\xbb\xbf\xff", 1, "0xFF"),
    ],
)
def test_bytes_that_are_not_utf_8(data: bytes, column: int, words: str) -> None:
    root, findings = read_nodes(data, "f")
    assert root is None
    assert [finding.span for finding in findings] == [Span("f", 1, column)]
    assert words in findings[0].message


def test_a_file_that_is_too_large() -> None:
    root, findings = read_nodes(b"#" * (MAX_BYTES + 1), "f")
    assert root is None
    assert [finding.rule.code for finding in findings] == ["S101"]


@pytest.mark.parametrize("opening", ["[", "{", "- ", "? ", "a: {", "{? "])
def test_depth_without_end(opening: str) -> None:
    root, findings = read_nodes(opening.encode() * 50_000, "f")
    assert root is None
    assert len(findings) == 1


CHARACTERS = "ab:-?,[]{}#&*!|>'\"%@`~<.\\ \t\n\r\0\ufeff\x85é"
WORDS = ["---", "...", "<<", "!!", '"\\x', '"\\U', "%YAML", "|+2", ">-", "!<a>", "!%f"]
PHRASES = ("- ", "? ", ": ", "\n  ", "%YAML 1.1", "%TAG ! a")
YAML_PIECES = st.sampled_from((*CHARACTERS, *WORDS, *PHRASES))


@given(st.lists(YAML_PIECES).map("".join).map(lambda text: text.encode()) | st.binary())
def test_never_raises(data: bytes) -> None:
    root, findings = read_nodes(data, "f")
    assert root is not None or findings


@given(st.text("ab\n\r\té批"))
def test_spans_agree_with_lines(text: str) -> None:
    source = SourceText(text, "f")
    lines = text.replace("\r\n", "\n ").replace("\r", "\n").split("\n")
    for index in range(len(text)):
        span = source.span(index)
        assert 1 <= span.line <= len(lines)
        assert span.column >= 1
