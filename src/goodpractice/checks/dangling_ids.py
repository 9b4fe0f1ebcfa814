"""Ids and sources that a record names must exist, and stand once in a list."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator

from goodpractice.config.report_limits import PROBLEMS_IN_FILE
from goodpractice.content.addresses import mend_address, say_how_to_address
from goodpractice.content.document import Origin
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.content.records import list_raw_references, list_references
from goodpractice.content.text import make_id, suggest
from goodpractice.content.written_values import write_list
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.budget import keep_first_of_each
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.i18n.messages import join_lazy_or
from goodpractice.kinds import MONEY_BAND, PARTNER, SOURCE, Ref, SourceRef
from goodpractice.kinds.base import URL_PATTERN
from goodpractice.kinds.registry import HOME_OF_KIND, KINDS, NAMED_TOGETHER, VOCABULARIES

Where = tuple[str | int, ...]
#: Where a record names something, what it names, and what that should be.
Reference = tuple[Where, str, Ref | SourceRef]


def check_references(kb: KnowledgeBase, keys: Iterable[tuple[str, str]]) -> Iterator[Diagnostic]:
    """Every id and source that records name.

    Args:
        kb: The knowledge base.
        keys: The records to look at, by kind and id.
    """
    references = (
        (kb.origins[kind, record_id], list_references(kb.table(kind).raw[record_id])) for kind, record_id in keys
    )
    yield from _check(kb, references)


def check_invalid_records(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every id and source in entries that are not records yet."""
    entries = kb.invalid_records.values()
    yield from _check(kb, ((entry.origin, list_raw_references(entry.model, entry.values)) for entry in entries))


def _check_text(kb: KnowledgeBase, origin: Origin, named: list[tuple[Where, str, Ref]]) -> Diagnostic | None:
    """Ids that were given as one text where a list belongs: what is wrong with the first, and the whole list."""
    where, mark = named[0][0], named[0][2]
    table = kb.table(mark.kind)
    known = [*table, *(record_id for kind, record_id in kb.invalid_records if kind == mark.kind)]
    words = [word for _where, word, _mark in named[:PROBLEMS_IN_FILE]]
    meant = [found for word in words for found in _find_ids(kb, mark.kind, word, known)]
    wrong = next((word for word in words if word not in known), None)
    if wrong is None or kb.may_exist(mark.kind, wrong):
        return None
    message = _say_unknown(mark.kind, wrong)
    line = write_list(str(where[-2]), list(dict.fromkeys(meant))) if meant and all(meant) else ""
    hint = _("Write `{line}`.", line=line)
    if not line:
        hint = _say_what_else(kb, mark, wrong)
        if len(known) <= _FEW:
            start = f'{where[-2]}: ["…"]'
            hint = _("Write `{line}` with one of: {kb}.", line=start, kb=", ".join(table))
    return Diagnostic(origin.path, *origin.find(where), rules.UNKNOWN_REFERENCE, message, hint)


def _find_ids(kb: KnowledgeBase, kind: str, word: str, known: Collection[str]) -> list[str]:
    """The ids that are meant by an entry of a text; an empty one where nobody can tell."""
    if not re.search(r"[^\W\d_]", word) or word.strip(" .").casefold() in ("etc", "others"):
        return []
    for between in (r"\s*[|\u2022\u2013\u2014]\s*|\s*\d[.)]\s*", None, r"\s+"):
        parts = re.split(between, word.strip()) if between and len(word) <= _MOST_GUESSED else [word]
        found = [find_closest(kb, kind, part, known) or "" for part in parts if part]
        if all(found) and (between is None or len(found) > 1):
            return found
    return [""]


def _check(kb: KnowledgeBase, references: Iterable[tuple[Origin, Iterable[Reference]]]) -> Iterator[Diagnostic]:
    """The first problems of each file: looking for what was meant takes long."""
    return keep_first_of_each((origin.path, _check_record(kb, origin, named)) for origin, named in references)


