"""What the blocks of a page say, as passages: what search reads, and where the headings of a page come from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import singledispatch
from typing import Any

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.i18n.dates import spell_date
from goodpractice.i18n.messages import NAMED
from goodpractice.i18n.typography import has_these_quotes, set_quotes, set_quotes_of_pieces, set_quotes_of_text
from goodpractice.kinds import THEME, Photo, blocks
from goodpractice.kinds.blocks import View
from goodpractice.kinds.texts import Joined, RecordLink, Sentence, SourceLink, Text, ThemeTag
from goodpractice.markdown.passages import Passage, Picture, Piece, read_passages, take_headings
from goodpractice.pages.link_resolver import PHOTO_TOKEN
from goodpractice.render.blocks import render_blocks
from goodpractice.render.links import describe_record, describe_source
from goodpractice.render.photos import find_unplaced


class _Page:
    """The knowledge base in the language of the page, what the text of its record says, and whether all is wanted."""

    def __init__(self, kb: KnowledgeBase, body: Sequence[Passage], is_read: bool) -> None:
        self.kb = kb
        self.body = body
        self.is_read = is_read
        self.placed: set[str] = set()


#: In the place of a paragraph whose words nobody wants.
_UNREAD = Passage(0, "", ())


def list_passages(kb: KnowledgeBase, view: View, body: Sequence[Passage] = (), is_read: bool = True) -> list[Passage]:
    """The passages of a page in their order.

    Args:
        kb: The knowledge base, in the language of the page.
        view: The blocks of the page.
        body: What the text of its record says.
        is_read: Whether all of it is wanted; otherwise only headings have words, as in `body`.
    """
    page = _Page(kb, body, is_read)
    case_id = next((block.case_id for block in view if isinstance(block, blocks.Photos)), "")
    if case_id:
        page.body = list(_show_photos(page, case_id))
    return [passage for block in view for passage in _list(block, page)]


def list_pieces(kb: KnowledgeBase, text: Text | None) -> list[str]:
    """The words of a text as they stand between its links."""
    if isinstance(text, str):
        return [set_quotes_of_text(text) if has_these_quotes(kb.language.code) else text] if text else []
    pieces: list[str] = []
    linked = True
    for words, is_link in _read(kb, text):
        if linked or is_link:
            pieces.append(words)
        else:
            pieces[-1] += words
        linked = is_link
    return set_quotes_of_pieces(pieces) if has_these_quotes(kb.language.code) else pieces


def read_body(kb: KnowledgeBase, html: str, is_read: bool = True) -> list[Passage]:
    """The passages of the text of a record, as the Markdown step gave it, or its headings alone."""
    if not is_read:
        html = take_headings(html)
    return read_passages(set_quotes(html) if has_these_quotes(kb.language.code) else html)


def _read(kb: KnowledgeBase, text: Text | None) -> Iterator[tuple[str, bool]]:
    if not text:
        return
    if isinstance(text, str):
        yield text, False
    elif isinstance(text, Joined):
        for at, part in enumerate(text.parts):
            yield text.separator if at else "", False
            yield from _read(kb, part)
    elif isinstance(text, Sentence):
        for at, part in enumerate(NAMED.split(text.words)):
            yield from _read(kb, text.values[part]) if at % 2 else ((part, False),)
    elif isinstance(text, RecordLink | ThemeTag):
        kind = text.kind if isinstance(text, RecordLink) else THEME
        yield describe_record(kb, kind, text.id).name, True
    elif isinstance(text, SourceLink):
        source = describe_source(kb, text.source)
        yield source.title, bool(source.url)
    else:
        yield text.text, True


def _say(page: _Page, *texts: Text | None, level: int = 0, id: str = "", is_searched: bool = True) -> Passage:
    """One passage of texts with a space between them."""
    if not (level or page.is_read):
        return _UNREAD
    pieces: list[Piece] = []
    for text in texts:
        if text:
            pieces += [" ", *list_pieces(page.kb, text)]
    return Passage(level, id, tuple(pieces), is_searched)


@singledispatch
def _list(block: Any, page: _Page) -> Iterable[Passage]:
    """What a block says: as its component says it, where nothing better is known."""
    html = render_blocks(page.kb, [block])
    found = read_body(page.kb, html, page.is_read)
    return found if page.is_read or not html else [_UNREAD, *found]


@_list.register(blocks.Cards)
@_list.register(blocks.Cite)
@_list.register(blocks.Pagination)
@_list.register(blocks.Paragraph)
def _list_nothing(block: Any, page: _Page) -> Iterable[Passage]:
    """What repeats other pages, or says where a page comes from, is searched nowhere."""
    return ()


@_list.register
def _list_head(block: blocks.Head, page: _Page) -> Iterable[Passage]:
    return _say(page, block.title, level=1, id="gp-title"), _say(page, block.summary)


@_list.register
def _list_facts(block: blocks.Facts, page: _Page) -> Iterator[Passage]:
    for fact in block.facts:
        if fact.items:
            yield _say(page, Joined((fact.name, ": "), ""))
            yield from (_say(page, item.text, item.note) for item in fact.items)
        elif fact.value:
            yield _say_fact(page, fact)


def _say_fact(page: _Page, fact: blocks.Fact) -> Passage:
    if not page.is_read:
        return _UNREAD
    return Passage(0, "", (*list_pieces(page.kb, fact.name), ": ", *list_pieces(page.kb, fact.value)))


@_list.register
def _list_paragraphs(block: blocks.Paragraphs, page: _Page) -> Iterator[Passage]:
    yield from _split(page, block.text)


def _split(page: _Page, text: str | None) -> Iterator[Passage]:
    for part in text.split("\n\n") if text else ():
        yield _say(page, " ".join(part.split()))


@_list.register
def _list_fold(block: blocks.Fold, page: _Page) -> Iterable[Passage]:
    inside = [passage for inner in block.blocks for passage in _list(inner, page)]
    return (_say(page, block.title), *inside) if inside else ()


@_list.register
def _list_code(block: blocks.Code, page: _Page) -> Iterable[Passage]:
    return (Passage(0, "", (block.text,), is_searched=False),)


@_list.register
def _list_story(block: blocks.Story, page: _Page) -> Iterable[Passage]:
    return page.body


@_list.register
def _list_photos(block: blocks.Photos, page: _Page) -> Iterator[Passage]:
    lead, rest = find_unplaced(page.kb.case_studies[block.case_id], page.placed)
    for photo in rest if block.placement == "end" else [lead]:
        if photo is not None and page.kb.find_photo(block.case_id, photo.file) is not None:
            yield from _show_photo(page, photo)


def _show_photo(page: _Page, photo: Photo) -> Iterator[Passage]:
    yield Passage(0, "", (Picture("", "" if photo.decorative else photo.alt or ""),))
    yield _say(page, photo.caption, photo.credit)


def _show_photos(page: _Page, case_id: str) -> Iterator[Passage]:
    """The story of a case study with what its photos say: one that may not be shown leaves its words behind."""
    photos = {f"{PHOTO_TOKEN}{case_id}/{photo.file}": photo for photo in page.kb.case_studies[case_id].photos}
    for passage in page.body:
        if Picture not in map(type, passage.pieces):
            yield passage
            continue
        pieces: list[Piece] = []
        alone = not passage.level and len(passage.pieces) == 1
        for piece in passage.pieces:
            if not isinstance(piece, Picture) or not piece.source.startswith(PHOTO_TOKEN):
                pieces.append(piece)
                continue
            photo = photos.get(piece.source)
            if photo is not None:
                page.placed.add(photo.file)
            if photo is None or page.kb.find_photo(case_id, photo.file) is None:
                pieces.append(piece.text)
            elif alone:
                yield from _show_photo(page, photo)
            else:
                pieces.append(Picture("", "" if photo.decorative else photo.alt or ""))
        if pieces:
            yield passage._replace(pieces=tuple(pieces))


@_list.register
def _list_section(block: blocks.Section, page: _Page) -> Iterable[Passage]:
    inside = [passage for inner in block.blocks for passage in _list(inner, page)]
    shown = bool(inside) or any(
        isinstance(inner, blocks.Cards | blocks.Widget) or (isinstance(inner, blocks.Paragraph) and inner.text)
        for inner in block.blocks
    )
    if not shown:
        return ()
    heading = _say(page, block.title, level=block.level, id=block.id, is_searched=not block.repeats)
    return (heading, *(passage._replace(is_searched=not block.repeats) for passage in inside))


@_list.register
def _list_links(block: blocks.Links, page: _Page) -> Iterable[Passage]:
    return [_say(page, entry) for entry in block.entries]


@_list.register
def _list_timeline(block: blocks.Timeline, page: _Page) -> Iterator[Passage]:
    for step in block.steps:
        yield _say(page, spell_date(step.date, page.kb.language))
        yield _say(page, step.what)


@_list.register
def _list_related(block: blocks.Related, page: _Page) -> Iterable[Passage]:
    if not any(group.entries for group in block.groups):
        return ()
    return (_say(page, block.title, level=2, id=block.id, is_searched=False),)


@_list.register
def _list_sources(block: blocks.SourceList, page: _Page) -> Iterable[Passage]:
    if not block.cited:
        return ()
    return (_say(page, page.kb.gettext("Sources"), level=2, id="gp-sources", is_searched=False),)
