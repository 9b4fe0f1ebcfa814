"""What surrounds the main content of pages, from the project's templates and those of the theme that it extends.

Templates know the names of MkDocs' themes: `page`, `nav`, `config`, `base_url`.
Record 16 of `docs/decisions/` lists them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import ExitStack
from copy import copy
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import jinja2
from jinja2 import TemplateError, TemplateNotFound

from goodpractice.config.project_folders import DOCS
from goodpractice.content import Project
from goodpractice.diagnostics.errors import SetupError
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds import CHAPTER
from goodpractice.pages import Page, edit_url
from goodpractice.render.compiled import CompiledTemplates
from goodpractice.render.fragments import FragmentCache, PageOutsideMenu, collect_shared
from goodpractice.render.joined_lines import JoinedLines
from goodpractice.render.navigation import (
    LazyNavigation,
    Navigation,
    NavItem,
    NavPage,
    PageFile,
    build_navigation,
    collect_labels,
    expand_nav,
    marked_active,
)
from goodpractice.render.page import RenderedPage
from goodpractice.render.page_values import collect_meta, print_title
from goodpractice.render.scripts import read_scripts
from goodpractice.render.stylesheet import build_stylesheets
from goodpractice.render.template_values import (
    Content,
    MkDocsVersion,
    collect_config,
    describe_contact,
    describe_editions,
    describe_language,
    get_build_date,
    make_toc,
    normalise_url,
    relative_url,
    script_filter,
    url_filter,
)
from goodpractice.render.theme import MARKDOWN, SiteTheme, collect_static_files, load_theme

#: Pages that a server gives for an error.
_ERROR_PAGE = re.compile(r"\d{3}\.html?")


def explain_template(error: TemplateError, root: Path) -> SetupError:
    """Which template of the project does not work, and on which line."""
    name, line = getattr(error, "filename", None), getattr(error, "lineno", None)
    trace = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.endswith(".html"):
            name, line = file, trace.tb_lineno
        trace = trace.tb_next
    if isinstance(error, TemplateNotFound):
        what = _("there is no template `{name}`", name=error.name)
    else:
        what = error.message or type(error).__name__
    if not name or not line:
        return SetupError(_("a template does not work: {what}", what=what))
    path = Path(name)
    shown = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
    told = SetupError(_("{file}, line {line}, does not work: {what}", file=shown, line=line, what=what))
    told.path, told.line = shown, line
    return told


class _Templates(jinja2.Environment):
    """An environment that compiles a text once in a process: `serve` needs one for every edit, with the same themes."""

    def compile(self, source: Any, *arguments: Any, **options: Any) -> Any:
        key = (source, *arguments, *options.items())
        if key not in _compiled:
            if len(_compiled) > _MOST_COMPILED:
                _compiled.clear()
            _compiled[key] = super().compile(source, *arguments, **options)
        return _compiled[key]


#: Several times what a site has. A process that stays would keep every state of a template while somebody works on it.
_MOST_COMPILED = 1_000
#: Templates, compiled, by what they were compiled from.
_compiled: dict[tuple[Any, ...], Any] = {}


class ShellRenderer:
    """Finishes the pages of a site, and lists its files that are not pages.

    Attributes:
        config: What templates know as `config`.
    """

    def __init__(
        self,
        project: Project,
        plan: Callable[[], Sequence[Page]],
        titles: Callable[[], Mapping[str, str]],
        fragments: FragmentCache,
        theme: SiteTheme | None = None,
        config: Any = None,
    ) -> None:
        """Read the theme.

        Args:
            project: The project.
            plan: Gives the pages that the menu may lead to; asked only when a template shows the menu.
            titles: Gives the titles of pages by address.
            fragments: Keeps what pages share.
            theme: The theme, if it is not the one that `mkdocs.yml` names.
            config: What templates know as `config`, if it is not what `mkdocs.yml` says.

        Raises:
            SetupError: The theme cannot be used.
        """
        self._project, self._kb, self._plan, self._titles = project, project.kb, plan, titles
        settings = project.kb.settings
        self._theme = theme or load_theme(project.root, settings)
        self.config = config or collect_config(settings, self._theme.values)
        self._fragments = fragments
        self._languages = cache(partial(describe_language, project.kb))
        self._env = self._make_environment()

    def _make_environment(self) -> jinja2.Environment:
        # Templates do not change while a site is built.
        env = _Templates(  # as themes expect, it escapes nothing: they escape what needs it
            loader=jinja2.FileSystemLoader(self._theme.folders),
            auto_reload=False,
            extensions=["jinja2.ext.i18n", JoinedLines],
            bytecode_cache=CompiledTemplates("shell"),
        )
        env.install_null_translations()  # type: ignore[attr-defined] # of the extension
        env.filters.update({"url": url_filter, "script_tag": script_filter})
        env.globals.update(self._languages(""), include_cached=self._include_cached)
        return env

    @cached_property
    def navigation(self) -> Navigation:
        """The menu."""
        plan = self._plan()
        nav = expand_nav(self._kb.settings.file.get("nav") or [], plan)
        find_page = cache(partial(self._find_page, {page.src_uri: page for page in plan}, collect_labels(nav)))
        return build_navigation(nav, find_page)

    @cached_property
    def in_menu(self) -> Mapping[str, NavPage]:
        """The pages in the menu by address."""
        return {page.planned.url if page.planned else page.url: page for page in self.navigation.pages}

    def _find_page(self, planned: Mapping[str, Page], labels: Mapping[str, str], path: str) -> NavPage | None:
        """The page of an entry of the menu, or a file of `docs/` that it leads to."""
        page = planned.get(path)
        if page is not None:
            return self.describe(page, labels.get(path))
        if path.endswith(MARKDOWN) or not (self._project.root / DOCS / path).is_file():
            return None
        return self._locate(NavPage(labels.get(path), quote(path), PageFile(path)), f"{DOCS}/{path}")

    def describe(self, page: Page, label: str | None = None) -> NavPage:
        """A page as templates know it, without what is rendered of it.

        Args:
            page: Its plan.
            label: What the menu calls it: HTML.
        """
        document = self._kb.documents[page.document] if page.is_written else None
        shown = NavPage(
            label or print_title(page), quote(page.url), PageFile(page.src_uri), collect_meta(page, document)
        )
        shown.planned, shown.find_parent = page, partial(self._find_section, page)
        return self._locate(shown, page.source)

    def _locate(self, shown: NavPage, source: str) -> NavPage:
        shown.edit_url = edit_url(source, self.repo_url) or None
        if self.site_url:
            shown.canonical_url = f"{self.site_url}{shown.url}"
            shown.abs_url = f"{urlsplit(self.site_url).path}{shown.url}"
        return shown

    def _find_section(self, page: Page) -> NavItem | None:
        """What stands for the section of a page in the menu: where it has no pages below, the page of the section."""
        index = self.in_menu.get(page.section) if page.section else None
        return None if index is None or index.planned is page else index.parent or index

    @property
    def site_url(self) -> str:
        """Address of the site with a final slash, or nothing."""
        return self.config["site_url"] or ""

    @property
    def repo_url(self) -> str:
        """Address of the repository without a final slash, or nothing."""
        return (self.config["repo_url"] or "").rstrip("/")

    def render(self, page: Page, rendered: RenderedPage, in_menu: bool) -> str:
        """Finish a page.

        Args:
            page: Its plan.
            rendered: What it was rendered to.
            in_menu: Whether it stands in the menu.

        Raises:
            SetupError: A template does not work.
        """
        shown = self.place(page, in_menu)
        shown.toc, shown.content = make_toc(rendered.headings), rendered.html
        return self.fill(shown, rendered.styles)

    def place(self, page: Page, in_menu: bool) -> NavPage:
        """A page as templates know it, between the pages before and after it."""
        shown = copy(self.in_menu[page.url]) if in_menu else self.describe(page)
        if not in_menu or page.kind != CHAPTER:
            shown.previous_page, shown.next_page = map(self._describe_neighbour, (page.previous, page.next))
        return shown

    def _describe_neighbour(self, url: str) -> NavPage | None:
        if not url:
            return None
        title = html.escape(self._titles()[url], quote=False)
        return self._locate(NavPage(title, quote(url), PageFile(f"{url.rstrip('/')}.md")), "")

    def fill(self, shown: NavPage, styles: str = "") -> str:
        """Fill the template of a page.

        Args:
            shown: The page, with its content.
            styles: What its head needs besides what every page has: HTML.

        Raises:
            SetupError: A template does not work.
        """
        content = shown.content = Content(shown.content or "")
        shown.active = True
        try:
            template = self._env.get_template(str(shown.meta.get("template", "main.html")))
            with ExitStack() as marks:
                nav = LazyNavigation(partial(self._mark, shown, marks))
                text = template.render(self._collect_values(shown, nav, styles=styles))
        except TemplateError as error:
            raise explain_template(error, self._project.root) from error
        if not content.is_printed:
            raise SetupError(_("the template `{name}` has to print `page.content`", name=template.name))
        return text

    def _mark(self, shown: NavPage, marks: ExitStack) -> Navigation:
        """The menu, with the place of a page marked until its template is filled."""
        listed = self.in_menu.get(shown.planned.url if shown.planned else shown.url)
        marks.enter_context(marked_active(shown, *([listed] if listed else [])))
        return self.navigation

    @jinja2.pass_context
    def _include_cached(self, context: jinja2.runtime.Context, name: str) -> str:
        """What templates include of a template that says the same on many pages: see `render.fragments`."""
        template, shown = self._env.get_template(name), context["page"]
        page = None if shown is None else shown.planned
        text = None
        if page is not None and not shown.in_menu:
            key = (name, context["base_url"], page.section, page.language)
            text = self._fragments.get(key, partial(self._render_fragment, template, context, page))
        return template.render(context.get_all()) if text is None else text

    def _render_fragment(self, template: jinja2.Template, context: jinja2.runtime.Context, page: Page) -> str:
        section = self._find_section(page)
        shared = {
            **self._languages(page.language),
            **{name: context[name] for name in ("base_url", "config", "mkdocs_version", "build_date_utc")},
            "nav": self.navigation,
            "page": PageOutsideMenu(),
        }
        with marked_active(*([section] if section else [])):
            return template.render(collect_shared(context, shared))

    def _collect_values(
        self, page: NavPage | None, nav: Any, base_url: str | None = None, styles: str = ""
    ) -> dict[str, Any]:
        """The names that templates know."""
        start, planned = (None, None) if page is None else (page.url, page.planned)
        base_url = relative_url(".", start or "") if base_url is None else base_url
        addresses = {
            name: [normalise_url(str(path), start, base_url) for path in self.config[name]]
            for name in ("extra_css", "extra_javascript")
        }
        return {
            **addresses,
            **self._languages(planned.language if planned else ""),
            **describe_editions(self._kb, planned, self.site_url),
            **describe_contact(self._kb, planned, self.site_url),
            "styles": styles,
            "nav": nav,
            "base_url": base_url,
            "config": self.config,
            "page": page,
            "mkdocs_version": MkDocsVersion(),
            "build_date_utc": get_build_date(),
            # A list of all pages would make every page depend on all others.
            "pages": jinja2.StrictUndefined(
                _("`pages` cannot be used here; `nav` has the pages of the menu"), name="pages"
            ),
        }

    def write_static(self, write: Callable[[str, bytes], None], pages: Collection[str] = ()) -> None:
        """Hand over what is not a page: files of the theme and of `docs/`, and the page for missing addresses.

        Args:
            write: Called with the path in the site and the content of each.
            pages: Addresses of the pages of the site.

        Raises:
            OSError: A file cannot be read or written.
            SetupError: A template does not work.
        """
        made = build_stylesheets(self._kb.settings.look) | read_scripts(
            self._kb.languages.values(), keeps=self._kb.settings.own.offline
        )
        for path, file in collect_static_files(self._project.root, self._theme).items():
            # A page that is made takes the place of a file with its name.
            if path not in made and path.removesuffix("index.html") not in pages:
                write(path, file.read_bytes())
        for path, text in made.items():
            write(path, text.encode())
        for name in self._theme.static_templates - {"sitemap.xml"}:
            text = self.render_static(name)
            if text.strip():
                write(name, text.encode())

    def render_static(self, name: str) -> str:
        """Fill a template that makes a page by itself; nothing where there is none of this name, as in MkDocs.

        Raises:
            SetupError: It does not work.
        """
        # The server gives the page for missing addresses at any depth.
        base = urlsplit(self.site_url or "/").path if _ERROR_PAGE.fullmatch(name) else relative_url(".", name)
        try:
            template = self._env.get_template(name)
        except TemplateNotFound:
            return ""
        try:
            return template.render(self._collect_values(None, self.navigation, base))
        except TemplateError as error:
            raise explain_template(error, self._project.root) from error
