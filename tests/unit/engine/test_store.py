from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from goodpractice.engine import store as stores
from goodpractice.engine.sources import FileState, Signature
from goodpractice.engine.state import NO_DIGEST, BuiltFile, CachedCase, Dependencies, State, renew_digest
from goodpractice.engine.store import Store, StoreWriter
from goodpractice.search.rows import Row

STAMP = Signature(3, 10**18, 10**18 + 1, 7)
CASE = CachedCase("one", '{"title": "One"}', "[]", "[]", "{}", "", 9)


def make_state() -> State:
    file_states = FileState(STAMP, "digest of the source", 5)
    file_of_site = FileState(STAMP, "digest of the page", 6)
    page = BuiltFile(
        "pages", "[]", "docs/index.md", b"12345678", "digest of the page", "digest of its draft", 3, file_of_site
    )
    return State({"setup": "x"}, {"docs/index.md": file_states}, lambda: {"index.html": page})


@pytest.fixture
def file(tmp_path: Path) -> Store:
    made = Store(tmp_path / "cache/state.sqlite")
    write(made, {"theme": '{"trust": {}}'}, {"key": "<nav>"}, {7: "read", -7: "too"})
    return made


def write(file: Store, tables: dict[str, str], fragments: dict[str, str], dependencies: Dependencies) -> None:
    state = make_state()
    with file.rewriting() as writer:
        writer.write_meta(state.meta)
        writer.write_files(state.files)
        writer.write_outputs(state.outputs.items())
        writer.write_cases([CASE])
        writer.write_tables(tables)
        writer.write_fragments(fragments)
        writer.write_dependencies(dependencies)


def test_everything_comes_back(file: Store) -> None:
    loaded = file.load()
    assert loaded.meta["setup"] == "x"
    assert loaded.files == make_state().files
    assert loaded.outputs == make_state().outputs
    assert file.load_cases() == {"one": CASE}
    assert file.load_tables() == {"theme": {"trust": {}}}
    assert file.find_fragment("key") == "<nav>"
    assert file.find_fragment("another") is None
    assert file.load_dependencies() == {7: "read", -7: "too"}


def test_single_rows_are_found(file: Store) -> None:
    page = make_state().outputs["index.html"]
    assert file.find_named("docs/index.md") == ("index.html", page)
    assert file.find_named("docs/other.md") is None
    assert file.list_sources() == ["docs/index.md"]
    assert file.list_plans(["absent.html", "index.html"]) == ["[]"]
    assert file.find_case("one") == CASE
    assert file.find_case("two") is None
    assert sorted(file.find_dependencies([7, -7, 8])) == ["read", "too"]


def test_links_and_photos_of_stories_are_found(file: Store) -> None:
    linked = CASE._replace(id="two", links='["three.md#begin"]', photos='{"a.jpg": []}')
    with file.updating() as writer:
        writer.write_cases([linked])
        writer.write_outputs([("a.css", make_state().outputs["index.html"]._replace(output="assets", source=""))])
    assert file.find_linking("three.md#") == ["two"]
    assert file.find_linking("three.md##") == []
    assert file.list_photos() == [("two", '{"a.jpg": []}')]
    assert file.find_named("") is None


def test_the_digest_follows_every_change() -> None:
    page = make_state().outputs["index.html"]
    files = {
        "a": page,
        "b": page._replace(file_states=page.file_states._replace(signature=STAMP._replace(number=99))),
        "c": page._replace(output="assets", file_states=page.file_states._replace(signature=STAMP._replace(number=8))),
    }

    def digest(files: dict[str, BuiltFile]) -> str:
        return renew_digest(NO_DIGEST, {}, files)

    whole = digest(files)
    assert whole == digest(dict(reversed(files.items())))
    assert whole != digest({"a": files["b"], "b": files["a"], "c": files["c"]})
    old = page._replace(file_states=page.file_states._replace(signature=STAMP._replace(size=9)))
    before = digest({**files, "a": old})
    assert before != whole
    assert renew_digest(before, {"a": old}, {"a": page}) == whole
    assert renew_digest(whole, {"c": files["c"]}, {}) == digest({"a": files["a"], "b": files["b"]})


def test_an_update_keeps_the_rest(file: Store) -> None:
    with file.updating() as writer:
        writer.write_outputs([("two/index.html", make_state().outputs["index.html"])])
        writer.remove(files=["docs/index.md"], cases=["one"])
    loaded = file.load()
    assert sorted(loaded.outputs) == ["index.html", "two/index.html"]
    assert loaded.files == {}
    assert file.load_cases() == {}


def test_no_state_before_the_first_build(tmp_path: Path) -> None:
    assert Store(tmp_path / "state.sqlite").load() == State()


