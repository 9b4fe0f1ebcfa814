"""Pages of a project as the engine renders them, without a site."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

from goodpractice.config.settings import load_settings
from goodpractice.content import Project
from goodpractice.markdown.editors import EditorsMarkdown
from goodpractice.pages import LinkResolver, Page, make_page_index, plan_pages
from goodpractice.render import Inputs, bind_macros

REPO = "https://example.org/repo"
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "path"}


def make_inputs(project: Project) -> Inputs:
    settings = load_settings(project.root)
    return Inputs(
        project.kb,
        LinkResolver(make_page_index(plan_pages(project.kb)), lambda path: (project.root / path).exists()),
        bind_macros(project.kb),
        EditorsMarkdown(settings.extensions, settings.configs),
        REPO,
    )


def find(inputs: Inputs, url: str) -> Page:
    return next(page for page in plan_pages(inputs.kb) if page.url == url)


class Balance(HTMLParser):
    """Elements that are opened are closed, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open, f"</{tag}> closes nothing"
            assert self.open.pop() == tag, f"</{tag}> closes another element"


def check_balance(html: str) -> None:
    balance = Balance()
    balance.feed(html)
    balance.close()
    assert balance.open == []


def take_some(pages: Iterable[Page], most: int) -> Iterator[Page]:
    """The first pages of each kind."""
    taken = Counter[str]()
    for page in pages:
        taken[page.macro or page.kind] += 1
        if taken[page.macro or page.kind] <= most:
            yield page
