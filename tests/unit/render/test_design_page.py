"""The page about the design shows every component."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import goodpractice
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.render.examples import PARTS, part

REPOSITORY = Path(__file__).parents[3]
COMPONENTS = Path(goodpractice.__file__).parent / "components"


def test_every_component_is_on_the_page_with_words() -> None:
    files = [REPOSITORY / f"docs/design/{name}.md" for name in ("parts", "tools")]
    page = "\n".join(file.read_text(encoding="utf-8") for file in files)
    names = {folder.name for folder in COMPONENTS.iterdir() if folder.is_dir() and not folder.name.startswith("_")}
    told = set(re.findall(r"gp-([\w-]+)", " ".join(re.findall("^###? .*", page, re.MULTILINE))))
    assert names - told == set()
    for told_of in re.split("^##+ ", page, flags=re.MULTILINE)[1:]:
        assert len(told_of.split("\n")) > 2, told_of


@pytest.mark.parametrize("name", PARTS)
def test_a_part_draws_its_component_without_any_record(name: str) -> None:
    html = part(KnowledgeBase(), name)  # type: ignore[arg-type]
    assert f'class="gp-{name}' in html
    assert "\n\n" not in html


def test_tokens_are_shown_by_kind() -> None:
    style = (COMPONENTS / "tokens/style.css").read_text(encoding="utf-8")
    tokens = (COMPONENTS / "_base/tokens.css").read_text(encoding="utf-8")
    for line in tokens.splitlines():
        name = line.strip().split(":")[0]
        if name.startswith(("--gp-icon-", "--gp-space-", "--gp-text")):
            assert f"--{name.removeprefix('--gp-')} {{" in style, name
