"""Documents with odd names and in odd maps: each is fetched once at most, and no name leads out."""

from hashlib import sha256
from http.server import BaseHTTPRequestHandler
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.generator.services import read_tree
from tests.read.wsdl.test_imports import having, schema
from tests.vendor.projects import (
    as_bytes,
    elements,
    fetched,
    importing_all,
    project,
    service_of,
    vendor,
)
from tests.vendor.serving import Answer, redirect, serving

from unstringly.vendor.fetching import Fetched, NotFetched, request_of
from unstringly.vendor.once import Once

DIGEST: Final = "a" * 64
ODD: Final = (
    *("..", ".", "%2e%2e", "%2F", "%5c..", "C:", "CON", "~", "%00", "%", "%FF", "\u00e9", "*"),
    *("a b", "a%20b", "A B", "x" * 300, ".xsd", "a.xsd", "A.XSD", "a.xsd.", "-", "'", "|"),
)
STEPS: Final = st.sampled_from(ODD) | st.text("aB.-_~%2eE \\:;?=+\u00e9", max_size=6)
PATHS: Final = st.lists(STEPS, min_size=1, max_size=3).map("/".join)


class Everything(dict[str, Answer]):
    """The same document for every path; `lines` are those of the requests, as they came."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        self.lines.append(handler.requestline)
        data = schema("", "").encode()
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)

    def get(self, _: object, __: object = None, /) -> Answer:
        return self.answer


@settings(max_examples=min(settings().max_examples // 2, 30))
@given(st.lists(PATHS, min_size=1, max_size=4, unique=True))
def test_no_name_leads_out_and_none_is_fetched_twice(paths: list[str]) -> None:
    with serving({}) as served:
        served.answers = everything = Everything()
        lines = (f'<xs:import schemaLocation="{served.base}/{path}"/>' for path in paths)
        with project(having(schema("urn:w", "".join(lines)))) as folder:
            outside = read_tree(folder.parent.parent)
            assert vendor("--fetch")[0] == 0
            files = [name for name in read_tree(folder) if name.startswith("vendored/")]
            after = read_tree(folder.parent.parent)
            new = {name for name in after if name not in outside}
            assert new == {f"wsdl/tiny/{name}" for name in (*files, "addresses.yaml")}
            assert len(served.asked) == len(files) == len({name.lower() for name in files})
            assert len(set(everything.lines)) == len(served.asked)
            assert vendor("--fetch") == (0, "tiny: all documents are there\n")
            assert service_of(folder)[1] == []


def entry(address: str, file: str, digest: str = DIGEST) -> str:
    return f"- address: {address}\n  file: {file}\n  sha256: {digest}\n"


@pytest.mark.parametrize(
    ("file", "is_asked", "why"),
    [
        ("../../x.xsd", False, "is not in the folder of the service"),
        ("/tmp/x.xsd", False, "is not in the folder of the service"),
        ('"a\\0b.xsd"', False, "cannot be written"),
        (f"vendored/{'x' * 300}.xsd", True, "cannot be written"),
        ("Tiny.wsdl/x.xsd", True, "cannot be written"),
        ("vendored", True, "is there already"),
    ],
)
def test_a_file_that_cannot_be_written_costs_its_document(
    file: str, is_asked: bool, why: str
) -> None:
    """And is not even asked for, where that is known before."""
    with serving({}) as served:
        documents = {path: schema(f"urn:{path[1]}", "") for path in ("/o.xsd", "/p.xsd")}
        served.answers |= as_bytes(documents)
        wsdl = importing_all(*((f"urn:{path[1]}", served.base + path) for path in documents))
        with project(wsdl, {"addresses.yaml": entry(f"{served.base}/o.xsd", file)}) as folder:
            (folder / "vendored").mkdir()
            status, said = vendor("--fetch")
            assert (status, why in said) == (1, True), said
            assert f"tiny: missing: {served.base}/o.xsd: " in said
            assert served.asked == ["/o.xsd"] * is_asked + ["/p.xsd"]
            assert [name for name in read_tree(folder) if name.startswith("vendored/p-")]
            assert service_of(folder)[1] == ["W141", "W126"]


@pytest.mark.parametrize("file", ["vendored/a%20b.xsd", "'%2e%2e/a.xsd'", "'a: b.xsd'", "a%zz.xsd"])
def test_a_path_in_the_map_is_no_address(file: str) -> None:
    """What looks like an escape in it is a part of the name."""
    with serving({"/o.xsd": schema("urn:o", '<xs:element name="e1"/>').encode()}) as served:
        at = f"{served.base}/o.xsd"
        with project(importing_all(("urn:o", at)), {"addresses.yaml": entry(at, file)}) as folder:
            assert vendor("--fetch")[0] == 0
            assert served.asked == ["/o.xsd"]
            assert (folder / file.strip("'")).is_file()
            assert elements(folder) == {("urn:o", "e1")}
            assert vendor("--fetch") == (0, "tiny: all documents are there\n")


def test_digests_that_no_longer_fit_are_written_each_in_its_place() -> None:
    with serving({}) as served:
        documents = {f"/{name}.xsd": schema(f"urn:{name}", "") for name in "abc"}
        served.answers |= as_bytes(documents)
        wsdl = importing_all(*((f"urn:{path[1]}", served.base + path) for path in documents))
        mine = "".join(entry(f"{served.base}{path}", f"v{path}") for path in documents)
        mine = mine.replace("- address", "# mine\r\n- address", 1) + f"# {DIGEST}\n"
        with project(wsdl) as folder:
            (folder / "addresses.yaml").write_bytes(mine.encode())
            assert vendor("--fetch")[0] == 0
            assert service_of(folder)[1] == []
            for text in documents.values():
                mine = mine.replace(DIGEST, sha256(text.encode()).hexdigest(), 1)
            assert (folder / "addresses.yaml").read_bytes() == mine.encode()


def test_a_digest_of_a_changed_file_is_told() -> None:
    with fetched() as (_, path, served):
        path.write_text(schema("urn:o", '<xs:element name="e2"/>'), encoding="utf-8")
        status, said = vendor("--fetch")
        assert (status, served.asked) == (0, ["/o.xsd"])
        assert "W140" in said
        assert "is not as it was fetched" in said


@pytest.mark.parametrize(
    ("location", "names", "expected"),
    [
        ("schemas\\types.xsd", ["types.xsd"], "types.xsd"),
        ("..\\types.xsd", ["deep/Types.xsd"], "deep/Types.xsd"),
        ("C:\\work\\types.xsd", ["Types.xsd"], "Types.xsd"),
        ("\\\\host\\types.xsd", ["types.XSD"], "types.XSD"),
        ("http://h/types.xsd", ["Types.xsd", "types.xsd"], "types.xsd"),
        ("http://h/types.xsd", ["TYPES.xsd", "Types.xsd"], ""),
        ("http://h/my%20types.xsd", ["my types.xsd"], "my types.xsd"),
        ("http://h/my types.xsd", ["My Types.xsd"], "My Types.xsd"),
        ("http://h/t%2573.xsd", ["t%73.xsd"], "t%73.xsd"),
    ],
)
def test_files_with_odd_names_are_found(location: str, names: list[str], expected: str) -> None:
    files = dict.fromkeys(names, schema("urn:o", '<xs:element name="e1"/>'))
    with project(importing_all(("urn:o", location)), files) as folder:
        status, said = vendor()
        assert (status == 0) == bool(expected), said
        assert (f"{location} is {expected}\n" in said) == bool(expected)
        assert elements(folder) == ({("urn:o", "e1")} if expected else set())


def test_a_redirect_is_told() -> None:
    with serving({"/o.xsd": redirect("/deep/o.xsd")}) as served:
        served.answers["/deep/o.xsd"] = schema("urn:o", "").encode()
        with project(importing_all(("urn:o", f"{served.base}/o.xsd"))):
            assert f", redirected to {served.base}/deep/o.xsd\n" in vendor("--fetch")[1]


SPELLINGS: Final = (
    "http://h/a%20b%7e?q=%c3",
    *("HTTP://H/a b~?q=%C3", "http://h:80/a%20b~?q=%c3", "http://h:/a%20%62~?q=%c3"),
)


def test_spellings_of_an_address_are_one_request() -> None:
    assert len(set(map(request_of, SPELLINGS))) == 1
    others = ("https://h/a b~?q=%C3", "http://h:81/a b~?q=%C3", "http://h/a%2Fb", "http://h/a/b")
    assert len({*map(request_of, others), request_of(SPELLINGS[0])}) == 1 + len(others)


@pytest.mark.parametrize("most", [0, 10])
def test_what_came_or_not_is_asked_once(most: int) -> None:
    """But for documents that are too large to be remembered."""
    asked: list[str] = []

    def fetch(address: str) -> Fetched:
        asked.append(address)
        if "none" in address:
            raise NotFetched("it is not there")
        return Fetched(b"<a/>", address)

    once = Once(fetch, most)
    for address in SPELLINGS:
        assert once(address).data == b"<a/>"
        with pytest.raises(NotFetched, match="it is not there"):
            once(address.replace("/a", "/none"))
    assert len(asked) == (2 if most else 1 + len(SPELLINGS))
