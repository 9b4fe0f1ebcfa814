"""Natural mistakes: each is told once, at its line, and following the hint ends the matter.

An entry of a file in `mistakes/` changes the good story in `mistakes/story.md`:

    name: what the person did
    change: [text in the story, other text]
    says: line, column, code and message of each problem, with its hint below; nothing for what is accepted
    mend: [text in the changed story, other text]; what somebody has who does what the hint says. Without it that is
          the good story again.
    was: how well the mistake was told before these rules, where that was tried: 0 lost or false, 1 misleading, 2 one
         more guess, 3 right
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.helpers.golden_cases import check_folder
from tests.helpers.projects import REPOSITORY, SMALL
from tests.helpers.yaml_files import read_yaml

MISTAKES = REPOSITORY / "tests/golden/mistakes"
STORY = (MISTAKES / "story.md").read_text(encoding="utf-8")


def list_shown(says: str) -> list[str]:
    """Lines that hints show whole."""
    hints = [line for line in says.split("\n") if line.startswith("  ")]
    quoted = [part for hint in hints for part in hint.split("`")[1::2]]
    return [plain(part) for part in quoted if re.search(r"\w: .", part) and "…" not in part]


def plain(line: str) -> str:
    return " ".join(line.split()).removeprefix("- ")


@dataclass(frozen=True)
class Mistake:
    file: str
    name: str
    change: list[str]
    was: int | None = None
    says: str = ""
    mend: tuple[str, str] | None = None

    @property
    def text(self) -> str:
        return replace(STORY, *self.change)

    @property
    def mended(self) -> str:
        return replace(self.text, *self.mend) if self.mend else (STORY if self.says else self.text)


def replace(text: str, old: str, new: str) -> str:
    assert old in text, f"{old!r} is not there"
    return text.replace(old, new, 1)


def read_mistakes() -> list[Mistake]:
    return [
        Mistake(file.stem, **entry)
        for file in sorted(MISTAKES.glob("*.yml"))
        for entry in read_yaml(file.read_text(encoding="utf-8"))
    ]


READ = read_mistakes()


@pytest.fixture(scope="module")
def tell(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """What is said of a story, without its path. All are checked at once: reading a project costs more than a story."""
    root = tmp_path_factory.mktemp("mistakes")
    for project in (SMALL, MISTAKES / "project"):
        shutil.copytree(project, root, dirs_exist_ok=True)
    texts = {STORY, *(mistake.text for mistake in READ), *(mistake.mended for mistake in READ)}
    paths = {text: f"case_studies/tea-{number}.md" for number, text in enumerate(sorted(texts))}
    for text, path in paths.items():
        (root / path).write_text(text, encoding="utf-8", newline="")
    said = dict.fromkeys(paths.values(), "")
    for found in check_folder(root)[1]:
        hint = str(found.hint).replace(Path(found.path).stem, "tea")
        said[found.path] += f"{found.line}:{found.column} {found.code} {found.message}\n  {hint}\n"
    return lambda text: said[paths[text]]


@pytest.mark.parametrize("file", sorted({mistake.file for mistake in READ}))
def test_a_mistake_is_told_and_following_the_hint_ends_it(file: str, tell: Callable[[str], str]) -> None:
    mistakes = [mistake for mistake in READ if mistake.file == file]
    assert {mistake.name: tell(mistake.text) for mistake in mistakes} == {m.name: m.says for m in mistakes}
    assert [mistake.name for mistake in mistakes if tell(mistake.mended)] == []
    for mistake in mistakes:
        lines = {plain(line) for line in mistake.mended.split("\n")}
        for hint in (line for line in mistake.says.split("\n") if line.startswith("  ")):
            assert not list_shown(hint) or lines & set(list_shown(hint)), (mistake.name, hint)


def test_the_good_story_has_no_problem(tell: Callable[[str], str]) -> None:
    assert tell(STORY) == ""


def test_mistakes_differ() -> None:
    assert len({mistake.name for mistake in READ}) == len(READ)
    assert len({mistake.text for mistake in READ}) == len(READ)
    assert len(READ) > 400
