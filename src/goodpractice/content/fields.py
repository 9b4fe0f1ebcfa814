"""The fields of models as the loader needs them: names, references to other records, and the nearest known name."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from goodpractice.content.text import suggest
from goodpractice.i18n.sorting import strip_accents
from goodpractice.kinds import Record, Ref, SourceRef

#: Names and numbers that lead to a value within a file or a record.
ValuePath = tuple[str | int, ...]
#: Line and column, from 1.
Position = tuple[int, int]

#: How alike a name is to another of which it has one letter too many or too few.
_A_SLIP = 0.8
#: Fields for which an empty text says something: that it was begun and not finished.
_NEVER_EMPTY = frozenset({"year", "partner_approved_on", "written_on", "reviewed_on", "published_on", "updated_on"})
#: Everyday names of the parts of an entry.
_EVERYDAY_PARTS: Mapping[str, str] = {
    **dict.fromkeys(("link", "address", "web", "website", "web_address", "webpage", "href", "uri"), "url"),
    **dict.fromkeys(("heading", "headline", "what"), "title"),
    **dict.fromkeys(("organisation", "organization", "title"), "name"),
    **dict.fromkeys(("what_they_did", "job", "part"), "role"),
}
#: What stands between several ids that were given as one text.
_BETWEEN_IDS = re.compile(r" ?[,;&+] ?| and ")


def split_ids(text: str) -> list[str]:
    """Several ids that were given as one text."""
    # A pattern that begins with any white space would look for it at every space of a long run.
    return _BETWEEN_IDS.split(" ".join(text.split()))


@dataclass(frozen=True, slots=True)
class Form:
    """The names of the fields that a text may hold: what tells a line with a mistake in it from a line of a text.

    Attributes:
        top: Names at the start of a line.
        entries: Names within each entry of a list, by the name of the list.
        groups: Names within a group, by the name of the group.
        lists: Lists of texts or ids.
        ids: Fields and lists that hold ids.
        texts: Fields that hold words for readers.
        needed: Names at the start of a line without which the record is none.
    """

    top: frozenset[str] = frozenset()
    entries: Mapping[str, frozenset[str]] = field(default_factory=dict)
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)
    lists: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()
    needed: frozenset[str] = frozenset()

    @property
    def nested(self) -> frozenset[str]:
        """Names within entries and groups."""
        return frozenset().union(*self.entries.values(), *self.groups.values())

    @property
    def names(self) -> frozenset[str]:
        """Every name."""
        return self.top | self.nested


@cache
def describe_form(model: type[BaseModel]) -> Form:
    """The names of the fields of a file that holds one record."""
    entries: dict[str, frozenset[str]] = {}
    groups: dict[str, frozenset[str]] = {}
    lists: set[str] = set()
    ids: set[str] = set()
    texts: set[str] = set()

    def look(inner: type[BaseModel]) -> None:
        for name, info in inner.model_fields.items():
            parts = list(list_parts(info.annotation))
            marks = [mark for mark in (*info.metadata, *parts) if isinstance(mark, (Ref, SourceRef))]
            has_pattern = any(getattr(constraint, "pattern", None) for constraint in info.metadata)
            holds_list = any(get_origin(part) is tuple for part in parts)
            below = find_inner(info.annotation)
            if below is not None:
                (entries if holds_list else groups)[name] = frozenset(below.model_fields)
                look(below)
            elif holds_list:
                lists.add(name)
            elif str in parts and not marks and not has_pattern:
                texts.add(name)
            if any(isinstance(mark, Ref) for mark in marks):
                ids.add(name)

    look(model)
    needed = {name for name, info in model.model_fields.items() if info.is_required()}
    names = (frozenset(found) for found in (lists, ids, texts - ids, needed))
    return Form(frozenset(model.model_fields), entries, groups, *names)


def describe_lists(models: Mapping[str, type[BaseModel]]) -> Form:
    """The names of the fields of a data file, which holds lists of records. A comment is never part of a text there."""
    forms = [describe_form(model) for model in models.values()]
    entries = {name: frozenset(model.model_fields) for name, model in models.items()}
    for form in forms:
        entries |= form.entries
    groups = {name: names for form in forms for name, names in form.groups.items()}
    lists, ids = (frozenset().union(*(getattr(form, name) for form in forms)) for name in ("lists", "ids"))
    return Form(frozenset(models), entries, groups, lists, ids)


def list_parts(annotation: Any) -> Iterator[Any]:
    """A type and all inside it: members of unions, entries of lists, marks of `Annotated`, words of `Literal`."""
    yield annotation
    for part in get_args(annotation):
        yield from list_parts(part)


def find_inner(annotation: Any) -> type[BaseModel] | None:
    """The model that a type is or holds; nothing when it holds plain values."""
    models = (part for part in list_parts(annotation) if isinstance(part, type) and issubclass(part, BaseModel))
    return next(models, None)


class Field(typing.NamedTuple):
    """A field as the loader needs it: the model of its values, and whether an empty value counts as absent."""

    inner: type[BaseModel] | None
    may_be_empty: bool


@cache
def collect_fields(model: type[BaseModel]) -> Mapping[str, Field]:
    """The fields of a model by name; computed once for each model."""
    return {
        name: Field(find_inner(info.annotation), not info.is_required() and name not in _NEVER_EMPTY)
        for name, info in model.model_fields.items()
    }


def find_model(model: type[BaseModel], where: Iterable[int | str]) -> type[BaseModel] | None:
    """The model of the values at a path of names and numbers, if they have one."""
    current: type[BaseModel] | None = model
    named = False  # whether the next name is one that somebody gave to an entry, and no field
    for part in where:
        if named:
            named = False
        elif isinstance(part, str):
            if current is None or part not in current.model_fields:
                return None
            annotation = current.model_fields[part].annotation
            current, named = find_inner(annotation), get_origin(annotation) is dict
    return current


def simplify_name(key: str) -> str:
    """A name without accents, capitals and what was put around it."""
    return re.sub(r"\W+", "_", strip_accents(key).lower()).strip("_")


def find_meant(model: type[BaseModel], key: str) -> str | None:
    """The field that is meant by another name, if any is close."""
    plain = simplify_name(key)
    if plain in model.model_fields:
        return plain
    meant = (_name_every_day(model) or _EVERYDAY_PARTS).get(plain)
    meant = meant if meant in model.model_fields else None
    return meant or suggest(plain, model.model_fields)


def _name_every_day(model: type[BaseModel]) -> Mapping[str, str]:
    return model.everyday_names if issubclass(model, Record) else {}


def find_group(model: type[BaseModel], key: str) -> str | None:
    """The field whose entries have a field of this name, for a line that is not indented.

    Nothing when the line is rather a slip in the name of a field beside it, or an everyday name for one.
    """
    if suggest(key, model.model_fields, _A_SLIP) or key in _name_every_day(model):
        return None
    groups = ((name, field.inner) for name, field in collect_fields(model).items())
    return next((name for name, inner in groups if inner is not None and key in inner.model_fields), None)
