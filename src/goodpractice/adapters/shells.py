"""Page shells from MkDocs and its theme: what surrounds the main content, for each shell key."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from jinja2 import TemplateError, TemplateNotFound

from goodpractice.config.settings import Settings
from goodpractice.content import Project
from goodpractice.diagnostics.errors import SetupError
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.markdown.rendered import Heading, nest_headings
from goodpractice.pages import Page
from goodpractice.render.shells import CONTENT, Shell, ShellKey, placeholder, split_shell

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


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


class MkDocsShells:
    """Renders the theme's template for stand-in pages."""

    def __init__(self, project: Project, plan: Sequence[Page]) -> None:
        """Set MkDocs up as for a build, with the pages of the navigation only.

        Raises:
            SetupError: MkDocs does not accept the configuration.
        """
        os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
        import mkdocs.commands.build as mkdocs_build
        from mkdocs.exceptions import MkDocsException
        from mkdocs.structure.files import get_files, set_exclusions
        from mkdocs.structure.nav import get_navigation

        self._build = mkdocs_build
        self._project = project
        try:
            config = load_config(project.root, plugins=_list_plugins(project.kb.settings))
            plugin: Any = config.plugins["goodpractice"]
            plugin.use(project, plan)
            config.plugins.on_startup(command="build", dirty=False)
            config = config.plugins.on_config(config)
            config.plugins.on_pre_build(config=config)
            files = get_files(config)
            env = config.theme.get_env()
            files.add_files_from_theme(cast("Any", _ThemeFiles(config.theme.dirs)), config)
            files = config.plugins.on_files(files, config=config)
            set_exclusions(files, config)
            nav = get_navigation(files, config)
            nav = config.plugins.on_nav(nav, config=config, files=files)
            for file in files.documentation_pages():
                if file.page is not None:
                    file.page.read_source(config)
            self.env = config.plugins.on_env(env, config=config, files=files)
        except MkDocsException as error:
            raise SetupError(str(error)) from error
        self.config, self.files, self.nav = config, files, nav
        self._pages: dict[str, Any] = {file.page.url: file.page for file in files.documentation_pages() if file.page}

    @property
    def site_url(self) -> str:
        """Address of the site with a final slash, or nothing."""
        url = self.config.site_url or ""
        return url if not url or url.endswith("/") else f"{url}/"

    @property
    def repo_url(self) -> str:
        """Address of the repository without a final slash, or nothing."""
        return (self.config.repo_url or "").rstrip("/")

    @property
    def in_nav(self) -> frozenset[str]:
        """Addresses of the pages in the navigation."""
        return frozenset(page.url for page in self.nav.pages)

    def make_shell(self, shell_key: ShellKey, page: Page) -> Shell:
        """Render the theme around a placeholder for the content of a page with this key."""
        from mkdocs.structure.toc import get_toc

        stand_in = self._pages.get(shell_key.url) if shell_key.url is not None else None
        if stand_in is None:
            stand_in = self._stand_in(shell_key, page)
        cached = (stand_in.meta, stand_in.canonical_url, stand_in.edit_url, stand_in.toc, stand_in.content)
        # Front matter of editors' pages may steer the theme; titles and descriptions are placeholders.
        stand_in.meta = {**stand_in.meta, "title": placeholder("title")}
        if shell_key.described:
            stand_in.meta["description"] = placeholder("description")
        stand_in.canonical_url = placeholder("canonical") if self.site_url else None
        stand_in.edit_url = placeholder("edit") if self.repo_url else None
        headings = [
            Heading(level, placeholder(f"h{n}id"), placeholder(f"h{n}name")) for n, level in enumerate(shell_key.levels)
        ]
        stand_in.toc = get_toc(cast("Any", nest_headings(headings)))
        stand_in.content = CONTENT
        stand_in.active = True
        try:
            context = self._build.get_context(self.nav, self.files, self.config, stand_in)
            context = self.config.plugins.on_page_context(context, page=stand_in, config=self.config, nav=self.nav)
            context["styles"] = placeholder("styles")  # type: ignore[typeddict-unknown-key] # a name of our own
            template = self.env.get_template(str(stand_in.meta.get("template", "main.html")))
            return split_shell(template.render(context))
        except TemplateError as error:
            raise explain_template(error, self._project.root) from error
        finally:
            stand_in.active = False
            stand_in.meta, stand_in.canonical_url, stand_in.edit_url, stand_in.toc, stand_in.content = cached

    def _stand_in(self, shell_key: ShellKey, page: Page) -> Any:
        """A page that is not in the navigation, with placeholders where such pages differ."""
        from mkdocs.structure.files import File, InclusionLevel
        from mkdocs.structure.pages import Page as MkDocsPage

        def make(name: str, title: str) -> Any:
            uri = f"{shell_key.folder}{placeholder(name)}.md"
            file = File.generated(self.config, uri, content="", inclusion=InclusionLevel.NOT_IN_NAV)
            # MkDocs would quote the characters around a placeholder.
            file.url = f"{shell_key.folder}{placeholder(name)}/"
            made = MkDocsPage(title, file, self.config)
            made.meta = {"title": title}
            made.markdown = ""
            return made

        stand_in = make("name", placeholder("title"))
        stand_in.planned = page
        if shell_key.url is not None:
            stand_in.file.url = shell_key.url
        document = self._project.kb.documents[page.document] if page.is_written else None
        stand_in.meta = {"render_macros": False} if document is None else dict(document.meta)
        index = self._pages.get(shell_key.section) if shell_key.section else None
        if index is not None:
            stand_in.parent = index.parent or index
        stand_in.previous_page = make("before", placeholder("beforetitle")) if shell_key.before else None
        stand_in.next_page = make("after", placeholder("aftertitle")) if shell_key.after else None
        return stand_in

    def write_static(self, write: Callable[[str, bytes], None]) -> None:
        """Hand over what is not a page: files of the theme and of `docs/`, and the page for missing addresses.

        Args:
            write: Called with the path in the site and the content of each.

        Raises:
            OSError: A file cannot be read or written.
        """
        from mkdocs.structure.files import InclusionLevel

        for file in self.files:
            if not file.is_documentation_page() and file.inclusion is not InclusionLevel.EXCLUDED:
                write(file.dest_uri, file.content_bytes)
        for name in self.config.theme.static_templates:
            if name == "sitemap.xml":
                continue
            with suppress(TemplateNotFound):  # as MkDocs does
                try:
                    template = self.env.get_template(name)
                    text = self._build._build_template(name, template, self.files, self.config, self.nav)
                except TemplateNotFound:
                    raise
                except TemplateError as error:
                    raise explain_template(error, self._project.root) from error
                if text.strip():
                    write(name, text.encode())


