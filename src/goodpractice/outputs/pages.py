"""Pages: from a plan to a finished file, the shell around it included."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from goodpractice.diagnostics.witness import note_file
from goodpractice.kinds import CASE_STUDY
from goodpractice.outputs.output import Made, Output, Target
from goodpractice.outputs.site import Site
from goodpractice.pages import Page
from goodpractice.query.tracking import freeze, note
from goodpractice.render import Inputs, RenderedPage, render_page
from goodpractice.render.page_values import collect_page_values
from goodpractice.search.records import is_read, make_record
from goodpractice.search.text import list_sections

#: In the place of a field: what is written below the front matter of a record.
TEXT = "text"


class Pages(Output):
    """A file for each page of the plan."""

    name = "pages"
    is_parallel = True
    is_of_page = True

    def list_targets(self, site: Site) -> Iterator[Target]:
        """All pages, in the order of the plan."""
        site.ask("plan")
        by_source = site.page_index.by_source
        for page, plan in zip(site.plan, site.plan_texts, strict=True):
            source = page.source.rstrip("/")
            document = page.document if page.is_written or page.kind == CASE_STUDY else None
            named = source if by_source.get(source) is page else ""
            yield Target(f"{page.url}index.html", page, plan, named, document)

    def make(self, site: Site, target: Target) -> Made:
        """Render a page, with the shell around it."""
        page: Page = target.item
        rendered = render_planned(site, page, site.speak(page.language)[0])
        data = site.finish(page, rendered).encode()
        if not site.is_searched:
            # Once a search is wanted, the answer is another.
            site.ask("searched")
            return Made(data)
        return Made(data, make_record(page, list_sections(rendered.passages) if is_read(page) else (), site.kb))


def render_planned(site: Site, page: Page, inputs: Inputs) -> RenderedPage:
    """Render a page of the plan, without the shell.

    Args:
        site: What it is made from.
        page: Its plan.
        inputs: What pages in its language are rendered from.
    """
    key = (page.url, inputs.kb.language.code, inputs.find_paper, inputs.is_printed, inputs.is_read)
    return site.made_last.take(key, lambda: _render(site, page, inputs))


def _render(site: Site, page: Page, inputs: Inputs) -> RenderedPage:
    note_file(page.source or page.url)
    markdown = ""
    if page.is_written:
        markdown = expand_text(site, page)
    elif page.kind == CASE_STUDY:
        note(*page.document, TEXT)
    return render_page(page, inputs, markdown)


def expand_text(site: Site, page: Page) -> str:
    """The Markdown of a page that editors write, its macros expanded. It may call any macro of theirs."""
    site.ask("content")
    document = site.kb.documents[page.document]
    values = collect_page_values(page, document, site.kb.settings.file.values)
    return site.speak(page.language)[1].expand(document.body, values)


def read_plan(text: str) -> tuple[Page, Mapping[str, str]]:
    """A page as it was planned, and the titles of the pages before and after by their addresses."""
    *values, before, after = json.loads(text)
    page = Page(*(freeze(value) for value in values))
    return page, {url: title for url, title in ((page.previous, before), (page.next, after)) if url}
