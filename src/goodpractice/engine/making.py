"""The third step of a build: which files may come out differently, and the making of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from goodpractice.config.project_folders import case_study_path
from goodpractice.diagnostics.errors import BuildError
from goodpractice.engine.pool import Share
from goodpractice.engine.refresh import Refreshed
from goodpractice.engine.scan import Scan
from goodpractice.engine.site_folder import write_file
from goodpractice.engine.sources import digest_bytes
from goodpractice.engine.state import SEARCH, BuiltFile, Dependencies
from goodpractice.engine.traces import TraceCheck, TracePacker
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.outputs.output import Output, Target
from goodpractice.outputs.pages import read_plan
from goodpractice.outputs.registry import OUTPUTS, PAGES, list_missing
from goodpractice.outputs.site import Site
from goodpractice.query.tracking import record_trace
from goodpractice.search.rows import Row

#: Files between two messages about progress.
BATCH = 100
_NO_TEXT = ("", "")


class Demand(NamedTuple):
    """A file that has to be made: by which output, and which of its files."""

    output: Output
    target: Target


class Batch(NamedTuple):
    """Files that were made.

    Attributes:
        files: What is to be kept of each, by name.
        new: Names of those that differ from what lies in the site.
        seconds: Addresses of the pages among them, with the seconds that each took.
        dependencies: What the numbers in their traces stand for, as far as no batch before has said it.
        fragments: Fragments of the shell that were rendered on the way, by key.
        rows: What is kept of the pages among them for the search, by address; nothing for those that are not found.
    """

    files: dict[str, BuiltFile]
    new: list[str]
    seconds: list[tuple[str, float]]
    dependencies: Dependencies
    fragments: Mapping[str, str]
    rows: dict[str, Row | None]


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
    """

    files: list[Demand] = field(default_factory=list)
    obsolete: list[str] = field(default_factory=list)
    left_out: dict[str, tuple[str, ...]] = field(default_factory=dict)
    listings: dict[str, bytes] = field(default_factory=dict)
    planned_count: int = 0
    dependencies: Dependencies = field(default_factory=dict)
    known: Mapping[str, BuiltFile] = field(default_factory=dict)

    @property
    def page_count(self) -> int:
        """Number of pages that are made."""
        return sum(demand.output is PAGES for demand in self.files)


def find_demands(refreshed: Refreshed, scan: Scan) -> Demands:
    """Find the files that may come out differently.

    The list of the files of an output is a query like each of them: while it has the same result, and no file has to
    be made anew, the output is not asked.

    Args:
        refreshed: The project as it is now.
        scan: What the last build wrote, and what of it is damaged.
    """
    site, store, difference = refreshed.site, refreshed.store, refreshed.difference
    if difference.is_local:
        named = [store.find_named(case_study_path(case_id)) for case_id in sorted(difference.stories)]
        files = dict(filter(None, named))
        return Demands(
            [_demand_story(name, file) for name, file in files.items()],
            planned_count=int(scan.state.meta["planned"]),
            known=files,
        )
    known, modified = scan.state.outputs, frozenset(scan.modified)
    packer = TracePacker()
    found = Demands(known=known, dependencies=packer.dependencies)
    check = TraceCheck(site, store.load_dependencies(), difference.fields) if known else None
    listings = store.load_listings()
    wanted: dict[str, str] = {}
    for output in OUTPUTS:
        if missing := tuple(list_missing(output)):
            found.left_out[output.name] = missing
            continue
        own = {name: file for name, file in known.items() if file.output == output.name}
        stale = {
            name for name, file in own.items() if check is None or name in modified or not check.is_same(file.trace)
        }
        if check is not None and not stale and output.name in listings and check.is_same(listings[output.name]):
            wanted.update(dict.fromkeys(own, output.name))
            continue
        with record_trace() as trace:
            targets = list(output.list_targets(site))
        found.listings[output.name] = packer.pack(trace)
        for target in targets:
            if (first := wanted.setdefault(target.name, output.name)) != output.name:
                raise _refuse(target.name, first, output.name)
            file = own.get(target.name)
            if file is None or target.name in stale or file.plan != target.plan:
                found.files.append(Demand(output, target))
    found.planned_count = len(site.plan)
    found.obsolete = [name for name, file in known.items() if name not in wanted and file.output != SEARCH]
    return found


def _refuse(name: str, first: str, second: str) -> BuildError:
    words = _("the outputs {first} and {second} both give the file {name}", first=first, second=second, name=name)
    return BuildError(words)


def _demand_story(name: str, file: BuiltFile) -> Demand:
    page, __ = read_plan(file.plan)
    return Demand(PAGES, Target(name, page, file.plan, file.source, page.document))


@dataclass(frozen=True)
class Maker:
    """Makes files, in whatever process it is.

    Attributes:
        site: What they are made from.
        demands: The files to be made.
        checked: By kind and id of a text, the share in which it was checked, by the number of shares: its parsers
            know it.
        scan: What lies in the site.
    """

    site: Site
    demands: Demands
    checked: Callable[[int], Mapping[tuple[str, str], int]]
    scan: Scan

    def make_here(self, folder: Path) -> Iterator[Batch]:
        """Make the files of outputs that no other process makes."""
        for output in OUTPUTS:
            if not output.is_parallel and output.name not in self.demands.left_out:
                demands = [demand for demand in self.demands.files if demand.output is output]
                output.prepare(self.site, [demand.target for demand in demands])
                yield from self._make(demands, folder)

    def make_share(self, share: Share, folder: Path) -> Iterator[Batch]:
        """Make a share of the others.

        Args:
            share: The share.
            folder: Where the files are written.
        """
        checked = self.checked(share.of)
        parallel = [demand for demand in self.demands.files if demand.output.is_parallel]
        own = [demand for demand in parallel if checked.get(demand.target.document or _NO_TEXT) == share.number]
        rest = [demand for demand in parallel if (demand.target.document or _NO_TEXT) not in checked]
        return self._make([*own, *share.take(rest)], folder)

    def _find_old(self, name: str) -> BuiltFile | None:
        """What lies in the site, where that is known: a scan of a few sources knows nothing of it."""
        if self.scan.is_partial:
            return None
        return self.scan.mtime_only.get(name) or self.demands.known.get(name)

    def _make(self, demands: Sequence[Demand], folder: Path) -> Iterator[Batch]:
        packer, site, damaged = TracePacker(), self.site, frozenset(self.scan.modified)
        for start in range(0, len(demands), BATCH):
            batch = Batch({}, [], [], {}, {}, {})
            for output, target in demands[start : start + BATCH]:
                started = perf_counter()
                with record_trace() as trace:
                    made = output.make(site, target)
                digest = digest_bytes(made.data)
                old = self._find_old(target.name)
                if old is not None and old.digest == digest and target.name not in damaged:
                    file_states = old.file_states
                else:
                    file_states = write_file(folder, target.name, made.data, digest, self.scan.now)
                    batch.new.append(target.name)
                batch.files[target.name] = BuiltFile(
                    output.name, target.plan, target.source, packer.pack(trace), digest, file_states
                )
                if output is PAGES:
                    batch.rows[target.item.url] = made.row
                    batch.seconds.append((target.item.url, perf_counter() - started))
            dependencies, packer.dependencies = packer.dependencies, {}
            yield batch._replace(dependencies=dependencies, fragments=site.take_fragments())
