"""Makes the lists of English words that the search never takes for slips, from SCOWL's lists.

    apt-get download scowl && dpkg -x scowl_*.deb scowl
    .venv/bin/python tools/make-words.py scowl/usr/share/dict/scowl

`src/goodpractice/words/licence.txt` says where the words come from and how they are written.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path

import snowballstemmer  # type: ignore[import-untyped]

from goodpractice.search.analysis import fold

TARGET = Path(__file__).parents[1] / "src/goodpractice/words"
#: SCOWL's measure of how common a word is: 60 is what a middling dictionary has.
SIZE = 60
#: The search leaves shorter words alone.
SHORTEST = 4
_LIST = re.compile(r"(?:english|british|american)-(?:words|upper|contractions|proper-names)\.(\d+)")


def list_stems(folder: Path) -> list[str]:
    """The stems of all words, in order."""
    words: set[str] = set()
    for file in folder.iterdir():
        found = _LIST.fullmatch(file.name)
        if found and int(found[1]) <= SIZE:
            words.update(word for line in file.read_text("latin-1").split("\n") for word in fold(line).split())
    long = sorted(word for word in words if len(word) >= SHORTEST and re.fullmatch("[a-z]+", word))
    return sorted(set(snowballstemmer.stemmer("english").stemWords(long)))


def write_list(stems: Iterable[str]) -> str:
    """Each stem as the number of letters that it shares with the one before it, and the others."""
    lines, before = [], ""
    for stem in stems:
        shared = next(
            (at for at, (one, other) in enumerate(zip(before, stem, strict=False)) if one != other), len(before)
        )
        lines.append(f"{shared:x}{stem[shared:]}\n" if shared < 16 else f"f{stem[15:]}\n")
        before = stem
    return "".join(lines)


def main() -> None:
    """Write a file for each first letter."""
    stems = list_stems(Path(sys.argv[1]))
    for letter in dict.fromkeys(stem[0] for stem in stems):
        text = write_list(stem for stem in stems if stem[0] == letter)
        (TARGET / f"{letter}.txt").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
