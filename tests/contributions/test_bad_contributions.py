"""Every bad contribution gets its exact messages, and changes no page but its own."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

from goodpractice.config.settings import load_settings
from goodpractice.content import load_project
from goodpractice.content.input_guards import is_there
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.diagnostics.reports import format_text
from goodpractice.diagnostics.rules import load_rules
from goodpractice.markdown.editors import EditorsMarkdown
from goodpractice.pages import LinkResolver, make_page_index, plan_pages
from goodpractice.render import Inputs, render_page
from goodpractice.render.registration import collect_macros
from tests.helpers.bad_contributions import Bad, contribute, read_contributions, write_story
from tests.helpers.golden_cases import check_folder
from tests.helpers.projects import SMALL

BAD = read_contributions()


def render_all(root: Path, kb: KnowledgeBase) -> dict[str, str]:
    """Main content of every page, by address."""
    settings = load_settings(root)
    collected = collect_macros(root, kb)
    pages = plan_pages(kb)
    addresses = LinkResolver(make_page_index(pages), lambda path: is_there(root, path))
    editors = EditorsMarkdown(settings.extensions, settings.configs)
    inputs = Inputs(kb, addresses, collected.macros, editors, "https://github.com/OWNER/REPOSITORY")
    rendered = {}
    for page in pages:
        document = kb.documents.get((page.kind, page.id))
        written = page.kind in ("doc", "chapter") and document is not None
        rendered[page.url] = render_page(page, inputs, collected.expand(document.body) if written else "").html
    return rendered


@cache
def pages_without() -> dict[str, str]:
    return render_all(SMALL, load_project(SMALL)[0])


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """Addresses of pages that a harmless story, and a harmless entry of the directory, change too."""
    changed: set[str] = set()
    there = "region: Wales\ncountry: United Kingdom\n"
    for number, bad in enumerate((Bad("", ""), Bad("", "", facts=there), Bad("", "", partner={}))):
        root = contribute(bad, tmp_path_factory.mktemp(f"harmless-{number}") / "project")
        if bad.partner is None:
            write_story(root, bad.facts or "")
        kb, diagnostics = load_project(root)
        assert not diagnostics
        after = render_all(root, kb)
        changed |= {url for url, source in after.items() if pages_without().get(url) != source}
    assert changed
    assert set(pages_without()) - changed
    return frozenset(changed)


class Elements(HTMLParser):
    """Elements, with the names of their attributes."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.found: set[tuple[str, str]] = set()
        self.addresses: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {(tag, ""), *((tag, name) for name, _ in attrs)}
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: f"{bad.file}: {bad.name}")
def test_bad_contribution(bad: Bad, tmp_path: Path, lists: frozenset[str]) -> None:
    root = contribute(bad, tmp_path / "project")
    project, found = check_folder(root)
    assert format_text(found) == bad.diagnostics.rstrip("\n")
    assert found, "a contribution that gets no message is not bad"

    # The build stops at any issue. Should somebody go on all the same, the other pages are as they were.
    after = render_all(root, project.kb)
    known = {element for source in pages_without().values() for element in Elements(source).found}
    for url, source in after.items():
        if url in pages_without() and url not in lists:
            assert source == pages_without()[url], url
            continue
        elements = Elements(source)
        assert elements.found - known <= {("a", "aria-label"), ("img", ""), ("img", "alt"), ("del", "")}, url
        for address in elements.addresses:
            assert not re.match(r"(?i)\s*(javascript|data|vbscript|file|gp):", address), (url, address)
    assert set(pages_without()) <= set(after)


def test_there_are_many() -> None:
    names = [(bad.file, bad.name) for bad in BAD]
    assert len(names) == len(set(names)) >= 60


def test_each_message_explains_itself() -> None:
    for bad in BAD:
        lines = bad.diagnostics.rstrip("\n").split("\n")
        codes = [line for line in lines if re.match(r"\S.*?:\d+:\d+: GP\d{3} ", line)]
        hints = [line for line in lines if line.startswith("  hint: ")]
        assert len(codes) == len(hints) == len(lines) / 2, bad.name
        assert all(re.search(r": (GP\d{3}) ", line)[1] in load_rules() for line in codes)
