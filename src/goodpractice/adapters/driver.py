"""MkDocs as the site generator that the engine drives."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from goodpractice.diagnostics.errors import BuildError
from goodpractice.engine.driver import ShellSource
from goodpractice.i18n.messages import gettext_lazy as _


class MkDocsDriver:
    """Imports MkDocs only when something has to be rendered: most builds find no change, or reuse every shell."""

    def start_shells(self, project: Any, plan: Sequence[Any]) -> ShellSource:
        """Set MkDocs up as for a build; see `MkDocsShells`."""
        from goodpractice.adapters.shells import MkDocsShells

        return MkDocsShells(project, plan)

    def build_alone(self, project: Path, site_dir: Path) -> None:
        """Build a project with MkDocs alone, strictly: for plugins that look at every page."""
        os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
        import mkdocs.commands.build
        import mkdocs.exceptions

        from goodpractice.adapters.shells import load_config

        try:
            config = load_config(project, strict=True, site_dir=str(site_dir))
            config.plugins.on_startup(command="build", dirty=False)
            try:
                mkdocs.commands.build.build(config)
            finally:
                config.plugins.on_shutdown()
        except (mkdocs.exceptions.Abort, mkdocs.exceptions.MkDocsException) as error:
            raise BuildError(str(error) or _("see the messages above")) from error
