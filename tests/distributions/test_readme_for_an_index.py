"""The README of an installed or published distribution has no link that leads nowhere."""

import importlib.util
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
LINK = re.compile(r"\]\(([^)]*)\)")


def loaded() -> Callable[[str, str | None], str]:
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    shown: Callable[[str, str | None], str] = module.for_an_index
    return shown


for_an_index = loaded()


def outside_code(text: str) -> str:
    return re.sub(r"^( *)```.*?^\1```$|`[^`\n]+`", "", text, flags=re.MULTILINE | re.DOTALL)


def anchors(text: str) -> set[str]:
    """Return the anchors of a page's headings, as hosts of repositories make them."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {
        re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-") for heading in headings
    }


def test_links_lead_to_the_tag() -> None:
    shown = for_an_index(README, "https://host.example/unstringly/blob/v1/")
    targets = LINK.findall(outside_code(shown))
    ours = LINK.findall(outside_code(README))
    assert len(targets) == len(ours) > 5
    for target, path in zip(targets, ours, strict=True):
        assert target == f"https://host.example/unstringly/blob/v1/{path}"
        file, _, anchor = path.partition("#")
        assert (ROOT / file).exists()
        if anchor:
            assert anchor in anchors((ROOT / file).read_text(encoding="utf-8"))


def test_without_an_address_their_words_are_kept() -> None:
    shown = for_an_index(README, None)
    assert LINK.findall(outside_code(shown)) == []
    assert "CONTRIBUTING.md, CHANGELOG.md" in shown


@pytest.mark.parametrize("base", [None, "https://host.example/"])
def test_code_stays_as_it_is(base: str | None) -> None:
    fences = re.findall(r"^ *```.*?^ *```$", README, re.MULTILINE | re.DOTALL)
    assert len(fences) > 10
    shown = for_an_index(README, base)
    for fence in fences:
        assert fence in shown


@pytest.mark.parametrize(
    "text", ["[a](https://host.example/b)", "[a](#part)", "[a](mailto:a@host.example)", "`a[0](b)`"]
)
def test_other_links_stay(text: str) -> None:
    assert for_an_index(text, None) == text


@given(st.text(alphabet="[]()`ab\n #:/"))
def test_no_text_is_lost(text: str) -> None:
    def letters(of: str) -> str:
        return re.sub(r"[^ab]", "", re.sub(r"\]\([^()\s]+\)", "]", of))

    assert letters(for_an_index(text, "")) == letters(text)
