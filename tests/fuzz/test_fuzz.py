"""A minute of the fuzzer: the same projects every time."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

import pytest

from tests.fuzz.__main__ import measure_empty, try_seed
from tests.fuzz.budget import measure, measure_machine
from tests.fuzz.readers import READERS

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="a case runs in a forked process"),
]

#: Seeds of each reader: together about a minute of the processor.
SEEDS = {reader: 2 if reader == "many" else 30 for reader in READERS}


@pytest.fixture(scope="module")
def empty() -> float:
    return measure_empty()


@pytest.fixture(scope="module")
def slowness() -> float:
    return measure_machine()


@pytest.mark.parametrize("reader", READERS)
def test_nothing_costs_more_than_the_budget(reader: str, empty: float, slowness: float) -> None:
    wrong = {seed: try_seed(reader, seed, empty).judge(slowness) for seed in range(1000, 1000 + SEEDS[reader])}
    assert {seed: words for seed, words in wrong.items() if words} == {}


def _waste_memory() -> tuple[int, int]:
    return len(bytearray(400_000_000)), 0


def _die() -> tuple[int, int]:
    os.kill(os.getpid(), signal.SIGKILL)


def _fail() -> tuple[int, int]:
    raise ValueError("ours")


def test_the_judge_sees_what_goes_over_the_budget() -> None:
    # A forked child begins with the memory of this process, whatever other tests have left in it.
    began = measure(lambda: (0, 0)).megabytes

    def judge(work: Callable[[], tuple[int, int]]) -> str:
        return measure(work, began).judge(1)

    assert "MB; 300 are allowed" in judge(_waste_memory)
    assert "signal 9" in judge(_die)
    assert "ValueError: ours" in judge(_fail)
    assert "bytes of output" in judge(lambda: (6_000_000, 0))
    assert "characters of a page" in judge(lambda: (0, 2_000_000))
    assert judge(lambda: (0, 0)) == ""
