"""The finder and the lists by audience and region: data in the page, links without a script, reasons."""

from __future__ import annotations

import dataclasses
import gzip
import html
import json
import random
import re
from typing import Any

import pytest

from goodpractice.content import Project
from goodpractice.content.document import Document
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.kinds.views.links import say_shared
from goodpractice.pages import plan_pages
from goodpractice.query.tracking import Table, record_trace
from goodpractice.render import bind_macros
from goodpractice.render.digests import plain_text
from goodpractice.render.finder import make_finder_data
from goodpractice.search.facets import pack_finder
from tests.helpers.projects import load_folder
from tests.helpers.rendering import check_balance
from tests.helpers.sites import need_share, write_small_site


@pytest.fixture(scope="module")
def community(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Stories in three regions, with themes, audiences, settings and moments; chapters with tips."""
    site = write_small_site(tmp_path_factory.mktemp("community"))
    words = site.tables["data/vocabularies.yml"]
    words["moments"] = [{"id": "planning", "name": "Planning"}, {"id": "ending", "name": "Ending"}]
    words["audiences"].append({"id": "older-people", "name": "Older people"})
    for theme in site.entries("data/themes.yml", "themes"):
        theme["moments"] = ["planning"]
    for path in site.tables:
        site.write_table(path)
    for number, (chapter_id, chapter) in enumerate(site.chapters.items()):
        chapter.update(moments=["planning", "ending"][number % 2 :], body='{{ top_tip("Ask first.") }}\n')
        site.write_chapter(chapter_id)
    for number, (case_id, case) in enumerate(site.cases.items()):
        case["moments"] = ["planning"] if number % 2 else ["planning", "ending"]
        case.update(region=("England", "Wales", "Scotland")[number % 3], body="Text.\n")
        if number % 2:
            case["setting"] = "school"
        site.write_case(case_id)
    return load_folder(site.root)


def read_counts(page: str) -> dict[str, dict[str, int]]:
    """For each question of the page its answers with their counts."""
    counts: dict[str, dict[str, int]] = {}
    for question, value, count in re.findall(
        r'<input type="checkbox" name="([^"]+)" value="([^"]+)".*?class="gp-find__count">[(](\d+)<', page
    ):
        counts.setdefault(question, {})[value] = int(count)
    return counts


def find_page(kb: KnowledgeBase) -> str:
    return str(bind_macros(kb)["find_page"](id="find", number=1))


def with_cases(project: Project, number: int, **changes: Any) -> KnowledgeBase:
    """As many case studies, each with its own title, summary and facets."""
    kb = project.kb
    chance = random.Random(7)
    words = " ".join(case.summary for case in kb.case_studies.values()).split()
    themes, audiences, settings = list(kb.themes), list(kb.choices["audience"]), list(kb.choices["setting"])
    first = next(iter(kb.case_studies.values()))
    cases = {
        f"case-{at:04}-{chance.choice(words).lower().strip('.,:')}": first.model_copy(
            update={
                "title": " ".join(chance.sample(words, 8)),
                "summary": " ".join(chance.sample(words, 30)),
                "themes": tuple(chance.sample(themes, 3)),
                "audiences": tuple(chance.sample(audiences, 2)),
                "setting": chance.choice(settings),
                "year": chance.randint(2000, 2026),
                "region": chance.choice(["Scotland", "Wales", "England", "Northern Ireland"]),
                **changes,
            }
        )
        for at in range(number)
    }
    documents = {("case_study", case_id): Document(f"case_studies/{case_id}.md", "") for case_id in cases}
    table = Table("case_study", cases)
    return kb.with_tables(table, documents={**kb.documents, **documents})


def test_every_answer_is_a_link_without_a_script(community: Project) -> None:
    page = find_page(community.kb)
    check_balance(page)
    urls = {planned.url for planned in plan_pages(community.kb)}
    links = re.findall(r'<a\b[^>]*? href="gp:/([^"]*)"', page)
    assert set(links) <= urls
    for theme in community.kb.themes.values():
        assert f"themes/{theme.id}/" in links
        assert html.escape(theme.question, quote=False).split("'")[0] in page
    for kind, folder in (("audience", "audiences"), ("setting", "settings"), ("moment", "")):
        for choice in community.kb.list_choices(kind):
            assert not folder or f"{folder}/{choice.id}/" in links
            assert choice.name in page
    assert "regions/wales/" in links


def test_the_data_hold_every_page_and_its_tips(community: Project) -> None:
    kb = community.kb
    data = make_finder_data(kb)
    cases = list(kb.ordered_case_studies)
    assert data["cases"] == len(cases)
    themes, moments = list(kb.themes), [choice.id for choice in kb.list_choices("moment")]
    for question, answers in (("themes", themes), ("moments", moments)):
        for value, places in zip(answers, data["values"][question[:-1]], strict=True):
            assert places == [at for at, (_, case) in enumerate(cases) if value in getattr(case, question)]
    assert len(data["chapters"]) == len(kb.chapters)
    assert all(chapter[6] for chapter in data["chapters"]), "every chapter has a top tip"


def test_the_first_step_is_counted_in_the_page(repository: Project) -> None:
    kb = repository.kb
    page = find_page(kb)
    counts = read_counts(page)
    cases = [case for _, case in kb.ordered_case_studies]
    for theme in kb.themes:
        assert counts["theme"][theme] == sum(theme in case.themes for case in cases)
    # Not asked where few pages answer it.
    for choice in kb.list_choices("moment") if "moment" in counts else ():
        # A theme that matters at a moment makes no story one of that moment.
        assert counts["moment"][choice.id] == sum(choice.id in case.moments for case in cases)
    assert f"{len(cases)} case studies and {len(kb.chapters)} chapters to choose from" in page


def test_the_page_changes_with_its_data(community: Project) -> None:
    # The search and the file of the finder are renewed when pages changed.
    kb = community.kb
    told = {case_id: case.model_copy(update={"moments": ()}) for case_id, case in kb.case_studies.items()}
    assert find_page(kb) != find_page(kb.with_tables(Table("case_study", told)))


def test_a_question_that_few_pages_answer_is_not_asked(community: Project) -> None:
    assert set(read_counts(find_page(with_cases(community, 30)))) == {"theme", "audience", "moment", "setting"}
    page = find_page(with_cases(community, 30, setting=None, audiences=()))
    assert set(read_counts(page)) == {"theme", "moment"}
    everything = need_share(community.kb, 0.99)
    assert "setting" not in read_counts(find_page(everything))


def test_a_community_that_has_just_begun_gets_a_finder(small: Project) -> None:
    kb = small.kb.with_tables(Table("case_study"))
    page = find_page(kb)
    assert "themes/trust/" in page
    assert "0 case studies and" in page
    assert make_finder_data(kb)["cases"] == 0


def test_the_page_does_not_grow_with_the_case_studies(community: Project) -> None:
    few, many = (len(find_page(with_cases(community, number))) for number in (100, 1000))
    assert abs(many - few) < 200, "numbers have more digits"


@pytest.mark.thorough("ten thousand case studies are made")
def test_the_file_stays_light_at_ten_thousand(community: Project) -> None:
    kb = with_cases(community, 10_000)
    file = json.dumps(pack_finder(make_finder_data(kb), list(range(0, 320_000, 32))), separators=(",", ":")).encode()
    assert len(gzip.compress(file)) < 50_000


def test_its_trace_does_not_grow_with_the_case_studies(community: Project) -> None:
    sizes = []
    for number in (10, 60):
        kb = with_cases(community, number)
        with record_trace() as trace:
            find_page(kb)
        sizes.append(sum(len(json.dumps(answer)) for answer in trace.queries.values()))
        assert ("entries",) in trace.queries
        assert not [key for key in trace.fields if key[0] == "case_study"]
    assert abs(sizes[0] - sizes[1]) < 200, "numbers have more digits, and a region may be new"


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("Ask **first**, *then* `go`", "Ask first, then go"),
        ("See [the chapter](../a_b.md), snake_case stays", "See the chapter, snake_case stays"),
    ],
)
def test_tips_are_plain_text(markdown: str, text: str) -> None:
    assert plain_text(markdown) == text


def test_tips_are_read_from_calls_with_plain_texts_only(small: Project) -> None:
    body = """
{{ top_tip("Meet in a café.", title="Neutral") }}
{{ top_tip(text='Two
lines.') }}
{{ top_tip(word) }} {{ top_tip("broken }} {{ other("x") }} {{ top_tip(3) }} {{ top_tip("one", "two", "three") }}
{{ top_tip("Twice", text="the same") }} {{ top_tip() }} {{ top_tip("x" * 10**9**9) }}
"""
    chapter = next(iter(small.kb.chapters))
    kb = dataclasses.replace(small.kb, documents={("chapter", chapter): Document("handbook/x.md", body, 1)})
    assert kb.ask("list_tips", chapter) == (("Neutral", "Meet in a café."), ("", "Two lines."))


def test_lists_are_paginated_and_lead_on(community: Project) -> None:
    kb = with_cases(community, 120, audiences=("families",), region="Wales")
    pages = {page.url: page for page in plan_pages(kb)}
    assert pages["audiences/families/"].of == 3
    assert {f"regions/wales/page/{n}/" for n in (2, 3)} <= pages.keys()
    macros = bind_macros(kb)
    for number in (1, 3):
        page = macros["audience_page"](id="families", number=number)
        check_balance(page)
        assert page.count("gp-card--case-study") == (50 if number == 1 else 20)
    assert ("gp-card--chapter" in macros["region_page"](id="wales", number=1)) is True
    assert "gp-card--chapter" not in macros["region_page"](id="wales", number=2)


def test_an_audience_of_which_nothing_is_told_has_a_page_that_leads_on(community: Project) -> None:
    page = bind_macros(community.kb)["audience_page"](id="older-people", number=1)
    assert "No case study with older people has been told here yet" in page
    assert "gp-card--chapter" in page
    assert "gp-share" in page
    assert 'href="gp:/find/"' in page


def test_settings_have_lists_too(community: Project) -> None:
    kb = with_cases(community, 120, setting="school")
    pages = {page.url: page for page in plan_pages(kb)}
    assert pages["settings/school/"].of == 3
    macros = bind_macros(kb)
    assert macros["setting_page"](id="school", number=3).count("gp-card--case-study") == 20
    index = macros["setting_index"](id="settings", number=1)
    for choice in kb.list_choices("setting"):
        assert f'href="gp:/settings/{choice.id}/"' in index
        page = macros["setting_page"](id=choice.id, number=1)
        check_balance(page)
        assert choice.id == "school" or "has been told here yet" in page
    first = next(iter(kb.case_studies))
    assert '<a href="gp:/settings/school/">School</a>' in macros["case_study_page"](id=first, body="")


def with_regions(project: Project, *places: tuple[str | None, str | None]) -> KnowledgeBase:
    """A case study for each region and country."""
    kb = with_cases(project, len(places))
    cases = {
        case_id: case.model_copy(update={"place": None, "region": region, "country": country})
        for (case_id, case), (region, country) in zip(kb.case_studies.items(), places, strict=True)
    }
    return kb.with_tables(Table("case_study", cases))


def test_regions_of_one_name_in_two_countries_have_a_page_each(community: Project) -> None:
    kb = with_regions(
        community, ("Punjab", "India"), ("Punjab", "India"), ("Punjab", "Pakistan"), ("Sindh", "Pakistan")
    )
    urls = {page.url: page.title for page in plan_pages(kb)}
    assert urls["regions/punjab-india/"] == "Case studies: Punjab, India"
    assert urls["regions/punjab-pakistan/"] == "Case studies: Punjab, Pakistan"
    macros = bind_macros(kb)
    for area, number in (("punjab-india", 2), ("punjab-pakistan", 1), ("punjab", 3)):
        page = macros["region_page"](id=area, number=1)
        check_balance(page)
        assert page.count("gp-card--case-study") == number
    # The address that was published when there was only one lives on, and tells them apart.
    assert urls["regions/punjab/"] == "Case studies: Punjab"
    assert '<a href="gp:/regions/punjab-india/">India</a>' in macros["region_page"](id="punjab", number=1)
    # Each case study and list leads to its own, and a name that is unique keeps its short address.
    assert urls["regions/sindh/"] == "Case studies: Sindh"
    index = macros["region_index"](id="regions", number=1)
    links = re.findall(r'href="gp:/(regions/[^"]*)"', index)
    assert sorted(links) == [
        f"regions/{area}/" for area in ("india", "pakistan", "punjab-india", "punjab-pakistan", "sindh")
    ]
    for case_id, case in kb.case_studies.items():
        own = f"gp:/regions/punjab-{(case.country or '').lower()}/" if case.region == "Punjab" else "gp:/regions/sindh/"
        assert f'href="{own}"' in macros["case_study_page"](id=case_id, body="")
    assert "gp:/regions/punjab-india/" in find_page(kb)


def test_a_region_without_a_country_is_nowhere_else(community: Project) -> None:
    kb = with_regions(community, ("Punjab", "India"), ("Punjab", None), (None, None))
    areas = {area.id: (area.name, area.within, area.number) for area in kb.areas}
    assert areas == {"india": ("India", "", 1), "punjab": ("Punjab", "India", 2)} or areas["punjab"][2] == 2
    assert not any(area.among for area in kb.areas)


def test_countries_come_before_their_regions(community: Project) -> None:
    areas = [(area.name, area.within) for area in community.kb.areas]
    assert areas[0] == ("United Kingdom", "")
    assert ("Wales", "United Kingdom") in areas
    index = bind_macros(community.kb)["region_index"](id="regions", number=1)
    assert "All of United Kingdom" in index
    for area in community.kb.areas:
        assert f'href="gp:/regions/{area.id}/"' in index
        assert len(community.kb.select_case_studies(region=area.id)) == area.number


def test_a_case_study_leads_to_its_lists_and_names_reasons(community: Project) -> None:
    page = bind_macros(community.kb)["case_study_page"](id="case-03", body="")
    assert 'Place 3, <a href="gp:/regions/scotland/">Scotland</a>' in page
    assert '<a href="gp:/audiences/families/">Families</a>' in page
    assert re.search(r"same partners?: Partner \d", page)
    assert 'href="gp:/compare/?c=case-03"' in page


def test_nothing_is_a_dead_end(repository: Project) -> None:
    kb = repository.kb
    macros = bind_macros(kb)
    for chapter_id in kb.chapters:
        found = kb.relate_chapter(chapter_id, 4)
        assert found
        assert chapter_id not in dict(found)
        page = macros["chapter_page"](id=chapter_id, body="")
        assert "Read next" in page
        assert page.count('id="gp-related"') == 1
    for case_id in kb.case_studies:
        related = kb.relate_case_study(case_id, 4)
        assert related
        assert case_id not in dict(related)
        assert all(say_shared(kb, shared) for _, shared in related)


def test_reasons_in_words(community: Project) -> None:
    shared = [("theme", "theme-1"), ("theme", "theme-2"), ("next", "")]
    assert say_shared(community.kb, shared) == ("also about ‘Theme 1’ and ‘Theme 2’, the chapter that follows")
    assert say_shared(community.kb, []) == "close to this one in the list"


def test_a_theme_meets_its_reader_as_a_question(community: Project) -> None:
    card = bind_macros(community.kb)["theme"](id="theme-1")
    theme = community.kb.themes["theme-1"]
    assert f'">{html.escape(theme.question)}</a>' in card
    assert re.search(rf'class="gp-card__kind"[^>]*>{theme.name}<', card)
    assert card.count(theme.name) == 1


def test_the_finder_does_not_lead_to_itself(community: Project) -> None:
    macros = bind_macros(community.kb)
    assert 'href="gp:/find/"' in macros["compare_page"](id="compare", number=1)
    page = macros["find_page"](id="find", number=1)
    assert 'href="gp:/find/"' not in page
    assert "See all case studies" in page


def test_what_a_script_shows_has_the_marks_of_print(repository: Project) -> None:
    for id, title, summary, _, _, _, tips in make_finder_data(repository.kb)["chapters"]:
        assert not set("'\"") & set(title + summary + "".join(text for tip in tips for text in tip)), id
