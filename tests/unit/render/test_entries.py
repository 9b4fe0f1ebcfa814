"""A partner that is told on the page of a programme, members by role, and invitations to tell more."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from goodpractice.content import Project, open_project
from goodpractice.outputs.sitemap import render_sitemap
from goodpractice.pages import plan_pages
from goodpractice.render import render_page
from goodpractice.render.cards import show_cards
from goodpractice.render.links import describe_source, link_record
from tests.helpers.rendering import find, make_inputs

ENTRY = "programmes/open-doors/#partner-river-group"
PROGRAMME = """
    members:
      - group: Hosts
        partners: [hill-museum, river-group]
        names: [The Corner Café]
"""


def change(root: Path, file: str, old: str, new: str) -> None:
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def listed(project_copy: Path) -> Project:
    """The small project, with a group that has an entry on the page of a programme."""
    change(
        project_copy,
        "partners.yml",
        "    map: shown\n",
        "    map: shown\n    town: Uphill\n    listed_in: open-doors\n",
    )
    change(project_copy, "data/programmes.yml", "    sources:", f"{PROGRAMME.removeprefix(chr(10))}    sources:")
    change(project_copy, "mkdocs.yml", "plugins:", "extra:\n  share_url: share/\nplugins:")
    return open_project(project_copy)


def show(project: Project, url: str) -> str:
    inputs = make_inputs(project)
    return render_page(find(inputs, url), inputs).html


def test_every_link_leads_to_the_entry(listed: Project) -> None:
    assert f'href="gp:/{ENTRY}"' in link_record(listed.kb, "partner", "river-group")
    assert f'{ENTRY}"' in show_cards(listed.kb, "partner", ["river-group"], "")
    assert f'{ENTRY}"' in show(listed, "partners/")
    assert 'href="gp:/partners/hill-museum/"' in link_record(listed.kb, "partner", "hill-museum")


def test_the_entry_says_what_is_known_and_where_from(listed: Project) -> None:
    html = show(listed, "programmes/open-doors/")
    entry = html.partition('<li id="partner-river-group">')[2].partition("</li>")[0]
    assert entry.startswith("River Community Group")
    assert "Uphill" in entry
    assert 'case-studies/supper/"' in entry
    assert "https://river.example.org/about" in html.partition('id="gp-sources"')[2]


def test_an_entry_keeps_a_place_to_itself_that_is_withheld(listed: Project) -> None:
    change(listed.root, "partners.yml", "    map: shown\n", "    map: withheld\n")
    html = show(open_project(listed.root), "programmes/open-doors/")
    assert "Uphill" not in html.partition('<li id="partner-river-group">')[2].partition("</li>")[0]


def test_the_address_stays_and_sends_readers_on(listed: Project) -> None:
    pages = plan_pages(listed.kb)
    (page,) = [page for page in pages if page.url == "partners/river-group/"]
    assert page.leads_to == ENTRY
    assert not page.is_listed
    assert "river-group" not in render_sitemap(pages, "https://example.org/")
    assert f'{ENTRY}"' in show(listed, page.url)


def test_members_stand_with_their_role(listed: Project) -> None:
    html = show(listed, "programmes/open-doors/")
    role = html.partition('<dt class="gp-facts__name">Hosts</dt>')[2].partition("</dd>")[0]
    assert [name in role for name in ("Hill Museum", "River Community Group", "The Corner Café")] == [True] * 3
    assert "Documented here" not in html


def test_an_entry_of_an_unknown_programme_is_a_page(project_copy: Path) -> None:
    change(project_copy, "partners.yml", "    map: shown\n", "    map: shown\n    listed_in: open-dors\n")
    pages = {page.url: page for page in plan_pages(open_project(project_copy).kb)}
    assert pages["partners/river-group/"].leads_to == ""


def test_a_story_without_an_account_invites_one(listed: Project) -> None:
    account = show(listed, "case-studies/supper/").partition('id="gp-account"')[2].partition("</section>")[0]
    assert 'href="../../share/"' in account


def test_a_story_with_an_account_invites_none(listed: Project) -> None:
    change(listed.root, "case_studies/supper.md", "year: 2019\n", "year: 2019\npartner_account: We liked the soup.\n")
    account = (
        show(open_project(listed.root), "case-studies/supper/")
        .partition('id="gp-account"')[2]
        .partition("</section>")[0]
    )
    assert "We liked the soup." in account
    assert "share/" not in account


def test_a_profile_says_what_is_missing_and_how_to_tell(listed: Project) -> None:
    missing = show(listed, "partners/ty-celf/").partition('<p class="gp-gaps">')[2].partition("</p>")[0]
    assert "what they bring, their website and a case study" in missing
    assert 'href="../../share/"' in missing
    assert "gp-gaps" not in show(listed, "partners/hill-museum/")


def test_a_site_that_takes_no_stories_invites_nobody(small: Project) -> None:
    assert "gp-account" not in show(small, "case-studies/park/")
    assert "gp-gaps" not in show(small, "partners/ty-celf/")


def test_a_copy_says_who_holds_it(project_copy: Path) -> None:
    source = "id: annual-report"
    change(project_copy, "data/sources.yml", source, f"{source}\n    held_by: An Archive")
    assert describe_source(open_project(project_copy).kb, "annual-report").publisher.endswith(
        ", copy held by An Archive"
    )


def test_members_of_a_plan_stand_on_its_page_and_the_programme_leads_there(listed: Project) -> None:
    change(listed.root, "partners.yml", "  - id: ty-celf", "  - id: ty-celf\n    programmes: [open-doors]")
    assert "Documented here" in show(open_project(listed.root), "programmes/open-doors/")
    plan = """plans:
  - id: rooms
    name: Rooms for all
    programme: open-doors
    members:
      - group: Opens a room
        partners: [ty-celf]
    strands:
      - id: 1
        title: Rooms
        actions:
          - id: "1.1"
            title: Open a room
    sources: [annual-report]
"""
    (listed.root / "data/plans.yml").write_text(plan, encoding="utf-8")
    project = open_project(listed.root)
    html = show(project, "programmes/open-doors/")
    assert "Opens a room" not in html
    assert "Documented here" not in html, "nobody says that they took part"
    assert 'href="../../plans/rooms/#plan-members"' in html
    assert re.search(r'Opens a room</dt>.*?href="../../partners/ty-celf/"', show(project, "plans/rooms/"), re.DOTALL)
