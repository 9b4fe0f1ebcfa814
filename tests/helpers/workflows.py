"""The workflows of this repository, read."""

from __future__ import annotations

from typing import Any

from tests.helpers.projects import REPOSITORY
from tests.helpers.yaml_files import read_yaml

FOLDER = REPOSITORY / ".github/workflows"
WORKFLOWS = {file.name: read_yaml(file.read_text(encoding="utf-8")) for file in sorted(FOLDER.glob("*.yml"))}
#: YAML 1.1 reads the key `on` as true.
ON: Any = True


def steps(workflow: dict[str, Any]) -> list[dict[str, Any]]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]
