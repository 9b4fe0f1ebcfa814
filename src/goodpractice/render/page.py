"""One page, finished: the only place where a plan becomes HTML.

Whatever walks the plan, the engine or MkDocs, calls `render_page` and adds nothing of
its own: no rule of content, layout, links or safety lives in a driver.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.i18n.languages import SOURCE, Language
from goodpractice.i18n.typography import has_these_quotes, set_quotes
from goodpractice.kinds.blocks import Cite, Related, Share, Story, View, Widget
from goodpractice.kinds.case_study.model import STORY_PARTS
from goodpractice.kinds.views.any_kind import ANY_KIND
from goodpractice.markdown.contributed import render_contributed
from goodpractice.markdown.editors import EditorsMarkdown
from goodpractice.markdown.passages import UNSEARCHED, Passage
from goodpractice.markdown.rendered import Heading, RewriteLink, list_anchors, list_headings
from goodpractice.pages import LinkResolver, Page
from goodpractice.pages.link_resolver import PAGE_URI, resolve_internal_uris
from goodpractice.render.blocks import RenderedView, list_components, render_view
from goodpractice.render.citations import describe_page
from goodpractice.render.environment import fill, page_href
from goodpractice.render.feeds import link_feed
from goodpractice.render.linked_data import serialise_linked_data
from goodpractice.render.macros import TEXT_VIEWS, Macro, is_ours, make_view
from goodpractice.render.papers import FindPaper, find_nothing, show_papers
from goodpractice.render.passages import list_passages, read_body
from goodpractice.render.prose import finish_prose
from goodpractice.render.scripts import ELEMENTS, script_path
from goodpractice.render.stylesheet import choose_sheets, find_components, link_sheets
from goodpractice.render.translations import describe_translation


@dataclass(frozen=True)
class Inputs:
    """Everything that a page is made from, besides its plan.

    Attributes:
        kb: The knowledge base.
        addresses: Where links lead.
        macros: Macros by name, as `macros.py` registered them.
        editors: The parser of editors' Markdown.
        repo_url: Address of the repository, without a final slash.
        find_paper: Tells what the site has of a paper.
        is_printed: Whether the page is made for a paper: without what only leads on, and without its papers.
        is_read: Whether somebody wants all that the page says; otherwise its passages are no more than its headings.
    """

    kb: KnowledgeBase
    addresses: LinkResolver
    macros: Mapping[str, Macro]
    editors: EditorsMarkdown
    repo_url: str
    find_paper: FindPaper = find_nothing
    is_printed: bool = False
    is_read: bool = True


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page, ready for the frame of the theme.

    Attributes:
        html: Main content.
        passages: What it says: its headings and paragraphs, in order; nobody may want the words of the paragraphs.
        styles: What its head needs besides what every page has: HTML.
    """

    html: str
    passages: list[Passage]
    styles: str = ""

    @property
    def headings(self) -> list[Heading]:
        """Its headings that have an anchor, in order."""
        return list_headings(self.passages)

    @property
    def anchors(self) -> frozenset[str]:
        """Everything that a link to it can lead to."""
        return list_anchors(self.html)


def render_page(page: Page, inputs: Inputs, markdown: str = "") -> RenderedPage:
    """Render the main content of a page.

    Args:
        page: The plan of the page.
        inputs: What it is made from.
        markdown: For pages that editors write (`doc`, `chapter`): their
            Markdown, macros expanded.

    Raises:
        KeyError: The layout macro is not registered, or names a missing record.
    """
    html, passages, components = _render_main(page, inputs, markdown)
    if page.language:
        notice, credit = describe_translation(inputs.kb, page)
        components = {*components, *find_components(notice)}
        html = f"{notice}{_lead_to_translations(page, inputs, html)}{credit}"
        passages = [*read_body(inputs.kb, notice, inputs.is_read), *passages]
    # Plain text: what is put into markup would be escaped.
    html = show_papers(str(html).replace(UNSEARCHED, ""), page, inputs.kb, inputs.find_paper)
    html = finish_prose(html, inputs.is_printed)
    if has_these_quotes(page.language or inputs.kb.language.code):
        html = set_quotes(html)
    # Few pages have any, and each is looked for in all of a page.
    shown = [name for name in ELEMENTS if f"<{name} " in html] if "<gp-" in html else []
    names = [*page.scripts, *shown]
    paths = (page_href(script_path(name, inputs.kb.language)) for name in names)
    scripts = "".join(f'<script type="module" src="{path}"></script>' for path in paths)
    html = resolve_internal_uris(f"{html}{scripts}", page.url, inputs.repo_url)
    head = link_sheets(choose_sheets(components), page.url)
    head += serialise_linked_data(inputs.kb, page.kind, page.id)
    head += describe_page(inputs.kb, page)
    return RenderedPage(html, passages, head + link_feed(inputs.kb, page))


def leave_out_ways(view: View) -> View:
    """The blocks of a page without those that only lead on to other pages or files, and how the page is cited.

    A paper says itself how it is cited.
    """
    return tuple(
        block
        for block in view
        if not isinstance(block, Related | Share | Cite) and not (isinstance(block, Widget) and block.name == "papers")
    )


