"""`goodpractice serve`: what an edit does to the page, and a mistake."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from sites import write_small_site

from goodpractice.adapters.frames import MkDocsFrames
from goodpractice.adapters.serving import SearchKeeper, explain_failure
from goodpractice.build.options import SEARCH_FOLDER, Options
from goodpractice.build.session import Session
from goodpractice.reports import format_issue
from goodpractice.settings import SettingsError, load_settings

STORY = "case_studies/dynamic-earth-bus.md"
PAGE = "case-studies/dynamic-earth-bus/"
SECONDS = 120


@dataclass
class Served:
    """A project that is served by a process of its own."""

    project: Path
    url: str
    process: subprocess.Popen[str]

    def read(self, path: str) -> str:
        with urllib.request.urlopen(self.url + path, timeout=SECONDS) as answer:
            return str(answer.read().decode())

    def wait_for(self, words: str) -> str:
        """The next line on the terminal that holds these words."""
        assert self.process.stderr is not None
        for line in self.process.stderr:
            if words in line:
                return line
        raise AssertionError(f"the server ended without saying: {words}")


@pytest.fixture
def served(project_root: Path, tmp_path: Path) -> Iterator[Served]:
    project = tmp_path / "project"
    left_out = shutil.ignore_patterns(".git", ".venv", ".cache", "site", "tests", "benchmarks", "__pycache__")
    shutil.copytree(project_root, project, ignore=left_out)
    command = [sys.executable, "-m", "goodpractice", "serve", "--address", "127.0.0.1:0", "-C", str(project)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    found = Served(project, "", process)
    try:
        found.url = found.wait_for("Serving").split()[1]
        yield found
    finally:
        process.kill()
        process.communicate()


def test_an_edit_is_on_its_page_and_a_mistake_is_told(served: Served) -> None:
    story = served.project / STORY
    good = story.read_text(encoding="utf-8")
    assert "__goodpractice/reload.js" in served.read(PAGE)

    story.write_text(f"{good}\nOne more sentence.\n", encoding="utf-8")
    assert "Built 1 of" in served.wait_for("Built")
    assert "One more sentence." in served.read(PAGE)

    story.write_text(f"{good}\n[Nowhere](nowhere.md)\n", encoding="utf-8")
    served.wait_for("The last good site is still shown.")
    assert "One more sentence." in served.read(PAGE)
    with urllib.request.urlopen(f"{served.url}__goodpractice/events", timeout=SECONDS) as answer:
        news = json.loads(answer.readline().decode().removeprefix("data: "))
    assert [issue["code"] for issue in news["issues"]] == ["GP303"]

    story.write_text(good, encoding="utf-8")
    served.wait_for("Built")
    assert "One more sentence." not in served.read(PAGE)


def test_the_search_learns_of_an_edited_story(tmp_path: Path) -> None:
    site = write_small_site(tmp_path / "project", cases=10)
    session = Session(Options(site.root, tmp_path / "served", MkDocsFrames, jobs=1))
    session.build()
    said: list[str] = []
    keeper = SearchKeeper(session, said.append)
    keeper.renew()
    assert len(said) == 1
    with (site.root / "case_studies/case-05.md").open("a", encoding="utf-8") as story:
        story.write("\nA word about kingfishers.\n")
    assert "look at sources" not in session.update(["case_studies/case-05.md"]).seconds, "only the page is made anew"
    keeper.renew()
    assert len(said) == 2
    texts = (tmp_path / "served" / SEARCH_FOLDER).glob("*/part.json")
    assert any("kingfishers" in text.read_text(encoding="utf-8") for text in texts)
    keeper.renew()
    assert len(said) == 2


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ("nav: [", "mkdocs.yml:2:1: GP106 the line cannot be read: "),
        ("plugins: 5", "mkdocs.yml:1:1: GP203 The setting `plugins` in mkdocs.yml is not a list"),
    ],
)
def test_a_mistake_in_the_settings_is_told_at_its_place(tmp_path: Path, config: str, words: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(config, encoding="utf-8")
    with pytest.raises((SettingsError, yaml.YAMLError)) as failed:
        load_settings(tmp_path)
    assert format_issue(explain_failure(failed.value, ["docs/index.md"])).startswith(words)


def test_a_file_outside_of_the_site_is_not_served(served: Served) -> None:
    for path in ("..%2f..%2f..%2fmkdocs.yml", "%00", "very" * 500):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(served.url + path, timeout=SECONDS)
        assert refused.value.code == 404
        refused.value.close()
