"""Files that a library writes once, with holes that each document fills.

Of a file for a word processor, nine tenths are the same for all documents: styles, settings, fonts. A library takes 20
milliseconds and a megabyte to write them, and filling the holes takes one.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from io import BytesIO
from xml.sax.saxutils import escape

from goodpractice.paper.archives import Member, compress, join
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
        self._members: list[Member | tuple[str, str]] = []
        with zipfile.ZipFile(BytesIO(archive)) as opened:
            for info in opened.infolist():
                if not info.filename.startswith(left_out):
                    data = opened.read(info)
                    self._members.append(self._open(info, data, holes or {}))

    @staticmethod
    def _open(info: zipfile.ZipInfo, data: bytes, holes: Mapping[str, str]) -> Member | tuple[str, str]:
        if info.filename.endswith(".xml"):
            text = data.decode()
            for standing, name in holes.items():
                text = text.replace(standing, hole(name))
            if _HOLE.search(text):
                return info.filename, text
        return compress(info.filename, data, info.compress_type)

    def fill(self, **values: str) -> bytes:
        """The archive of a document.

        Args:
            values: The XML for each hole.
        """
        # In one pass: a title may say what looks like a hole.
        return join(
            [
                part
                if isinstance(part, Member)
                else compress(part[0], _HOLE.sub(lambda found: values[found[1]], part[1]).encode())
                for part in self._members
            ]
        )
