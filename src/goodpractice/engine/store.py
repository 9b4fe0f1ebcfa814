"""What the last build knew: a SQLite file that holds data only.

Reading it runs no code. A file that is damaged, cut off or of another version
counts as no file: the next build is a full one.
"""

from __future__ import annotations

import json
import os
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from goodpractice.engine.schema import SCHEMA, VERSION
from goodpractice.engine.sources import FileState, Signature, signature_of
from goodpractice.engine.state import BuiltFile, CachedCase, Dependencies, State
from goodpractice.i18n.messages import gettext_lazy as _

if TYPE_CHECKING:
    from goodpractice.search.rows import Row

#: What SQLite keeps beside a file.
_BESIDE = ("-journal", "-wal", "-shm")


class Store:
    """The file that keeps the state of one site folder."""

    def __init__(self, path: Path, is_usable: bool = True) -> None:
        """Take its place, and whether what it holds may be read: to a build from nothing, it is empty."""
        self.path = path
        self._is_usable = is_usable

    def load(self, summed: str | None = None) -> State:
        """Read what every build needs; an unusable file gives an empty state.

        Args:
            summed: The sum of the file, where somebody has worked it out already.
        """
        if not self._is_sealed(summed):
            return State()
        try:
            with self._connect() as connection:
                meta = _read_meta(connection)
                if not meta:
                    return State()
                files = {
                    path: FileState(Signature(*signature), digest, at)
                    for path, *signature, digest, at in connection.execute("SELECT * FROM files")
                }
        except (sqlite3.Error, OSError, TypeError, ValueError):
            return State()
        return State(meta, files, self._load_outputs)

    def load_meta(self) -> dict[str, str]:
        """Facts about the last build, for whoever asks before a build has looked at the file.

        They are empty wherever `load` gives an empty state. The file is summed up once for each of its stamps.
        """
        try:
            if not self._is_sealed(_sum_up_once(self.path, signature_of(self.path.stat()))):
                return {}
            with self._connect() as connection:
                return _read_meta(connection)
        except (sqlite3.Error, OSError):
            return {}

    def _load_outputs(self) -> dict[str, BuiltFile]:
        with _explaining(_("the build cache cannot be read")), self._connect() as connection:
            return {row[0]: _read_output(row) for row in connection.execute("SELECT * FROM outputs")}

    def load_listings(self) -> dict[str, bytes]:
        """What the lists of the files of outputs were made from, packed, by output."""
        return dict(self._rows("SELECT output, trace FROM listings"))

    def find_named(self, source: str) -> tuple[str, BuiltFile] | None:
        """The page that links name by a path: its file, and what is kept of it."""
        rows = self._rows("SELECT * FROM outputs WHERE source = ? AND source != ''", source)
        return next(((row[0], _read_output(row)) for row in rows), None)

    def has(self, name: str) -> bool:
        """Whether the site has a file."""
        return bool(self._rows("SELECT 1 FROM outputs WHERE name = ?", name))

    def find_folder(self, source: str) -> dict[str, BuiltFile]:
        """The page that links name by a path, with all files in its folder and below it, by name and in this order."""
        named = self.find_named(source)
        if named is None:
            return {}
        folder = named[0].rpartition("/")[0]
        # "0" follows "/" in the order of names.
        rows = self._rows("SELECT * FROM outputs WHERE name > ? AND name < ? ORDER BY name", f"{folder}/", f"{folder}0")
        return {row[0]: _read_output(row) for row in rows}

    def list_plans(self, names: Iterable[str]) -> list[str]:
        """The plans of these files of the site, in this order."""
        query = "SELECT plan FROM json_each(?) JOIN outputs ON name = value ORDER BY json_each.key"
        return [row[0] for row in self._rows(query, json.dumps(list(names)))]

    def list_sources(self) -> list[str]:
        """The paths by which links name pages."""
        return [row[0] for row in self._rows("SELECT source FROM outputs WHERE source != ''")]

    def load_cases(self) -> dict[str, CachedCase]:
        """Facts of all case studies, by id."""
        return {row[0]: CachedCase(*row) for row in self._rows("SELECT * FROM cases")}

    def find_case(self, case_id: str) -> CachedCase | None:
        """Facts of one case study."""
        return next((CachedCase(*row) for row in self._rows("SELECT * FROM cases WHERE id = ?", case_id)), None)

    def list_photos(self) -> list[tuple[str, str]]:
        """Ids of the case studies that have photos, with their photos as JSON."""
        return list(self._rows("SELECT id, photos FROM cases WHERE photos != '{}'"))

    def list_ends(self) -> list[tuple[str, str]]:
        """Ids of the case studies of which something expires, with the day."""
        return list(self._rows("SELECT id, until FROM cases WHERE until != ''"))

    def find_linking(self, part: str) -> list[str]:
        """Ids of the case studies whose stories link to a heading whose address holds these letters."""
        query = "SELECT id FROM cases WHERE instr(links, '.md#') AND instr(links, ?)"
        return [row[0] for row in self._rows(query, part)]

    def load_tables(self) -> dict[str, Any]:
        """Records of the other tables, by kind and id, as they were printed to JSON: see `serialise_tables`."""
        return {row[0]: json.loads(row[1]) for row in self._rows("SELECT kind, records FROM tables")}

    def load_table(self, kind: str) -> dict[str, Any]:
        """Records of one of these tables, by id.

        Raises:
            OSError: It is not there.
        """
        for (records,) in self._rows("SELECT records FROM tables WHERE kind = ?", kind):
            found: dict[str, Any] = json.loads(records)
            return found
        raise OSError(_("the build cache cannot be read"))

    def load_dependencies(self) -> Dependencies:
        """What the numbers in traces stand for."""
        return dict(self._rows("SELECT number, text FROM dependencies"))

    def find_dependencies(self, numbers: Iterable[int]) -> list[str]:
        """What these numbers stand for."""
        query = "SELECT text FROM dependencies WHERE number IN (SELECT value FROM json_each(?))"
        return [row[0] for row in self._rows(query, json.dumps(list(numbers)))]

    def find_outputs(self, names: Iterable[str]) -> dict[str, BuiltFile]:
        """What is kept of these files of the site, by name."""
        query = "SELECT * FROM outputs WHERE name IN (SELECT value FROM json_each(?))"
        return {row[0]: _read_output(row) for row in self._rows(query, json.dumps(list(names)))}

    def load_digests(self) -> dict[str, tuple[str, str]]:
        """Language and digest of each row of the search, by address."""
        return {url: (code, digest) for url, code, digest in self._rows("SELECT url, language, digest FROM rows")}

    def load_row(self, url: str) -> Row:
        """A row of the search.

        Raises:
            OSError: It is not there.
        """
        from goodpractice.search.rows import Row

        query = "SELECT language, facts, text, sections, postings, digest FROM rows WHERE url = ?"
        for found in self._rows(query, url):
            return Row(*found)
        raise OSError(_("the build cache cannot be read"))

    def load_postings(self, code: str) -> dict[str, bytes]:
        """The packed postings of all rows in a language, by address."""
        return dict(self._rows("SELECT url, postings FROM rows WHERE language = ?", code))

    def load_facts(self, code: str) -> dict[str, str]:
        """The facts of all rows in a language, by address."""
        return dict(self._rows("SELECT url, facts FROM rows WHERE language = ?", code))

    def find_note(self, name: str) -> str:
        """What an output noted of a file of the site; empty where it did not."""
        return next((row[0] for row in self._rows("SELECT note FROM notes WHERE name = ?", name)), "")

    def load_index(self, code: str) -> bytes:
        """What is kept of the index of a language; nothing where there is none."""
        return next((row[0] for row in self._rows("SELECT words FROM indexes WHERE language = ?", code)), b"")

    def find_fragment(self, key: str) -> str | None:
        """A fragment of the shell, if it is known."""
        return next((row[0] for row in self._rows("SELECT text FROM fragments WHERE key = ?", key)), None)

    def _rows(self, query: str, *values: str) -> list[Any]:
        if not self._is_there():
            return []
        # No rows are something else than rows that cannot be read: a photo would stay whose consent has ended.
        with _explaining(_("the build cache cannot be read")), self._connect() as connection:
            return list(connection.execute(query, values))

    def _is_there(self) -> bool:
        return self._is_usable and self.path.is_file()

    @contextmanager
    def _connect(self) -> Iterator[sqlite3.Connection]:
        if not self._is_there():
            raise OSError("there is no state yet")
        # As an address: a folder may have any name, `Site #2` or `100%`.
        connection = sqlite3.connect(f"{self.path.absolute().as_uri()}?mode=ro", uri=True, timeout=0.5)
        try:
            yield connection
        finally:
            connection.close()

    # SQLite tells of a damaged structure when it meets it, and never of damaged values: so the whole file has a sum.
    # A write begins by taking the seal off: what was interrupted, or changed by anybody else, is no state.

    @property
    def _seal_path(self) -> Path:
        return Path(f"{self.path}.sum")

    def _is_sealed(self, summed: str | None) -> bool:
        try:
            return self._seal_path.read_text(encoding="ascii") == (self.sum_up() if summed is None else summed)
        except (OSError, ValueError):
            return False

    @contextmanager
    def _resealing(self, confirm: Callable[[], None] = lambda: None) -> Iterator[None]:
        self._seal_path.unlink(missing_ok=True)
        yield
        summed = self.sum_up()
        confirm()
        self._seal_path.write_text(summed, encoding="ascii")

    def sum_up(self) -> str:
        """Size and sum of the file, empty when there is none; for accidents, not against forgery.

        50 MB, the state of 10,000 stories, take 25 ms.
        """
        size, value = 0, 0
        try:
            with self.path.open("rb") as file:
                while block := file.read(1 << 20):
                    size, value = size + len(block), zlib.crc32(block, value)
        except FileNotFoundError:
            return ""
        return f"{size} {value:08x}"

    @contextmanager
    def rewriting(self) -> Iterator[StoreWriter]:
        """Write everything anew, beside the old file; it takes its place when the block ends without an error.

        Raises:
            OSError: The disk is full or the folder cannot be written.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.path.with_name(f"{self.path.name}.{os.getpid()}.new")
        fresh.unlink(missing_ok=True)
        try:
            with (
                _explaining(_("the build cache cannot be written")),
                closing(sqlite3.connect(fresh)) as connection,
            ):
                connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + SCHEMA)
                with connection:
                    yield StoreWriter(connection)
            with self._resealing():
                # A journal that a killed build left would be played back into the new file.
                for end in _BESIDE:
                    Path(f"{self.path}{end}").unlink(missing_ok=True)
                fresh.replace(self.path)
        finally:
            with suppress(OSError):
                fresh.unlink(missing_ok=True)

    @contextmanager
    def updating(self, confirm: Callable[[], None] = lambda: None) -> Iterator[StoreWriter]:
        """Write what changed, in one transaction. Nothing can be read meanwhile: what is needed is asked for before.

        Args:
            confirm: Called when everything is written; an error makes it no state.

        Raises:
            OSError: The file cannot be written.
        """
        with (
            self._resealing(confirm),
            _explaining(_("the build cache cannot be written")),
            closing(sqlite3.connect(self.path, timeout=5)) as connection,
        ):
            # Nothing waits for the disk: a file that was not written whole has another sum, and is no state.
            connection.executescript("PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF;")
            with connection:
                yield StoreWriter(connection)


@lru_cache(maxsize=4)
def _sum_up_once(path: Path, stamp: Signature) -> str:
    return Store(path).sum_up()


def _read_meta(connection: sqlite3.Connection) -> dict[str, str]:
    """Facts about the last build; empty where it was one of another version."""
    meta = dict(connection.execute("SELECT name, value FROM meta"))
    return meta if meta.get("version") == str(VERSION) else {}


def _read_output(row: tuple[Any, ...]) -> BuiltFile:
    __, output, plan, source, trace, digest, draft, pages, *signature, at = row
    return BuiltFile(output, plan, source, trace, digest, draft, pages, FileState(Signature(*signature), digest, at))


@contextmanager
def _explaining(what: str) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise OSError(_("{what}: {error}", what=what, error=error)) from error


class StoreWriter:
    """Writes rows; those that are there already are replaced."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def write_meta(self, meta: Mapping[str, str]) -> None:
        """Metadata of the build."""
        self._insert("REPLACE INTO meta VALUES (?, ?)", {**meta, "version": str(VERSION)}.items())

    def write_files(self, files: Mapping[str, FileState]) -> None:
        """Sources as the build saw them."""
        self._insert(
            "REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?)",
            ((path, *file_states.signature, file_states.digest, file_states.at) for path, file_states in files.items()),
        )

    def write_outputs(self, files: Iterable[tuple[str, BuiltFile]]) -> None:
        """Files of the site as they were written."""
        self._insert(
            "REPLACE INTO outputs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            ((name, *file[:7], *file.file_states.signature, file.file_states.at) for name, file in files),
        )

    def write_rows(self, rows: Mapping[str, Row], gone: Iterable[str], indexes: Mapping[str, bytes]) -> None:
        """What is kept for the search: new rows by address, those that are gone, and indexes by language."""
        self._insert("DELETE FROM rows WHERE url = ?", ((url,) for url in gone))
        self._insert("REPLACE INTO rows VALUES (?, ?, ?, ?, ?, ?, ?)", ((url, *row) for url, row in rows.items()))
        self._insert("REPLACE INTO indexes VALUES (?, ?)", indexes.items())

    def write_cases(self, cases: Iterable[CachedCase]) -> None:
        """Cached rows of case studies."""
        self._insert("REPLACE INTO cases VALUES (?, ?, ?, ?, ?, ?, ?)", cases)

    def write_tables(self, tables: Mapping[str, str]) -> None:
        """Records of other tables as JSON, by kind."""
        self._insert("REPLACE INTO tables VALUES (?, ?)", tables.items())

    def write_fragments(self, fragments: Mapping[str, str]) -> None:
        """Fragments of the shell by key."""
        self._insert("REPLACE INTO fragments VALUES (?, ?)", fragments.items())

    def write_dependencies(self, dependencies: Dependencies) -> None:
        """What numbers in traces stand for."""
        self._insert("INSERT OR IGNORE INTO dependencies VALUES (?, ?)", dependencies.items())

    def write_notes(self, notes: Mapping[str, str]) -> None:
        """What outputs noted of files of the site, by name."""
        self._insert("REPLACE INTO notes VALUES (?, ?)", notes.items())

    def write_listings(self, listings: Mapping[str, bytes]) -> None:
        """What the lists of the files of outputs were made from, packed, by output."""
        self._insert("REPLACE INTO listings VALUES (?, ?)", listings.items())

    def remove(self, outputs: Iterable[str] = (), files: Iterable[str] = (), cases: Iterable[str] = ()) -> None:
        """Forget files of the site, sources, and case studies by id."""
        names = [(name,) for name in outputs]
        self._insert("DELETE FROM outputs WHERE name = ?", names)
        self._insert("DELETE FROM files WHERE path = ?", ((path,) for path in files))
        self._insert("DELETE FROM cases WHERE id = ?", ((case_id,) for case_id in cases))

    def _insert(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        self._connection.executemany(statement, rows)
