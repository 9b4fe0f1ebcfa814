"""The shell around the main content: rendered once for each shell key, then filled.

The theme's template is rendered for a stand-in page whose values are *placeholders*:
names between two private-use characters, which pass the template's filters
unchanged. Split at the placeholders, the result is a shell; filling it costs
microseconds, and gives the same bytes as rendering the template for the page.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from markupsafe import escape

from goodpractice.render.page_values import print_title

if TYPE_CHECKING:
    from goodpractice.markdown.rendered import Heading
    from goodpractice.pages import Page
    from goodpractice.render import RenderedPage

OPEN, CLOSE = "\ue000", "\ue001"
CONTENT = f"{OPEN}content{CLOSE}"

_PLACEHOLDER = re.compile(f"{OPEN}([a-z0-9]+){CLOSE}")
_SIBLING = re.compile(r'="\.\./([^/"#?.][^/"#?]*)/')
_KEPT = re.compile(r"(<(pre|textarea|script|style)\b.*?</\2>)", re.DOTALL)
_LINES = re.compile(r"\s*\n\s*")


class ShellKey(NamedTuple):
    """What pages must share to share a shell.

    Attributes:
        folder: Parent of the address: links to other pages are relative to it.
        url: The address itself, for pages that stand in the navigation or lie in `docs/`, and for those that the
            theme links to from every page; else None.
        section: The section whose entry in the navigation is marked.
        levels: Levels of the headings in the table of contents.
        described: Whether the page has a description.
        before: Whether a page comes before it.
        after: Whether a page comes after it.
        facts: What the page's front matter tells the theme, as JSON; mostly nothing.
        language: Code of the language of a translation.
        alternates: The page in other languages.
        translation: What is to be said of a translation.
        leads_to: Address that readers are sent on to.
    """

    folder: str
    url: str | None
    section: str
    levels: tuple[int, ...]
    described: bool
    before: bool
    after: bool
    facts: str = ""
    language: str = ""
    alternates: tuple[tuple[str, str], ...] = ()
    translation: str = ""
    leads_to: str = ""


@dataclass(frozen=True, slots=True)
class Shell:
    """The text around the placeholders, and their names: one more text than names."""

    texts: tuple[str, ...]
    names: tuple[str, ...]

    def list_siblings(self) -> frozenset[str]:
        """Names of the pages beside the page that the theme links to: on such a page itself the link is another."""
        return frozenset(name for text in self.texts for name in _SIBLING.findall(text))

    def fill_around(self, middle: str, values: Mapping[str, str]) -> tuple[str, str]:
        """The finished text before and after one placeholder, with all others filled.

        Raises:
            ValueError: There is no such placeholder.
            KeyError: Another placeholder has no value.
        """
        at = self.names.index(middle)
        return self._fill(0, at, values), self._fill(at + 1, len(self.names), values)

    def _fill(self, start: int, end: int, values: Mapping[str, str]) -> str:
        parts = [self.texts[start]]
        for place in range(start, end):
            parts += (values[self.names[place]], self.texts[place + 1])
        return "".join(parts)


def name_of(page: Page) -> str:
    """The last part of the address of a page."""
    return page.url.rstrip("/").rpartition("/")[2]


def placeholder(name: str) -> str:
    """The stand-in for a value."""
    return f"{OPEN}{name}{CLOSE}"


def split_shell(rendered: str) -> Shell:
    """Make a shell from a page that was rendered with placeholders."""
    pieces = _PLACEHOLDER.split(collapse(rendered))
    return Shell(tuple(pieces[::2]), tuple(pieces[1::2]))


def collapse(rendered: str) -> str:
    """Take the indentation and empty lines of the theme's templates out of a page.

    Text that keeps its white space (`pre`, `textarea`, `script`, `style`) stays
    as it is. Main content must not be in it yet: a placeholder stands for it.
    """
    pieces = _KEPT.split(rendered)
    # Every third piece is the name of the element, caught by the inner group.
    return "".join(
        piece if number % 3 == 1 else _LINES.sub("\n", piece) for number, piece in enumerate(pieces) if number % 3 != 2
    )


def serialise_facts(meta: Mapping[str, Any]) -> str:
    """What a page's front matter tells the theme, as JSON; titles and descriptions are placeholders."""
    facts = {key: value for key, value in meta.items() if key not in ("title", "description")}
    return json.dumps(facts, sort_keys=True, default=str) if facts else ""


def shell_key_of(page: Page, headings: Sequence[Heading], in_nav: bool, facts: str = "") -> ShellKey:
    """The shell key of a page."""
    folder = page.url.rstrip("/").rpartition("/")[0]
    return ShellKey(
        folder=f"{folder}/" if folder else "",
        url=page.url if in_nav or page.kind == "doc" or page.language or page.alternates else None,
        section=page.section,
        levels=tuple(heading.level for heading in headings if heading.level > 1),
        described=bool(page.description),
        before=bool(page.previous),
        after=bool(page.next),
        facts=facts,
        language=page.language,
        alternates=page.alternates,
        translation=page.translation,
        leads_to=page.leads_to,
    )


def fill_placeholders(
    page: Page, rendered: RenderedPage, titles: Mapping[str, str], site_url: str, edit_url: str
) -> dict[str, str]:
    """The values of all placeholders of a page but its main content.

    Args:
        page: Its plan.
        rendered: What it was rendered to.
        titles: Titles of pages by address, for the pages before and after.
        site_url: Address of the site, with a final slash; may be empty.
        edit_url: Where its source is edited.
    """
    values = {
        "title": str(escape(page.title)),
        "plaintitle": print_title(page),
        "description": str(escape(page.description)),
        "name": name_of(page),
        "canonical": site_url + quote(page.url),
        "edit": edit_url,
        "styles": rendered.styles,
    }
    for name, url in (("before", page.previous), ("after", page.next)):
        if url:
            values[name] = url.rstrip("/").rpartition("/")[2]
            values[f"{name}title"] = html.escape(titles[url], quote=False)
    for number, heading in enumerate(heading for heading in rendered.headings if heading.level > 1):
        values[f"h{number}id"] = heading.id
        values[f"h{number}name"] = heading.name
    return values
