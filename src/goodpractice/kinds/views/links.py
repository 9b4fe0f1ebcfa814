"""Links between records and lists, as texts of blocks: what the pages of several kinds show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from goodpractice.i18n.dates import format_date
from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.kinds.blocks import Item
from goodpractice.kinds.lookup import NEXT, Lookup, RelatedIds, Shared, memoise
from goodpractice.kinds.overviews import OVERVIEWS
from goodpractice.kinds.texts import Joined, PageLink, RecordLink, SourceLink, Text, ThemeTag, WebLink, join

if TYPE_CHECKING:
    from goodpractice.kinds.case_study.model import CaseStudy
    from goodpractice.kinds.chapter import Chapter

#: Case studies named at the foot of a chapter or another case study.
RELATED = 4
#: Reasons named for each.
REASONS = 3


def link_section(kb: Lookup, kind: str, text: str = "") -> PageLink:
    """A link to the list of a kind, which says its title if nothing else."""
    section = kb.collection(kind)
    return PageLink(section.url, text or kb.gettext(section.title))


def read_head(kb: Lookup, kind: str, record_id: str) -> tuple[str, str]:
    """Title and summary of a record that has a text of its own, in the language of that text, drafts included."""
    record = kb.table(kind)[record_id]
    translation = kb.find_translation(kind, record_id, draft=True)
    if translation is None:
        return record.title, record.summary
    return translation.title, translation.summary or record.summary


def link_overview(kb: Lookup, id: str, text: str = "") -> PageLink:
    """A link to an overview, which says its title if nothing else."""
    overview = OVERVIEWS[id]
    return PageLink(overview.url, text or kb.gettext(overview.title))


def link_share(kb: Lookup, text: str) -> PageLink | None:
    """A link to the page that says how to send something in; nothing where the site has none of its own."""
    return PageLink(kb.share_url, text) if kb.share_url and "://" not in kb.share_url else None


def locate_record(kb: Lookup, kind: str, record_id: str) -> str:
    """Address of a record, wherever it is told: on its own page, or as an entry on the page of another."""
    collection = kb.collection(kind)
    entry = collection.find_entry(kb.table(kind)[record_id], kb) if collection.find_entry else ""
    return entry or collection.record_url(record_id)


def cite_inline(sources: Iterable[str]) -> Joined:
    """Links to sources, separated by commas."""
    return join(map(SourceLink, sources))


def link_known(kb: Lookup, kind: str, ids: Iterable[str]) -> Joined:
    """Links to several records, separated by commas; ids that do not exist are left out."""
    return join(RecordLink(kind, record_id) for record_id in ids if record_id in kb.table(kind))


def list_known(kb: Lookup, kind: str, ids: Iterable[str]) -> tuple[Item, ...]:
    """Records as entries of a list; ids that do not exist are left out."""
    return tuple(Item(RecordLink(kind, record_id)) for record_id in ids if record_id in kb.table(kind))


def tag_themes(kb: Lookup, ids: Iterable[str]) -> Joined:
    """Links to themes with their motifs."""
    # Each has its line: a comma would begin the next one where a name takes two.
    return Joined(tuple(ThemeTag(theme_id) for theme_id in ids if theme_id in kb.table("theme")), " ")


def link_website(url: str | None) -> Text:
    """A link that shows an address as people write it, without what they leave out."""
    if not url:
        return ""
    return WebLink(url, url.split("://", 1)[-1].removeprefix("www.").rstrip("/"), is_address=True)


def lower_first(name: str) -> str:
    """A name inside a sentence: `families`, but `STEM clubs`."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


@memoise
def name_inside(kb: Lookup, kind: str, record_id: str) -> str:
    """The name of a record inside a sentence; empty when there is no such record."""
    if record_id not in kb.table(kind):
        return ""
    name = kb.record_name(kind, record_id)
    if kb.kind(kind).has_phrases:
        return kb.gettext("‘{name}’", name=name)
    return name if kb.kind(kind).has_proper_names else lower_first(name)


def say_shared(kb: Lookup, shared: Shared) -> str:
    """Why something is related: the rarest things that it shares, in words."""
    said: dict[str, list[str]] = {}
    for kind, value in shared[:REASONS]:
        name = name_inside(kb, kind, value) if kind != NEXT else ""
        if name or kind == NEXT:
            said.setdefault(kind, []).append(name)
    if not said:
        return kb.gettext("close to this one in the list")
    reasons = {kind: N_("the chapter that follows") if kind == NEXT else kb.kind(kind).shared for kind in said}
    return ", ".join(kb.gettext(reasons[kind], names=kb.language.join(names)) for kind, names in said.items())


def relate(kb: Lookup, kind: str, found: RelatedIds) -> tuple[Item, ...]:
    """Links to related records, each with the reason."""
    return tuple(Item(RecordLink(kind, record_id), say_shared(kb, shared)) for record_id, shared in found)


def say_origin(kb: Lookup, record: CaseStudy | Chapter) -> list[str]:
    """When a text was written from published sources, and whether anybody stands for its facts by name."""
    said = []
    if record.written_on:
        date = format_date(record.written_on, kb.language)
        said.append(
            kb.gettext("Written from published sources on {value}.", value=date)
            if record.reviewed_by
            else kb.gettext(
                "Written from published sources on {value}; not yet reviewed by a named person.", value=date
            )
        )
    if record.reviewed_on and record.reviewed_by:
        date = format_date(record.reviewed_on, kb.language)
        said.append(kb.gettext("Checked by {name} on {value}.", name=record.reviewed_by, value=date))
    return said
