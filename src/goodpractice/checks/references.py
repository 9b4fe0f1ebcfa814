"""Ids and sources that a record names must exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from goodpractice import issues
from goodpractice.issues import Issue
from goodpractice.knowledge_base import KnowledgeBase, Origin
from goodpractice.load import HOME_OF_KIND
from goodpractice.load.records import list_raw_references, list_references, suggest
from goodpractice.models import Ref
from goodpractice.models.base import URL_PATTERN

_NAMES = {
    "case_study": "case study",
    "partner_kind": "kind of partner",
    "resource_kind": "kind of resource",
    "equity_dimension": "equity dimension",
    "money_band": "money band",
    "access_cost": "kind of cost",
}


def name_kind(kind: str) -> str:
    """A kind of record in words."""
    return _NAMES.get(kind, kind)


def check_references(kb: KnowledgeBase, keys: Iterable[tuple[str, str]]) -> Iterator[Issue]:
    """Every id and source that records name.

    Args:
        kb: The knowledge base.
        keys: The records to look at, by kind and id.
    """
    for kind, record_id in keys:
        for where, value, mark in list_references(kb.table(kind).raw[record_id]):
            found = explain_reference(kb, mark, value) if isinstance(mark, Ref) else explain_source(kb, value)
            if found is not None:
                yield _issue(kb.origins[kind, record_id], where, *found)


def check_unfinished(kb: KnowledgeBase) -> Iterator[Issue]:
    """Every id and source in entries that are not records yet."""
    for entry in kb.unfinished.values():
        for where, value, mark in list_raw_references(entry.model, entry.values):
            found = explain_reference(kb, mark, value) if isinstance(mark, Ref) else explain_source(kb, value)
            if found is not None:
                yield _issue(entry.origin, where, *found)


def _issue(origin: Origin, where: tuple[str | int, ...], code: str, message: str, hint: str) -> Issue:
    line, column = origin.find(where)
    return Issue(origin.path, line, column, code, message, hint)


def explain_reference(kb: KnowledgeBase, mark: Ref, value: str) -> tuple[str, str, str] | None:
    """What is wrong with an id that a record or a macro names; nothing when it exists."""
    table = kb.table(mark.kind)
    if value in table or value in mark.literal or kb.may_exist(mark.kind, value):
        return None
    home = HOME_OF_KIND[mark.kind]
    unfinished = (record_id for kind, record_id in kb.unfinished if kind == mark.kind)
    close = suggest(value, [*table, *unfinished, *mark.literal]) or _by_name(kb, mark.kind, value)
    message = f"{name_kind(mark.kind)} `{value}` is not in {home}"
    if close:
        return issues.UNKNOWN_REFERENCE, message, f"Did you mean `{close}`?"
    if mark.literal:
        ways = " or ".join(f"`{word}`" for word in mark.literal)
        return issues.UNKNOWN_REFERENCE, message, f"Add an entry to {home}, or write {ways}."
    if home.endswith("/"):
        return issues.UNKNOWN_REFERENCE, message, f"Use the name of a file in {home}, without .md."
    if mark.kind in kb.choices or len(table) <= 20:
        return issues.UNKNOWN_REFERENCE, message, f"Use one of: {', '.join(table)}."
    return issues.UNKNOWN_REFERENCE, message, f"Use an id from {home}, or add an entry there."


def _by_name(kb: KnowledgeBase, kind: str, value: str) -> str | None:
    """The id of the record whose name somebody wrote instead."""
    wanted = value.casefold()
    for record_id, record in kb.table(kind).items():
        name = str(getattr(record, "name", None) or getattr(record, "title", None) or "").casefold()
        if name and (wanted == name or (len(wanted) > 5 and wanted in name)):
            return record_id
    return None


def explain_source(kb: KnowledgeBase, value: str) -> tuple[str, str, str] | None:
    """What is wrong with a source; nothing when it is an address or a known id."""
    if value in kb.publications or URL_PATTERN.fullmatch(value) or kb.may_exist("source", value):
        return None
    if value.startswith("www."):
        return issues.UNKNOWN_SOURCE, f"the source `{value}` is not a whole web address", f"Write https://{value}"
    close = suggest(value, kb.publications)
    hint = (
        f"Did you mean `{close}`?"
        if close
        else "Give a whole web address, or add the document to data/sources.yml and use its id."
    )
    return issues.UNKNOWN_SOURCE, f"the source `{value}` is neither a web address nor in data/sources.yml", hint
