"""Stands where MkDocs looks for templates, and finishes its pages with the renderer of the engine.

Whatever other plugins have made of a page by then, its text, its headings, its front matter and the menu, is shown.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from copy import copy
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure import StructureItem
from mkdocs.structure.nav import Link as MkDocsLink
from mkdocs.structure.nav import Navigation as MkDocsNavigation
from mkdocs.structure.nav import Section as MkDocsSection
from mkdocs.structure.pages import Page as MkDocsPage

from goodpractice.config.site_folders import SITEMAP
from goodpractice.content import Project
from goodpractice.diagnostics.errors import SetupError
from goodpractice.i18n.languages import find_language
from goodpractice.i18n.messages import quote_error
from goodpractice.pages import Page, make_page_index
from goodpractice.render.fragments import FragmentCache
from goodpractice.render.navigation import Link, Navigation, NavItem, NavPage, NavSection, PageFile
from goodpractice.render.shell import ShellRenderer
from goodpractice.render.theme import SiteTheme


class ShellEnvironment:
    """In the place of Jinja's environment."""

    def __init__(
        self, project: Project, plan: Sequence[Page], config: MkDocsConfig, navigation: MkDocsNavigation
    ) -> None:
        """Take what pages are made from, when no plugin changes it any more."""
        theme = SiteTheme(tuple(map(Path, config.theme.dirs)), False, {}, frozenset(config.theme.static_templates))
        index = make_page_index(plan)
        self.shell = ShellRenderer(project, lambda: plan, lambda: index.titles, FragmentCache(), theme, config)
        pages: dict[str, NavPage] = {}
        self.shell.navigation = Navigation([self._adopt(item, pages) for item in navigation.items])

    def _adopt(self, item: StructureItem, pages: dict[str, NavPage]) -> NavItem:
        """An entry of the menu; the entries of one page are one."""
        if isinstance(item, MkDocsSection):
            return NavSection(item.title, [self._adopt(child, pages) for child in item.children])
        if isinstance(item, MkDocsLink):
            return Link(item.title, item.url)
        assert isinstance(item, MkDocsPage)  # noqa: S101 - there is no fourth
        if item.file.src_uri not in pages:
            planned = getattr(item, "planned", None)
            shown = self.shell.describe(planned) if planned else NavPage(None, item.url, PageFile(item.file.src_uri))
            pages[item.file.src_uri] = _update(shown, item)
        return pages[item.file.src_uri]

    def show(self, page: MkDocsPage) -> NavPage:
        """A page as templates know it; it need not be one of the plan."""
        planned: Page | None = getattr(page, "planned", None)
        listed = self.shell.in_menu.get(planned.url if planned else page.url)
        if planned is not None:
            shown = self.shell.place(planned, listed is not None)
        else:
            shown = copy(listed) if listed else NavPage(None, page.url, PageFile(page.file.src_uri))
        shown.toc, shown.content = list(page.toc), page.content
        return _update(shown, page)

    def get_template(self, name: str) -> ShellTemplate:
        """What MkDocs takes for a template."""
        return ShellTemplate(self, name)


class ShellTemplate:
    """In the place of one of Jinja's templates."""

    def __init__(self, environment: ShellEnvironment, name: str) -> None:
        """Take its name."""
        self._environment, self._name = environment, name

    def render(self, context: Mapping[str, Any]) -> str:
        """The finished page, or what a template that makes a page by itself gives."""
        page, shell = context["page"], self._environment.shell
        try:
            if page is not None:
                return shell.fill(self._environment.show(page), getattr(page, "styles", ""))
            # Our sitemap is written with the other outputs.
            return "" if self._name == SITEMAP else shell.render_static(self._name)
        except SetupError as error:
            raise PluginError(find_language(os.environ).translate(quote_error(error))) from error


def _update(shown: NavPage, page: MkDocsPage) -> NavPage:
    """What MkDocs knows of a page, and plugins may have changed."""
    shown.title, shown.meta, shown.edit_url = page.title, page.meta, page.edit_url
    shown.canonical_url, shown.abs_url = page.canonical_url, page.abs_url
    return shown
