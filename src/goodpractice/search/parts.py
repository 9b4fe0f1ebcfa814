"""The index in parts: an edit renews the part in which its page stands.

Pagefind keeps nothing between two runs and works on one processor. So the
records are divided, in their order, and each part is an index of its own in a
folder that is named for its records. A part whose records have not changed
stays where it is. `search-index.js` asks all parts and puts the answers
together.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from goodpractice.search.bundle import bundle_files
from goodpractice.search.records import SearchRecord
from goodpractice.search.service import PagefindService
from goodpractice.search.synonyms import fold

#: Records of a part. A smaller part is renewed sooner after an edit; with more parts, each search loads more files,
#: which are smaller by as much.
PART_SIZE = 1500
#: How much the pieces of all parts hold that a word is looked up in, in places of words. A search loads one piece of
#: each part for each word, and the list of the pieces each time: small pieces for the one, not too many for the other.
PIECE_SIZE = 4000
_LEAST_PIECE = 250
#: Tells what a part was made from: for the next build, never loaded by a browser.
_DESCRIPTION = "part.json"
_FRESH, _OLD = ".new", ".old"
#: Bytes of the digests that name parts and tell records apart.
_DIGEST = 8


class Reuse(Enum):
    """Which parts may stay when their records are the same."""

    #: None: all are made anew.
    NOTHING = 0
    #: Those whose files are as they were made.
    WHOLE = 1
    #: All: somebody knows that nobody has touched them.
    EVERYTHING = 2


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the index.

    Attributes:
        name: Its folder, named for what it was made from.
        lengths: Number of words of each record.
        beginnings: Of each piece, the beginning of its first word.
        fields: Names of the fields that weigh more than the text.
        words: Every folded word.
    """

    name: str
    lengths: tuple[int, ...]
    beginnings: tuple[str, ...]
    fields: tuple[str, ...]
    words: frozenset[str]


