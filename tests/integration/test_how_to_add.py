"""The page How to add, carried out: its steps are applied to a copy of the project, as they are written."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers.facts import rule
from tests.helpers.papers import needs_pango
from tests.helpers.steps import STEP, follow

#: The page names records of ours.
pytestmark = rule("the page on adding names our records")
ROOT = Path(__file__).resolve().parents[2]
#: As its readers see it: `raw` keeps a macro from running on the page itself.
PAGE = re.sub(r"{% (?:end)?raw %}", "", (ROOT / "docs/how-to-add.md").read_text(encoding="utf-8"))
#: What a reader sees at the end of each part: the page, and words on it.
SHOWN = {
    "A macro": ("about/index.html", "stories tell of Why work in partnership"),
    "A field": ("case-studies/stemtots/index.html", "By bus, with tickets from the museum"),
    "A field with a vocabulary": ("reference/fields/index.html", "When people met: ids of seasons."),
    "A kind of record": ("courses/first-steps/index.html", "Two evenings"),
    "An output": ("humans.txt", "\nTechniquest\n"),
    "A rule": ("reference/errors/index.html", "GP290: The title ends with an exclamation mark"),
}


def part(title: str) -> str:
    return PAGE.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def run(root: Path, command: str) -> str:
    environment = os.environ | {"PYTHONPATH": str(root / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-m", *command.split()], cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode in (0, 1), done.stderr
    return done.stdout + done.stderr


@pytest.mark.parametrize("title", SHOWN)
def test_the_steps_end_in_the_page_that_they_promise(copy_project: Callable[[], Path], title: str) -> None:
    root, text = copy_project(), part(title)
    shutil.copytree(ROOT / "src", root / "src", dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    assert follow(root, text) == text.count("```") // 2, "a block of code that no step applies"
    said = "".join(run(root, command) for command in re.findall(r"`(goodpractice (?:build|reference))`", text))
    page, words = SHOWN[title]
    assert f"site/{page}" in text
    assert (root / "site" / page).is_file(), said
    assert words in (root / "site" / page).read_text(encoding="utf-8")


def test_the_rule_of_the_page_finds_the_mistake(copy_project: Callable[[], Path]) -> None:
    root = copy_project()
    shutil.copytree(ROOT / "src", root / "src", dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    follow(root, part("A rule"))
    story = root / "case_studies/stemtots.md"
    story.write_text(
        re.sub(r"^title: .*", "title: A loud title!", story.read_text(encoding="utf-8"), flags=re.MULTILINE), "utf-8"
    )
    assert re.search(r"stemtots\.md:\d+:\d+.*GP290", run(root, "goodpractice check"))


def test_the_vocabulary_of_the_page_is_checked(copy_project: Callable[[], Path]) -> None:
    root = copy_project()
    shutil.copytree(ROOT / "src", root / "src", dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    follow(root, part("A field with a vocabulary"))
    story = root / "case_studies/stemtots.md"
    story.write_text(story.read_text(encoding="utf-8").replace("seasons: [winter]", "seasons: [wintr]"), "utf-8")
    found = run(root, "goodpractice check")
    assert re.search(r"stemtots\.md:\d+:\d+.*GP301 `wintr` is not one of the seasons we know", found)
    assert "Did you mean `winter`?" in found


def test_a_kind_takes_three_files_and_is_whole(copy_project: Callable[[], Path]) -> None:
    root, text = copy_project(), part("A kind of record")
    assert len({step["end"] or step["file"] for step in STEP.finditer(text)}) == 3
    shutil.copytree(ROOT / "src", root / "src", dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    follow(root, text)
    page = root / "docs/about.md"
    page.write_text(
        page.read_text(encoding="utf-8") + '\n{{ course("first-steps") }} {{ course("last-steps") }}\n', "utf-8"
    )
    courses = root / "data/courses.yml"
    courses.write_text(courses.read_text(encoding="utf-8").replace("[techniquest]", "[tecniquest]"), "utf-8")
    found = run(root, "goodpractice check")
    assert re.search(r"courses\.yml:\d+:\d+: GP301 .*`tecniquest`\n  hint: Did you mean `techniquest`", found), found
    assert re.search(r"about\.md:\d+:\d+: GP30\d .*`last-steps`", found), found
    courses.write_text(courses.read_text(encoding="utf-8").replace("tecniquest", "techniquest"), "utf-8")
    page.write_text(page.read_text(encoding="utf-8").replace(' {{ course("last-steps") }}', ""), "utf-8")
    run(root, "goodpractice build")
    assert 'href="../courses/first-steps/"' in (root / "site/about/index.html").read_text(encoding="utf-8")
    assert 'href="../courses/first-steps/"' in (root / "site/courses/index.html").read_text(encoding="utf-8")


def test_an_output_takes_one_file_and_is_kept_like_every_other(copy_project: Callable[[], Path]) -> None:
    root, text = copy_project(), part("An output")
    assert {step["end"] or step["file"] for step in STEP.finditer(text)} == {
        "src/goodpractice/outputs/humans.py",
        "src/goodpractice/outputs/registry.py",
    }
    shutil.copytree(ROOT / "src", root / "src", dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    follow(root, text)
    run(root, "goodpractice build --no-search")
    made, partners = root / "site/humans.txt", root / "partners.yml"
    before = made.read_text(encoding="utf-8")
    partners.write_text(partners.read_text(encoding="utf-8").replace("name: Techniquest\n", "name: Zebra\n"), "utf-8")
    run(root, "goodpractice build --no-search")
    # In its place by name, which is another now.
    assert sorted(made.read_text(encoding="utf-8").split()) == sorted(before.replace("Techniquest", "Zebra").split())
    made.write_text("damaged", "utf-8")
    assert "1 file" in run(root, "goodpractice build --no-search")
    assert "Zebra" in made.read_text(encoding="utf-8")


@needs_pango
def test_a_paper_takes_one_file_and_shows_the_page(copy_project: Callable[[], Path]) -> None:
    root, text = copy_project(), part("A paper of a kind")
    shutil.copytree(ROOT / "src", root / "src", dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    assert follow(root, text) == text.count("```") // 2
    code = (
        "from pathlib import Path; from tests.helpers.papers import make_paper, open_site;"
        "paper = make_paper(open_site(Path('.')), 'partners/techniquest/techniquest.pdf');"
        "print(paper.written.pages, paper.written.faults, paper.text)"
    )
    environment = os.environ | {"PYTHONPATH": f"{root / 'src'}{os.pathsep}{ROOT}"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    assert re.match(r"\d+ \(\) .*Techniquest", done.stdout, re.DOTALL), done.stdout + done.stderr
