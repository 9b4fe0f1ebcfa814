"""Reading files into the knowledge base, with a place for every value."""

from goodpractice.content.opened import Project, lend_project, open_project, share_project
from goodpractice.content.project import DATA_FILES, HOME_OF_KIND, load_project

__all__ = ["DATA_FILES", "HOME_OF_KIND", "Project", "lend_project", "load_project", "open_project", "share_project"]
