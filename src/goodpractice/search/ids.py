"""Numbers of the pages in the index.

They follow from the set of addresses alone: a site built from nothing has the same as one that grew edit by edit. And a
new page hardly ever moves the number of another, which would change every shard in which a word of it stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

#: Bits of a number beyond those that would tell all pages apart. Each costs a bit a posting; with three, one new page
#: in sixteen moves the number of another.
_ROOM = 3
_HASH_BITS = 64


def count_bits(pages: int) -> int:
    """The bits of the numbers of so many pages."""
    return max(pages - 1, 0).bit_length() + _ROOM


def assign_ids(urls: Iterable[str]) -> dict[str, int]:
    """The number of each page, in the order of the numbers.

    A number is the first bits of the hash of an address. Where two are the same, the larger hash takes the next free
    number.
    """
    hashes = sorted((int.from_bytes(blake2b(url.encode(), digest_size=_HASH_BITS // 8).digest()), url) for url in urls)
    shift, last = _HASH_BITS - count_bits(len(hashes)), -1
    ids = {}
    for value, url in hashes:
        last = max(last + 1, value >> shift)
        ids[url] = last
    return ids
