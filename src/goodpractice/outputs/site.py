"""What outputs are made from: a loaded project, its pages, and the shell around them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from goodpractice.content import Project, share_project
from goodpractice.content.input_guards import is_there
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.kinds.papers import PaperFacts
from goodpractice.markdown.editors import EditorsMarkdown
from goodpractice.pages import LinkResolver, Page, PageIndex, make_page_index, plan_pages
from goodpractice.query.tracking import Memo, record_result, record_trace
from goodpractice.render import Inputs, RenderedPage
from goodpractice.render.fragments import FragmentCache, FragmentKey
from goodpractice.render.registration import MacroCollector, collect_macros, speak
from goodpractice.render.shell import ShellRenderer

if TYPE_CHECKING:
    from goodpractice.outputs.output import LastFile

#: Begins the question after a paper.
PAPER = ("site", "paper")


class SiteInputs(NamedTuple):
    """What every page shows of the whole site.

    Attributes:
        site_url: Address of the site with a final slash, or nothing.
        repo_url: Address of the repository without a final slash, or nothing.
        in_nav: Addresses of the pages in the menu, in its order.
    """

    site_url: str
    repo_url: str
    in_nav: tuple[str, ...]


class Parsers(Protocol):
    """Has read editors' texts already: its macros and its parser remember what became of them."""

    @property
    def collected(self) -> MacroCollector:
        """What `macros.py` registers."""

    @property
    def editors(self) -> EditorsMarkdown:
        """The parser of editors' texts."""


