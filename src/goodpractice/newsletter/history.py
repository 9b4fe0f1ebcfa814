"""What the records of a project were on a day, as git remembers it."""

from __future__ import annotations

import datetime
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from goodpractice.config.project_folders import CASE_STUDIES, DATA, PARTNERS_FILE, WRITTEN_FOLDERS
from goodpractice.i18n.messages import gettext_lazy as _

_CONTENT = (CASE_STUDIES, DATA, *WRITTEN_FOLDERS, PARTNERS_FILE)
_TEXTS = frozenset({".md", ".yml"})


class HistoryError(Exception):
    """Git cannot say what was there; the message says why, and what to do."""


class History:
    """The commits of a project up to the present one."""

    def __init__(self, root: Path) -> None:
        """Find out whether git knows the project.

        Args:
            root: Folder of the project, which may lie inside a repository.

        Raises:
            HistoryError: It knows nothing of it, or not enough.
        """
        self._root = root
        try:
            shallow = self._ask("rev-parse", "--is-shallow-repository")
        except FileNotFoundError as error:
            raise HistoryError(_("git is not installed on this computer")) from error
        except subprocess.CalledProcessError as error:
            raise HistoryError(_("this folder is not in a repository of git")) from error
        if shallow.strip() == b"true":
            raise HistoryError(_("this is a shallow clone, without its history: run `git fetch --unshallow`"))
        try:
            self._ask("rev-parse", "--verify", "HEAD")
        except subprocess.CalledProcessError as error:
            raise HistoryError(_("nothing has been committed here yet")) from error

    def find_last(self, before: datetime.date) -> str:
        """The last commit before a day began in Greenwich; empty where the history begins later.

        Raises:
            HistoryError: It is not all on this computer.
        """
        day = before - datetime.timedelta(days=1)
        found = self._read("rev-list", "-1", f"--before={day.isoformat()}T23:59:59+00:00", "HEAD")
        return found.decode().strip()

    def restore(self, commit: str, folder: Path) -> None:
        """Write the records of a commit into an empty folder.

        Raises:
            HistoryError: The history is not all on this computer.
            OSError: The folder cannot be written.
        """
        names = list(self._list_texts(commit))
        objects = "".join(f"{digest}\n" for digest, __ in names).encode()
        found = self._read("cat-file", "--batch", given=objects)
        at = 0
        for __, path in names:
            head = found[at : found.index(b"\n", at)]
            begin = at + len(head) + 1
            size = int(head.split()[2])
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(found[begin : begin + size])
            at = begin + size + 1

    def _list_texts(self, commit: str) -> Iterator[tuple[str, str]]:
        """Objects and paths of the files of records; links and what is no file are left out."""
        listed = self._read("ls-tree", "-r", "-z", commit, "--", *_CONTENT)
        for line in filter(None, listed.split(b"\0")):
            facts, name = line.split(b"\t", 1)
            mode, _kind, digest = facts.decode().split()
            path = PurePosixPath(os.fsdecode(name))
            if mode.startswith("100") and path.suffix in _TEXTS and ".." not in path.parts:
                yield digest, str(path)

    def _read(self, *arguments: str, given: bytes = b"") -> bytes:
        try:
            return self._ask(*arguments, given=given)
        except subprocess.CalledProcessError as error:
            # A partial clone fetches what it lacks when it is asked for it.
            message = _("its history is not all on this computer: try again with a connection to where it is from")
            raise HistoryError(message) from error

    def _ask(self, *arguments: str, given: bytes = b"") -> bytes:
        # What the settings of a repository might run is no part of asking it.
        command = ["git", "-c", "core.fsmonitor=false", "-C", str(self._root), *arguments]
        return subprocess.run(command, input=given, capture_output=True, check=True).stdout  # noqa: S603 - no shell
