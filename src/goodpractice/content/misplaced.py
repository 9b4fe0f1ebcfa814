"""Facts in the wrong place or under another name: reported, and moved to where they were meant to be.

What is checked afterwards is the record as it would be once the hints are followed. One mistake is therefore told once,
and not again as a field that is missing elsewhere.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import BaseModel

from goodpractice.content.addresses import LINK_WITH_WORDS, mend_address
from goodpractice.content.document import Origin
from goodpractice.content.fields import Form, ValuePath, describe_form, find_group, find_meant, find_model
from goodpractice.content.text import make_id
from goodpractice.content.written_values import quote, show, split_entries, unwrap, write_list
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.i18n.messages import ngettext_lazy
from goodpractice.kinds import PARTNER, Record
from goodpractice.kinds.case_study.model import NOT_NAMED

#: An organisation and what it did, in one line.
_WITH_ROLE = re.compile(r"(?P<name>[^(]*[^(\s])\s*(?:\((?P<inside>[^)]+)\)|(?::|\s[-\u2010-\u2015])\s+(?P<behind>.+))")


#: At most so many values of one record are moved: each costs a look at the whole file.
_MOST_MOVED = 20
#: Records by kind and id.
Known = Mapping[str, Mapping[str, Record]]


@dataclass(slots=True)
class MovedValues:
    """Values where they were meant to be.

    Attributes:
        model: The model of the record.
        values: The values.
        origin: Where each stands in the file, wherever that is.
        diagnostics: The mistakes.
        known: Records that are known, by kind and id.
    """

    model: type[Record]
    values: dict[str, Any]
    origin: Origin
    known: Known
    diagnostics: list[Diagnostic] = field(default_factory=list)

    @property
    def form(self) -> Form:
        """The names of the fields."""
        return describe_form(self.model)

    def tell(self, where: ValuePath, code: str, message: str, hint: str) -> None:
        """Add a problem at the place of a value."""
        self.diagnostics.append(self.origin.diagnose(where, code, message, hint))

    def note(self, where: ValuePath, comes_from: ValuePath) -> None:
        """Remember where in the file a value stands that was moved."""
        base = self.origin.base
        old, length = (*base, *comes_from), len(base) + len(comes_from)
        moved = {
            (*base, *where, *path[length:]): place
            for path, place in self.origin.positions.items()
            if path[:length] == old
        }
        self.origin = replace(self.origin, positions={**self.origin.positions, **moved})


def put_right(model: type[Record], values: Mapping[str, Any], origin: Origin, known: Known) -> MovedValues:
    """The values of a record that could not be made, in the places where they were meant to be."""
    placed = MovedValues(model, dict(values), origin, known)
    unknown = (key for key in values if key not in model.model_fields)
    for key in list(itertools.islice(unknown, _MOST_MOVED)):
        _put_unknown(placed, key)
    for name, inner in [(name, find_model(model, (name,))) for name in list(placed.values)]:
        if inner is not None:
            placed.values[name] = _rename(placed, (name,), placed.values[name], inner)
    for name, inner in ((name, find_model(model, (name,))) for name in list(placed.values)):
        if inner is not None and name in placed.form.entries:
            _put_entries(placed, name, inner)
        if inner is not None:
            _lift(placed, name, inner)
    return placed


def _put_unknown(placed: MovedValues, key: str) -> None:
    meant = find_meant(placed.model, key)
    if meant is not None and placed.values.get(meant) is None and not find_group(placed.model, key):
        value = placed.values.pop(key)
        if meant == "year" and isinstance(value, str) and len(value) <= 60 and re.search(r"\D", value.strip()):
            meant = "period"
        shaped, line = shape(placed.form, placed.model, meant, value)
        hint = _("Did you mean `{close}`?", close=meant)
        if shaped != value and line:
            hint = _("Write {lines}.", lines=line)
        placed.tell((key,), rules.UNKNOWN_FIELD, _("`{name}` is not a known field", name=key), hint)
        placed.values[meant] = shaped
        placed.note((meant,), (key,))
        return
    group = find_group(placed.model, key)
    if group is None:
        return
    is_there = (*placed.origin.base, group) in placed.origin.positions
    where = _find_place(placed, group, key)
    if where is None:
        return
    column = max(placed.origin.find(where)[1] - 1, 2) if len(where) > 1 else _find_column(placed, group)
    value = placed.values.pop(key)
    target: Any = placed.values[group]
    for part in where[1:]:
        target = target[part]
    target[key] = value
    line = f"{' ' * column}{key}: {quote(value)}" if isinstance(value, str) else f"{' ' * column}{key}: …"
    hint = ngettext_lazy(
        "It belongs to `{group}`: put one space before it: `{line}`.",
        "It belongs to `{group}`: put {number} spaces before it: `{line}`.",
        column,
        group=group,
        line=line if len(line) <= 120 else f"{' ' * column}{key}: …",
    )
    if not is_there:
        hint = _("It belongs to a group: write `{group}:`, and below it `{line}`.", group=group, line=line)
    placed.tell((key,), rules.UNKNOWN_FIELD, _("`{name}` is not a known field", name=key), hint)
    placed.note((*where, key), (key,))


def _rename(placed: MovedValues, where: ValuePath, value: Any, inner: type[BaseModel]) -> Any:
    """The values of a group or of the entries of a list, each under the name that was meant."""
    if isinstance(value, list):
        return [_rename(placed, (*where, number), entry, inner) for number, entry in enumerate(value)]
    if not isinstance(value, dict):
        return value
    named: dict[str, Any] = {}
    for key, below in value.items():
        meant = key if key in inner.model_fields or key in placed.model.model_fields else _find_inner(inner, key)
        if meant and meant != key and meant not in value and len(placed.diagnostics) < _MOST_MOVED:
            hint = _("Did you mean `{close}`?", close=meant)
            message = _("`{name}` is not a known field", name=key)
            placed.tell((*where, key), rules.UNKNOWN_FIELD, message, hint)
            placed.note((*where, meant), (*where, key))
            key = meant
        named[key] = below
    return named


def _find_inner(inner: type[BaseModel], key: str) -> str | None:
    if key in ("id", "organisation", "organization") and PARTNER in inner.model_fields:
        return PARTNER
    return find_meant(inner, key)


def _find_place(placed: MovedValues, group: str, key: str) -> ValuePath | None:
    """The entry or group above a field that was meant to be a part of it."""
    if group in placed.form.groups:
        if placed.values.get(group) is None:
            placed.values[group] = {}
        given = placed.values[group]
        return (group,) if isinstance(given, dict) and key not in given else None
    line = placed.origin.find((key,))[0]
    above = [
        where
        for where, entry in _list_entries(group, placed.values.get(group))
        if key not in entry and placed.origin.find(where)[0] < line
    ]
    return above[-1] if above else None


def _find_column(placed: MovedValues, group: str) -> int:
    names = (path for path in placed.origin.positions if path[:-1] == (*placed.origin.base, group))
    return next((placed.origin.positions[path][1] - 1 for path in names), 2) or 2


def shape(form: Form, model: type[Record], name: str, value: Any) -> tuple[Any, str]:
    """A value in the shape that a field needs, and the line or lines to write."""
    inner = find_model(model, (name,))
    if isinstance(value, str) and name in form.lists:
        entries = split_entries(value, name in form.ids)
        return entries, f"`{write_list(name, entries)}`"
    if isinstance(value, str) and name in form.entries and inner is not None:
        first = next(iter(inner.model_fields))
        return [{first: value}], _(
            "{above}, and below it {below}", above=f"`{name}:`", below=f"`  - {first}: {quote(value)}`"
        )
    if isinstance(value, dict) and name in form.entries:
        return [value], ""
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        if name in form.lists:
            return value, f"`{write_list(name, value)}`"
        text = ", ".join(value)
        return text, f"`{name}: {quote(text)}`"
    return value, f"`{show(f'{name}: {quote(value)}')}`" if isinstance(value, str) else ""


def _put_entries(placed: MovedValues, name: str, inner: type[BaseModel]) -> None:
    """A list of groups of fields whose hyphens are missing, too many, or before something else."""
    entries = placed.values[name]
    fields = list(inner.model_fields)
    if isinstance(entries, dict) and entries and next(iter(entries)) in fields:
        first = next(iter(entries))
        text = entries[first]
        line = f"  - {first}: {quote(text)}" if isinstance(text, str) and len(text) < 100 else f"  - {first}: …"
        message = _("a hyphen is missing: an entry of `{key}` begins here", key=name)
        hint = _("Write `{line}`, with the spaces before the hyphen.", line=line)
        placed.tell((name, first), rules.WRONG_VALUE, message, hint)
        placed.values[name] = [entries]
        placed.note((name, 0), (name,))
        return
    if isinstance(entries, dict) and entries and all(isinstance(below, str) for below in entries.values()):
        # Names of organisations with what they did, in the manner of a list of terms.
        for number, key in enumerate(entries):
            placed.note((name, number), (name, key))
        entries = [{key: below} for key, below in entries.items()]
    if not isinstance(entries, list):
        return
    kept: list[Any] = []
    for number, entry in enumerate(entries):
        made = _write_entry(placed, name, inner, number, entry)
        above: Any = kept[-1] if kept else None
        if made is None and len(placed.diagnostics) < _MOST_MOVED and _belongs_to(above, entry, inner):
            _tell_hyphen(placed, name, number, entry)
            kept[-1] = {**above, **entry}
            for key in entry:
                placed.note((name, len(kept) - 1, key), (name, number, key))
            continue
        if number != len(kept):
            placed.note((name, len(kept)), (name, number))
        kept.append(made or entry)
    placed.values[name] = kept


def _belongs_to(above: Any, entry: Any, inner: type[BaseModel]) -> bool:
    """Whether an entry holds what the one above it lacks."""
    if not (isinstance(above, dict) and isinstance(entry, dict)) or set(above) & set(entry):
        return False
    needed = {key for key, info in inner.model_fields.items() if info.is_required()}
    return bool((needed - set(above)) & set(entry)) and set(entry) <= set(inner.model_fields)


def _tell_hyphen(placed: MovedValues, name: str, number: int, entry: Mapping[str, Any]) -> None:
    key, value = next(iter(entry.items()))
    column = placed.origin.find((name, number))[1] - 1
    line = f"{' ' * column}{key}: {quote(value)}" if isinstance(value, str) and len(value) < 100 else f"{key}: …"
    message = _("the hyphen before `{key}` begins another entry of `{name}`", key=key, name=name)
    hint = _("Put a space in place of the hyphen: `{line}`.", line=line)
    placed.tell((name, number), rules.WRONG_VALUE, message, hint)


def _write_entry(
    placed: MovedValues, name: str, inner: type[BaseModel], number: int, entry: Any
) -> dict[str, Any] | None:
    """The group of fields that was meant by an entry of another kind: its name alone, or with what it did."""
    first, *others = inner.model_fields
    needed = [key for key in others if inner.model_fields[key].is_required()]
    if isinstance(entry, dict) and len(entry) == 1 and not set(entry) & set(inner.model_fields):
        key, value = next(iter(entry.items()))
        entry = f"{key}: {value}" if isinstance(value, str) else key
    if not isinstance(entry, str) or not entry.strip() or len(placed.diagnostics) >= _MOST_MOVED:
        return None
    entry = entry[:300]
    address = mend_address(entry.partition("http")[1] + entry.partition("http")[2] or entry)
    if address and "url" in inner.model_fields:
        link = LINK_WITH_WORDS.search(entry)
        title = unwrap(entry.partition("http")[0].strip(" :,-[(<") or "…") if "http" in entry else "…"
        title = unwrap(link[1]) if link and link[1].strip() else title
        lines = _(
            "{above}, and below it {below}", above=f"`  - title: {quote(title)}`", below=f"`    url: {quote(address)}`"
        )
        message = _("this entry of `{name}` is not a group of `name: value` lines", name=name)
        placed.tell((name, number), rules.WRONG_VALUE, message, _("Write {lines}.", lines=lines))
        return {"title": title, "url": address}
    found = _WITH_ROLE.fullmatch(entry) if first in placed.form.ids else None
    text = unwrap(found["name"] if found else entry)
    told = (found["inside"] or found["behind"]) if found else None
    if first in placed.form.ids:
        first, text = _find_partner(placed, first, text)
    elif first == "id" and make_id(text) != text:
        text, told = make_id(text), text
    lines = f"`  - {first}: {quote(text)}`"
    made = {first: text}
    for key in needed:
        said = unwrap(told) if told else "https://…" if key == "url" else "…"
        lines = _("{above}, and below it {below}", above=lines, below=f"`    {key}: {quote(said)}`")
        # Nothing more is told of an address that is still to come.
        made[key] = "https://example.org/" if said == "https://…" else said
    message = _("this entry of `{name}` is not a group of `name: value` lines", name=name)
    placed.tell((name, number), rules.WRONG_VALUE, message, _("Write {lines}.", lines=lines))
    return made


def _find_partner(placed: MovedValues, field: str, text: str) -> tuple[str, str]:
    """The field and the value for an organisation: its id where it has a page, its name otherwise."""
    partners = placed.known.get(PARTNER, {})
    names = (record_id for record_id, record in partners.items() if getattr(record, "name", "") == text)
    found = next(names, make_id(text))
    return (field, found) if found in partners or text == NOT_NAMED else ("name", text)


def _lift(placed: MovedValues, name: str, inner: type[BaseModel]) -> None:
    """Fields of the record that became a part of an entry, by spaces before them."""
    value = placed.values[name]
    groups = [((name,), value)] if isinstance(value, dict) else list(_list_entries(name, value))
    for where, group in groups:
        for key in [key for key in group if key not in inner.model_fields]:
            if key not in placed.model.model_fields or placed.values.get(key) is not None:
                continue
            text = group[key]
            line = show(f"{key}: {quote(text)}") if isinstance(text, str) else f"{key}: …"
            message = _("`{key}` is not a field of `{group}`", key=key, group=name)
            hint = _("Delete the spaces before it: `{line}`.", line=line)
            placed.tell((*where, key), rules.UNKNOWN_FIELD, message, hint)
            placed.values[key] = text
            placed.note((key,), (*where, key))
            rest = {other: below for other, below in group.items() if other != key}
            group = rest
            if len(where) == 1:
                placed.values[name] = rest
            else:
                placed.values[name] = [rest if n == where[1] else e for n, e in enumerate(placed.values[name])]


def _list_entries(name: str, value: Any) -> Iterator[tuple[ValuePath, dict[str, Any]]]:
    for number, entry in enumerate(value if isinstance(value, list) else ()):
        if isinstance(entry, dict):
            yield (name, number), entry
