"""Pages as Markdown: text stays text, and the list leads to every page."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from goodpractice.formats.markdown_pages import escape, write_llms, write_page
from goodpractice.formats.text import join_lines
from goodpractice.markdown.passages import Passage, Picture
from goodpractice.pages import Page, plan_pages
from tests.helpers.projects import read_repository

PAGE = Page("case_study", "a", "case-studies/a/", "A", "", "case_studies/a.md")
HOSTILE = st.text(
    st.one_of(st.sampled_from("\\`*_[]()<>#-+=~|&!1.\n\t :/h"), st.characters(codec="utf-8")), max_size=40
)


@given(HOSTILE)
def test_a_text_is_a_paragraph_whatever_it_holds(text: str) -> None:
    line = escape(text)
    assert "\n" not in line
    tokens = MarkdownIt("commonmark").parse(line)
    if not line:
        assert tokens == []
        return
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"], line
    inline = tokens[1].children or []
    assert {token.type for token in inline} <= {"text", "text_special"}, line
    assert "".join(token.content for token in inline) == join_lines(text)


def test_a_page_says_its_address_its_headings_and_what_it_tells() -> None:
    passages = [
        Passage(1, "gp-title", ("A",)),
        Passage(0, "", ("One ", "*two*", Picture("x.jpg", "a boat"))),
        Passage(2, "part", ("Part",)),
        Passage(0, "", ("Elsewhere.",), is_searched=False),
    ]
    assert write_page(PAGE, passages, "https://example.org/") == (
        "<https://example.org/case-studies/a/>\n\n# A\n\nOne \\*two\\*a boat\n\n## Part\n"
    )


def test_the_list_leads_to_every_page_and_to_the_data() -> None:
    kb = read_repository().kb
    pages = [page for page in plan_pages(kb) if page.is_listed and page.number == 1 and not page.language and page.url]
    written = write_llms(kb, pages)
    assert written.startswith("# Good Practice\n\n> How museums")
    sections = re.findall(r"^## (.*)$", written, re.MULTILINE)
    assert sections[0] == "Handbook"
    assert "Case studies" in sections
    links = re.findall(r"^- \[.*\]\((\S+)\)", written, re.MULTILINE)
    assert len(links) == len(set(links))
    pages_linked = {link.removesuffix("index.md") for link in links if not link.endswith(".json")}
    assert pages_linked == {f"http://127.0.0.1:8000/{page.url}" for page in pages}
