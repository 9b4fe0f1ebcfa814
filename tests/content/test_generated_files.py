"""Generated files name what is there. (`make generated`, a part of `make check`, says whether they are fresh.)"""

from __future__ import annotations

import re
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]


def test_every_file_that_the_architecture_names_is_there() -> None:
    text = (REPOSITORY / "docs/architecture.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z_]+/[a-z_/]*(?:\.py)?)`", text))
    assert len(named) > 20
    roots = (REPOSITORY, REPOSITORY / "src/goodpractice")
    assert [name for name in sorted(named) if not any((root / name).exists() for root in roots)] == []
