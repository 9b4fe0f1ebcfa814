"""What is kept between builds: facts about the last one, sources, case studies, and the files of the site."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from goodpractice.engine.sources import FileState, add_digests, serialise_signature

#: What pages have read, as text, by the numbers in their traces (see `traces`).
Dependencies = dict[int, str]


def pack_text(text: str) -> bytes:
    """The text of a page as it is kept. The fastest way to pack takes 0.1 ms and leaves a third."""
    return zlib.compress(text.encode(), 1)


class CachedCase(NamedTuple):
    """What is kept of a case study; everything but its id and `until` is JSON.

    Attributes:
        id: Its id.
        record: Its record.
        entry: What lists need to know of it.
        links: The targets of its links.
        photos: Its photos that may be shown, by file.
        until: The day on which consent for one of them expires; may be empty.
        line: Line of its file on which its story begins, from 1.
    """

    id: str
    record: str
    entry: str
    links: str
    photos: str
    until: str
    line: int


class BuiltFile(NamedTuple):
    """A file of the site as it was written.

    Attributes:
        output: Name of the output that gives it.
        plan: What was decided of it before it was made: see `outputs.output.Target`.
        source: The path by which links name it; empty where they cannot.
        trace: What it was made from, packed.
        digest: Digest of its bytes.
        file_states: The file that was written.
        text: What the search reads of it, packed; empty where the file is as it was kept. See `Store.read_text`.
    """

    output: str
    plan: str
    source: str
    trace: bytes
    digest: str
    file_states: FileState
    text: bytes = b""


@dataclass
class State:
    """What is kept between builds; empty before the first.

    Attributes:
        meta: Facts about the last build, by name.
        files: Sources as it saw them, by path.
        load_outputs: Reads what is kept of the files of the site. A build without changes does not ask for it.
    """

    meta: dict[str, str] = field(default_factory=dict)
    files: dict[str, FileState] = field(default_factory=dict)
    load_outputs: Callable[[], dict[str, BuiltFile]] = field(default=dict, compare=False)

    @cached_property
    def outputs(self) -> dict[str, BuiltFile]:
        """What is kept of the files of the site, by name."""
        return self.load_outputs()


#: The output whose files are searched.
SEARCHED = "pages"
#: The digests of a site without files: see `renew_digests`.
NO_DIGESTS: Mapping[str, str] = {"pages": "0", "outputs": "0"}


def renew_digests(
    meta: Mapping[str, str], before: Mapping[str, BuiltFile], after: Mapping[str, BuiltFile]
) -> dict[str, str]:
    """The digests of a site when some of its files have changed; what did not change need not be looked at.

    Args:
        meta: Holds the digests so far.
        before: What was kept of the files that have changed or are gone, by name.
        after: What is to be kept of those that have changed or are new.

    Returns:
        `pages`, of the content of the pages, from which the search is made; `outputs`, of the signatures of all files.
    """

    def renew(name: str, list_parts: Callable[[Mapping[str, BuiltFile]], Iterable[tuple[str, str]]]) -> str:
        return add_digests(list_parts(after), list_parts(before), meta[name])

    return {
        "pages": renew(
            "pages", lambda files: ((n, page.digest) for n, page in files.items() if page.output == SEARCHED)
        ),
        "outputs": renew(
            "outputs", lambda files: ((n, serialise_signature(page.file_states.signature)) for n, page in files.items())
        ),
    }
