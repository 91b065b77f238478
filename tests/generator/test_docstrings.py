"""What `help()` says: functions speak of themselves, and the texts they show are true ones."""

import ast
import importlib
import inspect
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.generator.alone import made_alone
from tests.generator.client_grammars import CODED, CODED_GRAMMAR, PLAIN, PLAIN_GRAMMAR
from tests.generator.client_services import Port, put_service
from tests.generator.importing import imported
from tests.generator.services import ROOT, generated, put_minimal, write_tree
from tests.laws import oracle
from tests.laws.drawn_services import Drawn, package, services
from tests.laws.test_drawn_packages import PLAIN_ERRORS, as_parsed

import msgsend
from unstringly.automata.compile import compile_result
from unstringly.automata.leaves import contents_of
from unstringly.compile.compiled import WholeText
from unstringly.kinds.table import kind_of
from unstringly.model.grammar import LineEnds
from unstringly.pipeline import check
from unstringly.plan.leaf_samples import natural_content, shortest_content
from unstringly.plan.samples import samples_of
from unstringly.python.literals import display_width
from unstringly.read.spec.reader import spec_from_bytes

ONE = re.compile(r"^Example of the text: (.+)$", re.MULTILINE)
LONG = re.compile(r"^Example of the text, in pieces:\n((?:    .+\n?)+)", re.MULTILINE)
BODY = re.compile(r"^Example of a body:\n((?:    b.+\n?)+)", re.MULTILINE)
MOST = 70


def shown(function: object) -> str | None:
    """The text in a function's docstring, as Python reads the literal; None if there is none."""
    told = inspect.getdoc(function) or ""
    found = ONE.search(told) or LONG.search(told)
    if found is None:
        return None
    text: object = ast.literal_eval(f"({found[1]})")
    assert isinstance(text, str)
    return text


def described(function: object) -> str:
    """The first sentence of a docstring."""
    return (inspect.getdoc(function) or "").partition("\n")[0]


FOLDERS = {
    "depot": ROOT / "tests" / "language" / "everything",
    "rich": ROOT / "tests" / "generator" / "rich",
    "parcels": ROOT / "examples" / "own_service" / "parcels",
}


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, ModuleType]]:
    """Packages of services that have much, and the one that is shipped."""
    folder = tmp_path_factory.mktemp("documented")
    places = [
        *FOLDERS.values(),
        put_service(folder / "plain", "Plain", [PLAIN], f"wsdl: It.wsdl\n{PLAIN_GRAMMAR}"),
        put_service(folder / "coded", "Coded", [CODED], f"wsdl: It.wsdl\n{CODED_GRAMMAR}"),
    ]
    with ExitStack() as stack:
        found = {"msgsend": msgsend}
        for place in places:
            files = generated(place)
            name = next(path.split("/")[0] for path in sorted(files) if "/" in path)
            write_tree(folder / "out" / name, files)
            found[name] = stack.enter_context(imported(folder / "out" / name, name))
        yield found


def pairs(package: ModuleType) -> Iterator[tuple[str, Any, Any]]:
    """The parsers of a package by name, each with the formatter of the same text."""
    parsers: Any = importlib.import_module(f"{package.__name__}.parsers")
    formatters: Any = importlib.import_module(f"{package.__name__}.formatters")
    for name in parsers.__all__:
        writer = name.replace("parse_", "format_", 1)
        yield name, getattr(parsers, name), getattr(formatters, writer)


def is_without_grammar(parse: Callable[..., object]) -> bool:
    return inspect.getsource(parse).rstrip().endswith("return text")


def test_each_text_that_is_shown_is_read_and_written_so(packages: dict[str, ModuleType]) -> None:
    tried = 0
    for made in packages.values():
        for name, parse, write in pairs(made):
            if is_without_grammar(parse):
                continue
            text = shown(parse)
            assert text, f"{made.__name__}.{name} shows nothing"
            assert text == shown(write)
            value = parse(text)
            if type(value).__name__ == "Parsed":
                assert len(value) > 0
                assert value.malformed == ()
            assert write(value) == text
            assert len(text) <= MOST
            tried += 1
    assert tried > 35


def test_parsers_and_formatters_say_what_they_do(packages: dict[str, ModuleType]) -> None:
    for made in packages.values():
        for name, parse, write in pairs(made):
            told, wrote = (
                " ".join((inspect.getdoc(each) or "").split()) for each in (parse, write)
            )
            if is_without_grammar(parse):
                assert described(parse).startswith("The text that "), name
                assert "has no grammar" in told
                assert "has no grammar" in wrote
                continue
            assert described(parse).startswith("Read the text "), name
            assert described(write).startswith("Write the text "), name
            assert "Returns `" in told
            is_total = "Never raises" in told
            assert is_total == ("Parsed[" in inspect.getsource(parse).partition(":\n")[0])
            assert is_total == ("Raises MalformedResponse" not in told)
            assert f"`{name}` reads back" in wrote
            assert "Raises Unwritable" in wrote


