"""What an output is: a function from a loaded project to named files of the site."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from goodpractice.outputs.site import Site
    from goodpractice.search.records import SearchRecord


class Target(NamedTuple):
    """A file that an output gives.

    Attributes:
        name: Its path in the site.
        item: What the output makes it from; only the output looks at it.
        plan: What was decided of it before it is made, as text: with another plan it is made anew.
        source: The path in the repository by which links name it, without a final slash; empty where they cannot.
        document: Kind and id of the text that it shows, where it shows one: the process that has checked this text
            makes the file.
    """

    name: str
    item: Any = None
    plan: str = ""
    source: str = ""
    document: tuple[str, str] | None = None


class Made(NamedTuple):
    """What was made.

    Attributes:
        data: The bytes of the file.
        record: What the search can find of it; mostly nothing.
        pages: Number of its pages, where it is printed.
        faults: What a check of it found, in a sentence each.
        note: What its output wants to know when it makes the file the next time: see `Site.find_last`.
    """

    data: bytes
    record: SearchRecord | None = None
    pages: int = 0
    faults: tuple[str, ...] = ()
    note: str = ""


class LastFile(NamedTuple):
    """A file of the site as it was written last.

    Attributes:
        data: The bytes of the file.
        note: What its output noted of it.
    """

    data: bytes
    note: str


class Output(ABC):
    """One of the things that a site is made of.

    The engine asks for the targets and makes those that are new, that are damaged in the folder of the site, whose
    plan is another, or that asked something which has another answer now. It writes them beside the site, puts them
    in place together, deletes what no output names any more, and compares what lies there with what was written. An
    output does none of this, and reads no file of the site; a large one it may get as it was (`site.find_last`).

    What `list_targets` and `make` read of records, and what they ask of the knowledge base (`kb.ask`) and of the site
    (`site.ask`), is recorded: an output need not say on what its files depend. It must depend on nothing else: no
    clock, no network, no file that it opens itself.

    Attributes:
        name: Its name in the registry, in reports and in the state.
        needs: Python modules that it imports and that may be missing. Without them it is left out, and the build says
            so in a sentence.
        is_parallel: Whether its files are many, so that several processes make them.
        is_told: Whether files of other outputs tell of its files, by `site.find_paper`: they are made before all
            others, and ask for no such file themselves.
        is_of_page: Whether each of its files is one of a page, with the page as item, its plan, and nothing else that
            it is made from: an edit that concerns this page alone makes it without a list of targets.
        is_slow: Whether making a file takes so long that only a build makes it that is asked for papers. Any other
            build keeps those that are right still, and takes the others out of the site.
    """

    name: str
    needs: tuple[str, ...] = ()
    is_parallel: bool = False
    is_told: bool = False
    is_of_page: bool = False
    is_slow: bool = False

    def list_missing(self) -> Iterator[str]:
        """What it needs and this computer has not: names of modules or libraries."""
        return (name for name in self.needs if find_spec(name) is None)

    @abstractmethod
    def list_targets(self, site: Site) -> Iterable[Target]:
        """The files that the site has of this output, in the order in which they are made."""

    def prepare(self, site: Site, targets: Sequence[Target]) -> None:  # noqa: B027 - most have nothing to do
        """Get ready to make these, and no others: for what is quicker done for many at a time. There may be none.

        Where several processes make them, none of these runs yet.
        """

    def draft(self, site: Site, target: Target) -> str:
        """Everything that one of them shows, as text, where that is known much sooner than the file is made.

        While it is the same as when the file was made, the file is kept. Empty where there is nothing to gain.
        """
        return ""

    @abstractmethod
    def make(self, site: Site, target: Target) -> Made:
        """Make one of them.

        Raises:
            OSError: Something that it needs cannot be read.
        """
