"""How Pagefind names our records: by the name of the file that holds each one's text."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence

from goodpractice.search.service import SearchIndexError

_SUFFIX = ".pf_fragment"
_SIGNATURE = b"pagefind_dcd"


def read_keys(files: Mapping[str, bytes], urls: Sequence[str]) -> list[str]:
    """Pagefind's name of each record, in the given order.

    Args:
        files: What Pagefind made, by path.
        urls: Addresses of the records, as they were handed to Pagefind.

    Raises:
        SearchIndexError: A record is missing, or the files are not those of a Pagefind that we know.
    """
    keys: dict[str, str] = {}
    for path, content in files.items():
        if not path.endswith(_SUFFIX):
            continue
        try:
            text = gzip.decompress(content).removeprefix(_SIGNATURE)
            keys[str(json.loads(text)["url"])] = path.rsplit("/", 1)[-1].removesuffix(_SUFFIX)
        except (OSError, EOFError, ValueError, KeyError) as error:
            raise SearchIndexError(f"Pagefind made {path}, which cannot be read.") from error
    missing = [url for url in urls if url not in keys]
    if missing:
        more = f" and {len(missing) - 1} others" if len(missing) > 1 else ""
        raise SearchIndexError(f"Pagefind left out {missing[0]}{more}.")
    return [keys[url] for url in urls]
