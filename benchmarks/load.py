"""Loading and checking all case studies on one core: seconds and memory, beside their goals."""

from __future__ import annotations

import argparse
import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.corpus import REPOSITORY, write_corpus
from benchmarks.measure import own_memory

#: For 10,000 case studies.
GOAL_SECONDS, GOAL_BYTES, GOAL_N = 8.0, 500_000_000, 10_000


def measure_here(root: Path) -> dict[str, float]:
    """Load and check a project in this process, on one core where the system lets us choose."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    from goodpractice.checks import check_project
    from goodpractice.content import open_project

    # As the commands do.
    gc.disable()
    started, used = time.perf_counter(), time.process_time()
    project = open_project(root)
    loaded = time.perf_counter()
    diagnostics = check_project(project)
    ended = time.perf_counter()
    return {
        "case_studies": len(project.kb.case_studies),
        "load": loaded - started,
        "check": ended - loaded,
        "cpu": time.process_time() - used,
        "memory": own_memory(),
        "issues": len(diagnostics),
    }


def measure_load(root: Path) -> dict[str, float]:
    """Load and check a project in a fresh process."""
    command = [sys.executable, "-m", "benchmarks.load", "--here", str(root)]
    answer = subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True, text=True)
    measured: dict[str, float] = json.loads(answer.stdout)
    return measured


def main() -> None:
    """Measure from the command line; exit code 1 when a goal is missed with the number of case studies it is for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("n", type=int, nargs="?", default=GOAL_N, help="synthetic case studies")
    parser.add_argument("--here", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.here:
        print(json.dumps(measure_here(options.here)))
        return
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "corpus"
        write_corpus(root, options.n)
        measured = measure_load(root)
    seconds = measured["load"] + measured["check"]
    print(f"{measured['case_studies']:.0f} case studies, one core: {seconds:.2f} s (goal {GOAL_SECONDS} s)")
    print(f"  load {measured['load']:.2f} s, check {measured['check']:.2f} s, processor {measured['cpu']:.2f} s")
    print(
        f"  memory {measured['memory'] / 1e6:.0f} MB (goal {GOAL_BYTES / 1e6:.0f} MB), "
        f"{measured['issues']:.0f} problems"
    )
    if options.n >= GOAL_N and (seconds > GOAL_SECONDS or measured["memory"] > GOAL_BYTES):
        sys.exit(1)


if __name__ == "__main__":
    main()
