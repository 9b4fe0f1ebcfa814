"""Papers: files to take along that kinds declare. The pages of the site tell how large they are."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from goodpractice.kinds.papers import Paper
from goodpractice.kinds.registry import COLLECTIONS
from goodpractice.outputs.output import Made, Output, Target
from goodpractice.outputs.pages import render_planned
from goodpractice.outputs.site import Site
from goodpractice.pages import Page
from goodpractice.pages.papers import INDEX, list_papers
from goodpractice.paper.document import draft_document
from goodpractice.paper.formats import FORMATS, PaperFormat
from goodpractice.paper.manuscript import Manuscript, ShownPage
from goodpractice.render.papers import find_nothing


class _Item(NamedTuple):
    """A paper of a page, and the pages that it shows."""

    page: Page
    paper: Paper
    shown: Sequence[Page]


class Papers(Output):
    """The papers in one format."""

    is_told = True
    is_parallel = True

    def __init__(self, made_in: PaperFormat) -> None:
        """Take what makes them."""
        self._format = made_in
        self.name = f"papers as {made_in.id}"
        self.is_slow = made_in.is_slow

    def list_missing(self) -> Iterator[str]:
        """What this computer lacks."""
        yield from filter(None, [self._format.find_missing()])

    def list_targets(self, site: Site) -> Iterator[Target]:
        """Those of each page; whole collections first, since they take longest."""
        site.ask("plan")
        for page in sorted(_list_editions(site), key=lambda page: page.kind != INDEX):
            for path, paper in list_papers(page):
                if paper.format == self._format.id:
                    shown = _list_shown(site.plan, page, paper)
                    plan = json.dumps([[one.url, one.title, one.translation] for one in (page, *shown)])
                    document = page.document if page.kind != INDEX else None
                    yield Target(path, _Item(page, paper, shown), plan, document=document)

    def prepare(self, site: Site, targets: Sequence[Target]) -> None:
        """Load what makes them: the processes that do have it then."""
        if targets:
            self._format.load()

    def draft(self, site: Site, target: Target) -> str:
        """Render the pages that it shows, as they are printed."""
        drafted = draft_document(lay_out_manuscript(site, target.item))
        # A picture may be another under the same name.
        return drafted + site.ask("copied") if "<img" in drafted else drafted

    def make(self, site: Site, target: Target) -> Made:
        """Write it in its format."""
        written = self._format.write(lay_out_manuscript(site, target.item))
        return Made(written.data, pages=written.pages, faults=written.faults)


def lay_out_manuscript(site: Site, item: _Item) -> Manuscript:
    """What a paper is made from: the pages that it shows, rendered as they are printed."""
    inputs = replace(site.speak(item.page.language)[0], find_paper=find_nothing, is_printed=True, is_read=False)
    shown = [ShownPage(page, render_planned(site, page, inputs).html) for page in item.shown]
    return Manuscript(item.paper, item.page, inputs, shown, site.inputs.site_url, site.find_file)


def _list_editions(site: Site) -> Iterator[Page]:
    """The pages of the site, and of the list of a kind also an edition in each language that has some of its pages.

    Such a list has no page of its own: its edition has the address of the list in the language of the site.
    """
    # One look at each page: the lists of ten thousand stories are hundreds of pages themselves.
    languages: dict[str, set[str]] = {}
    for page in site.plan:
        if page.language and page.is_listed:
            languages.setdefault(page.kind, set()).add(page.language)
    for page in site.plan:
        yield page
        if page.kind == INDEX:
            for code in sorted(languages.get(page.id, ())):
                kb, collection = site.kb.speak(code), COLLECTIONS[page.id]
                title, description = kb.gettext(collection.title), kb.gettext(collection.description)
                yield replace(page, language=code, title=title, description=description)


def _list_shown(plan: Sequence[Page], page: Page, paper: Paper) -> tuple[Page, ...]:
    """The pages of the site that a paper shows, in the order of the plan."""
    if paper.view is not None:
        return ()
    if page.kind != INDEX:
        return (page,)
    return tuple(
        one
        for one in plan
        if one.kind == page.id and one.number == 1 and one.language == page.language and one.is_listed
    )


PAPERS: tuple[Papers, ...] = tuple(map(Papers, FORMATS))