def test_no_function_is_described_as_something_else(packages: dict[str, ModuleType]) -> None:
    """What the document says of an operation is what its methods say, and nobody else."""
    tried = 0
    for made in packages.values():
        client = importlib.import_module(f"{made.__name__}.client").Client
        names = [*importlib.import_module(f"{made.__name__}.operations").__all__]
        said = {described(getattr(client, name)) for name in names if name != "OPERATIONS"}
        for module in ("parsers", "formatters", "operations", "strategies", "journal", "server"):
            code = importlib.import_module(f"{made.__name__}.{module}")
            handlers = vars(getattr(code, "Handlers", object)).values()
            public = [getattr(code, name) for name in code.__all__]
            for each in (*public, *handlers):
                if inspect.isfunction(each) and not each.__name__.startswith("_"):
                    assert described(each), each
                    assert described(each) not in said, each
                    tried += 1
    assert tried > 150


def test_what_is_said_of_the_shipped_ones() -> None:
    told = inspect.getdoc(msgsend.parse_send_msg) or ""
    assert told.startswith("Read the text that SendMsg answers with.\n\nThe batch number of ")
    assert "Send a text message to one phone." not in told
    assert shown(msgsend.parse_get_report) == "2314357620085030623,13900000000,DELIVRD|"
    assert shown(msgsend.parse_get_balance) == "12.50"
    assert "Returns `BatchNumber | ErrorCode | UnknownErrorCode`." in told


PUSHED = """
types:
  Word: {text: '[a-z]+'}
  Odd: {text: "'\\"% &{1,3}好='"}
  Day: {date: '%Y-%m-%d'}
  Long: {text: '[^;]{80}'}
grammars:
  days: {list: Day, separator: '|', trailing: written}
operations:
  Ask: {effect: read, result: Word}
callbacks:
  One: {form: {user: Word, day&time: Day}}
  Two: {form: {user: Word, 'odd=': Odd, list: days}}
  Big: {form: {user: Word, rest: Long}}
"""


def bodies(callbacks: Any) -> Iterator[bytes]:
    """The bodies of pushes that a package shows, each of them read and written again."""
    for function in map(callbacks.__dict__.get, callbacks.__all__):
        told = inspect.getdoc(function) or ""
        assert "such a push" not in told
        for literals in BODY.findall(told):
            body: object = ast.literal_eval(f"({literals})")
            assert isinstance(body, bytes)
            push = callbacks.parse_push(body, "application/x-www-form-urlencoded")
            name = re.sub("(?<=[a-z])(?=[A-Z])", "_", type(push).__name__).lower()
            given = {field: getattr(push, field) for field in push.__dataclass_fields__}
            assert getattr(callbacks, f"format_{name}")(**given) == body
            yield body


def test_a_push_is_shown_as_it_comes(tmp_path: Path) -> None:
    shipped: Any = importlib.import_module("msgsend.callbacks")
    read, written = bodies(shipped)
    assert read == written
    assert read.startswith(b"account=account&GetReport=")
    with made_alone(tmp_path, Port("POST", {"Ask": ()}), grammar=PUSHED) as alone:
        found = [*bodies(importlib.import_module(f"{alone.__name__}.callbacks"))]
        assert len(found) == 3, "one for the parser, and none for what is long"
        assert found.count(b"user=word&day%26time=2031-05-04") == 2


