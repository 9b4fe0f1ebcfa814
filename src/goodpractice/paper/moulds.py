"""Files that a library writes once, with holes that each document fills.

Of a file for a word processor, nine tenths are the same for all documents: styles, settings, fonts. A library takes 20
milliseconds to write them, and filling the holes takes one or two.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from io import BytesIO
from xml.sax.saxutils import escape

from goodpractice.paper.archives import pack
from goodpractice.paper.characters import clean

#: What no library writes of its own accord.
_HOLE = re.compile("@gp:([a-z]+)@")


def hole(name: str) -> str:
    """The text that stands where each document has its own."""
    return f"@gp:{name}@"


def say(text: str) -> str:
    """A text in one line, as XML."""
    return escape(clean(text))


def say_attribute(text: str) -> str:
    """The same between the marks of an attribute."""
    return say(text).replace('"', "&quot;")


class Mould:
    """An archive with holes in its members."""

    def __init__(self, archive: bytes, left_out: tuple[str, ...] = (), holes: Mapping[str, str] | None = None) -> None:
        """Take apart what a library wrote.

        Args:
            archive: The archive, whose texts hold what `hole` gave.
            left_out: How the names of members begin that are left out.
            holes: Names of holes by what stands in their place, where a library takes no text of ours.
        """
        with zipfile.ZipFile(BytesIO(archive)) as opened:
            kept = [info for info in opened.infolist() if not info.filename.startswith(left_out)]
            self._members = {info.filename: _open(info.filename, opened.read(info), holes or {}) for info in kept}
            self._stored = [info.filename for info in kept if info.compress_type == zipfile.ZIP_STORED]

    def fill(self, **values: str) -> bytes:
        """The archive of a document.

        Args:
            values: The XML for each hole.
        """
        # In one pass: a title may say what looks like a hole.
        filled = (
            (name, part if isinstance(part, bytes) else _HOLE.sub(lambda found: values[found[1]], part).encode())
            for name, part in self._members.items()
        )
        return pack(filled, self._stored)


def _open(name: str, data: bytes, holes: Mapping[str, str]) -> bytes | str:
    """A member as it is, or, with holes in it, as a text."""
    if not name.endswith(".xml"):
        return data
    text = data.decode()
    for standing, named in holes.items():
        text = text.replace(standing, hole(named))
    return text if _HOLE.search(text) else data
