"""The skeleton of a case study: what `goodpractice new` writes and GitHub's new-file page is filled with.

To readers it is called the form.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from urllib.parse import quote

from goodpractice.config.project_folders import CASE_STUDIES

#: A value or line that only explains what to write: it stands in square brackets from end to end.
PLACEHOLDER = re.compile(r"\[[^\]\n]+\]")

#: The name that GitHub's page suggests, and that somebody may have left as it is.
FILE_NAME = "give-it-a-short-name"

_TITLE = '"[What a reader gets, in one line]"'


def read_skeleton() -> str:
    """The skeleton as it is shipped."""
    return (files(__package__) / "skeleton.md").read_text(encoding="utf-8")


@cache
def list_explanations() -> tuple[str, ...]:
    """The texts in square brackets that explain what to write."""
    return tuple(dict.fromkeys(PLACEHOLDER.findall(re.sub(r"(?m)^#.*$", "", read_skeleton()).replace('["[', '"['))))


def holds_explanation(text: str) -> bool:
    """Whether a text still holds an explanation of the form, beside other words or alone."""
    return "[" in text and any(explanation in text for explanation in list_explanations())


def fill_skeleton(title: str) -> str:
    """The skeleton with a title; line breaks and control characters in it become spaces."""
    shown = " ".join("".join(c if c.isprintable() else " " for c in title).split())
    return read_skeleton().replace(_TITLE, json.dumps(shown, ensure_ascii=False), 1)


def new_file_query() -> str:
    """Path and query of GitHub's page for a new case study, filled in; add it to the repository's address."""
    return f"new/main/{CASE_STUDIES}?filename={FILE_NAME}.md&value={quote(read_skeleton(), safe='')}"
