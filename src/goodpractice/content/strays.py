"""Files of a pull request that lie where nothing is read."""

from __future__ import annotations

from goodpractice.config.project_folders import DOCS
from goodpractice.content.project_files import WORD_PROCESSORS, place_file, reject_picture
from goodpractice.diagnostics.rules import Diagnostic

_DOCUMENTS = tuple(WORD_PROCESSORS)


def find_stray(name: str) -> Diagnostic | None:
    """What is wrong with a changed file that is a text, document or photo where none is read: it runs nowhere.

    Below `docs/`, MkDocs makes pages of more endings than ours, and macros in them run: those are no strays.
    """
    if not name.isprintable() or (name.startswith(f"{DOCS}/") and not name.lower().endswith(_DOCUMENTS)):
        return None
    return place_file(name) or reject_picture(name)
