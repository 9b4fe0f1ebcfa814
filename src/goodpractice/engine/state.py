"""What is kept between builds: facts about the last one, sources, case studies, and the files of the site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from goodpractice.engine.sources import FileState, add_digests, serialise_signature

if TYPE_CHECKING:
    from goodpractice.kinds.papers import PaperFacts

#: What pages have read, as text, by the numbers in their traces (see `traces`).
Dependencies = dict[int, str]


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
        draft: Digest of its draft; empty where its output gives none.
        pages: Number of its pages, where it is printed.
        file_states: The file that was written.
    """

    output: str
    plan: str
    source: str
    trace: bytes
    digest: str
    draft: str
    pages: int
    file_states: FileState

    @property
    def facts(self) -> PaperFacts:
        """What other files may tell of it."""
        from goodpractice.kinds.papers import PaperFacts

        return PaperFacts(self.file_states.signature.size, self.pages)


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


#: The output that the files of the search belong to.
SEARCH = "search"
#: The output that the list of all files belongs to.
EDITION = "edition"
#: The digest of a site without files: see `renew_digest`.
NO_DIGEST = "0"


def renew_digest(digest: str, before: Mapping[str, BuiltFile], after: Mapping[str, BuiltFile]) -> str:
    """The digest of the signatures of all files of a site when some of them have changed.

    Args:
        digest: The digest so far.
        before: What was kept of the files that have changed or are gone, by name.
        after: What is to be kept of those that have changed or are new.
    """

    def list_parts(files: Mapping[str, BuiltFile]) -> Iterable[tuple[str, str]]:
        return ((name, serialise_signature(file.file_states.signature)) for name, file in files.items())

    return add_digests(list_parts(after), list_parts(before), digest)
