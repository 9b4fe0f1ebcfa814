"""The last steps of a build: what was made takes its place in the site, and what is known of it is kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING

from goodpractice.engine.making import Batch, Demands
from goodpractice.engine.options import Options
from goodpractice.engine.refresh import Refreshed, serialise_inputs, serialise_tables
from goodpractice.engine.report import Report
from goodpractice.engine.scan import Scan
from goodpractice.engine.site_folder import (
    digest_site,
    move_files,
    remove_files,
    remove_tree,
    require_whole,
    swap_folder,
    working_aside,
    write_file,
)
from goodpractice.engine.sources import FileState, digest_bytes, signature_of
from goodpractice.engine.state import NO_DIGEST, BuiltFile, renew_digest
from goodpractice.engine.store import Store, StoreWriter
from goodpractice.kinds.papers import PaperFacts
from goodpractice.outputs.edition import Listed
from goodpractice.outputs.registry import SLOW, TOLD
from goodpractice.search.rows import Row

if TYPE_CHECKING:
    from goodpractice.engine.indexing import Renewed


#: How the names of the files of pages end.
_PAGE = "index.html"


class Staging:
    """The files of one build on their way into the site.

    Where nothing is known of the site, a new folder takes its place as a whole, and what is kept is written while it
    is made. Otherwise each file is moved to its place. What did not get into the site is deleted at the end.

    Attributes:
        folder: Where files are written.
        told: What there is to tell of the files that others tell of, by name; nothing for those that are taken out.
    """

    def __init__(self, options: Options, scan: Scan, report: Report) -> None:
        """Begin, beside the site."""
        self._options, self._scan, self._report = options, scan, report
        self._is_whole = not scan.state.meta
        self.folder = options.beside("new" if self._is_whole else "staging")
        self.told: dict[str, PaperFacts | None] = {}
        self._made: dict[str, BuiltFile] = {}
        self._stale: list[str] = []
        self._slow: set[str] = set()
        self._new: list[str] = []
        self._batches: list[Batch] = []
        self._removed: list[str] = []
        self._digest = NO_DIGEST
        self._rows: dict[str, Row | None] = {}
        #: The files that were written, by name.
        self.written: dict[str, Listed] = {}
        #: What the search of the site is, once it has been renewed.
        self.renewed: Renewed | None = None
        self._closing = ExitStack()
        self._writer: StoreWriter | None = None

    def __enter__(self) -> Staging:
        if self._is_whole:
            self._writer = self._closing.enter_context(Store(self._options.state_path).rewriting())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.__exit__(kind, error, trace)
        remove_tree(self.folder)

    def add(self, batches: Iterable[Batch], total: int) -> None:
        """Take files that were made, and tell how far it is.

        Args:
            batches: The files.
            total: Number of pages that are made in all.
        """
        for batch in batches:
            self._new += batch.new
            self.written |= {name: describe_file(batch.files[name]) for name in batch.new}
            self._stale += batch.stale
            self._report.faults |= batch.faults
            self.told |= dict.fromkeys(batch.stale)
            self.told |= {name: file.facts for name, file in batch.files.items() if file.output in TOLD}
            self._slow |= {name for name, file in batch.files.items() if file.output in SLOW}
            self._rows |= batch.rows
            self._report.add_pages(batch.seconds)
            if self._writer is not None:
                _write_batch(self._writer, batch)
                self._digest = renew_digest(self._digest, {}, batch.files)
            else:
                self._made |= batch.files
                self._batches.append(batch._replace(files={}))
            self._options.progress(self._report.rendered, total)

    def take_rows(self, obsolete: Iterable[str]) -> tuple[dict[str, Row], set[str]]:
        """What is kept for the search of the pages that were made, by address, and addresses that are not found now.

        Args:
            obsolete: Files of the site that are to be deleted.
        """
        gone = {url for url, row in self._rows.items() if row is None}
        gone |= {name.removesuffix(_PAGE) for name in obsolete if name.endswith(_PAGE)}
        return {url: row for url, row in self._rows.items() if row is not None}, gone

    def list_removed(self, demands: Demands) -> list[str]:
        """The files that the site will not have any more."""
        return [*demands.obsolete, *self._stale, *self._scan.orphaned]

    def stage_last(
        self, output: str, files: Mapping[str, bytes], obsolete: list[str], refreshed: Refreshed, demands: Demands
    ) -> None:
        """Write what was made from the files of all outputs, where it differs: the search, and the list of all files.

        Args:
            output: The output that they belong to.
            files: What they hold, by name.
            obsolete: Names of those that are not there any more.
            refreshed: The project as it was read.
            demands: What the build has to make: it learns of what lay there.
        """
        if refreshed.difference.is_local:
            demands.known = {**demands.known, **refreshed.store.find_outputs([*files, *obsolete])}
        made: dict[str, BuiltFile] = {}
        for name, data in files.items():
            digest, old = digest_bytes(data), demands.known.get(name)
            if old is None or old.digest != digest or name in self._scan.modified:
                state = write_file(self.folder, name, data, digest, self._scan.now)
                made[name] = BuiltFile(output, "", "", b"", digest, "", 0, state)
        demands.obsolete += obsolete
        self._new += made
        self.written |= {name: describe_file(file) for name, file in made.items()}
        if self._writer is not None:
            self._writer.write_outputs(made.items())
            self._digest = renew_digest(self._digest, {}, made)
        else:
            self._made |= made

    def swap(self, demands: Demands) -> None:
        """Put what was made in the place of what is there, and delete what no output names any more.

        Args:
            demands: What had to be made.

        Raises:
            OSError: Files cannot be moved, or are not what was written.
        """
        if self._is_whole:
            self._swap_folder()
        else:
            self._move_files(self.list_removed(demands))
        self._report.written = len(self._new)
        self._report.papers = [name for name in self._new if name in self._slow]
        self._report.waiting = demands.waiting + len(self._stale)
        self._report.pages, self._report.left_out = demands.planned_count, demands.left_out

    def _swap_folder(self) -> None:
        site_dir, aside = self._options.site_dir, self._options.beside("old")
        require_whole(site_dir, digest_site(self.folder), self._digest)
        replaced = self._scan.outputs.keys()
        swap_folder(self.folder, site_dir, aside)
        remove_tree(aside)
        self._report.removed = len(replaced - set(self._new))

    def _move_files(self, removed: list[str]) -> None:
        site_dir, now = self._options.site_dir, self._scan.now
        # What nobody has written may lie where a file belongs.
        remove_files(site_dir, removed)
        move_files(self.folder, site_dir, self._new)
        for name in self._new:
            # Moving a file changes its signature.
            signature, made = signature_of((site_dir / name).stat()), self._made[name]
            self._made[name] = made._replace(file_states=FileState(signature, made.digest, now))
        # A build that was killed may have left a file that this one makes.
        self._removed = [name for name in removed if name not in self._made]
        self._report.removed = len(self._removed)

    def swap_and_keep(self, refreshed: Refreshed, demands: Demands, linked: Iterable[str]) -> None:
        """Put the site in its place, and keep what it was made from; see `swap` and `keep`.

        After a partial scan nothing is kept: the next scan of everything finds the change again.
        """
        with self._report.stage("swap"):
            self.swap(demands)
        if not self._scan.is_partial:
            with self._report.stage("keep"):
                self.keep(refreshed, demands, linked)

    def keep(self, refreshed: Refreshed, demands: Demands, linked: Iterable[str]) -> None:
        """Keep what the site was made from.

        Args:
            refreshed: The project as it was read.
            demands: What had to be made.
            linked: Paths of the repository that links lead to, besides pages.

        Raises:
            OSError: What lies in the site is not what was written: somebody else has been at work there.
        """
        options, scan = self._options, self._scan
        with ExitStack() as opened:
            # Another process looks at the site while this one looks at the sources, writes, and works out a sum.
            digest_outputs = opened.enter_context(working_aside(partial(digest_site, options.site_dir)))
            # What pages read is looked at once more: it may have changed meanwhile.
            moved, doubts = scan.scan_again(options.root)
            included, meta_of_setup = scan.find_included(options.root, options.cache)
            # Whatever is read of the store is read before anything is written: then the file may be locked.
            after = self._renew_digest(demands)
            meta = {**self._describe(refreshed, linked), **meta_of_setup, **doubts}

            def confirm() -> None:
                require_whole(options.site_dir, digest_outputs(), self._digest)

            writer = self._writer or opened.enter_context(Store(options.state_path).updating(confirm))
            if not self._is_whole:
                writer.remove(outputs=self._removed, files=scan.removed, cases=refreshed.difference.gone)
                writer.write_outputs(after.items())
                for batch in self._batches:
                    _write_batch(writer, batch)
            changed = {path: file for path, file in scan.file_states.items() if scan.state.files.get(path) is not file}
            writer.write_files({**changed, **included, **moved})
            self._write_content(writer, refreshed, demands)
            writer.write_meta(meta)
            if self._is_whole:
                confirm()
        self._closing.close()

    def _write_content(self, writer: StoreWriter, refreshed: Refreshed, demands: Demands) -> None:
        writer.write_cases(refreshed.rows.new.values())
        if refreshed.difference.tables:
            writer.write_tables(serialise_tables(refreshed.site.kb))
        if self.renewed is not None:
            writer.write_rows(self.renewed.rows, self.renewed.gone, self.renewed.indexes)
        writer.write_listings(demands.listings)
        writer.write_dependencies(demands.dependencies)

    def _describe(self, refreshed: Refreshed, linked: Iterable[str]) -> dict[str, str]:
        """Facts about this build."""
        meta, site = self._scan.state.meta, refreshed.site
        return {
            **meta,
            "setup": self._scan.setup,
            "nav": site.answer("nav"),
            "site": serialise_inputs(site.inputs),
            "outputs": self._digest,
            "searched": "yes" if self._options.search else "",
            **(self.renewed.meta if self.renewed else {}),
            "papers": "yes" if self._has_papers() else "",
            "planned": str(self._report.pages),
            "heading links": json.dumps(refreshed.heading_links),
            "linked": json.dumps(sorted({*json.loads(meta.get("linked", "[]")), *linked})),
            "until": refreshed.rows.find_end(),
            "day": self._scan.day,
        }

    def _has_papers(self) -> bool:
        """Whether nothing is missing that takes long to make."""
        is_asked = self._options.paper and not self._report.left_out
        return is_asked or (self._scan.has_papers and not self._report.waiting)

    def _renew_digest(self, demands: Demands) -> dict[str, BuiltFile]:
        """What is to be kept of the files that are something else now; the digest of the site follows it."""
        if self._is_whole:
            return {}
        scan = self._scan
        after = {**scan.mtime_only, **self._made}
        # What has another signature only is told from the rows of all files: they have been read by then.
        known = scan.state.outputs if scan.mtime_only else demands.known
        before = {name: known[name] for name in (*after, *self._removed) if name in known}
        after = {name: file for name, file in after.items() if name not in self._removed}
        self._digest = renew_digest(scan.state.meta["outputs"], before, after)
        return after


def describe_file(file: BuiltFile) -> Listed:
    """What the list of all files tells of one."""
    return Listed(file.file_states.signature.size, file.digest)


def _write_batch(writer: StoreWriter, batch: Batch) -> None:
    writer.write_outputs(batch.files.items())
    writer.write_dependencies(batch.dependencies)
    writer.write_fragments(batch.fragments)
    writer.write_notes(batch.notes)