def render_written(page: Page, inputs: Inputs, markdown: str) -> str:
    """The text of a page that editors write, alone: HTML with addresses as the page has them.

    Args:
        page: The plan of the page.
        inputs: What it is made from.
        markdown: Its Markdown, macros expanded.
    """
    html = inputs.editors.render(markdown, rewriter(inputs.addresses, page.source)).html
    if has_these_quotes(page.language or inputs.kb.language.code):
        html = set_quotes(html)
    return resolve_internal_uris(html, page.url, inputs.repo_url)


def list_anchors_of_text(page: Page, inputs: Inputs, html: str) -> frozenset[str]:
    """Anchors of a page that stand in what editors wrote; the page has these and others.

    They are known without making the page. None are where `macros.py` has a view of its own, which may leave the text
    out.

    Args:
        page: The plan of the page.
        inputs: What it is made from.
        html: What became of the text.
    """
    if page.kind != "doc" and not (page.macro in TEXT_VIEWS and is_ours(page.macro, inputs.macros[page.macro])):
        return frozenset()
    return list_anchors(html)


def _render_main(page: Page, inputs: Inputs, markdown: str) -> tuple[str, list[Passage], Iterable[str]]:
    """The main content of a page, what it says, and the components that it shows."""
    kb, rewrite = inputs.kb, rewriter(inputs.addresses, page.source)
    if page.kind == "doc":
        html = inputs.editors.render(markdown, rewrite).html
        passages = read_body(kb, html, inputs.is_read)
        if not any(passage.level == 1 for passage in passages):
            html = f'<h1 id="gp-title">{escape(page.title)}</h1>{html}'
            passages.insert(0, Passage(1, "gp-title", (page.title,)))
        return html, passages, find_components(html)
    text = ""
    macro = inputs.macros[page.macro]
    if page.macro in TEXT_VIEWS:
        view = make_view(kb, page.macro, page.id)
        if page.is_written:
            text = body = inputs.editors.render(markdown, rewrite).html
        else:
            story = next(block for block in view if isinstance(block, Story))
            text = render_contributed(story.markdown, rewrite).html
            body = _mark_parts(_name_anchors(text, kb.language))
        printed = leave_out_ways(view) if inputs.is_printed else view
        shown = render_view(kb, printed, body) if is_ours(page.macro, macro) else macro(page.id, body)
    else:
        arguments: dict[str, Any] = {"number": page.number}
        if page.macro in ANY_KIND:
            arguments |= {"id": page.id, "kind": page.kind}
        elif page.kind != "index":
            arguments["id"] = page.id
        shown = macro(**arguments)
    if isinstance(shown, RenderedView):
        by_hand = find_components(text) if page.is_written else ()
        passages = list_passages(kb, shown.blocks, read_body(kb, text, inputs.is_read), inputs.is_read)
        return shown, passages, (*list_components(shown.blocks), *by_hand)
    # A view that `macros.py` puts in the place of ours may give HTML.
    return shown, read_body(kb, shown, inputs.is_read), find_components(shown)


#: What comrak calls the link beside a heading, in English only.
_ANCHOR = re.compile("""aria-label="Link to heading '([^"]*)'" class="anchor\"""")


def _name_anchors(html: str, language: Language) -> str:
    if language.code == SOURCE:
        return html
    words = language.gettext("Link to the part ‘{name}’")
    # The name stands in the attribute already, escaped.
    return _ANCHOR.sub(lambda found: f'aria-label="{fill(words, name=Markup(found[1]))}" class="anchor"', html)  # noqa: S704


#: What a part of a story is called, and the address that it had before: whoever kept that one still arrives.
_RENAMED = ("what-the-sources-report", "what-we-learned")


def _mark_parts(body: str) -> str:
    """Say of the parts of a story what they tell, and keep the address that one of them had before."""
    new, old = _RENAMED
    is_free = f' id="{old}"' not in body
    for anchor, role in STORY_PARTS.items():
        begins = f'<h2 id="{anchor}"'
        kept = f'<span id="{old}"></span>' if anchor == new and is_free else ""
        body = body.replace(f"{begins}>", f'{begins} data-part="{role}">{kept}', 1)
    return body


_LINK = re.compile(rf'(<a\b[^>]*? href=)"{PAGE_URI}([^"#?]*)([#?][^"]*)?"')


def _lead_to_translations(page: Page, inputs: Inputs, html: str) -> str:
    """Lead to pages in the language where they are approved, and mark links to others."""
    kb = inputs.kb
    alternates = inputs.addresses.page_index.alternates

    def lead(found: re.Match[str]) -> str:
        start, url, rest = found[1], found[2], found[3] or ""
        there = alternates.get(url, {}).get(page.language, "")
        # A heading has another name in another language.
        if there and not rest:
            return f'{start}"{PAGE_URI}{there}"'
        if url.startswith(f"{page.language}/"):
            return found[0]
        return f'{start}"{PAGE_URI}{url}{rest}" hreflang="{kb.own_language.code}"'

    return _LINK.sub(lead, html)


def rewriter(addresses: LinkResolver, path: str) -> RewriteLink:
    """How links in a file are rewritten: repository paths to tokens, the rest as written."""

    def rewrite(target: str) -> str:
        found = addresses.find(target, path)
        return "#" if found.kind == "unsafe" else found.href

    return rewrite
