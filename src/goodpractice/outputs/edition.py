"""The edition of a site: which files a browser keeps that keeps all of it, with their sizes and digests.

The list lies in parts, so that an edit writes a few of them only. The head names them with their digests, and its own
digest names the edition: the same files make the same edition. A browser can so tell whether what it loads belongs to
the edition that it has begun to keep, and take from an older copy what is the same.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from typing import NamedTuple

from goodpractice.config.site_folders import EDITION_FOLDER, PHOTO_FOLDER, SEARCH_FOLDER, WORKER

HEAD = f"{EDITION_FOLDER}/edition.json"
#: Files in a part, on average, at most.
PART_SIZE = 400
#: Letters of a digest that are kept.
DIGEST_LENGTH = 32
#: Pages and what they load; `keyOf` in offline-rules.js says the same. What is downloaded on purpose is not kept, and
#: no photo of a case study: consent can be taken back, and a copy cannot.
_KEPT = re.compile(rf".*\.(html|css|js|woff2|svg|png|jpe?g|webp|avif|gif|ico)|({SEARCH_FOLDER}|assets/words)/.*")
_NEVER = re.compile(rf"{re.escape(WORKER)}|404\.html|(assets/readme|{PHOTO_FOLDER})/.*")


class Listed(NamedTuple):
    """What is told of a file.

    Attributes:
        size: Bytes.
        digest: The beginning of its SHA-256.
    """

    size: int
    digest: str


class DamagedEditionError(Exception):
    """The parts are not those that the head names."""


def is_kept(name: str) -> bool:
    """Whether a file of the site belongs to a copy of it."""
    return bool(_KEPT.fullmatch(name)) and not _NEVER.fullmatch(name)


def make_edition(files: Mapping[str, Listed]) -> dict[str, bytes]:
    """The list of a site by path, its head last.

    Args:
        files: All files of the site; those that no copy holds are left out here.
    """
    kept = {name: file for name, file in files.items() if is_kept(name)}
    count = _count_parts(len(kept))
    parts: dict[int, dict[str, Listed]] = {number: {} for number in range(count)}
    for name, file in kept.items():
        parts[_place(name, count)][name] = file
    printed = {number: _serialise_part(part) for number, part in parts.items()}
    facts = [_describe(parts[number], printed[number]) for number in range(count)]
    return {**{_path(number): text for number, text in printed.items()}, HEAD: _serialise_head(facts)}


def renew_edition(changed: Mapping[str, Listed | None], read: Callable[[str], bytes]) -> dict[str, bytes]:
    """The files of a list that differ after some files of the site have changed.

    Args:
        changed: Those files; nothing in the place of one that is gone.
        read: Reads a file of the old list, by path.

    Raises:
        DamagedEditionError: The old list cannot be trusted: it has to be made from nothing.
        OSError: A part cannot be read.
    """
    changed = {name: file for name, file in changed.items() if is_kept(name)}
    if not changed:
        return {}
    try:
        facts = [tuple(fact) for fact in json.loads(read(HEAD))["parts"]]
        total = sum(fact[1] for fact in facts)
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise DamagedEditionError from error
    by_part: dict[int, dict[str, Listed | None]] = defaultdict(dict)
    for name, file in changed.items():
        by_part[_place(name, len(facts))][name] = file
    written: dict[str, bytes] = {}
    for number, own in by_part.items():
        text = read(_path(number))
        if _digest(text) != facts[number][0]:
            raise DamagedEditionError
        part = _read_part(text)
        total -= len(part)
        part |= {name: file for name, file in own.items() if file is not None}
        part = {name: file for name, file in part.items() if own.get(name, file) is not None}
        total += len(part)
        written[_path(number)] = _serialise_part(part)
        facts[number] = _describe(part, written[_path(number)])
    if _count_parts(total) != len(facts):
        raise DamagedEditionError
    return {**written, HEAD: _serialise_head(facts)}


def _count_parts(total: int) -> int:
    """A power of two, so that it changes rarely."""
    return 1 << max(0, (max(total, 1) - 1) // PART_SIZE).bit_length()


def _place(name: str, count: int) -> int:
    return int(_digest(name.encode())[:8], 16) % count


def _path(number: int) -> str:
    return f"{EDITION_FOLDER}/{number}.txt"


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()[:DIGEST_LENGTH]


def _serialise_part(part: Mapping[str, Listed]) -> bytes:
    return "".join(f"{file.digest} {file.size} {name}\n" for name, file in sorted(part.items())).encode()


def _read_part(text: bytes) -> dict[str, Listed]:
    lines = (line.split(" ", 2) for line in text.decode().splitlines())
    return {name: Listed(int(size), digest) for digest, size, name in lines}


def _describe(part: Mapping[str, Listed], printed: bytes) -> tuple[str, int, int]:
    return _digest(printed), len(part), sum(file.size for file in part.values())


def _serialise_head(facts: Iterable[tuple[str, int, int]]) -> bytes:
    parts = json.dumps(list(facts), separators=(",", ":"))
    return f'{{"edition":"{_digest(parts.encode())}","parts":{parts}}}\n'.encode()
