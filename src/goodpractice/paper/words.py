"""The index of a book: where in each chapter a word of the glossary stands first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element

#: Elements that stand on one page, mostly.
_BLOCKS = frozenset(("blockquote", "dd", "li", "p", "td", "th"))


def compile_words(words: Iterable[str]) -> re.Pattern[str]:
    """Finds any of some words or phrases as a whole, the longest first, whatever its letters' case."""
    longest = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)", re.IGNORECASE)


def find_words(article: Element, pattern: re.Pattern[str], prefix: str) -> Mapping[str, str]:
    """The anchor of the first block in which each word stands, by the word in small letters.

    Args:
        article: A chapter. Blocks without an anchor get one.
        pattern: Of `compile_words`.
        prefix: Begins new anchors.
    """
    found: dict[str, str] = {}
    for number, block in enumerate(article.iter()):
        if block.tag not in _BLOCKS:
            continue
        new = {match[0].lower() for match in pattern.finditer("".join(block.itertext()))} - found.keys()
        if new:
            anchor = block.get("id") or f"{prefix}gp-block-{number}"
            block.set("id", anchor)
            found.update(dict.fromkeys(new, anchor))
    return found
