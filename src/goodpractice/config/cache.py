"""The folder in which builds of a project keep what they have learned."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

#: Where a project keeps it; and the variable that names another folder for that.
CACHE = ".cache/goodpractice"
CACHE_VARIABLE = "GOODPRACTICE_CACHE"


def find_cache(root: Path) -> Path:
    """The folder for what builds of a project have learned: in the project, where it can be written.

    Otherwise every project has a folder of its own below the one that GOODPRACTICE_CACHE names, or that the system
    has for the caches of this user.
    """
    named = os.environ.get(CACHE_VARIABLE, "")
    own = root / CACHE
    if not named and os.access(next(folder for folder in (own, *own.parents) if folder.exists()), os.W_OK):
        return own
    above = Path(named) if named else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "goodpractice")
    digest = hashlib.blake2b(os.fsencode(os.path.realpath(root)), digest_size=6).hexdigest()
    return Path(os.path.realpath(above)) / digest
