"""How pages read: words a sentence, very short sentences and long words, one line a page.

    python3 tools/prose.py                          every English chapter
    python3 tools/prose.py handbook/evaluation.md   the pages that are named

Running text counts: paragraphs, quotations, and lists whose points are sentences. Front matter,
headings, tables, code, and whatever a macro makes are left out, and so is a list of mere phrases.
LIX, the readability index of Björnsson, is words a sentence plus the percentage of long words:
30 reads like a children's book, 40 like a newspaper.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
#: A long word has more letters than `LONG`, a short sentence fewer words than `SHORT`.
LONG, SHORT = 6, 7
#: Names that end as a sentence does.
NAMES = re.compile(r"\b(Ignite|Xplore|Get2Gether)!(?!\s*$)")

FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
CODE = re.compile(r"^```.*?^```|<!--.*?-->", re.DOTALL | re.MULTILINE)
TERM = re.compile(r"\{\{-?\s*term\(\"([^\"]+)\"(?:,\s*\"([^\"]+)\")?\)\s*-?\}\}")
MACRO = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
POINT = re.compile(r"(?:[-*+]|\d+\.)\s+")
NO_PROSE = re.compile(r"#{1,6}\s|\||!!!|:::|-{3,}$")
#: Where a sentence ends: at its mark and what closes with it, before a capital, a figure or a quotation.
BREAK = re.compile(r"(?<=[.!?…])([\"”’)*_]*)\s+(?=[\"“‘(*_]*[A-ZÀ-Þ\d])")
WHOLE = re.compile(r"[.!?…:][\"”’)*_]*$")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d[\d.,]*")


class Prose(NamedTuple):
    """What is counted in a text."""

    sentences: int
    words: int
    short: int
    long: int

    @property
    def mean(self) -> float:
        """Words a sentence."""
        return self.words / max(self.sentences, 1)

    @property
    def short_share(self) -> float:
        """Sentences of fewer than seven words, in percent."""
        return 100 * self.short / max(self.sentences, 1)

    @property
    def long_share(self) -> float:
        """Words of more than six letters, in percent."""
        return 100 * self.long / max(self.words, 1)

    @property
    def lix(self) -> float:
        """The readability index: higher is harder."""
        return self.mean + self.long_share


def list_points(lines: list[str]) -> list[str]:
    """The points of a list, with the lines that continue them."""
    points: list[str] = []
    for line in lines:
        if found := POINT.match(line.lstrip()):
            points.append(line.lstrip()[found.end() :])
        else:
            points[-1] += f" {line.strip()}"
    return points


def list_passages(markdown: str) -> Iterator[str]:
    """Running text of a page: a paragraph or a point of a list at a time, without markup."""
    text = CODE.sub("", FRONT_MATTER.sub("", markdown))
    text = MACRO.sub("", TERM.sub(lambda term: term[2] or term[1].replace("-", " "), text))
    text = re.sub(r"<[^>]+>|\{[#:.][^}]*\}", "", LINK.sub(r"\1", text))
    for block in re.split(r"\n\s*\n", re.sub(r"(?m)^>[ ]?(?:\[!\w+\])?", "", text)):
        lines = [line for line in block.splitlines() if line.strip() and not NO_PROSE.match(line.lstrip())]
        head = next((n for n, line in enumerate(lines) if POINT.match(line.lstrip())), len(lines))
        if lines[:head]:
            yield " ".join(line.strip() for line in lines[:head])
        points = list_points(lines[head:])
        if all(WHOLE.search(point.rstrip()) for point in points):
            yield from points


def split_sentences(passage: str) -> list[str]:
    """The sentences of a passage that hold a word."""
    parts = BREAK.sub(r"\1\n", NAMES.sub(r"\1", passage)).split("\n")
    return [part for part in parts if WORD.search(part)]


def measure(markdown: str) -> Prose:
    """Count what makes a page easy or hard to read."""
    sentences = [WORD.findall(part) for passage in list_passages(markdown) for part in split_sentences(passage)]
    words = [word for sentence in sentences for word in sentence]
    return Prose(
        sentences=len(sentences),
        words=len(words),
        short=sum(len(sentence) < SHORT for sentence in sentences),
        long=sum(sum(letter.isalpha() for letter in word) > LONG for word in words),
    )


def list_lines(files: Iterable[Path]) -> Iterator[str]:
    """The table: a line a page, and one for all of them."""
    yield f"{'page':<26}{'sentences':>10}{'words':>7}{'mean':>7}{'short %':>9}{'long %':>8}{'LIX':>6}"
    counted = {file.stem: measure(file.read_text(encoding="utf-8")) for file in files}
    for name, prose in {**counted, "all": Prose(*map(sum, zip(*counted.values(), strict=True)))}.items():
        yield (
            f"{name:<26}{prose.sentences:>10}{prose.words:>7}{prose.mean:>7.1f}"
            f"{prose.short_share:>9.1f}{prose.long_share:>8.1f}{prose.lix:>6.1f}"
        )


if __name__ == "__main__":
    chapters = sorted(file for file in (ROOT / "handbook").glob("*.md") if "." not in file.stem)
    sys.stdout.write("\n".join(list_lines([Path(name) for name in sys.argv[1:]] or chapters)) + "\n")
