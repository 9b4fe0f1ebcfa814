"""What a community decided about its own content: `tests/content/facts.yml`, where there is one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
import yaml

from tests.helpers.projects import REPOSITORY

FILE = REPOSITORY / "tests/content/facts.yml"


def read_facts() -> Mapping[str, Any]:
    """The decisions by subject; empty without the file."""
    return yaml.safe_load(FILE.read_text(encoding="utf-8")) if FILE.is_file() else {}


FACTS = read_facts()
#: Why a fact stands in the way of an edit, and what to do.
ADVICE = "tests/content/facts.yml says so: cite what says otherwise, and change its line"


def fact(*path: str) -> Any:
    """A decision, or an empty list where none was taken."""
    found: Any = FACTS
    for name in path:
        found = found.get(name, {}) if isinstance(found, Mapping) else {}
    return found or []


def rule(name: str) -> pytest.MarkDecorator:
    """Marks a test of a rule that a community can set itself."""
    return pytest.mark.skipif(name not in fact("rules"), reason=f"{FILE.name} does not set the rule {name}")
