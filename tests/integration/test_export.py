"""`goodpractice export`: the files of the site in a folder of their own, and nothing else touched."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from goodpractice.cli import main as command
from goodpractice.outputs.exporting import LIST, collect_options, find_foreign, write_export
from tests.helpers.building import build_site
from tests.helpers.sites import SmallSite, write_small_site
from tests.helpers.trees import read_tree


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> SmallSite:
    return write_small_site(tmp_path_factory.mktemp("export") / "project", cases=8)


def export(site: SmallSite, folder: Path, *more: str) -> int:
    with pytest.raises(SystemExit) as ended:
        command(["export", str(folder), "-C", str(site.root), *more])
    return int(ended.value.code or 0)


def list_names(folder: Path) -> set[str]:
    return {name for name in read_tree(folder) if name != LIST}


def test_an_export_has_the_bytes_of_the_site_and_every_page_as_markdown(
    site: SmallSite, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build_site(site.root, jobs=1, search=False).diagnostics == []
    folder = tmp_path / "records"
    assert export(site, folder) == 0
    written, built = read_tree(folder), read_tree(site.root / "site")
    said, told = capsys.readouterr()
    assert set(said.split()) == list_names(folder)
    assert f"{len(list_names(folder))} files in " in told
    data = {name for name in built if name.startswith("data/") and not name.endswith(".html")}
    assert len(data) > 40
    assert {name: written[name] for name in (*data, "llms.txt")} == {name: built[name] for name in (*data, "llms.txt")}
    pages = {name for name in written if name.endswith("index.md")}
    assert {name.replace(".md", ".html") for name in pages} <= set(built)
    assert "case-studies/case-03/index.md" in pages
    assert set(written) == {*data, "llms.txt", *pages, LIST}
    # Again, with less: what is asked for no more goes.
    assert export(site, folder, "--format", "csv, bibtex") == 0
    assert {name.rpartition(".")[2] for name in list_names(folder)} == {"csv", "bib"}
    assert "Removed: llms.txt" in capsys.readouterr()[1]
    assert [path.name for path in folder.iterdir() if path.is_dir()] == ["data"]
    # Nothing at all is no format, and takes nothing away.
    before = read_tree(folder)
    assert export(site, folder, "--format", " ,") == 2
    assert "--format names no format. There are: csv, " in capsys.readouterr()[1]
    assert read_tree(folder) == before


def test_pages_as_markdown_follow_their_pages_where_a_community_asks_for_them(tmp_path: Path) -> None:
    site = write_small_site(tmp_path / "project", cases=8)
    config = site.root / "mkdocs.yml"
    config.write_text(config.read_text().replace("  goodpractice:\n", "  goodpractice:\n    markdown_pages: true\n"))
    assert build_site(site.root, jobs=1, search=False).diagnostics == []
    text = site.root / "site/case-studies/case-03/index.md"
    before = read_tree(site.root / "site")
    site.cases["case-03"]["body"] += "\nOne more.\n"
    site.write_case("case-03")
    assert build_site(site.root, jobs=1, search=False).full == ""
    assert "\n\nOne more.\n" in text.read_text(encoding="utf-8")
    now = read_tree(site.root / "site")
    # The list of files for offline copies says that they changed.
    changed = {name for name in now if now[name] != before.get(name) and not name.startswith("assets/offline/")}
    assert changed == {f"case-studies/case-03/index.{ending}" for ending in ("md", "html")}
    assert export(site, tmp_path / "records", "--format", "markdown") == 0
    texts = {name: data for name, data in now.items() if name.endswith(".md") or name == "llms.txt"}
    written = read_tree(tmp_path / "records")
    assert {name: written[name] for name in texts} == texts
    assert b"/case-studies/case-03/index.md)" in texts["llms.txt"]


def test_what_somebody_else_wrote_is_left_alone(
    site: SmallSite, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.txt").write_text("Mine.")
    assert export(site, tmp_path) == 1
    assert "holds mine.txt, which no export wrote" in capsys.readouterr()[1]
    assert list(read_tree(tmp_path)) == ["mine.txt"]
    assert export(site, tmp_path / "new", "--format", "xlsx") == 2
    known = capsys.readouterr()[1].partition("There is no format xlsx. There are: ")[2].strip().rstrip(".").split(", ")
    assert set(known) == set(collect_options())
    assert export(site, tmp_path / "new", "--help") == 0
    assert set(known) <= set(re.findall(r"\w+", capsys.readouterr()[0]))
    assert not (tmp_path / "new").exists()


def test_a_project_with_a_mistake_is_not_exported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = write_small_site(tmp_path / "project", cases=8)
    (site.root / "case_studies/case-03.md").write_text("no facts", encoding="utf-8")
    assert export(site, tmp_path / "new") == 1
    assert "case_studies/case-03.md:1" in capsys.readouterr()[0]
    assert not (tmp_path / "new").exists()


def test_an_export_that_is_cut_off_is_taken_up_by_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_export(tmp_path, {"old.csv": b"old", "data/a.csv": b"a"})
    before = read_tree(tmp_path)
    new = {"data/a.csv": b"A", "data/b.csv": b"B"}
    replace = Path.replace
    moved: list[Path] = []

    def cut(self: Path, target: Path) -> Path:
        moved.append(target)
        if len(moved) == after:
            raise KeyboardInterrupt
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", cut)
    for after in (1, 2, 3, 4):
        moved.clear()
        with pytest.raises(KeyboardInterrupt):
            write_export(tmp_path, new)
        assert find_foreign(tmp_path) == ""
        assert (after > 1) or read_tree(tmp_path) == before
    monkeypatch.undo()
    assert write_export(tmp_path, new) == []
    assert {name: data for name, data in read_tree(tmp_path).items() if name != LIST} == new


def test_only_files_in_the_folder_are_those_of_an_export(tmp_path: Path) -> None:
    folder, other = tmp_path / "records", tmp_path / "other"
    other.mkdir()
    (other / "mine.txt").write_text("Mine.")
    write_export(folder, {"data/a.csv": b"a"})
    (folder / LIST).write_bytes(f"data/a.csv\n../other/mine.txt\n{other}/mine.txt\n\xff\n".encode("latin-1"))
    assert write_export(folder, {}) == ["data/a.csv"]
    assert (other / "mine.txt").is_file()
    (folder / "data").symlink_to(other)
    assert find_foreign(folder) == "data"


def test_a_folder_that_cannot_be_written_is_not_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device", str(self))

    monkeypatch.setattr(Path, "write_bytes", refuse)
    with pytest.raises(OSError, match="No space"):
        write_export(tmp_path / "records", {"data/a.csv": b"a"})
    assert list(tmp_path.iterdir()) == []
