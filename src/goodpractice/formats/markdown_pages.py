"""Pages as Markdown for whoever reads with a program: what a page says, without its frame, and a list of all pages.

It is made from the passages that the search reads: macros have become text by then, and a second way from records to
text would have to be kept like the first. Passages know headings and paragraphs; links, tables and marks are on the
page, whose address stands at the top.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.formats.datasets import data_url, describe_site, list_kinds, title_dataset
from goodpractice.formats.text import join_lines
from goodpractice.kinds.registry import COLLECTIONS
from goodpractice.markdown.passages import Passage, Picture, join_words
from goodpractice.pages import Page

#: The list of pages for programs that read for people (https://llmstxt.org).
LLMS = "llms.txt"
#: Name of a page as Markdown, in its folder.
NAME = "index.md"
#: What Markdown could take for more than text: anywhere, and at the beginning of a line.
_MARKS = re.compile(r"[\\`*_\[\]<>&|~]")
_FIRST = re.compile(r"^(?:[-+=#]|\d{1,9}(?=[.)]))")


def write_page(page: Page, passages: Sequence[Passage], site_url: str) -> str:
    """A page as Markdown: its address, its title, its headings and paragraphs.

    Args:
        page: Its plan.
        passages: What it says.
        site_url: Address of the site, with a final slash; may be empty.
    """
    parts = [f"<{site_url}{page.url}>"]
    if not any(passage.level == 1 for passage in passages):
        parts.append(f"# {escape(page.title)}")
    for passage in passages:
        if not passage.is_searched and passage.level != 1:
            continue
        text = escape(join_words(piece.text if isinstance(piece, Picture) else piece for piece in passage.pieces))
        if text:
            parts.append(f"{'#' * passage.level} {text}" if passage.level else text)
    return "\n\n".join(parts) + "\n"


def escape(text: str) -> str:
    """A text on one line that Markdown takes for nothing but text."""
    line = _MARKS.sub(r"\\\g<0>", join_lines(text))
    return _FIRST.sub(lambda found: f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}", line)


def write_llms(kb: KnowledgeBase, pages: Iterable[Page]) -> str:
    """The list of what a program should read first: chapters, stories, pages about the site, and the data.

    Args:
        kb: The knowledge base.
        pages: The plan.
    """
    about = describe_site(kb, with_edition=False)
    # All pages of records say something of their own.
    name = NAME if kb.settings.own.markdown_pages else ""
    listed = [page for page in pages if page.is_listed and page.number == 1 and not page.language]
    lines = [f"# {escape(about.site_name)}"]
    if described := str(kb.settings.file.get("site_description") or ""):
        lines.append(f"\n> {escape(described)}")
    if about.licence:
        lines.append(f"\n{escape(about.licence)}")
    for kind, collection in COLLECTIONS.items():
        own = [page for page in listed if page.kind == kind] if collection.record_view else []
        if own:
            lines.append(f"\n## {escape(kb.gettext(collection.title))}\n")
            lines += [_link(about.site_url, page.url + name, page.title, page.description) for page in own]
    lines.append(f"\n## {escape(kb.gettext('Open data'))}\n")
    lines += [_link(about.site_url, data_url(kind, "json"), title_dataset(kb, kind), "") for kind in list_kinds(kb)]
    lines.append(f"\n## {escape(kb.gettext('More pages'))}\n")
    more = [page for page in listed if page.kind not in COLLECTIONS and page.url]
    lines += [_link(about.site_url, page.url, page.title, page.description) for page in more]
    return "\n".join(lines) + "\n"


def _link(site_url: str, url: str, title: str, described: str) -> str:
    said = f": {escape(described)}" if described else ""
    return f"- [{escape(title)}]({site_url}{url}){said}"
