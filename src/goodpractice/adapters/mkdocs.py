"""The MkDocs plugin: a driver that hands MkDocs the planned pages, and nothing else."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import get_toc

from goodpractice.adapters.plugins import refuse_plugins
from goodpractice.adapters.shell import ShellEnvironment
from goodpractice.checks import check_project
from goodpractice.config.mkdocs_file import SettingsError
from goodpractice.config.site_folders import SEARCH_FOLDER, SITEMAP
from goodpractice.content import Project, lend_project, open_project
from goodpractice.content.input_guards import is_there
from goodpractice.content.leftovers import is_leftover
from goodpractice.diagnostics.reports import format_diagnostic
from goodpractice.engine.sources import SOURCE_FILES, SOURCE_FOLDERS, digest_bytes
from goodpractice.i18n.languages import find_language
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.i18n.messages import quote_error
from goodpractice.kinds.papers import PaperFacts
from goodpractice.markdown.editors import EditorsMarkdown
from goodpractice.markdown.rendered import nest_headings
from goodpractice.outputs.edition import Listed, make_edition
from goodpractice.outputs.output import Made, Output
from goodpractice.outputs.registry import OUTPUTS
from goodpractice.outputs.site import Site, SiteInputs
from goodpractice.pages import LinkResolver, Page, edit_url, make_page_index, plan_pages
from goodpractice.photos.publishing import derive_photos
from goodpractice.render import Inputs, RenderedPage, bind_macros, build_stylesheets, render_page
from goodpractice.render.macros import Macro
from goodpractice.render.navigation import collect_labels, expand_nav
from goodpractice.render.page_values import CONFIG_PARTS, collect_meta, collect_page_values, print_title
from goodpractice.render.registration import MacroCollector, collect_macros, speak
from goodpractice.render.scripts import read_scripts
from goodpractice.render.stylesheet import STYLESHEET
from goodpractice.render.theme import UNUSED, SiteTheme, load_theme
from goodpractice.search import make_search

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.livereload import LiveReloadServer

log = logging.getLogger("mkdocs.plugins.goodpractice")

#: Outputs that MkDocs writes itself: its pages, and files that it is handed.
OF_MKDOCS = frozenset({"pages", "photos", "assets"})


class GoodPracticeConfig(Config):  # type: ignore[no-untyped-call] # mkdocs
    """The plugin has no settings: what a site is made of lies in its folders."""


class PlannedPage(MkDocsPage):
    """A page whose content comes from the renderer."""

    def __init__(
        self,
        planned: Page,
        inputs: Inputs,
        file: File,
        config: MkDocsConfig,
        finished: list[tuple[Page, RenderedPage]],
        speak: Callable[[str], tuple[Inputs, MacroCollector]],
        label: str | None = None,
    ) -> None:
        self.finished = finished
        self.speak = speak
        self.planned = planned
        self.styles = ""
        self.inputs = inputs
        super().__init__(label or print_title(planned), file, config)
        self.edit_url = edit_url(planned.source, inputs.repo_url) or None

    def read_source(self, config: MkDocsConfig) -> None:
        """Give MkDocs and its plugins the text that editors wrote, and facts that are safe in any template.

        The theme prints `title` and `description` unescaped, and unescapes a
        title that is not in `meta`: so both are put there, escaped.
        """
        document = self.inputs.kb.documents.get(self.planned.document)
        editors = self.planned.is_written
        self.meta = collect_meta(self.planned, document if editors else None)
        if not editors or self.planned.language:
            # The plugin knows the macros of one language: those of a translation are expanded when it is rendered.
            self.meta["render_macros"] = False
        self.markdown = document.body if document is not None and editors else ""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Hand the page to the renderer."""
        inputs, markdown = self.inputs, self.markdown or ""
        # Only what editors write holds macros; without the plugin they are expanded here.
        if self.planned.is_written and (self.planned.language or "macros" not in config.plugins):
            inputs, collected = self.speak(self.planned.language or inputs.kb.own_language.code)
            document = inputs.kb.documents.get(self.planned.document)
            if document is not None:
                values = {name: config.get(name) for name in CONFIG_PARTS}
                markdown = collected.expand(markdown, collect_page_values(self.planned, document, values))
        rendered = render_page(self.planned, inputs, markdown)
        self.finished.append((self.planned, rendered))
        self.content = rendered.html
        self.styles = rendered.styles
        self.toc = get_toc(cast("Any", nest_headings(rendered.headings)))
        self.present_anchor_ids = set(rendered.anchors)
        self.links_to_anchors = {}


