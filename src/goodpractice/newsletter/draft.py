"""An issue of the newsletter as a file: drafted from the news, and drafted again around what an editor has written."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from goodpractice.content.changes import summarise
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.content.situations import SITUATIONS, find_heading
from goodpractice.content.text import make_anchor
from goodpractice.i18n.dates import format_date, spell_date
from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.kinds.base import FIRST_DAYS
from goodpractice.kinds.newsletter import PLACEHOLDER
from goodpractice.kinds.registry import KINDS
from goodpractice.kinds.views.links import locate_record
from goodpractice.newsletter.news import Named, News
from goodpractice.render.environment import escape_text

#: Signs by which a bare address becomes a link.
_ADDRESS = re.compile(r":(?=//)|(?<=www)\.|@", re.IGNORECASE)
_FILE = re.compile(r"---\n(?P<facts>.*?\n)---[ \t]*\n(?P<body>.*)", re.DOTALL)
#: The field `drafted`, whichever way YAML has it: its digests are found by their form.
_DRAFTED = re.compile(r"^drafted:.*\n(?:[ \t]*-.*\n)*", re.MULTILINE)
_MARK = re.compile(r"""([^\s,\[\]"']+)-([0-9a-f]{8})\b""")


class DraftError(ValueError):
    """The file of an issue does not begin with its facts."""


class _Parts(NamedTuple):
    """A file in parts.

    Attributes:
        facts: The lines of its facts, without the field `drafted`.
        digests: What that field says: digests of sections as they were drafted, by name.
        sections: Its text from heading to heading, by name; what stands before the first one under "".
    """

    facts: str
    digests: dict[str, str]
    sections: dict[str, str]

    def write(self) -> str:
        """The file."""
        marks = ", ".join(f"{name}-{digest}" for name, digest in self.digests.items())
        return f"---\n{self.facts}drafted: [{marks}]\n---\n{''.join(self.sections.values())}"


class Redraft(NamedTuple):
    """A file that was drafted again.

    Attributes:
        text: The whole file.
        renewed: Names of sections that were written anew, or taken out because there is nothing to say any more.
        kept: Names of those that the draft has otherwise, and that stay because somebody has edited or cut them.
    """

    text: str
    renewed: list[str]
    kept: list[str]


def write_draft(kb: KnowledgeBase, news: News) -> str:
    """The file of an issue that nobody has edited."""
    since, until = (format_date(day, kb.language) for day in (news.since, news.until))
    facts = {
        "title": spell_date(f"{news.until:%Y-%m}", kb.language),
        "summary": kb.gettext("What was new here from {first} to {last}.", first=since, last=until),
    }
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in facts.items()]
    lines += [f"since: {news.since.isoformat()}\n", f"until: {news.until.isoformat()}\n"]
    sections = dict(_write_sections(kb, news))
    return _Parts("".join(lines), {name: _digest(text) for name, text in sections.items()}, sections).write()


def redraft(text: str, drafted: str) -> Redraft:
    """Put a new draft into a file: sections that nobody has touched are renewed, all others stay.

    Args:
        text: The file as it is.
        drafted: What `write_draft` gives today.

    Raises:
        DraftError: The file cannot be taken apart.
    """
    own, new = _read(text), _read(drafted)
    renewed, kept = [], []
    for name in {**new.sections, **own.digests}:
        now, then = _digest(own.sections.get(name, "")), _digest(new.sections.get(name, ""))
        if now == then:
            continue
        # A section that is not there and was never drafted is free to be written; one that is gone was cut.
        if now != own.digests.get(name, _digest("")):
            kept.append(name)
            continue
        renewed.append(name)
        if name in new.sections:
            own.sections[name], own.digests[name] = new.sections[name], then
        else:
            del own.sections[name], own.digests[name]
    return Redraft(own.write(), renewed, kept)


def _read(text: str) -> _Parts:
    found = _FILE.fullmatch(text)
    if found is None:
        raise DraftError
    drafted = _DRAFTED.search(found["facts"])
    digests = dict(_MARK.findall(drafted[0])) if drafted else {}
    sections = {"": ""}
    name = ""
    for line in found["body"].splitlines(keepends=True):
        heading = find_heading(line)
        if heading is not None and heading[0] <= len("##"):
            name = heading[1]
            while name in sections:  # two headings with one name are two sections
                name += "+"
            sections[name] = ""
        sections[name] += line
    return _Parts(_DRAFTED.sub("", found["facts"]), digests, sections)


