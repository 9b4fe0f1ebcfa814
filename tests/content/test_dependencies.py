"""What the program imports is declared, and what is declared is used: a package of a package may go any day."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterable
from importlib.metadata import distribution

from tests.helpers.projects import REPOSITORY
from tests.helpers.syntax import list_nodes

#: Declared and never imported by name: what `mkdocs.yml` of a project names, stemmers, of which one is chosen, and time
#: zones, which are files.
NAMED = {"markdown-callouts", "mkdocs-macros-plugin", "mkdocs-material", "snowballstemmer", "tzdata"}

#: Declared by another, which names one exact version of it.
BROUGHT = {"pydantic-core": "pydantic"}


def _normalise(name: str) -> str:
    """The name of a distribution as registries write it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def list_imports(source: str) -> set[str]:
    """The packages that a module imports, wherever it does so."""
    found = set()
    for node in list_nodes(source):
        if isinstance(node, ast.Import):
            found |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def list_packages(names: Iterable[str]) -> dict[str, set[str]]:
    """The distributions that bring each package, of these; those that another brings under its name."""
    found: dict[str, set[str]] = {}
    for name in names:
        for file in distribution(name).files or ():
            if file.suffix in (".py", ".so", ".pyd") and ".." not in file.parts:
                package = file.parts[0].partition(".")[0]
                found.setdefault(package, set()).add(BROUGHT.get(_normalise(name), _normalise(name)))
    return found


def test_every_package_that_is_imported_is_declared_and_the_other_way_round() -> None:
    with (REPOSITORY / "pyproject.toml").open("rb") as stream:
        project = tomllib.load(stream)["project"]
    lines = [*project["dependencies"], *project["optional-dependencies"]["paper"]]
    declared = {re.split(r"[\[<>=;]", line)[0] for line in lines}
    packages = list_packages({*declared, *BROUGHT})
    imported: dict[str, str] = {}
    for file in sorted((REPOSITORY / "src").rglob("*.py")):
        for name in list_imports(file.read_text(encoding="utf-8")):
            imported.setdefault(name, file.name)
    used = set()
    for name, file in imported.items():
        if name in sys.stdlib_module_names or name == "goodpractice":
            continue
        assert name in packages, f"{file} imports {name}, which pyproject.toml does not name"
        used |= packages[name]
    assert declared - used == NAMED
