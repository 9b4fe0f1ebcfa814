"""The page about the design shows every component."""

from __future__ import annotations

from pathlib import Path

import goodpractice

REPOSITORY = Path(__file__).parents[3]
COMPONENTS = Path(goodpractice.__file__).parent / "components"


def test_every_component_is_on_the_page() -> None:
    page = (REPOSITORY / "docs/design/index.md").read_text(encoding="utf-8")
    names = {folder.name for folder in COMPONENTS.iterdir() if folder.is_dir() and not folder.name.startswith("_")}
    assert {name for name in names if f"gp-{name}" not in page} == set()


def test_tokens_are_shown_by_kind() -> None:
    style = (COMPONENTS / "tokens/style.css").read_text(encoding="utf-8")
    tokens = (COMPONENTS / "_base/tokens.css").read_text(encoding="utf-8")
    for line in tokens.splitlines():
        name = line.strip().split(":")[0]
        if name.startswith(("--gp-icon-", "--gp-space-", "--gp-text")):
            assert f"--{name.removeprefix('--gp-')} {{" in style, name
