"""Pages that lead through a task, carried out as they are written."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

_PLACE = (
    r"(?:At the end of `(?P<end>[^`]+)`(?:, a new file)?"
    r"|In `(?P<file>[^`]+)`, below the line that begins with `(?P<line>[^`]+)`)"
)
#: A step that adds lines to a file.
STEP = re.compile(rf"^(?:\d+\.|-) {_PLACE}, [^\n]*\n\n    ```\w+\n(?P<text>.*?)\n    ```$", re.MULTILINE | re.DOTALL)


def follow(root: Path, text: str) -> int:
    """Apply the steps of a text; how many there were."""
    steps = list(STEP.finditer(text))
    for step in steps:
        added = textwrap.dedent("\n".join(line[4:] for line in step["text"].split("\n"))) if step["end"] else ""
        file = root / (step["end"] or step["file"])
        assert file.exists() != ("a new file" in step[0]), step["end"]
        lines = file.read_text(encoding="utf-8").split("\n") if file.exists() else []
        if step["end"]:
            file.write_text("\n".join(lines).rstrip("\n") + "\n" + added + "\n", encoding="utf-8")
            continue
        found = [number for number, line in enumerate(lines) if line.startswith(step["line"])]
        assert len(found) == 1, f"{step['file']} has {len(found)} lines that begin with {step['line']!r}"
        lines[found[0] + 1 : found[0] + 1] = [line[4:] for line in step["text"].split("\n")]
        file.write_text("\n".join(lines), encoding="utf-8")
    return len(steps)
