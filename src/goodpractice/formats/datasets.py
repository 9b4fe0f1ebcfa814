"""Which records and fields are published as data: one rule for every format.

A field is published unless its model marks it as `Unpublished`; a place that is withheld is left out, and of photos all
that may not be shown. Files have the names of the lists in `docs/reference/fields.md`, and columns those of the fields.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache, cached_property
from hashlib import blake2b
from typing import Any, NamedTuple

from markupsafe import Markup
from pydantic import BaseModel

from goodpractice.content.fields import find_inner
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.kinds.base import PLACE_FIELDS, Placed, Record, Unpublished
from goodpractice.kinds.kind import Kind
from goodpractice.kinds.photo import Photo
from goodpractice.kinds.registry import KINDS
from goodpractice.kinds.views.links import locate_record

#: Folder of the data, and the address of the page about it.
FOLDER = "data/"
#: The address of the page of a record, in the place of a field. `url` is the website of whoever it is about.
PAGE = "page"


class About(NamedTuple):
    """What every file of data says of itself.

    Attributes:
        site_name: Name of the site.
        site_url: Its address with a final slash; may be empty.
        licence: The licence in the words of the community; may be empty.
        edition: The last day on which somebody worked on a record; may be empty.
    """

    site_name: str
    site_url: str
    licence: str
    edition: str


def describe_site(kb: KnowledgeBase, *, with_edition: bool = True) -> About:
    """What every file of data says of itself.

    Args:
        kb: The knowledge base.
        with_edition: Whether to look for the edition: who asks depends on every record.
    """
    names = ("site_name", "site_url", "copyright")
    site_name, site_url, licence = (str(kb.settings.file.get(name) or "") for name in names)
    edition = kb.edition if with_edition else ""
    # A site may have a link in this line.
    return About(site_name, f"{site_url.rstrip('/')}/" if site_url else "", Markup(licence).striptags(), edition)  # noqa: S704 - all of it goes


class Dataset:
    """The records of a kind as they are published.

    Attributes:
        kb: The knowledge base.
        kind: The kind.
        about: What its files say of themselves.
    """

    def __init__(self, kb: KnowledgeBase, kind: Kind[Any], about: About) -> None:
        """Take where it comes from."""
        self.kb, self.kind, self.about = kb, kind, about

    @property
    def model(self) -> type[Record]:
        """The class of its records."""
        return self.kind.model

    @property
    def name(self) -> str:
        """Name of its files without their endings."""
        return self.kind.data_name

    @property
    def title(self) -> str:
        """What readers call it."""
        return title_dataset(self.kb, self.kind)

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """Names of the published fields, the id first, and the address of the page behind it where there is one."""
        first = ("id", PAGE) if self.kind.collection else ("id",)
        # A position is seldom what a reader of the file looks for.
        rest = sorted(collect_fields(self.model), key=("lat", "lon").__contains__)
        return (*first, *(name for name in rest if name != "id"))

    def list_records(self) -> Iterator[dict[str, Any]]:
        """Each record by its fields, those left out that are not given."""
        return (self.read(record_id, text) for (record_id, __), text in self.list_texts())

    def list_texts(self) -> Iterator[tuple[tuple[str, str], str]]:
        """What each record says, as JSON for `read`, behind its id and a digest of it."""
        for record_id, text in self.kb.list_texts(self.kind.id):
            yield (record_id, blake2b(text.encode(), digest_size=8).hexdigest()), text

    def read(self, record_id: str, text: str) -> dict[str, Any]:
        """A record by its fields, those left out that are not given."""
        given = json.loads(text)
        values = {"id": record_id, **_collect_defaults(self.model), **given}
        if given.get("map") == "withheld":
            values = {name: value for name, value in values.items() if name not in PLACE_FIELDS}
        for name in _list_photo_fields(self.model) & given.keys():
            values[name] = [photo for photo in given[name] if self.kb.find_photo(record_id, photo["file"])]
        if self.kind.collection:
            values[PAGE] = self.about.site_url + locate_record(self.kb, self.kind.id, record_id)
        return {name: values[name] for name in self.fields if values.get(name) not in (None, [], {})}


class Lines(NamedTuple):
    """A file of records, in parts.

    Attributes:
        head: What stands before the first record.
        write: Writes a record; nothing where the file holds none.
        between: What stands between two records.
        tail: What stands after the last one.
    """

    head: str
    write: Callable[[dict[str, Any]], str] | None = None
    between: str = ""
    tail: str = ""


def list_kinds(kb: KnowledgeBase) -> Iterator[Kind[Any]]:
    """The kinds that are published as data: those with a file or folder of their own, and a record in it.

    A translation lies beside its page, and is published there.
    """
    return (kind for kind in KINDS.values() if kind.file and kb.has_any(kind.id))


def title_dataset(kb: KnowledgeBase, kind: Kind[Any]) -> str:
    """What readers call the records of a kind."""
    return kb.gettext(kind.collection.title) if kind.collection else kind.data_name.replace("_", " ").capitalize()


def data_url(kind: Kind[Any], ending: str) -> str:
    """Address of a file of a kind, relative to the site."""
    return f"{FOLDER}{kind.data_name}.{ending}"


@cache
def collect_fields(model: type[BaseModel]) -> tuple[str, ...]:
    """Names of the published fields of a model, in its order."""
    return tuple(
        name
        for name, info in model.model_fields.items()
        if not any(isinstance(mark, Unpublished) for mark in info.metadata)
    )


@cache
def may_be_withheld(model: type[BaseModel]) -> frozenset[str]:
    """Fields that are left out of some records although they are given."""
    return PLACE_FIELDS if issubclass(model, Placed) else frozenset()


@cache
def _collect_defaults(model: type[BaseModel]) -> Mapping[str, Any]:
    """Values that hold where a field is not given."""
    return {
        name: info.default
        for name, info in model.model_fields.items()
        if not info.is_required() and info.default not in (None, ())
    }


@cache
def _list_photo_fields(model: type[BaseModel]) -> frozenset[str]:
    return frozenset(name for name, info in model.model_fields.items() if find_inner(info.annotation) is Photo)
