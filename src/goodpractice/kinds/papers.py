"""Papers: files to take along that are made of the records of a kind, in a format for printing or for adapting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from goodpractice.kinds.blocks import View


class PaperFacts(NamedTuple):
    """What a page tells of a paper before anybody opens it.

    Attributes:
        size: Bytes.
        pages: Number of its pages; 0 where that depends on who opens it.
    """

    size: int
    pages: int


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A file that is made of each record of a kind, or of all of them together.

    Attributes:
        format: The format, which is also the ending of its name: `pdf`, `docx`, `odt` or
            `epub`.
        title: What a link to it says; the words are marked with `N_`.
        name: Ends the name of the file where a record has several in one format.
        view: The view that it shows, with the parameters of a view of a page. Without one, it shows the page itself.
    """

    format: str
    title: str
    name: str = ""
    view: Callable[..., View] | None = None

    def path(self, url: str) -> str:
        """Path in the site of the paper of a page: in the folder of the page, and named like it.

        Args:
            url: Address of the page, relative to the site, with a final slash.
        """
        stem = url.rstrip("/").rpartition("/")[2]
        return f"{url}{stem}{f'-{self.name}' if self.name else ''}.{self.format}"