def _check_record(kb: KnowledgeBase, origin: Origin, references: Iterable[Reference]) -> Iterator[Diagnostic]:
    lists: dict[Where, list[tuple[Where, str, Ref]]] = {}
    texts: dict[Where, None] = {}
    first: dict[tuple[Where, str], Where] = {}
    for where, value, mark in references:
        if absent := find_absent(kb, mark, value):
            yield absent
            continue
        if isinstance(mark, Ref) and isinstance(where[-1], int):
            lists.setdefault(where[:-1], []).append((where, value, mark))
        found = _explain(kb, mark, value)
        group = () if found is not None else _find_list(where, value, mark)
        named = first.setdefault((group, value), where) if group else where
        if found is None and named == where:
            continue
        # Only where something is wrong is a place asked for: to know it, the file of a story may be read again.
        if where[:-1] in lists and (*origin.base, *where) not in origin.positions:
            texts[where[:-1]] = None
        elif found is not None:
            line, column = origin.find(where)
            yield Diagnostic(origin.path, line, column, *found)
        else:
            if named:
                yield _explain_twice(origin, named, where, value)
            first[group, value] = ()  # told once, however often it stands there
    yield from filter(None, (_check_text(kb, origin, lists[group]) for group in texts))


def _explain(kb: KnowledgeBase, mark: Ref | SourceRef, value: str) -> tuple[str, str, str] | None:
    return explain_reference(kb, mark, value) if isinstance(mark, Ref) else explain_source(kb, value)


def _find_list(where: Where, value: str, mark: Ref | SourceRef) -> Where:
    """The list in which a value may stand once; empty where it stands in none, or names nobody."""
    if isinstance(where[-1], int):
        return where[:-1]
    return (*where[:-2], where[-1]) if isinstance(mark, Ref) and mark.once and value not in mark.literal else ()


def _explain_twice(origin: Origin, first: Where, where: Where, value: str) -> Diagnostic:
    """That an entry repeats an earlier one: the page would show it twice, and counts would be wrong."""
    line, __ = origin.find(first)
    message = _("`{value}` stands in this list already, on line {line}", value=value, line=line)
    hint = _("Delete one of the two.")
    if not isinstance(where[-1], int):
        hint = _("Make one entry of the two, with what both say.")
    return Diagnostic(origin.path, *origin.find(where), rules.NAMED_TWICE, message, hint)


def find_absent(kb: KnowledgeBase, mark: Ref | SourceRef, value: str) -> Diagnostic | None:
    """That the file or folder is missing which would hold what is named here: said there, and so only once."""
    if isinstance(mark, Ref):
        path = "" if value in mark.literal else kb.absent.get(mark.kind)
    else:
        path = "" if URL_PATTERN.fullmatch(value) else kb.absent.get(SOURCE)
    return reject_absent(path) if path else None


def reject_absent(path: str) -> Diagnostic:
    """The issue for a file or folder that is missing."""
    message = _("{path} is missing, and other files name what it holds", path=path)
    hint = _("Bring it back: `git restore {path}`, or upload it again from the last version that worked.", path=path)
    return Diagnostic.of_file(path, rules.MISSING_FILE, message, hint)


def explain_reference(kb: KnowledgeBase, mark: Ref, value: str) -> tuple[str, str, str] | None:
    """What is wrong with an id that a record or a macro names; nothing when it exists."""
    table = kb.table(mark.kind)
    if value in table or value in mark.literal or kb.may_exist(mark.kind, value):
        return None
    invalid_records = [record_id for kind, record_id in kb.invalid_records if kind == mark.kind]
    known = [*table, *invalid_records, *mark.literal]
    message = _say_unknown(mark.kind, value)
    # What is longer is a text, and no answer.
    parts = [part for part in _BETWEEN.split(value) if part] if len(value) <= _MOST_GUESSED else []
    words = value.split()
    parts = words if len(words) > 1 and all(word in known for word in words) else parts
    several = [find_closest(kb, mark.kind, part, known) for part in parts]
    # A name may hold a comma or an "and" itself.
    whole = _find_exact(kb, mark.kind, value, known)
    if whole is None and len(parts) > 1 and all(several) and mark.kind in NAMED_TOGETHER:
        if mark.literal:
            listed = ", ".join(f"`{part}`" for part in several)
            hint = _("Write one partner in each entry, with its role: {listed}.", listed=listed)
        else:
            listed = ", ".join(json.dumps(part) for part in several)
            hint = _("Each needs its own quotation marks: write [{listed}].", listed=listed)
        return rules.UNKNOWN_REFERENCE, message, hint
    close = whole or find_closest(kb, mark.kind, value, known)
    if mark.kind == PARTNER and not value.strip():
        return rules.UNKNOWN_REFERENCE, _("`partner` is empty"), _SAY_EMPTY
    if not close and mark.literal and value.strip(" .-").casefold() in _NOBODY:
        close = mark.literal[0]
    if close:
        return rules.UNKNOWN_REFERENCE, message, _("Did you mean `{close}`?", close=close)
    return rules.UNKNOWN_REFERENCE, message, _say_what_else(kb, mark, value)


