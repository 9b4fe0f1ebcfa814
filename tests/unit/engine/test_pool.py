from __future__ import annotations

import os
import threading
import weakref
from collections.abc import Iterator

import pytest

from goodpractice.engine.pool import Pool, WorkerError, WorkShare


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may have threads, none of which holds a lock that the work needs."""
    monkeypatch.setattr("goodpractice.engine.pool.threading.active_count", lambda: 1)


def count(share: WorkShare, upto: int = 7) -> Iterator[tuple[int, int]]:
    for number in share.take(range(upto)):
        yield number, os.getpid()


def raise_error(share: WorkShare) -> Iterator[int]:
    yield 1
    raise ValueError("the third page")


def fail_to_write(share: WorkShare) -> Iterator[int]:
    raise OSError(28, "No space left on device", "site/index.html")
    yield 0


def die(share: WorkShare) -> Iterator[int]:
    os._exit(3)
    yield 0


WORK = {"count": count, "raise": raise_error, "write": fail_to_write, "die": die}


def test_the_shares_are_the_whole() -> None:
    items = list(range(11))
    shares = [WorkShare(number, 3).take(items) for number in range(3)]
    assert sorted(item for share in shares for item in share) == items
    assert max(map(len, shares)) - min(map(len, shares)) <= 1
    assert WorkShare().take(items) == items
    cut = [WorkShare(number, 3).cut(items) for number in range(3)]
    assert [item for stretch in cut for item in stretch] == list(items)
    assert {len(stretch) for stretch in cut} <= {len(items) // 3, len(items) // 3 + 1}
    assert WorkShare().cut(items) == items
    assert WorkShare().is_whole


@pytest.mark.parametrize("jobs", [1, 3])
@pytest.mark.usefixtures("alone")
def test_every_item_is_done_once_and_one_kind_of_work_after_the_other(jobs: int) -> None:
    with Pool(jobs, WORK) as pool:
        for upto in (7, 0, 4):
            pool.start("count", upto)
            found = list(pool.collect())
            assert sorted(number for number, __ in found) == list(range(upto))
            assert len({process for __, process in found}) == min(jobs, upto)
            assert jobs == 1 or os.getpid() not in {process for __, process in found}


@pytest.mark.usefixtures("alone")
def test_what_a_process_says_is_said_here() -> None:
    for work, error, words in (
        ("write", OSError, "No space left"),
        ("raise", WorkerError, "a worker process failed: .*the third page"),
        ("die", WorkerError, "broke down"),
    ):
        with Pool(2, WORK) as pool:
            pool.start(work)
            with pytest.raises(error, match=words):
                list(pool.collect())


def test_a_process_with_other_threads_does_not_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    done = threading.Event()
    waiting = threading.Thread(target=done.wait)
    waiting.start()
    monkeypatch.setattr("os.fork", lambda: pytest.fail("forked beside another thread"))
    try:
        with Pool(3, WORK) as pool:
            pool.start("count")
            assert sorted(pool.collect()) == [(number, os.getpid()) for number in range(7)]
    finally:
        done.set()
        waiting.join()


@pytest.mark.usefixtures("alone")
def test_processes_end_with_the_pool() -> None:
    with Pool(2, WORK) as pool:
        processes = list(pool._processes)
        assert len(processes) == 2
    assert not any(process.is_alive() for process in processes)


def leave_circles(share: WorkShare) -> Iterator[int]:
    """Give how many of the objects are left that hold themselves."""
    left = []
    for _ in range(3):
        circle = Circle()
        circle.held = circle
        left.append(weakref.ref(circle))
        del circle
        yield sum(reference() is not None for reference in left)


class Circle:
    held: Circle


@pytest.mark.usefixtures("alone")
def test_a_process_lets_go_of_what_a_batch_left_in_circles() -> None:
    with Pool(2, {"leave": leave_circles}) as pool:
        pool.start("leave")
        assert list(pool.collect()) == [1] * 6


@pytest.mark.usefixtures("alone")
def test_what_follows_has_the_memory_of_the_processes() -> None:
    with Pool(2, WORK) as pool:
        pool.start("count")
        processes = {process for __, process in pool.collect()}
        pool.close()
        assert len(processes) == 2
        for process in processes:
            with pytest.raises(ProcessLookupError):
                os.kill(process, 0)
        pool.close()
