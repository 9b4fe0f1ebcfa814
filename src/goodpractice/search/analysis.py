"""Text analysis: from a text to the words of the index.

`search-words.js` does the same in the browser, and tests hold both together: a word that one of them writes and the
other does not ask for is never found.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from itertools import chain

from goodpractice.i18n.stemming import find_algorithm, load_stemmer

#: What is written between letters as an apostrophe, and what nobody sees: neither divides a word.
_UNWRITTEN = dict.fromkeys(map(ord, "'’‘‛ʼʻʹ′`´＇׳\xad\u200b\u200c\u200d\u2060\ufeff"))
#: Letters that keep their stroke or ligature when accents are taken away, and what people type instead.
LETTERS = {
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "ħ": "h",
    "ı": "i",
    "ß": "ss",
    "þ": "th",
    "ŋ": "n",
    "ŧ": "t",
    "ĸ": "k",
    "ɓ": "b",
    "ɗ": "d",
    "ƙ": "k",
    "ƴ": "y",
    "ς": "σ",
}
_LETTERS = str.maketrans(LETTERS)
#: Marks that people leave out when they type: accents, and the points of Hebrew and Arabic. In other scripts marks are
#: vowels, and stay.
_ACCENTS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
#: Scripts whose vowels are marks.
_MARKED = (range(0x700, 0x1D00), range(0xA800, 0xAC00))
_MARKS = "".join(chr(code) for codes in _MARKED for code in codes if unicodedata.category(chr(code)).startswith("M"))
_WORD = f"[^\\W_{_MARKS}]|[{_MARKS}]"
_WORDS = re.compile(f"(?:{_WORD})+")
_COMPOUNDS = re.compile(f"(?:{_WORD})+(?:[-\u2010](?:{_WORD})+)+")
_PLAIN_WORDS, _PLAIN_COMPOUNDS = re.compile("[a-z0-9]+"), re.compile("[a-z0-9]+(?:-[a-z0-9]+)+")
#: Scripts written without spaces: Thai, Lao, Myanmar, Khmer, kana and Han.
_SPACELESS = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U000323af]+"
)
#: Languages that join an article to a word with an apostrophe: `l'eau` is found by `eau`, too.
_ELIDING = frozenset({"ca", "fr", "ga", "it"})
#: Texts whose words are remembered.
_MOST_KNOWN = 200_000
_ELISION = re.compile(r"(?<=\w)['’ʼ](?=\w)")


def fold(text: str) -> str:
    """A text as words without case, accents, apostrophes and punctuation: how texts and questions are compared."""
    return " ".join(split_words(text))


def split_words(text: str) -> list[str]:
    """The folded words of a text, in order; of a compound with hyphens, its parts."""
    if text.isascii():
        return _PLAIN_WORDS.findall(text.replace("'", "").replace("`", "").lower())
    folded = _fold_letters(text)
    found = _WORDS.findall(folded)
    return found if not _SPACELESS.search(folded) else [pair for word in found for pair in _divide(word)]


def join_compounds(text: str) -> list[str]:
    """The compounds of a text, each as one folded word: `co-design` is found by `codesign`, too."""
    if "-" not in text and "\u2010" not in text and "\u2011" not in text:
        return []
    if text.isascii():
        found = _PLAIN_COMPOUNDS.findall(text.replace("'", "").replace("`", "").lower())
    else:
        found = _COMPOUNDS.findall(_fold_letters(text))
    joined = (compound.replace("-", "").replace("\u2010", "") for compound in found)
    return [word for word in joined if not word.isdecimal() and not _SPACELESS.search(word)]


def _fold_letters(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.translate(_UNWRITTEN))
    plain = _ACCENTS.sub("", plain).lower().translate(_LETTERS)
    # Capital letters may lose a mark only when they become small ones.
    return unicodedata.normalize("NFC", _ACCENTS.sub("", plain))


def _divide(word: str) -> list[str]:
    """A word as it is searched: of scripts that leave no space between words, every two letters that stand together."""
    parts, end = [], 0
    for run in _SPACELESS.finditer(word):
        parts.append(word[end : run.start()])
        end, letters = run.end(), run[0]
        parts += [letters[at : at + 2] for at in range(max(1, len(letters) - 1))]
    return [part for part in (*parts, word[end:]) if part]


class Analyzer:
    """Gives the words of texts in one language as the index has them."""

    def __init__(self, code: str) -> None:
        """Take the code of a language."""
        self.algorithm = find_algorithm(code)
        self._is_eliding = code.partition("-")[0] in _ELIDING
        # A stem takes 50 µs: it is worked out once, whatever stands around the word.
        self.stem: Callable[[str], str] = (
            lru_cache(_MOST_KNOWN)(load_stemmer(self.algorithm)) if self.algorithm else str
        )
        self._known = _Known(self._analyze)

    def analyze(self, text: str) -> list[str]:
        """The words of a text, each as often as it stands there; compounds are among them whole and in parts."""
        return list(chain.from_iterable(map(self._known.__getitem__, text.split())))

    def _analyze(self, text: str) -> tuple[str, ...]:
        if self._is_eliding:
            text = _ELISION.sub("-", text)
        return tuple(map(self.stem, (*split_words(text), *join_compounds(text))))


class _Known(dict[str, tuple[str, ...]]):
    """What stands between two spaces, with its words: most of it stands on many pages, and is worked out once."""

    def __init__(self, analyze: Callable[[str], tuple[str, ...]]) -> None:
        self._analyze = analyze

    def __missing__(self, text: str) -> tuple[str, ...]:
        if len(self) > _MOST_KNOWN:
            self.clear()
        self[text] = words = self._analyze(text)
        return words


find_analyzer = cache(Analyzer)
