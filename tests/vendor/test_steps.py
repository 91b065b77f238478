"""`unstringly vendor`: after it every document that can be had is in the folder, and is read."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from tests.generator.services import read_tree
from tests.read.wsdl.test_imports import having, importing, interface, schema
from tests.vendor.projects import as_bytes, elements, importing_all, project, service_of, vendor
from tests.vendor.serving import redirect, serving

from unstringly.pipeline import build, check
from unstringly.plan.documents import served_pieces

PATHS = ("/a.xsd", "/a.xsd?v=2", "/sub/b.xsd", "/sub/c", "/d%20d.xsd")
LINKS = st.lists(st.tuples(st.sampled_from(("import", "include")), st.sampled_from(PATHS)))
WAYS = ("whole", "from the root", "relative")


def location(way: str, base: str, at: str, to: str) -> str:
    """A location in a document at a path, which leads to another path."""
    up = "../" if at.startswith("/sub/") else ""
    return {"whole": f"{base}{to}", "from the root": to, "relative": f"{up}{to[1:]}"}[way]


@given(
    st.dictionaries(st.sampled_from(PATHS), st.tuples(st.sampled_from(("", "urn:x")), LINKS)),
    LINKS,
    st.sampled_from(WAYS),
    st.sets(st.sampled_from(PATHS), max_size=1),
)
def test_whatever_can_be_reached_is_fetched_once_and_read(
    drawn: dict[str, tuple[str, list[tuple[str, str]]]],
    first: list[tuple[str, str]],
    way: str,
    broken: set[str],
) -> None:
    """What can be reached, searched here by paths: an included one without a namespace adopts."""
    documents = {path: drawn.get(path, ("", [])) for path in PATHS}
    with serving({}) as served:

        def written(own: str, at: str, links: list[tuple[str, str]]) -> str:
            lines = (
                f'<xs:{how} schemaLocation="{location(way, served.base, at, to)}"/>'
                for how, to in links
            )
            return schema(own, f'{"".join(lines)}<xs:element name="e{PATHS.index(at)}"/>')

        for path, (own, links) in documents.items():
            if path not in broken:
                served.answers[path] = written(own, path, links).encode()
        lines = "".join(f'<xs:{how} schemaLocation="{served.base}{to}"/>' for how, to in first)
        expected: set[tuple[str, str]] = set()
        wanted: set[str] = set()
        waiting = [(how, path, "urn:w") for how, path in first]
        while waiting:
            how, path, around = waiting.pop()
            own, links = documents[path]
            wanted.add(path)
            namespace = own or (around if how == "include" else "")
            name = (namespace, f"e{PATHS.index(path)}")
            if path not in broken and name not in expected:
                expected.add(name)
                waiting += [(then, other, namespace) for then, other in links]
        with project(having(schema("urn:w", lines))) as folder:
            status, said = vendor("--fetch")
            assert sorted(served.asked) == sorted(wanted), said
            assert elements(folder) == expected
            assert status == (1 if wanted & broken else 0)
            before = read_tree(folder)
            served.asked.clear()
            assert vendor("--fetch")[0] == status
            assert read_tree(folder) == before
            assert set(served.asked) == wanted & broken
            _, codes = service_of(folder)
            assert set(codes) == ({"W126"} if wanted & broken else set())


def test_the_service_s_side_serves_what_was_fetched() -> None:
    with serving({}) as served:
        served.answers |= as_bytes(
            {
                "/o.xsd": schema("urn:o", '<xs:include schemaLocation="/p.xsd"/>'),
                "/p.xsd": schema("", '<xs:element name="e1" type="xs:int"/>'),
            }
        )
        with project(importing_all(("urn:o", f"{served.base}/o.xsd"))) as folder:
            assert vendor("--fetch")[0] == 0
            service, codes = service_of(folder)
            assert codes == []
            assert [each.name.partition("-")[0] for each in service.documents] == [
                *("Tiny.wsdl", "vendored/o", "vendored/p"),
            ]
            text = str(served_pieces(service.documents))
            assert "/p.xsd" not in text
            assert f"{served.base}/o.xsd" not in text
            files = build(check([folder], Path.cwd()), whole=True)
            assert any("e1" in text for path, text in files.items() if path.endswith(".xsd"))


def test_files_that_are_there_are_mapped_and_not_fetched() -> None:
    files = {"types.xsd": schema("urn:o", '<xs:element name="e1"/>')}
    with serving({}) as served, project(having(), files) as folder:
        at = f"{served.base}/elsewhere?xsd=1"
        (folder / "Tiny.wsdl").write_text(importing_all(("urn:o", at)), encoding="utf-8")
        before = read_tree(folder)
        assert vendor("--dry-run")[0] == 0
        assert read_tree(folder) == before
        assert vendor("--fetch")[0] == 0
        assert served.asked == []
        assert f"- address: {at}\n  file: types.xsd\n" in read_tree(folder)["addresses.yaml"]
        assert elements(folder) == {("urn:o", "e1")}


def test_a_wsdl_is_fetched_with_its_own_imports() -> None:
    with serving({}) as served:
        served.answers |= as_bytes({"/i?wsdl": interface("j.wsdl"), "/j.wsdl": interface("i?wsdl")})
        with project(importing(f"{served.base}/i?wsdl")) as folder:
            assert vendor()[0] == 1
            assert vendor("--fetch")[0] == 0
            assert served.asked == ["/i?wsdl", "/j.wsdl"]
            assert service_of(folder)[1] == []


def test_relative_locations_count_from_where_the_wsdl_came_from() -> None:
    with serving({}) as served:
        served.answers |= as_bytes({"/s/S.svc?xsd=0": schema("urn:o", '<xs:element name="e1"/>')})
        with project(importing_all(("urn:o", "?xsd=0"))) as folder:
            status, said = vendor("--fetch")
            assert status == 1
            assert "--from" in said
            assert vendor("--fetch", f"--from={served.base}/s/S.svc?wsdl")[0] == 0
            assert elements(folder) == {("urn:o", "e1")}
            assert vendor()[0] == 0


def test_a_redirected_document_counts_from_where_it_is() -> None:
    with serving({"/o.xsd": redirect("/deep/o.xsd")}) as served:
        served.answers |= as_bytes(
            {
                "/deep/o.xsd": schema("urn:o", '<xs:include schemaLocation="p.xsd"/>'),
                "/deep/p.xsd": schema("urn:o", '<xs:element name="e1"/>'),
            }
        )
        with project(importing_all(("urn:o", f"{served.base}/o.xsd"))) as folder:
            assert vendor("--fetch")[0] == 0
            assert elements(folder) == {("urn:o", "e1")}


def test_a_chain_without_end_ends() -> None:
    with serving({}) as served:
        served.answers |= as_bytes(
            {f"/{n}": schema("urn:o", f'<xs:include schemaLocation="{n + 1}"/>') for n in range(50)}
        )
        with project(importing_all(("urn:o", f"{served.base}/0"))) as folder:
            assert vendor("--fetch")[0] == 1
            assert len(served.asked) < 20
            assert service_of(folder)[1] == ["W126"]


def test_too_many_documents_are_not_fetched() -> None:
    with serving({}) as served:
        served.answers |= as_bytes({f"/{n}": schema(f"urn:{n}", "") for n in range(110)})
        locations = [(f"urn:{n}", f"{served.base}/{n}") for n in range(110)]
        with project(importing_all(*locations)):
            assert vendor("--fetch")[0] == 1
            assert len(served.asked) == 100
            assert vendor("--fetch")[0] == 0
            assert len(served.asked) == 110
