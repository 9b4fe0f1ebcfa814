"""The search: what is found, by which words, narrowed by what."""

from goodpractice.search.records import SearchRecord, Section, list_listed_entries, make_record, order_pages
from goodpractice.search.site import (
    SearchIndexError,
    SearchReport,
    index_records,
    index_site,
)

__all__ = [
    "SearchIndexError",
    "SearchRecord",
    "SearchReport",
    "Section",
    "index_records",
    "index_site",
    "list_listed_entries",
    "make_record",
    "order_pages",
]
