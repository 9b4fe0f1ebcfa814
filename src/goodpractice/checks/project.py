"""All rules together, in one run."""

from __future__ import annotations

import datetime
import traceback
from collections.abc import Iterator
from functools import cached_property

import jinja2

from goodpractice import issues
from goodpractice.checks.dates import check_dates
from goodpractice.checks.links import check_links
from goodpractice.checks.macro_calls import check_macro_calls
from goodpractice.checks.references import check_references
from goodpractice.checks.stories import check_stories
from goodpractice.issues import Issue
from goodpractice.knowledge_base import Document
from goodpractice.load import Project
from goodpractice.markdown.contributed import list_contributed_links
from goodpractice.markdown.editors import EditorsMarkdown
from goodpractice.pages import Addresses, Page, plan_pages
from goodpractice.render import Inputs, render_page
from goodpractice.render.registration import collect_macros
from goodpractice.settings import load_settings


def check_project(project: Project) -> list[Issue]:
    """Everything that is wrong with a project, sorted by file and line.

    Reads files only; nothing is built and nothing is changed. Costs about
    0.3 ms a case study and 10 ms a page of the handbook.
    """
    return sorted({*project.issues, *_Check(project).run()})


class _Check:
    def __init__(self, project: Project) -> None:
        self.kb = project.kb
        self.root = project.root
        self.settings = load_settings(project.root)
        self.collected = collect_macros(project.root, project.kb)
        self.pages = plan_pages(self.kb)
        self.addresses = Addresses(self.pages, lambda path: (self.root / path).exists())
        self.page_of = {page.source: page for page in self.pages if page.kind in ("doc", "chapter", "case_study")}
        self._anchors: dict[str, frozenset[str] | None] = {}

    @cached_property
    def inputs(self) -> Inputs:
        editors = EditorsMarkdown(self.settings.extensions, self.settings.configs)
        return Inputs(self.kb, self.addresses, self.collected.macros, editors, "https://github.com/OWNER/REPOSITORY")

    def run(self) -> Iterator[Issue]:
        yield from check_references(self.kb)
        yield from check_stories(self.kb)
        yield from check_dates(self.kb, datetime.datetime.now(datetime.UTC).date())
        for (kind, _), document in self.kb.documents.items():
            if kind == "case_study":
                links = list_contributed_links(document.body)
                yield from check_links(document, links, self.addresses, self.anchors)
                continue
            variables = {*self.settings.variables, *self.collected.variables}
            found = list(check_macro_calls(self.kb, document, self.collected.macros, variables, self.collected.filters))
            yield from found
            try:
                markdown = self.expand(document)
            except Exception as error:  # macros.py is code of the editors and may raise anything
                # The links outside of macros are checked all the same.
                markdown = document.body
                if not found and not self._follows(error):
                    yield _explain_failure(document, error)
            links = [link for link in self.inputs.editors.render(markdown, str).links if "{" not in link]
            yield from check_links(document, links, self.addresses, self.anchors)

    def _follows(self, error: Exception) -> bool:
        """Whether a macro fails because of a record whose problems are reported where it stands."""
        ids = {record_id for _, record_id in self.kb.unfinished}
        return isinstance(error, KeyError) and (bool(self.kb.unread) or error.args[0] in ids)

    def expand(self, document: Document) -> str:
        """The Markdown of a page with its macros run."""
        environment = jinja2.Environment(undefined=jinja2.Undefined, autoescape=False)  # noqa: S701 - Markdown, not HTML
        environment.globals.update(self.collected.macros)
        environment.filters.update(self.collected.filters)
        return environment.from_string(document.body).render(self.collected.variables)

    def anchors(self, page: Page) -> frozenset[str] | None:
        """Anchors of a page; nothing when a problem reported elsewhere keeps it from being rendered."""
        if page.url not in self._anchors:
            document = self.kb.documents.get((page.kind, page.id))
            try:
                markdown = self.expand(document) if document is not None and page.kind in ("doc", "chapter") else ""
                self._anchors[page.url] = render_page(page, self.inputs, markdown).anchors
            except Exception:
                self._anchors[page.url] = None
        return self._anchors[page.url]


def _explain_failure(document: Document, error: Exception) -> Issue:
    frames = traceback.extract_tb(error.__traceback__)
    inside = [frame.lineno or 1 for frame in frames if frame.filename == "<template>"]
    number = getattr(error, "lineno", None) or (inside[-1] if inside else 1)
    return Issue(
        document.path,
        document.body_line + number - 1,
        1,
        issues.BROKEN_MACRO,
        f"the macro on this line does not work: {error.args[0] if error.args else type(error).__name__}",
        "Compare it with the example in the reference of macros.",
    )
