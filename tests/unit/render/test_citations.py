"""Who wrote a page can be cited by it: at its foot, and in its head."""

from __future__ import annotations

import html
import re
from urllib.parse import unquote

from goodpractice.formats.citations import CITATION_FORMATS, cite_record, write_sentence
from goodpractice.pages import plan_pages
from goodpractice.render import render_page
from tests.helpers.projects import read_repository
from tests.helpers.rendering import make_inputs

META = re.compile(r'<meta name="citation_(\w+)" content="([^"]*)">')


def test_a_page_with_a_text_is_cited_and_no_other() -> None:
    project = read_repository()
    kb, inputs = project.kb, make_inputs(project)
    for page in plan_pages(kb):
        if page.kind not in ("case_study", "chapter", "partner"):
            continue
        rendered = render_page(page, inputs, "Text.")
        head = META.findall(rendered.styles)
        if page.kind == "partner" or page.language:
            assert head == []
            # The view of a translation is asked in its language, as the site does.
            assert page.language or "Cite this page" not in rendered.html
            continue
        citation = cite_record(kb, page.kind, page.id)
        assert dict(head)["fulltext_html_url"].endswith(f"/{page.url}")
        assert html.unescape(dict(head)["title"]) == citation.title
        # A record that names no day has none in its head.
        assert dict(head).get("publication_date", "") == citation.day.replace("-", "/")
        assert len("".join(map("".join, head))) < 400
        for ending, write in CITATION_FORMATS.items():
            name = re.escape(f'download="{citation.key}.{ending}"')
            data = re.search(rf'href="data:[\w/.+-]+;charset=utf-8,([^"]*)" {name}', rendered.html)
            assert data is not None
            assert unquote(html.unescape(data[1])) == write(citation)
        shown = html.unescape(re.sub(r"<[^>]+>", "", rendered.html.partition("Cite this page")[2]))
        assert shown.startswith(write_sentence(citation).replace("'", "’")) or write_sentence(citation) in shown
