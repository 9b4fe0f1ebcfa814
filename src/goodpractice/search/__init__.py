"""The search: what is found, by which words, narrowed by what."""

from goodpractice.search.parts import Reuse
from goodpractice.search.records import Content, SearchRecord, list_listed_entries, make_record, order_pages
from goodpractice.search.service import SearchIndexError
from goodpractice.search.site import (
    SearchReport,
    index_records,
    index_site,
)

__all__ = [
    "Content",
    "Reuse",
    "SearchIndexError",
    "SearchRecord",
    "SearchReport",
    "index_records",
    "index_site",
    "list_listed_entries",
    "make_record",
    "order_pages",
]
