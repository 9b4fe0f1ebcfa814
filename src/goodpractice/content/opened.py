"""A project, loaded once a process and again only when a file changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from goodpractice.config import clock
from goodpractice.config.mkdocs_file import CONFIG_FILE
from goodpractice.config.project_folders import CASE_STUDIES, DOCS, WRITTEN_FOLDERS
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.content.leftovers import is_leftover
from goodpractice.content.project import load_project
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.kinds.registry import DATA_FILES

Fingerprint = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Project:
    """A loaded project.

    Attributes:
        root: Its folder.
        kb: Everything valid in it.
        diagnostics: Everything that is wrong with its files.
    """

    root: Path
    kb: KnowledgeBase
    diagnostics: tuple[Diagnostic, ...]


_opened: dict[Path, tuple[Fingerprint, Project]] = {}
_shared: dict[Path, Project] = {}


def share_project(project: Project) -> None:
    """Let `open_project` return this project from now on, whatever its files say.

    For a process that has loaded a project in its own way, so that `macros.py`
    works with the same records.
    """
    _shared[project.root.resolve()] = project


@contextmanager
def lend_project(project: Project) -> Iterator[None]:
    """As `share_project`, until the block ends."""
    root = project.root.resolve()
    before = _shared.get(root)
    _shared[root] = project
    try:
        yield
    finally:
        if before is None:
            del _shared[root]
        else:
            _shared[root] = before


def open_project(root: Path) -> Project:
    """The project in a folder; loaded again only when one of its files changed, appeared or went.

    Costs one `stat` a file when nothing changed.
    """
    root = root.resolve()
    if root in _shared:
        return _shared[root]
    fingerprint = _fingerprint(root)
    known = _opened.get(root)
    if known is not None and known[0] == fingerprint:
        return known[1]
    kb, diagnostics = load_project(root)
    project = Project(root, kb, tuple(diagnostics))
    _opened[root] = (fingerprint, project)
    return project


def _fingerprint(root: Path) -> Fingerprint:
    files = [root / path for path in (CONFIG_FILE, *DATA_FILES)]
    files += [file for folder in (CASE_STUDIES, *WRITTEN_FOLDERS) for file in (root / folder).glob("*.md")]
    files += (root / CASE_STUDIES).glob("*/*")
    files += (root / DOCS).rglob("*.md")
    found = []
    for file in files:
        if is_leftover(file.name):
            continue
        try:
            status = file.stat()
        except OSError:
            continue
        found.append((str(file), status.st_mtime_ns, status.st_size))
    # Consent for a photo may end at midnight.
    today = clock.today().isoformat()
    return ((today, 0, 0), *sorted(found))
