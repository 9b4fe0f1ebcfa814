"""Texts for formats that know lines only."""

from __future__ import annotations

import re

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


def join_lines(text: str) -> str:
    """A text on one line, without control characters."""
    if not text.isprintable():
        text = _CONTROL.sub(" ", text)
    return " ".join(text.split())
