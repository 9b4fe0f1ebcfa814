"""Which pages exist, where they live, and what each depends on. Nothing here touches a disk."""

from goodpractice.pages.link_resolver import LinkResolver, LinkTarget, edit_url
from goodpractice.pages.page import Page, PageIndex, make_page_index
from goodpractice.pages.plan import plan_pages

__all__ = [
    "LinkResolver",
    "LinkTarget",
    "Page",
    "PageIndex",
    "edit_url",
    "make_page_index",
    "plan_pages",
]
