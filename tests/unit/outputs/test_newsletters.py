"""The files beside the page of an issue."""

from __future__ import annotations

from pathlib import Path

import pytest

from goodpractice.outputs.newsletters import Newsletters
from goodpractice.outputs.site import Site
from goodpractice.render.macros import bind_macros
from tests.helpers.projects import load_folder

ISSUE = """---
title: Soup
summary: What was new.
since: 2025-02-01
until: 2025-02-28
---
## New

[Hello](../posts/hello.md), {{ partner("hill-museum", style="link") }}.
"""


def write_issue(root: Path, site_url: str) -> Site:
    (root / "newsletters/2025-01.md").unlink()
    (root / "newsletters/2025-02.md").write_text(ISSUE)
    config = root / "mkdocs.yml"
    config.write_text(f"site_url: {site_url}\n{config.read_text()}" if site_url else config.read_text())
    return Site(load_folder(root))


def test_an_issue_can_be_taken_along(project_copy: Path) -> None:
    site, output = write_issue(project_copy, "https://small.example/gp"), Newsletters()
    targets = list(output.list_targets(site))
    assert [target.name for target in targets] == ["newsletter/2025-02/2025-02.eml", "newsletter/2025-02/2025-02.md"]
    mail, text = (output.make(site, target).data for target in targets)
    assert mail.startswith(b"Subject: A small knowledge base for tests: Soup\r\nX-Unsent: 1\r\n")
    links = (
        "[Hello](https://small.example/gp/blog/hello/), [Hill Museum](https://small.example/gp/partners/hill-museum/)."
    )
    assert f"# Soup\n\nWhat was new.\n\n## New\n\n{links}\n" in text.decode()
    html = bind_macros(site.kb)["newsletter_page"]("2025-02", "")
    assert [target.name for target in targets if f'"gp:/{target.name}"' in html] == [target.name for target in targets]


@pytest.mark.parametrize("site_url", ["", "''"])
def test_a_site_without_an_address_offers_none(project_copy: Path, site_url: str) -> None:
    site = write_issue(project_copy, site_url)
    assert list(Newsletters().list_targets(site)) == []
    assert ".eml" not in bind_macros(site.kb)["newsletter_page"]("2025-02", "")
