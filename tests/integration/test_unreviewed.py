"""Words that nobody has approved are shown to those who read them first, and never in a site that is published."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from goodpractice.i18n.languages import load_catalogue
from tests.helpers.sites import write_small_site

PAGE = "cy/handbook/chapter-2/index.html"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small_site(tmp_path_factory.mktemp("unreviewed") / "project", cases=8).root


def build(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "goodpractice", "build", "-C", str(root), "--no-search", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_site_with_unreviewed_words_never_passes_for_one_without(root: Path, tmp_path: Path) -> None:
    draft = load_catalogue("cy", unreviewed=True).gettext("Read next")
    assert load_catalogue("cy").gettext("Read next") == "Read next" != draft
    folder = tmp_path / "preview"

    def read() -> str:
        return (folder / PAGE).read_text(encoding="utf-8")

    assert build(root, "--unreviewed", "--site-dir", str(folder)).returncode == 0
    assert draft in read()
    assert "noindex" in read()
    assert (folder / "assets/scripts-cy/words.js").is_file()
    # The next build into the same folder knows nothing of them.
    assert build(root, "--site-dir", str(folder)).returncode == 0
    assert draft not in read()
    assert "Read next" in read()
    assert "noindex" not in read()
    assert not (folder / "assets/scripts-cy").exists()


@pytest.mark.parametrize("where", [[], ["--site-dir", "site"]])
def test_unreviewed_words_are_refused_in_the_published_folder(root: Path, where: list[str]) -> None:
    if where:
        where = ["--site-dir", str(root / "site")]
    done = build(root, "--unreviewed", *where)
    assert done.returncode == 2
    assert "needs --site-dir and a folder of its own" in done.stderr
    assert not (root / "site").exists()