def _say_unknown(kind: str, value: str) -> str:
    if KINDS[kind].known:
        return _("`{value}` is not one of {known}", value=value, known=KINDS[kind].known)
    if kind == PARTNER:
        return _("there is no page for a partner `{value}`", value=value)
    return _(
        "{kind} `{value}` is not in {home_of_kind}", kind=KINDS[kind].name, value=value, home_of_kind=HOME_OF_KIND[kind]
    )


def _say_what_else(kb: KnowledgeBase, mark: Ref, value: str) -> str:
    """What to write when no known id is close."""
    home = HOME_OF_KIND[mark.kind]
    if mark.literal:
        ways = join_lazy_or([f"`{word}`" for word in mark.literal])
        if len(value) > 60 or not value.isprintable() or "<" in value or "://" in value or "www." in value:
            return _(
                'Write `name: "…"` with its name instead of `partner:`. If it prefers not to be named, write {ways}.',
                ways=ways,
            )
        named = json.dumps(value, ensure_ascii=False)
        return _(
            "Write `name: {named}` instead of `partner:`. If it prefers not to be named, write {ways}.",
            named=named,
            ways=ways,
        )
    if home.endswith("/"):
        return _("Use the name of a file in {home}, without .md.", home=home)
    if not kb.table(mark.kind):
        return _("Add an entry to {home}: there is none of this kind yet.", home=home)
    if mark.kind in VOCABULARIES or len(kb.table(mark.kind)) <= _FEW:
        return _("Use one of: {kb}.", kb=", ".join(kb.table(mark.kind)))
    return _("Use an id from {home}, or add an entry there.", home=home)


_LINK = re.compile(r"\[([^\]]{1,100})\]\s?\(([^)\s]{1,200})\)")
_HOST = re.compile(r"(?:https?://)?(?:www\.)?([\w-]+(?:\.[\w-]+)+)", re.IGNORECASE)
#: What to write where a partner is empty.
_SAY_EMPTY = _("Write the short name of its page between the marks, or `not named`.")
#: What stands between several answers that were given as one.
_BETWEEN = re.compile(r"\s*[,;&+/]\s*|\s+(?:and|-)\s+")
#: How people say that an organisation is not to be named.
_NOBODY = frozenset(
    {*("", "none", "unknown", "n/a", "na", "anonymous", "anon", "nobody", "no name", "unnamed"), "confidential"}
)
#: A mistyped id is closer to what was meant than this; a bad guess is worse than none.
_CLOSE = 0.7
_MOST_GUESSED = 120
#: So many ids are shown in a hint.
_FEW = 20
#: An amount of money, and the letter or word that stands for thousands or millions.
_AMOUNT = re.compile(
    r"(\d(?:[\d,.'\u2019]|[ \u00a0\u2009\u202f](?=\d{3}(?!\d)))*(?<=\d))\s?(k|thousand|mio|million|m|)(?![^\W\d_])",
    re.IGNORECASE,
)
#: A number of something else.
_NO_AMOUNT = re.compile(
    r"\d\s?(?:%|(?:hour|day|week|month|year|session|visit|people|person|volunteer)s?\b)", re.IGNORECASE
)
_LESS = re.compile(r"\b(?:less|under|below|up to|not more|at most)\b|<", re.IGNORECASE)
_MORE = re.compile(r"\b(?:more|over|above)\b|>", re.IGNORECASE)
#: Money of which nobody can say here how much it is.
_OTHER_MONEY = re.compile(r"[¥₹₽₩]|\b(?:JPY|INR|SEK|NOK|DKK|kr|yen)\b", re.IGNORECASE)
_NO_MONEY = frozenset({"nothing", "nil", "zero", "no money", "no cost", "no costs", "free", "for free", "no budget"})


def find_closest(kb: KnowledgeBase, kind: str, value: str, known: Collection[str]) -> str | None:
    """The id that somebody meant: written as its name, as an everyday word for it, or with a typing mistake."""
    if len(value) > _MOST_GUESSED:
        return None
    for reading in _list_readings(value):
        exact = _find_exact(kb, kind, reading, known)
        if exact is not None:
            return exact
    if kind == PARTNER and (host := _find_host(value)):
        for record_id, record in kb.table(kind).items():
            if _find_host(getattr(record, "url", None) or "") == host:
                return record_id
    if kind == MONEY_BAND:
        return _find_band(value, known)
    slug = make_id(value)
    return suggest(slug or value, known, _CLOSE) or _by_name(kb, kind, value)


