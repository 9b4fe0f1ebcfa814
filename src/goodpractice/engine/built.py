"""What a site was built from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from goodpractice.engine.state import CachedCase

if TYPE_CHECKING:
    from goodpractice.content import Project
    from goodpractice.content.knowledge_base import KnowledgeBase
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


def plan_site(root: Path, kb: KnowledgeBase, facts: Mapping[str, CachedCase]) -> Built:
    """Plan all pages of a loaded project, and let its `macros.py` see that project.

    Args:
        root: Folder of the project.
        kb: Its knowledge base, whole.
        facts: The cached row of each case study, by id.
    """
    from goodpractice.content import Project, share_project
    from goodpractice.pages import make_page_index, plan_pages

    project = Project(root.resolve(), kb, ())
    share_project(project)
    plan = plan_pages(kb)
    return Built(project, plan, make_page_index(plan), facts)
