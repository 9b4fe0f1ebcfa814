"""Where a page tells of its papers."""

from __future__ import annotations

from goodpractice.kinds.blocks import Widget


def offer_papers(kind: str, id: str) -> Widget:
    """Links to the papers of a record, with their sizes. What the site does not have is not shown.

    The links are filled in when the page is finished: until then nobody knows the sizes.

    Args:
        kind: Its kind; `index` for those of a whole collection.
        id: The record, or the kind whose collection it is.
    """
    return Widget("papers", {"kind": kind, "id": id})
