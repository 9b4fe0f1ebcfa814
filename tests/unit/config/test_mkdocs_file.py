"""Reading `mkdocs.yml`: what would never end is told at its line."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from goodpractice.config.mkdocs_file import read_config_file


@pytest.mark.parametrize("text", ["extra: &a {b: *a}", "nav: &a [index.md, *a]", "nav: &a\n  - b:\n      - *a"])
def test_a_setting_that_holds_itself_is_told_at_its_line(tmp_path: Path, text: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(f"site_name: A\n{text}\n", encoding="utf-8")
    with pytest.raises(yaml.MarkedYAMLError, match="holds itself") as told:
        read_config_file(tmp_path)
    assert told.value.problem_mark is not None
    assert told.value.problem_mark.line == 1


def test_an_anchor_may_be_named_in_many_places(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("extra: {a: &x [1], b: [*x, *x]}\n", encoding="utf-8")
    assert read_config_file(tmp_path).get("extra", "b") == [[1], [1]]
