"""MkDocs, for projects that the engine cannot build."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from goodpractice.diagnostics.errors import BuildError
from goodpractice.i18n.messages import gettext_lazy as _

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


class MkDocsDriver:
    """Imports MkDocs only for projects whose plugins look at every page."""

    def build_alone(self, project: Path, site_dir: Path) -> None:
        """Build a project with MkDocs alone, strictly: for plugins that look at every page."""
        os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
        import mkdocs.commands.build
        import mkdocs.exceptions

        try:
            config = _load_config(project, strict=True, site_dir=str(site_dir))
            config.plugins.on_startup(command="build", dirty=False)
            try:
                mkdocs.commands.build.build(config)
            finally:
                config.plugins.on_shutdown()
        except (mkdocs.exceptions.Abort, mkdocs.exceptions.MkDocsException) as error:
            raise BuildError(str(error) or _("see the messages above")) from error


def _load_config(root: Path, **options: Any) -> MkDocsConfig:
    """Read `mkdocs.yml` as MkDocs does; its warnings go to standard error.

    Raises:
        mkdocs.exceptions.ConfigurationError: The file is not accepted.
    """
    import mkdocs.config

    logger = logging.getLogger("mkdocs")
    if not logger.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
        handler.setLevel(logging.WARNING)
        logger.addHandler(handler)
    return mkdocs.config.load_config(str(root / "mkdocs.yml"), **options)
