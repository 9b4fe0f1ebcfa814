"""Postings of a page: its words, the sections in which they stand, and how much they say there.

The weight of a word in a section is worked out here once and for all, as BM25F does it: its impact. It depends on the
page alone; how rare a word is depends on the collection, and comes in when a question is asked. See
docs/reference/search-index.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from goodpractice.search.analysis import Analyzer, split_words
from goodpractice.search.records import SearchRecord

#: How much a word counts by where it stands; in the text of a section, 1.
TITLE, ALIASES, HEADING, SITUATIONS, DESCRIPTION, HIDDEN = 4.0, 4.0, 3.0, 2.0, 2.0, 3.0
#: What a word of the title says beyond that, which no repetition in a text can make up for.
TITLED = 0.5
#: BM25: how soon a word that is repeated says nothing more, and how much less it says in a long section.
K1, B = 2.0, 0.3
#: Words of a section of ordinary length. Not the average of the collection, which every edit would change.
LENGTH = 100
#: An impact is stored as a whole number of so many parts.
SCALE = 50
MOST = 255

#: Ends what stands in the index for a whole name, near the first word of it.
NAME = "="

#: For each word: slot, impact, slot, impact … as the characters with these numbers, in the order of the slots.
Postings = Mapping[str, str]


def make_postings(record: SearchRecord, analyzer: Analyzer) -> dict[str, str]:
    """The postings of a record.

    Slot 0 holds its names, slot 1 what it says before its first heading, and each further one a section. Names belong
    to every section: the impact in a section counts both, and a word that stands in names only has slot 0, which
    counts for every section.
    """
    names: dict[str, float] = {}
    _add(names, analyzer, TITLE, record.title)
    _add(names, analyzer, ALIASES, record.aliases)
    _add(names, analyzer, SITUATIONS, *record.situations)
    _add(names, analyzer, HIDDEN, record.hidden)
    titled = frozenset(analyzer.analyze(record.title))
    found = {word: f"\0{chr(_weigh(weight, 1.0, record.prior, word in titled))}" for word, weight in names.items()}
    for slot, section in enumerate(record.sections, 1):
        text = analyzer.analyze(section.text)
        words: dict[str, float] = dict(Counter(text))
        length = len(text)
        length += _add(words, analyzer, HEADING, section.heading)
        _add(words, analyzer, SITUATIONS, *section.situations)
        if slot == 1:
            _add(words, analyzer, DESCRIPTION, record.description)
        norm, mark = 1 - B + B * length / LENGTH, chr(slot)
        pairs: dict[tuple[float, bool], str] = {}
        for word, own in words.items():
            weight = own + names[word] if word in names else own
            key = weight, word in titled
            pair = pairs.get(key)
            if pair is None:
                pair = pairs[key] = mark + chr(_weigh(weight, norm, record.prior, word in titled))
            found[word] = found[word] + pair if word in found else pair
    return found | dict.fromkeys(_list_names(record, analyzer), "\0\1")


def _list_names(record: SearchRecord, analyzer: Analyzer) -> Iterator[str]:
    """Every name of a record as one word, so that a question which is just that name can be told."""
    address = record.url.rstrip("/").rpartition("/")[2].lstrip("#")
    for name in (record.title, *record.aliases.split(". "), address):
        words = split_words(name)
        if words := words[words[0] == "the" :] if words else words:
            yield " ".join(map(analyzer.stem, words)) + NAME


def _add(words: dict[str, float], analyzer: Analyzer, weight: float, *texts: str) -> int:
    """Count the words of texts with a weight; gives their number."""
    found = [word for text in texts if text for word in analyzer.analyze(text)]
    for word in found:
        words[word] = words.get(word, 0) + weight
    return len(found)


def _weigh(weight: float, norm: float, prior: float, titled: bool) -> int:
    impact = prior * (weight * (K1 + 1) / (weight + K1 * norm) + (TITLED if titled else 0))
    return min(MOST, max(1, round(impact * SCALE)))
