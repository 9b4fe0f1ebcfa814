from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sites import write_small_site

from goodpractice.content import load_project
from goodpractice.engine.full_build import list_case_paths
from goodpractice.engine.workers import Pool, Worker


@pytest.fixture(scope="module")
def workers(tmp_path_factory: pytest.TempPathFactory) -> list[Worker]:
    root = write_small_site(tmp_path_factory.mktemp("workers"), cases=7).root
    chapter = root / "handbook/chapter-1.md"
    chapter.write_text(f"{chapter.read_text()}\n[nowhere](no-such-chapter.md)\n")
    paths = list_case_paths([f"case_studies/{file.name}" for file in (root / "case_studies").iterdir()])
    kb, _ = load_project(root, [])
    # The second reads the project itself, as it does where processes cannot be forked.
    return [Worker(root, paths[::2], 0, 2, kb), Worker(root, paths[1::2], 1, 2)]


def test_every_page_and_every_problem_falls_to_one_worker(workers: list[Worker]) -> None:
    one, other = workers
    facts = [worker.load()[0] for worker in workers]
    found = one.check(facts[1])[0] + other.check(facts[0])[0]
    assert [diagnostic.path for diagnostic in found] == ["handbook/chapter-1.md"]
    pages = Counter(page.url for worker in workers for page in worker.list_pages())
    assert pages == Counter(page.url for page in one.plan)
    kinds = [Counter(page.kind for page in worker.list_pages()) for worker in workers]
    assert all(abs(kinds[0][kind] - kinds[1][kind]) <= 1 for kind in ("case_study", "chapter", "doc"))


def test_a_process_with_other_threads_does_not_fork(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, thread: threading.Event
) -> None:
    root = write_small_site(tmp_path, cases=7).root
    kb, __ = load_project(root, [])
    monkeypatch.setattr("os.fork", lambda: pytest.fail("forked beside another thread"))
    pool = Pool(root, ["case_studies/case-01.md"], 1, kb)
    try:
        pool.send([("load",)])
        (loaded,) = pool.collect()
    finally:
        pool.close()
    assert loaded[1] == []


@pytest.fixture
def thread() -> Iterator[threading.Event]:
    done = threading.Event()
    waiting = threading.Thread(target=done.wait)
    waiting.start()
    yield done
    done.set()
    waiting.join()
