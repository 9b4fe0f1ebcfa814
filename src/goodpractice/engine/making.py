"""The third step of a build: which files may come out differently, and the making of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from pathlib import Path
from posixpath import dirname
from time import perf_counter
from typing import NamedTuple

from goodpractice.diagnostics.errors import BuildError
from goodpractice.engine.pool import WorkShare
from goodpractice.engine.refresh import Refreshed
from goodpractice.engine.scan import Scan
from goodpractice.engine.site_folder import write_file
from goodpractice.engine.sources import digest_bytes
from goodpractice.engine.state import EDITION, SEARCH, BuiltFile, Dependencies
from goodpractice.engine.store import Store
from goodpractice.engine.traces import TraceCheck, TracePacker
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds.papers import PaperFacts
from goodpractice.outputs.output import LastFile, Output, Target
from goodpractice.outputs.pages import read_plan
from goodpractice.outputs.registry import OF_PAGE, OUTPUTS, PAGES
from goodpractice.outputs.site import Site
from goodpractice.query.recording import unrecorded
from goodpractice.query.tracking import record_trace
from goodpractice.search.records import SearchRecord
from goodpractice.search.rows import Row, digest_record, make_row

#: Files between two messages about progress. What a page leaves behind in memory goes with the message: a list of
#: stories leaves a megabyte.
BATCH = 25
#: Pages that take as long to make as one file of an output that is slow.
SLOW_AS = 50
_NO_TEXT = ("", "")
#: Outputs that are made from the files of all others.
_MADE_LAST = (SEARCH, EDITION)
#: Told of a file that may differ, until it is known whether it does. No file is of this size.
UNKNOWN = PaperFacts(0, 0)


class Demand(NamedTuple):
    """A file that may come out differently.

    Attributes:
        output: The output that gives it.
        target: Which of its files it is.
        is_made: Whether it is made where it differs; otherwise it is taken out of the site then.
    """

    output: Output
    target: Target
    is_made: bool = True


class Batch(NamedTuple):
    """Files that were made.

    Attributes:
        files: What is to be kept of each, by name.
        new: Names of those that differ from what lies in the site.
        seconds: Addresses of the pages among them, with the seconds that each took.
        dependencies: What the numbers in their traces stand for, as far as no batch before has said it.
        fragments: Fragments of the shell that were rendered on the way, by key.
        rows: What is kept of the pages among them for the search, by address, as far as it may be something else;
            nothing for those that are not found.
        stale: Names of files that differ and are not made in this build.
        faults: What checks of them found, by name.
        notes: What their outputs want to know the next time, by name.
    """

    files: dict[str, BuiltFile]
    new: list[str]
    seconds: list[tuple[str, float]]
    dependencies: Dependencies
    fragments: Mapping[str, str]
    rows: dict[str, Row | None]
    stale: list[str]
    faults: dict[str, tuple[str, ...]]
    notes: dict[str, str]


@dataclass
class Demands:
    """What a build has to make.

    Attributes:
        files: The files to be made.
        obsolete: Files of the site that no output names any more.
        left_out: Modules that outputs need and that are not there, by output.
        listings: What the lists of files were made from, packed, by output; only of those that were listed.
        planned_count: Number of pages of the site.
        dependencies: What the numbers in the traces of the lists stand for.
        known: What is kept of the files that lie in the site, by name: of those to be made, at least.
        waiting: Number of files that are not there, because this build does not make what takes long.
    """

    files: list[Demand] = field(default_factory=list)
    obsolete: list[str] = field(default_factory=list)
    left_out: dict[str, tuple[str, ...]] = field(default_factory=dict)
    listings: dict[str, bytes] = field(default_factory=dict)
    planned_count: int = 0
    dependencies: Dependencies = field(default_factory=dict)
    known: Mapping[str, BuiltFile] = field(default_factory=dict)
    waiting: int = 0

    @property
    def page_count(self) -> int:
        """Number of pages that are made."""
        return sum(demand.output is PAGES for demand in self.files)

    @property
    def size(self) -> int:
        """Number of pages that take as long to make as all of it."""
        slow = sum(demand.output.is_slow and demand.is_made for demand in self.files)
        return self.page_count + SLOW_AS * slow

    @property
    def ranks(self) -> tuple[bool, ...]:
        """Whether files are told of, rank by rank: what others tell of is made before them."""
        return (True, False) if any(demand.output.is_told for demand in self.files) else (False,)


def find_demands(refreshed: Refreshed, scan: Scan, with_slow: bool) -> Demands:
    """Find the files that may come out differently.

    The list of the files of an output is a query like each of them: while it has the same result, and no file has to
    be made anew, the output is not asked.

    Files that others tell of are looked for first. What is to be told of those that may differ is not known yet, so
    every file that tells of one may differ, too.

    Args:
        refreshed: The project as it is now.
        scan: What the last build wrote, and what of it is damaged.
        with_slow: Whether files are made that take long.
    """
    site, difference = refreshed.site, refreshed.difference
    if difference.local is not None:
        return Demands(
            [_demand_known(name, file) for name, file in difference.local.items()],
            planned_count=int(scan.state.meta["planned"]),
            known=difference.local,
        )
    search = _Search(refreshed, scan, with_slow)
    for output in sorted(OUTPUTS, key=lambda output: not output.is_told):
        search.look_at(output)
    found, known = search.found, scan.state.outputs
    found.planned_count = len(site.plan)
    found.obsolete = [
        name for name, file in known.items() if name not in search.wanted and file.output not in _MADE_LAST
    ]
    return found


class _Search:
    """Looks for what has to be made, output by output."""

    def __init__(self, refreshed: Refreshed, scan: Scan, with_slow: bool) -> None:
        self._site, self._with_slow = refreshed.site, with_slow
        self._known, self._modified = scan.state.outputs, frozenset(scan.modified)
        store = refreshed.store
        readings, difference = store.load_dependencies(), refreshed.difference
        doubtful = difference.find_doubtful(self._site.kb) if self._known else {}
        check = TraceCheck(self._site, readings, difference.fields, difference.standing, doubtful)
        self._check = check if self._known else None
        self._listings = store.load_listings()
        self._packer = TracePacker()
        self.found = Demands(known=self._known, dependencies=self._packer.dependencies)
        #: The output of every file that the site is to have.
        self.wanted: dict[str, str] = {}

    def look_at(self, output: Output) -> None:
        """Find the files of an output that may differ, and tell of those that do not."""
        is_made = self._with_slow or not output.is_slow
        if is_made and (missing := tuple(output.list_missing())):
            self.found.left_out[output.name] = missing
            is_made = False
        own = {name: file for name, file in self._known.items() if file.output == output.name}
        stale = {name for name, file in own.items() if not self._is_same(name, file.trace)}
        if not is_made and not output.is_slow:
            return
        if not stale and self._is_listed(output) and not (output.is_slow and is_made):
            self.wanted.update(dict.fromkeys(own, output.name))
        else:
            self._list(output, own, stale, is_made)
        if output.is_told:
            demanded = {demand.target.name for demand in self.found.files}
            self._site.tell({name: own[name].facts for name in own.keys() & self.wanted.keys() - demanded})

    def _is_same(self, name: str, trace: bytes) -> bool:
        return self._check is not None and name not in self._modified and self._check.is_same(trace)

    def _is_listed(self, output: Output) -> bool:
        listing = self._listings.get(output.name)
        return listing is not None and self._check is not None and self._check.is_same(listing)

    def _list(self, output: Output, own: Mapping[str, BuiltFile], stale: Collection[str], is_made: bool) -> None:
        with record_trace() as trace:
            targets = list(output.list_targets(self._site))
        self.found.listings[output.name] = self._packer.pack(trace)
        for target in targets:
            if (first := self.wanted.get(target.name, output.name)) != output.name:
                raise _refuse(target.name, first, output.name)
            file = own.get(target.name)
            if file is None and not is_made:
                self.found.waiting += 1
                continue
            self.wanted[target.name] = output.name
            if file is None or target.name in stale or file.plan != target.plan:
                self.found.files.append(Demand(output, target, is_made))
                if output.is_told:
                    self._site.tell({target.name: UNKNOWN})


def _refuse(name: str, first: str, second: str) -> BuildError:
    words = _("the outputs {first} and {second} both give the file {name}", first=first, second=second, name=name)
    return BuildError(words)


def _demand_known(name: str, file: BuiltFile) -> Demand:
    page, __ = read_plan(file.plan)
    return Demand(OF_PAGE[file.output], Target(name, page, file.plan, file.source, page.document))


@dataclass(frozen=True)
class Maker:
    """Makes files, in whatever process it is.

    Attributes:
        site: What they are made from.
        demands: The files to be made.
        checked: By kind and id of a text, the share in which it was checked, by the number of shares: its parsers
            know it.
        scan: What lies in the site.
        store: What is known of the last build.
    """

    site: Site
    demands: Demands
    checked: Callable[[int], Mapping[tuple[str, str], int]]
    scan: Scan
    store: Store

    def prepare(self) -> None:
        """Let outputs get ready whose files several processes make: to be called before these are forked."""
        for output in OUTPUTS:
            if output.is_parallel:
                made = [demand for demand in self.demands.files if demand.output is output and demand.is_made]
                output.prepare(self.site, [demand.target for demand in made])

    def make_here(self, folder: Path, is_told: bool) -> Iterator[Batch]:
        """Make the files of outputs that no other process makes.

        Args:
            folder: Where the files are written.
            is_told: Whether those that others tell of, or all others.
        """
        self.site.find_last = self._find_last
        for output in OUTPUTS:
            is_out = output.name in self.demands.left_out and not output.is_slow
            if not output.is_parallel and output.is_told == is_told and not is_out:
                demands = [demand for demand in self.demands.files if demand.output is output]
                output.prepare(self.site, [demand.target for demand in demands])
                yield from self._make(demands, folder)

    def make_share(
        self, share: WorkShare, folder: Path, is_told: bool, told: Mapping[str, PaperFacts | None]
    ) -> Iterator[Batch]:
        """Make a share of the others.

        Args:
            share: The share.
            folder: Where the files are written.
            is_told: Whether those that others tell of, or all others.
            told: What there is to tell of the files that were made so far.
        """
        self.site.find_last = self._find_last
        self.site.tell(told)
        checked = self.checked(share.of)
        folders: dict[str, list[Demand]] = {}
        for demand in self.demands.files:
            if demand.output.is_parallel and demand.output.is_told == is_told:
                # What lies beside a page shows the same: made after it, it is not rendered again.
                folders.setdefault(dirname(demand.target.name), []).append(demand)
        owners = [checked.get(files[0].target.document or _NO_TEXT) for files in folders.values()]
        own = [files for files, owner in zip(folders.values(), owners, strict=True) if owner == share.number]
        rest = [files for files, owner in zip(folders.values(), owners, strict=True) if owner is None]
        return self._make(list(chain.from_iterable([*own, *share.take(rest)])), folder)

    def _find_last(self, name: str) -> LastFile | None:
        """A file as it was written last, where it lies there unchanged."""
        old = self._find_old(name)
        if old is None:
            return None
        try:
            with unrecorded():
                data = (self.scan.site_dir / name).read_bytes()
        except OSError:
            return None
        return LastFile(data, self.store.find_note(name)) if digest_bytes(data) == old.digest else None

    def _keep_row(self, url: str, record: SearchRecord | None, batch: Batch) -> None:
        """What the search keeps of a page, where that may be something else: most of what it takes is finding stems."""
        if record is None:
            batch.rows[url] = None
        elif self._row_digests.get(url) != (record.language, digest_record(record)):
            batch.rows[url] = make_row(record)

    @cached_property
    def _row_digests(self) -> Mapping[str, tuple[str, str]]:
        return self.store.load_digests()

    @cached_property
    def _damaged(self) -> frozenset[str]:
        return frozenset(self.scan.modified)

    def _find_old(self, name: str) -> BuiltFile | None:
        """What lies in the site, where that is known: a scan of a few sources knows nothing of it."""
        if self.scan.is_partial:
            return None
        return self.scan.mtime_only.get(name) or self.demands.known.get(name)

    def _make(self, demands: Sequence[Demand], folder: Path) -> Iterator[Batch]:
        packer = TracePacker()
        for start in range(0, len(demands), BATCH):
            batch = Batch({}, [], [], {}, {}, {}, [], {}, {})
            for demand in demands[start : start + BATCH]:
                self._make_one(demand, folder, packer, batch)
            dependencies, packer.dependencies = packer.dependencies, {}
            yield batch._replace(dependencies=dependencies, fragments=self.site.take_fragments())

    def _make_one(self, demand: Demand, folder: Path, packer: TracePacker, batch: Batch) -> None:
        output, target = demand.output, demand.target
        old = None if target.name in self._damaged else self._find_old(target.name)
        started = perf_counter()
        with record_trace() as trace:
            drafted = output.draft(self.site, target)
            draft = digest_bytes(drafted.encode()) if drafted else ""
            is_kept = old is not None and bool(draft) and old.draft == draft
            made = output.make(self.site, target) if demand.is_made and not is_kept else None
        if old is not None and is_kept:
            digest, pages, file_states = old.digest, old.pages, old.file_states
        elif made is None:
            batch.stale.append(target.name)
            return
        else:
            digest, pages = digest_bytes(made.data), made.pages
            if made.faults:
                batch.faults[target.name] = made.faults
            if made.note:
                batch.notes[target.name] = made.note
            if old is not None and old.digest == digest:
                file_states = old.file_states
            else:
                file_states = write_file(folder, target.name, made.data, digest, self.scan.now)
                batch.new.append(target.name)
        batch.files[target.name] = BuiltFile(
            output.name, target.plan, target.source, packer.pack(trace), digest, draft, pages, file_states
        )
        if output is PAGES and made is not None:
            self._keep_row(target.item.url, made.record, batch)
            batch.seconds.append((target.item.url, perf_counter() - started))
