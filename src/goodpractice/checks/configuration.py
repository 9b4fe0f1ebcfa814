"""What `mkdocs.yml` names and every page then shows: menu, footer, logo; and words that YAML takes for yes or no."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from goodpractice.config.settings import CONFIG_FILE, compose_config
from goodpractice.content.input_guards import is_there
from goodpractice.content.text import suggest
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds.registry import COLLECTIONS
from goodpractice.pages import PageIndex
from goodpractice.pages.plan import OVERVIEWS

_DOCS, _OVERRIDES = "docs", "overrides"
_TRUTH = "tag:yaml.org,2002:bool"


def check_configuration(root: Path, page_index: PageIndex) -> Iterator[Diagnostic]:
    """Dead ends in the menu and around every page, each at its line.

    Args:
        root: Folder of the project.
        directory: Where the pages of the site are found.
    """
    config = compose_config(root)
    yield from _check_truth(config)
    custom = _text(_get(_get(config, "theme"), "custom_dir")) or _OVERRIDES
    docs = _text(_get(config, "docs_dir")) or _DOCS
    for node in _list_leaves(_get(config, "nav")):
        if not _is_elsewhere(node.value) and not _is_page(root, docs, page_index, node.value):
            yield _tell(node, _suggest_page(page_index, node.value))
    extra = _get(config, "extra")
    addresses = [_get(extra, "share_url")]
    footer = _get(extra, "footer_links")
    addresses += [_get(entry, "url") for entry in footer.value] if isinstance(footer, yaml.SequenceNode) else []
    for address in addresses:
        if isinstance(address, yaml.ScalarNode) and address.value and not _is_elsewhere(address.value):
            path = urlsplit(address.value).path
            if path.lstrip("/") not in page_index.titles and not _is_file(root, docs, path):
                close = suggest(path, page_index.titles)
                yield _tell(address, f"`{close}`" if close else "")
    theme = _get(config, "theme")
    files = [_get(theme, "logo"), _get(theme, "favicon"), *_list_scripts(config)]
    for file in files:
        if (
            isinstance(file, yaml.ScalarNode)
            and file.value
            and file.tag == "tag:yaml.org,2002:str"
            and not _is_elsewhere(file.value)
            and not _is_file(root, docs, file.value)
            and not _is_file(root, custom, file.value)
        ):
            message = _("there is no file `{path}`", path=f"{docs}/{file.value}")
            hint = _("Write the path inside {folder}/, or delete the line.", folder=docs)
            yield _diagnostic(file, rules.DEAD_SETTING, message, hint)


def _check_truth(config: yaml.Node | None) -> Iterator[Diagnostic]:
    """Codes of languages that YAML reads as yes or no."""
    languages = _get(_get(_get(config, "extra"), "goodpractice"), "languages")
    codes = [_get(_get(config, "theme"), "language")]
    codes += [key for key, __ in languages.value] if isinstance(languages, yaml.MappingNode) else []
    for code in codes:
        if isinstance(code, yaml.ScalarNode) and code.tag == _TRUTH:
            message = _("`{word}` without quotation marks means yes or no", word=code.value)
            hint = _('For the language, write "{word}" with quotation marks.', word=code.value)
            yield _diagnostic(code, rules.YAML_TRUTH, message, hint)


def _tell(node: yaml.ScalarNode, close: str) -> Diagnostic:
    message = _("there is no page `{address}`", address=node.value)
    hint = _("Did you mean {close}?", close=close) if close else _("Correct the address, or delete the entry.")
    return _diagnostic(node, rules.DEAD_SETTING, message, hint)


def _diagnostic(node: yaml.Node, code: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(CONFIG_FILE, node.start_mark.line + 1, node.start_mark.column + 1, code, message, hint)


def _is_page(root: Path, docs: str, page_index: PageIndex, entry: str) -> bool:
    path = entry.partition("#")[0]
    lists = {section.url for section in COLLECTIONS.values()} | {overview.url for overview in OVERVIEWS.values()}
    sources = {page.src_uri for page in page_index.by_source.values()}
    made = f"{path.removesuffix('.md').removesuffix('index')}".rstrip("/") + "/"
    return path in lists | sources or _is_file(root, docs, path) or (path.endswith(".md") and made in page_index.titles)


def _suggest_page(page_index: PageIndex, entry: str) -> str:
    lists = [section.url for section in COLLECTIONS.values()] + [overview.url for overview in OVERVIEWS.values()]
    sources = [page.src_uri for page in page_index.by_source.values()]
    # As people write it: with the folder, or as the address of the page.
    for other in (f"{entry.rstrip('/')}.md", entry.removeprefix("docs/"), f"{entry.rstrip('/')}/index.md"):
        if other in sources and other != entry:
            return f"`{other}`"
    names = {name.removesuffix(".md"): name for name in (*lists, *sources)}
    close = suggest(entry.removesuffix(".md"), names)
    return f"`{names[close]}`" if close else ""


def _is_file(root: Path, folder: str, path: str) -> bool:
    return bool(path.strip("/")) and is_there(root, f"{folder}/{path.lstrip('/')}") and (root / folder / path).is_file()


def _is_elsewhere(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return bool(parts.scheme or parts.netloc)


def _get(node: yaml.Node | None, name: str) -> yaml.Node | None:
    if not isinstance(node, yaml.MappingNode):
        return None
    return next((value for key, value in node.value if key.value == name), None)


def _text(node: yaml.Node | None) -> str:
    return str(node.value) if isinstance(node, yaml.ScalarNode) else ""


def _list_leaves(node: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    """The entries of a menu that name a page."""
    if isinstance(node, yaml.ScalarNode):
        if node.value and node.tag == "tag:yaml.org,2002:str":
            yield node
    elif isinstance(node, yaml.SequenceNode):
        for entry in node.value:
            yield from _list_leaves(entry)
    elif isinstance(node, yaml.MappingNode):
        for __, value in node.value:
            yield from _list_leaves(value)


def _list_scripts(config: yaml.Node | None) -> Iterator[yaml.Node]:
    for name in ("extra_css", "extra_javascript"):
        listed = _get(config, name)
        if isinstance(listed, yaml.SequenceNode):
            for entry in listed.value:
                yield _get(entry, "path") or entry
