"""What is set in `mkdocs.yml`: our own settings, and what every page then shows, such as menu, footer and logo."""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import yaml
from pydantic_core import ErrorDetails

from goodpractice.checks.look import check_look, check_names, explain_colour
from goodpractice.checks.own_code import check_copies
from goodpractice.config.look import FontSettings
from goodpractice.config.mkdocs_file import CONFIG_FILE, OWN
from goodpractice.config.model import GoodPracticeSettings
from goodpractice.config.settings import Settings
from goodpractice.config.site_model import KNOWN_SETTINGS, ExtraSettings, SiteSettings, check_site
from goodpractice.content.addresses import say_how_to_address
from goodpractice.content.document import Origin
from goodpractice.content.fields import Position, ValuePath
from goodpractice.content.input_guards import is_there
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.content.text import suggest
from goodpractice.content.validation_messages import explain_value
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.rules import Diagnostic, shorten
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds.overviews import OVERVIEWS
from goodpractice.kinds.registry import COLLECTIONS
from goodpractice.pages import PageIndex
from goodpractice.render.theme import TEMPLATES

#: How the address of a page or of another site begins.
_SCHEMES = frozenset({"", "http", "https", "mailto"})
_DOCS, _OVERRIDES = "docs", "overrides"
_NUMBER = re.compile(r"\d+(\.\d+)?")
_PLAIN = "tag:yaml.org,2002:"
_TRUTH, _NOTHING = f"{_PLAIN}bool", f"{_PLAIN}null"


def check_configuration(
    root: Path, settings: Settings, page_index: PageIndex, unsure: tuple[str, ...] = ()
) -> Iterator[Diagnostic]:
    """Settings that are wrong, and dead ends in the menu and around every page, each at its line.

    Args:
        root: Folder of the project.
        settings: What the file says.
        page_index: Where the pages of the site are found.
        unsure: What addresses begin with that may lead nowhere only because of a problem that is told elsewhere.
    """
    config = settings.file.node
    yield from _check_truth(config)
    yield from _check_twice(config)
    origin = Origin(CONFIG_FILE, (), dict(_list_positions(config)))
    yield from _check_own(settings)
    if config is not None:
        yield from _check_site(settings, origin)
        yield from check_look(root, settings, origin)
        yield from check_copies(root, settings, origin)
        yield from _check_menu(_get(config, "nav"))
    custom = _text(_get(_get(config, "theme"), "custom_dir")) or _OVERRIDES
    docs = _text(_get(config, "docs_dir")) or _DOCS
    leaves = list(_list_leaves(_get(config, "nav")))
    menu = [node for node in leaves if not _is_elsewhere(node.value)]
    known = _collect_known(page_index) if menu else {}
    for node in menu:
        if not _is_page(root, docs, page_index, known, node.value) and not _find_address(node.value).startswith(unsure):
            yield _tell(node, _suggest_page(known, node.value))
    extra = _get(config, "extra")
    addresses = [_get(extra, "share_url")]
    footer = _get(extra, "footer_links")
    addresses += [_get(entry, "url") for entry in footer.value] if isinstance(footer, yaml.SequenceNode) else []
    yield from _check_kinds([*leaves, *addresses, _get(extra, "homepage")])
    for address in addresses:
        if isinstance(address, yaml.ScalarNode) and address.value and not _is_elsewhere(address.value):
            path = urlsplit(address.value).path
            # A page in docs/ has another address than its file.
            is_copied = not path.endswith(".md") and _is_file(root, docs, path)
            if path.lstrip("/") not in page_index.titles and not is_copied and not path.lstrip("/").startswith(unsure):
                close = suggest(path.removesuffix(".md"), page_index.titles)
                yield _tell(address, f"`{close}`" if close else "")
    theme = _get(config, "theme")
    fonts = _get(theme, "fonts")
    files = [_get(theme, "logo"), _get(theme, "favicon"), *_list_scripts(config)]
    files += [font for name in FontSettings.model_fields if _text(font := _get(fonts, name)).endswith(".woff2")]
    for file in files:
        if (
            isinstance(file, yaml.ScalarNode)
            and file.value
            and file.tag == "tag:yaml.org,2002:str"
            and not _is_elsewhere(file.value)
            and not _is_file(root, docs, file.value)
            and not _is_file(root, custom, file.value)
            and not (TEMPLATES / file.value.lstrip("/")).is_file()
        ):
            message = _("there is no file `{path}`", path=f"{docs}/{file.value}")
            hint = _("Write the path inside {folder}/, or delete the line.", folder=docs)
            yield _diagnostic(file, rules.DEAD_SETTING, message, hint)