def divide(urls: Sequence[str], first: Set[str], size: int) -> list[range]:
    """Divide records into parts, as they were divided before as far as that is possible.

    Args:
        urls: Addresses of all records in their order.
        first: With which records the parts began before.
        size: Records of a part at most when all are divided anew. A part that was there before may have twice as many
            or a quarter.

    Returns:
        The places of each part.
    """
    if not urls:
        return []
    starts = [0]
    for place, url in enumerate(urls):
        if url in first and place - starts[-1] >= max(1, size // 4):
            starts.append(place)
    parts = [range(start, end) for start, end in pairwise([*starts, len(urls)])]
    # A first index, too: several parts are made at a time, and one that is nearly too large would soon be divided.
    anew = first.isdisjoint(urls) or len(parts) > -(-2 * len(urls) // size)
    if anew or any(len(part) > 2 * size for part in parts):
        number = -(-len(urls) // size)
        ends = [len(urls) * place // number for place in range(number + 1)]
        parts = [range(start, end) for start, end in pairwise(ends)]
    return parts


class _Row(NamedTuple):
    """What is kept of a record.

    Attributes:
        url: Its address.
        stamp: While it stays the same, so does the digest.
        digest: Of what Pagefind reads of it.
    """

    url: str
    stamp: str
    digest: str


@dataclass
class Parts:
    """The parts that lie in the folder of the search, and those that are made for it.

    Attributes:
        folder: The folder of the search.
        first: The records with which the parts begin.
    """

    folder: Path
    first: set[str] = field(default_factory=set)
    _ready: dict[str, dict[str, Any]] = field(default_factory=dict)
    _sizes: dict[str, Mapping[str, int]] = field(default_factory=dict)
    _known: dict[str, tuple[str, str]] = field(default_factory=dict)
    _running: set[PagefindService] = field(default_factory=set)
    _stopped: bool = False

    @classmethod
    def open(cls, folder: Path, reuse: Reuse = Reuse.WHOLE) -> Parts:
        """Find out which parts are there; what is damaged, or another program's, is made anew."""
        parts = cls(folder)
        for path in sorted(folder.glob(f"*/{_DESCRIPTION}") if reuse is not Reuse.NOTHING else ()):
            try:
                found = json.loads(path.read_text(encoding="utf-8"))
                if found["by"] == identify_program():
                    parts._known |= {url: (stamp, digest) for url, stamp, digest in found["records"]}
                    parts.first.add(found["records"][0][0])
                    if reuse is Reuse.EVERYTHING or found["sum"] == _sum_up(found, _read_files(path.parent)):
                        parts._ready[path.parent.name] = found
                        sizes = list_sizes(path.parent)
                        parts._sizes[path.parent.name] = {name: sizes[name] for name in sizes if name != _DESCRIPTION}
            except (OSError, ValueError, KeyError, TypeError, IndexError):
                continue
        return parts

    @property
    def names(self) -> Set[str]:
        """Names of the parts that were there."""
        return self._ready.keys()

    def list_files(self, name: str) -> Iterator[tuple[str, int]]:
        """The files of a part that is ready, by path in the folder of the search, with their sizes."""
        return ((f"{name}/{path}", size) for path, size in self._sizes[name].items())

    def make(self, records: Sequence[SearchRecord], language: str, piece_size: int) -> Part:
        """Make a part, or find that it is there. Several may be made at a time, in threads.

        Args:
            records: Its records, in their order.
            language: Code of their language, which chooses the stemmer.
            piece_size: How much each piece holds, in places of words.

        Raises:
            SearchIndexError: Pagefind did not make it.
            OSError: It cannot be written.
        """
        rows, texts = self._look(records)
        name = sign("\n".join((identify_program(), *(f"{url} {digest}" for url, _, digest in rows))).encode())
        found = self._ready.get(name)
        if found is None:
            found = self._index(name, records, rows, texts, language, piece_size)
        elif texts:
            # The pages are others, the words the same: the next build need not look at them again.
            _write_description(self.folder / name, {**found, "records": rows})
        return Part(
            name,
            tuple(found["lengths"]),
            tuple(found["from"]),
            tuple(found["fields"]),
            frozenset(found["words"].split()),
        )

    def _look(self, records: Sequence[SearchRecord]) -> tuple[list[_Row], dict[str, str]]:
        """What tells each record from others, and the texts, by address, that had to be read to say so."""
        rows = []
        texts = {}
        for record in records:
            stamp = sign(record.as_html(record.content.stamp).encode())
            known, digest = self._known.get(record.url, ("", ""))
            if known != stamp:
                texts[record.url] = text = record.content.read()
                digest = sign(record.as_html(text).encode())
            rows.append(_Row(record.url, stamp, digest))
        return rows, texts

    def _index(
        self,
        name: str,
        records: Sequence[SearchRecord],
        rows: Sequence[_Row],
        texts: dict[str, str],
        language: str,
        piece_size: int,
    ) -> dict[str, Any]:
        """Let Pagefind make a part, and write it; gives its description."""
        pieces: set[str] = set()
        with self._start(language, piece_size) as service:
            for record in records:
                text = texts.pop(record.url, "") or record.content.read()
                pieces.update(text.split())
                service.add_page(record.url, record.as_html(text))
            bundle = bundle_files(service.make_files(), [record.url for record in records])
        description: dict[str, Any] = {
            "lengths": bundle.lengths,
            "from": bundle.beginnings,
            "fields": bundle.fields,
            # Folding is slow, and most words stand in many pages.
            "words": " ".join(sorted({word for piece in pieces for word in fold(piece).split()})),
            "by": identify_program(),
            "records": rows,
        }
        description["sum"] = _sum_up(description, bundle.files)
        fresh = self.folder / f"{name}{_FRESH}"
        shutil.rmtree(fresh, ignore_errors=True)
        for folder in {path.rpartition("/")[0] for path in bundle.files}:
            (fresh / folder).mkdir(parents=True)
        for path, content in bundle.files.items():
            (fresh / path).write_bytes(content)
        _write_description(fresh, description)
        # One that is damaged, or that nobody looked at.
        aside = self.folder / f"{name}{_OLD}"
        shutil.rmtree(aside, ignore_errors=True)
        with suppress(FileNotFoundError):
            (self.folder / name).rename(aside)
        fresh.rename(self.folder / name)
        shutil.rmtree(aside, ignore_errors=True)
        self._sizes[name] = {path: len(content) for path, content in bundle.files.items()}
        return description

    def stop(self) -> None:
        """End every Pagefind that is running: its part is not needed."""
        self._stopped = True
        for service in tuple(self._running):
            service.abandon()

    @contextmanager
    def _start(self, language: str, piece_size: int) -> Iterator[PagefindService]:
        with PagefindService(language=language, piece_size=piece_size) as service:
            self._running.add(service)
            if self._stopped:
                service.abandon()
            try:
                yield service
            finally:
                self._running.discard(service)


@cache
def identify_program() -> str:
    """What makes a part from records: Pagefind, and the code that hands them to it."""
    code = [path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py"))]
    return sign(b"\n".join((version("pagefind").encode(), *code)))


def size_pieces(parts: int) -> int:
    """How much each piece holds when the index has so many parts."""
    return max(_LEAST_PIECE, PIECE_SIZE // max(1, parts))


def sign(content: bytes) -> str:
    """A short digest that may name a folder."""
    return hashlib.blake2b(content, digest_size=_DIGEST).hexdigest()


def remove_others(folder: Path, names: Collection[str]) -> None:
    """Delete what lies in the folder of the search under other names; what cannot be deleted is left for next time."""
    for path in folder.iterdir():
        if path.name in names:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                path.unlink()


def list_sizes(folder: Path) -> dict[str, int]:
    """The sizes of all files below a folder, by path.

    Raises:
        OSError: A folder cannot be read.
    """
    found = {}
    pending = [""]
    while pending:
        inside = pending.pop()
        with os.scandir(f"{folder}/{inside}") as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    pending.append(f"{inside}{entry.name}/")
                else:
                    found[f"{inside}{entry.name}"] = entry.stat(follow_symlinks=False).st_size
    return found


def _read_files(folder: Path) -> dict[str, bytes]:
    """The files of a part as they are, by path; its description is not among them.

    Raises:
        OSError: One cannot be read.
    """
    return {path: (folder / path).read_bytes() for path in list_sizes(folder) if path != _DESCRIPTION}


def _sum_up(description: Mapping[str, Any], files: Mapping[str, bytes]) -> str:
    """Digest of all that is published of a part, and of what the lists of the index repeat of it."""
    kept = [description[name] for name in ("lengths", "from", "fields", "words")]
    digest = hashlib.blake2b(json.dumps(kept).encode(), digest_size=_DIGEST)
    for path in sorted(files):
        digest.update(f"{path} {len(files[path])}\n".encode(errors="surrogateescape"))
        digest.update(files[path])
    return digest.hexdigest()


def _write_description(folder: Path, description: Mapping[str, Any]) -> None:
    text = json.dumps(description, ensure_ascii=False, separators=(",", ":"))
    write_whole(folder / _DESCRIPTION, text)


def write_whole(file: Path, text: str) -> None:
    """Write a file that somebody may be reading: it is the old one or the new one at every moment."""
    fresh = file.with_name(f"{file.name}{_FRESH}")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(file)
