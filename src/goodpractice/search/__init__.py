"""The search: what is found, by which words, narrowed by what."""

from goodpractice.search.records import SearchRecord, SearchSection, list_listed_entries, make_record
from goodpractice.search.site import make_search

__all__ = [
    "SearchRecord",
    "SearchSection",
    "list_listed_entries",
    "make_record",
    "make_search",
]
