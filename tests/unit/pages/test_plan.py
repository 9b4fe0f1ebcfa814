from __future__ import annotations

import collections

import pytest

from goodpractice.content import Project
from goodpractice.content.document import Document
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.kinds.paging import PAGE_SIZE, count_pages, page_url
from goodpractice.kinds.registry import COLLECTIONS
from goodpractice.pages import Page, plan_pages
from goodpractice.pages.page import make_page_index
from goodpractice.query.tracking import Table
from goodpractice.render import VIEWS
from tests.helpers.projects import many_cases


def test_every_address_is_used_once(repository: Project) -> None:
    pages = plan_pages(repository.kb)
    for what in ("url", "src_uri"):
        used = collections.Counter(getattr(page, what) for page in pages)
        assert [value for value, times in used.items() if times > 1] == []


def test_a_story_and_a_partner_called_index_do_not_take_the_place_of_a_list(repository: Project) -> None:
    kb = repository.kb
    case, partner = next(iter(kb.case_studies.raw.values())), next(iter(kb.partners.raw.values()))
    kb = kb.with_tables(
        Table("case_study", {"index": case.model_copy(update={"region": "Index"})}),
        Table("partner", {"index": partner.model_copy(update={"id": "index"})}),
    )
    for what in ("url", "src_uri"):
        used = [getattr(page, what) for page in plan_pages(kb)]
        assert len(used) == len(set(used))


def test_every_page_has_a_source_that_exists(repository: Project) -> None:
    for page in plan_pages(repository.kb):
        assert (repository.root / page.source).exists(), page.url
        assert page.source.endswith("/") == (repository.root / page.source).is_dir()


def test_every_page_has_a_title_and_a_layout(repository: Project) -> None:
    for page in plan_pages(repository.kb):
        assert page.title.strip()
        assert page.kind == "doc" or page.macro in VIEWS
        assert page.kind == "doc" or page.description.strip(), page.url


def test_every_record_has_its_page(repository: Project) -> None:
    kb = repository.kb
    pages = {(page.kind, page.id) for page in plan_pages(kb)}
    for kind in ("partner", "theme", "programme", "network", "chapter", "case_study"):
        assert {record_id for page_kind, record_id in pages if page_kind == kind} == set(kb.table(kind))
    for kind in COLLECTIONS:
        assert ("index", kind) in pages


def test_addresses_are_relative_and_end_with_a_slash(repository: Project) -> None:
    for page in plan_pages(repository.kb):
        assert not page.url.startswith("/")
        assert page.url == "" or page.url.endswith("/")
        assert page.url == page.url.lower()


def test_previous_and_next_meet(repository: Project) -> None:
    pages = {page.url: page for page in plan_pages(repository.kb)}
    for page in pages.values():
        if page.next:
            assert pages[page.next].previous == page.url
            assert pages[page.next].kind == page.kind
        if page.previous:
            assert pages[page.previous].next == page.url
    for kind in ("chapter", "case_study"):
        ends = [page for page in pages.values() if page.kind == kind and not page.language and not page.next]
        assert len(ends) == 1


def test_an_empty_knowledge_base_has_no_lists() -> None:
    assert {page.kind for page in plan_pages(KnowledgeBase())} <= {"overview"}


def test_a_section_without_entries_has_no_index(small: Project) -> None:
    kb = small.kb.with_tables(Table("event"))
    assert not [page for page in plan_pages(kb) if page.url.startswith("events/")]


def test_long_lists_are_paginated(small: Project) -> None:
    kb = many_cases(small, PAGE_SIZE + 1)
    pages = plan_pages(kb)
    indexes = [page for page in pages if page.kind == "index" and page.id == "case_study"]
    assert [(page.url, page.number, page.of) for page in indexes] == [
        ("case-studies/", 1, 2),
        ("case-studies/page/2/", 2, 2),
    ]
    assert indexes[1].title == "Case studies, page 2 of 2"
    profile = [page.url for page in pages if page.kind == "partner" and page.id == "hill-museum"]
    assert profile == ["partners/hill-museum/", "partners/hill-museum/page/2/"]
    assert len([page for page in pages if page.kind == "theme" and page.id == "trust"]) == 2
    assert len({page.url for page in pages}) == len(pages)


@pytest.mark.parametrize(("entries", "pages"), [(0, 1), (1, 1), (50, 1), (51, 2), (100, 2), (101, 3)])
def test_count_pages(entries: int, pages: int) -> None:
    assert count_pages(entries) == pages


def test_the_first_page_of_a_list_has_the_address_of_the_list() -> None:
    assert page_url("themes/", 1) == "themes/"
    assert page_url("themes/", 3) == "themes/page/3/"


@pytest.mark.parametrize(
    ("doc_id", "url", "title"),
    [
        ("index.md", "", "From the heading"),
        ("about.md", "about/", "From the heading"),
        ("decisions/index.md", "decisions/", "From the heading"),
        ("decisions/0001-x.md", "decisions/0001-x/", "From the heading"),
    ],
)
def test_pages_written_in_place(doc_id: str, url: str, title: str) -> None:
    document = Document(f"docs/{doc_id}", "Text\n# From the heading\n")
    page = plan_pages(KnowledgeBase(documents={("doc", doc_id): document}))[0]
    assert (page.url, page.title, page.src_uri, page.source) == (url, title, doc_id, f"docs/{doc_id}")


def test_titles_of_pages_written_in_place() -> None:
    def title(body: str, **meta: object) -> str:
        document = Document("docs/a/name.md", body, 1, meta)
        return plan_pages(KnowledgeBase(documents={("doc", "a/name.md"): document}))[0].title

    assert title("# Heading", title="Given") == "Given"
    assert title("# Heading") == "Heading"
    assert title("Text") == "name"


def test_files_lead_to_their_page() -> None:
    pages = [
        Page("doc", "index.md", "", "Home", "", "docs/index.md"),
        Page("index", "partner", "partners/", "Partners", "", "partners.yml"),
        Page("index", "partner", "partners/page/2/", "Partners", "", "partners.yml", number=2),
        Page("partner", "a", "partners/a/", "A", "", "partners.yml"),
        Page("index", "chapter", "handbook/", "Handbook", "", "handbook/"),
    ]
    found = {source: page.url for source, page in make_page_index(pages).by_source.items()}
    assert found == {"docs/index.md": "", "partners.yml": "partners/", "handbook": "handbook/"}


def test_titles_and_descriptions_have_the_marks_of_print(repository: Project) -> None:
    for page in plan_pages(repository.kb):
        assert not set("'\"") & set(page.title + page.description), page.url
