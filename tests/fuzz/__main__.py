"""`python -m tests.fuzz --minutes 60`: look for whatever costs more than the budget allows."""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from pathlib import Path

import click

from tests.fuzz.budget import Cost, go_through, measure, measure_machine
from tests.fuzz.readers import PROJECT, READERS, make_project


def try_seed(reader: str, seed: int, empty: float) -> Cost:
    """What the project of a seed costs."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "project"
        make_project(reader, seed, root)
        return measure(lambda: go_through(root), empty)


def measure_empty() -> float:
    """Megabytes that the small project takes."""
    return measure(lambda: go_through(PROJECT)).megabytes


def main() -> int:
    """Try seeds until the time is over; the exit code says whether all kept to the budget."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--seed", type=int, default=1, help="the first seed")
    parser.add_argument("--reader", choices=sorted(READERS), action="append", help="only this reader; may be repeated")
    parser.add_argument("--keep", type=Path, help="write the projects that went over the budget to this folder")
    wanted = parser.parse_args()
    readers = wanted.reader or list(READERS)
    empty, slowness = measure_empty(), measure_machine()
    click.echo(f"an empty project takes {empty:.0f} MB; this machine is {slowness:.1f} times as slow as the reference")
    worst: dict[str, list[float]] = {reader: [0, 0, 0, 0, 0] for reader in readers}
    failures = 0
    end, seed = time.monotonic() + 60 * wanted.minutes, wanted.seed
    while time.monotonic() < end:
        for reader in readers:
            cost = try_seed(reader, seed, empty)
            seen = worst[reader]
            figures = (cost.seconds, cost.megabytes, cost.output, cost.html)
            worst[reader] = [seen[0] + 1, *map(max, seen[1:], figures)]
            wrong = cost.judge(slowness)
            if wrong:
                failures += 1
                click.echo(f"{reader}, seed {seed}: {wrong}")
                if wanted.keep:
                    shutil.rmtree(wanted.keep / f"{reader}-{seed}", ignore_errors=True)
                    make_project(reader, seed, wanted.keep / f"{reader}-{seed}")
        seed += 1
    for reader, (number, seconds, megabytes, output, html) in worst.items():
        click.echo(
            f"{reader:12} {number:6.0f} projects, at most {seconds:.2f} s, {megabytes:.0f} MB, "
            f"{output:,.0f} bytes of output, {html:,.0f} characters of a page"
        )
    click.echo(f"{failures} over the budget; seeds {wanted.seed} to {seed - 1}")
    return 1 if failures else 0


if __name__ == "__main__":
    raise SystemExit(main())
