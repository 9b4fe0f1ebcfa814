"""All rules together, in one run."""

from __future__ import annotations

from goodpractice.issues import Issue
from goodpractice.load import Project


def check_project(project: Project) -> list[Issue]:
    """Everything that is wrong with a project, sorted by file and line."""
    return sorted(project.issues)
