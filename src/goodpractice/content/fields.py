"""What reading needs to know of models: their fields, where they refer to other records, and what was meant."""

from __future__ import annotations

import difflib
import re
import types
import typing
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from goodpractice.diagnostics.budget import may_guess
from goodpractice.kinds import Record, Ref, SourceRef
from goodpractice.kinds.case_study import CaseStudy

#: Where a field refers to other records: names of fields, `*` for every entry of a list; and to what.
Reference = tuple[tuple[str, ...], Ref | SourceRef]

#: Everyday names of fields of a case study, and how the form calls them.
EVERYDAY_NAMES: Mapping[str, str] = {
    **dict.fromkeys(("location", "where", "town", "city", "area", "venue"), "place"),
    **dict.fromkeys(("date", "when", "time", "years", "dates"), "year"),
    **dict.fromkeys(("name", "heading", "headline", "titel"), "title"),
    **dict.fromkeys(("description", "abstract", "about", "short_summary"), "summary"),
    **dict.fromkeys(("partner", "organisation", "organisations", "organization", "organizations"), "partners"),
    **dict.fromkeys(("theme", "topic", "topics", "tags", "tag", "keywords", "categories", "category"), "themes"),
    **dict.fromkeys(("source", "links", "link", "references"), "sources"),
    **dict.fromkeys(("approved_on", "partner_approved", "approved", "approval"), "partner_approved_on"),
    **dict.fromkeys(("author", "authors", "contributor"), "contributors"),
    **dict.fromkeys(("audience", "who"), "audiences"),
    **dict.fromkeys(("cost", "costs", "budget"), "money"),
    **dict.fromkeys(("image", "images", "photo", "pictures"), "photos"),
    # In other languages of the field, without accents: Welsh, German, French, Spanish, Italian
    **dict.fromkeys(("teitl", "titre", "titulo", "titolo"), "title"),
    **dict.fromkeys(("crynodeb", "zusammenfassung", "resume", "resumen", "riassunto"), "summary"),
    **dict.fromkeys(("partneriaid", "partner_innen", "partenaires", "socios", "partenaire"), "partners"),
    **dict.fromkeys(("lle", "lleoliad", "ort", "lieu", "lugar", "luogo"), "place"),
    **dict.fromkeys(("blwyddyn", "jahr", "annee", "ano", "anno"), "year"),
    **dict.fromkeys(("themau", "themen", "sujets", "temas", "temi"), "themes"),
    **dict.fromkeys(("ffynonellau", "quellen", "fuentes", "fonti"), "sources"),
}
#: Longer words are no slip of somebody's fingers.
_MOST_GUESSED = 120
#: How alike a name is to another of which it has one letter too many or too few.
_A_SLIP = 0.8
#: Fields for which an empty text says something: that it was begun and not finished.
_NEVER_EMPTY = frozenset({"year", "partner_approved_on", "written_on", "reviewed_on"})
#: What stands between several ids that were given as one text.
_BETWEEN_IDS = re.compile(r" ?[,;&+] ?| and ")


