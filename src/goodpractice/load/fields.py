"""What reading needs to know of models: their fields, where they refer to other records, and what was meant."""

from __future__ import annotations

import difflib
import re
import types
import typing
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from goodpractice.budget import may_guess
from goodpractice.models import Record, Ref, SourceRef
from goodpractice.models.case_study import CaseStudy

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
}
#: Longer words are no slip of somebody's fingers.
_MOST_GUESSED = 120
#: How alike a name is to another of which it has one letter too many or too few.
_A_SLIP = 0.8
#: Fields for which an empty text says something: that it was begun and not finished.
_NEVER_EMPTY = frozenset({"year", "partner_approved_on", "written_on", "reviewed_on"})
#: What stands between several ids that were given as one text.
BETWEEN_IDS = re.compile(r"\s*[,;&+]\s*|\s+and\s+")


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


def find_meant(model: type[BaseModel], key: str) -> str | None:
    """The field that somebody meant by another name, if any is close."""
    plain = key.lower().strip().replace(" ", "_").replace("-", "_")
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
