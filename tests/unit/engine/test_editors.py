"""What editors wrote, read from the state, is what their files say."""

from __future__ import annotations

from pathlib import Path

import pytest

from goodpractice import content
from goodpractice.content import Project, load_project
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.diagnostics import rules
from goodpractice.engine import editors
from goodpractice.engine.editors import read_editors
from goodpractice.engine.refresh import serialise_tables
from goodpractice.engine.store import Store
from goodpractice.kinds import CASE_STUDY


def keep(kb: KnowledgeBase, folder: Path, but: str = "") -> Store:
    store = Store(folder / "state.sqlite")
    with store.rewriting() as writer:
        writer.write_tables({kind: text for kind, text in serialise_tables(kb).items() if kind != but})
    return store


@pytest.mark.parametrize("name", ["small", "full", "repository"])
def test_every_record_comes_back(name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    project: Project = request.getfixturevalue(name)
    kb = project.kb
    read = read_editors(project.root, kb.settings, keep(kb, tmp_path))
    for kind in kb.tables.keys() - {CASE_STUDY}:
        before, now = kb.table(kind).raw, read.table(kind).raw
        assert list(now.items()) == list(before.items()), kind
        assert [record.model_dump_json(exclude_defaults=True) for record in now.values()] == [
            record.model_dump_json(exclude_defaults=True) for record in before.values()
        ]


def test_what_no_state_holds_is_what_the_files_say(project_copy: Path, tmp_path: Path) -> None:
    (project_copy / "data/terms.yml").unlink(missing_ok=True)
    kb, found = load_project(project_copy, [])
    read = read_editors(project_copy, kb.settings, keep(kb, tmp_path))
    assert not found
    for name in ("documents", "origins", "unread", "absent", "languages", "language", "invalid_records", "ledgers"):
        assert getattr(read, name) == getattr(kb, name), name
    assert len(read.documents) == len(kb.documents)


def test_no_file_is_read_for_a_record(small: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editors, "load_project", lambda *_, **__: pytest.fail("a file was read"))
    read = read_editors(small.root, small.kb.settings, keep(small.kb, tmp_path))
    assert [partner.name for partner in read.ordered_partners]
    assert "nobody" not in read.partners


def test_no_rule_of_a_file_of_editors_lets_build() -> None:
    # Their files are not read again: what was told of one and did not keep the site from being built would be lost.
    named = {name for name, code in vars(rules).items() if isinstance(code, str) and code in rules.LETS_BUILD}
    folder = Path(content.__file__).parent
    texts = {file.name: file.read_text(encoding="utf-8") for file in folder.glob("*.py") if file.name != "photos.py"}
    found = [(file, name) for file, text in texts.items() for name in named if f"rules.{name}" in text]
    assert (found, len(named)) == ([], len(rules.LETS_BUILD))


def test_a_table_that_the_state_lacks_is_an_error_and_never_empty(small: Project, tmp_path: Path) -> None:
    read = read_editors(small.root, small.kb.settings, keep(small.kb, tmp_path, but="partner"))
    with pytest.raises(OSError, match="cannot be read"):
        list(read.partners)
