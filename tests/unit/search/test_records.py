from pathlib import Path

import pytest

from goodpractice.content import Project
from goodpractice.kinds.registry import COLLECTIONS, KINDS
from goodpractice.pages import Page, plan_pages
from goodpractice.search.records import SearchSection, list_listed_entries, make_record
from tests.helpers.projects import load_folder


def page_of(project: Project, kind: str, record_id: str, number: int = 1) -> Page:
    return next(p for p in plan_pages(project.kb) if (p.kind, p.id, p.number) == (kind, record_id, number))


def test_every_kind_has_its_prior() -> None:
    without = [kind.id for kind in KINDS.values() if kind.collection and not (kind.search and kind.search.prior)]
    assert without == []


def test_a_case_study_is_found_by_its_facts_and_by_everyday_words(worded: Project) -> None:
    record = make_record(page_of(worded, "case_study", "supper"), (), worded.kb)
    assert record is not None
    assert record.url == "case-studies/supper/"
    assert record.facets["year"] == ("2019",)
    assert record.facets["audience"] == ("families",)
    assert "hill-museum" in record.facets["partner"]
    assert record.facets["money_holder"] == ("yes",)
    assert "staff_time" not in record.facets
    assert "parents" in record.hidden
    # Nothing gives a year for this one, so no filter by year finds it and no card names one.
    undated = make_record(page_of(worded, "case_study", "park"), (), worded.kb)
    assert undated is not None
    assert "year" not in undated.facets
    assert "20" not in undated.facts


def test_a_case_study_is_found_by_what_stands_before_the_colon_of_its_title(worded: Project) -> None:
    park, supper = (make_record(page_of(worded, "case_study", name), (), worded.kb) for name in ("park", "supper"))
    assert park is not None
    assert supper is not None
    assert (park.aliases, supper.aliases) == ("Park_12", "")


def test_a_chapter_is_found_by_the_question_of_its_theme(worded: Project) -> None:
    record = make_record(page_of(worded, "chapter", "begin"), (), worded.kb)
    assert record is not None
    assert "How long does trust take?" in record.hidden


def test_a_partner_is_found_by_its_short_name_and_its_former_one(worded: Project) -> None:
    record = make_record(page_of(worded, "partner", "river-group"), (), worded.kb)
    assert record is not None
    assert {"Riverside Circle", "river group"} == set(record.aliases.split(". "))


def test_of_a_list_only_its_title_and_what_it_holds_is_searched(repository: Project) -> None:
    page = page_of(repository, "index", "partner")
    record = make_record(page, (SearchSection("", "", "Techniquest"),), repository.kb)
    assert record is not None
    assert record.kind == "index"
    assert record.description == COLLECTIONS["partner"].description
    assert record.sections == (SearchSection("", "", ""),)


@pytest.mark.parametrize(
    "page",
    [
        Page("doc", "index.md", "", "Home", "", "docs/index.md"),
        Page("index", "case_study", "case-studies/page/2/", "Case studies", "", "case_studies/", number=2, of=2),
        Page("overview", "search", "search/", "Search", "", "data/glossary.yml", macro="search_page"),
    ],
)
def test_home_search_and_later_parts_of_lists_are_left_out(page: Page, repository: Project) -> None:
    assert make_record(page, (), repository.kb) is None


def test_terms_and_resources_are_entries_of_their_own(worded: Project) -> None:
    urls = {record.url: record for record in list_listed_entries(worded.kb)}
    assert urls["glossary/#hard-to-reach"].kind == "term"
    assert "difficult to reach" in urls["glossary/#hard-to-reach"].hidden
    assert urls["resources/#budget-sheet"].facets["theme"]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("security.md", "editors"),
        ("decisions/0006-clean-photos.md", "editors"),
        ("reference/macros.md", "editors"),
        ("share.md", "doc"),
        ("about.md", "doc"),
    ],
)
def test_pages_for_those_who_build_the_site_are_a_kind_of_their_own(path: str, kind: str, repository: Project) -> None:
    record = make_record(page_of(repository, "doc", path), (), repository.kb)
    assert record is not None
    assert record.kind == kind


def test_a_section_is_found_by_what_readers_say_who_need_it(project_copy: Path) -> None:
    chapter = project_copy / "handbook/begin.md"
    text = chapter.read_text(encoding="utf-8").replace(
        "## Say hello\n", "## Say hello\n\n<!-- situations\n- No answer\n-->\n"
    )
    chapter.write_text(text.replace("---\nA ", "---\n<!-- situations\n- We are lost\n-->\nA "), encoding="utf-8")
    kb = load_folder(project_copy).kb
    page = next(page for page in plan_pages(kb) if (page.kind, page.id) == ("chapter", "begin"))
    record = make_record(page, (SearchSection("", "", "A"), SearchSection("say-hello", "Say hello", "Read on.")), kb)
    assert record is not None
    assert record.situations == ("We are lost",)
    assert [section.situations for section in record.sections] == [(), ("No answer",)]
