"""The knowledge base holds what it set out to hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from goodpractice.config.project_folders import WRITTEN_FOLDERS
from goodpractice.content import open_project
from goodpractice.content.knowledge_base import KnowledgeBase
from tests.helpers.built_pages import BuiltSite
from tests.helpers.facts import rule

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}|[(<\"']mailto:", re.IGNORECASE)
#: Eight digits and more, grouped as telephone numbers are; not years and not decimals.
TELEPHONE = re.compile(r"(?<![\w./-])(?:\+|00|0|\()\d[\d() ./-]{6,}\d(?![\w-])|\btel:", re.IGNORECASE)
DATE = re.compile(r"\d{4}-\d{2}(-\d{2})?")


@pytest.fixture(scope="module")
def kb(project_root: Path) -> KnowledgeBase:
    return open_project(project_root).kb


def list_lines(project_root: Path) -> Iterator[tuple[str, str]]:
    """Every line of content, with its place; addresses of the web are left out."""
    files = [project_root / "partners.yml"]
    for folder in ("docs", *WRITTEN_FOLDERS, "case_studies", "data"):
        files += sorted(file for file in (project_root / folder).rglob("*") if file.suffix in (".md", ".yml"))
    for file in files:
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            yield f"{file.relative_to(project_root)}:{number}", re.sub(r"https?://[^\s)\"'>]+", "", line)


def test_every_plan_is_shown_whole(kb: KnowledgeBase, built_site: BuiltSite) -> None:
    for plan in kb.plans.values():
        assert all(strand.actions for strand in plan.strands)
        shown = built_site.pages[f"plans/{plan.id}/"].text.replace("’", "'")
        wanted = [part.title for part in (*plan.strands, *plan.domains, *plan.outcomes, *plan.actions)]
        wanted += [step.what for action in plan.actions for step in action.steps]
        wanted += [request.text for request in plan.requests]
        wanted += [wish for strand in plan.strands for wish in strand.also_asks_for]
        wanted += [entry.what for entry in (*plan.evidence, *plan.undated)]
        assert [text for text in wanted if " ".join(text.split()) not in shown] == []


@rule("chapters and themes say when they help")
def test_every_chapter_and_theme_says_when_it_helps(kb: KnowledgeBase) -> None:
    for table in (kb.chapters, kb.themes):
        assert [record_id for record_id, record in table.items() if not record.moments] == []


@rule("chapters have their boxes")
@pytest.mark.parametrize("macro", ["top_tip", "reflect", "wider_sector"])
def test_every_chapter_helps(kb: KnowledgeBase, macro: str) -> None:
    lacking = [
        document.path
        for (kind, _), document in kb.documents.items()
        if kind == "chapter" and not re.search(rf"\{{\{{-?\s*{macro}\(", document.body)
    ]
    assert lacking == []


@rule("chapters tell of cases")
def test_every_chapter_tells_of_a_case(kb: KnowledgeBase) -> None:
    example = re.compile(r"\{\{-?\s*case_stud(?:y|ies)\(|\]\(\.\./case_studies/[\w-]+\.md")
    lacking = [
        document.path
        for (kind, _), document in kb.documents.items()
        if kind == "chapter" and not example.search(document.body)
    ]
    assert lacking == []


@rule("chapters have their boxes")
def test_every_chapter_shows_its_boxes_and_sources(kb: KnowledgeBase, built_site: BuiltSite) -> None:
    lacking = []
    for chapter in kb.chapters:
        page = built_site.pages[f"handbook/{chapter}/"]
        lacking += [
            f"{page.url}: {box}" for box in ("gp-tip", "gp-reflect", "gp-wider", "gp-sources") if box not in page.html
        ]
    assert lacking == []


def test_contributed_stories_have_their_parts(kb: KnowledgeBase) -> None:
    lacking = [
        kb.documents["case_study", case_id].path
        for case_id, case in kb.case_studies.items()
        if case.contributed
        for heading in ("## What happened", "## What we learned")
        if heading not in kb.documents["case_study", case_id].body.splitlines()
    ]
    assert lacking == []


def test_every_story_says_what_happened(kb: KnowledgeBase) -> None:
    lacking = [
        kb.documents["case_study", case_id].path
        for case_id in kb.case_studies
        if "## What happened" not in kb.documents["case_study", case_id].body.splitlines()
    ]
    assert lacking == []


def test_no_email_address_is_published(project_root: Path, built_site: BuiltSite) -> None:
    lines = ((place, re.sub(r"@(\w+\.example|example\.org)\b", "", line)) for place, line in list_lines(project_root))
    assert [f"{place}: {line.strip()}" for place, line in lines if EMAIL.search(line)] == []
    shown = [
        page.url
        for page in built_site.pages.values()
        if EMAIL.search(re.sub(r"@(\w+\.example|example\.org)\b", "", page.text)) or 'href="mailto:' in page.html
    ]
    assert shown == []


def test_no_telephone_number_is_published(project_root: Path) -> None:
    found = []
    for place, line in list_lines(project_root):
        numbers = [match[0] for match in TELEPHONE.finditer(line) if not DATE.fullmatch(match[0])]
        found += [f"{place}: {number}" for number in numbers]
    assert found == []


@pytest.mark.parametrize("text", ["write to a.b@example.org", "Mail: X@Y.CO", "[x](mailto:x)"])
def test_email_addresses_are_recognised(text: str) -> None:
    assert EMAIL.search(text)


@pytest.mark.parametrize("text", ["ring 0115 915 5555", "+44 20 7942 4000", "(0131) 550-7800", "tel:123"])
def test_telephone_numbers_are_recognised(text: str) -> None:
    assert TELEPHONE.search(text)


@pytest.mark.parametrize("text", ["2014-2020", "2019 to 2021", "£1,300,000", "lat: 51.48", "reviewed_on: 2026-11-21"])
def test_other_numbers_are_no_telephone_numbers(text: str) -> None:
    assert not TELEPHONE.search(text)


def test_names_keep_their_accents(project_root: Path) -> None:
    lines = list(list_lines(project_root))
    # One character for a letter with its accent, so that searches find it.
    assert [place for place, line in lines if not unicodedata.is_normalized("NFC", line)] == []
    # What text becomes that was read in another encoding.
    assert [place for place, line in lines if re.search("Ã.|â€|\ufffd", line)] == []
