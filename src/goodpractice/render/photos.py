"""Photos on the page of a case study: from the list in its facts, or where its story shows them."""

from __future__ import annotations

import html
import re
from collections.abc import Collection
from typing import NamedTuple

from markupsafe import Markup

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.kinds import CaseStudy, Photo
from goodpractice.pages.link_resolver import PHOTO_TOKEN
from goodpractice.photos.sizes import derived_path, list_widths, scale_height
from goodpractice.render.environment import Html, page_href, render_component

#: Width of the text in pixels; below it a photo is as wide as the screen.
SIZES = "(min-width: 700px) 630px, 100vw"

#: The element, and the script, that takes a photo off a page after its last day.
PHOTO_SCRIPT = "gp-photo"

_IMAGE = r'<img (?:[^>"]|"[^"]*")*>'
_PARAGRAPH = re.compile(rf"<p>({_IMAGE})</p>")
_ANY_IMAGE = re.compile(_IMAGE)
_SOURCE = re.compile(r'\ssrc="([^"]*)"')
_TEXT = re.compile(r'\salt="([^"]*)"')


def limit_photo(kb: KnowledgeBase, case_id: str, photo: Photo, shown: Markup) -> Markup:
    """A photo that tells the browser its last day: the page hides it then, whether or not the site is built again."""
    facts = kb.find_photo(case_id, photo.file)
    if facts is None or not facts.until:
        return shown
    return Html('<{} until="{}">{}</{}>').format(PHOTO_SCRIPT, facts.until, shown, PHOTO_SCRIPT)


def picture(kb: KnowledgeBase, case_id: str, photo: Photo) -> Html | None:
    """The `img` element of a photo; nothing when it may not be shown."""
    facts = kb.find_photo(case_id, photo.file)
    if facts is None:
        return None
    widths = list_widths(facts.width)
    candidates = ", ".join(f"{page_href(derived_path(facts, width))} {width}w" for width in widths)
    shown = widths[-1]
    return Html(
        '<img class="gp-photo__image" src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}" loading="lazy">'
    ).format(
        page_href(derived_path(facts, shown)),
        candidates,
        SIZES,
        shown,
        scale_height(facts, shown),
        "" if photo.decorative else photo.alt or "",
    )


def figure(kb: KnowledgeBase, case_id: str, photo: Photo, placement: str) -> Markup | str:
    """A photo with its caption; nothing when it may not be shown."""
    shown = picture(kb, case_id, photo)
    if shown is None:
        return ""
    whole = render_component(
        "photo", picture=shown, placement=placement, caption=photo.caption or "", credit=photo.credit or ""
    )
    return limit_photo(kb, case_id, photo, whole)


class PlacedPhotos(NamedTuple):
    """The photos of a case study where they belong.

    Attributes:
        lead: The photo above the facts.
        body: The story with its photos. A picture that is not one of the photos that may be shown leaves its alt text
            behind.
        end: The photos below the story.
        placed: Files of the photos that the story shows.
    """

    lead: Markup | str
    body: Html
    end: Html
    placed: frozenset[str]


def place_photos(kb: KnowledgeBase, case_id: str, body: str) -> PlacedPhotos:
    """Photos of a case study where they belong.

    Args:
        kb: The knowledge base.
        case_id: The case study.
        body: Its story as finished, sanitised HTML, in which a photo is a token.
    """
    case: CaseStudy = kb.case_studies[case_id]
    by_source = {f"{PHOTO_TOKEN}{case_id}/{photo.file}": photo for photo in case.photos}
    placed: set[str] = set()

    def find(image: str) -> Photo | None:
        source = _SOURCE.search(image)
        photo = by_source.get(html.unescape(source[1])) if source else None
        if photo is not None:
            placed.add(photo.file)
        return photo

    def replace_paragraph(match: re.Match[str]) -> str:
        photo = find(match[1])
        return str(figure(kb, case_id, photo, "story")) or match[0] if photo is not None else match[0]

    def replace(match: re.Match[str]) -> str:
        source = _SOURCE.search(match[0])
        if 'class="gp-photo__image"' in match[0] or (source and not source[1].startswith(PHOTO_TOKEN)):
            return match[0]
        photo = find(match[0])
        shown = picture(kb, case_id, photo) if photo is not None else None
        text = _TEXT.search(match[0])
        if photo is not None and shown is not None:
            return str(limit_photo(kb, case_id, photo, shown))
        return text[1] if text else ""

    if "<img" in body:
        body = _ANY_IMAGE.sub(replace, _PARAGRAPH.sub(replace_paragraph, body))
    lead, rest = find_unplaced(case, placed)
    return PlacedPhotos(
        figure(kb, case_id, lead, "lead") if lead is not None else "",
        Html(body),  # finished and sanitised by the renderer; photos come from templates
        Html("").join(figure(kb, case_id, photo, "end") for photo in rest),
        frozenset(placed),
    )


def find_unplaced(case: CaseStudy, placed: Collection[str]) -> tuple[Photo | None, list[Photo]]:
    """The photo above the facts, and those below the story, of the photos that the story does not show itself."""
    rest = [photo for photo in case.photos if photo.file not in placed]
    lead = next((photo for photo in rest[:1] if photo.placement == "lead"), None)
    return lead, [photo for photo in rest if photo is not lead]
