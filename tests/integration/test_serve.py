"""`goodpractice serve`: what an edit does to the page, and a mistake."""

from __future__ import annotations

import json
import queue
import random
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from goodpractice.config.cache import find_cache
from goodpractice.config.mkdocs_file import SettingsError
from goodpractice.config.settings import load_settings
from goodpractice.config.site_folders import SEARCH_FOLDER
from goodpractice.diagnostics.reports import format_diagnostic
from goodpractice.diagnostics.rules import BROKEN_MACRO, Diagnostic
from goodpractice.engine.options import Options
from goodpractice.engine.pipeline import build
from goodpractice.engine.report import Report
from goodpractice.engine.serving import SearchKeeper, Session, explain_failure, follow, serve_site
from goodpractice.engine.store import Store
from tests.helpers.comparison import Comparison, read_sources
from tests.helpers.edits import PAGES, PHOTOS, STORIES, TABLES
from tests.helpers.projects import name_records
from tests.helpers.search_index import SearchIndex
from tests.helpers.sites import SmallSite, write_small_site
from tests.helpers.trees import read_tree

STORY = f"case_studies/{name_records()['case_study']}.md"
PAGE = f"case-studies/{name_records()['case_study']}/"
SECONDS = 120


@dataclass
class Served:
    """A project that is served by a process of its own, and what that says on the terminal."""

    project: Path
    url: str
    lines: queue.SimpleQueue[str]

    def read(self, path: str) -> str:
        with urllib.request.urlopen(self.url + path, timeout=SECONDS) as result:
            return str(result.read().decode())

    def wait_for(self, words: str) -> str:
        """The next line on the terminal that holds these words.

        Raises:
            AssertionError: It ended or kept silent; a test that waits for ever would stop all others.
        """
        try:
            while line := self.lines.get(timeout=SECONDS):
                if words in line:
                    return line
        except queue.Empty:
            raise AssertionError(f"the server kept silent, and never said: {words}") from None
        raise AssertionError(f"the server ended without saying: {words}")


