"""Chapters and case studies are found by the words that readers come with, and show none of them."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

import pytest

from goodpractice.content import open_project
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.kinds import CASE_STUDY, CHAPTER
from tests.helpers.built_pages import BuiltSite
from tests.helpers.facts import rule

FOLDERS = {CHAPTER: "handbook/", CASE_STUDY: "case-studies/", "doc": ""}


@pytest.fixture(scope="module")
def kb(project_root: Path) -> KnowledgeBase:
    return open_project(project_root).kb


def list_pages(kb: KnowledgeBase, site: BuiltSite) -> Iterator[tuple[str, str, Path]]:
    for kind, record_id in kb.documents:
        if kind in FOLDERS and kb.find_situations(kind, record_id):
            file = site.find(f"{site.base}{FOLDERS[kind]}{record_id.removesuffix('.md')}/")
            assert file is not None
            yield kind, record_id, file


def test_every_phrase_belongs_to_a_heading_of_its_page(kb: KnowledgeBase, built_site: BuiltSite) -> None:
    pages = list(list_pages(kb, built_site))
    assert pages
    for kind, record_id, file in pages:
        anchors = set(kb.find_situations(kind, record_id)) - {""}
        assert anchors - built_site.anchors(file) == set(), f"of {record_id}"


def test_no_page_holds_a_phrase(kb: KnowledgeBase, built_site: BuiltSite) -> None:
    for kind, record_id, file in list_pages(kb, built_site):
        html = file.read_text(encoding="utf-8")
        assert "<!-- situations" not in html
        phrases = [phrase for found in kb.find_situations(kind, record_id).values() for phrase in found]
        assert [phrase for phrase in phrases if len(phrase.split()) > 5 and escape(phrase, quote=False) in html] == []


@rule("chapters and case studies have phrases")
def test_every_chapter_and_case_study_has_phrases(kb: KnowledgeBase) -> None:
    # That no section of a chapter with phrases lacks them is a rule of the check.
    whole = {chapter_id: len(kb.find_situations(CHAPTER, chapter_id).get("", ())) for chapter_id in kb.chapters.raw}
    assert {chapter_id: number for chapter_id, number in whole.items() if not 3 <= number <= 8} == {}
    # Whoever sends in a story need not write any: an editor adds them.
    told = {case_id: case for case_id, case in kb.case_studies.raw.items() if not case.contributed}
    cases = {case_id: len(case.situations) for case_id, case in told.items()}
    assert {case_id: number for case_id, number in cases.items() if number < 5} == {}