def list_unsure(kb: KnowledgeBase) -> Iterator[str]:
    """What the addresses of pages begin with that are missing because of a problem told where their records stand."""
    unread = kb.unread - kb.absent.keys()
    yield from (COLLECTIONS[kind].url for kind in unread & COLLECTIONS.keys())
    yield from (overview.url for overview in OVERVIEWS.values() if not unread.isdisjoint(overview.tables))
    invalid = (key for key in kb.invalid_records if key[0] in COLLECTIONS)
    yield from (f"{COLLECTIONS[kind].url}{record_id}/" for kind, record_id in invalid)


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


def _check_twice(node: yaml.Node | None) -> Iterator[Diagnostic]:
    """Settings that are given twice: YAML takes the last, and nobody knows which of them was meant."""
    inner: list[yaml.Node] = []
    if isinstance(node, yaml.MappingNode):
        first: dict[str, int] = {}
        for key, value in node.value:
            inner.append(value)
            if not isinstance(key, yaml.ScalarNode) or key.value == "<<":
                continue
            if key.value in first:
                message = _("`{key}` is given twice, first on line {first}", key=key.value, first=first[key.value])
                yield _diagnostic(key, rules.DUPLICATE_KEY, message, _("Keep one of the two."))
            first.setdefault(key.value, key.start_mark.line + 1)
    elif isinstance(node, yaml.SequenceNode):
        inner = node.value
    for below in inner:
        yield from _check_twice(below)


def _check_kinds(addresses: Iterable[yaml.Node | None]) -> Iterator[Diagnostic]:
    """Addresses that lead neither to a page nor to the web: some would run in the browser, others open a program."""
    for address in addresses:
        if not isinstance(address, yaml.ScalarNode) or not address.value:
            continue
        try:
            scheme = urlsplit(address.value).scheme.lower()
        except ValueError:
            scheme = "?"
        if scheme not in _SCHEMES:
            message = _("the link `{link}` is of a kind that is not allowed", link=shorten(address.value, 60))
            yield _diagnostic(address, rules.UNSAFE_LINK, message, say_how_to_address(address.value))


def _check_own(settings: Settings) -> Iterator[Diagnostic]:
    """Settings below `extra`, `goodpractice` that are not known or do not fit; their defaults apply until then."""
    origin = Origin(CONFIG_FILE, OWN, dict(_list_positions(settings.file.node)))
    for detail in settings.mistakes:
        where = tuple(detail["loc"])
        if where[-1:] == ("[key]",):
            if not isinstance(detail["input"], bool):  # otherwise it is told as a word that means yes or no
                message = _("`{code}` is not the code of a language", code=str(detail["input"]))
                hint = _("Write the code that web pages use, such as `cy` or `pt-br`.")
                yield origin.diagnose(where[:-1], rules.WRONG_VALUE, message, hint)
        elif not where:
            message = _("`{name}` is not a group of `name: value` lines", name=OWN[-1])
            hint = _("Write each setting on a line of its own below it, indented by two more spaces.")
            yield origin.diagnose(where, rules.NOT_A_MAPPING, message, hint)
        else:
            yield _explain_quotes(explain_value(GoodPracticeSettings, detail, origin), detail)


def _check_site(settings: Settings, origin: Origin) -> Iterator[Diagnostic]:
    """Settings of MkDocs that are of the wrong kind, and names of settings with a slip in them."""
    for detail in check_site(settings.file.values)[1]:
        # A language that means yes or no is told as that.
        if detail["loc"] != ("theme", "language") or not isinstance(detail["input"], bool):
            yield explain_colour(_explain_quotes(explain_value(SiteSettings, detail, origin), detail), detail)
    yield from check_names(settings.file.values, KNOWN_SETTINGS, (), origin)
    yield from check_names(settings.file.get("extra"), (*ExtraSettings.model_fields, OWN[1]), ("extra",), origin)


