"""The page of a chapter of the handbook."""

from __future__ import annotations

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.kinds import CaseStudy, Chapter
from goodpractice.kinds.blocks import (
    Fact,
    Group,
    Head,
    Item,
    Paragraph,
    RecordLink,
    Related,
    Sentence,
    Sources,
    Story,
    Text,
    View,
)
from goodpractice.kinds.chapter import say_reading_time
from goodpractice.pages.plan import lower_first
from goodpractice.render.arguments import ChapterId
from goodpractice.render.environment import format_date
from goodpractice.render.links import readers_of, record_name
from goodpractice.render.views.listing import list_cards, listing
from goodpractice.render.views.shared import REASONS, RELATED, link_section, relate, say_origin, tag_themes


def chapter_page(kb: KnowledgeBase, id: ChapterId) -> View:
    """The page of a chapter: head, text, examples from practice, next steps, sources.

    Args:
        id: The chapter.
    """
    chapter = kb.chapters[id]
    translation = kb.find_translation("chapter", id, draft=True)
    kicker: dict[str, Text] = {"handbook": link_section(kb, "chapter"), "number": str(chapter.order)}
    return (
        Head(
            "chapter",
            Sentence(kb.gettext("{handbook}, chapter {number}"), kicker),
            translation.title if translation else chapter.title,
            (translation.summary if translation else None) or chapter.summary,
            (
                Fact("readers", kb.gettext("For"), readers_of(kb, chapter)),
                Fact("reading-time", kb.gettext("Reading time"), say_reading_time(kb, id)),
                Fact("themes", kb.gettext("Themes"), tag_themes(kb, chapter.themes)),
                _date_chapter(kb, chapter),
            ),
        ),
        Story("chapter", id),
        _list_examples(kb, chapter),
        Related(
            kb.gettext("Read next"),
            (Group(kb.gettext("Chapters"), relate(kb, "chapter", kb.relate_chapter(id, RELATED))),),
        ),
        Sources(chapter.sources),
        Paragraph("provenance", " ".join(say_origin(kb, chapter))),
    )


def _date_chapter(kb: KnowledgeBase, chapter: Chapter) -> Fact:
    """The day on which somebody last stood for the facts; the day of writing is no review."""
    if chapter.reviewed_on:
        return Fact("reviewed", kb.gettext("Reviewed"), format_date(chapter.reviewed_on, kb.language))
    return Fact("written", kb.gettext("Written"), format_date(chapter.written_on, kb.language))


def _list_examples(kb: KnowledgeBase, chapter: Chapter) -> Related:
    shown: dict[str, CaseStudy] = {}
    for theme in chapter.themes:
        shown.update(kb.select_case_studies(theme=theme)[:RELATED])
    examples = list(shown.items())[:RELATED]
    cases = tuple(Item(RecordLink("case_study", c), _say_themes(kb, chapter, case)) for c, case in examples)
    themes = tuple(Item(RecordLink("theme", theme)) for theme in chapter.themes if theme in kb.themes)
    return Related(
        kb.gettext("From practice"),
        (Group(kb.gettext("Case studies on this theme"), cases), Group(kb.gettext("All about the theme"), themes)),
        "gp-practice",
    )


def _say_themes(kb: KnowledgeBase, chapter: Chapter, case: CaseStudy) -> str:
    """Which of a chapter's themes a case study is about; nothing where the chapter has only one."""
    if len(chapter.themes) < 2:
        return ""
    shared = [lower_first(record_name(kb, "theme", theme)) for theme in chapter.themes if theme in case.themes]
    return kb.gettext("about {names}", names=kb.language.join(shared[:REASONS])) if shared else ""


def handbook_index(kb: KnowledgeBase) -> View:
    """All chapters, in reading order."""
    return listing(kb, "chapter", list_cards(kb, "chapter", (chapter_id for chapter_id, _ in kb.ordered_chapters)))
