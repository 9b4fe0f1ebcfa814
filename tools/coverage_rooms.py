"""Write the share of lines that the tests run, room by room, into docs/architecture.md.

Usage: coverage_rooms.py CHECK.json ALL.json, as `coverage json` writes them.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path

PAGE = Path(__file__).resolve().parents[1] / "docs/architecture.md"
_TABLE = re.compile(r"(?<=<!-- coverage -->\n).*?(?=<!-- /coverage -->)", re.DOTALL)


def count_rooms(report: Path) -> dict[str, float]:
    """Percent of the lines of each package that ran, and of all, under the empty name."""
    lines, covered = Counter[str](), Counter[str]()
    for name, file in json.loads(report.read_text(encoding="utf-8"))["files"].items():
        inside = name.rpartition("goodpractice/")[2]
        room = inside.partition("/")[0] if "/" in inside else "__init__.py"
        for key in (room, ""):
            lines[key] += file["summary"]["num_statements"]
            covered[key] += file["summary"]["covered_lines"]
    return {room: 100 * covered[room] / count for room, count in lines.items() if count}


def write_table(check: dict[str, float], everything: dict[str, float]) -> str:
    """The table in Markdown, the least covered first."""
    rooms = sorted(everything.keys() - {"", "__init__.py"}, key=lambda room: everything[room])
    rows = [f"| `{room}/` | {check.get(room, 0):.0f} % | {everything[room]:.0f} % |\n" for room in rooms]
    head = "\n| Room | `make check` | With whole builds |\n|---|---:|---:|\n"
    return f"{head}{''.join(rows)}| **All** | {check['']:.0f} % | {everything['']:.0f} % |\n\n"


def main(check: str, everything: str) -> None:
    """Write it into the page."""
    table = write_table(count_rooms(Path(check)), count_rooms(Path(everything)))
    PAGE.write_text(_TABLE.sub(lambda found: table, PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
