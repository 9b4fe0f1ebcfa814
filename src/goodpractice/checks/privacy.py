"""Private data on pages, and words and links that deceive.

The rules look at what is shown: decoded values, rendered texts, and where
links lead. A public address of an organisation has to be allowed by an editor,
in `mkdocs.yml` under `extra`, `goodpractice`, `allowed_contacts`: a file that a
contribution cannot change unnoticed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from pydantic import BaseModel

from goodpractice.checks.contacts import list_contacts, squeeze
from goodpractice.checks.targets import ADDRESS, check_target
from goodpractice.content.characters import list_odd
from goodpractice.content.deceptive import explain_odd
from goodpractice.content.document import Document, Origin
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.diagnostics.budget import keep_first, keep_first_of_each
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.kinds.registry import KINDS
from goodpractice.markdown.contributed import Reading, read_contributed
from goodpractice.markdown.shown import Source, extract_words, list_links, list_shown

#: Fields that hold an id, a date or a number; what they may hold is said by their type.
_DAYS = ("partner_approved_on", "written_on", "reviewed_on", "published_on", "updated_on")
_SKIPPED = frozenset({"id", "lat", "lon", *_DAYS, "year", "source_digest"})
#: Problems of one text whose places are worked out, repeated ones included.
MOST_PLACED = 100
Where = tuple[str | int, ...]


def check_privacy(kb: KnowledgeBase, allowed: Collection[str], keys: Iterable[tuple[str, str]]) -> Iterator[Diagnostic]:
    """Private data and deceiving addresses in the values of records, which anyone may have written.

    Args:
        kb: The knowledge base.
        allowed: Contacts that an editor has allowed, as they are written.
        keys: The records to look at, by kind and id, finished or not.
    """
    known = know(allowed)
    yield from keep_first_of_each((_find_path(kb, key), _check_record(kb, key, known)) for key in keys)


def _find_path(kb: KnowledgeBase, key: tuple[str, str]) -> str:
    found = kb.origins.get(key) or (kb.invalid_records[key].origin if key in kb.invalid_records else None)
    return found.path if found else kb.documents[key].path


def _check_record(kb: KnowledgeBase, key: tuple[str, str], known: Collection[str]) -> Iterator[Diagnostic]:
    kind, record_id = key
    record = kb.table(kind).raw.get(record_id)
    invalid_records = kb.invalid_records.get(key) if record is None else None
    if KINDS[kind].is_written:
        return
    if invalid_records is not None:
        yield from _check_values(invalid_records.values, invalid_records.origin, known)
    elif record is not None:
        yield from _check_values(record, kb.origins[key], known)


def know(allowed: Collection[str]) -> frozenset[str]:
    """Contacts that an editor has allowed, as they are compared."""
    return frozenset(map(squeeze, allowed))


def check_ledgers(kb: KnowledgeBase, known: Collection[str], case_ids: Collection[str]) -> Iterator[Diagnostic]:
    """Private data in the ledgers of consent of case studies, where they do not name a person anyway."""
    for (case_id, file), consent in kb.consents.items():
        if case_id in case_ids and not consent.list_naming():
            yield from check_values(consent, kb.ledgers["consent", f"{case_id}/{file}"], known)


def check_values(values: Any, origin: Origin, known: Collection[str]) -> Iterator[Diagnostic]:
    """Private data and deceiving addresses in values, at the place of each value."""
    yield from keep_first(_check_values(values, origin, known))


def _check_values(values: Any, origin: Origin, known: Collection[str]) -> Iterator[Diagnostic]:
    texts: list[tuple[Where, str]] = []
    _gather_texts(values, (), texts)
    for where, text in texts:
        for contact in list_contacts(text, known):
            yield origin.diagnose(where, contact.code, contact.message, contact.hint)
        if "://" in text:
            for address in ADDRESS.findall(text):
                for problem in check_target(address, "", known, literal=text):
                    yield origin.diagnose(where, problem.code, problem.message, problem.hint)


def _gather_texts(value: Any, where: Where, texts: list[tuple[Where, str]]) -> None:
    if isinstance(value, str):
        texts.append((where, value))
    elif isinstance(value, (list, tuple)):
        for number, entry in enumerate(value):
            _gather_texts(entry, (*where, number), texts)
    elif isinstance(value, (BaseModel, Mapping)):
        for name, below in (value if isinstance(value, Mapping) else value.__dict__).items():
            if below and name not in _SKIPPED:
                _gather_texts(below, (*where, name), texts)


def check_shown_story(document: Document, reading: Reading, known: Collection[str]) -> Iterator[Diagnostic]:
    """Private data, deceiving characters and deceiving links in a story, as readers see it."""
    if _is_worth_a_look(reading.html, known):
        html = read_contributed(document.body, places=True).html
        yield from keep_first(check_shown(document, html, known))


def check_shown_page(document: Document, html: str, known: Collection[str]) -> Iterator[Diagnostic]:
    """The same for a page in the dialect of editors that a contributor may have written."""
    if _is_worth_a_look(html, known):
        yield from keep_first(check_shown(document, html, known))


def _is_worth_a_look(html: str, known: Collection[str]) -> bool:
    """Whether anything can be found: the places of words are worked out only then."""
    words = extract_words(html)
    if next(list_contacts(words, known), None) or next(list_odd(words), None):
        return True
    return any(next(check_target(target, words, known), None) for target, words in list_links(html))


def check_shown(document: Document, html: str, known: Collection[str]) -> Iterator[Diagnostic]:
    """Everything wrong with what readers see of a text, at its place in the source.

    Args:
        document: The text.
        html: What became of it, best with the places of its parts (`sourcepos`).
        known: Allowed contacts, as they are compared.
    """
    source = Source(document.body)
    # Characters that stand in the source as they are were reported when the file was read.
    reported = {odd.at for odd in list_odd(document.body)}
    told: set[tuple[int, str]] = set()

    def diagnostic(at: int, code: str, message: str, hint: str) -> Iterator[Diagnostic]:
        if (at, code) not in told:
            told.add((at, code))
            line, column = source.place(at)
            yield document.diagnose(line - 1, code, message, hint, column)

    looked_at = 0
    for shown in list_shown(html):
        # Finding a place costs as much as the text is long, and no reader needs more problems than that.
        if looked_at > MOST_PLACED:
            return
        if shown.target:
            for problem in check_target(shown.target, shown.text, known, literal=document.body):
                looked_at += 1
                at = source.find_target(shown, problem.written)
                yield from diagnostic(at, problem.code, problem.message, problem.hint)
            continue
        for contact in islice(list_contacts(shown.text, known), MOST_PLACED):
            looked_at += 1
            at = source.find(shown, contact.at, contact.written)
            yield from diagnostic(at, contact.code, contact.message, contact.hint)
        for odd in islice(list_odd(shown.text), MOST_PLACED):
            looked_at += 1
            if odd.text == "\ufffd" and "\0" in document.body:
                continue  # what Markdown shows in the place of a character that was reported
            at = source.find(shown, odd.at, odd.text)
            if at not in reported:
                explained = explain_odd(document.path, 1, 1, odd)
                yield from diagnostic(at, explained.code, explained.message, explained.hint)