@contextmanager
def serving(project: Path, command: Sequence[str], *said: str) -> Iterator[Served]:
    """A project that is served until the block ends.

    Args:
        project: Its folder.
        command: What serves it.
        said: Words of lines that it says before it tells where.
    """
    process = subprocess.Popen(command, cwd=project, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    found = Served(project, "", queue.SimpleQueue())
    reader = threading.Thread(target=_read_lines, args=(process, found.lines), daemon=True)
    reader.start()
    try:
        for words in said:
            found.wait_for(words)
        found.url = next(word for word in found.wait_for("Serving").split() if word.startswith("http://"))
        yield found
    finally:
        process.kill()
        reader.join()
        process.wait()


def _read_lines(process: subprocess.Popen[str], lines: queue.SimpleQueue[str]) -> None:
    """Take what a process says until it ends, which is told by an empty line without an end."""
    assert process.stderr is not None
    with process.stderr:
        for line in process.stderr:
            lines.put(line)
    lines.put("")


SERVE = (sys.executable, "-m", "goodpractice", "serve", "--address", "127.0.0.1:0")


@pytest.fixture
def served(project_root: Path, tmp_path: Path) -> Iterator[Served]:
    project = tmp_path / "project"
    left_out = shutil.ignore_patterns(".git", ".venv", ".cache", "site", "tests", "benchmarks", "__pycache__")
    shutil.copytree(project_root, project, ignore=left_out)
    with serving(project, SERVE) as found:
        yield found


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
    with urllib.request.urlopen(f"{served.url}__goodpractice/events", timeout=SECONDS) as result:
        news = json.loads(result.readline().decode().removeprefix("data: "))
    assert [diagnostic["code"] for diagnostic in news["issues"]] == ["GP303"]

    story.write_text(good, encoding="utf-8")
    served.wait_for("Built")
    assert "One more sentence." not in served.read(PAGE)


def test_the_search_learns_of_an_edited_story(tmp_path: Path) -> None:
    site = write_small_site(tmp_path / "project", cases=10)
    session = Session(Options(site.root, tmp_path / "served", jobs=1))
    session.build()
    said: list[str] = []
    keeper = SearchKeeper(session, said.append)
    keeper.renew()
    assert said == []
    with (site.root / "case_studies/case-05.md").open("a", encoding="utf-8") as story:
        story.write("\nA word about kingfishers.\n")
    assert "scan" not in session.build(["case_studies/case-05.md"]).seconds, "only the page is made anew"
    keeper.renew()
    assert len(said) == 1
    index = SearchIndex(lambda name: (tmp_path / "served" / SEARCH_FOLDER / name).read_bytes(), "en")
    assert index.lookup("kingfish") is not None
    keeper.renew()
    assert len(said) == 1


def test_one_story_after_the_other_is_edited_with_a_look_between(site: SmallSite, tmp_path: Path) -> None:
    session = Session(Options(site.root, tmp_path / "served", jobs=1))
    session.build()
    for name in ("case-05", "case-06", "case-08", "case-05"):
        site.cases[name]["body"] += "\nA word about kingfishers.\n"
        site.write_case(name)
        report = session.build([f"case_studies/{name}.md"])
        assert (report.diagnostics, "scan" in report.seconds) == ([], False), "only the page is made"
        report, is_news = session.look()
        assert (report.diagnostics, is_news) == ([], False)
    build(Options(site.root, tmp_path / "anew", use_cache=False, jobs=1))
    assert read_tree(tmp_path / "served") == read_tree(tmp_path / "anew")


@pytest.fixture
def comparison() -> Iterator[Comparison]:
    with closing(Comparison(cases=9)) as made:
        yield made


@pytest.mark.parametrize("seed", range(2))
def test_a_process_that_stays_gives_what_a_build_from_nothing_gives(
    comparison: Comparison, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr("goodpractice.engine.sources.SETTLED_NS", -(10**18))
    draw, served = random.Random(seed), tmp_path / "served"
    session = Session(Options(comparison.site.root, served, jobs=1, search=False))
    session.build()
    for _ in range(15):
        before = read_sources(comparison.site.root)
        for family in draw.choices((STORIES, TABLES, PAGES, PHOTOS), (6, 1, 1, 1), k=draw.choice((1, 1, 2))):
            family[draw.choice(sorted(family))](comparison.site, draw.choice)
        after = read_sources(comparison.site.root)
        session.build({path for path in before.keys() | after.keys() if before.get(path) != after.get(path)})
        report, __ = session.look()
        problems, tree = comparison.build_full()
        assert [(told.path, told.line, told.code, told.message) for told in report.diagnostics] == problems
        if problems:
            comparison.go_back()
            session.look()
            tree = comparison.build_full()[1]
        comparison.keep()
        assert read_tree(served) == tree


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
        load_settings(tmp_path).require()
    assert format_diagnostic(explain_failure(failed.value, ["docs/index.md"])).startswith(words)


def test_a_file_outside_of_the_site_is_not_served(served: Served) -> None:
    for path in ("..%2f..%2f..%2fmkdocs.yml", "%00", "very" * 500):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(served.url + path, timeout=SECONDS)
        assert refused.value.code == 404
        refused.value.close()


def edit_story(site: SmallSite) -> str:
    site.cases["case-03"]["body"] += "\nA word about kingfishers.\n"
    site.write_case("case-03")
    return "case-studies/case-03/"


@pytest.fixture
def site(tmp_path: Path) -> SmallSite:
    return write_small_site(tmp_path / "project", cases=10)


def break_nothing(state: Path) -> None:
    """Leave it whole."""


def fill_with_garbage(state: Path) -> None:
    state.write_bytes(b"garbage" * 1000)


def cut_to_a_third(state: Path) -> None:
    state.write_bytes(state.read_bytes()[: state.stat().st_size // 3])


def cut_to_two_pages(state: Path) -> None:
    state.write_bytes(state.read_bytes()[:8192])


def empty(state: Path) -> None:
    state.write_bytes(b"")


def put_another_there(state: Path) -> None:
    state.unlink()
    with closing(sqlite3.connect(state)) as connection:
        connection.execute("CREATE TABLE t (x)")


DAMAGE = [fill_with_garbage, cut_to_a_third, cut_to_two_pages, empty, put_another_there]
Damage = Callable[[Path], None]


@pytest.mark.parametrize("damage", [break_nothing, *DAMAGE])
def test_a_damaged_state_is_no_state_when_serving_begins(site: SmallSite, damage: Damage) -> None:
    folder = find_cache(site.root) / "served"
    Session(Options(site.root, folder, jobs=1)).build()
    damage(Options(site.root, folder).state_path)
    reports: list[Report] = []
    served = serve_site(
        site.root, "127.0.0.1", 0, lambda report, _: reports.append(report), print, lambda done, total: None
    )
    served.stop()
    assert ["no cache that can be used" in reports[0].full] == [damage is not break_nothing]


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_state_that_is_damaged_while_serving_is_made_anew(site: SmallSite, tmp_path: Path, damage: Damage) -> None:
    session = Session(Options(site.root, tmp_path / "served", jobs=1))
    session.build()
    with Store(session.options.state_path).updating() as writer:
        writer.write_meta({"included": '["aside.txt"]'})
    assert session.list_included() == ["aside.txt"]
    damage(session.options.state_path)
    assert session.list_included() == ["aside.txt"], "what pages are made from is followed as before"
    for number in range(3):
        page = edit_story(site)
        report = session.build(["case_studies/case-03.md"])
        assert bool(report.full) == (number == 0)
        assert page in report.urls
    html = (tmp_path / "served" / page / "index.html").read_text(encoding="utf-8")
    assert html.count("kingfishers") == 3


MISTAKE = Diagnostic("handbook/a.md", 1, 1, BROKEN_MACRO, "It leads nowhere.", "Mend it.")


class Edited:
    """Gives changes of files one after the other; nothing where somebody asks for what comes at once."""

    def __init__(self, *changes: str) -> None:
        self.changes = list(changes)

    def collect(self, timeout: float | None = None) -> set[str]:
        if timeout is not None and (not self.changes or not self.changes[0]):
            return set()
        while self.changes and not self.changes[0]:
            del self.changes[0]
        if not self.changes:
            raise EOFError
        return {self.changes.pop(0)}


class Builder:
    """Finds a mistake, fails, or builds, one after the other."""

    def __init__(self, *results: str) -> None:
        self.results = list(results)
        self.asked: list[set[str]] = []

    def build(self, paths: set[str]) -> Report:
        self.asked.append(set(paths))
        result = self.results.pop(0)
        if result == "failure":
            raise OSError("the build cache cannot be read: database is locked")
        report = Report()
        report.diagnostics = [MISTAKE] if result == "mistake" else []
        return report


def follow_all(builder: Any, edited: Any) -> tuple[SearchKeeper, list[int]]:
    keeper = SearchKeeper(builder, print)
    keeper._wanted.clear()
    told: list[int] = []
    with pytest.raises(EOFError):
        follow(builder, edited, keeper, lambda report, seconds: told.append(len(report.diagnostics)))
    return keeper, told


def test_after_a_build_that_failed_everything_is_looked_at() -> None:
    keeper, told = follow_all(Builder("failure", "failure"), Edited("a", "", "b"))
    assert told == [1, 1]
    assert keeper._wanted.is_set()


@pytest.mark.parametrize(
    ("results", "changes", "told"),
    [
        (["mistake", "built"], ["a", "b"], [0]),
        (["failure", "built"], ["a", "b"], [0]),
        (["mistake", "mistake", "built"], ["a", "b", "c"], [0]),
        (["mistake", "mistake"], ["a", "b"], [1]),
        (["mistake", "built"], ["a", "", "b"], [1, 0]),
        (["built", "built"], ["a", "b"], [0, 0]),
    ],
)
def test_a_mistake_of_half_of_the_files_is_not_told(results: list[str], changes: list[str], told: list[int]) -> None:
    builder = Builder(*results)
    assert follow_all(builder, Edited(*changes))[1] == told
    if len(told) == 1:
        assert builder.asked[-1] == set(changes), "what was not built is built with the rest"


@pytest.mark.parametrize(("limit", "number"), [("instances", 0), ("watches", 3)])
def test_where_file_events_are_used_up_files_are_looked_at(site: SmallSite, limit: str, number: int) -> None:
    none_left = f"echo {number} > /proc/sys/user/max_inotify_{limit}"
    if subprocess.run(["unshare", "-Ur", "sh", "-c", none_left], capture_output=True, check=False).returncode:
        pytest.skip("no name space of our own, in which nothing is reported")
    command = ["unshare", "-Ur", "sh", "-c", f'{none_left}; exec "$@"', "-", *SERVE]
    with serving(site.root, command, "This computer does not report changed files (it watches too many") as served:
        page = edit_story(site)
        served.wait_for("Built 1 of")
        assert "kingfishers" in served.read(page)


def test_a_taken_port_is_told_with_a_free_one(site: SmallSite) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [*SERVE[:-1], f"127.0.0.1:{port}", "-C", str(site.root)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=SECONDS)
    assert done.returncode == 1
    said = rf"The site cannot be served: another program uses port {port}\. Port (\d+) is free: "
    found = re.match(said + r"goodpractice serve --address 127\.0\.0\.1:\1, or make serve PORT=\1\n", done.stderr)
    assert found, done.stderr
    assert not (site.root / ".cache").exists(), "it looks before it builds"


@pytest.mark.parametrize(
    ("path", "before", "after", "page"),
    [
        (
            "case_studies/case-03.md",
            "## What happened\n",
            "## What happened\n\nKingfishers.\n",
            "case-studies/case-03/",
        ),
        ("handbook/chapter-1.md", "## In short\n", "## In short\n\nKingfishers.\n", "handbook/chapter-1/"),
        ("data/themes.yml", "Summary of theme 1.", "Kingfishers.", "themes/theme-1/"),
        ("partners.yml", "name: Partner 1\n", "name: Kingfishers\n", "partners/partner-1/"),
        ("overrides/main.html", "<footer>", "<footer>Kingfishers", "networks/"),
        ("macros.py", "VERSION = 1", "VERSION = 'Kingfishers'", "about/"),
    ],
)
def test_mkdocs_follows_edits_of_the_content_too(
    mkdocs_served: tuple[SmallSite, Served], path: str, before: str, after: str, page: str
) -> None:
    site, served = mkdocs_served
    file = site.root / path
    text = file.read_text(encoding="utf-8")
    assert before in text
    assert "Kingfishers" not in served.read(page)
    file.write_text(text.replace(before, after), encoding="utf-8")
    while "Kingfishers" not in served.read(page):
        served.wait_for("Documentation built")
    file.write_text(text, encoding="utf-8")
    while "Kingfishers" in served.read(page):
        served.wait_for("Documentation built")


@pytest.fixture(scope="module")
def mkdocs_served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SmallSite, Served]]:
    site = write_small_site(tmp_path_factory.mktemp("mkdocs") / "project", cases=10)
    with socket.create_server(("127.0.0.1", 0)) as chosen:
        port = chosen.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-m", "mkdocs", "serve", "-a", f"127.0.0.1:{port}"]
    with serving(site.root, command, "Watching paths") as served:
        yield site, served


def test_an_edit_that_the_search_finds_first_is_told(tmp_path: Path) -> None:
    site = write_small_site(tmp_path / "project", cases=10)
    session = Session(Options(site.root, tmp_path / "served", jobs=1))
    session.build()
    told: list[list[str]] = []
    keeper = SearchKeeper(session, lambda words: None, lambda report, seconds: told.append(report.urls))
    # Also an edit of a page that only the first build has made.
    page = edit_story(site)
    keeper.renew()
    assert told == [[page]]
    edit_story(site)
    assert session.build(["case_studies/case-03.md"]).urls == [page]
    keeper.renew()
    assert told == [[page]], "whoever built it has told it"