class _ThemeFiles:
    """Lists the files of a theme as its template environment does, without its fourteen thousand icons.

    They lie in a hidden folder, and MkDocs lists them before it leaves out what is hidden.
    """

    def __init__(self, folders: Sequence[str]) -> None:
        self._folders = folders

    def list_templates(self, filter_func: Callable[[str], bool]) -> list[str]:
        found: set[str] = set()
        for root in self._folders:
            for folder, below, names in os.walk(root):
                below[:] = [name for name in below if not name.startswith(".")]
                found.update(Path(folder, name).relative_to(root).as_posix() for name in names)
        return sorted(filter(filter_func, found))


def _list_plugins(settings: Settings) -> list[dict[str, Any]]:
    """The plugins of `mkdocs.yml` but the one for macros: no shell holds a macro, and it takes long to start."""
    return [{name: options or {}} for name, options in settings.file.list_entries("plugins") if name != "macros"]


def load_config(root: Path, **options: Any) -> MkDocsConfig:
    """Read `mkdocs.yml` as MkDocs does; its warnings go to standard error.

    Raises:
        mkdocs.exceptions.ConfigurationError: The file is not accepted.
    """
    import mkdocs.config

    logger = logging.getLogger("mkdocs")
    if not logger.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
        handler.setLevel(logging.WARNING)
        logger.addHandler(handler)
    return mkdocs.config.load_config(str(root / "mkdocs.yml"), **options)
