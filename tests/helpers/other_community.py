"""Another community's copy of this repository: its own content, the same program, the same tests.

`python -m tests.helpers.other_community tests/unit tests/content` runs tests in such a copy. What fails there knows
something of this community that it should derive, or read from `tests/content/facts.yml`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from goodpractice.content.knowledge_base import KnowledgeBase
from tests.helpers.projects import REPOSITORY, SMALL, copy_repository, load_folder

CONTENT = ("case_studies", "data", "handbook", "newsletters", "partners.yml", "posts")
_LINK = re.compile(r"((?:\.\./)+)(handbook|case_studies)/[\w.-]+\.md(?:#[\w-]*)?(?=\))")


def make_other_community(root: Path) -> Path:
    """Copy the repository with the content of the small project in the place of its own."""
    copy_repository(root)
    for name in CONTENT:
        shutil.rmtree(root / name) if (root / name).is_dir() else (root / name).unlink()
        if (SMALL / name).exists():
            copy = shutil.copytree if (SMALL / name).is_dir() else shutil.copyfile
            copy(SMALL / name, root / name)
    home = (SMALL / "docs/index.md").read_text(encoding="utf-8")
    home = home.replace("---\n", "---\ndescription: Where a community tells what it learned.\n", 1)
    (root / "docs/index.md").write_text(home, encoding="utf-8")
    theirs = load_folder(SMALL).kb
    ids = pair_ids(load_folder(REPOSITORY).kb, theirs)

    def name_first(found: re.Match[str]) -> str:
        known = theirs.tables.get(found[1], ())
        return f'{found[1]}("{next(iter(known), found[2])}"' if found[2] not in known else found[0]

    def name_others(call: re.Match[str]) -> str:
        return re.sub(r'(?<=")[a-z0-9-]+(?=")', lambda found: ids.get(found[0], found[0]), call[0])

    for page in (root / "docs").rglob("*.md"):
        text = page.read_text(encoding="utf-8")
        text = _LINK.sub(lambda found: f"{found[1]}{_FIRST[found[2]]}", text)
        text = re.sub(r'\b([a-z_]+)\("([a-z0-9-]+)"', name_first, text)
        text = re.sub(r"\{\{.*?\}\}", name_others, text, flags=re.DOTALL)
        page.write_text(text, encoding="utf-8")
    for name in ("coverage.yml", "facts.yml", "published_urls.txt"):
        (root / "tests/content" / name).unlink(missing_ok=True)
    for command in (["tools/generate.py"], ["-m", "tests.helpers.published_urls"]):
        subprocess.run([sys.executable, *command], cwd=root, env=_environment(root), check=True, capture_output=True)
    return root


_FIRST = {"handbook": "handbook/money.md", "case_studies": "case_studies/supper.md"}


def pair_ids(ours: KnowledgeBase, theirs: KnowledgeBase) -> dict[str, str]:
    """An id of theirs for every id of ours; one that names several kinds gets one that does, too."""
    kinds: dict[str, list[str]] = {}
    for table in ours.tables.values():
        for record_id in table:
            kinds.setdefault(record_id, []).append(table.kind)
    paired = {}
    for record_id, named in kinds.items():
        common = [other for other in theirs.table(named[0]) if all(other in theirs.table(kind) for kind in named)]
        if common and not any(record_id in theirs.table(kind) for kind in named):
            paired[record_id] = common[0]
    return paired


def _environment(root: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": f"{root / 'src'}{os.pathsep}{root}"}


def main() -> int:
    """Run pytest in a copy; the arguments are its own."""
    with tempfile.TemporaryDirectory() as folder:
        root = make_other_community(Path(folder) / "project")
        command = [sys.executable, "-m", "pytest", "-q", *sys.argv[1:]]
        return subprocess.run(command, cwd=root, env=_environment(root), check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
