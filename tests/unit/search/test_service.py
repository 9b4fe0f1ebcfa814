"""The client, against the real program and against programs that misbehave."""

import json
import sys
from pathlib import Path

import pytest

from goodpractice.search.service import PagefindService, SearchIndexError, find_program
from tests.helpers.indexed import PAGE, make_files


def fake(folder: Path, body: str) -> Path:
    program = folder / "program"
    program.write_text(f"#!{sys.executable}\nimport base64, json, sys\n{body}\n", encoding="utf-8")
    program.chmod(0o755)
    return program


def add_many_pages(program: Path) -> None:
    with PagefindService(program) as service:
        for _ in range(10000):
            service.add_page("a/", PAGE)
        service.make_files()


def test_the_program_is_installed() -> None:
    assert find_program().is_file()


def test_an_index_is_made_and_names_its_records() -> None:
    files = make_files(["one", "two"])
    assert json.loads(files["pagefind-entry.json"])["languages"]["en"]["page_count"] == 2
    assert all(files.values())


def test_a_thousand_messages_do_not_block_each_other() -> None:
    files = make_files([f"title{number}" for number in range(1000)])
    assert sum(name.startswith("fragment/") for name in files) == 1000


def test_pieces_of_the_index_are_as_small_as_asked() -> None:
    titles = [" ".join(f"w{n}x{m}" for m in range(100)) for n in range(20)]
    few, many = (
        sum(name.startswith("index/") for name in make_files(titles, piece_size)) for piece_size in (2000, 500)
    )
    assert 1 < few < many


def test_a_program_that_ends_is_one_clear_sentence(tmp_path: Path) -> None:
    program = fake(tmp_path, "sys.exit(3)")
    with pytest.raises(SearchIndexError, match=r"^Pagefind ended before the index was made.*\.$"):
        add_many_pages(program)


def test_an_error_of_the_program_is_passed_on(tmp_path: Path) -> None:
    answer = '{"message_id": 1, "payload": {"type": "Error", "message": "no room"}}'
    program = fake(
        tmp_path,
        f"sys.stdout.write(base64.b64encode(b'''{answer}''').decode() + ','); sys.stdout.flush(); sys.stdin.read()",
    )
    with pytest.raises(SearchIndexError, match=r"^Pagefind says: no room$"), PagefindService(program) as service:
        service.make_files()


def test_an_answer_that_makes_no_sense(tmp_path: Path) -> None:
    program = fake(tmp_path, "sys.stdout.write('!!!,'); sys.stdout.flush(); sys.stdin.read()")
    with pytest.raises(SearchIndexError, match="cannot be read"), PagefindService(program) as service:
        service.make_files()


def test_a_program_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SearchIndexError, match=r"^Pagefind does not start"):
        PagefindService(tmp_path / "nothing")
