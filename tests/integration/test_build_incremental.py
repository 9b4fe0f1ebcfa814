"""An incremental build gives what a cold build gives, byte for byte, whatever happened before it.

The property test runs a few short histories by default; GOODPRACTICE_HISTORIES
sets how many histories of 50 edits it tries, drawn anew in every run.
"""

from __future__ import annotations

import datetime
import json
import os
import re
import sys
from array import array
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings, strategies
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from goodpractice.checks import situations
from goodpractice.config.clock import set_clock
from goodpractice.content.queries import OF_EDITORS
from goodpractice.diagnostics.rules import SITUATION_TWICE
from goodpractice.engine import refresh
from goodpractice.engine.options import Options
from goodpractice.engine.report import Report
from goodpractice.engine.store import Store
from goodpractice.engine.traces import TraceCheck
from goodpractice.kinds import CASE_STUDY
from goodpractice.render.shell import ShellRenderer
from tests.helpers.building import build_site
from tests.helpers.comparison import Comparison, build, choose
from tests.helpers.edits import FAMILIES, OUTPUT, PAGES, PHOTOS, SETUP, STATE, STORIES, TABLES, Edit
from tests.helpers.sites import SmallSite, write_small_site
from tests.helpers.trees import read_tree

HISTORIES = int(os.environ.get("GOODPRACTICE_HISTORIES", "0"))


