"""The only list of kinds, and what is derived from it for everybody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from types import MappingProxyType
from typing import Any

from goodpractice.config.project_folders import WRITTEN_FOLDERS
from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.kinds import (
    case_study,
    chapter,
    equity_dimension,
    event,
    feedback,
    network,
    newsletter,
    pack,
    partner,
    plan,
    post,
    programme,
    publication,
    resource,
    series,
    template,
    term,
    theme,
    timeline,
    translation,
    vocabulary,
)
from goodpractice.kinds.base import Facet, Record, Ref, SourceRef
from goodpractice.kinds.kind import Collection, Filter, Kind, KindError
from goodpractice.kinds.marks import list_marks, list_values

#: The value of a filter that only asks whether a field is given.
DOCUMENTED = "yes"

#: Every kind by its id, in the order in which the site shows them: a new kind is one line here.
KINDS: Mapping[str, Kind[Any]] = MappingProxyType(
    {
        kind.id: kind
        for kind in (
            chapter.KIND,
            case_study.KIND,
            partner.KIND,
            theme.KIND,
            programme.KIND,
            network.KIND,
            event.KIND,
            timeline.KIND,
            term.KIND,
            resource.KIND,
            template.KIND,
            pack.KIND,
            plan.KIND,
            post.KIND,
            series.KIND,
            newsletter.KIND,
            feedback.KIND,
            publication.KIND,
            translation.KIND,
            *vocabulary.KINDS,
            equity_dimension.KIND,
        )
    }
)

#: Data files by path: the lists that each holds, with their kinds.
DATA_FILES: Mapping[str, Mapping[str, Kind[Any]]] = MappingProxyType(
    {
        path: MappingProxyType({kind.list: kind for kind in KINDS.values() if kind.file == path})
        for path in dict.fromkeys(kind.file for kind in KINDS.values() if kind.list)
    }
)
#: In which file or folder an id of each kind is defined: for hints.
HOME_OF_KIND: Mapping[str, str] = MappingProxyType({kind.id: kind.file for kind in KINDS.values() if kind.file})
#: Controlled vocabularies.
VOCABULARIES = tuple(kind.id for kind in KINDS.values() if kind.is_vocabulary)
#: Kinds that have pages, in the order of the site.
COLLECTIONS: Mapping[str, Collection[Any]] = MappingProxyType(
    {kind.id: kind.collection for kind in KINDS.values() if kind.collection}
)
#: What the search calls a page for those who edit and build the site.
EDITORS = "editors"
_SEARCHED = {kind.id: kind.search for kind in KINDS.values() if kind.search}
#: How results of the search are called, by what they are; the first is listed first.
RESULT_LABELS: Mapping[str, str] = MappingProxyType(
    {
        **{id: search.label for id, search in sorted(_SEARCHED.items(), key=lambda item: item[1].rank)},
        "index": N_("List"),
        "doc": N_("Page"),
        EDITORS: N_("For editors"),
    }
)
#: Kinds of which a case study names records, with the first mark of each. Lists of case studies are chosen by these.
CASE_FACETS: Mapping[str, Ref] = MappingProxyType(
    {mark.kind: mark for __, mark in reversed(case_study.KIND.marks) if isinstance(mark, Ref)}
)
#: Of these, the kinds that say two case studies belong together, which says most at the front.
RELATED_KINDS = tuple(
    sorted(
        (kind for kind, mark in CASE_FACETS.items() if mark.related and KINDS[kind].relatedness),
        key=lambda kind: (-KINDS[kind].relatedness, kind),
    )
)
#: Kinds of which a case study names several.
NAMED_TOGETHER = frozenset(mark.kind for path, mark in case_study.KIND.marks if isinstance(mark, Ref) and "*" in path)
_ASKED = {kind.id: kind.question for kind in KINDS.values() if kind.question}
#: The questions of the finder by the kind of their answers, in the order in which they are asked.
QUESTIONS: Mapping[str, str] = MappingProxyType(
    {id: question.text for id, question in sorted(_ASKED.items(), key=lambda item: (item[1].place, item[0]))}
)


def _list_filters() -> Iterator[tuple[str, Filter, str]]:
    for kind in KINDS.values():
        if kind.filter:
            yield kind.filter.id or kind.id, kind.filter, kind.id
        for field_filter in kind.field_filters:
            yield field_filter.id, field_filter, ""


#: Filters of the search by id, in order; with the kind whose records are the answers, or nothing for plain values.
FILTERS: Mapping[str, tuple[Filter, str]] = MappingProxyType(
    {id: (found, kind) for id, found, kind in sorted(_list_filters(), key=lambda entry: (entry[1].place, entry[0]))}
)


def _check() -> None:
    """Refuse kinds that contradict each other.

    Raises:
        KindError: The message names the kind.
    """
    for one, other in combinations(KINDS.values(), 2):
        if one.list and (one.file, one.list) == (other.file, other.list):
            raise KindError(f"kinds `{one.id}` and `{other.id}`: both lie in the list `{one.list}` of {one.file}")
        if one.file and other.file and one.data_name == other.data_name:
            raise KindError(f"kinds `{one.id}` and `{other.id}`: both are published as data/{one.data_name}.json")
        if one.collection and other.collection and one.collection.url == other.collection.url:
            raise KindError(f"kinds `{one.id}` and `{other.id}`: both have the address {one.collection.url}")
    for kind in KINDS.values():
        if kind.is_written and kind.file.rstrip("/") not in WRITTEN_FOLDERS:
            raise KindError(f"kind `{kind.id}`: name {kind.file} in `WRITTEN_FOLDERS` of config/project_folders.py")
        for path, mark in kind.marks:
            if isinstance(mark, Ref) and mark.kind not in HOME_OF_KIND:
                raise KindError(f"kind `{kind.id}`: the field `{path[0]}` refers to `{mark.kind}`, which is no kind")
            if isinstance(mark, Facet) and mark.id not in FILTERS:
                raise KindError(f"kind `{kind.id}`: the field `{path[0]}` is a facet of no filter `{mark.id}`")


_check()


def collect_facets(record: Any, model: type[Record]) -> dict[str, tuple[str, ...]]:
    """The values by which the search narrows results, by filter: what the marked fields of a record hold."""
    found: dict[str, dict[str, None]] = {}
    for path, mark in list_marks(model):
        if isinstance(mark, SourceRef):
            continue
        if isinstance(mark, Ref):
            kind = KINDS[mark.kind]
            if kind.filter is None or not mark.facet:
                continue
            id, allowed = kind.filter.id or kind.id, mark.literal
        else:
            id, allowed = mark.id, ()
        documented = FILTERS[id][0].is_documented
        for __, value in list_values(record, path):
            if value and value not in allowed:
                found.setdefault(id, {})[DOCUMENTED if documented else value] = None
    return {id: tuple(values) for id, values in found.items()}
