"""Texts inside blocks, as plain data: words, links of every kind, and sentences around links."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class RecordLink:
    """A link to a record; what it says is the name of the record."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link to a page of the site by its address, relative to the site.

    Attributes:
        url: The address.
        text: What the link says.
        language: Code of the language of the text, where it differs from that of the page.
        name: What the link is called where its text alone would not say where it leads; begins or ends with the text.
    """

    url: str
    text: str
    language: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class FileLink:
    """A link that holds a small file: whoever follows it has the file, and the site needs no address for it.

    Attributes:
        filename: What the file is called.
        media_type: Its media type.
        data: What stands in it.
        text: What the link says.
        name: What the link is called out of its context; begins or ends with the text.
    """

    filename: str
    media_type: str
    data: str
    text: str
    name: str


@dataclass(frozen=True, slots=True)
class WebLink:
    """A link that leads elsewhere.

    Attributes:
        url: The address.
        text: What the link says.
        is_address: Whether that is an address, which may break between its parts.
    """

    url: str
    text: str
    is_address: bool = False


@dataclass(frozen=True, slots=True)
class SourceLink:
    """A source inside a text: a web address, or an id in `data/sources.yml`."""

    source: str


@dataclass(frozen=True, slots=True)
class ThemeTag:
    """A link to a theme with its motif."""

    id: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """Translated words with texts in the place of names in braces."""

    words: str
    values: Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class Joined:
    """Texts one after another; without any it counts as empty."""

    parts: tuple[Text, ...]
    separator: str = ", "

    def __bool__(self) -> bool:
        """Whether any of the parts says something."""
        return any(self.parts)


Text: TypeAlias = str | RecordLink | PageLink | FileLink | WebLink | SourceLink | ThemeTag | Sentence | Joined


def join(parts: Iterable[Text]) -> Joined:
    """Texts separated by commas; empty ones are left out."""
    return Joined(tuple(part for part in parts if part))
