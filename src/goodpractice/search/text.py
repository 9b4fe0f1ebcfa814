"""From the passages of a page to the document that a search index reads: headings with their anchors, paragraphs."""

from __future__ import annotations

import html as html_module
import re
from collections.abc import Iterable, Iterator

from goodpractice.markdown.passages import Passage, Picture, join_words

#: A web address shown as it is: nobody searches for it, and its parts (`com`, `science`) look like words.
_ADDRESS = re.compile(r"\s*(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?\s*")


def write_text(passages: Iterable[Passage]) -> str:
    """Headings and paragraphs of what a page says itself, as HTML."""
    return "".join(_write(passages))


def _write(passages: Iterable[Passage]) -> Iterator[str]:
    for level, anchor, pieces, is_searched in passages:
        if not is_searched:
            continue
        words = [
            f" {piece.text} " if isinstance(piece, Picture) else piece
            for piece in pieces
            if "." not in piece or isinstance(piece, Picture) or not _ADDRESS.fullmatch(piece)
        ]
        text = html_module.escape(join_words(words), quote=False)
        if text:
            attribute = f' id="{html_module.escape(anchor)}"' if anchor else ""
            yield f"<h{level}{attribute}>{text}</h{level}>" if level else f"<p>{text}</p>"