def _check_menu(nav: yaml.Node | None) -> Iterator[Diagnostic]:
    """Entries of the menu that are neither a page nor a list of entries."""
    if nav is None or nav.tag == _NOTHING:
        return
    for node in _list_misfits(nav) if isinstance(nav, yaml.SequenceNode) else [nav]:
        message = _("an entry of the menu names a page, or has a list of entries below it")
        hint = _("Write `- Title: page.md`, or `- Title:` and below it more entries, each indented and with a hyphen.")
        yield _diagnostic(node, rules.WRONG_VALUE, message, hint)


def _list_misfits(node: yaml.Node) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.SequenceNode):
        for entry in node.value:
            is_titled = isinstance(entry, yaml.MappingNode) and len(entry.value) == 1
            yield from _list_misfits(entry.value[0][1] if is_titled else entry)
    elif not isinstance(node, yaml.ScalarNode) or (node.tag.startswith(_PLAIN) and node.tag != f"{_PLAIN}str"):
        yield node


def _explain_quotes(found: Diagnostic, detail: ErrorDetails) -> Diagnostic:
    """The same, where nothing but quotation marks is wrong with a value, with what to write."""
    kind, given = detail["type"], detail["input"]
    if kind in ("int_type", "float_type") and isinstance(given, str) and _NUMBER.fullmatch(given):
        return replace(found, hint=_("Write it without quotation marks: {number}.", number=given))
    if kind == "string_type" and isinstance(given, int | float):
        return replace(found, hint=_("Put quotation marks around the text."))
    return found


def _list_positions(node: yaml.Node | None, where: ValuePath = ()) -> Iterator[tuple[ValuePath, Position]]:
    """Where each setting begins: its name, or the entry of a list."""
    inner: list[tuple[int | str, yaml.Node, yaml.Node]] = []
    if isinstance(node, yaml.MappingNode):
        inner = [(key.value, key, value) for key, value in node.value]
    elif isinstance(node, yaml.SequenceNode):
        inner = [(number, value, value) for number, value in enumerate(node.value)]
    for name, begin, value in inner:
        yield (*where, name), (begin.start_mark.line + 1, begin.start_mark.column + 1)
        yield from _list_positions(value, (*where, name))


def _tell(node: yaml.ScalarNode, close: str) -> Diagnostic:
    message = _("there is no page `{address}`", address=node.value)
    hint = _("Did you mean {close}?", close=close) if close else _("Correct the address, or delete the entry.")
    return _diagnostic(node, rules.DEAD_SETTING, message, hint)


def _diagnostic(node: yaml.Node, code: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(CONFIG_FILE, node.start_mark.line + 1, node.start_mark.column + 1, code, message, hint)


def _collect_known(page_index: PageIndex) -> dict[str, None]:
    """What an entry of the menu can name: the addresses of lists, and the sources of pages, in this order."""
    lists = [section.url for section in COLLECTIONS.values()] + [overview.url for overview in OVERVIEWS.values()]
    return dict.fromkeys((*lists, *(page.src_uri for page in page_index.by_source.values())))


def _is_page(root: Path, docs: str, page_index: PageIndex, known: Container[str], entry: str) -> bool:
    path = entry.partition("#")[0]
    if path in known or _is_file(root, docs, path):
        return True
    return path.endswith(".md") and _find_address(entry) in page_index.titles


def _find_address(entry: str) -> str:
    """The address of the page that an entry of the menu names, by it or by its file."""
    path = entry.partition("#")[0]
    return f"{path.removesuffix('.md').removesuffix('index')}".rstrip("/") + "/"


def _suggest_page(known: Collection[str], entry: str) -> str:
    # As people write it: with the folder, or as the address of the page.
    for other in (f"{entry.rstrip('/')}.md", entry.removeprefix("docs/"), f"{entry.rstrip('/')}/index.md"):
        if other in known and other != entry:
            return f"`{other}`"
    names = {name.removesuffix(".md"): name for name in known}
    close = suggest(entry.removesuffix(".md"), names)
    return f"`{names[close]}`" if close else ""


def _is_file(root: Path, folder: str, path: str) -> bool:
    return bool(path.strip("/")) and is_there(root, f"{folder}/{path.lstrip('/')}") and (root / folder / path).is_file()


def _is_elsewhere(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return True  # told of as an address that no program can read
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
