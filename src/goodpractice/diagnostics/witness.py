"""What is being read just now, in memory that another process sees: it can say so when this one does not come back.

The parser of Markdown is compiled code. If it ends the process there is no exception, and whoever started the process
has nothing but this note.
"""

from __future__ import annotations

import mmap

from goodpractice.i18n.messages import gettext_lazy as _

_SIZE = 1024
_note: mmap.mmap | None = None


def make_note() -> mmap.mmap:
    """Memory for one note, shared with every process that is forked from now on."""
    return mmap.mmap(-1, _SIZE)


def write_to(note: mmap.mmap | None) -> None:
    """Let `note_file` write to this note; to none where processes share no memory."""
    global _note
    _note = note


def note_file(path: str) -> None:
    """Remember the file that is read from now on; costs less than a microsecond."""
    if _note is not None:
        data = path.encode("utf-8", "replace")[: _SIZE - 1]
        _note[: len(data) + 1] = data + b"\0"


def read_note(note: mmap.mmap | None) -> str:
    """The file that was read last; empty when there was none."""
    return note[:].partition(b"\0")[0].decode("utf-8", "replace") if note is not None else ""


def is_breakdown(error: BaseException) -> bool:
    """Whether an error says that something ran out, or that compiled code gave up: it has no message for people."""
    return isinstance(error, (MemoryError, RecursionError)) or type(error).__name__ == "PanicException"


def say_breakdown(note: mmap.mmap | None) -> str:
    """What is told when a process broke down or did not come back."""
    path = read_note(note)
    if not path:
        return _("The program broke down before it had read a file. Please tell its makers.")
    return _(
        "The program broke down while it was reading {path}. Something in this file is too much for it: take the last "
        "change back, or the file out, and try again. Please tell the makers of the program.",
        path=path,
    )
