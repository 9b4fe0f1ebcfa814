"""The build: strict, silent, complete."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest
import yaml
from click.testing import CliRunner

from goodpractice.cli.main import main
from goodpractice.config import mkdocs_file
from goodpractice.content import open_project
from goodpractice.i18n.languages import split_translation
from goodpractice.pages import plan_pages
from tests.helpers.built_pages import BuiltSite
from tests.helpers.mkdocs_builds import BASE, PREFIXED_BASE, Build, BuildError, run_mkdocs
from tests.helpers.sites import write_small_site

if TYPE_CHECKING:
    from goodpractice.pages import Page

#: Named by content; tests/search tries what it finds.
SEARCH_INDEX = "assets/search/"
LOUD = re.compile(r"\b(?:WARNING|ERROR|CRITICAL|Traceback|Deprecat\w+)\b")


def plan(root: Path) -> tuple[Page, ...]:
    return plan_pages(open_project(root).kb)


def test_the_strict_build_says_nothing_but_information(build: Build) -> None:
    loud = [line for line in build.output.splitlines() if LOUD.search(line)]
    assert loud == []


def test_a_strict_build_fails_on_a_dead_link(tmp_path: Path) -> None:
    root = write_small_site(tmp_path / "project", cases=10).root
    with (root / "handbook/chapter-1.md").open("a", encoding="utf-8") as chapter:
        chapter.write("\n[nowhere](no-such-chapter.md)\n")
    with pytest.raises(BuildError, match=r"no-such-chapter\.md"):
        run_mkdocs(root, tmp_path / "site")


def test_every_planned_page_is_a_file_and_every_file_is_planned(project_root: Path, built_site: BuiltSite) -> None:
    planned = {page.url for page in plan(project_root)}
    assert {*built_site.pages, *built_site.moved} - {"404.html"} == planned


def test_every_planned_page_shows_its_title(project_root: Path, built_site: BuiltSite) -> None:
    wrong = {
        page.url: built_site.pages[page.url].title
        for page in plan(project_root)
        if not page.leads_to and " ".join(page.title.split()) not in built_site.pages[page.url].title and page.url
    }
    assert wrong == {}


@pytest.mark.parametrize(
    ("file", "key", "section"),
    [
        ("partners.yml", "partners", "partners"),
        ("partners.yml", "networks", "networks"),
        ("data/themes.yml", "themes", "themes"),
        ("data/programmes.yml", "programmes", "programmes"),
    ],
)
def test_every_record_has_a_page(project_root: Path, built_site: BuiltSite, file: str, key: str, section: str) -> None:
    # Read without the loader, so that a record the loader lost is found.
    records = yaml.safe_load((project_root / file).read_text(encoding="utf-8"))[key]
    assert records
    made = {*built_site.pages, *built_site.moved}
    missing = [record["id"] for record in records if f"{section}/{record['id']}/" not in made]
    assert missing == []


@pytest.mark.parametrize(("folder", "section"), [("handbook", "handbook"), ("case_studies", "case-studies")])
def test_every_markdown_file_has_a_page(project_root: Path, built_site: BuiltSite, folder: str, section: str) -> None:
    files = sorted((project_root / folder).glob("*.md"))
    assert files
    urls = {
        file.name: f"{named.code}/{section}/{Path(named.source).stem}/" if named else f"{section}/{file.stem}/"
        for file in files
        for named in [split_translation(file.name)]
    }
    missing = [name for name, url in urls.items() if url not in built_site.pages]
    assert missing == []


@pytest.mark.parametrize(
    ("file", "key", "section"),
    [
        ("data/glossary.yml", "glossary", "glossary"),
        ("data/resources.yml", "resources", "resources"),
        ("data/events.yml", "events", "events"),
    ],
)
def test_every_entry_of_a_list_has_an_anchor(
    project_root: Path, built_site: BuiltSite, file: str, key: str, section: str
) -> None:
    records = yaml.safe_load((project_root / file).read_text(encoding="utf-8"))[key]
    ids = set(built_site.pages[f"{section}/"].ids)
    assert records
    assert [record["id"] for record in records if record["id"] not in ids] == []


@pytest.mark.parametrize(("fixture", "base"), [("built_site", BASE), ("built_site_prefixed", PREFIXED_BASE)])
def test_the_sitemap_lists_every_page_once(request: pytest.FixtureRequest, fixture: str, base: str) -> None:
    site: BuiltSite = request.getfixturevalue(fixture)
    tree = ElementTree.parse(site.folder / "sitemap.xml")
    listed = sorted(element.text or "" for element in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc"))
    drafts = {page.url for page in site.pages.values() if '<meta name="robots" content="noindex">' in page.html}
    assert all(url.startswith("cy/") for url in drafts)
    assert listed == sorted(base + url for url in site.pages if url != "404.html" and url not in drafts)


def test_both_builds_have_the_same_files(built_site: BuiltSite, built_site_prefixed: BuiltSite) -> None:
    def names(site: BuiltSite) -> set[str]:
        files = (file.relative_to(site.folder).as_posix() for file in site.folder.rglob("*") if file.is_file())
        return {file for file in files if not file.startswith(SEARCH_INDEX)}

    assert names(built_site) == names(built_site_prefixed)


@pytest.mark.parametrize("command", ["check", "build"])
def test_the_settings_are_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    site = write_small_site(tmp_path / "project")
    log = tmp_path / "log"  # workers write to it, too
    text = (site.root / "mkdocs.yml").read_text(encoding="utf-8")

    def note(stream: Any) -> None:
        if stream == text:
            with log.open("a") as lines:
                lines.write("read\n")

    class Loader(mkdocs_file._Loader):
        def __init__(self, stream: Any) -> None:
            note(stream)
            super().__init__(stream)

    monkeypatch.setattr(mkdocs_file, "_Loader", Loader)
    for name in ("load", "compose"):
        real = getattr(yaml, name)

        def call(stream: Any, *args: Any, real: Any = real, **options: Any) -> Any:
            note(stream)
            return real(stream, *args, **options)

        monkeypatch.setattr(yaml, name, call)
    assert CliRunner().invoke(main, [command, "-C", str(site.root)]).exit_code == 0
    assert log.read_text() == "read\n"


def test_a_build_without_changes_loads_no_models(tmp_path: Path) -> None:
    # Importing them takes as long as all that such a build does.
    root = write_small_site(tmp_path / "project", cases=7).root
    script = (
        "import atexit, sys; atexit.register(lambda: print(*sys.modules)); from goodpractice.cli import main; "
        f"main(['build', '--no-search', '-C', {str(root)!r}])"
    )
    for what in ("Built", "Nothing changed"):
        run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
        assert what in run.stderr
    loaded = {name.partition(".")[0] for name in run.stdout.split()}
    assert {"pydantic", "jinja2", "markdown"}.isdisjoint(loaded)