class GoodPracticePlugin(BasePlugin[GoodPracticeConfig]):  # type: ignore[no-untyped-call] # mkdocs
    """Adds handbook, case studies, partners and lists to an ordinary MkDocs project."""

    def __init__(self) -> None:
        super().__init__()
        self.project: Project
        self.plan: Sequence[Page] = ()
        self._navigation: Navigation
        self._is_served = False
        self._rendered: list[tuple[Page, RenderedPage]] = []

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Learn whether the site is for a writer to look at, who must never see an older copy."""
        self._is_served = command == "serve"

    @property
    def _keeps(self) -> bool:
        return self.project.kb.settings.own.offline and not self._is_served

    @event_priority(100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Load the project, report its problems, and fill the navigation."""
        if not config.config_file_path:
            raise PluginError(
                find_language(os.environ).translate(
                    _("goodpractice needs a mkdocs.yml on disk, to know where the project is.")
                )
            )
        refuse_plugins(config.plugins)
        root = Path(config.config_file_path).parent
        self.project = open_project(root)
        try:
            self.project.kb.settings.require()
        except SettingsError as error:
            raise PluginError(find_language(os.environ).translate(quote_error(error))) from error
        for diagnostic in check_project(self.project, collect_macros):
            log.warning(format_diagnostic(diagnostic, find_language(os.environ)))
        _adopt_theme(config, load_theme(root, self.project.kb.settings))
        self.plan = plan_pages(self.project.kb)
        config.nav = expand_nav(config.nav or [], self.plan)
        if STYLESHEET not in config.extra_css:
            config.extra_css.insert(0, STYLESHEET)
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add every planned page and the stylesheet."""
        papers: dict[str, PaperFacts] = {}
        for output in filter(_can_make, OUTPUTS):
            if output.is_told:
                for name, made in self._make_output(output, config):
                    # By itself MkDocs leaves out whatever lies below `templates/`.
                    kept = InclusionLevel.INCLUDED
                    files.append(File.generated(config, name, content=made.data, inclusion=kept))
                    papers[name] = PaperFacts(len(made.data), made.pages)
        inputs = replace(self._inputs(config), find_paper=papers.get)
        spoken = cache(partial(speak, self.project, inputs))
        self._rendered.clear()
        for theirs in list(files):
            if theirs.src_uri.startswith(UNUSED) and theirs.abs_src_path and _is_of_theme(theirs.abs_src_path, config):
                files.remove(theirs)
            elif is_leftover(theirs.src_uri):
                files.remove(theirs)  # MkDocs lists everything below docs/
        in_nav, labels = set(_list_nav(config.nav or [])), collect_labels(config.nav or [])
        for page in self.plan:
            written = files.get_file_from_path(page.source.removeprefix("docs/")) if page.language else None
            if written is not None:
                files.remove(written)  # its address is another
        for page in self.plan:
            file = files.get_file_from_path(page.src_uri)
            if file is None:
                shown = InclusionLevel.INCLUDED if page.src_uri in in_nav else InclusionLevel.NOT_IN_NAV
                file = File.generated(config, page.src_uri, content="", inclusion=shown)
                files.append(file)
            elif page.src_uri not in in_nav:
                file.inclusion = InclusionLevel.NOT_IN_NAV
            PlannedPage(page, inputs, file, config, self._rendered, spoken, labels.get(page.src_uri))
        sheets = build_stylesheets(self.project.kb.settings.look)
        for path, text in (sheets | read_scripts(self.project.kb.languages.values(), keeps=self._keeps)).items():
            files.append(File.generated(config, path, content=text))
        for path, cached in derive_photos(self.project.kb.photos, self.project.root).items():
            files.append(File.generated(config, path, abs_src_path=str(cached)))
        return files

    def _inputs(self, config: MkDocsConfig) -> Inputs:
        registered: Mapping[str, Macro] = bind_macros(self.project.kb)
        macros = config.plugins.get("macros")
        if macros is not None:
            registered = {**registered, **getattr(macros, "macros", {})}
        root = self.project.root
        return Inputs(
            kb=self.project.kb,
            addresses=LinkResolver(make_page_index(self.plan), lambda path: is_there(root, path)),
            macros=registered,
            editors=EditorsMarkdown(config.markdown_extensions, config.mdx_configs or {}),
            repo_url=(config.repo_url or "").rstrip("/"),
        )

    @event_priority(-100)
    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> None:
        """Take the menu, when other plugins have changed it."""
        self._navigation = nav

    def on_env(self, env: Environment, config: MkDocsConfig, files: Files) -> Environment:
        """Let our renderer fill the templates."""
        return cast("Environment", ShellEnvironment(self.project, self.plan, config, self._navigation))

    def on_serve(self, server: LiveReloadServer, config: MkDocsConfig, builder: Callable[..., Any]) -> LiveReloadServer:
        """Follow what MkDocs does not know of: it watches its own folder and settings."""
        for name in (*SOURCE_FOLDERS, *SOURCE_FILES):
            path = self.project.root / name
            if path.exists() and name not in ("docs", "mkdocs.yml"):
                server.watch(str(path))
        return server

    def _make_output(self, output: Output, config: MkDocsConfig) -> Iterator[tuple[str, Made]]:
        """Make the files of an output, by their paths in the site."""
        inputs = SiteInputs(_end(config.site_url), (config.repo_url or "").rstrip("/"), ())
        site = Site(self.project, inputs=inputs)
        site.plan = self.plan
        # An output shares the project with macros, for good; `mkdocs serve` would never see another one.
        with lend_project(self.project):
            targets = list(output.list_targets(site))
            output.prepare(site, targets)
            made = [(target.name, output.make(site, target)) for target in targets]
        yield from made

    @event_priority(-100)
    def on_post_build(self, config: MkDocsConfig) -> None:
        """Write the outputs that MkDocs knows nothing of, and the search; then list what other plugins have left."""
        for output in filter(_can_make, OUTPUTS):
            if output.name not in OF_MKDOCS and not output.is_told:
                for name, made in self._make_output(output, config):
                    _write_file(Path(config.site_dir, name), made.data)
        Path(config.site_dir, f"{SITEMAP}.gz").unlink(missing_ok=True)
        rendered = dict(self._rendered)
        # In the order of the plan, as the other driver has them: the search lists equals in the order of its records.
        pages = [(page, rendered[page]) for page in self.plan if page in rendered]
        for name, data in make_search(pages, self.project.kb).items():
            _write_file(Path(config.site_dir, SEARCH_FOLDER, name), data)
        if self.project.kb.settings.own.offline:
            for name, data in make_edition(_collect_files(Path(config.site_dir))).items():
                _write_file(Path(config.site_dir, name), data)


def _can_make(output: Output) -> bool:
    """Whether the files of an output are made here: those that take long are made by our own command only."""
    return not output.is_slow and not any(output.list_missing())


def _write_file(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)


def _collect_files(folder: Path) -> dict[str, Listed]:
    """The files of a finished site, as its list tells of them."""
    texts = {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    return {name: Listed(len(data), digest_bytes(data)) for name, data in texts.items()}


def _adopt_theme(config: MkDocsConfig, theme: SiteTheme) -> None:
    """Let MkDocs use the theme as we find it: ours where none is named, and before the templates of Material."""
    config.theme.dirs = [*map(str, theme.folders), config.theme.dirs[-1]]  # the last are MkDocs' own
    config.theme.static_templates |= theme.static_templates
    for name, value in theme.values.items():
        if name not in ("name", "custom_dir", "locale"):
            config.theme[name] = value


def _end(url: str | None) -> str:
    """An address with a final slash, or nothing."""
    return f"{url.rstrip('/')}/" if url else ""


def _is_of_theme(path: str, config: MkDocsConfig) -> bool:
    """Whether a file comes from the theme as installed, not from the project."""
    own = (config.docs_dir, config.theme.custom_dir)
    return not any(folder and Path(path).is_relative_to(folder) for folder in own)


def _list_nav(nav: Any) -> list[str]:
    if isinstance(nav, str):
        return [nav]
    if isinstance(nav, dict):
        nav = list(nav.values())
    return [path for entry in nav for path in _list_nav(entry)]
