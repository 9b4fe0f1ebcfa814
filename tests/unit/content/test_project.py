from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodpractice.config.project_folders import CASE_STUDIES
from goodpractice.content import load_project, open_project
from goodpractice.kinds.registry import DATA_FILES, HOME_OF_KIND, KINDS


def test_every_kind_has_a_home() -> None:
    kinds = {kind.id for lists in DATA_FILES.values() for kind in lists.values()}
    assert kinds | {kind.id for kind in KINDS.values() if kind.has_text} == set(HOME_OF_KIND)


def test_an_empty_folder_is_an_empty_knowledge_base(tmp_path: Path) -> None:
    kb, diagnostics = load_project(tmp_path)
    assert diagnostics == []
    assert len(kb.partners) == 0
    assert len(kb.case_studies) == 0


def test_everything_valid_comes_back_beside_the_issues(project_copy: Path) -> None:
    story = project_copy / CASE_STUDIES / "supper.md"
    story.write_text(story.read_text().replace("place: Uphill\n", ""))
    kb, diagnostics = load_project(project_copy)
    assert [diagnostic.code for diagnostic in diagnostics] == ["GP201"]
    assert set(kb.case_studies) == {"park"}
    assert len(kb.partners) == 3
    assert ("case_study", "supper") in kb.invalid_records
    assert ("case_study", "supper") in kb.documents


def test_two_entries_without_an_id_do_not_hide_each_other(project_copy: Path) -> None:
    (project_copy / "data/events.yml").write_text("events:\n  - name: A\n  - name: B\n")
    kb, _ = load_project(project_copy)
    assert [entry.values["name"] for (kind, _), entry in kb.invalid_records.items() if kind == "event"] == ["A", "B"]


def test_kinds_of_a_file_that_cannot_be_read_are_unknown_as_a_whole(project_copy: Path) -> None:
    (project_copy / "partners.yml").write_bytes(b"\xff")
    kb, _ = load_project(project_copy)
    assert kb.unread >= {"partner", "network"}
    assert kb.may_exist("partner", "anybody")
    assert not kb.may_exist("theme", "anything")


def test_documents_keep_their_place_and_facts(project_copy: Path) -> None:
    (project_copy / "docs/plain.md").write_text("# Plain\n")
    (project_copy / "docs/index.md").write_text("---\ntitle: Home\nsearch:\n  boost: 2\nhide: [toc]\n---\nText\n")
    kb, diagnostics = load_project(project_copy)
    assert diagnostics == []
    home = kb.documents["doc", "index.md"]
    assert (home.path, home.body, home.body_line) == ("docs/index.md", "Text\n", 7)
    assert home.meta == {"title": "Home", "search": {"boost": 2}, "hide": ["toc"]}
    assert kb.documents["doc", "plain.md"].body_line == 1


@pytest.mark.parametrize(("name", "better"), [("Café 1", "cafe-1"), ("a--b", "a-b"), ("_", "a-short-title")])
def test_a_better_file_name_is_offered(tmp_path: Path, name: str, better: str) -> None:
    (tmp_path / CASE_STUDIES).mkdir()
    (tmp_path / CASE_STUDIES / f"{name}.md").write_text("---\na: b\n---\n")
    _, diagnostics = load_project(tmp_path)
    assert f"Rename the file to `{better}.md`." in [
        diagnostic.hint for diagnostic in diagnostics if diagnostic.code == "GP206"
    ]


@given(st.dictionaries(st.sampled_from(sorted(DATA_FILES)), st.text(max_size=60), max_size=3))
def test_no_data_file_makes_loading_raise(tmp_path_factory: pytest.TempPathFactory, texts: dict[str, str]) -> None:
    root = tmp_path_factory.mktemp("project")
    (root / "data").mkdir()
    for path, text in texts.items():
        (root / path).write_text(text, encoding="utf-8", newline="")
    _, diagnostics = load_project(root)
    assert diagnostics == sorted(diagnostics)


def test_a_project_is_loaded_again_only_when_a_file_changed(project_copy: Path) -> None:
    first = open_project(project_copy)
    assert open_project(project_copy) is first
    story = project_copy / CASE_STUDIES / "supper.md"
    story.write_text(story.read_text() + "\nMore, so that the size differs.\n")
    second = open_project(project_copy)
    assert second is not first
    assert second.kb.documents["case_study", "supper"].body.endswith("differs.\n")
    (project_copy / CASE_STUDIES / "park.md").unlink()
    assert set(open_project(project_copy).kb.case_studies) == {"supper"}
