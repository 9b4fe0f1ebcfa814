"""What the search does with a question: the scripts of the page, run without one on a few pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from goodpractice.content import Project
from goodpractice.kinds import Term
from goodpractice.query.tracking import Table
from goodpractice.search import SearchRecord, SearchSection
from goodpractice.search.site import make_files
from tests.helpers.search_scripts import Scripts, run_scripts

TERM = Term(
    id="hard-to-reach",
    word="Hard to reach",
    also=("difficult to reach",),
    use="avoid",
    meaning="A word.",
    why="It blames people.",
    sources=("https://example.org/",),
)


def tell(kind: str, url: str, title: str, *sections: tuple[str, str, str], **more: Any) -> SearchRecord:
    return SearchRecord(
        url, kind, title, more.pop("says", ""), tuple(SearchSection(*part) for part in sections), **more
    )


RECORDS = [
    tell(
        "chapter",
        "handbook/money/",
        "Equity in funding",
        ("", "", "Share the money, and the organisation with it."),
        ("bid", "Before the bid", "You are finishing a bid. Nobody answers? Ask the accountant about the volunteers."),
        ("budget", "The budget", "Everybody sees the budget. Funding of a theatre, with a theatre group."),
        says="Open your budget.",
    ),
    tell(
        "chapter", "handbook/words/", "Words matter", ("", "", "Words that people accept."), ("quick", "Quick", "No.")
    ),
    tell("partner", "partners/wellcome/", "Wellcome", ("", "", "Wellcome gives funding to communities.")),
    tell("partner", "partners/more-than-words/", "More Than Words", ("", "", "They say words with music.")),
    tell("case_study", "case-studies/quiet/", "They did not answer", ("", "", "They didn’t answer. We weren't sure.")),
    tell("doc", "take-down/", "Take down", ("", "", "A wheelchair, in Łódź; a bid that was read “aloud”.")),
    tell("editors", "security/", "Security", ("", "", "Security of a bid, security of a budget.")),
    tell("case_study", "case-studies/nine/", "Nine clubs", ("", "", "Nine clubs shared a hall and had tea.")),
    *(tell("partner", f"partners/p{at}/", f"Club {at}", ("", "", "A club with tea and chairs.")) for at in range(25)),
]


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory, small: Project) -> Iterator[Scripts]:
    kb = small.kb.with_tables(Table("term", {TERM.id: TERM}))
    with run_scripts(tmp_path_factory.mktemp("site")) as running:
        running.write(make_files(RECORDS, kb))
        yield running


@pytest.fixture(scope="module")
def ask(scripts: Scripts) -> Callable[..., dict[str, Any]]:
    def search(query: str, **more: Any) -> dict[str, Any]:
        (answer,) = scripts.ask("search", ["", [{"query": query, **more}]])
        return dict(answer)

    return search


@pytest.fixture(scope="module")
def find(ask: Callable[..., dict[str, Any]]) -> Callable[..., list[str]]:
    return lambda query, **more: [result["url"] for result in ask(query, count=50, **more)["results"]]


Ask = Callable[..., dict[str, Any]]
Find = Callable[..., list[str]]


# What is found


@pytest.mark.parametrize(
    ("query", "first"),
    [
        # The chapter before a partner that names the word.
        ("funding", "handbook/money/"),
        ("wellcome", "partners/wellcome/"),
        # A name needs all its words; little ones are part of it.
        ("words", "handbook/words/"),
        ("more than words", "partners/more-than-words/"),
        ("The Wellcome", "partners/wellcome/"),
        # Spelling, forms, accents, compounds.
        ("organization", "handbook/money/"),
        ("theater", "handbook/money/"),
        ("lodz", "take-down/"),
        ("wheel-chair", "take-down/"),
    ],
)
def test_the_first_result(find: Find, query: str, first: str) -> None:
    assert find(query)[0] == first


def test_pages_for_those_who_build_the_site_come_after_all_others(find: Find) -> None:
    assert find("bid")[-1] == "security/"
    assert len(find("bid")) == 3
    assert find("security") == ["security/"]


def test_of_a_few_words_pages_with_all_come_first_and_a_sentence_may_be_answered_by_some(find: Find) -> None:
    assert find("nine words clubs")[0] == "case-studies/nine/"
    assert "handbook/words/" in find("nine words clubs")
    sentence = find("we are finishing our bid and have no idea what the accountant thinks about music")
    assert sentence[0] == "handbook/money/"


@pytest.mark.parametrize("written", ["didn't answer", "didn’t answer", "didnt answer", "did not answer"])
def test_a_negation_is_the_same_however_it_is_written(find: Find, written: str) -> None:
    assert find(f"{written} us when we asked politely")[0] == "case-studies/quiet/"


def test_a_word_that_is_still_being_written_is_found_by_its_beginning(find: Find, ask: Ask) -> None:
    assert "handbook/money/" in find("accoun")
    # Its stem is shorter than what is written already.
    assert find("volunteeri")[0] == "handbook/money/"
    # A word that is finished is not the beginning of another.
    assert ask("accoun ", exact=True)["total"] == 0


def test_a_page_whose_name_is_asked_for_comes_first(find: Find) -> None:
    """However many pages say it more often."""
    assert find("club 3")[0] == "partners/p3/"


# What is said


def test_a_section_is_led_to_where_it_matched_and_the_title_did_not(ask: Ask) -> None:
    def lead(query: str) -> list[str]:
        first = ask(query)["results"][0]
        assert first["url"] == "handbook/money/"
        return [section["id"] for section in first["sections"] if section["answers"]]

    assert lead("finishing a bid") == ["bid"]
    assert lead("funding") == []
    assert lead("equity in funding") == []


def test_words_are_marked_without_their_punctuation_and_side_by_side_as_one(ask: Ask) -> None:
    (section, *_) = ask("nobody answers")["results"][0]["sections"]
    assert [text for text, marked in section["excerpt"] if marked] == ["Nobody answers"]
    assert "".join(text for text, _ in section["excerpt"]).startswith("Nobody answers? Ask the accountant")
    (excerpt,) = [result["excerpt"] for result in ask("aloud")["results"]]
    assert [text for text, marked in excerpt if marked] == ["aloud"]


@pytest.mark.parametrize("word", ["nice", "scared", "clashes", "cant", "can’t"])
def test_a_word_of_the_language_is_never_changed(ask: Ask, word: str) -> None:
    answer = ask(word)
    assert (answer["meant"], answer["offered"]) == (None, None)


def test_words_that_no_page_has_are_named(ask: Ask) -> None:
    answer = ask("nice clubs")
    assert answer["missing"] == ["nice"]
    assert answer["total"] > 20


def test_a_slip_in_a_few_words_is_put_right_and_said_unless_it_holds_as_written(ask: Ask) -> None:
    answer = ask("comunities")
    assert answer["meant"] == {"query": "communities", "words": [{"from": "comunities", "to": "communities"}]}
    assert [result["url"] for result in answer["results"]] == ["partners/wellcome/"]
    assert ask("comunities", exact=True)["total"] == 0


def test_a_slip_in_a_sentence_is_only_offered(ask: Ask) -> None:
    answer = ask("who pays for comunities when the budget and the money are finished")
    assert answer["meant"] is None
    assert answer["offered"]["words"] == [{"from": "comunities", "to": "communities"}]
    assert "comunities" in answer["missing"]
    assert answer["results"][0]["url"] == "handbook/money/"


def test_a_word_that_we_avoid_is_explained(ask: Ask) -> None:
    answer = ask("Hard to reach clubs")
    assert [(term["word"], term["said"], term["why"]) for term in answer["terms"]] == [
        ("Hard to reach", "hard to reach", "It blames people.")
    ]


def test_nothing_is_found_for_nothing(ask: Ask) -> None:
    answer = ask("qqxxzz")
    assert (answer["total"], answer["results"], answer["missing"]) == (0, [], [])
    assert ask("?!")["total"] == 0


def test_filters_alone_list_pages_in_their_order_and_count_them(ask: Ask) -> None:
    answer = ask("", filters={"kind": ["chapter"]}, facets=True)
    assert [result["url"] for result in answer["results"]] == ["handbook/money/", "handbook/words/"]
    (kinds, *_) = answer["facets"]
    assert {value["id"]: value["count"] for value in kinds["values"]}["partner"] == 27
    assert ask("tea", filters={"kind": ["case_study"]})["total"] == 1
