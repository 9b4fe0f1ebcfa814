"""Which pages exist, where they live, and what each depends on. Nothing here touches a disk."""

from goodpractice.pages.link_resolver import LinkResolver, Target, edit_url
from goodpractice.pages.page import Page, PageIndex, make_page_index
from goodpractice.pages.plan import plan_pages

__all__ = [
    "LinkResolver",
    "Page",
    "PageIndex",
    "Target",
    "edit_url",
    "make_page_index",
    "plan_pages",
]
