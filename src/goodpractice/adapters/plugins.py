"""Plugins of others that cannot work beside ours, since they change what MkDocs gives to templates."""

from __future__ import annotations

import os
from collections.abc import Mapping

from mkdocs.exceptions import PluginError

from goodpractice.config.fast_build import FAST_BUILD_PLUGINS
from goodpractice.i18n.languages import find_language
from goodpractice.i18n.messages import gettext_lazy as _

#: What MkDocs asks plugins while it fills templates, which is our part.
REFUSED_EVENTS = ("on_env", "on_page_context")


def refuse_plugins(plugins: Mapping[str, object]) -> None:
    """Refuse plugins and hooks of others that would have no effect.

    Raises:
        PluginError: There is one; the message names each.
    """
    # What the search of Material does for each page, it does without changing anything.
    others = {name: plugin for name, plugin in plugins.items() if name not in FAST_BUILD_PLUGINS}
    found = [(name, event) for name, plugin in others.items() for event in REFUSED_EVENTS if hasattr(plugin, event)]
    if found:
        language = find_language(os.environ)
        raise PluginError("\n".join(language.translate(_explain(name, event)) for name, event in found))


def _explain(name: str, event: str) -> str:
    return _(
        "`{name}` in mkdocs.yml changes what templates are given (`{event}`), and goodpractice fills them itself. "
        "Delete the line, or find a plugin that changes the text, the content or the finished page",
        name=name,
        event=event,
    )