def _digest(section: str) -> str:
    """What a section says, whatever the spaces."""
    return hashlib.blake2b(" ".join(section.split()).encode(), digest_size=4).hexdigest()


def _write_sections(kb: KnowledgeBase, news: News) -> Iterator[tuple[str, str]]:
    """The sections of a draft by the anchors of their headings; one of which there is nothing to say is left out."""
    written = {
        N_("From the editors"): [PLACEHOLDER],
        N_("New"): list(_tell_new(kb, news)),
        N_("Changed"): [f"- {_tell_changed(kb, record)}" for record in news.changed],
        N_("Coming"): [f"- {_tell(kb, record)}" for record in news.coming] or [_say_nothing_comes(kb, news)],
        N_("Waiting to be checked"): list(_tell_waiting(kb, news)),
    }
    for title, lines in written.items():
        heading = f"## {kb.gettext(title)}"
        if lines:
            yield make_anchor(kb.gettext(title), "-"), "\n".join([heading, "", *lines, "", ""])


def _say_nothing_comes(kb: KnowledgeBase, news: News) -> str:
    return kb.gettext("We know of no event after {day}.", day=format_date(news.until, kb.language))


def _tell_new(kb: KnowledgeBase, news: News) -> Iterator[str]:
    """Kind by kind: those that tell something of themselves one a line, others by their names."""
    for kind_id, ids in news.new.items():
        kind = KINDS[kind_id]
        records = [Named(kind_id, record_id) for record_id in ids]
        yield f"### {_title(kb, kind_id)}"
        yield ""
        if any(day in kind.model.model_fields for day in FIRST_DAYS):
            yield from (f"- {_tell(kb, record)}" for record in records)
        else:
            yield ", ".join(_link(kb, record) for record in records) + "."
        yield ""


def _title(kb: KnowledgeBase, kind_id: str) -> str:
    return _escape(kb.gettext(kb.collection(kind_id).title))


def _tell_waiting(kb: KnowledgeBase, news: News) -> Iterator[str]:
    for due in news.due:
        yield f"- {_link(kb, due.record)}: " + kb.gettext("by {day}", day=format_date(due.day, kb.language))
    for kind_id, (number, of) in news.unchecked.items():
        if number:
            values = {"title": _title(kb, kind_id), "number": number, "of": of}
            yield "- " + kb.gettext("{title}: {number} of {of} wait for a first check by a named person.", **values)
    if news.drafts:
        yield "- " + kb.language.ngettext(
            "{number} translation waits for a native reader.",
            "{number} translations wait for a native reader.",
            news.drafts,
        )


def _tell(kb: KnowledgeBase, record: Named) -> str:
    """A record with what it is, in a sentence or two; a text of editors with the situation that it answers first."""
    kind = KINDS[record.kind]
    said = summarise(kb, kind, kb.table(record.kind).raw[record.id])
    # Those that stand in a field of the record are shown nowhere.
    situations = {} if SITUATIONS in kind.model.model_fields else kb.find_situations(*record)
    situation = next(chain.from_iterable(situations.values()), "")
    asked = kb.gettext("You may be thinking: “{situation}”.", situation=situation) if situation else ""
    told = _escape(" ".join(filter(None, (said, asked))))
    return f"{_link(kb, record)}: {told}" if told else _link(kb, record)


def _tell_changed(kb: KnowledgeBase, record: Named) -> str:
    """A record with what changed, where it says so."""
    said = getattr(kb.table(record.kind).raw[record.id], "what_changed", None)
    return f"{_link(kb, record)}: {_escape(said)}" if said else _tell(kb, record)


def _link(kb: KnowledgeBase, record: Named) -> str:
    """A link as editors write it: to the file of a text, by the macro of a card, or to an address."""
    kind = KINDS[record.kind]
    if kind.card and not kind.has_text:
        return f'{{{{ {kind.id}("{record.id}", style="link") }}}}'
    name = _escape(kb.record_name(record.kind, record.id))
    if kind.has_text:
        return f"[{name}](../{kind.file}{record.id}.md)"
    return f'<a href="../../{locate_record(kb, record.kind, record.id)}">{name}</a>'


def _escape(text: str) -> str:
    """Words of a record in the Markdown of editors: they link nothing, call no macro and begin no line."""
    escaped = str(escape_text(" ".join(text.split())))
    # Quotation marks mean nothing outside of an attribute, and an editor is to read this.
    escaped = escaped.replace("&#39;", "'").replace("&#34;", '"')
    return _ADDRESS.sub(lambda found: f"&#{ord(found[0])};", escaped)
