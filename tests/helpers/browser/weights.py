"""What pages weigh on their way to a reader: the files they ask for, compressed as static hosts do."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from functools import cache
from pathlib import Path

#: Bytes of a first visit to a chapter, of one to any other page, and of a further page once a chapter has been read.
#: Nobody may raise them above what was promised: 100,000 and 15,000.
CHAPTER, FIRST, FURTHER = 48_800, 57_000, 13_100
#: Pages that bring more, on a first visit as well: every outline of the map, every part in its style, an example of
#: every macro, forms with what keeps them, every field of the data, a plan with all its chains.
LARGE = {
    "editors/": 17_300,
    "map/": 15_200,
    "reference/macros/": 30_000,
    "templates/budget/": 16_000,
    "packs/find-a-partner/": 15_600,
    "plans/stemworks/": 13_900,
    "reflect/": 24_200,
    "data/": 29_300,
    "design/parts/": 20_900,
    "design/tools/": 40_200,
}
#: A page that is opened with a question in its address brings the answer too: the three parts of the search and the
#: first ten results, the best six case studies, or the three that are compared.
ANSWERED = {"search/": 67_500, "find/": 24_800, "compare/": 27_800}


@cache
def weigh_file(file: Path) -> int:
    """Bytes that travel; photos do not count, fonts and the files of the index are compressed already."""
    if file.is_dir():
        file = file / "index.html"
    if file.suffix in (".webp", ".jpg"):
        return 0
    content = file.read_bytes()
    return len(content) if file.suffix in (".woff2", ".bin") else len(gzip.compress(content))


def weigh(folder: Path, paths: Iterable[str], known: Iterable[str] = ()) -> dict[str, int]:
    """What each file weighs that is not known already.

    Args:
        folder: The built site.
        paths: Files or pages below it, as asked for. What is not there is the page that says so.
        known: What the browser keeps from a page before. HTML is fetched anew each time.
    """
    kept = {path for path in known if path and not path.endswith("/")}
    return {
        path: weigh_file(folder / path if (folder / path).exists() else folder / "404.html")
        for path in dict.fromkeys(paths)
        if path not in kept
    }
