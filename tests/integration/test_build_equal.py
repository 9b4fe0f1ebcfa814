"""`mkdocs build` and `goodpractice build` write the same bytes: every file of the site, the search too."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.corpus import copy_project, write_corpus

REPOSITORY = Path(__file__).parents[2]


def run(root: Path, *command: str) -> None:
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"


def build_both(root: Path) -> tuple[dict[str, bytes], dict[str, bytes]]:
    run(root, "mkdocs", "build", "--site-dir", str(root / "by-mkdocs"))
    run(root, "goodpractice", "build", "--site-dir", str(root / "by-us"))
    return read_tree(root / "by-mkdocs"), read_tree(root / "by-us")


def read_tree(folder: Path) -> dict[str, bytes]:
    """The files that a browser may load: each driver keeps for itself what it made a part of the search from."""
    files = [file for file in sorted(folder.rglob("*")) if file.is_file() and file.name != "part.json"]
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}


def assert_same(one: dict[str, bytes], other: dict[str, bytes]) -> None:
    assert list(one) == list(other)
    assert [name for name in one if one[name] != other[name]] == []


@pytest.fixture
def real_site(tmp_path: Path) -> Path:
    """The repository's own content, in a folder that a test may change."""
    copy_project(REPOSITORY, tmp_path)
    return tmp_path


@pytest.mark.slow
def test_the_real_site_is_the_same_and_follows_macros_py(real_site: Path) -> None:
    before, ours = build_both(real_site)
    assert_same(before, ours)
    # Facts that a page of editors tells the theme, in the navigation and outside of it; and a macro of the community.
    about = real_site / "docs/about.md"
    text = about.read_text(encoding="utf-8")
    facts, body = text[4:].split("\n---\n", 1) if text.startswith("---\n") else ("title: A & B", text)
    about.write_text(f"---\n{facts}\nhide: [toc, navigation]\n---\n{body}", encoding="utf-8")
    (real_site / "docs/beside.md").write_text(
        '---\nhide:\n  - toc\ndescription: "<b> & co"\n---\n# <Beside>\n\n## Two\n\n{{ greet("you") }}\n'
    )
    macros = real_site / "macros.py"
    text = macros.read_text(encoding="utf-8")
    macros.write_text(
        f"{text}\n    card = env.macros['case_study_page'] if 'case_study_page' in env.macros else None\n"
        "    env.macro(lambda name: f'Hello, {name}!', 'greet')\n"
        "    env.macro(lambda id, body: f'<p>From macros.py</p>{card(id, body)}', 'case_study_page')\n",
        encoding="utf-8",
    )
    after, ours = build_both(real_site)
    assert_same(after, ours)
    assert b"Hello, you!" in ours["beside/index.html"]
    stories = [
        name for name in ours if name.startswith("case-studies/") and name.count("/") == 2 and "page" not in name
    ]
    assert len(stories) > 20
    assert all(b"<p>From macros.py</p>" in ours[name] for name in stories)


@pytest.mark.slow
def test_two_hundred_synthetic_pages_are_the_same(tmp_path: Path) -> None:
    write_corpus(tmp_path / "corpus", 200)
    assert_same(*build_both(tmp_path / "corpus"))
