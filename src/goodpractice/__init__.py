"""Good Practice: a knowledge base for a community of practice to write together.

The names in `__all__` are public: what a project's `macros.py` needs. They keep
working for a year after a release that announces their end. Every other name
may change in any release.
"""

import importlib
import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from goodpractice.content import Project, open_project
    from goodpractice.content.knowledge_base import KnowledgeBase
    from goodpractice.render import bind_macros

__version__ = "0.1.0"
__all__ = ["KnowledgeBase", "Project", "__version__", "bind_macros", "open_project"]

# Imported when they are asked for: `goodpractice --help` answers before pydantic is even found.
_HOMES = {
    "KnowledgeBase": "goodpractice.content.knowledge_base",
    "Project": "goodpractice.content",
    "bind_macros": "goodpractice.render",
    "open_project": "goodpractice.content",
}

# Plugins of pydantic that happen to be installed could change what the models accept; and looking for them reads the
# metadata of every package, which takes longer than reading a story.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


def __getattr__(name: str) -> Any:
    """A public name, from the room that defines it."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
