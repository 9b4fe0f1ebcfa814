"""What the blocks of `kinds.blocks` look like: each becomes the HTML of its component."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, singledispatch
from typing import Any, NamedTuple

from markupsafe import Markup

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.i18n.dates import spell_date
from goodpractice.kinds import THEME, blocks
from goodpractice.kinds.blocks import Block, View
from goodpractice.kinds.paging import page_url
from goodpractice.kinds.texts import (
    FileLink,
    Joined,
    PageLink,
    RecordLink,
    Sentence,
    SourceLink,
    Text,
    ThemeTag,
    WebLink,
)
from goodpractice.render import boxes, cards
from goodpractice.render.charts import draw_chart
from goodpractice.render.citations import show_citation
from goodpractice.render.environment import Html, escaped, fill, page_href, paragraphs, render_component
from goodpractice.render.links import anchor, describe_source, link, link_record, list_sources, offer_data
from goodpractice.render.maps import draw_map
from goodpractice.render.motifs import theme_motif
from goodpractice.render.photos import PlacedPhotos, place_photos
from goodpractice.render.places import index_places
from goodpractice.render.prose import show_address


class RenderedView(Html):
    """The HTML of a view, with the blocks that it is made of."""

    blocks: View = ()


class _Rendering:
    """The knowledge base, in the language of the page, and the text that stands in the place of its `Story`."""

    def __init__(self, kb: KnowledgeBase, body: str = "") -> None:
        self.kb = kb
        self.body = body
        self.case_id = ""

    @cached_property
    def photos(self) -> PlacedPhotos:
        return place_photos(self.kb, self.case_id, self.body)


def render_view(kb: KnowledgeBase, view: View, body: str = "") -> RenderedView:
    """Make HTML of the blocks of a page.

    Args:
        kb: The knowledge base, in the language of the page.
        view: The blocks.
        body: The text of the record as finished HTML, sanitised where it is contributed.
    """
    rendering = _Rendering(kb, body)
    rendering.case_id = next((block.case_id for block in view if isinstance(block, blocks.Photos)), "")
    shown = RenderedView("".join([_render(block, rendering) for block in view]))
    shown.blocks = view
    return shown


def render_blocks(kb: KnowledgeBase, listed: Iterable[Block]) -> Markup:
    """Make HTML of blocks that stand on no page of their own."""
    return render_view(kb, tuple(listed))


#: The components that have a sheet of their own and that blocks become, beside those that widgets name.
_COMPONENTS: dict[type, str] = {
    blocks.ChartBlock: "figure",
    blocks.Index: "index",
    blocks.MapBlock: "map",
}


def list_components(view: Iterable[Block]) -> Iterator[str]:
    """The components on a page that have a sheet of their own, as far as its blocks say."""
    for block in view:
        if isinstance(block, blocks.Section):
            yield from list_components(block.blocks)
        elif isinstance(block, blocks.Widget):
            yield block.name
        elif isinstance(block, blocks.Story):
            yield block.role
        elif isinstance(block, blocks.Pagination):
            yield "pagination" if block.of > 1 else ""
        elif isinstance(block, blocks.Timeline):
            yield "timeline" if block.steps else ""
        else:
            yield _COMPONENTS.get(type(block), "")


def render_text(kb: KnowledgeBase, text: Text | None) -> Markup | str:
    """Make HTML of a text; plain words stay as they are, for a template to escape."""
    if not text:
        return ""
    if isinstance(text, str):
        return text
    return _TEXTS[text.__class__](kb, text)


def _render_sentence(kb: KnowledgeBase, text: Sentence) -> Markup:
    return fill(text.words, **{name: render_text(kb, value) for name, value in text.values.items()})


def _render_joined(kb: KnowledgeBase, text: Joined) -> Markup:
    return Html(text.separator.join([escaped(render_text(kb, part)) for part in text.parts]))


def _render_theme(kb: KnowledgeBase, text: ThemeTag) -> Markup:
    return Html(f'<span class="gp-theme">{theme_motif(kb, text.id)}{link_record(kb, THEME, text.id)}</span>')


_TEXTS: dict[type, Callable[[KnowledgeBase, Any], Markup]] = {
    RecordLink: lambda kb, text: link_record(kb, text.kind, text.id),
    PageLink: lambda kb, text: link(text.url, text.text, text.language, text.name),
    FileLink: lambda kb, text: offer_data(text.filename, text.media_type, text.data, text.text, text.name),
    WebLink: lambda kb, text: anchor(text.url, show_address(text.text) if text.is_address else text.text),
    SourceLink: lambda kb, text: describe_source(kb, text.source).link,
    ThemeTag: _render_theme,
    Sentence: _render_sentence,
    Joined: _render_joined,
}


def _fill(kb: KnowledgeBase, value: Any) -> Any:
    """Plain data for a template, with HTML in the place of the texts and widgets inside of it."""
    if value.__class__ in _TEXTS:
        return _TEXTS[value.__class__](kb, value)
    if isinstance(value, blocks.Widget):
        return _fill_widget(kb, value)
    if isinstance(value, dict):
        return {name: _fill(kb, inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_fill(kb, inner) for inner in value]
    return value


def _fill_widget(kb: KnowledgeBase, widget: blocks.Widget) -> Markup:
    return render_component(widget.name, language=kb.language, **_fill(kb, dict(widget.values)))


@singledispatch
def _render(block: Any, rendering: _Rendering) -> Markup | str:
    raise TypeError(f"{type(block).__name__} is no block")


@_render.register
def _render_head(block: blocks.Head, rendering: _Rendering) -> Markup:
    kb = rendering.kb
    return render_component(
        "chapter-head",
        language=kb.language,
        modifier=block.role,
        kicker=render_text(kb, block.kicker),
        title=block.title,
        summary=render_text(kb, block.summary),
        facts=_fill_facts(kb, block.facts),
        motif=theme_motif(kb, block.motif) if block.motif else None,
    )


class _Item(NamedTuple):
    # Not a dictionary: templates find attributes without asking twice.
    text: Markup | str
    note: Markup | str
    id: str


class _Fact(NamedTuple):
    role: str
    name: Markup | str
    value: Markup | str
    entries: Sequence[_Item]


def _fill_facts(kb: KnowledgeBase, facts: Sequence[blocks.Fact]) -> list[_Fact]:
    return [
        _Fact(fact.role, render_text(kb, fact.name), render_text(kb, fact.value), _fill_items(kb, fact.items))
        for fact in facts
        if fact.value or fact.items
    ]


def _fill_items(kb: KnowledgeBase, items: Sequence[blocks.Item]) -> list[_Item]:
    return [_Item(render_text(kb, item.text), render_text(kb, item.note), item.id) for item in items]


@_render.register
def _render_facts(block: blocks.Facts, rendering: _Rendering) -> Markup | str:
    facts = _fill_facts(rendering.kb, block.facts)
    return render_component("facts", facts=facts, title=block.title, role=block.role) if facts else ""


@_render.register
def _render_paragraphs(block: blocks.Paragraphs, rendering: _Rendering) -> Markup | str:
    if not block.text:
        return ""
    text = paragraphs(block.text)
    return Html(f'<div class="gp-{block.role}">{text}</div>') if block.role else text


@_render.register
def _render_paragraph(block: blocks.Paragraph, rendering: _Rendering) -> Markup | str:
    if not block.text:
        return ""
    return Html(f'<p class="gp-{block.role}">{escaped(render_text(rendering.kb, block.text))}</p>')


@_render.register
def _render_code(block: blocks.Code, rendering: _Rendering) -> Markup:
    # Written as references, its lines stay apart in a page that Markdown reads, too.
    lines = (escaped(line) for line in block.text.split("\n"))
    return Html(f"<pre><code>{'&#10;'.join(lines)}</code></pre>")


@_render.register
def _render_cite(block: blocks.Cite, rendering: _Rendering) -> Markup | str:
    return "".join([_render(inner, rendering) for inner in show_citation(rendering.kb, block.kind, block.id)])


@_render.register
def _render_fold(block: blocks.Fold, rendering: _Rendering) -> Markup | str:
    inside = "".join([_render(inner, rendering) for inner in block.blocks])
    return Html(f"<details><summary>{escaped(block.title)}</summary>{inside}</details>") if inside else ""


@_render.register
def _render_story(block: blocks.Story, rendering: _Rendering) -> Markup:
    body = rendering.photos.body if rendering.case_id else rendering.body
    return Html(f'<div class="gp-{block.role}">{body}</div>')


@_render.register
def _render_photos(block: blocks.Photos, rendering: _Rendering) -> Markup | str:
    return rendering.photos.lead if block.placement == "lead" else rendering.photos.end


@_render.register
def _render_section(block: blocks.Section, rendering: _Rendering) -> Markup | str:
    inside = "".join([_render(inner, rendering) for inner in block.blocks])
    if not inside:
        return ""
    anchor_id, heading = escaped(block.id), f"h{block.level}"
    return Html(
        f'<section class="gp-{block.role}" aria-labelledby="{anchor_id}">'
        f'<{heading} id="{anchor_id}">{escaped(block.title)}</{heading}>{inside}</section>'
    )


@_render.register
def _render_cards(block: blocks.Cards, rendering: _Rendering) -> Markup:
    return cards.show_cards(rendering.kb, block.kind, block.ids, block.empty)


@_render.register
def _render_links(block: blocks.Links, rendering: _Rendering) -> Markup | str:
    entries = [escaped(render_text(rendering.kb, entry)) for entry in block.entries]
    return Html(f"<ul>{''.join(f'<li>{entry}</li>' for entry in entries)}</ul>") if entries else ""


@_render.register
def _render_index(block: blocks.Index, rendering: _Rendering) -> Markup:
    groups = [
        {
            "id": group.id,
            "name": group.name,
            "entries": [
                {"href": page_href(entry.link.url), "title": entry.link.text, "note": entry.note}
                for entry in group.entries
            ],
        }
        for group in block.groups
    ]
    return render_component("index", groups=groups, jump=block.jump)


@_render.register
def _render_figure(block: blocks.ChartBlock, rendering: _Rendering) -> Markup:
    kb = rendering.kb
    return render_component(
        "figure",
        language=kb.language,
        id=block.id,
        title=block.title,
        text=render_text(kb, block.text),
        pictures=draw_chart(block.chart),
        names=block.names,
        rows=_fill(kb, block.rows),
        is_open=block.is_open,
    )


@_render.register
def _render_map(block: blocks.MapBlock, rendering: _Rendering) -> Markup:
    return draw_map(rendering.kb, index_places(rendering.kb))


@_render.register
def _render_share(block: blocks.Share, rendering: _Rendering) -> Markup:
    return boxes.share_button(rendering.kb)


@_render.register
def _render_timeline(block: blocks.Timeline, rendering: _Rendering) -> Markup | str:
    language = rendering.kb.language
    steps = [{"date": spell_date(step.date, language), "what": step.what} for step in block.steps]
    return render_component("timeline", steps=steps) if steps else ""


@_render.register
def _render_related(block: blocks.Related, rendering: _Rendering) -> Markup | str:
    kb = rendering.kb
    groups = [
        {"name": group.name, "entries": _fill_items(kb, group.entries)} for group in block.groups if group.entries
    ]
    if not groups:
        return ""
    return render_component("related", language=kb.language, title=block.title, groups=groups, id=block.id)


@_render.register
def _render_sources(block: blocks.SourceList, rendering: _Rendering) -> Markup | str:
    found = list_sources(rendering.kb, block.cited)
    return render_component("sources", language=rendering.kb.language, sources=found) if found else ""


@_render.register
def _render_pagination(block: blocks.Pagination, rendering: _Rendering) -> Markup | str:
    number, of = block.number, block.of
    if of < 2:
        return ""
    near = sorted({1, 2, number - 1, number, number + 1, of - 1, of} & set(range(1, of + 1)))
    pages: list[dict[str, Any]] = []
    for place, page in enumerate(near):
        if place and page > near[place - 1] + 1:
            pages.append({"number": 0, "href": ""})
        pages.append({"number": page, "href": page_href(page_url(block.url, page))})
    return render_component(
        "pagination",
        language=rendering.kb.language,
        number=number,
        of=of,
        pages=pages,
        previous=page_href(page_url(block.url, max(1, number - 1))),
        next=page_href(page_url(block.url, min(of, number + 1))),
    )


@_render.register
def _render_widget(block: blocks.Widget, rendering: _Rendering) -> Markup:
    return _fill_widget(rendering.kb, block)
