"""The settings of MkDocs that a site is made from: their kinds, and what does not fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field, StrictBool, StrictStr
from pydantic_core import ErrorDetails

from goodpractice.config.limits import SettingsGroup
from goodpractice.config.look import ThemeSettings
from goodpractice.config.model import fit_settings
from goodpractice.config.web_address import BEGIN, NOT_IN_NAME, PORT

#: The names that MkDocs knows.
KNOWN_SETTINGS = (
    *("site_name", "site_url", "site_description", "site_author", "copyright", "repo_url", "repo_name", "edit_uri"),
    *("edit_uri_template", "nav", "not_in_nav", "exclude_docs", "draft_docs", "docs_dir", "site_dir", "theme"),
    *("extra_css", "extra_javascript", "extra_templates", "markdown_extensions", "plugins", "hooks", "extra", "strict"),
    *("use_directory_urls", "validation", "dev_addr", "watch", "remote_branch", "remote_name", "INHERIT"),
)

#: A name that every reader of addresses can take apart; that of a computer at hand has no dot.
Address = Annotated[StrictStr, Field(pattern=rf'^({BEGIN}[^{NOT_IN_NAME}]+({PORT})?([/?#][^\s<>"]*)?)?$')]


class ScriptSettings(SettingsGroup):
    """An entry of `extra_javascript`."""

    path: StrictStr = Field(description="Path in `docs/`, or a web address.")
    type: StrictStr = Field("", description="`module` for a module.")
    defer: StrictBool = Field(False, description="Whether it runs when the page is complete.")
    async_: StrictBool = Field(False, alias="async", description="Whether it runs as soon as it is loaded.")

    def __str__(self) -> str:
        return self.path


def _read_script(given: Any) -> Any:
    if not isinstance(given, str):
        return given
    return {"path": given, "type": "module"} if given.endswith(".mjs") else {"path": given}


class FooterLink(SettingsGroup):
    """A link at the foot of every page."""

    title: StrictStr = Field(description="What it says.")
    url: StrictStr = Field(description="Address of a page of the site, such as `about/`, or a web address.")


class ExtraSettings(SettingsGroup):
    """What every page shows besides; templates may ask for more."""

    model_config = ConfigDict(extra="allow")

    share_url: StrictStr | None = Field(None, description="Address of the page where people begin to share a story.")
    footer_links: tuple[FooterLink, ...] = Field((), description="Links at the foot of every page.")
    homepage: StrictStr | None = Field(None, description="Where the logo leads, if not to the home page.")


class SiteSettings(SettingsGroup):
    """Settings of MkDocs that pages show, or that say where their frame comes from."""

    model_config = ConfigDict(extra="ignore")

    # What MkDocs alone reads: a build in its own way refuses another kind, and says so in the words of a program.
    docs_dir: StrictStr = Field("docs", description="Where its pages lie.")
    site_dir: StrictStr = Field("site", description="Where the built site goes.")
    use_directory_urls: StrictBool = Field(True, description="Addresses end in a slash: always so here.")
    strict: StrictBool = Field(True, description="Nothing is built while there are problems: always so here.")
    validation: dict[str, Any] | None = Field(None, description="What MkDocs says of links and of the menu.")
    edit_uri: StrictStr | None = Field(None, description="Where a file of the repository is edited.")
    exclude_docs: StrictStr | None = Field(None, description="Files of `docs/` that are left out, one a line.")
    draft_docs: StrictStr | None = Field(None, description="Files of `docs/` that only `serve` shows, one a line.")
    not_in_nav: StrictStr | None = Field(None, description="Files that no menu needs to name, one a line.")
    watch: tuple[StrictStr, ...] = Field((), description="Folders that `mkdocs serve` follows, too.")
    dev_addr: StrictStr | None = Field(None, description="Where `mkdocs serve` shows the site.")
    site_name: StrictStr = Field("", description="The name of the site, which every page shows.")
    site_url: Address = Field("", description="Where the site is published.")
    repo_url: Address = Field("", description="Where its files are kept.")
    repo_name: StrictStr | None = Field(None, description="What the link to them says.")
    site_description: StrictStr | None = Field(None, description="What search engines say of pages without one.")
    site_author: StrictStr | None = Field(None, description="Who publishes the site.")
    copyright: StrictStr | None = Field(None, description="The licence, in the foot of every page.")
    theme: Annotated[
        ThemeSettings, BeforeValidator(lambda given: {"name": given} if isinstance(given, str) else given)
    ] = Field(ThemeSettings(), description="Where the frame of pages comes from, and how it looks.")
    extra: ExtraSettings = Field(ExtraSettings(), description="What every page shows besides.")
    extra_css: tuple[StrictStr, ...] = Field((), description="Style sheets of your own, in `docs/`.")
    extra_javascript: tuple[Annotated[ScriptSettings, BeforeValidator(_read_script)], ...] = Field(
        (), description="Scripts of your own, in `docs/`."
    )


def check_site(given: Mapping[str, Any]) -> tuple[SiteSettings, tuple[ErrorDetails, ...]]:
    """Take over the settings of `mkdocs.yml` that pages are made from, as far as they fit."""
    known = {name: given[name] for name in SiteSettings.model_fields if name in given}
    site, mistakes = fit_settings(SiteSettings, known)
    return site, (*mistakes, *_list_missing(site, mistakes))


def _list_missing(site: SiteSettings, mistakes: tuple[ErrorDetails, ...]) -> Iterator[ErrorDetails]:
    if not site.site_name and not any(mistake["loc"] == ("site_name",) for mistake in mistakes):
        yield {"type": "missing", "loc": ("site_name",), "msg": "", "input": None}
