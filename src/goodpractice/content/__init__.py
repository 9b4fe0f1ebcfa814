"""Reading files into the knowledge base, with a place for every value.

The names of the room are imported when they are asked for: whoever needs one of its small modules loads no model.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from goodpractice.content.opened import Project, lend_project, open_project, share_project
    from goodpractice.content.project import load_project

__all__ = ["Project", "lend_project", "load_project", "open_project", "share_project"]


def __getattr__(name: str) -> Any:
    """A name of the room, from its module."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{'project' if name == 'load_project' else 'opened'}"), name)
