from __future__ import annotations

import os
from pathlib import Path

import pytest

from goodpractice.engine import sources
from goodpractice.engine.sources import (
    FileState,
    Signature,
    digest_bytes,
    digest_setup,
    is_same,
    is_settled,
    list_files,
    read_later,
    scan_again,
    see_files,
)

NOW = 2_000_000_000 * 10**9


def diff(root: Path, known: dict[str, FileState], now: int = NOW) -> dict[str, FileState]:
    return see_files(root, dict(list_files(root, ["data"], ["one.yml"])), known, now)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "data/deep").mkdir(parents=True)
    (tmp_path / "one.yml").write_text("one")
    (tmp_path / "data/deep/two.yml").write_text("two")
    return tmp_path


def test_files_are_listed_with_their_paths(root: Path) -> None:
    assert sorted(diff(root, {})) == ["data/deep/two.yml", "one.yml"]
    assert diff(root, {})["one.yml"].digest == digest_bytes(b"one")


def test_a_folder_that_cannot_be_read_is_no_empty_folder(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str) -> None:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(PermissionError):
        diff(root, {})


def test_what_is_no_ordinary_file_is_never_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "data/deep/two.yml").unlink()
    (root / "data/deep/two.yml").symlink_to("/dev/zero")
    (root / "one.yml").unlink()
    (root / "one.yml").symlink_to("/dev/zero")
    monkeypatch.setattr(Path, "read_bytes", lambda file: pytest.fail("read"))
    later = see_files(root, dict(list_files(root, ["data"], ["one.yml"])), {}, NOW, later=True)
    assert {**diff(root, {}), **read_later(root, later)}.keys() == {"data/deep/two.yml", "one.yml"}


def test_a_file_with_an_old_stamp_is_not_read_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = diff(root, {})
    assert is_settled(known["one.yml"])
    monkeypatch.setattr(Path, "read_bytes", lambda file: pytest.fail("read"))
    assert diff(root, known)["one.yml"] is known["one.yml"]


def test_a_fresh_file_is_read_again_although_its_stamp_is_the_same(root: Path) -> None:
    # It changed within the resolution of the clock: nothing but its bytes tell.
    changed = (root / "one.yml").stat().st_ctime_ns
    known = diff(root, {}, changed + 10**6)
    assert not is_settled(known["one.yml"])
    other = {
        path: FileState(file_states.signature, "another digest", file_states.at) for path, file_states in known.items()
    }
    assert diff(root, other, changed + 10**9)["one.yml"].digest == digest_bytes(b"one")


def test_a_file_from_the_future_is_never_trusted(root: Path) -> None:
    os.utime(root / "one.yml", ns=(NOW + 10**12, NOW + 10**12))
    assert not is_settled(diff(root, {})["one.yml"])


@pytest.mark.parametrize("same_size", [True, False])
def test_an_edit_whose_time_was_put_back_is_seen(root: Path, same_size: bool) -> None:
    known = diff(root, {})
    status = (root / "one.yml").stat()
    (root / "one.yml").write_text("two" if same_size else "three")
    os.utime(root / "one.yml", ns=(status.st_atime_ns, status.st_mtime_ns))
    assert diff(root, known)["one.yml"].digest != known["one.yml"].digest


def test_another_file_in_its_place_is_seen(root: Path) -> None:
    known = diff(root, {})
    (root / "two.yml").write_text("two")
    status = (root / "one.yml").stat()
    os.utime(root / "two.yml", ns=(status.st_atime_ns, status.st_mtime_ns))
    (root / "two.yml").rename(root / "one.yml")
    assert diff(root, known)["one.yml"].digest == digest_bytes(b"two")


@pytest.mark.parametrize("part", Signature._fields)
def test_every_part_of_a_stamp_counts(root: Path, part: str) -> None:
    known = diff(root, {})["one.yml"]
    other = FileState(known.signature._replace(**{part: 1}), "another digest", known.at)
    assert diff(root, {"one.yml": other})["one.yml"].digest == known.digest


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "mkdocs.yml").write_text("site_name: !ENV [SITE_NAME, none]\nrepo_url: !ENV REPO_URL\n")
    return tmp_path


def test_the_setup_is_the_same_while_nothing_changes(project: Path) -> None:
    assert digest_setup(project, {}) == digest_setup(project, {})


