"""Texts of editors that are checked by several processes, and link into those of one another.

A process does not make what it wants of another's text: it tells what it wants, and is answered from the HTML that the
other has made.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from goodpractice.checks import ProjectCheck
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.pages import Page

#: The kind and id of a text of editors.
Key = tuple[str, str]


class Unsure(NamedTuple):
    """A text with links into texts of other shares.

    Attributes:
        diagnostics: Its problems, if all that it links to is there.
        asked: The anchors in those texts that it links to.
    """

    diagnostics: list[Diagnostic]
    asked: list[tuple[Page, str]]


class CheckedTexts(NamedTuple):
    """What came of a share of the texts.

    Attributes:
        diagnostics: The problems that are sure; whoever checks more in a share adds what it finds.
        unsure: Texts of which nobody is sure yet, by kind and id.
        anchors: What can be linked to in the texts of this share, by the address of the page.
    """

    diagnostics: list[Diagnostic]
    unsure: dict[Key, Unsure]
    anchors: dict[str, frozenset[str]]


def check_texts(check: ProjectCheck, keys: Sequence[Key]) -> CheckedTexts:
    """Check a share of the texts of editors; what links to other texts want of them is not looked for, but told."""
    planned = check.addresses.page_index.by_source
    found_here = (planned.get(check.kb.documents[key].path) for key in keys)
    pages = {page.url: page for page in found_here if page is not None}
    asked: list[tuple[Page, str]] = []

    def find_anchors(page: Page, wanted: str) -> frozenset[str] | None:
        if page.url in pages or not page.is_written:
            return check.anchors(page, wanted)
        asked.append((page, wanted))
        return None

    found = CheckedTexts([], {}, {})
    for key in keys:
        asked.clear()
        diagnostics = list(check.check_editors_pages([key], find_anchors))
        if asked:
            found.unsure[key] = Unsure(diagnostics, list(asked))
        else:
            found.diagnostics.extend(diagnostics)
    # A translation is made with macros of its own: few links lead into one.
    found.anchors.update((url, check.list_anchors_of_text(page)) for url, page in pages.items() if not page.language)
    return found


def check_unsure(check: ProjectCheck, shares: Sequence[CheckedTexts]) -> Iterator[Diagnostic]:
    """Problems of the texts with links into those of other shares: where nobody has found what they ask for, anew.

    Nothing of the first reading stays then. It did not know which problems are the first of the file.
    """
    anchors = {url: names for share in shares for url, names in share.anchors.items()}
    for share in shares:
        for key, text in share.unsure.items():
            is_there = all(wanted in anchors.get(page.url, ()) for page, wanted in text.asked)
            yield from text.diagnostics if is_there else check.check_editors_pages([key])