@pytest.mark.parametrize("at", range(0, 100, 7))
def test_any_damage_makes_it_no_state(file: Store, at: int) -> None:
    data = bytearray(file.path.read_bytes())
    data[len(data) * at // 100] ^= 1
    file.path.write_bytes(data)
    assert file.load() == State()


def test_a_sum_that_was_worked_out_already_is_believed(file: Store) -> None:
    assert file.load(file.sum_up()) == file.load() != State()
    assert file.load("3 00000000") == State()


@pytest.fixture(params=["garbage", "a third", "two pages", "empty", "another database", "a value"])
def damaged(request: pytest.FixtureRequest, file: Store) -> Store:
    assert file.load_meta()["setup"] == "x"
    data = file.path.read_bytes()
    file.path.unlink()
    if request.param == "another database":
        with closing(sqlite3.connect(file.path)) as connection:
            connection.execute("CREATE TABLE t (x)")
    else:
        file.path.write_bytes(
            {
                "garbage": b"garbage" * 1000,
                "a third": data[: len(data) // 3],
                "two pages": data[:8192],
                "empty": b"",
                "a value": data.replace(b"digest of the page", b"digest of the pang"),
            }[request.param]
        )
    return file


def test_what_is_asked_between_builds_is_nothing_of_a_damaged_state(damaged: Store) -> None:
    assert (damaged.load_meta(), damaged.load()) == ({}, State())
    write(damaged, {}, {}, {})
    assert damaged.load_meta()["setup"] == "x", "the next build mends it"


def test_a_state_is_not_summed_up_again_while_its_stamp_stays(file: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert file.load_meta()
    monkeypatch.setattr(Store, "sum_up", pytest.fail)
    assert Store(file.path).load_meta()["setup"] == "x"
    Path(f"{file.path}.sum").unlink()
    assert file.load_meta() == {}, "a write that was interrupted"


def test_a_state_that_is_cut_off_is_no_state(file: Store) -> None:
    file.path.write_bytes(file.path.read_bytes()[:-100])
    assert file.load() == State()


def test_a_state_of_another_version_is_no_state(file: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores, "VERSION", stores.VERSION + 1)
    assert (file.load(), file.load_meta()) == (State(), {})


def test_a_state_without_its_seal_is_no_state(file: Store) -> None:
    Path(f"{file.path}.sum").unlink()
    assert file.load() == State()


def test_an_interrupted_write_makes_it_no_state(file: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(StoreWriter, "_insert", fail)
    with pytest.raises(OSError, match="full"), file.updating() as writer:
        writer.write_meta({})
    assert file.load() == State()


def test_a_journal_that_was_left_is_not_played_back(file: Store, tmp_path: Path) -> None:
    # A journal whose pages are those of an older file: as a kill in the middle of an update leaves it.
    old = tmp_path / "old.sqlite"
    connection = sqlite3.connect(old)
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("CREATE TABLE t (x)")
    connection.executemany("INSERT INTO t VALUES (?)", [("x" * 500,)] * 200)
    connection.commit()
    connection.execute("UPDATE t SET x = ?", ("y" * 500,))
    journal = Path(f"{old}-journal").read_bytes()
    connection.close()
    assert journal
    Path(f"{file.path}-journal").write_bytes(journal)
    write(file, {}, {}, {})
    assert file.load().outputs == make_state().outputs
    assert file.load_cases() == {"one": CASE}


def test_what_the_search_keeps_of_a_page_is_kept_until_it_is_gone(file: Store) -> None:
    one, other = (Row(code, "[]", b"text", b"", code.encode(), code) for code in ("", "cy"))
    with file.updating() as writer:
        writer.write_rows({"a/": one, "cy/a/": other}, (), {"": b"words"})
    assert file.load_row("cy/a/") == other
    assert file.load_digests() == {"a/": ("", ""), "cy/a/": ("cy", "cy")}
    assert (file.load_postings("cy"), file.load_facts("")) == ({"cy/a/": b"cy"}, {"a/": "[]"})
    assert (file.load_index(""), file.load_index("cy")) == (b"words", b"")
    with file.updating() as writer:
        writer.write_rows({}, ["a/"], {})
    with pytest.raises(OSError, match="cannot be read"):
        file.load_row("a/")


def test_what_cannot_be_read_is_not_nothing(file: Store) -> None:
    with file.updating() as writer:
        # More than SQLite keeps before it writes to the file, and locks it for that.
        writer.write_notes({str(number): "x" * 1000 for number in range(5000)})
        with pytest.raises(OSError, match="locked"):
            file.list_ends()
