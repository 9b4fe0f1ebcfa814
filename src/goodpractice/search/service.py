"""A client of Pagefind's `--service`: messages of base64 JSON, separated by commas.

Pagefind's own Python package sleeps a tenth of a second for each answer, which
makes minutes of an index of a thousand pages. This client sends without
waiting and reads the answers in a thread.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import json
import os
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from goodpractice.i18n.messages import gettext_lazy as _

#: Seconds that Pagefind may take to make an index and end: about 4 for a part of 1,500 long pages.
PATIENCE = 180
#: How much Pagefind puts into one piece of the index, in places of words; 20,000 when it is not told.
#: Pagefind calls the variable unstable: where it is not known, pieces are larger, and nothing else changes.
_PIECE_VARIABLE = "PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE"
_BLOCK = 1 << 20


class SearchIndexError(Exception):
    """The index was not made; the message says why, in one sentence."""


def find_program() -> Path:
    """The program that the package `pagefind[bin]` installed.

    Raises:
        SearchIndexError: It is not installed.
    """
    try:
        from pagefind.service import get_executable

        program = get_executable()
    except (ImportError, OSError) as error:
        raise SearchIndexError(_("Pagefind is not installed; `make install` installs it.")) from error
    if program is None or not program.is_file():
        raise SearchIndexError(_("The program of Pagefind is missing; `make install` installs it."))
    return program


class PagefindService:
    """One index, made by one running Pagefind.

    Example:
        with PagefindService() as service:
            service.add_page("handbook/begin/", "<html lang='en'>…</html>")
            files = service.make_files()
    """

    def __init__(self, program: Path | None = None, language: str = "en", piece_size: int = 20_000) -> None:
        """Start Pagefind.

        Args:
            program: The program; the installed one when not given.
            language: Language of all pages, which chooses the stemmer.
            piece_size: How much goes into one piece of the index, in places of words.

        Raises:
            SearchIndexError: Pagefind is not installed or does not start.
        """
        command = [str(program or find_program()), "--service"]
        try:
            self._process = subprocess.Popen(  # noqa: S603 - the program of the locked package, no shell
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, _PIECE_VARIABLE: str(piece_size)},
            )
        except OSError as error:
            raise SearchIndexError(_("Pagefind does not start: {error}.", error=error.strerror or error)) from error
        self._sent = 0
        self._answered = 0
        self._problem = ""
        self._last: dict[str, Any] = {}
        self._changed = threading.Condition()
        self._reader = threading.Thread(target=self._read, name="pagefind", daemon=True)
        self._reader.start()
        self._index = 0
        self._send({"type": "NewIndex", "config": {"force_language": language, "keep_index_url": True}})

    def add_page(self, url: str, html: str) -> None:
        """Add a page; its language and its `data-pagefind-…` attributes are Pagefind's own.

        Raises:
            SearchIndexError: Pagefind refused an earlier message, or ended.
        """
        self._send({"type": "AddFile", "index_id": self._index, "url": url, "file_contents": html})

    def make_files(self) -> dict[str, bytes]:
        """Make the index and return its files by their path in the folder of the search.

        Pagefind could write them itself. It answers before the last of them
        are written, though, and when its input is closed it ends at once: what
        was not written yet is lost.

        Raises:
            SearchIndexError: Pagefind refused a page or ended.
        """
        self._send({"type": "GetFiles", "index_id": self._index})
        with self._changed:
            done = self._changed.wait_for(
                lambda: self._problem or self._answered == self._sent or not self._reader.is_alive(), PATIENCE
            )
        if self._problem:
            raise SearchIndexError(_("Pagefind says: {problem}", problem=self._problem))
        if not done:
            raise SearchIndexError(_("Pagefind did not finish within {seconds} seconds.", seconds=PATIENCE))
        if self._answered != self._sent:
            raise SearchIndexError(self._explain_end())
        return {file["path"]: base64.b64decode(file["content"]) for file in self._last.get("files", ())}

    def abandon(self) -> None:
        """End Pagefind in the middle of its work: its index is not needed."""
        self._process.kill()

    def close(self) -> None:
        """End Pagefind by closing its input."""
        with contextlib.suppress(OSError, ValueError):
            self._input.close()
        try:
            self._process.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join()
        self._output.close()

    def __enter__(self) -> PagefindService:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self.abandon()
        self.close()

    @property
    def _input(self) -> IO[bytes]:
        assert self._process.stdin is not None  # noqa: S101 - asked for above
        return self._process.stdin

    @property
    def _output(self) -> IO[bytes]:
        assert self._process.stdout is not None  # noqa: S101 - asked for above
        return self._process.stdout

    def _send(self, payload: dict[str, Any]) -> None:
        if self._problem:
            raise SearchIndexError(_("Pagefind says: {problem}", problem=self._problem))
        message = json.dumps({"message_id": self._sent + 1, "payload": payload}).encode()
        try:
            self._input.write(base64.b64encode(message) + b",")
            self._input.flush()
        except (OSError, ValueError) as error:
            raise SearchIndexError(self._explain_end()) from error
        self._sent += 1

    def _explain_end(self) -> str:
        code = self._process.poll()
        if code is None:
            return _("Pagefind ended before the index was made.")
        return _("Pagefind ended before the index was made, with code {code}.", code=code)

    def _read(self) -> None:
        try:
            for answer in self._list_answers():
                payload = answer.get("payload") or {}
                with self._changed:
                    self._answered += 1
                    self._last = payload
                    if payload.get("type") == "Error" and not self._problem:
                        self._problem = str(payload.get("message") or "") or _("an error without a message")
                    self._changed.notify_all()
        except (OSError, ValueError) as error:
            self._problem = self._problem or _("an answer that cannot be read ({error})", error=error)
        finally:
            with self._changed:
                self._changed.notify_all()

    def _list_answers(self) -> Iterator[dict[str, Any]]:
        parts: list[bytes] = []
        while block := self._output.read1(_BLOCK):  # type: ignore[attr-defined]
            *ends, rest = block.split(b",")
            for end in ends:
                message = b"".join((*parts, end))
                parts = []
                try:
                    answer = json.loads(base64.b64decode(message, validate=True))
                except binascii.Error as error:
                    raise ValueError(str(error)) from error
                if isinstance(answer, dict):
                    yield answer
            parts.append(rest)
