"""What a text may hold that goes into a file to take along."""

from __future__ import annotations

import re

#: What XML 1.0 cannot hold, and marks that turn the direction of everything after them.
_UNWANTED = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069]")


def drop_unwanted(text: str) -> str:
    """A text without what would break a file or turn what follows it."""
    return _UNWANTED.sub("", text)


def clean(text: str) -> str:
    """The same in one line."""
    return " ".join(drop_unwanted(text).split())
