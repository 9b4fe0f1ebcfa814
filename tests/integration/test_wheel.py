"""The wheel holds everything that a site is made of."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers.built_pages import BuiltSite
from tests.helpers.mkdocs_builds import run_mkdocs


def run(*command: str, cwd: Path, path: str = "") -> str:
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        command, cwd=cwd, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


@pytest.fixture(scope="module")
def wheel(copy_project: Callable[[], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder), cwd=copy_project())
    (found,) = folder.glob("*.whl")
    return found


def test_it_holds_every_file_of_the_package(wheel: Path, project_root: Path) -> None:
    source = project_root / "src"
    expected = {
        file.relative_to(source).as_posix()
        for file in (source / "goodpractice").rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
    assert expected - held == set()
    for kind in (
        "components/*/template.html",
        "components/*/style.css",
        "templates/base.html",
        "templates/mkdocs_theme.yml",
        "py.typed",
    ):
        assert any(Path(name).match(f"goodpractice/{kind}") for name in held), kind


def test_it_holds_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        folders = {name.partition("/")[0] for name in archive.namelist()}
    assert {folder.rpartition(".")[2] for folder in folders} <= {"goodpractice", "dist-info"}


@pytest.fixture(scope="module")
def empty_environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Python of an environment that holds the wheel and nothing else."""
    folder = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", "--without-pip", str(folder), cwd=folder)
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check"]
    run(*pip, "install", "--no-deps", "--no-index", "--quiet", str(wheel), cwd=folder)
    return python


@pytest.mark.slow
def test_it_builds_the_same_bytes_without_the_repositorys_source(
    empty_environment: Path, copy_project: Callable[[], Path], built_site: BuiltSite
) -> None:
    # No network in tests: the dependencies are those of this environment, whose own link to src/ is not followed here.
    libraries = sysconfig.get_path("purelib")
    root = copy_project()
    code = "import goodpractice; print(goodpractice.__file__)"
    place = Path(run(str(empty_environment), "-c", code, cwd=root, path=libraries).strip())
    assert place.is_relative_to(empty_environment.parents[1])

    site = run_mkdocs(root, root.parent / "site", python=str(empty_environment), path=libraries).site
    assert read_files(site) == read_files(built_site)


def read_files(site: BuiltSite) -> dict[str, bytes]:
    """Every file but those that differ from one build to the next: the search, and the sitemap with its day."""
    files = {file.relative_to(site.folder).as_posix(): file for file in site.folder.rglob("*") if file.is_file()}
    return {
        name: file.read_bytes()
        for name, file in files.items()
        if not name.startswith(("assets/search/", "sitemap.xml"))
    }
