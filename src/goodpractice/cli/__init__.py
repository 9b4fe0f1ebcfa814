"""The command `goodpractice`.

Modules that cost time to import (pydantic, mkdocs) are imported inside the
commands, so that `goodpractice --help` answers at once.
"""

from goodpractice.cli.main import main, run

__all__ = ["main", "run"]
