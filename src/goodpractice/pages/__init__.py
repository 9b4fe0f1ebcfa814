"""Which pages exist, where they live, and what each depends on. Nothing here touches a disk."""

from goodpractice.pages.link_resolver import LinkResolver, Target, edit_url
from goodpractice.pages.plan import PAGE_SIZE, Page, PageIndex, Section, make_page_index, plan_pages

__all__ = [
    "PAGE_SIZE",
    "LinkResolver",
    "Page",
    "PageIndex",
    "Section",
    "Target",
    "edit_url",
    "make_page_index",
    "plan_pages",
]
