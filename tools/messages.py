"""The words of the generator, collected into its catalogues with Babel.

`i18n/locale/goodpractice.pot` holds every text once, in English. Each catalogue beside it keeps its translations, gets
new texts without one, and loses texts that are not said any more. Beside each, the words that a person has approved
are compiled; there is no such file before anybody has.
"""

from __future__ import annotations

import inspect
import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po
from pydantic import BaseModel

import goodpractice.config.model
import goodpractice.config.site_model  # noqa: F401 - the models of both are found as subclasses
from goodpractice.cli import main as main_command
from goodpractice.config.limits import SettingsGroup
from goodpractice.diagnostics.rules import RULES_FILE, load_rules
from goodpractice.i18n.click_words import list_words
from goodpractice.i18n.compiling import DAY, compile_catalogue
from goodpractice.i18n.languages import DOMAIN, LOCALE
from goodpractice.kinds import Record
from goodpractice.kinds.kind import Kind
from goodpractice.kinds.registry import KINDS
from goodpractice.kinds.views.any_kind import record_index, record_page

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE = LOCALE / f"{DOMAIN}.pot"
#: What marks words for translation: the names of gettext, and `_` and `_n` in templates and scripts. The lazy ones
#: make messages that are translated where they are printed; those marked by `N_` are translated where they are used.
KEYWORDS = dict.fromkeys(("gettext", "gettext_lazy", "N_", "_"))
KEYWORDS |= dict.fromkeys(("ngettext", "ngettext_noop", "ngettext_lazy", "_n"), (1, 2))
#: What stands in every file that says something: to take the others apart takes a third of the time.
CALL = re.compile(rf"\b(?:{'|'.join(KEYWORDS)})\(")
#: Facts of the header that would differ from day to day, or say nothing.
LEFT_OUT = tuple(
    f'"{name}'
    for name in (
        *("Project-Id-Version", "Report-Msgid-Bugs-To", "POT-Creation-Date", "PO-Revision-Date", "Language-Team"),
        *("Generated-By", "Last-Translator: FULL NAME"),
    )
)
WIDTH = 100


def list_sources() -> Iterator[tuple[str, Path]]:
    """Files that say something, with the method that reads them."""
    package = ROOT / "src/goodpractice"
    for file in sorted(package.rglob("*.py")):
        if CALL.search(file.read_text(encoding="utf-8")):
            yield "python", file
    for folder in (package / "components", package / "templates"):
        for file in sorted(folder.rglob("*.html")):
            yield "jinja2.ext:babel_extract", file
    for file in sorted([*(package / "scripts").glob("*.js"), *(package / "scripts/worker").glob("*.js")]):
        yield "javascript", file


def list_descriptions() -> Iterator[tuple[str, Path]]:
    """What fields hold, as their models say it: hints quote it. With the file of each."""
    models = (*list_models(Record), *list_models(SettingsGroup))
    for model in sorted(models, key=lambda model: (model.__module__, inspect.getsourcelines(model)[1])):
        for name, info in model.model_fields.items():
            if name in model.__annotations__ and info.description:
                yield info.description, Path(inspect.getfile(model))


def list_labels(kinds: Iterable[Kind[Any]]) -> Iterator[tuple[str, Path]]:
    """What pages call the fields of kinds without views of their own."""
    for kind in kinds:
        if kind.collection and {kind.collection.view, kind.collection.record_view} & {record_index, record_page}:
            for name in kind.model.model_fields:
                yield kind.label_field(name), Path(inspect.getfile(kind.model))


def list_models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A model and every model that is made from it."""
    yield model
    for below in model.__subclasses__():
        yield from list_models(below)


def list_help() -> Iterator[tuple[str, Path]]:
    """What `--help` says, with the file of its command."""
    for text, command in list_words(main_command):
        if command.callback is not None:
            yield text, Path(inspect.getfile(command.callback))


def collect() -> Catalog:
    """Every text of the generator, with the files that say it."""
    catalog = Catalog(project="goodpractice", creation_date=DAY, charset="utf-8", header_comment=HEADER)
    for method, file in list_sources():
        for _line, text, comments, context in extract_from_file(method, file, KEYWORDS, ("Translators:",)):
            where = [(file.relative_to(ROOT).as_posix(), None)]
            catalog.add(text, None, where, auto_comments=comments, context=context)
    titles = ((rule.title, RULES_FILE) for rule in load_rules().values())
    for text, file in (*titles, *list_descriptions(), *list_labels(KINDS.values()), *list_help()):
        catalog.add(text, None, [(file.relative_to(ROOT).as_posix(), None)])
    return catalog


HEADER = """\
# The words of the generator, in English. Made by `make generate`.
# Translations stand in <code>/LC_MESSAGES/goodpractice.po."""


def print_catalog(catalog: Catalog) -> str:
    """A catalogue as text."""
    stream = io.BytesIO()
    write_po(stream, catalog, width=WIDTH, sort_by_file=False, ignore_obsolete=True, include_lineno=False)
    lines = stream.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(LEFT_OUT)).rstrip("\n") + "\n"


def build_catalogues() -> dict[str, str | bytes | None]:
    """What each catalogue should hold, by its path in the repository; nothing for one that is not to be there."""
    collected = collect()
    files: dict[Path, str | bytes | None] = {TEMPLATE: print_catalog(collected)}
    for file in sorted(LOCALE.glob(f"*/LC_MESSAGES/{DOMAIN}.po")):
        with file.open("rb") as stream:
            known = read_po(stream, locale=file.parts[-3])
        known.update(collected, no_fuzzy_matching=True, update_header_comment=False)
        known.creation_date = DAY
        files[file] = text = print_catalog(known)
        files[file.with_name(f"{DOMAIN}.mo")] = compile_catalogue(text)
    return {file.relative_to(ROOT).as_posix(): made for file, made in files.items()}