@pytest.fixture(autouse=True)
def trust_fresh_stamps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two builds within two seconds would read every file again, and show nothing of what stamps tell."""
    monkeypatch.setattr("goodpractice.engine.sources.SETTLED_NS", -(10**18))


@pytest.fixture
def comparison() -> Iterator[Comparison]:
    made = Comparison()
    yield made
    made.close()


def has_plan(report: Report) -> bool:
    """Whether a build planned all pages."""
    assert report.refreshed is not None
    return "plan" in vars(report.refreshed.site)


def test_an_entry_of_the_menu_is_told_when_the_record_of_its_page_goes(comparison: Comparison) -> None:
    site, config = comparison.site, comparison.site.root / "mkdocs.yml"
    events = site.entries("data/events.yml", "events")
    entry = f"      - map.md\n      - events/{events[0]['id']}.md\n"
    config.write_text(config.read_text(encoding="utf-8").replace("      - map.md\n", entry), encoding="utf-8")
    assert comparison.compare() is not None
    events.pop(0)
    site.write_table("data/events.yml")
    assert [(path, code) for path, __, code, __ in build(site, "site")[1]] == [("mkdocs.yml", "GP313")]
    comparison.compare()


@pytest.mark.slow
@pytest.mark.parametrize("family", FAMILIES)
def test_every_edit_once(comparison: Comparison, family: str) -> None:
    for number, (name, change) in enumerate(FAMILIES[family].items()):
        before = comparison.cached
        change(comparison.site, choose(name))
        try:
            comparison.compare()
            if number % 2:
                # What is kept of the edit has to be there when it is taken back.
                comparison.cached = before
                comparison.go_back()
                comparison.compare()
        except AssertionError as error:
            raise AssertionError(f"after {name}: {error}") from error
    comparison.assert_nothing_to_do()


def test_consent_that_ends_while_nothing_changes(comparison: Comparison) -> None:
    site = comparison.site
    PHOTOS["add_photo"](site, lambda values: values[0])
    tomorrow = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1)
    ledger = site.root / "case_studies/case-05/consent.yml"
    ledger.write_text(f"{ledger.read_text(encoding='utf-8')}  expires_on: {tomorrow.date()}\n", encoding="utf-8")
    comparison.compare()
    comparison.assert_nothing_to_do()
    photos = [name for name in read_tree(site.root / "site") if name.startswith("assets/photos/")]
    assert photos

    with set_clock(tomorrow + datetime.timedelta(days=1)):
        comparison.compare()
        assert not set(photos) & set(read_tree(site.root / "site"))
        comparison.assert_nothing_to_do()


def test_a_body_edit_touches_one_page_and_a_title_every_page_that_shows_it(comparison: Comparison) -> None:
    site = comparison.site
    site.cases["case-05"]["body"] += "- And one more.\n"
    site.write_case("case-05")
    report = comparison.compare()
    assert report is not None
    assert report.urls == ["case-studies/case-05/"]
    # The page, its Markdown, and what tells a device that keeps the site: the head of the list of files, and a part.
    assert report.written == 4
    assert b"And one more." in read_tree(site.root / "site")["case-studies/case-05/index.md"]
    assert not has_plan(report), "the plan of all pages is not needed"
    old, before = site.cases["case-05"]["title"], read_tree(site.root / "site")
    shown = {name for name, data in before.items() if name.endswith(".html") and f">{old}<".encode() in data}
    site.cases["case-05"]["title"] = "Quite another title"
    site.write_case("case-05")
    report = comparison.compare()
    assert report is not None
    assert has_plan(report)
    assert shown <= {f"{url}index.html" for url in report.urls}
    assert 5 < report.rendered < 25


def test_an_edit_of_a_field_that_one_page_shows_renders_that_page_alone(comparison: Comparison) -> None:
    site = comparison.site
    for day in (None, "2026-03-30", "2026-03-31"):
        site.cases["case-05"] |= {"reviewed_on": day, "reviewed_by": "Ann Editor"} if day else {}
        site.write_case("case-05")
        report = comparison.compare()
        assert report is not None
    # The page of the data says how old the newest record is, and how large the files are.
    assert report.urls == ["case-studies/case-05/", "data/"]
    assert report.rendered == 2


def test_an_edit_of_a_text_is_checked_as_everything_is(comparison: Comparison) -> None:
    def append(case_id: str, text: str) -> Report:
        site = comparison.site
        site.cases[case_id]["body"] += f"\n{text}\n"
        site.write_case(case_id)
        report = comparison.compare()
        assert report is not None
        return report

    for mistake in ("![A room](case-05/room.jpg)", "See [this](nowhere.md).", "See [this](#nowhere).", "<b>Bold</b>"):
        report = append("case-05", mistake)
        assert report.diagnostics or report.notes, mistake
        assert not has_plan(report)
    # Where a story leads is known to the build after the one that read it.
    assert not append("case-09", "See [how it began](case-08.md#what-happened).").diagnostics
    site = comparison.site
    site.cases["case-08"]["body"] = site.cases["case-08"]["body"].replace("## What happened", "## What went on")
    report = append("case-08", "All of it.")
    assert [diagnostic.path for diagnostic in report.diagnostics] == ["case_studies/case-09.md"]


def test_a_heading_that_an_editor_links_to_is_missed(comparison: Comparison) -> None:
    site = comparison.site
    site.chapters["chapter-1"]["body"] += "\nAs [here](../case_studies/case-08.md#what-happened).\n"
    site.write_chapter("chapter-1")
    comparison.compare()
    for before, after in (("began", "went on"), ("## What happened", "## What went on")):
        site.cases["case-08"]["body"] = site.cases["case-08"]["body"].replace(before, after)
        site.write_case("case-08")
        report = comparison.compare()
        assert report is not None
    assert [diagnostic.path for diagnostic in report.diagnostics] == ["handbook/chapter-1.md"]


def test_phrases_of_a_story_are_compared_where_they_or_those_of_editors_changed(
    comparison: Comparison, monkeypatch: pytest.MonkeyPatch
) -> None:
    def compare() -> list[str]:
        report = comparison.compare()
        assert report is not None
        return [diagnostic.code for diagnostic in report.diagnostics]

    def change_phrases(*phrases: str) -> None:
        comparison.site.cases["case-05"]["situations"] = list(phrases)
        comparison.site.write_case("case-05")

    def change_chapter(phrase: str) -> None:
        chapter = comparison.site.chapters["chapter-1"]
        chapter["body"] = f"<!-- situations\n- {phrase}\n-->\n{chapter['body'].partition('-->')[2]}"
        comparison.site.write_chapter("chapter-1")

    def edit_text() -> None:
        comparison.site.cases["case-05"]["body"] += "- And one more.\n"
        comparison.site.write_case("case-05")

    comparison.site.chapters["chapter-1"]["body"] = f"-->\n{comparison.site.chapters['chapter-1']['body']}"
    change_chapter("nobody knows us")
    change_phrases("they never came back")
    assert compare() == []
    edit_text()
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(situations, "_list_editors_phrases", lambda kb: pytest.fail("read all texts of editors"))
        report, found = build(comparison.site, "site")
        assert report is not None
        assert (report.urls, found) == (["case-studies/case-05/"], [])
    change_phrases("they never came back", "Nobody knows us")
    assert compare() == [SITUATION_TWICE]
    change_chapter("They never came back")
    assert compare() == [SITUATION_TWICE]
    change_chapter("They never came back")
    edit_text()
    assert compare() == [SITUATION_TWICE]


def test_of_a_damaged_site_only_the_page_of_an_edited_story_is_no_matter(comparison: Comparison) -> None:
    site = comparison.site
    for damaged, is_local in (
        ("case-05/index.html", True),
        ("case-05/index.md", True),
        ("case-06/index.html", False),
        ("case-06/index.md", False),
    ):
        (site.root / f"site/case-studies/{damaged}").write_text("Something else.", encoding="utf-8")
        site.cases["case-05"]["body"] += "- And one more.\n"
        site.write_case("case-05")
        report = comparison.compare()
        assert report is not None
        assert has_plan(report) != is_local
        comparison.assert_nothing_to_do()


def test_ledgers_are_checked_in_several_processes_as_in_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("goodpractice.engine.options.PARALLEL_FROM", 2)
    monkeypatch.setattr("goodpractice.engine.pool.threading.active_count", lambda: 1)
    site = write_small_site(tmp_path / "project", cases=8)
    PHOTOS["add_photo"](site, lambda values: values[0])
    ledger = next((site.root / "case_studies").glob("*/consent.yml"))
    ledger.write_text(f"{ledger.read_text(encoding='utf-8')}other.jpg:\n  people: nobody\n", encoding="utf-8")
    found = [
        [
            (note.path, note.line, note.code)
            for note in build_site(site.root, site.root / f"site-{jobs}", jobs=jobs).notes
        ]
        for jobs in (1, 2)
    ]
    assert found[0]
    assert found[1] == found[0]


def test_a_page_named_in_the_navigation_renews_every_frame(comparison: Comparison) -> None:
    site = comparison.site
    config = (site.root / "mkdocs.yml").read_text(encoding="utf-8")
    site.write("mkdocs.yml", config.replace("- partners/\n", "- partners/\n      - partners/partner-1.md\n"))
    comparison.compare()
    assert read_tree(site.root / "site")["index.html"].count(b"partners/partner-1/") == 1
    site.entries("partners.yml", "partners")[0]["name"] = "Renamed"
    site.write_table("partners.yml")
    comparison.compare()
    assert b"Renamed" in read_tree(site.root / "site")["index.html"]


def test_no_answer_is_made_of_the_text_of_a_story(tmp_path: Path) -> None:
    """While nothing else differs, a build takes all answers for those of before: see `Difference.standing`."""
    project = write_small_site(tmp_path / "project", cases=8)
    report, __ = build(project, "site")
    assert report is not None
    assert report.refreshed is not None
    site, editors = report.refreshed.site, report.refreshed.site.kb
    texts = {key: document for key, document in editors.documents.items() if key[0] != CASE_STUDY}
    readings = Store(Options(project.root, project.root / "site").state_path).load_dependencies()
    answers = {number: text for number, text in readings.items() if text.startswith('["answer"')}
    assert {json.loads(text)[1][0] for text in answers.values()} > OF_EDITORS

    site.project = replace(site.project, kb=replace(editors, documents=texts, known_results={}))
    check = TraceCheck(site, answers, {})
    assert [text for number, text in answers.items() if not check.is_same(array("q", [number]).tobytes())] == []


class History(RuleBasedStateMachine):
    """Edits of all kinds in any order; after most of them, both builds are compared."""

    def __init__(self) -> None:
        super().__init__()
        self.comparison: Comparison | None = None
        self.held = 0

    @initialize()
    def start(self) -> None:
        self.comparison = Comparison()

    def teardown(self) -> None:
        if self.comparison is not None:
            self.comparison.close()

    def apply(self, family: dict[str, Edit], data: strategies.DataObject) -> None:
        assert self.comparison is not None
        name = data.draw(strategies.sampled_from(sorted(family)), label="edit")
        family[name](self.comparison.site, lambda values: data.draw(strategies.sampled_from(values), label="pick"))
        if self.held:
            self.held -= 1
        else:
            self.comparison.compare()

    @rule(data=strategies.data())
    def change_story(self, data: strategies.DataObject) -> None:
        self.apply(STORIES, data)

    @rule(data=strategies.data())
    def change_table(self, data: strategies.DataObject) -> None:
        self.apply(TABLES, data)

    @rule(data=strategies.data())
    def change_page(self, data: strategies.DataObject) -> None:
        self.apply(PAGES, data)

    @rule(data=strategies.data())
    def change_photos(self, data: strategies.DataObject) -> None:
        self.apply(PHOTOS, data)

    @rule(data=strategies.data())
    def change_setup(self, data: strategies.DataObject) -> None:
        self.apply(SETUP, data)

    def has_pages(self) -> bool:
        """Whether there is a site to damage: edits that meet in one build may have deleted it."""
        assert self.comparison is not None
        return any((self.comparison.site.root / "site").rglob("*.html"))

    @precondition(has_pages)
    @rule(data=strategies.data())
    def damage_site(self, data: strategies.DataObject) -> None:
        self.apply(OUTPUT, data)

    @rule(data=strategies.data())
    def damage_state(self, data: strategies.DataObject) -> None:
        self.apply(STATE, data)

    @precondition(lambda self: not self.held)
    @rule(edits=strategies.integers(1, 3))
    def hold(self, edits: int) -> None:
        """Let the next edits meet in one build."""
        self.held = edits

    @rule()
    def build_again(self) -> None:
        assert self.comparison is not None
        if not self.held:
            self.comparison.compare()
            self.comparison.assert_nothing_to_do()


@pytest.mark.slow
def test_any_history_of_edits() -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call] # hypothesis
        History,
        settings=settings(
            max_examples=HISTORIES or 4,
            stateful_step_count=50 if HISTORIES else 25,
            derandomize=not HISTORIES,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.parametrize("path", ["handbook/chapter-2.md", "partners.yml", "overrides/main.html"])
def test_an_edit_that_is_undone_during_a_build_leaves_no_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    site = write_small_site(tmp_path / "project", cases=8)
    file = site.root / path
    good = file.read_bytes()
    other = re.sub(rb"Words\.|Partner 1|<footer>", rb"\g<0> for a moment", good)
    assert other != good
    build(site, "site")
    site.cases["case-03"]["partners"] = [{"partner": "partner-1", "role": "Host"}]
    site.write_case("case-03")
    if path.startswith("overrides/"):
        site.write("macros.py", (site.root / "macros.py").read_text(encoding="utf-8") + "\n")

    owner, name = (ShellRenderer, "write_static") if path == "overrides/main.html" else (refresh, "load_project")
    original: Callable[..., Any] = getattr(owner, name)

    def edit_meanwhile(*arguments: Any, **options: Any) -> Any:
        file.write_bytes(other)
        try:
            return original(*arguments, **options)
        finally:
            file.write_bytes(good)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(owner, name, edit_meanwhile)
        build(site, "site")
    build(site, "site")
    build(site, "cold", use_cache=False)
    assert read_tree(site.root / "site") == read_tree(site.root / "cold")


_INCLUDED = """
markdown_extensions:
  - shouting
  - pymdownx.snippets:
      auto_append: [includes/words.md]
