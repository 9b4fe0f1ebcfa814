"""What the records say is what their sources say: no invented year, no plan told as a result, nobody put in danger."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urljoin

import pytest

from goodpractice.content import open_project
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.i18n.dates import format_date
from goodpractice.kinds import CaseStudy, Chapter
from goodpractice.kinds.case_study.model import LEARNED, REPORTED
from goodpractice.kinds.case_study.skeleton import read_skeleton
from tests.helpers.built_pages import BuiltSite
from tests.helpers.facts import rule


@pytest.fixture(scope="module")
def kb(project_root: Path) -> KnowledgeBase:
    return open_project(project_root).kb


def test_no_year_is_invented(kb: KnowledgeBase, built_site: BuiltSite) -> None:
    years = {case_id: case.first_year for case_id, case in kb.case_studies.items()}
    undated = [case_id for case_id, year in years.items() if year is None]
    known = [year for year in years.values() if year is not None]
    glance = built_site.pages["at-a-glance/"]
    assert f"{len(known)} case studies from {min(known)} to {max(known)}" in glance.html
    left_out = re.search(r"(\d+) case stud(?:y is|ies are) left out, because no year is documented", glance.text)
    assert int(left_out[1] if left_out else 0) == len(undated)
    for case_id in undated:
        assert "Not documented" in built_site.pages[f"case-studies/{case_id}/"].text
    bounds = [c for c, case in kb.case_studies.items() if re.match(r"(?i)(?:grant )?(?:by|up to|until)\b", case.when)]
    assert bounds == []


def test_nobody_is_made_to_say_we_learned(kb: KnowledgeBase) -> None:
    told = {case_id for case_id, case in kb.case_studies.items() if not case.contributed and not case.contributors}
    lines = {case_id: kb.documents["case_study", case_id].body.splitlines() for case_id in told}
    assert [case_id for case_id in told if f"## {LEARNED}" in lines[case_id]] == []
    # What the sources report stands before what the editors add.
    for case_id, body in lines.items():
        if "## What we take from it" in body and f"## {REPORTED}" in body:
            assert body.index(f"## {REPORTED}") < body.index("## What we take from it"), case_id


def test_pages_say_who_wrote_them_and_that_nobody_reviewed_them(kb: KnowledgeBase, built_site: BuiltSite) -> None:
    def said(record: CaseStudy | Chapter) -> str:
        day = format_date(record.written_on)
        return f"Written from published sources on {day}; not yet reviewed by a named person."

    for case_id, case in kb.case_studies.items():
        if case.written_on and not (case.reviewed_by or case.contributed or case.contributors):
            text = built_site.pages[f"case-studies/{case_id}/"].text
            assert said(case) in text
            assert "The editors of this site wrote it: “we” means them, and the advice is theirs." in text
    for chapter_id, chapter in kb.chapters.items():
        if not chapter.reviewed_by:
            page = built_site.pages[f"handbook/{chapter_id}/"]
            assert said(chapter) in page.text
            assert "Reviewed" not in page.html.partition("</header>")[0].partition("<main")[2]


def test_a_partner_without_themes_gets_no_chapters(kb: KnowledgeBase, built_site: BuiltSite) -> None:
    silent = [
        partner.id
        for partner in kb.partners.values()
        if not partner.listed_in and not any(case.themes for _, case in kb.select_case_studies(partner=partner.id))
    ]
    heading = "Chapters on the themes of their case studies"
    wrong = [p for p in silent if heading in built_site.pages[f"partners/{p}/"].text]
    assert wrong == []


def test_a_kind_is_printed_only_where_it_is_confirmed(kb: KnowledgeBase, built_site: BuiltSite) -> None:
    for partner in kb.partners.values():
        if partner.kind is None and not partner.listed_in:
            kicker = built_site.pages[f"partners/{partner.id}/"].html.partition('gp-chapter-head__kicker">')[2]
            assert kicker.partition("</p>")[0].endswith("</a>")


@rule("the form names our bands of money")
def test_bands_in_the_form_are_ours(kb: KnowledgeBase) -> None:
    (line,) = re.findall(r"(?m)^# money: \"\" +# (.*) \(£\)$", read_skeleton())
    assert re.split(r", | or ", line) == list(kb.choices["money_band"])


@rule("our sources are cited")
def test_every_source_is_cited(project_root: Path, kb: KnowledgeBase) -> None:
    folders = ("case_studies", "docs", "handbook")
    texts = [file.read_text(encoding="utf-8") for name in folders for file in (project_root / name).rglob("*.md")]
    texts += [f.read_text(encoding="utf-8") for f in (project_root / "data").glob("*.yml") if f.name != "sources.yml"]
    texts.append((project_root / "partners.yml").read_text(encoding="utf-8"))
    everything = "\n".join(texts)
    words = set(re.findall(r"[\w-]+", everything))
    unused = [
        entry.id
        for entry in kb.publications.values()
        if entry.id not in words and not (entry.url and entry.url in everything)
    ]
    assert unused == []


def test_a_partner_with_an_entry_only_is_found_where_its_address_leads(
    kb: KnowledgeBase, built_site: BuiltSite
) -> None:
    listed = [partner for partner in kb.partners.values() if partner.listed_in]
    for partner in listed:
        assert not partner.brings, f"{partner.id} brings something: let it have a page, without `listed_in`"
        moved = built_site.moved[f"partners/{partner.id}/"]
        path, _, anchor = (
            urljoin(f"/{moved.url}", (moved.refresh or "").partition("url=")[2]).removeprefix("/").partition("#")
        )
        assert anchor in built_site.pages[path].ids


@rule("no profile is a stub")
def test_no_profile_is_a_stub(kb: KnowledgeBase) -> None:
    told = {
        partner.id
        for partner in kb.partners.values()
        if partner.brings or partner.listed_in or list(kb.select_case_studies(partner=partner.id))
    }
    assert kb.partners.keys() - told == set(), "say what they bring, or list them in a programme: `listed_in`"


#: Hosts that keep what others published.
KEEPERS = re.compile(
    r"docslib|doczz|scribd|docstoc|123dok|vdocuments|dokumen\.tips|docplayer|pressreader|readkong|owiki|self\.gutenberg"
    r"|web\.archive|//staging"
)


def test_a_copy_names_its_publisher_apart_from_who_holds_it(kb: KnowledgeBase) -> None:
    copies = [entry for entry in kb.publications.values() if KEEPERS.search(entry.url or "")]
    assert [entry.id for entry in copies if not entry.held_by] == []
    assert [entry.id for entry in copies if entry.publisher and KEEPERS.search(entry.publisher.lower())] == []
