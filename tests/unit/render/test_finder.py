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
from goodpractice.render.finder import make_finder_data, plain_text
from goodpractice.search.facets import pack_finder
from tests.helpers.rendering import check_balance
from tests.helpers.sites import need_share


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


def test_every_answer_is_a_link_without_a_script(repository: Project) -> None:
    page = find_page(repository.kb)
    check_balance(page)
    urls = {planned.url for planned in plan_pages(repository.kb)}
    links = re.findall(r'<a\b[^>]*? href="gp:/([^"]*)"', page)
    assert set(links) <= urls
    for theme in repository.kb.themes.values():
        assert f"themes/{theme.id}/" in links
        assert html.escape(theme.question, quote=False).split("'")[0] in page
    for kind, folder in (("audience", "audiences"), ("setting", "settings"), ("moment", "")):
        for choice in repository.kb.list_choices(kind):
            assert not folder or f"{folder}/{choice.id}/" in links
            assert choice.name in page
    assert "regions/wales/" in links


def test_the_data_hold_every_page_and_its_tips(repository: Project) -> None:
    kb = repository.kb
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
    for choice in kb.list_choices("moment"):
        # A theme that matters at a moment makes no story one of that moment.
        assert counts["moment"][choice.id] == sum(choice.id in case.moments for case in cases)
    assert f"{len(cases)} case studies and {len(kb.chapters)} chapters to choose from" in page


def test_the_page_changes_with_its_data(repository: Project) -> None:
    # The search and the file of the finder are renewed when pages changed.
    kb = repository.kb
    told = {case_id: case.model_copy(update={"moments": ()}) for case_id, case in kb.case_studies.items()}
    assert find_page(kb) != find_page(kb.with_tables(Table("case_study", told)))


def test_every_chapter_and_theme_says_when_it_helps(repository: Project) -> None:
    for table in (repository.kb.chapters, repository.kb.themes):
        assert [record_id for record_id, record in table.items() if not record.moments] == []


def test_a_question_that_few_pages_answer_is_not_asked(repository: Project) -> None:
    assert set(read_counts(find_page(with_cases(repository, 30)))) == {"theme", "audience", "moment", "setting"}
    page = find_page(with_cases(repository, 30, setting=None, audiences=()))
    assert set(read_counts(page)) == {"theme", "moment"}
    everything = need_share(repository.kb, 0.99)
    assert "setting" not in read_counts(find_page(everything))


def test_a_community_that_has_just_begun_gets_a_finder(small: Project) -> None:
    kb = small.kb.with_tables(Table("case_study"))
    page = find_page(kb)
    assert "themes/trust/" in page
    assert "0 case studies and" in page
    assert make_finder_data(kb)["cases"] == 0


def test_the_page_does_not_grow_with_the_case_studies(repository: Project) -> None:
    few, many = (len(find_page(with_cases(repository, number))) for number in (100, 1000))
    assert abs(many - few) < 200, "numbers have more digits"


def test_the_file_stays_light_at_ten_thousand(repository: Project) -> None:
    kb = with_cases(repository, 10_000)
    file = json.dumps(pack_finder(make_finder_data(kb), 0), separators=(",", ":")).encode()
    assert len(gzip.compress(file)) < 50_000


def test_its_trace_does_not_grow_with_the_case_studies(repository: Project) -> None:
    sizes = []
    for number in (10, 60):
        kb = with_cases(repository, number)
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


def test_lists_are_paginated_and_lead_on(repository: Project) -> None:
    kb = with_cases(repository, 120, audiences=("families",), region="Wales")
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


def test_an_audience_of_which_nothing_is_told_has_a_page_that_leads_on(repository: Project) -> None:
    page = bind_macros(repository.kb)["audience_page"](id="older-people", number=1)
    assert "No case study with older people has been told here yet" in page
    assert "gp-card--chapter" in page
    assert "gp-share" in page
    assert 'href="gp:/find/"' in page


def test_settings_have_lists_too(repository: Project) -> None:
    kb = with_cases(repository, 120, setting="school")
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


def test_regions_of_one_name_in_two_countries_have_a_page_each(repository: Project) -> None:
    kb = with_regions(
        repository, ("Punjab", "India"), ("Punjab", "India"), ("Punjab", "Pakistan"), ("Sindh", "Pakistan")
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


def test_a_region_without_a_country_is_nowhere_else(repository: Project) -> None:
    kb = with_regions(repository, ("Punjab", "India"), ("Punjab", None), (None, None))
    areas = {area.id: (area.name, area.within, area.number) for area in kb.areas}
    assert areas == {"india": ("India", "", 1), "punjab": ("Punjab", "India", 2)} or areas["punjab"][2] == 2
    assert not any(area.among for area in kb.areas)


def test_countries_come_before_their_regions(repository: Project) -> None:
    areas = [(area.name, area.within) for area in repository.kb.areas]
    assert areas[0] == ("United Kingdom", "")
    assert ("Wales", "United Kingdom") in areas
    index = bind_macros(repository.kb)["region_index"](id="regions", number=1)
    assert "All of United Kingdom" in index
    for area in repository.kb.areas:
        assert f'href="gp:/regions/{area.id}/"' in index
        assert len(repository.kb.select_case_studies(region=area.id)) == area.number


def test_a_case_study_leads_to_its_lists_and_names_reasons(repository: Project) -> None:
    page = bind_macros(repository.kb)["case_study_page"](id="dynamic-earth-bus", body="")
    assert 'Edinburgh, <a href="gp:/regions/scotland/">Scotland</a>' in page
    assert '<a href="gp:/audiences/community-groups/">Community groups</a>' in page
    assert "same partner: Dynamic Earth" in page
    assert 'href="gp:/compare/?c=dynamic-earth-bus"' in page


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


def test_reasons_in_words(repository: Project) -> None:
    shared = [("theme", "power-dynamics"), ("theme", "equity-in-funding"), ("next", "")]
    assert say_shared(repository.kb, shared) == (
        "also about power dynamics and equity in funding, the chapter that follows"
    )
    assert say_shared(repository.kb, []) == "close to this one in the list"
