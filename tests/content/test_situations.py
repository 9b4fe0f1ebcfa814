"""Chapters and case studies are found by the words that readers come with, and show none of them."""

from __future__ import annotations

from html import escape
from pathlib import Path

import pytest

from goodpractice.content import open_project
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.kinds import CHAPTER
from tests.helpers.built_pages import BuiltSite


@pytest.fixture(scope="module")
def kb(project_root: Path) -> KnowledgeBase:
    return open_project(project_root).kb


def test_every_phrase_belongs_to_a_heading_of_its_page(kb: KnowledgeBase, built_site: BuiltSite) -> None:
    for chapter_id in kb.chapters.raw:
        file = built_site.find(f"{built_site.base}handbook/{chapter_id}/")
        assert file is not None
        anchors = set(kb.list_situations(CHAPTER, chapter_id)) - {""}
        assert anchors - built_site.anchors(file) == set(), f"of {chapter_id}"


def test_no_page_holds_a_phrase(kb: KnowledgeBase, built_site: BuiltSite) -> None:
    for chapter_id in kb.chapters.raw:
        file = built_site.find(f"{built_site.base}handbook/{chapter_id}/")
        assert file is not None
        html = file.read_text(encoding="utf-8")
        phrases = [phrase for found in kb.list_situations(CHAPTER, chapter_id).values() for phrase in found]
        assert "situations" not in html.replace("situations:", "")
        assert [phrase for phrase in phrases if len(phrase.split()) > 5 and escape(phrase, quote=False) in html] == []


def test_every_chapter_and_case_study_has_phrases(kb: KnowledgeBase) -> None:
    # That no section of a chapter with phrases lacks them is a rule of the check.
    whole = {chapter_id: len(kb.list_situations(CHAPTER, chapter_id).get("", ())) for chapter_id in kb.chapters.raw}
    assert {chapter_id: number for chapter_id, number in whole.items() if not 3 <= number <= 8} == {}
    cases = {case_id: len(case.situations) for case_id, case in kb.case_studies.raw.items()}
    assert {case_id: number for case_id, number in cases.items() if number < 5} == {}
