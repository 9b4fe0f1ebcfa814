"""A project of an earlier version builds with this one, once the lines are changed that the check names.

`tests/helpers/earlier` holds the settings, macros and templates of this repository at commit 1672566 as they were, and
of its content one case study, one chapter and what the two name, shortened.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from goodpractice.checks import check_project
from goodpractice.config.mkdocs_file import read_config_file
from goodpractice.diagnostics.reports import format_text
from goodpractice.render.registration import collect_macros, read_macros
from tests.helpers.building import build_site
from tests.helpers.mkdocs_builds import run_mkdocs
from tests.helpers.projects import REPOSITORY, load_folder
from tests.helpers.trees import read_tree

EARLIER = REPOSITORY / "tests/helpers/earlier"
TO_CHANGE = """\
case_studies/feedback-forms.md:17:1: GP215 the day of a review is given, and not who made it
  hint: Add `reviewed_by:` with the name of the person who checked the facts. For the day on which the text was \
written, call the line `written_on:`.
handbook/evaluation.md:9:1: GP201 the day of a review is given, and neither who made it nor when the text was written
  hint: Call the line `written_on:`.
macros.py:6:1: GP308 the package has no `goodpractice.load`
  hint: Write `from goodpractice import open_project`.
mkdocs.yml:15:3: GP315 `overrides` holds copies of templates that come with the package now
  hint: Delete this line and the folder `overrides`: nothing in it was changed."""


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    root = Path(shutil.copytree(EARLIER, tmp_path / "project"))
    for path in list_pages(read_config_file(root).get("nav")):
        page = root / "docs" / path
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(f"---\ntitle: {page.stem}\n---\n# {page.stem}\n", encoding="utf-8")
    for path in ("assets/logo.svg", "assets/favicon.svg"):
        (root / "docs" / path).parent.mkdir(exist_ok=True)
        shutil.copy(REPOSITORY / "src/goodpractice/templates" / path, root / "docs" / path)
    return root


def list_pages(nav: object) -> list[str]:
    if isinstance(nav, str):
        return [nav] if nav.endswith(".md") else []
    entries = nav.values() if isinstance(nav, dict) else nav if isinstance(nav, list) else ()
    return [path for entry in entries for path in list_pages(entry)]


def change_line(root: Path, path: str, line: int, old: str, new: str) -> None:
    lines = (root / path).read_text(encoding="utf-8").splitlines(keepends=True)
    assert old in lines[line - 1]
    lines[line - 1] = lines[line - 1].replace(old, new)
    (root / path).write_text("".join(lines), encoding="utf-8")


def say_when_written(root: Path) -> None:
    change_line(root, "case_studies/feedback-forms.md", 17, "reviewed_on:", "written_on:")
    change_line(root, "handbook/evaluation.md", 9, "reviewed_on:", "written_on:")


def follow_hints(root: Path) -> None:
    say_when_written(root)
    change_line(root, "macros.py", 6, "from goodpractice.load import", "from goodpractice import")
    change_line(root, "mkdocs.yml", 15, "  custom_dir: overrides\n", "")
    shutil.rmtree(root / "overrides")


def test_every_line_to_change_is_named(earlier: Path) -> None:
    assert format_text(check_project(load_folder(earlier), read_macros)) == TO_CHANGE


def test_the_build_names_the_line_of_macros_that_it_cannot_run(earlier: Path) -> None:
    told = "macros.py, line 6: the package has no `goodpractice.load`. Write `from goodpractice import open_project`"
    with pytest.raises(ImportError, match=f"^{re.escape(told)}$"):
        collect_macros(earlier, load_folder(earlier).kb)


@pytest.mark.slow
def test_with_these_lines_changed_it_builds_in_the_frame_of_today(earlier: Path) -> None:
    follow_hints(earlier)
    report = build_site(earlier, earlier / "site", jobs=1)
    assert (report.diagnostics, report.notes) == ([], [])
    chapter = (earlier / "site/handbook/evaluation/index.html").read_text(encoding="utf-8")
    for shown in ("Good Practice", "gp-toc gp-toc--line", "When the questionnaire ate", "Share your story"):
        assert shown in chapter
    assert re.findall(r'href="([^"]*\.svg)"', chapter) == ["../../assets/favicon.svg"]


@pytest.mark.slow
def test_templates_that_a_community_changed_are_kept(earlier: Path) -> None:
    follow_hints(earlier)
    footer = earlier / "overrides/partials/footer.html"
    footer.parent.mkdir(parents=True)
    text = (EARLIER / "overrides/partials/footer.html").read_text(encoding="utf-8")
    footer.write_text(text.replace("</footer>", "<p>Ours</p></footer>"), encoding="utf-8")
    change_line(earlier, "mkdocs.yml", 14, "material\n", "material\n  custom_dir: overrides\n")
    assert build_site(earlier, earlier / "site", jobs=1).diagnostics == []
    page = (earlier / "site/index.html").read_text(encoding="utf-8")
    assert "<p>Ours</p></footer>" in page
    assert 'class="gp-search"' in page


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["", "theme: material\n", "theme:\n  name: goodpractice\n"])
def test_settings_and_content_are_enough(tmp_path: Path, theme: str) -> None:
    root = tmp_path / "project"
    for path in ("case_studies", "handbook", "data", "partners.yml"):
        copy = shutil.copytree if (EARLIER / path).is_dir() else shutil.copy
        root.mkdir(exist_ok=True)
        copy(EARLIER / path, root / path)
    say_when_written(root)
    (root / "docs").mkdir()
    (root / "docs/index.md").write_text("---\ntitle: Welcome\n---\n# Welcome\n", encoding="utf-8")
    settings = f"site_name: Small\nsite_url: http://127.0.0.1:8000/\n{theme}plugins: [goodpractice]\n"
    (root / "mkdocs.yml").write_text(settings, encoding="utf-8")
    report = build_site(root, root / "site", jobs=1)
    assert (report.diagnostics, report.notes) == ([], [])
    page = (root / "site/index.html").read_text(encoding="utf-8")
    assert page.count("<h1") == 1
    assert re.findall(r'class="md-tabs__link"[^>]*>([^<]+)<', page) == [
        *("Welcome", "Handbook", "Case studies", "Partners", "Themes", "Programmes")
    ]
    assert not re.findall(r'(?:src|href)="https?://(?!127\.0\.0\.1)[^"]*"', page.partition("<main")[0])
    for path in re.findall(r'(?:src|href)="(assets/[^"]+)"', page):
        assert (root / "site" / path).is_file(), path

    other = read_tree(run_mkdocs(root, tmp_path / "mkdocs").site.folder)
    ours = read_tree(root / "site")
    assert {
        path for path in ours | other if other.get(path) != ours.get(path) and "assets/search/" not in path
    } == set()
