"""What unit tests share: the small project of the golden cases, and the repository's own content."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import settings

from goodpractice.content import Project
from tests.helpers.full_records import fill_kinds
from tests.helpers.projects import SMALL, load_folder, read_repository

# The same examples in every run, on a slow machine too.
settings.register_profile("unit", deadline=None, derandomize=True, database=None, max_examples=60)
settings.load_profile("unit")


@pytest.fixture(scope="session")
def small() -> Project:
    """The small project. Two case studies, two chapters, three partners."""
    return load_folder(SMALL)


@pytest.fixture(scope="session")
def full(small: Project) -> Project:
    """The small project with one record of each kind that has something in every field."""
    return replace(small, kb=fill_kinds(small.kb))


@pytest.fixture(scope="session")
def repository() -> Project:
    """The content of this repository, for what holds of any content: no test may know what is in it."""
    return read_repository()


@pytest.fixture
def project_copy(tmp_path: Path) -> Path:
    """A copy of the small project that a test may change."""
    return Path(shutil.copytree(SMALL, tmp_path / "project"))