def suggest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The known word that is closest to a mistyped one, if any is close: from 0, which any word is, to 1.

    Nothing is guessed for a very long word, or when a run has made very many guesses.
    """
    length = len(word)
    if length > _MOST_GUESSED:
        return None
    # No word is closer than its length is.
    near = [other for other in known if 2 * min(length, len(other)) >= cutoff * (length + len(other))]
    close = difflib.get_close_matches(word, near, n=1, cutoff=cutoff) if may_guess(len(near)) else []
    return close[0] if close else None


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
            marks = [*info.metadata, *_list_marks(info.annotation)]
            marks = [mark for mark in marks if isinstance(mark, (Ref, SourceRef)) or getattr(mark, "pattern", None)]
            below = _find_model(info.annotation)
            if below is not None:
                (entries if _holds_list(info.annotation) else groups)[name] = frozenset(below.model_fields)
                look(below)
            elif _holds_list(info.annotation):
                lists.add(name)
            elif _find_text(info.annotation) and not marks:
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


def _holds_list(annotation: Any) -> bool:
    return get_origin(annotation) is tuple or any(_holds_list(part) for part in get_args(annotation))


def _find_text(annotation: Any) -> bool:
    return annotation is str or any(_find_text(part) for part in get_args(annotation))


def _list_marks(annotation: Any) -> Iterator[Any]:
    for part in get_args(annotation):
        if isinstance(part, (Ref, SourceRef)):
            yield part
        else:
            yield from _list_marks(part)


class Field(typing.NamedTuple):
    """What reading needs to know of a field: the model of its values, and whether an empty one counts as absent."""

    inner: type[BaseModel] | None
    may_be_empty: bool


@cache
def list_fields(model: type[BaseModel]) -> Mapping[str, Field]:
    """The fields of a model by name; computed once for each model."""
    return {
        name: Field(_find_model(info.annotation), not info.is_required() and name not in _NEVER_EMPTY)
        for name, info in model.model_fields.items()
    }


def find_model(model: type[Record], where: Iterable[int | str]) -> type[BaseModel] | None:
    """The model of the values at a path of names and numbers, if they have one."""
    current: Any = model
    for part in where:
        if isinstance(part, int):
            continue
        if not (isinstance(current, type) and issubclass(current, BaseModel)) or part not in current.model_fields:
            return None
        current = _find_model(current.model_fields[part].annotation)
    return current if isinstance(current, type) and issubclass(current, BaseModel) else None


def _find_model(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in get_args(annotation):
        inner = _find_model(argument)
        if inner is not None:
            return inner
    return None


def simplify_name(key: str) -> str:
    """A name without accents, capitals and what was put around it."""
    letters = unicodedata.normalize("NFKD", key).lower()
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"\W+", "_", plain).strip("_")


def find_meant(model: type[BaseModel], key: str) -> str | None:
    """The field that somebody meant by another name, if any is close."""
    plain = simplify_name(key)
    if plain in model.model_fields:
        return plain
    meant = EVERYDAY_NAMES.get(plain) if model is CaseStudy and plain not in model.model_fields else None
    return meant or suggest(plain, model.model_fields)


def find_group(model: type[BaseModel], key: str) -> str | None:
    """The field whose entries have a field of this name, for a line that is not indented.

    Nothing when the line is rather a slip in the name of a field beside it, or an everyday name for one.
    """
    if suggest(key, model.model_fields, _A_SLIP) or (model is CaseStudy and key in EVERYDAY_NAMES):
        return None
    groups = ((name, field.inner) for name, field in list_fields(model).items())
    return next((name for name, inner in groups if inner is not None and key in inner.model_fields), None)


@cache
def list_reference_fields(model: type[Record]) -> tuple[Reference, ...]:
    """The fields of a model that hold ids of other records or sources; computed once for each model."""
    return tuple(_walk_fields(model, ()))


def _walk_fields(model: type[BaseModel], path: tuple[str, ...]) -> Iterator[Reference]:
    for name, info in model.model_fields.items():
        for mark in info.metadata:
            if isinstance(mark, (Ref, SourceRef)):
                yield (*path, name), mark
        yield from _walk_annotation(info.annotation, (*path, name))


def _walk_annotation(annotation: Any, path: tuple[str, ...]) -> Iterator[Reference]:
    origin = get_origin(annotation)
    if origin is tuple:
        yield from _walk_annotation(get_args(annotation)[0], (*path, "*"))
    elif origin is typing.Annotated:
        for mark in get_args(annotation)[1:]:
            if isinstance(mark, (Ref, SourceRef)):
                yield path, mark
        yield from _walk_annotation(get_args(annotation)[0], path)
    elif origin in (typing.Union, types.UnionType):
        for argument in get_args(annotation):
            yield from _walk_annotation(argument, path)
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield from _walk_fields(annotation, path)
