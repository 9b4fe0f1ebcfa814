"""What pages say of sheets and their parts, as blocks: for every kind whose records hold parts."""

from __future__ import annotations

from goodpractice.kinds.blocks import Widget
from goodpractice.kinds.parts import Part

#: The component that shows parts, and the custom element that keeps what is typed into them.
SHEET = "sheet"


def show_parts(id: str, parts: tuple[Part, ...], level: int = 2) -> Widget:
    """Parts as a form that can be filled in and printed, with the example beside each place.

    Args:
        id: The name of the sheet in files that people save.
        parts: The parts.
        level: The level of their headings.
    """
    return Widget(SHEET, {"id": id, "parts": parts, "level": level})
