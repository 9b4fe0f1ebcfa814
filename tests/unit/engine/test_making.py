"""How the making of files is shared among processes."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest

from goodpractice.engine.making import Demand, Demands, Maker
from goodpractice.engine.pool import WorkShare
from goodpractice.engine.store import Store
from goodpractice.outputs.output import Target
from goodpractice.outputs.papers import PAPERS
from goodpractice.outputs.registry import OUTPUTS, PAGES

WORD, PDF = (next(output for output in PAPERS if output.name == f"papers as {name}") for name in ("docx", "pdf"))
TEXTS = next(output for output in OUTPUTS if output.name == "texts")
CHECKED = ("chapter", "b")


def share(number: int, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr(Maker, "_make", lambda self, demands, folder: demands)
    documents: dict[str, Any] = {"b": CHECKED}
    files = [
        Demand(output, Target(f"{name}/{file}", document=documents.get(name)))
        for output, file in ((PAGES, "index.html"), (TEXTS, "index.md"))
        for name in "abcd"
    ]
    site: Any = type("Site", (), {"tell": lambda self, told: None})()
    scan: Any = None
    maker = Maker(site, Demands(files), lambda number_of: {CHECKED: 1}, scan, Store(Path()))
    made: Any = maker.make_share(WorkShare(number, 2), Path(), False, {})
    return [demand.target.name for demand in made]


def test_what_lies_beside_a_page_is_made_after_it_by_the_process_that_has_read_its_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert share(0, monkeypatch) == ["a/index.html", "a/index.md", "d/index.html", "d/index.md"]
    assert share(1, monkeypatch) == ["b/index.html", "b/index.md", "c/index.html", "c/index.md"]


def test_outputs_get_ready_for_what_is_made_before_processes_are_forked(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[str] = []
    for output in (WORD, PDF):
        monkeypatch.setattr(output, "_format", output._format._replace(load=partial(loaded.append, output.name)))
    files = [Demand(WORD, Target("a.docx")), Demand(PDF, Target("a.pdf"), is_made=False)]
    scan: Any = None
    site: Any = None
    Maker(site, Demands(files), lambda number_of: {}, scan, Store(Path())).prepare()
    assert loaded == [WORD.name]
