"""Search and comparison go by roles: other labels, in any language, change neither."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from goodpractice.content import Project
from goodpractice.i18n import languages
from goodpractice.i18n.languages import Language
from goodpractice.kinds import CaseStudy
from goodpractice.kinds.blocks import Fact, Facts, Index, Section
from goodpractice.kinds.registry import FILTERS
from goodpractice.markdown.passages import Passage
from goodpractice.render import VIEWS
from goodpractice.render.passages import list_passages
from tests.helpers.brackets import bracket, speak
from tests.helpers.node import run_module
from tests.helpers.spoken import MadeUp, speak_in

SCRIPT = Path(languages.__file__).parents[1] / "scripts/gp-compare.js"
#: One with every fact, and one with few.
CASES = ("park", "supper")


@pytest.fixture
def brackets(monkeypatch: pytest.MonkeyPatch) -> Language:
    speak_in(monkeypatch, MadeUp(bracket), "")
    # In brackets, and yet of a language without an approved word.
    monkeypatch.setattr(languages, "_has_words", lambda code: False)
    return Language("xx", "Brackets")


def list_facts(blocks: tuple[Any, ...]) -> Iterator[tuple[str, Fact]]:
    for block in blocks:
        if isinstance(block, Section):
            yield from list_facts(block.blocks)
        elif isinstance(block, Facts):
            yield from ((block.role, fact) for fact in block.facts)


@pytest.mark.parametrize("case_id", CASES)
def test_facts_have_the_same_roles_in_any_language(full: Project, brackets: Language, case_id: str) -> None:
    ours = list(list_facts(VIEWS["case_study_page"](full.kb, case_id)))
    theirs = list(list_facts(VIEWS["case_study_page"](speak(full, brackets), case_id)))
    assert [(group, fact.role) for group, fact in ours] == [(group, fact.role) for group, fact in theirs]
    assert all(fact.name == f"⟦{other.name}⟧" for (_, other), (_, fact) in zip(ours, theirs, strict=True))
    assert len({fact.role for _, fact in ours}) == len(ours)


def test_whom_a_case_was_told_with_is_asked_in_the_same_words_everywhere(full: Project) -> None:
    facts = list_facts(VIEWS["case_study_page"](full.kb, CASES[0]))
    (fact,) = (fact.name for _, fact in facts if fact.role == "audiences")
    (index,) = (block for block in VIEWS["audience_index"](full.kb) if isinstance(block, Index))
    assert [group.name for group in index.groups] == [fact]
    assert FILTERS["audience"][0].name == fact
    assert str(CaseStudy.model_fields["audiences"].description).startswith(f"{fact}: ")


@pytest.mark.parametrize("case_id", CASES)
def test_search_reads_the_same_under_other_labels(full: Project, brackets: Language, case_id: str) -> None:
    story = [Passage(2, "what-happened", ("What happened",)), Passage(0, "", ("A story.",))]

    def shape(kb: Any) -> list[tuple[int, str, bool]]:
        found = list_passages(kb, VIEWS["case_study_page"](kb, case_id), story)
        return [(passage.level, passage.id, passage.is_searched) for passage in found]

    assert shape(full.kb) == shape(speak(full, brackets))


def test_the_comparison_finds_its_parts_by_roles_that_the_page_has(full: Project) -> None:
    source = 'import { ALWAYS } from "SCRIPTS:compared.js"; export default () => Object.keys(ALWAYS.power);'
    wanted = set(run_module(source))
    had = {fact.role for role, fact in list_facts(VIEWS["case_study_page"](full.kb, CASES[0])) if role == "power"}
    assert wanted
    assert wanted <= had
    script = SCRIPT.read_text(encoding="utf-8")
    read = script[script.index("  readPage(") : script.index("  async show(")]
    assert set(re.findall(r"\.gp-[a-z-]+", read)) == set()
