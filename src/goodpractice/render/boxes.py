"""Macros for the boxes of a chapter: tips, questions, voices.

Texts in these boxes are Markdown of the page around them, so that their links
and footnotes are those of the page.
"""

from __future__ import annotations

from typing import Annotated, Literal

from markupsafe import Markup

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.content.related import rank_case
from goodpractice.kinds import CASE_STUDY, SourceRef
from goodpractice.kinds.case_study.skeleton import new_file_query
from goodpractice.pages.link_resolver import REPOSITORY_TOKEN
from goodpractice.render.contact import list_ways
from goodpractice.render.environment import paragraphs, render_component
from goodpractice.render.links import describe_source, link_record

SourceId = Annotated[str, SourceRef()]


def _markdown(text: str) -> Markup:
    return Markup(f"\n\n{text.strip()}\n\n")  # noqa: S704 - written by editors, rendered with their page


def _inline(text: str) -> Markup:
    return Markup(text.strip())  # noqa: S704 - written by editors, rendered with their page


def _cite(kb: KnowledgeBase, source: str | None) -> Markup | None:
    return describe_source(kb, source).link if source else None


def top_tip(kb: KnowledgeBase, text: str, title: str = "") -> Markup:
    """A tip that a reader can use this week.

    Args:
        text: The tip, in Markdown.
        title: A few words above it.

    Example:
        {{ top_tip("Hold the first meeting in a café or a library.", title="Neutral ground") }}
    """
    return render_component("tip", language=kb.language, text=_markdown(text), title=title)


def reflect(kb: KnowledgeBase, *questions: str, title: str = "") -> Markup:
    """Questions that a team talks over.

    Args:
        *questions: One or more questions, in Markdown.
        title: A few words above them.

    Example:
        {{ reflect("Who decided?", "Who was missing from the room?", title="After a meeting") }}
    """
    asked = [_inline(question) for question in questions]
    return render_component("reflect", language=kb.language, questions=asked, title=title)


def wider_sector(kb: KnowledgeBase, text: str, title: str = "", source: SourceId | None = None) -> Markup:
    """Learning from elsewhere.

    Args:
        text: What others found, in Markdown.
        title: A few words above it.
        source: Where it is documented.

    Example:
        {{ wider_sector("A word that others use.", title="Words", source="https://example.net/report") }}
    """
    return render_component("wider", language=kb.language, text=_markdown(text), title=title, source=_cite(kb, source))


def superpowers(
    kb: KnowledgeBase, community: list[str], organisation: list[str], source: SourceId | None = None
) -> Markup:
    """What each side brings.

    Args:
        community: What community partners bring.
        organisation: What museums and science centres bring.
        source: Where it is documented.

    Example:
        {{ superpowers(community=["Trust", "Languages"], organisation=["Rooms"], source="asdc-handbook") }}
    """
    sides = [
        {"modifier": "community", "title": kb.gettext("Community partners"), "assets": community},
        {"modifier": "organisation", "title": kb.gettext("Museums and science centres"), "assets": organisation},
    ]
    return render_component("superpowers", language=kb.language, sides=sides, source=_cite(kb, source))


def voice(kb: KnowledgeBase, text: str, who: str, source: SourceId) -> Markup:
    """What a partner or practitioner said, in reported speech.

    Args:
        text: What was said, told in our words, in Markdown.
        who: Who said it, as far as the source tells.
        source: Where it is documented.

    Example:
        {{ voice("No group led the other.", who="A community partner in Cambridge", source="asdc-handbook") }}
    """
    who = who[:1].upper() + who[1:]
    return _say(kb, who, kb.gettext("reported in"), _markdown(text), _cite(kb, source))


def _say(
    kb: KnowledgeBase, who: str, note: str, text: Markup, source: Markup | None = None, *, is_finished: bool = False
) -> Markup:
    return render_component(
        "voice", language=kb.language, is_finished=is_finished, text=text, who=who, note=note, source=source or ""
    )


def partner_accounts(kb: KnowledgeBase) -> Markup:
    """What community partners say in the case studies that hold their own account; those they approved come first.

    Example:
        {{ partner_accounts() }}
    """
    # In the order of lists, but asked of these few alone: that of all others does not matter here.
    told = [(case_id, case) for case_id, case in kb.case_studies.items() if case.partner_account]
    told.sort(key=lambda entry: (entry[1].partner_approved_on is None, *rank_case(*entry)))
    approved, published = kb.gettext("approved by the community partner"), kb.gettext("told from published sources")
    return Markup("\n\n").join(
        _say(
            kb,
            link_record(kb, CASE_STUDY, case_id),
            approved if case.partner_approved_on else published,
            paragraphs(str(case.partner_account)),
            is_finished=True,
        )
        for case_id, case in told
    )


def quote(kb: KnowledgeBase, words: str, speaker: str, source: SourceId) -> Markup:
    """Somebody's exact words. Never change them; leave the macro out when you do not have them.

    Args:
        words: The words, exactly as spoken or written.
        speaker: Who said them, and agreed to be quoted or was quoted in public.
        source: Where they were published.

    Example:
        {{ quote("Words that nobody said.", speaker="Name of the speaker", source="https://example.net/report") }}
    """
    return render_component("quote", language=kb.language, words=words, speaker=speaker, source=_cite(kb, source))


def share_button(kb: KnowledgeBase, text: str = "") -> Markup:
    """A button that opens GitHub's page for a new file, filled in with the skeleton of a case study.

    Args:
        text: What the button says, if not that it starts a story.

    Example:
        {{ share_button("Start your story on GitHub") }}
    """
    text = text or kb.gettext("Start your story on GitHub")
    return render_component("share", links=((f"{REPOSITORY_TOKEN}{new_file_query()}", text),))


def write_to_us(
    kb: KnowledgeBase, purpose: Literal["useful", "question", "correction", "story"] = "story", text: str = ""
) -> Markup:
    """Buttons that open a prepared message by mail, a form of the community, or both; nothing while neither is set.

    Args:
        purpose: What it is for; the questions in the message follow from it.
        text: What the first button says, if not what it is for.

    Example:
        {{ write_to_us("question") }}
    """
    file = kb.settings.file
    address = f"{file.get('site_url') or ''}".rstrip("/") + "/"
    links = []
    for way in list_ways(kb.settings.own.contact, str(file.get("site_name") or ""), address, kb.gettext, purpose):
        shown = text or way.text
        links += [(way.form, shown)] if way.form else []
        links += [(way.mail, kb.gettext("{text}, by e-mail", text=shown))] if way.mail else []
    return render_component("share", links=links) if links else Markup()


def contact(kb: KnowledgeBase, part: Literal["email", "form", "read_by", "answered_within"] | None = None) -> Markup:
    """What `mkdocs.yml` says under `contact`, as text; without a part, the first address that is set.

    A page can ask whether there is a way to write without an account: `{% if contact() %}`.

    Args:
        part: The setting.

    Example:
        {{ contact("answered_within") }}
    """
    settings = kb.settings.own.contact
    return Markup.escape(getattr(settings, part) if part else settings.email or settings.form)
