"""What is to be said of a kind stands in its module: no other holds its id, and nine rooms name none in any way."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator, Set
from pathlib import Path

import goodpractice
from goodpractice.content.tables import Tables
from goodpractice.kinds.registry import KINDS
from tests.helpers.syntax import list_nodes

PACKAGE = Path(goodpractice.__file__).parent
#: Words that are the id of a kind and mean something else: what they mean, by module.
OTHER_WORDS = {
    "checks/configuration.py": ({"theme"}, "a key of mkdocs.yml"),
    "checks/contacts.py": ({"event"}, "a word before a telephone number"),
    "checks/look.py": ({"theme"}, "a key of mkdocs.yml"),
    "checks/own_code.py": ({"theme"}, "a key of mkdocs.yml"),
    "checks/templates.py": ({"theme"}, "a key of mkdocs.yml"),
    "config/fast_build.py": ({"theme"}, "a key of mkdocs.yml"),
    "config/settings.py": ({"theme"}, "a key of mkdocs.yml"),
    "config/site_model.py": ({"theme"}, "a key of mkdocs.yml"),
    "content/project_files.py": ({"theme"}, "a folder of programs"),
    "checks/project.py": ({"template"}, "a key that MkDocs reads"),
    "content/records.py": ({"source", "template"}, "keys that templates of Material read"),
    "formats/linked_data.py": ({"programme"}, "a field"),
    "markdown/passages.py": ({"source", "template"}, "elements of HTML"),
    **dict.fromkeys(
        (
            *("outputs/assets.py", "outputs/llms.py", "outputs/newsletters.py", "outputs/pages.py"),
            *("outputs/papers.py", "outputs/site.py", "outputs/sitemap.py"),
        ),
        ({"plan"}, "the plan of all pages"),
    ),
    "paper/ebook.py": ({"chapter"}, "what EPUB calls a part of a book"),
    "paper/page_tree.py": ({"source", "template"}, "elements of HTML"),
    "render/examples.py": ({"plan", "translation"}, "folders in components/"),
    "render/shell.py": ({"template"}, "a key that MkDocs reads"),
    "render/stylesheet.py": (
        {"chapter", "pack", "plan", "programme", "term", "translation"},
        "sheets, and folders in components/",
    ),
    "render/template_values.py": ({"theme"}, "a value of Material's templates"),
    "render/theme.py": ({"theme"}, "a key of mkdocs.yml"),
    "render/translations.py": ({"translation"}, "a folder in components/"),
    "search/synonyms.py": ({"programme"}, "a British spelling"),
}

#: Rooms that treat all kinds alike.
GENERAL = ("adapters", "config", "contribute", "diagnostics", "formats", "i18n", "markdown", "photos", "query")
MODELS = [kind.model for kind in KINDS.values()]
#: Tables that a knowledge base has as typed attributes.
TYPED = {name for name, value in vars(Tables).items() if hasattr(value, "kind")}


def find_ids(source: str) -> Set[str]:
    """The ids of kinds among the texts in a module."""
    texts = {node.value for node in list_nodes(source) if isinstance(node, ast.Constant)}
    return texts & set(KINDS)


def test_an_id_is_found_wherever_it_stands() -> None:
    assert find_ids('kb.table("partner")\ndef f(kind="theme"): ...\nx = {f"{y}": ("term",)}') == {
        "partner",
        "term",
        "theme",
    }
    assert find_ids('"""About a partner."""\nlink = "partners/"') == set()


def test_no_module_outside_of_kinds_names_a_kind() -> None:
    found = {
        path: ids
        for file in PACKAGE.rglob("*.py")
        if not (path := file.relative_to(PACKAGE).as_posix()).startswith("kinds/")
        and (ids := find_ids(file.read_text(encoding="utf-8")))
    }
    # An allowance that nothing needs any more is deleted.
    assert found == {path: words for path, (words, _) in OTHER_WORDS.items()}


def list_names(source: str) -> Iterator[str]:
    """Constants and models of single kinds that a module imports, and tables of theirs that it asks for by name."""
    for node in list_nodes(source):
        if isinstance(node, ast.Attribute) and node.attr in TYPED:
            yield node.attr
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("goodpractice.kinds"):
            module = importlib.import_module(node.module or "")
            for name in (alias.name for alias in node.names):
                value = getattr(module, name, None)
                if value in MODELS or (isinstance(value, str) and value in KINDS):
                    yield name


def test_names_of_kinds_are_found() -> None:
    source = "from goodpractice.kinds import CASE_STUDY, Partner, Ref\nkb.table(kb.themes)"
    assert sorted(list_names(source)) == ["CASE_STUDY", "Partner", "themes"]


def test_rooms_for_all_kinds_name_none() -> None:
    files = [file for room in GENERAL for file in (PACKAGE / room).rglob("*.py")]
    assert {file.name: names for file in files if (names := [*list_names(file.read_text(encoding="utf-8"))])} == {}
