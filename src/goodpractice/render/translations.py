"""What a page in another language says about itself: a draft, older than its source, or approved by whom."""

from __future__ import annotations

from markupsafe import Markup

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.i18n.dates import format_date
from goodpractice.i18n.translating import name_translator, notice_template
from goodpractice.pages import Page
from goodpractice.render.environment import Html, fill, page_href, render_component


def describe_translation(kb: KnowledgeBase, page: Page) -> tuple[Markup, Markup]:
    """The notice above a translation, which may be empty, and the line below it.

    Args:
        kb: The knowledge base, in the language of the page.
        page: The plan of the page.
    """
    translation = kb.translations[page.document[1]]
    language, own = kb.language, kb.own_language
    said = notice_template(page.translation, translation.translated_by, language)
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
    credit = fill(
        language.gettext("Translated by {name} on {date}."),
        name=name_translator(translation.translated_by, language),
        date=format_date(translation.translated_on, language),
    )
    if translation.approved_by is not None and translation.approved_on is not None:
        approved = language.gettext("Read and approved by {name} on {date}.")
        date = format_date(translation.approved_on, language)
        credit += " " + fill(approved, name=translation.approved_by, date=date)
    return notice, Html('<p class="gp-provenance"{}>{}</p>').format(Markup(language.english), credit)  # noqa: S704 - ours
