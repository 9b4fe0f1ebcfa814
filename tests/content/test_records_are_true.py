"""What the records say is what their sources say: no invented year, no plan told as a result, nobody put in danger."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
import yaml

from goodpractice.content import open_project
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.i18n.dates import format_date
from goodpractice.kinds import CaseStudy, Chapter
from goodpractice.kinds.case_study.model import LEARNED, REPORTED, TAKEN
from tests.helpers.built_pages import BuiltSite

#: Case studies for which no source gives a year.
UNDATED = {
    "safe-haven-camp",
}
#: Stories about people who seek safety, whether or not the page names their group.
SEEK_SAFETY = {"techniquest-cardiff", "safe-haven-camp", "dynamic-earth-room"}
#: A building, street or part of a town with its name.
NAMED_PLACE = re.compile(
    r"\b(?:[A-Z][\w'’]+ )+(?:Hub|Hall|Street|Road|Lane|Church|Mosque|School|College|Library|House|Estate|Park)\b"
    r"|\b(?:Grangetown|Riverside|Butetown|SRCDC)\b"
)
WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b")
#: A verb that tells as done what the plan of the city only planned.
DONE = re.compile(
    r"\b(?:governed|governs|steered|steers|managed|manages|coordinated|coordinates|monitored|monitors|led|leads|met)\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def kb(project_root: Path) -> KnowledgeBase:
    return open_project(project_root).kb


def test_no_year_is_invented(kb: KnowledgeBase, built_site: BuiltSite) -> None:
    assert {case_id for case_id, case in kb.case_studies.items() if case.first_year is None} == UNDATED
    for case_id in UNDATED:
        assert "Not documented" in built_site.pages[f"case-studies/{case_id}/"].text
    glance = built_site.pages["at-a-glance/"].text
    shown = len(kb.case_studies) - len(UNDATED)
    assert f"{shown} case studies from 2012 to 2024" in built_site.pages["at-a-glance/"].html
    left_out = re.search(r"(\d+) case stud(?:y is|ies are) left out, because no year is documented", glance)
    assert left_out
    assert int(left_out[1]) == len(UNDATED)
    bounds = [c for c, case in kb.case_studies.items() if re.match(r"(?i)(?:grant )?(?:by|up to|until)\b", case.when)]
    assert bounds == []


def test_nobody_is_made_to_say_we_learned(kb: KnowledgeBase) -> None:
    told = {case_id for case_id, case in kb.case_studies.items() if not case.contributed and not case.contributors}
    assert told
    lines = {case_id: kb.documents["case_study", case_id].body.splitlines() for case_id in told}
    assert [case_id for case_id in told if f"## {LEARNED}" in lines[case_id]] == []
    headings = {line for body in lines.values() for line in body if line.startswith("## ")}
    assert {f"## {REPORTED}", f"## {TAKEN}"} <= headings
    # What the sources report stands before what the editors add.
    for case_id, body in lines.items():
        if f"## {TAKEN}" in body and f"## {REPORTED}" in body:
            assert body.index(f"## {REPORTED}") < body.index(f"## {TAKEN}"), case_id


def test_the_addresses_of_parts_that_were_renamed_still_lead_there(built_site: BuiltSite) -> None:
    page = built_site.pages["case-studies/lab13/"].html
    assert '<h2 id="what-the-sources-report" data-part="reported"><span id="what-we-learned"></span>' in page


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
    assert len(silent) >= 20
    wrong = [p for p in silent if "Chapters on what they do" in built_site.pages[f"partners/{p}/"].text]
    assert wrong == []


def test_the_plan_of_the_city_is_told_as_a_plan(kb: KnowledgeBase, project_root: Path) -> None:
    plan = kb.plans["stemworks"]
    assert not DONE.search(plan.governance or "")
    case = kb.case_studies["stemworks"]
    roles = [involved.role for involved in case.partners]
    assert [
        role for role in roles if DONE.search(role) and not re.search(r"was to|named as|listed", role, re.IGNORECASE)
    ] == []
    assert case.power is not None
    assert str(case.power.who_decided).startswith("By the plan")
    actions = [action for strand in plan.strands for action in strand.actions]
    assert [action.id for action in actions if not (action.detail or "").startswith("Planned:")] == []
    assert [
        strand.id for strand in plan.strands if strand.outcome and not strand.outcome.startswith("Planned to")
    ] == []
    milestones = {step.date: step.what for step in kb.programmes["stemworks"].milestones}
    assert milestones["2014-12"] == "Planned launch event of STEMWORKS."
    members = [
        *(kb.partners[partner].name for group in plan.members for partner in group.partners),
        *(name for group in plan.members for name in group.names),
    ]
    names = set(members)
    assert names >= {
        "Nottingham City Council",
        "Nottingham City Museums",
        "Nottingham City Schools",
        "Nottingham City Homes",
        "Nottingham City Youth Cabinet",
    }
    assert len(members) == len(names) == 26
    assert plan.strands[1].title == "More links between industry and schools, and better attainment"


def test_the_bus_story_has_no_more_drama_than_its_source(project_root: Path) -> None:
    text = (project_root / "case_studies/dynamic-earth-bus.md").read_text(encoding="utf-8")
    assert not re.search(r"\bhired?\b|said no|declined?|turned down|refused?|overruled?|booked\b", text)


@pytest.mark.parametrize("case_id", sorted(SEEK_SAFETY))
def test_no_page_says_where_people_who_seek_safety_meet(kb: KnowledgeBase, project_root: Path, case_id: str) -> None:
    text = (project_root / f"case_studies/{case_id}.md").read_text(encoding="utf-8")
    for partner in kb.partners.values():
        text = text.replace(partner.name, "")
    assert NAMED_PLACE.findall(text) == []
    assert WEEKDAY.findall(text) == []
    assert "Women Seeking Sanctuary" not in text
    assert "Safe Haven" not in text
    assert kb.case_studies[case_id].place in ("Cardiff", "Edinburgh")


def test_no_page_ties_a_group_that_seeks_safety_to_its_sessions(kb: KnowledgeBase, built_site: BuiltSite) -> None:
    assert list(kb.select_case_studies(partner="women-seeking-sanctuary")) == []
    listed = built_site.pages["programmes/eyu-4/"].html.partition('id="partner-women-seeking-sanctuary"')[2]
    entry = listed.partition("</li>")[0]
    assert "Women Seeking Sanctuary" in entry
    assert not re.search(r"Techniquest|session|Cardiff|href", entry)


def test_a_kind_is_printed_only_where_it_is_confirmed(kb: KnowledgeBase, built_site: BuiltSite) -> None:
    for partner_id in ("science-ceilidh", "confetti"):
        assert kb.partners[partner_id].kind is None
        kicker = built_site.pages[f"partners/{partner_id}/"].html.partition('gp-chapter-head__kicker">')[2]
        assert kicker.partition("</p>")[0].endswith("</a>")


def test_every_source_is_cited(project_root: Path, kb: KnowledgeBase) -> None:
    folders = ("case_studies", "docs", "handbook")
    texts = [file.read_text(encoding="utf-8") for name in folders for file in (project_root / name).rglob("*.md")]
    texts += [f.read_text(encoding="utf-8") for f in (project_root / "data").glob("*.yml") if f.name != "sources.yml"]
    texts.append((project_root / "partners.yml").read_text(encoding="utf-8"))
    everything = "\n".join(texts)
    unused = [
        entry.id
        for entry in kb.publications.values()
        if not re.search(rf"(?<![\w-]){re.escape(entry.id)}(?![\w-])", everything)
        and not (entry.url and entry.url in everything)
    ]
    assert unused == []


def test_what_a_partner_brings_rests_on_the_page_that_says_so(project_root: Path) -> None:
    partners = yaml.safe_load((project_root / "partners.yml").read_text(encoding="utf-8"))["partners"]
    (earth,) = [entry for entry in partners if entry["id"] == "dynamic-earth"]
    (rooms,) = [asset for asset in earth["brings"] if asset["what"].startswith("Rooms")]
    assert rooms["source"] == "https://inclusion.sciencecentres.org.uk/case-studies/bold-futures-dynamic-earth"


def test_a_partner_with_an_entry_only_is_found_where_its_address_leads(
    kb: KnowledgeBase, built_site: BuiltSite
) -> None:
    listed = [partner for partner in kb.partners.values() if partner.listed_in]
    assert listed
    for partner in listed:
        assert not partner.brings, f"{partner.id} brings something: let it have a page, without `listed_in`"
        moved = built_site.moved[f"partners/{partner.id}/"]
        path, _, anchor = (
            urljoin(f"/{moved.url}", (moved.refresh or "").partition("url=")[2]).removeprefix("/").partition("#")
        )
        assert anchor in built_site.pages[path].ids


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
    assert copies
    assert [entry.id for entry in copies if not entry.held_by] == []
    assert [entry.id for entry in copies if entry.publisher and KEEPERS.search(entry.publisher.lower())] == []
