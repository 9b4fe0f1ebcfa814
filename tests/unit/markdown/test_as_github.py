"""Lines move, and nothing else does; no text costs more than its length."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from goodpractice.markdown.as_github import arrange
from goodpractice.markdown.editors import EditorsMarkdown

PIECES = [
    "- a",
    "1. b",
    "2) c",
    "* d",
    "  ",
    "    ",
    "\t",
    "\n",
    "\n\n",
    "> ",
    "| x | y |",
    "|---|---|",
    "text",
    "```",
    "# h",
]


def words(text: str) -> list[str]:
    parted = text.replace("<!-- -->", " ")
    return re.sub(r"\b(\d+)\)", r"\1.", parted).replace(">", " ").split()


@example("- a\n* d")
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_only_white_space_and_signs_of_numbers_change(text: str) -> None:
    assert words(arrange(text)) == words(text)


def test_what_needs_nothing_stays_as_it_is() -> None:
    text = (
        "## Title\n\nText, `code`.\n\n- a\n- b\n\n    > a quotation\n\n!!! note\n\n    Inside.\n\nTerm\n:   Meaning\n"
    )
    assert arrange(text) == text


def test_deep_quotations_end() -> None:
    text = "> " * 3000 + "deep"
    assert words(arrange(text)) == ["deep"]


def test_a_table_of_nothing_but_bars_is_left_alone() -> None:
    text = "|x" * 15000 + "|\n" + "|-" * 15000 + "|\na\n"
    assert arrange(text) == text


def anchors(text: str) -> list[str]:
    html = EditorsMarkdown(["toc"], {}).render(text, str).html
    return re.findall(r'id="([^"]*)"', html)


def test_anchors_keep_the_letters_of_every_script_and_the_old_ones_still_lead_there() -> None:
    assert anchors("## Łódź & Tromsø") == ["łódź-tromsø", "odz-troms"]
    assert anchors("## straße") == ["straße", "strae"]
    assert anchors("## Chwarae’n dda: Môn") == ["chwaraen-dda-môn", "chwaraen-dda-mon"]
    assert anchors("## نحضر\n\n## مرحبا") == ["نحضر", "_1", "مرحبا", "_2"]
    assert anchors("## What we do\n\n## What we do") == ["what-we-do", "what-we-do_1"]


def test_no_heading_takes_an_anchor_of_the_frame() -> None:
    assert anchors("## gp-content\n\n## __search") == ["text-gp-content", "text-__search"]
