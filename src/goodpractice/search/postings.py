"""Postings of a page: its words, the sections in which they stand, and how much they say there.

The weight of a word in a section is worked out here once and for all, as BM25F does it: its impact. It depends on the
page alone; how rare a word is depends on the collection, and comes in when a question is asked. See
docs/reference/search-index.md.
"""

from __future__ import annotations

import zlib
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

#: Stands between words that are kept; a whole name has spaces.
_BETWEEN = "\t"

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
    pairs, named = _Pairs(0, 1.0, record.prior), _Pairs(0, 1.0, record.prior, TITLED)
    found = {word: (named if word in titled else pairs)[weight] for word, weight in names.items()}
    for slot, section in enumerate(record.sections, 1):
        text = analyzer.analyze(section.text)
        words: dict[str, float] = dict(Counter(text))
        length = len(text)
        length += _add(words, analyzer, HEADING, section.heading)
        _add(words, analyzer, SITUATIONS, *section.situations)
        if slot == 1:
            _add(words, analyzer, DESCRIPTION, record.description)
        for word in names.keys() & words.keys():
            words[word] += names[word]
        norm, before = 1 - B + B * length / LENGTH, found.get
        pairs, named = _Pairs(slot, norm, record.prior), _Pairs(slot, norm, record.prior, TITLED)
        for word, weight in words.items():
            found[word] = before(word, "") + (named if word in titled else pairs)[weight]
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


class _Pairs(dict[float, str]):
    """A slot and the impact there, by weight."""

    def __init__(self, slot: int, norm: float, prior: float, more: float = 0) -> None:
        self._slot, self._half, self._scale, self._more = chr(slot), K1 * norm, prior * SCALE, more

    def __missing__(self, weight: float) -> str:
        impact = round(self._scale * (weight * (K1 + 1) / (weight + self._half) + self._more))
        self[weight] = pair = self._slot + chr(min(MOST, max(1, impact)))
        return pair


def pack_postings(postings: Postings) -> bytes:
    """The postings of a page as they are kept: words that stand in the same slots together, then their impacts."""
    groups: dict[str, list[str]] = {}
    for word, pairs in postings.items():
        groups.setdefault(pairs[0] if len(pairs) == 2 else pairs[::2], []).append(word)
    lines = [_BETWEEN.join((".".join(str(ord(slot)) for slot in slots), *words)) for slots, words in groups.items()]
    impacts = "".join([postings[word][1::2] for words in groups.values() for word in words])
    return zlib.compress("\n".join(lines).encode() + b"\0" + impacts.encode("latin-1"), 1)


def list_groups(packed: bytes) -> Iterator[tuple[str, list[str], bytes]]:
    """What `pack_postings` packed: slots, words that stand in all of them, and their impacts, of each word in turn."""
    text, __, impacts = zlib.decompress(packed).partition(b"\0")
    at = 0
    for line in text.decode().split("\n") if text else ():
        numbers, *words = line.split(_BETWEEN)
        slots = "".join(chr(int(number)) for number in numbers.split("."))
        after = at + len(slots) * len(words)
        yield slots, words, impacts[at:after]
        at = after
