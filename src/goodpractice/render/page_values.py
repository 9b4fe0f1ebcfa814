"""What a page of editors can print besides macros: facts of itself and of the site, the same in every command."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from goodpractice.content.document import Document
from goodpractice.pages import Page

#: What there is of `page`.
PAGE_PARTS = ("title", "url", "canonical_url", "meta")
#: What there is of `config`: texts that mkdocs.yml gives.
CONFIG_PARTS = ("site_name", "site_url", "site_description", "site_author", "copyright", "repo_url", "extra")


def collect_page_values(page: Page, document: Document, config: Mapping[str, Any]) -> dict[str, Any]:
    """Names and values for the macros of a page, as mkdocs-macros-plugin gives them.

    Args:
        page: Its plan.
        document: What its writer wrote.
        config: The values of mkdocs.yml.
    """
    site_url = str(config.get("site_url") or "")
    site_url = f"{site_url.rstrip('/')}/" if site_url else ""
    extra = config.get("extra")
    extra = extra if isinstance(extra, dict) else {}
    site = {name: config.get(name) for name in CONFIG_PARTS} | {"site_url": site_url, "extra": extra}
    meta = collect_meta(page, document)
    own = {
        "title": Markup(print_title(page)),  # noqa: S704 - escaped
        "url": page.url,
        "canonical_url": f"{site_url}{page.url}" if site_url else None,
        "meta": meta,
    }
    return {**extra, "extra": extra, "config": site, "page": own, **meta}


def collect_meta(page: Page, document: Document | None) -> dict[str, Any]:
    """What the front matter of a page says. Title and description are HTML: a theme prints them as they are."""
    meta: dict[str, Any] = dict(document.meta) if document is not None else {}
    meta["title"] = Markup.escape(page.title)
    if page.description:
        meta["description"] = Markup.escape(page.description)
    return meta


def print_title(page: Page) -> str:
    """The title of a page as HTML."""
    return html.escape(page.title, quote=False)
