"""From the passages of a page to the sections that are searched."""

from __future__ import annotations

import re
from collections.abc import Iterable

from goodpractice.markdown.passages import Passage, Picture, join_words
from goodpractice.search.records import SearchSection

#: A web address shown as it is: nobody searches for it, and its parts (`com`, `science`) look like words.
_ADDRESS = re.compile(r"\s*(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?\s*")


def list_sections(passages: Iterable[Passage]) -> tuple[SearchSection, ...]:
    """What a page says itself, cut at each heading that has an anchor; what stands before the first one comes first.

    The title of the page is left out: the record has it.
    """
    sections: list[SearchSection] = []
    anchor = heading = ""
    lines: list[str] = []
    for passage in passages:
        if not passage.is_searched or passage.level == 1:
            continue
        text = _write(passage)
        if passage.level and passage.id and text:
            sections.append(SearchSection(anchor, heading, "\n".join(lines)))
            anchor, heading, lines = passage.id, text, []
        elif text:
            lines.append(text)
    return (*sections, SearchSection(anchor, heading, "\n".join(lines)))


def _write(passage: Passage) -> str:
    return join_words(
        f" {piece.text} " if isinstance(piece, Picture) else piece
        for piece in passage.pieces
        if "." not in piece or isinstance(piece, Picture) or not _ADDRESS.fullmatch(piece)
    )
