"""What a site was built from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goodpractice.engine.state import CachedCase

if TYPE_CHECKING:
    from goodpractice.content import Project
    from goodpractice.pages import Page, PageIndex


@dataclass(frozen=True)
class Built:
    """What a site was made from, for the next build in the same process.

    Attributes:
        project: The project, with the cached rows of all case studies.
        plan: All pages.
        page_index: Finds them.
        facts: The cached row of each case study, by id.
    """

    project: Project
    plan: Sequence[Page]
    page_index: PageIndex
    facts: Mapping[str, CachedCase]
