"""The picture and the list of rooms in `docs/architecture.md`, made from the imports.

A room is a folder of the package. Its sentence is the first line of its docstring; its floor is
its place in the import contract of `pyproject.toml`.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections import Counter
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "goodpractice"
SOURCE = ROOT / "src" / PACKAGE
PAGE = "docs/architecture.md"
#: Everything between these lines of the page is written by this module.
BEGIN, END = "<!-- rooms -->", "<!-- /rooms -->"

#: An import of a room. As ruff sorts and formats them, each begins a line; to parse every module takes half a second.
IMPORT = re.compile(rf"^ *from {PACKAGE}\.(\w+)[\w.]* import ", re.MULTILINE)

#: Pixels of the drawing: of a floor, of a box, of everything.
FLOOR, BOX, WIDTH = 36, 104, 360


def list_rooms() -> list[str]:
    """The folders of the package, from the top floor down."""
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    layers = next(entry["layers"] for entry in contract["contracts"] if entry["id"] == "layers")
    names = [name.strip() for layer in layers for name in layer.split("|")]
    return [name for name in names if (SOURCE / name).is_dir()]


def describe_room(room: str) -> str:
    """What a room is for: the first line of its docstring."""
    tree = ast.parse((SOURCE / room / "__init__.py").read_text(encoding="utf-8"))
    return (ast.get_docstring(tree) or "").split("\n", 1)[0]


def count_imports(rooms: list[str]) -> Counter[tuple[str, str]]:
    """How many import statements of a room take something from another, by both."""
    found: Counter[tuple[str, str]] = Counter()
    for room in rooms:
        for file in sorted((SOURCE / room).rglob("*.py")):
            for other in IMPORT.findall(file.read_text(encoding="utf-8")):
                if other in rooms and other != room:
                    found[room, other] += 1
    return found


def draw(rooms: list[str], imports: Counter[tuple[str, str]]) -> str:
    """The rooms as boxes, one below the other, and an arc from each to every room that it imports."""
    height = len(rooms) * FLOOR
    middle = {room: number * FLOOR + FLOOR // 2 for number, room in enumerate(rooms)}
    lines = [
        f'<svg viewBox="0 0 {WIDTH} {height}" width="100%" role="img" aria-labelledby="rooms-title rooms-text" '
        'font-family="inherit" font-size="14" fill="currentColor">',
        '<title id="rooms-title">The rooms of the package and their imports</title>',
        f'<desc id="rooms-text">{len(rooms)} rooms, one below the other. Arcs lead from a room to those that it '
        "imports, all of them downwards. The table below says the same.</desc>",
    ]
    for (room, other), number in sorted(imports.items(), key=lambda entry: (entry[1], entry[0])):
        start, end = middle[room], middle[other]
        reach = BOX + 12 + (end - start) * (WIDTH - BOX - 24) / height
        lines.append(
            f'<path d="M{BOX} {start} C{reach:.0f} {start} {reach:.0f} {end} {BOX} {end}" fill="none" '
            f'stroke="currentColor" stroke-opacity="{min(0.8, 0.15 + number / 60):.2f}" '
            f'stroke-width="{min(4, 0.75 + number / 15):.2f}"/>'
        )
    for room in rooms:
        top = middle[room] - FLOOR // 2 + 4
        lines.append(
            f'<rect x="1" y="{top}" width="{BOX - 2}" height="{FLOOR - 8}" rx="4" fill="none" stroke="currentColor"/>'
        )
        lines.append(f'<text x="{BOX // 2}" y="{middle[room] + 5}" text-anchor="middle">{escape(room)}</text>')
    return "\n".join([*lines, "</svg>"])


def build_page() -> dict[str, str]:
    """The page with its picture and list as the code is now, by path.

    Raises:
        ValueError: The page lacks the lines between which they stand.
    """
    rooms = list_rooms()
    imports = count_imports(rooms)
    rows = [
        f"| `{room}/` | {describe_room(room)} | "
        + (", ".join(f"{other} ({imports[room, other]})" for other in rooms if imports[room, other]) or "no other room")
        + " |"
        for room in rooms
    ]
    table = "\n".join(["| Room | What it is for | What it imports, and how often |", "|---|---|---|", *rows])
    before, _, rest = (ROOT / PAGE).read_text(encoding="utf-8").partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        raise ValueError(f"{PAGE} needs the lines {BEGIN} and {END}")
    return {PAGE: f"{before}{BEGIN}\n\n{draw(rooms, imports)}\n\n{table}\n\n{END}{after}"}
