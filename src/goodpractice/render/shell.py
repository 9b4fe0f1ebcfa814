"""What surrounds the main content of pages, from the project's templates and those of the theme that it extends.

Templates know the names of MkDocs' themes: `page`, `nav`, `config`, `base_url`.
What a page's own values are is left to placeholders, so that one shell serves
many pages; see `render.shells`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
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
from goodpractice.markdown.rendered import Heading
from goodpractice.pages import Page, edit_url
from goodpractice.render.navigation import (
    NavItem,
    NavPage,
    PageFile,
    build_navigation,
    expand_nav,
    list_labels,
    marked_active,
)
from goodpractice.render.page_values import list_meta, print_title
from goodpractice.render.scripts import read_scripts
from goodpractice.render.shells import CONTENT, Shell, ShellKey, collapse, placeholder, split_shell
from goodpractice.render.stylesheet import build_stylesheets
from goodpractice.render.template_values import (
    MkDocsVersion,
    describe_language,
    describe_no_page,
    get_build_date,
    list_config,
    make_toc,
    normalise_url,
    relative_url,
    script_filter,
    url_filter,
)
from goodpractice.render.theme import MARKDOWN, list_static_files, load_theme

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


class ShellRenderer:
    """Renders the shells of a site, and lists its files that are not pages."""

    def __init__(self, project: Project, plan: Sequence[Page]) -> None:
        """Read the theme and the menu.

        Raises:
            SetupError: The theme cannot be used.
        """
        self._project, self._kb, self._plan = project, project.kb, plan
        settings = project.kb.settings
        self._theme = load_theme(project.root, settings)
        self._config = list_config(settings, self._theme.values)
        self._env = self._make_environment()
        nav = expand_nav(settings.file.get("nav") or [], plan)
        find_page = cache(partial(self._find_page, {page.src_uri: page for page in plan}, list_labels(nav)))
        self._nav = build_navigation(nav, find_page)
        self._by_url = {page.planned.url if page.planned else page.url: page for page in self._nav.pages}
        for page in self._nav.pages:
            page.parent = page.parent or self._find_section(page.planned)

    def _make_environment(self) -> jinja2.Environment:
        loader = jinja2.FileSystemLoader(self._theme.folders)
        # Templates do not change while a site is built.
        env = jinja2.Environment(loader=loader, auto_reload=False, extensions=["jinja2.ext.i18n"])  # noqa: S701 - as themes expect: they escape what needs it
        env.install_null_translations()  # type: ignore[attr-defined] # of the extension
        env.filters.update({"url": url_filter, "script_tag": script_filter})
        env.globals.update(describe_no_page(self._kb))
        return env

    def _find_page(self, planned: Mapping[str, Page], labels: Mapping[str, str], path: str) -> NavPage | None:
        """The page of an entry of the menu, or a file of `docs/` that it leads to."""
        page = planned.get(path)
        if page is None and (path.endswith(MARKDOWN) or not (self._project.root / DOCS / path).is_file()):
            return None
        shown, source = self._make_page(labels.get(path), quote(path), path), f"{DOCS}/{path}"
        if page is not None:
            document = self._kb.documents[page.document] if page.is_written else None
            shown, source = self._make_page(labels.get(path, print_title(page)), quote(page.url), path), page.source
            shown.meta, shown.planned = list_meta(page, document), page
        shown.edit_url = edit_url(source, self.repo_url) or None
        shown.canonical_url = f"{self.site_url}{shown.url}" if self.site_url else None
        return shown

    def _make_page(self, title: str | None, url: str, path: str) -> NavPage:
        shown = NavPage(title, url, PageFile(path))
        shown.abs_url = f"{urlsplit(self.site_url).path}{url}" if self.site_url else None
        return shown

    def _find_section(self, page: Page | None) -> NavItem | None:
        """What stands for the section of a page in the menu: where it has no pages below, the page of the section."""
        index = self._by_url.get(page.section) if page is not None and page.section else None
        return None if index is None or index.planned is page else index.parent or index

    @property
    def site_url(self) -> str:
        """Address of the site with a final slash, or nothing."""
        return self._config["site_url"] or ""

    @property
    def repo_url(self) -> str:
        """Address of the repository without a final slash, or nothing."""
        return (self._config["repo_url"] or "").rstrip("/")

    @property
    def in_nav(self) -> frozenset[str]:
        """Addresses of the pages in the navigation."""
        return frozenset(self._by_url)

    def make_shell(self, shell_key: ShellKey, page: Page) -> Shell:
        """Render the templates around a placeholder for the content of a page with this key."""
        shown, listed = self._stand_in(shell_key, page), self._by_url.get(page.url)
        context = {
            **self._list_values(shown, relative_url(".", shown.url)),
            **describe_language(self._kb, page, self.site_url),
            "styles": placeholder("styles"),
        }
        try:
            template = self._env.get_template(str(shown.meta.get("template", "main.html")))
            with marked_active(shown, *([listed] if listed else [])):
                shell = split_shell(template.render(context))
        except TemplateError as error:
            raise explain_template(error, self._project.root) from error
        if shell.names.count("content") != 1:
            raise SetupError(_("the template `{name}` has to print `page.content`, and only once", name=template.name))
        return shell

    def _stand_in(self, shell_key: ShellKey, page: Page) -> NavPage:
        """A page with placeholders for what differs between the pages of a shell."""
        listed = self._by_url.get(page.url)

        def make(name: str, title: str) -> NavPage:
            path = f"{shell_key.folder}{placeholder(name)}"
            return self._make_page(title, f"{path}/", f"{path}.md")

        shown = make("name", placeholder("plaintitle"))
        if shell_key.url is not None:
            shown = self._make_page(shown.title, quote(page.url), page.src_uri)
        shown.parent = listed.parent if listed else self._find_section(page)
        shown.planned, shown.content = page, CONTENT
        document = self._kb.documents[page.document] if page.is_written else None
        # Front matter of editors' pages may steer the theme.
        shown.meta = (dict(document.meta) if document else {}) | {"title": placeholder("title")}
        if shell_key.described:
            shown.meta["description"] = placeholder("description")
        shown.canonical_url = placeholder("canonical") if self.site_url else None
        shown.edit_url = placeholder("edit") if self.repo_url else None
        shown.toc = make_toc(
            Heading(level, placeholder(f"h{n}id"), placeholder(f"h{n}name")) for n, level in enumerate(shell_key.levels)
        )
        if listed:
            shown.title = listed.title
        if listed and page.kind == CHAPTER:
            shown.previous_page, shown.next_page = listed.previous_page, listed.next_page
        else:
            shown.previous_page = make("before", placeholder("beforetitle")) if shell_key.before else None
            shown.next_page = make("after", placeholder("aftertitle")) if shell_key.after else None
        return shown

    def _list_values(self, page: NavPage | None, base_url: str) -> dict[str, Any]:
        """The names that templates of every theme know."""
        start = None if page is None else page.url
        addresses = {
            name: [normalise_url(str(path), start, base_url) for path in self._config[name]]
            for name in ("extra_css", "extra_javascript")
        }
        return {
            **addresses,
            "nav": self._nav,
            "base_url": base_url,
            "config": self._config,
            "page": page,
            "mkdocs_version": MkDocsVersion(),
            "build_date_utc": get_build_date(),
            # A list of all pages would make every page depend on all others.
            "pages": jinja2.StrictUndefined(
                _("`pages` cannot be used here; `nav` has the pages of the menu"), name="pages"
            ),
        }

    def write_static(self, write: Callable[[str, bytes], None]) -> None:
        """Hand over what is not a page: files of the theme and of `docs/`, and the page for missing addresses.

        Args:
            write: Called with the path in the site and the content of each.

        Raises:
            OSError: A file cannot be read or written.
        """
        outputs = {page.url for page in self._plan}
        made = build_stylesheets() | read_scripts(self._kb.languages.values())
        for path, file in list_static_files(self._project.root, self._theme).items():
            # A page that is made takes the place of a file with its name.
            if path not in made and path.removesuffix("index.html") not in outputs:
                write(path, file.read_bytes())
        for path, text in made.items():
            write(path, text.encode())
        for name in self._theme.static_templates - {"sitemap.xml"}:
            try:
                template = self._env.get_template(name)
            except TemplateNotFound:
                continue  # as MkDocs does
            # The server gives the page for missing addresses at any depth.
            is_error = _ERROR_PAGE.fullmatch(name)
            base = urlsplit(self.site_url or "/").path if is_error else relative_url(".", name)
            try:
                text = collapse(template.render(self._list_values(None, base)))
            except TemplateError as error:
                raise explain_template(error, self._project.root) from error
            if text.strip():
                write(name, text.encode())
