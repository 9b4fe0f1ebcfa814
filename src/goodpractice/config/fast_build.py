"""Which settings of `mkdocs.yml` keep a site from being built fast: what no fast build can follow."""

from __future__ import annotations

from collections.abc import Iterator

from goodpractice.config.mkdocs_file import ConfigFile

#: Plugins that do not look at single pages once they are rendered.
FAST_BUILD_PLUGINS = frozenset({"goodpractice", "macros", "search", "material/search", "materialx/search"})
#: Settings that name other folders and files than those of every project, or that only MkDocs follows, and their usual
#: values.
_UNWATCHED = (
    *((("INHERIT",), None), (("docs_dir",), "docs"), (("theme", "custom_dir"), "overrides")),
    *((("exclude_docs",), None), (("draft_docs",), None), (("extra_templates",), None)),
)


def list_fast_build_blockers(config: ConfigFile) -> Iterator[str]:
    """Plugins and hooks that may change every page, and settings that name files which no fast build watches.

    Raises:
        SettingsError: Plugins or hooks are no list.
    """
    plugins = list(config.list_entries("plugins"))
    yield from (name for name, __ in plugins if name not in FAST_BUILD_PLUGINS)
    theme = config.get("theme")
    name = theme if isinstance(theme, str) else config.get("theme", "name")
    if theme and (not isinstance(name, str) or name not in ("goodpractice", "material", "materialx")):
        # MkDocs' own, which puts a script on every page.
        yield from (name for name, __ in plugins if name == "search")
    yield from (name for name, __ in config.list_entries("hooks"))
    yield from (path[-1] for path, usual in _UNWATCHED if config.get(*path) not in (None, usual))
    for plugin, options in plugins:
        if plugin == "macros" and isinstance(options, dict):
            yield from (f"macros: {name}" for name in ("include_dir", "include_yaml", "modules") if options.get(name))
            if options.get("module_name") not in (None, "macros"):
                yield "macros: module_name"
