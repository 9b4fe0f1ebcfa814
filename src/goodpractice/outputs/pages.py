"""Pages: from a plan to a finished file, the shell around it included."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from goodpractice.diagnostics.witness import note_file
from goodpractice.kinds import CASE_STUDY
from goodpractice.outputs.output import Made, Output, Target
from goodpractice.outputs.site import Site
from goodpractice.pages import Page, edit_url
from goodpractice.query.tracking import freeze, note
from goodpractice.render import render_page
from goodpractice.render.page_values import list_page_values
from goodpractice.render.shells import fill_placeholders, name_of, serialise_facts, shell_key_of
from goodpractice.search.records import is_read
from goodpractice.search.text import write_text

#: In the place of a field: what is written below the front matter of a record.
TEXT = "text"


class Pages(Output):
    """A file for each page of the plan."""

    name = "pages"
    is_parallel = True

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
        """Render a page and fill its shell."""
        page: Page = target.item
        note_file(page.source or page.url)
        site.ask("nav")
        inputs, collected = site.speak(page.language)
        markdown = facts = ""
        if page.is_written:
            # A page of the editors may call any macro of theirs.
            site.ask("content")
            document = site.kb.documents[page.document]
            facts = serialise_facts(document.meta)
            values = list_page_values(page, document, site.kb.settings.file.values)
            markdown = collected.expand(document.body, values)
        elif target.document is not None:
            note(*target.document, TEXT)
        rendered = render_page(page, inputs, markdown)
        edit = edit_url(page.source, site.inputs.repo_url)
        values = fill_placeholders(page, rendered, site.page_index.titles, site.inputs.site_url, edit)
        shell_key = shell_key_of(page, rendered.headings, page.url in site.inputs.in_nav, facts)
        shell, siblings = site.shell(shell_key, page)
        if shell_key.url is None and name_of(page) in siblings:
            shell, __ = site.shell(shell_key._replace(url=page.url), page)
        before, after = (text.encode() for text in shell.fill_around("content", values))
        data = b"".join((before, rendered.html.encode(), after))
        return Made(data, write_text(rendered.passages) if is_read(page) else "")


def read_plan(text: str) -> tuple[Page, Mapping[str, str]]:
    """A page as it was planned, and the titles of the pages before and after by their addresses."""
    *values, before, after = json.loads(text)
    page = Page(*(freeze(value) for value in values))
    return page, {url: title for url, title in ((page.previous, before), (page.next, after)) if url}