"""
_EXTENSION = """
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor


class Shout(Preprocessor):
    def run(self, lines):
        return [line.replace("Words.", "LOUD") for line in lines]


class Shouting(Extension):
    def extendMarkdown(self, md):
        md.preprocessors.register(Shout(md), "shout", 1)


def makeExtension(**config):
    return Shouting(**config)
"""


@pytest.fixture
def including(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallSite]:
    """A project whose pages are made from files that no build has heard of."""
    site = write_small_site(tmp_path / "project", cases=8)
    config = (site.root / "mkdocs.yml").read_text(encoding="utf-8")
    site.write("mkdocs.yml", config.replace("\nmarkdown_extensions:\n", _INCLUDED))
    site.write("includes/words.md", "*[time]: Hours\n")
    site.write("includes/box.md", "A box.\n")
    site.write("shouting.py", _EXTENSION)
    site.write("helpers/__init__.py", "")
    site.write("helpers/words.py", "WORD = 'first'\n")
    site.write("table.json", "first")
    macros = (site.root / "macros.py").read_text(encoding="utf-8")
    macros = macros.replace("def define_env", "from helpers.words import WORD\n\n\ndef define_env").replace(
        'f"version {VERSION},', "f\"{WORD} {Path(__file__).with_name('table.json').read_text()} {VERSION},"
    )
    site.write("macros.py", macros)
    site.chapters["chapter-1"]["body"] += '\n--8<-- "includes/box.md"\n'
    site.write_chapter("chapter-1")
    monkeypatch.chdir(site.root)
    monkeypatch.syspath_prepend(str(site.root))
    yield site
    for name in [name for name in sys.modules if name == "shouting" or name.partition(".")[0] == "helpers"]:
        del sys.modules[name]


def test_whatever_a_page_was_made_from_renews_it(including: SmallSite) -> None:
    site = including
    for path, old, new in (
        ("", "", ""),
        ("includes/words.md", "Hours", "Years"),
        ("includes/box.md", "A box", "Another box"),
        ("shouting.py", '"LOUD"', '"LOUDER"'),
        ("helpers/words.py", "first", "second"),
        ("table.json", "first", "second"),
    ):
        if path:
            text = (site.root / path).read_text(encoding="utf-8")
            assert old in text
            site.write(path, text.replace(old, new))
        report = build_site(site.root, site.root / "site", jobs=1, search=False)
        assert not report.diagnostics
        assert report.full, path
        build_site(site.root, site.root / "cold", jobs=1, use_cache=False, search=False)
        assert read_tree(site.root / "site") == read_tree(site.root / "cold"), path
        assert build_site(site.root, site.root / "site", jobs=1, search=False).rendered == 0, path
    pages = read_tree(site.root / "site")
    assert b'title="Years"' in pages["handbook/chapter-1/index.html"]
    assert b"Another box" in pages["handbook/chapter-1/index.html"]
    assert b"LOUDER" in pages["handbook/chapter-2/index.html"]
    assert b"second second 1," in pages["about/index.html"]
    site.write("README.md", "# Another\n")
    site.write("aside.json", "aside")
    assert build_site(site.root, site.root / "site", jobs=1, search=False).rendered == 0


@pytest.mark.parametrize(
    "name",
    [
        "Site #2",
        "what?",
        "my%20site",
        "100%",
        "line\nbreak",
        'it\'s "quoted"',
        "[a]{b}*",
        "ü – 社区",
        "$HOME ~",
        "a:b;c&d",
    ],
)
def test_a_project_may_lie_in_a_folder_of_any_name(tmp_path: Path, name: str) -> None:
    site = write_small_site(tmp_path / name / "project", cases=8)
    first = build_site(site.root, jobs=1)
    assert first.search is not None
    assert build_site(site.root, jobs=1).rendered == 0
    site.cases["case-02"]["body"] += "\nA word about kingfishers.\n"
    site.write_case("case-02")
    report = build_site(site.root, jobs=1)
    assert (report.full, report.rendered) == ("", 1)
    assert b"kingfishers" in (site.root / "site/case-studies/case-02/index.html").read_bytes()
    assert sorted(file.name for file in tmp_path.iterdir()) == [name]
