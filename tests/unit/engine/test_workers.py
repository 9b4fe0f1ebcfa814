from __future__ import annotations

from collections import Counter

import pytest
from sites import write_small_site

from goodpractice.content import load_project
from goodpractice.engine.full_build import list_case_paths
from goodpractice.engine.workers import Worker


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
