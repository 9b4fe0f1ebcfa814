import pytest

from goodpractice.content import Project
from goodpractice.search.analysis import fold
from goodpractice.search.rows import RowFacts
from goodpractice.search.synonyms import fold_phrase, make_notes, make_synonyms
from goodpractice.search.words import list_words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Dŵr y Môr", "dwr y mor"),
        ("Euan’s Guide", "euans guide"),
        ("hard-to-reach", "hard to reach"),
        ("  Who GETS paid? ", "who gets paid"),
        ("snake_case", "snake case"),
    ],
)
def test_words_are_compared_without_case_accents_and_punctuation(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_phrases_are_recognised_in_the_plural() -> None:
    assert fold_phrase("poor families") == fold_phrase("Poor family")
    assert fold_phrase("classes") != fold_phrase("class")


def test_a_word_we_avoid_leads_to_its_term_and_to_the_words_used_here(worded: Project) -> None:
    file = make_synonyms(worded.kb)
    (number,) = file["phrases"][fold_phrase("hard to engage")]
    term = file["terms"][number]
    assert term["url"] == "glossary/#hard-to-reach"
    assert term["use"] == "avoid"
    assert "under served" in term["search"]
    note = make_notes(worded.kb)[number]
    assert note["word"] == "Hard to reach"
    assert note["why"]


def test_the_finders_questions_are_told_by_their_phrases(worded: Project) -> None:
    situations = {choice: (question, phrases) for question, choice, phrases in make_synonyms(worded.kb)["situations"]}
    question, phrases = situations["theme=trust"]
    assert question == "How long does trust take?"
    assert {fold_phrase(question), "time and trust", "building relationship"} <= set(phrases)


def test_both_halves_of_a_word_are_found(worded: Project) -> None:
    file = make_synonyms(worded.kb)
    assert file["phrases"]["under served"]
    assert file["phrases"]["minoritised"]


def test_each_spelling_leads_to_the_other(repository: Project) -> None:
    spelling = make_synonyms(repository.kb)["spelling"]
    assert (spelling["color"], spelling["colour"]) == ("colour", "color")
    assert spelling["program"] == "programme"


def test_forms_that_no_stemmer_joins(repository: Project) -> None:
    assert ["pay", "paid", "payment"] in make_synonyms(repository.kb)["forms"]


def test_names_titles_and_terms_are_what_a_slip_may_have_meant(worded: Project) -> None:
    records = [RowFacts("case_study", "supper science", {}), RowFacts("partner", "supper", {})]
    words = list_words(records, worded.kb)
    assert words.index("supper") < words.index("science")
    assert {"science", "ferrytown", "minoritised", "families"} <= set(words)
    assert all(len(word) > 3 for word in words)
