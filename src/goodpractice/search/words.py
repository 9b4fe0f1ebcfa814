"""The word list behind "did you mean": words of titles, names and terms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.search.analysis import fold

if TYPE_CHECKING:
    from goodpractice.search.rows import RowFacts

#: Shorter words are left alone: almost any slip turns them into another word.
SHORTEST = 4


def list_words(records: Iterable[RowFacts], kb: KnowledgeBase) -> list[str]:
    """Words that a slip may have been meant as, the most used first.

    Args:
        records: What can be found.
        kb: The knowledge base, for names of choices and places.
    """
    counts = Counter(chain.from_iterable(record.words.split() for record in records))
    for choices in kb.choices.values():
        for choice in choices.values():
            counts.update(list_long_words(choice.name))
    for partner in kb.partners.values():
        counts.update(
            list_long_words(" ".join(part for part in (partner.town, partner.region, partner.country) if part))
        )
    for term in kb.terms.values():
        counts.update(list_long_words(" ".join((term.word, *term.say_instead))))
    return sorted(counts, key=lambda word: (-counts[word], word))


def list_long_words(text: str) -> Iterator[str]:
    """The words of a text that a slip may have been meant as, folded."""
    return (word for word in fold(text).split() if len(word) >= SHORTEST and not word.isdigit())
