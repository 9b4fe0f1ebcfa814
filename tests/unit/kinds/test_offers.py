"""What a field of a sheet offers: records in the words in which readers put what they are about."""

from __future__ import annotations

from goodpractice.content import Project
from goodpractice.kinds.parts import FormField, Part
from goodpractice.kinds.views.offers import PHRASES, collect_offers
from tests.helpers.facts import rule


def make_part(field: FormField) -> Part:
    return Part(id="part", title="A part", fields=(field,))


@rule("chapters and case studies have phrases")
def test_a_theme_is_offered_in_its_own_words_and_in_those_of_its_chapter(repository: Project) -> None:
    kb = repository.kb
    found = collect_offers(kb, [make_part(FormField(id="themes", ask="Which?", offers="theme"))])
    assert list(found) == ["theme"]
    assert found["theme"]["kinds"] == ["theme", "chapter"]
    records = found["theme"]["records"]
    assert [record["name"] for record in records] == [theme.name for theme in kb.themes.values()]
    trust = next(record for record in records if record["link"].id == "time-and-trust")
    assert trust["pages"] == ["themes/time-and-trust/", "handbook/time-and-trust/"]
    chapter = kb.find_situations("chapter", "time-and-trust")
    assert trust["phrases"] == [kb.themes["time-and-trust"].question, *chapter[""][: PHRASES - 1]]
    # Each has a page in the search that knows its phrases.
    assert all(len(record["phrases"]) == PHRASES for record in records)


def test_a_field_that_asks_for_none_offers_none(repository: Project) -> None:
    assert collect_offers(repository.kb, [make_part(FormField(id="place", ask="Where?"))]) == {}
