"""Which pages exist, where they live, and what each depends on. Nothing here touches a disk."""

from goodpractice.pages.addresses import Addresses, Target, edit_url
from goodpractice.pages.plan import PAGE_SIZE, Directory, Page, Section, make_directory, plan_pages

__all__ = [
    "PAGE_SIZE",
    "Addresses",
    "Directory",
    "Page",
    "Section",
    "Target",
    "edit_url",
    "make_directory",
    "plan_pages",
]
