"""What a page in another language says about itself: a draft, older than its source, or approved by whom."""

from __future__ import annotations

from markupsafe import Markup

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.kinds.translation import MACHINE
from goodpractice.pages import Page
from goodpractice.render.environment import Html, fill, format_date, page_href, render_component


def describe_translation(kb: KnowledgeBase, page: Page) -> tuple[Markup, Markup]:
    """The notice above a translation, which may be empty, and the line below it.

    Args:
        kb: The knowledge base, in the language of the page.
        page: The plan of the page.
    """
    translation = kb.translations[page.document[1]]
    language, own = kb.language, kb.own_language
    said = ""
    if page.translation == "draft" and translation.translated_by == MACHINE:
        said = language.gettext("A program made this draft in {language}, and nobody has approved it. It may be wrong.")
    elif page.translation == "draft":
        said = language.gettext("This is a draft in {language}. Nobody has approved it yet. It may be wrong.")
    elif page.translation == "older":
        said = language.gettext("The page in {own} has changed since it was translated into {language}.")
    names = {"language": language.name, "own": own.name}
    notice = Markup()
    if said:
        notice = render_component(
            "translation",
            language=language,
            kind=page.translation,
            said=fill(said, **names),
            href=page_href(page.url.removeprefix(f"{page.language}/")),
            own=own,
            read=fill(language.gettext("Read this page in {own}"), **names),
        )
    who = language.gettext("a program") if translation.translated_by == MACHINE else translation.translated_by
    credit = fill(
        language.gettext("Translated by {name} on {date}."),
        name=who,
        date=format_date(translation.translated_on, language),
    )
    if translation.approved_by is not None and translation.approved_on is not None:
        approved = language.gettext("Read and approved by {name} on {date}.")
        date = format_date(translation.approved_on, language)
        credit += " " + fill(approved, name=translation.approved_by, date=date)
    return notice, Html('<p class="gp-provenance"{}>{}</p>').format(Markup(language.english), credit)  # noqa: S704 - ours
