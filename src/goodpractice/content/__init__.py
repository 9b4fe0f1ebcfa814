"""Reading files into the knowledge base, with a place for every value."""

from goodpractice.content.opened import Project, lend_project, open_project, share_project
from goodpractice.content.project import load_project

__all__ = ["Project", "lend_project", "load_project", "open_project", "share_project"]
