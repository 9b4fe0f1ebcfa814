"""What unit tests share: the small project of the golden cases, and the repository's own content."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from goodpractice.content import Project
from tests.helpers.projects import REPOSITORY, SMALL, load_folder

# The same examples in every run, on a slow machine too.
settings.register_profile("unit", deadline=None, derandomize=True, database=None, max_examples=60)
settings.load_profile("unit")


@pytest.fixture(scope="session")
def small() -> Project:
    """The small project. Two case studies, two chapters, three partners."""
    return load_folder(SMALL)


@pytest.fixture(scope="session")
def repository() -> Project:
    """The content of this repository."""
    return load_folder(REPOSITORY)


@pytest.fixture
def project_copy(tmp_path: Path) -> Path:
    """A copy of the small project that a test may change."""
    return Path(shutil.copytree(SMALL, tmp_path / "project"))