@pytest.mark.parametrize("name", ["SITE_NAME", "REPO_URL"])
def test_the_setup_depends_on_the_variables_that_the_configuration_names(
    project: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    before = digest_setup(project, {})
    monkeypatch.setenv("ANOTHER", "x")
    assert digest_setup(project, {}) == before
    monkeypatch.setenv(name, "x")
    assert digest_setup(project, {}) != before


def test_the_setup_depends_on_python_libraries_and_this_package(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = digest_setup(project, {})
    monkeypatch.setattr(sources.sys, "version", "3.99")
    python = digest_setup(project, {})
    (project / "lib/comrak-9.9.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(project / "lib")
    library = digest_setup(project, {})
    monkeypatch.setattr("goodpractice.__version__", "9.9")
    assert len({before, python, library, digest_setup(project, {})}) == 4


def test_the_setup_depends_on_every_file_of_the_setup(project: Path) -> None:
    (project / "overrides").mkdir()
    (project / "overrides/main.html").write_text("one")

    def setup() -> str:
        found = list_files(project, sources.SETUP_FOLDERS, sources.SETUP_FILES)
        return digest_setup(project, see_files(project, dict(found), {}, NOW))

    digests = {setup()}
    for path in ("overrides/main.html", "overrides/partials/new.html", "mkdocs.yml", "macros.py"):
        file = project / path
        file.parent.mkdir(exist_ok=True)
        file.write_text("other")
        digests.add(setup())
    assert len(digests) == 5


def look_later(root: Path) -> dict[str, FileState]:
    return see_files(root, dict(list_files(root, ["data"], ["one.yml"])), {}, NOW, later=True)


def test_files_that_are_read_later_are_seen_as_at_once(root: Path) -> None:
    file_states = look_later(root)
    assert file_states["one.yml"].digest != digest_bytes(b"one")
    assert {**file_states, **read_later(root, file_states)} == diff(root, {})


def test_a_file_that_changes_before_it_is_read_is_never_the_same(root: Path) -> None:
    file_states = look_later(root)
    (root / "one.yml").write_text("new")
    (root / "data/deep/two.yml").unlink()
    read = read_later(root, file_states)
    assert {file.digest for file in read.values()} == {"unreadable"}


def test_a_file_that_may_change_without_its_stamp_is_read_at_once(root: Path) -> None:
    just_now = (root / "one.yml").stat().st_mtime_ns + 10**9
    file_states = see_files(root, dict(list_files(root, [], ["one.yml"])), {}, just_now, later=True)
    assert file_states["one.yml"].digest == digest_bytes(b"one")
    assert not read_later(root, file_states)


def test_a_single_file_may_be_a_link(root: Path) -> None:
    (root / "one.yml").rename(root / "there.yml")
    (root / "one.yml").symlink_to("there.yml")
    assert read_later(root, look_later(root))["one.yml"].digest == digest_bytes(b"one")


def look_at_templates(root: Path) -> dict[str, FileState]:
    return see_files(root, dict(list_files(root, ["overrides"], [])), {}, NOW)


def test_templates_are_read_through_links(root: Path) -> None:
    (root / "shared/deep").mkdir(parents=True)
    (root / "shared/deep/nav.html").write_text("nav")
    (root / "footer.html").write_text("footer")
    folder = root / "overrides/partials"
    folder.mkdir(parents=True)
    (folder / "footer.html").symlink_to("../../footer.html")
    (folder / "shared").symlink_to(root / "shared", target_is_directory=True)
    file_states = look_at_templates(root)
    assert {path: file.digest for path, file in file_states.items()} == {
        "overrides/partials/footer.html": digest_bytes(b"footer"),
        "overrides/partials/shared/deep/nav.html": digest_bytes(b"nav"),
    }
    (root / "footer.html").write_text("Footer")
    (root / "shared/deep/nav.html").write_text("Nav")
    assert not any(is_same(file_states[path], file) for path, file in look_at_templates(root).items())


def test_a_link_that_leads_back_or_nowhere_has_an_end(root: Path) -> None:
    folder = root / "overrides/partials"
    folder.mkdir(parents=True)
    (folder / "again").symlink_to("..", target_is_directory=True)
    (folder / "itself").symlink_to("itself")
    (folder / "lost.html").symlink_to("user@host.1:2")
    file_states = look_at_templates(root)
    assert sorted(file_states) == ["overrides/partials/itself", "overrides/partials/lost.html"]
    again = look_at_templates(root)
    assert all(is_same(file, again[path]) for path, file in file_states.items())
    assert scan_again(root, file_states) == {}


def test_what_cannot_be_read_is_never_the_same(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(file: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(file))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    file_states = diff(root, {})["one.yml"]
    assert not is_same(file_states, file_states)
    assert digest_setup(root, {"one.yml": file_states}) != digest_setup(root, {"one.yml": file_states})


@pytest.mark.parametrize("what", ["undone", "gone", "replaced"])
def test_a_file_that_moved_since_it_was_looked_at_is_never_the_same(root: Path, what: str) -> None:
    file_states = diff(root, {})
    assert scan_again(root, file_states) == {}
    file = root / "data/deep/two.yml"
    status = file.stat()
    if what == "gone":
        file.unlink()
    elif what == "replaced":
        (root / "other").write_text("two")
        (root / "other").replace(file)
    else:
        file.write_text("owt")
        file.write_text("two")
        os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns + 1))
    moved = scan_again(root, file_states)
    assert list(moved) == ["data/deep/two.yml"]
    assert not is_same(moved["data/deep/two.yml"], file_states["data/deep/two.yml"])


def test_a_name_that_is_no_text_has_a_digest_too(root: Path) -> None:
    (root / "overrides").mkdir()
    os.close(os.open(os.fsencode(root) + b"/overrides/b\xff.md", os.O_CREAT))
    assert digest_setup(root, look_at_templates(root)) != digest_setup(root, {})
