"""Projects that tests read: this repository, the small one of the golden cases, and what is made from them."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

from goodpractice.content import Project, load_project
from goodpractice.content.document import Document
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.query.tracking import Table

REPOSITORY = Path(__file__).resolve().parents[2]
#: Two case studies, two chapters, three partners.
SMALL = REPOSITORY / "tests/golden/project"

_NOT_COPIED = shutil.ignore_patterns(
    ".git", ".venv", ".cache", ".*_cache", ".hypothesis", "__pycache__", "site", "dist", "node_modules"
)


def load_folder(root: Path) -> Project:
    kb, diagnostics = load_project(root)
    return Project(root, kb, tuple(diagnostics))


@cache
def read_repository() -> Project:
    """This repository, read once in a process."""
    return load_folder(REPOSITORY)


@cache
def name_records(root: Path = REPOSITORY) -> dict[str, str]:
    """A record of each kind that has any, by kind: the last in its table, with a page of its own."""
    tables = load_folder(root).kb.tables.values()
    pages = {t.kind: [record_id for record_id in t if not getattr(t[record_id], "listed_in", None)] for t in tables}
    return {kind: ids[-1] for kind, ids in pages.items() if ids}


def copy_repository(root: Path) -> Path:
    return Path(shutil.copytree(REPOSITORY, root, ignore=_NOT_COPIED))


def many_cases(small: Project, number: int) -> KnowledgeBase:
    case = small.kb.case_studies["supper"]
    cases = {f"case-{n:03}": case.model_copy(update={"title": f"Case {n}"}) for n in range(number)}
    stories = {("case_study", case_id): Document(f"case_studies/{case_id}.md", "") for case_id in cases}
    documents = {**small.kb.documents, **stories}
    return small.kb.with_tables(Table("case_study", cases), documents=documents)
