"""What a chapter says in short, for its pack."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodpractice.content import Project
from goodpractice.content.document import Document
from goodpractice.kinds import PACK
from goodpractice.kinds.blocks import Links, Section
from goodpractice.kinds.lookup import ChapterDigest
from goodpractice.kinds.pack import pack_page
from goodpractice.kinds.texts import RecordLink
from goodpractice.render.digests import digest_chapter

BODY = """Nothing above counts.

- neither does this

## In short

A sentence first.

- **Ask first,** see [the page](other.md#part) and `that`
  in a second line.
- Go there.

1. Another list

{{ top_tip("Meet in a café.", title="Neutral") }} {{ top_tip("Untitled") }}

## More

- no point

{{ case_study("supper") }} [park](../case_studies/park.md#part), again {{ case_study('supper', style="link") }}
"""


def digest(project: Project, body: str) -> ChapterDigest:
    chapter = next(iter(project.kb.chapters))
    kb = dataclasses.replace(project.kb, documents={("chapter", chapter): Document("handbook/x.md", body, 1)})
    return ChapterDigest(*digest_chapter(kb, chapter))


def test_a_chapter_in_short(small: Project) -> None:
    points = ("Ask first, see the page and that in a second line.", "Go there.")
    assert digest(small, BODY) == (points, ("Neutral",), ("supper", "park"))


@pytest.mark.parametrize("body", ["", "- a list\n", "## Only a heading", "## One\n\nWords.\n\n## Two\n\n- late\n"])
def test_a_chapter_without_a_list_in_its_first_section(small: Project, body: str) -> None:
    assert digest(small, body).points == ()


@given(st.text(alphabet="-*1. #\n[]()`_ab", max_size=60))
def test_every_point_is_a_line_of_words(small: Project, text: str) -> None:
    for point in digest(small, f"## In short\n{text}").points:
        assert "\n" not in point
        assert "*" not in point


def test_the_sheet_of_a_pack_shows_what_there_is(small: Project) -> None:
    """Points of its own stand in the place of those of the chapter; a case study that is gone is left out."""
    kb = dataclasses.replace(
        small.kb,
        documents={**small.kb.documents, ("chapter", "begin"): Document("x.md", BODY + "{{ case_study('x') }}", 1)},
    )
    sheet = next(block for block in pack_page(kb, "begin") if isinstance(block, Section) and block.id == "sheet")
    inside = {block.id: block.blocks for block in sheet.blocks if isinstance(block, Section)}
    assert Links(("Ask first.",)) in sheet.blocks
    assert inside["cases"] == (Links((RecordLink("case_study", "supper"), RecordLink("case_study", "park"))),)
    assert inside["tips"] == (Links(("Neutral",)),)
    assert list(kb.table(PACK)) == ["begin"]