class Site:
    """One project on its way to a site. Everything is worked out when it is first asked for.

    Attributes:
        project: The project, loaded.
        is_fresh: Whether caches of outputs count for nothing.
        prepared: What outputs have got ready for themselves.
        papers: What the site has of papers, by path; see `find_paper`.
        made_last: The page that was rendered last, or the files of a kind: what is made next often comes of the same.
        find_last: Finds a file of the site as it was written last, by its name, where that is known and it lies there
            unchanged: a long list is quickly made of the one before. What it was made from may have changed since.
    """

    def __init__(
        self,
        project: Project,
        *,
        page_index: PageIndex | None = None,
        inputs: SiteInputs | None = None,
        find_fragment: Callable[[str], str | None] = lambda key: None,
        read_menu: Callable[[], Sequence[Page]] | None = None,
        digests: Mapping[str, str] | None = None,
        is_fresh: bool = False,
        is_searched: bool = True,
    ) -> None:
        """Take what a site is made from.

        Args:
            project: The project, loaded.
            page_index: Finds pages, where somebody knows them without a plan.
            inputs: What every page shows of the site, where it is known without the shell.
            find_fragment: Finds a fragment of the shell that an earlier build rendered, by its key as text.
            read_menu: Gives the pages in the menu, where they are known without a plan.
            digests: Of sources that pages depend on as a whole: `content`, what editors wrote; `copied`, the files of
                `docs/` that are copied.
            is_fresh: Whether caches of outputs count for nothing.
            is_searched: Whether pages are made with what the search keeps of them.
        """
        self.is_searched = is_searched
        self.project = project
        self.is_fresh = is_fresh
        self.prepared: dict[str, bytes] = {}
        self.papers: dict[str, PaperFacts] = {}
        self.made_last = Memo(is_last_only=True)
        self.find_last: Callable[[str], LastFile | None] = lambda name: None
        self._read_menu = read_menu or (lambda: self.plan)
        self.fragments = FragmentCache(lambda key: find_fragment(self._serialise_key(key)))
        #: Has read editors' texts already, where the project was checked before.
        self.parsers: Parsers | None = None
        self._digests = digests or {}
        self._spoken: dict[str, tuple[Inputs, MacroCollector]] = {}
        if page_index is not None:
            self.page_index = page_index
        if inputs is not None:
            self.inputs = inputs

    @property
    def root(self) -> Path:
        """Folder of the project."""
        return self.project.root

    @property
    def kb(self) -> KnowledgeBase:
        """Its knowledge base."""
        return self.project.kb

    @cached_property
    def plan(self) -> Sequence[Page]:
        """All pages, in their order."""
        with record_trace():
            return plan_pages(self.kb)

    @cached_property
    def plan_texts(self) -> Sequence[str]:
        """Each page of the plan as JSON, with the titles of the pages before and after it."""
        titles = self.page_index.titles
        return [
            json.dumps(
                [*(getattr(page, name) for name in page.__slots__), titles.get(page.previous), titles.get(page.next)],
                ensure_ascii=False,
            )
            for page in self.plan
        ]

    @cached_property
    def page_index(self) -> PageIndex:
        """Finds pages."""
        return make_page_index(self.plan)

    @cached_property
    def shell(self) -> ShellRenderer:
        """Finishes pages, and gives the files that are not pages.

        Raises:
            SetupError: The configuration or a template cannot be used.
        """
        with record_trace():
            return ShellRenderer(self.project, self._read_menu, lambda: self.page_index.titles, self.fragments)

    def finish(self, page: Page, rendered: RenderedPage) -> str:
        """Put the shell around a page. Whoever asks depends on the menu as a whole, and on nothing else of the site.

        Raises:
            SetupError: A template cannot be used.
        """
        self.ask("nav")
        with record_trace():
            return self.shell.render(page, rendered, page.url in self.inputs.in_nav)

    def take_fragments(self) -> dict[str, str]:
        """The fragments of the shell that were rendered here since this was asked last, by their keys as text."""
        new, self.fragments.new = self.fragments.new, {}
        return {self._serialise_key(key): text for key, text in new.items()}

    def _serialise_key(self, key: FragmentKey) -> str:
        # Every fragment may show the menu.
        return json.dumps([self.answer("nav"), *key])

    @cached_property
    def inputs(self) -> SiteInputs:
        """What every page shows of the whole site."""
        return SiteInputs(self.shell.site_url, self.shell.repo_url, tuple(self.shell.in_menu))

    def renew_inputs(self) -> None:
        """Ask the shell what every page shows of the site, whatever is known of it."""
        self.__dict__.pop("inputs", None)
        self._answers.clear()

    @cached_property
    def static_files(self) -> Mapping[str, bytes]:
        """Files that are not pages, by path in the site."""
        files: dict[str, bytes] = {}
        with record_trace():
            self.shell.write_static(files.__setitem__, {page.url for page in self.plan})
        return files

    @cached_property
    def collected(self) -> MacroCollector:
        """What `macros.py` registers, bound to this project."""
        if self.parsers:
            return self.parsers.collected
        share_project(self.project)
        with record_trace():
            return collect_macros(self.root, self.kb)

    @cached_property
    def render_inputs(self) -> Inputs:
        """What pages are rendered from."""
        settings, root = self.kb.settings, self.root
        return Inputs(
            kb=self.kb,
            addresses=LinkResolver(self.page_index, lambda path: is_there(root, path)),
            macros=self.collected.macros,
            editors=self.parsers.editors if self.parsers else EditorsMarkdown(settings.extensions, settings.configs),
            repo_url=self.inputs.repo_url,
            find_paper=self.find_paper,
            is_read=self.is_searched or settings.own.markdown_pages,
        )

    def speak(self, language: str) -> tuple[Inputs, MacroCollector]:
        """What pages in a language are rendered from; of the site's own where none is named."""
        if not language:
            return self.render_inputs, self.collected
        if language not in self._spoken:
            with record_trace():
                self._spoken[language] = speak(self.project, self.render_inputs, language)
        return self._spoken[language]

    def ask(self, name: str) -> str:
        """Ask something about the site as a whole: a file that is made after this depends on the answer.

        Args:
            name: `plan` for the list of all pages; `nav` for what the navigation shows; `photos` for the photos that
                may be shown; `content` for everything that editors wrote; `copied` for the files of `docs/` that are
                copied; `searched` for whether pages are made with what the search keeps of them.
        """
        return str(record_result(("site", name), lambda: self.answer(name)))

    def find_paper(self, path: str) -> PaperFacts | None:
        """What the site has of a paper: a page that asks is made again when its size is another."""
        found = record_result((*PAPER, path), lambda: self.answer(PAPER[1], path))
        return PaperFacts(*found) if found else None

    def tell(self, facts: Mapping[str, PaperFacts | None]) -> None:
        """Take what there is to tell of papers, by path; nothing for those that are not there any more."""
        for path, told in facts.items():
            if told is None:
                self.papers.pop(path, None)
            else:
                self.papers[path] = told

    def find_file(self, path: str) -> bytes | None:
        """A file of the site that is copied as it is, by its path; nothing where there is none."""
        self.ask("copied")
        return self.static_files.get(path)

    def answer(self, name: str, path: str = "") -> Any:
        """The answer alone: see `ask` and `find_paper`."""
        if name == PAPER[1]:
            return self.papers.get(path)
        if name in self._digests:
            return self._digests[name]
        if name not in self._answers:
            self._answers[name] = _digest(_QUERIES[name](self))
        return self._answers[name]

    @cached_property
    def _answers(self) -> dict[str, str]:
        return {}


def _digest(value: object) -> str:
    return hashlib.blake2b(json.dumps(value, default=str).encode(), digest_size=16).hexdigest()


def _list_nav(site: Site) -> list[object]:
    """Everything that the navigation may show: other titles give another menu, and so may other front matter."""
    in_nav, documents = frozenset(site.inputs.in_nav), site.kb.documents
    return [
        [page.url, page.title, dict(documents[page.document].meta) if page.is_written else None]
        for page in site.plan
        if not page.language and (page.is_written or page.kind == "index" or page.url in in_nav)
    ]


_QUERIES: Mapping[str, Callable[[Site], object]] = {
    "plan": lambda site: site.plan_texts,
    "nav": _list_nav,
    "photos": lambda site: [(*key, *facts) for key, facts in site.kb.photos.items()],
    "content": lambda site: "",
    "copied": lambda site: "",
    "searched": lambda site: site.is_searched,
}
