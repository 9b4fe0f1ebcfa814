from __future__ import annotations

import importlib
import os
import shutil
import sys
from pathlib import Path

import pytest

from goodpractice.i18n import messages as saying
from goodpractice.query import recording


@pytest.fixture(autouse=True)
def nothing_was_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording, "_opened", set())


def test_a_module_of_the_project_that_was_opened_is_imported_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path.resolve() / "prices_of_this_test.py"
    file.write_text("PRICE = 1\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(file.parent))
    module = importlib.import_module(file.stem)
    recording.forget_modules(str(file.parent))
    assert sys.modules[file.stem] is module
    recording.add_opened([str(file)])
    recording.forget_modules(str(file.parent))
    assert file.stem not in sys.modules


def test_the_generator_stays_though_its_files_were_read() -> None:
    # It may lie in the project, as here. Imported twice, its classes would no longer be the same.
    file = Path(saying.__file__).resolve()
    recording.add_opened([str(file)])
    recording.forget_modules(str(file.parents[2]))
    assert sys.modules["goodpractice.i18n.messages"] is saying


def test_folders_that_are_deleted_are_no_files_of_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Each is opened by its bare name, which may be that of a folder of the project.
    (tmp_path / "tools").mkdir()
    (tmp_path / "site/tools/more").mkdir(parents=True)
    (tmp_path / "prices.csv").write_text("1", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with recording.recording("\0"):
        shutil.rmtree(tmp_path / "site")
        Path("prices.csv").read_text(encoding="utf-8")
        os.close(os.open(tmp_path / "prices.csv", os.O_RDONLY))
    found = set(recording.list_opened(os.path.realpath(tmp_path)))
    assert found - {"site"} == {"prices.csv"}