@settings(max_examples=max(settings().max_examples // 4, 1))
@given(services())
def test_drawn_services_show_true_texts(drawn: Drawn) -> None:
    with package(drawn) as made:
        if isinstance(made, list):
            assert set(made) <= PLAIN_ERRORS
            return
        text = shown(made.parse_ask)
        assert text is not None
        assert oracle.readings(drawn.form, text)
        assert len(as_parsed(made.parse_ask(text))) > 0
        assert made.format_ask(made.parse_ask(text)) == text == shown(made.format_ask)
        assert len(text) <= MOST


TEXTS = {
    "quotes": r"""'(it''s "so"){1}'""",
    "three quotes": """'("{3}\\\\)+'""",
    "line ends": r"'a\n\tb\r?c'",
    "wide": "'好{60}'",
    "hidden": r"'\x1b\[31m\u200b\U000e0001'",
    "long": "'[a-z]{190}'",
    "too long": "'[a-z]{900}'",
    "blanks": "' x {40}y'",
    "empty": "'(){1}'",
    "a word": "'DONE|FAILED'",
}


@pytest.mark.few(4)
@pytest.mark.parametrize("pattern", TEXTS)
def test_odd_texts_are_shown_so_that_python_reads_them(tmp_path: Path, pattern: str) -> None:
    grammar = (
        f'types: {{Odd: {{text: {TEXTS[pattern]}, doc: \'Like """ or \\N{{x}}.\'}}}}\n'
        "operations: {Ask: {effect: read, result: Odd}}\n"
    )
    with made_alone(tmp_path, Port("POST", {"Ask": ()}), grammar=grammar) as alone:
        text = shown(alone.parse_ask)
        assert (text is None) == (pattern in ("too long", "empty"))
        if text is not None:
            assert alone.format_ask(alone.parse_ask(text)) == text
        source = (tmp_path / "out" / "alone" / "parsers.py").read_text(encoding="utf-8")
        assert max(map(display_width, source.split("\n"))) <= 100


def test_what_the_grammar_does_not_read_is_not_shown(tmp_path: Path) -> None:
    """Each example is held against the automaton, whatever it was put together from."""
    (service,) = check([put_minimal(tmp_path / "tiny")], tmp_path).services
    contract, compiled = service.contract, service.compiled
    other = WholeText("answer", *compile_result(contract.definitions, "Code", LineEnds.KEPT))
    assert samples_of(contract, compiled) == {"answer": "word,word"}
    wrong = replace(compiled, texts={"answer": other})
    assert samples_of(contract, wrong) == {"answer": "-1"}


def test_examples_are_what_a_reader_takes_in(tmp_path: Path) -> None:
    """Digits for digits, letters for letters, and what the document itself names."""
    grammar = """
types:
  Batch: {text: '[0-9]{12,24}', doc: 'Such as 2314357620085030623.'}
  Mobile: {text: '\\+?[0-9]+'}
  Pin: {text: '[0-9]{6}'}
  Plate: {text: '[A-Z]{2}-[0-9]{3}'}
  Place: {text: '[^;]*'}
  Count: {integer: '[0-9]{1,9}'}
  Price: {decimal: '[0-9]+\\.[0-9]{2}'}
  Day: {date: '%d.%m.%Y'}
  State: {enum: {'': NONE, OK: FINE}}
records:
  Row:
    separator: ;
    padding: whitespace
    fields: {batch: Batch, mobile: Mobile, pin: Pin, plate: Plate, count: Count, price: Price}
operations:
"""
    expected = {
        "Row": "2314357620085030623;13900000000;123456;AB-123;42;12.50",
        "Place": "place",
        "Day": "04.05.2031",
        "State": "OK",
        "Pin": "123456",
    }
    for name in expected:
        grammar += f"  {name}: {{effect: read, result: {name}}}\n"
    port = Port("POST", dict.fromkeys(expected, ()))
    with made_alone(tmp_path, port, grammar=grammar) as alone:
        found = {name: shown(getattr(alone, f"parse_{name.lower()}")) for name in expected}
    assert found == expected


PATTERNS = st.recursive(
    st.sampled_from(["a", "[0-9]", "[A-Z]", "[^,]", ".", "-", "好", r"\s", "[x-z0]", r"\x07"]),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda each: f"({'|'.join(each)})"),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{1,3}", "{3,}"])).map(
            lambda pair: f"({pair[0]}){pair[1]}"
        ),
    ),
    max_leaves=6,
)


@given(PATTERNS)
def test_any_form_has_an_example_of_its_own(pattern: str) -> None:
    """`re` is the judge."""
    spec, findings = spec_from_bytes(
        f"service: A\ntypes: {{Odd: {{text: '{pattern}'}}}}\n".encode(), "f"
    )
    assert findings == ()
    assert spec is not None
    leaf: Any = spec.definitions["Odd"]
    language = contents_of(leaf.form, LineEnds.KEPT, padded=False, nils=()).written
    kind = kind_of(leaf)
    for text in (natural_content(kind, language), shortest_content(kind, language)):
        assert text is not None
        assert re.fullmatch(pattern, text, re.DOTALL | re.ASCII)


@pytest.mark.parametrize("spec", ["{effect: read}", "{effect: read, doc: {en: Ours.}}", ""])
def test_words_of_an_operation_are_the_documents_where_the_grammar_has_none(
    tmp_path: Path, spec: str
) -> None:
    """On both sides, whether or not the grammar mentions the operation."""
    port = Port("SOAP11", {"Ask": ()}, docs={"Ask": "What is asked."})
    grammar = f"operations: {{Ask: {spec}}}\n" if spec else ""
    with made_alone(tmp_path, port, grammar=grammar) as alone:
        server = importlib.import_module("alone.server")
        for side in (alone.Client, alone.AsyncClient, alone.operations, server.Handlers):
            paragraphs = str(inspect.getdoc(side.ask)).split("\n\n")
            assert ("Ours." in paragraphs) == ("Ours" in spec)
            assert ("What is asked." in paragraphs) != ("Ours" in spec)