def _list_readings(value: str) -> Iterator[str]:
    """What somebody may have meant by a value: itself, or the last part of an address, or the words of a link."""
    yield value
    link = _LINK.fullmatch(value.strip())
    for part in link.groups() if link else (value,):
        if link:
            yield part
        if "/" in part or part.endswith((".md", ".html")):
            path = re.split(r"[?#]", part)[0].strip("/ ").removesuffix("/index.html")
            yield re.sub(r"\.(?:md|html)$", "", path.rpartition("/")[2])
    yield re.split(r"\s*[(,:;]|\s[-\u2010-\u2015]\s", value.strip())[0]


def _find_host(address: str) -> str:
    found = _HOST.match(address.strip())
    return found[1].lower() if found else ""


def _find_exact(kb: KnowledgeBase, kind: str, value: str, known: Collection[str]) -> str | None:
    if len(value) > _MOST_GUESSED:
        return None
    plain, slug = value.strip().casefold(), make_id(value)
    for word in known:
        if plain == word.casefold() or slug == word:
            return word
    for record_id, record in kb.table(kind).items():
        names = (getattr(record, "name", None), getattr(record, "title", None), *getattr(record, "also", ()))
        if any(name and plain == str(name).casefold() for name in names):
            return record_id
    return None


def _find_band(value: str, known: Collection[str]) -> str | None:
    """The band that holds an amount, where bands are called `none`, `under-1000`, `1000-5000`, `over-25000`."""
    if _OTHER_MONEY.search(value) or _NO_AMOUNT.search(value):
        return None
    if value.strip(" .").casefold() in _NO_MONEY:
        return "none" if "none" in known else None
    read = [_read_amount(*part) for part in _AMOUNT.findall(value)]
    amounts = [amount for amount in read if amount is not None]
    if not amounts or len(amounts) != len(read) or len(read) > 2:
        return None
    low, high = min(amounts), max(amounts)
    if high == 0:
        return "none" if "none" in known else None
    if _LESS.search(value):
        low = high = high - 1
    elif _MORE.search(value):
        low = high = low + 1
    found = next((band for band in known if _fits(band, low, high)), None)
    # The last band that ends holds its end: "up to and including".
    return found or next((band for band in known if re.fullmatch(rf"\d+-{low:.0f}", band)), None)


def _read_amount(digits: str, times: str) -> float | None:
    """A number as people write amounts of money; nothing where it may be another."""
    plain = re.sub(r"(?<=\d)[ ,.'\u2019\u00a0\u2009\u202f](?=\d{3}(?!\d))", "", digits)
    plain = re.sub(r",(?=\d\d?$)", ".", plain)
    if not re.fullmatch(r"\d{1,9}(?:\.\d{1,2})?", plain):
        return None
    return float(plain) * {"k": 1_000, "t": 1_000, "m": 1_000_000}.get(times[:1].lower(), 1)


def _fits(band: str, low: float, high: float) -> bool:
    numbers = [int(number) for number in re.findall(r"\d+", band)]
    if len(numbers) == 2:
        return numbers[0] <= low and (high < numbers[1] or low < high == numbers[1])
    return bool(numbers) and (high < numbers[0] if band.startswith("under") else low > numbers[0])


def _by_name(kb: KnowledgeBase, kind: str, value: str) -> str | None:
    """The id of the record in whose name somebody wrote a part."""
    wanted = value.casefold()
    for record_id, record in kb.table(kind).items():
        name = str(getattr(record, "name", None) or getattr(record, "title", None) or "").casefold()
        if len(wanted) > 5 and wanted in name:
            return record_id
    return None


def explain_source(kb: KnowledgeBase, value: str) -> tuple[str, str, str] | None:
    """What is wrong with a source; nothing when it is an address or a known id."""
    if value in kb.publications or URL_PATTERN.fullmatch(value) or kb.may_exist(SOURCE, value):
        return None
    address = mend_address(value)
    if address:
        message = _("the source `{value}` is not a whole web address", value=value)
        return rules.UNKNOWN_SOURCE, message, _("Write `{address}`.", address=json.dumps(address))
    if "://" in value:
        message = _("the source `{value}` is not a whole web address", value=value)
        return rules.UNKNOWN_SOURCE, message, say_how_to_address(value)
    close = suggest(value, kb.publications) if len(value) <= _MOST_GUESSED else None
    hint = (
        _("Did you mean `{close}`?", close=close)
        if close
        else _('Write its whole web address, `"https://…"`. An editor adds what is not on the web to data/sources.yml.')
    )
    return (
        rules.UNKNOWN_SOURCE,
        _("the source `{value}` is neither a web address nor in data/sources.yml", value=value),
        hint,
    )
