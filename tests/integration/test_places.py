"""What lies among the sources and is none: stories in a wrong place, and what editors leave behind."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from goodpractice.engine.report import Report
from goodpractice.engine.watching import is_followed
from tests.helpers.building import build_site
from tests.helpers.mkdocs_builds import BuildError, run_mkdocs
from tests.helpers.sites import SmallSite, write_small_site

LEFT = (
    "docs/.#index.md",
    "docs/index.md~",
    "docs/#index.md#",
    "docs/4913",
    "docs/index.md.orig",
    "docs/Thumbs.db",
    "docs/assets/~$form.docx",
    "docs/assets/.~lock.form.docx#",
    "docs/tea.sync-conflict-20240101-120000-ABCDEFG.md",
    "handbook/.chapter-1.md.swp",
    "handbook/4913",
    "case_studies/.case-01.md.swp",
    "case_studies/case-01.md~",
    "case_studies/#case-01.md#",
    "data/.#themes.yml",
    "overrides/main.html~",
    "tea-first.md~",
)


def leave_behind(root: Path) -> None:
    for name in LEFT:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("{{ nothing }} LEFT BEHIND", encoding="utf-8")
    (root / "handbook/.#chapter-1.md").symlink_to("anna@museum.1234:1700000000")


@pytest.fixture
def site(tmp_path: Path) -> SmallSite:
    return write_small_site(tmp_path / "project", cases=10)


def read_tree(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def by_mkdocs(root: Path, folder: Path) -> None:
    run_mkdocs(root, folder)


def by_ourselves(root: Path, folder: Path) -> None:
    assert build_site(root, folder, use_cache=False, search=False).diagnostics == []


@pytest.mark.parametrize("build", [by_mkdocs, by_ourselves])
def test_what_editors_leave_behind_is_never_published(
    site: SmallSite, tmp_path: Path, build: Callable[[Path, Path], None]
) -> None:
    build(site.root, tmp_path / "before")
    shutil.rmtree(site.root / ".cache", ignore_errors=True)
    leave_behind(site.root)
    build(site.root, tmp_path / "after")
    before, after = read_tree(tmp_path / "before"), read_tree(tmp_path / "after")
    assert before.keys() - after.keys() <= {name for name in before if "search" in name}
    assert not [name for name, data in after.items() if b"LEFT BEHIND" in data]
    assert {name for name in after if "search" not in name} <= set(before)


def test_what_editors_leave_behind_changes_nothing(site: SmallSite) -> None:
    build_site(site.root, search=False)
    leave_behind(site.root)
    report = build_site(site.root, search=False)
    assert (report.full, report.diagnostics, report.written) == ("", [], 0)


def test_what_vim_does_in_a_save_is_one_change_of_the_text() -> None:
    assert not any(map(is_followed, LEFT))
    assert is_followed("case_studies/case-01.md")


def test_a_story_that_is_put_in_a_wrong_place_is_told_by_the_next_build(site: SmallSite) -> None:
    def build() -> Report:
        return build_site(site.root, search=False)

    assert not build().diagnostics
    story = (site.root / "case_studies/case-01.md").read_text(encoding="utf-8")
    for path in ("tea.md", "case-studies/tea.md", "data/tea.md", "docs/tea.md", "handbook/a/tea.md", "tea.docx"):
        file = site.root / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(story, encoding="utf-8")
        assert path in {diagnostic.path for diagnostic in build().diagnostics}, path
        assert not (site.root / "site/tea/index.html").exists()
        file.unlink()
    assert not build().diagnostics
    # A page that becomes a story.
    page = site.root / "docs/tea.md"
    page.write_text("# Tea\n\nWith milk.\n", encoding="utf-8")
    assert not build().diagnostics
    page.write_text(story, encoding="utf-8")
    assert [diagnostic.code for diagnostic in build().diagnostics if diagnostic.path == "docs/tea.md"][:1] == ["GP512"]
    assert "With milk" in (site.root / "site/tea/index.html").read_text(encoding="utf-8")


def test_a_strict_build_of_mkdocs_fails_on_a_story_in_docs(site: SmallSite, tmp_path: Path) -> None:
    shutil.copy(site.root / "case_studies/case-01.md", site.root / "docs/tea.md")
    with pytest.raises(BuildError, match="GP512"):
        run_mkdocs(site.root, tmp_path / "site")
