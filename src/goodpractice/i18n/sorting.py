"""Names in the order in which readers look for them."""

from __future__ import annotations

import unicodedata


def strip_accents(text: str) -> str:
    """A text whose letters have lost their accents; letters of every script stay."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))


def sort_key(name: str) -> str:
    """Key for sorting names as readers expect: no case, no accents, no leading article."""
    return strip_accents(name).casefold().removeprefix("the ")
