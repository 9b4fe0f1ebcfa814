"""What pages and papers say of sheets and their parts, as blocks: for every kind whose records hold parts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.kinds.blocks import Widget
from goodpractice.kinds.parts import Part

#: The component that shows parts, and the custom element that keeps what is typed into them.
SHEET = "sheet"
#: What the two sides of a form are called, the partner's first.
SIDE_NAMES = (N_("Community partner"), N_("Museum or science centre"))
#: Where parts are shown: on a page; or on paper, with room to write, or filled in with the words of the example.
Shown: TypeAlias = Literal["screen", "blank", "filled"]
#: The role of a section that begins a page on paper.
OWN_PAGE = "own-page"


def show_parts(
    id: str, parts: tuple[Part, ...], level: int = 2, shown: Shown = "screen", offers: Mapping[str, Any] | None = None
) -> Widget:
    """Parts as a form that can be filled in, with the example beside each place; or on paper, blank or filled in.

    Args:
        id: The name of the sheet in files that people save.
        parts: The parts.
        level: The level of their headings.
        shown: Where.
        offers: What fields offer on the screen, from `collect_offers`.
    """
    return Widget(SHEET, {"id": id, "parts": parts, "level": level, "shown": shown, "offers": offers or {}})
