"""The page about the open data: which files there are, how to read them, an example of each, every field explained."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from pydantic import BaseModel

from goodpractice.content.fields import find_inner
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.formats.citations import CITATION_FORMATS, cite_site, describe_cited, whole_url
from goodpractice.formats.csv_files import MARK, SEPARATOR, begin_csv, list_columns
from goodpractice.formats.datasets import (
    PAGE,
    Dataset,
    data_url,
    describe_site,
    list_kinds,
    title_dataset,
)
from goodpractice.formats.geojson import PLACES
from goodpractice.formats.registry import FORMATS, list_formats
from goodpractice.i18n.dates import format_date
from goodpractice.kinds.blocks import Code, Fact, Facts, Fold, Paragraphs, Section, View
from goodpractice.kinds.kind import Kind
from goodpractice.kinds.overviews import OVERVIEWS
from goodpractice.kinds.texts import PageLink, Text, join
from goodpractice.kinds.views.lists import overview_head
from goodpractice.render.citations import link_file, print_citation

#: The shortest of so many records is the example.
_LOOKED_AT = 50


def data_page(kb: KnowledgeBase) -> View:
    """Every file of data, with an example and what each field means."""
    return (
        overview_head(kb, "data", kb.gettext("Take it along")),
        _begin(kb),
        _describe_edition(kb),
        _explain_files(kb),
        *_show_whole(kb),
        *(_describe_group(kb, kinds) for kinds in _group_kinds(kb)),
    )


def _begin(kb: KnowledgeBase) -> Section:
    """What people come for, in their words, each with the file or the part of the page that serves it."""
    lists = join(
        PageLink(data_url(kind, "csv"), title, name=kb.gettext("{title} as {format}", title=title, format="CSV"))
        for kind in list_kinds(kb)
        if kind.collection and (title := title_dataset(kb, kind))
    )
    page = OVERVIEWS["data"].url
    cited = PageLink(f"{page}#cite", kb.gettext("a sentence to copy, and files")) if describe_cited(kb).site_url else ""
    how = PageLink(f"{page}#how-to-read", kb.gettext("how the files are made"))
    facts = (
        Fact("spreadsheet", kb.gettext("Count or sort in a spreadsheet"), lists),
        Fact("map", kb.gettext("Put places on a map"), _link_places(kb)),
        Fact("cite", kb.gettext("Cite the site"), cited),
        Fact("program", kb.gettext("Write a program"), how),
    )
    return Section("gp-begin", kb.gettext("What would you like to do?"), (Facts(facts),))


def _describe_edition(kb: KnowledgeBase) -> Facts:
    about = describe_site(kb)
    edition = format_date(datetime.date.fromisoformat(about.edition), kb.language) if about.edition else ""
    return Facts(
        (
            Fact("edition", kb.gettext("Edition"), edition),
            Fact("licence", kb.gettext("Licence"), about.licence),
        )
    )


def _explain_files(kb: KnowledgeBase) -> Section:
    said = (
        kb.gettext(
            "Every kind of record has the same files. The names of the columns are the names of the fields, and a "
            "field that nobody has filled in is left out or empty: an empty field is no answer. The column page holds "
            "the address of the record on this site. The edition is the last day on which somebody worked on a "
            "record."
        ),
        kb.gettext(
            "CSV opens in a spreadsheet by a double click: UTF-8 with a byte order mark, commas between the columns, a "
            "row for each record. Several values in a cell are joined by “{separator}”, and an entry without a value "
            "keeps its place among them. Where a text begins with =, +, -, @, their wide forms, a tab or a line break, "
            "an apostrophe stands before it, so that no spreadsheet takes it for a formula; take it off to have the "
            "text. Numbers are numbers.",
            separator=SEPARATOR,
        ),
        kb.gettext(
            "JSON holds the same records with their lists and parts whole, and its schema says what each field may "
            "hold. Use it for programs, and where a list stands inside of a list."
        ),
        kb.gettext(
            "On a computer with the project, the command “goodpractice export FOLDER” writes the same files, byte for "
            "byte, and each page as Markdown. The list for programs that read for people is /llms.txt."
        ),
        kb.gettext(
            "No file holds an e-mail address that the community has not made public itself, a photo that may not be "
            "shown, or the place of an organisation that needs to stay unseen. People are named who asked to be named, "
            "or who stand for the facts."
        ),
    )
    return Section("how-to-read", kb.gettext("How to read the files"), (Paragraphs("\n\n".join(said), role=""),))


def _show_whole(kb: KnowledgeBase) -> Iterator[Section]:
    """How to cite the site, and the file that holds every place."""
    if describe_cited(kb).site_url:
        cited_by = join(_link_whole(kb, ending) for ending in CITATION_FORMATS)
        cited = (*print_citation(kb, cite_site(kb)), Facts((Fact("files-site", kb.gettext("Files"), cited_by),)))
        yield Section("cite", kb.gettext("Cite the whole site"), cited)
    said = kb.gettext(
        "One point for each partner, network, event and case study whose place may be shown: the town, never an "
        "address. A case study stands where the partner does that leads it. Programs for maps open this file."
    )
    files = Facts((Fact("files-places", kb.gettext("Files"), _link_places(kb)),))
    yield Section("places", kb.gettext("Places"), (Paragraphs(said, role=""), files))


def _link_places(kb: KnowledgeBase) -> PageLink:
    return PageLink(PLACES, "GeoJSON", name=kb.gettext("Places as GeoJSON"))


def _group_kinds(kb: KnowledgeBase) -> list[list[Kind[Any]]]:
    """Kinds with the same fields are explained together."""
    groups: dict[type[BaseModel], list[Kind[Any]]] = {}
    for kind in list_kinds(kb):
        groups.setdefault(kind.model, []).append(kind)
    return list(groups.values())


def _describe_group(kb: KnowledgeBase, kinds: Sequence[Kind[Any]]) -> Section:
    about = describe_site(kb)
    datasets = [Dataset(kb, kind, about) for kind in kinds]
    first = datasets[0]
    alone = len(datasets) == 1
    title = first.title if alone else kb.gettext("Lists of choices")
    files = tuple(
        Fact(f"files-{dataset.name}", kb.gettext("Files") if alone else dataset.title, _link_files(kb, dataset))
        for dataset in datasets
    )
    shown: View = (Facts(files), *_show_example(kb, first), _explain_fields(kb, first))
    return Section(first.name.replace("_", "-"), title, shown)


def _link_files(kb: KnowledgeBase, dataset: Dataset) -> Text:
    return join(link_file(kb, dataset.kind, dataset.title, ending) for ending in list_formats(dataset.kind))


def _link_whole(kb: KnowledgeBase, ending: str) -> PageLink:
    text = FORMATS[ending].name
    return PageLink(whole_url(ending), text, name=kb.gettext("The whole site as {format}", format=text))


def _show_example(kb: KnowledgeBase, dataset: Dataset) -> Iterator[Fold]:
    example = min(islice(dataset.list_records(), _LOOKED_AT), key=lambda record: len(str(record)))
    lines = begin_csv(dataset)
    row = lines.write(example) if lines.write else ""
    for name, text in (
        ("CSV", f"{lines.head.removeprefix(MARK)}{row}".replace("\r", "").rstrip()),
        ("JSON", json.dumps(example, ensure_ascii=False, indent=2)),
    ):
        yield Fold(kb.gettext("A record in {format}", format=name), (Code(text),))


def _explain_fields(kb: KnowledgeBase, dataset: Dataset) -> Fold:
    facts = tuple(
        Fact(f"field-{'-'.join(path)}", ".".join(path), _describe_field(kb, dataset, path))
        for path in list_columns(dataset)
    )
    return Fold(kb.gettext("What each field means"), (Facts(facts),))


def _describe_field(kb: KnowledgeBase, dataset: Dataset, path: Sequence[str]) -> str:
    model: type[BaseModel] | None = dataset.model
    said = ""
    for name in path:
        info = model.model_fields.get(name) if model else None
        said = info.description or "" if info else said
        model = find_inner(info.annotation) if info else None
    if path[0] == PAGE:
        return kb.gettext("Address of its page on this site.")
    return said or kb.gettext("Permanent short name.")
