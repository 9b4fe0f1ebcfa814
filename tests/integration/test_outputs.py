"""What the engine does for every output, shown with one that is added here."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from goodpractice.cli import main as command
from goodpractice.diagnostics.errors import BuildError
from goodpractice.kinds.papers import Paper
from goodpractice.kinds.registry import COLLECTIONS
from goodpractice.outputs import registry
from goodpractice.outputs.output import Made, Output, Target
from goodpractice.outputs.site import Site
from tests.helpers.building import build_site
from tests.helpers.sites import write_small_site


class Names(Output):
    """The name of each partner, in a file of its own."""

    name = "names"

    def __init__(self, *needs: str) -> None:
        self.needs = needs
        self.made: list[str] = []

    def list_targets(self, site: Site) -> Iterator[Target]:
        for partner in site.kb.ordered_partners:
            yield Target(f"names/{partner.id}.txt", partner.id)

    def make(self, site: Site, target: Target) -> Made:
        self.made.append(target.name)
        return Made(str(site.kb.partners[target.item].name).encode())


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Names:
    output = Names()
    outputs = (*registry.OUTPUTS, output)
    for module in ("goodpractice.outputs.registry", "goodpractice.engine.making"):
        monkeypatch.setattr(f"{module}.OUTPUTS", outputs)
    return output


def test_an_output_is_incremental_staged_and_guarded_without_a_line_of_its_own(tmp_path: Path, names: Names) -> None:
    site = write_small_site(tmp_path / "project", cases=8)

    def build() -> list[str]:
        names.made.clear()
        assert build_site(site.root, jobs=1, search=False).diagnostics == []
        return sorted(names.made)

    folder = site.root / "site/names"
    partners = site.entries("partners.yml", "partners")
    everything = sorted(f"names/{partner['id']}.txt" for partner in partners)
    assert build() == everything
    assert build() == [], "nothing changed"
    site.cases["case-03"]["body"] += "\nOne more.\n"
    site.write_case("case-03")
    assert build() == [], "nothing that it asked"
    partners[0]["name"] = "Renamed"
    site.write_table("partners.yml")
    assert build() == [f"names/{partners[0]['id']}.txt"]
    assert (folder / f"{partners[0]['id']}.txt").read_text(encoding="utf-8") == "Renamed"
    (folder / f"{partners[1]['id']}.txt").write_text("Damaged")
    (folder / "stray.txt").write_text("Nobody's")
    assert build() == [f"names/{partners[1]['id']}.txt"]
    assert sorted(f"names/{file.name}" for file in folder.iterdir()) == everything
    (site.root / "case_studies/case-03.md").write_text("no facts", encoding="utf-8")
    partners[0]["name"] = "Again"
    site.write_table("partners.yml")
    names.made.clear()
    assert build_site(site.root, jobs=1, search=False).diagnostics
    assert names.made == [], "nothing is made while there are problems"
    assert (folder / f"{partners[0]['id']}.txt").read_text(encoding="utf-8") == "Renamed"


def test_an_output_that_needs_what_is_not_there_is_left_out_and_told(
    tmp_path: Path, names: Names, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write_small_site(tmp_path / "project", cases=8).root
    names.needs = ("a_module_that_nobody_has",)
    with pytest.raises(SystemExit) as ended:
        command(["build", "--jobs", "1", "--no-search", "--json", "-C", str(root)])
    assert ended.value.code == 0
    said, told = capsys.readouterr()
    assert json.loads(said)["left_out"] == {"names": ["a_module_that_nobody_has"]}
    assert "Left out: names. It needs what is not installed here: a_module_that_nobody_has." in told
    assert not (root / "site/names").exists()


def test_two_outputs_that_give_one_file_are_told(tmp_path: Path, names: Names, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write_small_site(tmp_path / "project", cases=8).root
    monkeypatch.setattr(Names, "list_targets", lambda output, site: [Target("sitemap.xml")])
    with pytest.raises(BuildError, match=r"the outputs sitemap and names both give the file sitemap\.xml"):
        build_site(root, jobs=1, search=False)
    assert not (root / "site").exists()


class Booklets(Output):
    """The summary of each theme in capitals, of which the page of the theme and every other page may tell."""

    name = "booklets"
    is_told = True
    is_slow = True

    def __init__(self) -> None:
        self.made: list[str] = []

    def list_targets(self, site: Site) -> Iterator[Target]:
        for theme in site.kb.table("theme"):
            yield Target(f"themes/{theme}/{theme}.pdf", theme)

    def draft(self, site: Site, target: Target) -> str:
        # The question is read and shows nowhere.
        theme = site.kb.themes[target.item]
        return str(theme.summary) if theme.question else ""

    def make(self, site: Site, target: Target) -> Made:
        self.made.append(target.name)
        return Made(str(site.kb.themes[target.item].summary).upper().encode() * 100, pages=2)


@pytest.fixture
def booklets(monkeypatch: pytest.MonkeyPatch) -> Booklets:
    output = Booklets()
    outputs = (*(one for one in registry.OUTPUTS if not one.is_told), output)
    monkeypatch.setattr("goodpractice.engine.making.OUTPUTS", outputs)
    monkeypatch.setattr("goodpractice.engine.staging.TOLD", frozenset({output.name}))
    paper = Paper(format="pdf", title="This theme as PDF")
    declared = {**COLLECTIONS, "theme": replace(COLLECTIONS["theme"], papers=(paper,))}
    monkeypatch.setattr("goodpractice.pages.papers.COLLECTIONS", declared)
    return output


def test_a_file_of_which_a_page_tells_is_made_first_kept_while_its_draft_is_the_same_and_told(
    tmp_path: Path, booklets: Booklets, capsys: pytest.CaptureFixture[str]
) -> None:
    site = write_small_site(tmp_path / "project", cases=8)
    themes = site.entries("data/themes.yml", "themes")
    site.write("docs/take.md", '# Take\n\n<div><gp-papers of="theme/theme-1"></gp-papers></div>\n')

    def build(paper: bool) -> tuple[list[str], list[str], int]:
        booklets.made.clear()
        report = build_site(site.root, jobs=1, search=False, paper=paper)
        assert report.diagnostics == []
        return sorted(name.split("/")[1] for name in booklets.made), sorted(report.urls), report.waiting

    def told() -> str:
        text = (site.root / "site/take/index.html").read_text(encoding="utf-8")
        return (
            re.sub(r".*?<ul class=\"gp-papers.*?\((.*?)\).*", r"\1", text, flags=re.DOTALL)
            if "gp-papers" in text
            else ""
        )

    folder = site.root / "site/themes/theme-1"
    assert build(paper=False)[0::2] == ([], len(themes)), "what takes long waits"
    assert told() == ""
    everything = sorted(str(theme["id"]) for theme in themes)
    assert build(paper=True)[0::2] == (everything, 0), "although no source has changed"
    assert told() == "2 pages, 2 kB"
    assert build(paper=True) == ([], [], 0), "nothing changed"
    assert build(paper=False) == ([], [], 0)
    # What is read and shows nowhere: the file stays, in a build of either sort.
    themes[0]["question"] = "Another question?"
    site.write_table("data/themes.yml")
    assert build(paper=False)[0::2] == ([], 0)
    assert told() == "2 pages, 2 kB"
    before = (folder / "theme-1.pdf").read_bytes()
    themes[0]["summary"] = "Longer. " * 10
    site.write_table("data/themes.yml")
    assert build(paper=False)[0::2] == ([], 1), "a file that is older than its page is not kept"
    assert told() == ""
    assert not (folder / "theme-1.pdf").exists()
    assert build(paper=True)[0::2] == (["theme-1"], 0)
    assert told() == "2 pages, 8 kB"
    assert (folder / "theme-1.pdf").read_bytes() != before
    (folder / "theme-1.pdf").write_text("Damaged")
    assert build(paper=True)[0::2] == (["theme-1"], 0)
    (folder / "theme-1.pdf").write_text("Damaged")
    assert build(paper=False)[0::2] == ([], 1)
    assert told() == ""


def test_without_what_slow_files_need_those_that_are_right_stay(
    tmp_path: Path, booklets: Booklets, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    site = write_small_site(tmp_path / "project", cases=8)
    build_site(site.root, jobs=1, search=False, paper=True)
    monkeypatch.setattr(booklets, "list_missing", lambda: iter(["Pango"]))
    themes = site.entries("data/themes.yml", "themes")
    themes[0]["summary"] = "Another."
    site.write_table("data/themes.yml")
    with pytest.raises(SystemExit) as ended:
        command(["build", "--jobs", "1", "--no-search", "--paper", "-C", str(site.root)])
    assert ended.value.code == 0
    told = capsys.readouterr().err
    assert "Left out: booklets. It needs what is not installed here: Pango." in told
    assert "1 PDF or e-book is not in the site, because it is older than its page or not made yet: `make" in told
    assert not (site.root / "site/themes/theme-1/theme-1.pdf").exists()
    assert (site.root / "site/themes/theme-2/theme-2.pdf").exists()
    # Once it is there, the same command makes what is missing, although no source has changed.
    monkeypatch.setattr(booklets, "list_missing", lambda: iter(()))
    booklets.made.clear()
    assert build_site(site.root, jobs=1, search=False, paper=True).left_out == {}
    assert booklets.made == ["themes/theme-1/theme-1.pdf"]
