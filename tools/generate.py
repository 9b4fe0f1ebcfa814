"""Write every file that is made from the code, or say which one is out of date.

A file is made by one function, which returns what it holds by path; `GENERATORS` is the only list of them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import architecture
import messages

from goodpractice.content import load_project
from goodpractice.kinds.schemas import build_schemas
from goodpractice.render.reference_pages import build_reference

ROOT = Path(__file__).resolve().parents[1]
COMMAND = "make generate"


def _build_reference() -> dict[str, str]:
    pages = build_reference(load_project(ROOT)[0])
    return {f"docs/reference/{name}": text for name, text in pages.items()}


#: Makes files by path, relative to the repository; by the words that say what they hold. Nothing in the place of a file
#: means that it must not be there.
GENERATORS: Mapping[str, Callable[[], Mapping[str, str | bytes | None]]] = {
    "catalogues of words": messages.build_catalogues,
    "JSON Schemas": lambda: {f"schemas/{name}": text for name, text in build_schemas().items()},
    "reference pages": _build_reference,
    "picture of the architecture": architecture.build_page,
}


def find_stale() -> dict[str, tuple[str, bytes | None]]:
    """Files that differ from what the code makes: what they are, and what they should hold, by path."""
    stale = {}
    for kind, build in GENERATORS.items():
        for path, made in build().items():
            file = ROOT / path
            data = made.encode() if isinstance(made, str) else made
            if (file.read_bytes() if file.is_file() else None) != data:
                stale[path] = kind, data
    return stale


def main() -> int:
    """Write the files, or check them."""
    parser = argparse.ArgumentParser(description="Write every file that is made from the code.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 when a file is out of date")
    check = parser.parse_args().check
    stale = find_stale()
    for path, (kind, data) in stale.items():
        print(f"{path} ({kind})" + (": out of date" if check else ": written"))  # noqa: T201 - its result
        if check:
            continue
        if data is None:
            (ROOT / path).unlink()
            continue
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_bytes(data)
    if check and stale:
        print(f"Renew with: {COMMAND}", file=sys.stderr)  # noqa: T201 - its result
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
