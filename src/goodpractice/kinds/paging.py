"""Lists that are divided into pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

#: Entries on one page of a list.
PAGE_SIZE = 50


def count_pages(entries: int, size: int = PAGE_SIZE) -> int:
    """How many pages a list of so many entries needs; an empty list has one."""
    return max(1, -(-entries // size))


def slice_page(entries: Sequence[T], number: int, size: int = PAGE_SIZE) -> Sequence[T]:
    """The part of a list that stands on one of its pages."""
    return entries[(number - 1) * size : number * size]


def page_url(url: str, number: int) -> str:
    """Address of a page of a list: the first page has the address of the list itself."""
    return url if number == 1 else f"{url}page/{number}/"
