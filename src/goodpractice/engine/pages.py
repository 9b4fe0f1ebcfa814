"""From planned pages to finished files, with what each was made from."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cached_property
from time import perf_counter
from typing import NamedTuple

from goodpractice.checks import ProjectCheck
from goodpractice.config.settings import Settings
from goodpractice.content import Project, share_project
from goodpractice.content.input_guards import is_there
from goodpractice.diagnostics.witness import note_file
from goodpractice.engine.sources import digest_bytes
from goodpractice.engine.state import Planned, pack_text
from goodpractice.engine.traces import TracePacker, freeze
from goodpractice.markdown.editors import EditorsMarkdown
from goodpractice.pages import LinkResolver, Page, PageIndex, edit_url
from goodpractice.query.tracking import record_trace
from goodpractice.render import Inputs, render_page
from goodpractice.render.page_values import list_page_values
from goodpractice.render.registration import MacroCollector, collect_macros, speak
from goodpractice.render.shells import Shell, ShellKey, fill_placeholders, name_of, serialise_facts, shell_key_of
from goodpractice.search.records import is_read
from goodpractice.search.text import write_text

MakeShell = Callable[[ShellKey, Page], Shell]
#: A page shell that an earlier build made, by shell key as JSON.
FindShell = Callable[[str], Shell | None]


class SiteInputs(NamedTuple):
    """What every page needs to know of the site.

    Attributes:
        site_url: Address of the site with a final slash, or nothing.
        repo_url: Address of the repository without a final slash, or nothing.
        in_nav: Addresses of the pages in the navigation.
    """

    site_url: str
    repo_url: str
    in_nav: frozenset[str]


class Finished(NamedTuple):
    """A page, ready to be written.

    Attributes:
        page: Its plan.
        output: File, relative to the site.
        data: Its bytes.
        digest: Digest of its bytes.
        trace: What it was made from, packed.
        text: What the search reads of it, packed; may be empty.
        seconds: How long it took.
    """

    page: Page
    output: str
    data: bytes
    digest: str
    trace: bytes
    text: bytes
    seconds: float


class PageMaker:
    """Makes finished pages of one project."""

    def __init__(
        self,
        project: Project,
        page_index: PageIndex,
        site: SiteInputs,
        find_shell: FindShell,
        make_shell: MakeShell,
        check: ProjectCheck | None = None,
    ) -> None:
        """Take what pages are made from.

        Args:
            project: The project, loaded and checked.
            directory: Where the pages of the site are found.
            site: Facts about the site.
            find_shell: Finds a shell that an earlier build made.
            make_shell: Makes a shell that nobody has made.
            check: Has read editors' texts already: its macros and its parser remember what became of them.
        """
        self.project = project
        self.page_index = page_index
        self.site = site
        self.new_shells: dict[str, Shell] = {}
        self.traces = TracePacker()
        self._check = check
        self._shells: dict[ShellKey, Shell] = {}
        self._siblings: dict[ShellKey, frozenset[str]] = {}
        self._spoken: dict[str, tuple[Inputs, MacroCollector]] = {}
        self._find_shell = find_shell
        self._make_shell = make_shell

    @property
    def settings(self) -> Settings:
        """What `mkdocs.yml` says."""
        return self.project.kb.settings

    @cached_property
    def collected(self) -> MacroCollector:
        """What `macros.py` registers, bound to this project."""
        if self._check is not None:
            return self._check.collected
        share_project(self.project)
        return collect_macros(self.project.root, self.project.kb)

    @cached_property
    def inputs(self) -> Inputs:
        """What pages are rendered from."""
        root, check = self.project.root, self._check
        return Inputs(
            kb=self.project.kb,
            addresses=LinkResolver(self.page_index, lambda path: is_there(root, path)),
            macros=self.collected.macros,
            editors=check.editors if check else EditorsMarkdown(self.settings.extensions, self.settings.configs),
            repo_url=self.site.repo_url,
        )

    def speak(self, language: str) -> tuple[Inputs, MacroCollector]:
        """What pages in another language are rendered from."""
        if language not in self._spoken:
            self._spoken[language] = speak(self.project, self.inputs, language)
        return self._spoken[language]

    def make(self, page: Page) -> Finished:
        """Render a page and fill its shell."""
        started = perf_counter()
        kb = self.project.kb
        note_file(page.source or page.url)
        # Made outside of the trace: these belong to every page.
        inputs, collected = self.speak(page.language) if page.language else (self.inputs, self.collected)
        with record_trace() as trace:
            markdown = ""
            if page.is_written:
                document = kb.documents[page.document]
                values = list_page_values(page, document, self.settings.file.values)
                markdown = collected.expand(document.body, values)
            rendered = render_page(page, inputs, markdown)
        facts = serialise_facts(kb.documents[page.document].meta) if page.is_written else ""
        shell_key = shell_key_of(page, rendered.headings, page.url in self.site.in_nav, facts)
        edit = edit_url(page.source, self.site.repo_url)
        values = fill_placeholders(page, rendered, self.page_index.titles, self.site.site_url, edit)
        shell = self.shell(shell_key, page)
        if shell_key.url is None and name_of(page) in self._siblings[shell_key]:
            shell = self.shell(shell_key._replace(url=page.url), page)
        before, after = (text.encode() for text in shell.fill_around("content", values))
        data = b"".join((before, rendered.html.encode(), after))
        return Finished(
            page=page,
            output=f"{page.url}index.html",
            data=data,
            digest=digest_bytes(data),
            trace=self.traces.pack(trace),
            text=pack_text(write_text(rendered.passages)) if is_read(page) else b"",
            seconds=perf_counter() - started,
        )

    def shell(self, shell_key: ShellKey, page: Page) -> Shell:
        """The shell for a shell key, from the cache where it is known."""
        shell = self._shells.get(shell_key)
        if shell is None:
            key = json.dumps(shell_key)
            shell = self._find_shell(key)
            if shell is None:
                shell = self.new_shells[key] = self._make_shell(shell_key, page)
            self._shells[shell_key] = shell
            self._siblings[shell_key] = shell.list_siblings()
        return shell


def serialise_plan(page: Page, page_index: PageIndex) -> Planned:
    """What is kept of the plan of a page."""
    values = [getattr(page, name) for name in page.__slots__]
    titles = page_index.titles
    text = json.dumps([*values, titles.get(page.previous), titles.get(page.next)], ensure_ascii=False)
    source = page.source.rstrip("/")
    return Planned(text, source if page_index.by_source.get(source) is page else "")


def read_plan(text: str) -> tuple[Page, Mapping[str, str]]:
    """A page as it was planned, and the titles of the pages before and after by their addresses."""
    *values, before, after = json.loads(text)
    page = Page(*(freeze(value) for value in values))
    return page, {url: title for url, title in ((page.previous, before), (page.next, after)) if url}
