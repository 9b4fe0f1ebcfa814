"""The page about having the site where there is no network."""

from __future__ import annotations

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.kinds.blocks import Block, Paragraph, Paragraphs, Section, View, Widget
from goodpractice.kinds.texts import PageLink, Sentence
from goodpractice.kinds.views.lists import overview_head
from goodpractice.pages.papers import ARCHIVE


def offline_page(kb: KnowledgeBase) -> View:
    """What this device keeps, where the community has it so, and what can be taken along in any case."""
    head = overview_head(kb, "offline", kb.gettext("Take it along"))
    return (head, *(_on_this_device(kb) if kb.settings.own.offline else ()), _as_files(kb))


def _on_this_device(kb: KnowledgeBase) -> tuple[Block, ...]:
    without = kb.gettext("Nothing can be kept here: your browser runs no scripts, or this page is itself a file.")
    return (
        Section(
            "device",
            kb.gettext("On this device"),
            (
                Paragraphs(
                    kb.gettext(
                        "On a bus, in a hall with thick walls, at the end of the month's data: the pages that you have "
                        "read open again, and with one click all others do, too. Search and finder work when "
                        "everything is kept."
                    )
                ),
                Widget("offline", {"without": without}),
            ),
        ),
        Section("kept", kb.gettext("What is kept, and for how long"), (Paragraphs("\n\n".join(_list_rules(kb))),)),
    )


def _list_rules(kb: KnowledgeBase) -> tuple[str, ...]:
    return (
        kb.gettext(
            "A page that you read is kept with what it shows, up to 60 pages of each of the last two editions of the "
            "site. Nothing is fetched that you have not read, unless you press the button. A browser that saves data "
            "keeps nothing by itself."
        ),
        kb.gettext(
            "With a network, you always see the page as it is published now. Without one, or when it does not answer "
            "within four seconds, you see the copy, and the foot of the window says from which day it is. PDFs and "
            "other files to take along are not among the copies, nor are photos of case studies: people may take their "
            "consent back."
        ),
        kb.gettext(
            "The copies lie in this browser and nowhere else; nobody is told what you read. On a computer that others "
            "use as well, they can see it, as they can see the history of the browser: the button deletes everything, "
            "and nothing is kept afterwards until you ask for it. The browser may delete the copies too, when the "
            "device is full or you clear its data."
        ),
    )


def _as_files(kb: KnowledgeBase) -> Section:
    words = kb.gettext("Chapters, case studies and sheets to fill in as PDF, with their sizes: {link}.")
    link = PageLink("on-paper/", kb.gettext("On paper"))
    whole = kb.gettext(
        "The published site also comes as one file, for a memory stick or a computer that is never connected. Unpack "
        "it and open START.html with a double click. Search and finder work there, too; that page says what does not."
    )
    return Section(
        "files",
        kb.gettext("As files"),
        (
            Paragraphs(whole),
            Widget("papers", {"kind": ARCHIVE, "id": ""}),
            Paragraph("leads-on", Sentence(words, {"link": link})),
        ),
    )
