"""Records of the data files: `partners.yml` and those in `data/`, each with lists of entries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from goodpractice.content.document import Origin
from goodpractice.content.fields import Form, describe_lists
from goodpractice.content.loading import Loading
from goodpractice.content.project_files import is_reserved
from goodpractice.content.records import build_record
from goodpractice.content.text import suggest
from goodpractice.content.yaml_reader import YamlDocument, load_yaml
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.budget import keep_first
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.diagnostics.witness import note_file
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.i18n.messages import join_lazy_and
from goodpractice.kinds.kind import Kind
from goodpractice.kinds.registry import DATA_FILES


@cache
def _describe_file(path: str) -> Form:
    return describe_lists({name: kind.model for name, kind in DATA_FILES[path].items()})


def load_data_file(loading: Loading, path: str, lists: Mapping[str, Kind[Any]]) -> None:
    """Read the records of a file: its lists by name, each with the kind of its entries."""
    note_file(path)
    kinds = {kind.id for kind in lists.values()}
    text = loading.read(path, loading.limits.data_bytes)
    if text is None:
        loading.unread |= kinds
        return
    first = next((line for line in text.split("\n") if line.strip() and not line.lstrip().startswith("#")), "")
    if first.lstrip().startswith("- "):
        loading.unread |= kinds
        message = _("the line `{name}:` above the first entry is missing", name=next(iter(lists)))
        hint = _("Begin the file with `{name}:`, at the start of a line.", name=next(iter(lists)))
        loading.diagnostics.append(Diagnostic.of_file(path, rules.NOT_A_MAPPING, message, hint))
        return
    document = load_yaml(text, path, most_values=loading.limits.values, form=_describe_file(path))
    loading.diagnostics.extend(document.diagnostics)
    if document.value is None and document.diagnostics:
        loading.unread |= kinds
        return
    if not isinstance(document.value, dict):
        loading.unread |= kinds
        expected = join_lazy_and([f"`{name}:`" for name in lists])
        loading.diagnostics.append(
            Diagnostic.of_file(
                path,
                rules.NOT_A_MAPPING,
                _("the file does not begin with {expected}", expected=expected),
                _("Start with {expected}.", expected=expected),
            )
        )
        return
    given = {lists[name].id for name, entries in document.value.items() if name in lists and isinstance(entries, list)}
    if any(found.code == rules.DUPLICATE_KEY and found.column == 1 for found in document.diagnostics):
        given = set()  # the entries of the other list of this name are not known
    misshapen = any(name not in lists or isinstance(entries, (str, dict)) for name, entries in document.value.items())
    if document.diagnostics or misshapen:
        loading.unread |= kinds - given
    found = _build_records(loading, path, document, lists)
    for diagnostic in keep_first(found):
        if diagnostic.code == rules.MORE_PROBLEMS:
            loading.unread |= kinds  # the entries after this one
        loading.diagnostics.append(diagnostic)


def _build_records(
    loading: Loading, path: str, document: YamlDocument, lists: Mapping[str, Kind[Any]]
) -> Iterator[Diagnostic]:
    for name, entries in document.value.items():
        line, column = document.positions[(name,)]
        if name not in lists:
            close = suggest(name, lists)
            hint = (
                _("Did you mean `{close}`?", close=close)
                if close
                else _("This file holds {lists}.", lists=", ".join(lists))
            )
            yield Diagnostic(
                path, line, column, rules.UNKNOWN_FIELD, _("`{name}` is not a known list", name=name), hint
            )
            continue
        if entries is None:
            continue
        if not isinstance(entries, list):
            yield Diagnostic(
                path,
                line,
                column,
                rules.WRONG_VALUE,
                _("`{name}` needs a list", name=name),
                _("Begin each entry with `- id: …`."),
            )
            continue
        for number, values in enumerate(entries):
            origin = Origin(path, (name, number), document.positions)
            if not isinstance(values, dict):
                line, column = origin.find()
                yield Diagnostic(
                    path,
                    line,
                    column,
                    rules.WRONG_VALUE,
                    _("this entry of `{name}` is not a group of `name: value` lines", name=name),
                    _("Begin it with `- id: …` and indent the following lines by two spaces more."),
                )
                continue
            home = _find_home(name, values, lists)
            kind = lists[home or name]
            if home is not None:
                yield _explain_home(document, path, origin, home, name)
            record, found = build_record(kind.model, values, origin)
            yield from found
            record_id = values.get("id")
            if isinstance(record_id, str) and is_reserved(record_id):
                message = _("the id `{record_id}` is a name that is reserved by Windows", record_id=record_id)
                hint = _("Choose another, for example `{better_name}`.", better_name=f"{record_id}-1")
                yield Diagnostic(path, *origin.find(("id",)), rules.WRONG_ID, message, hint)
            if record is not None:
                yield from loading.add(kind.id, str(getattr(record, "id", "")), record, origin)
            else:
                yield from loading.add_invalid_record(kind.id, values.get("id"), kind.model, values, origin)


def _find_home(name: str, values: Mapping[str, Any], lists: Mapping[str, Kind[Any]]) -> str | None:
    """The other list of the file that has the fields of an entry which the list that holds it has not."""
    fields = lists[name].model.model_fields
    unknown = set(values) - set(fields)
    if not unknown:
        return None
    for other, model in ((other, kind.model) for other, kind in lists.items()):
        needed = {field for field, info in model.model_fields.items() if info.is_required()}
        if set(values) <= set(model.model_fields) and needed <= set(values):
            return other
    return None


def _explain_home(document: YamlDocument, path: str, origin: Origin, home: str, name: str) -> Diagnostic:
    message = _("this entry stands under `{name}:` and belongs to `{home}:`", name=name, home=home)
    here, there = document.positions[(name,)][0], document.positions.get((home,))
    if there is None:
        hint = _("Begin a list `{home}:` at the end of the file, and move the entry there.", home=home)
    elif there[0] < here:
        hint = _("Move it up, above line {line} with `{name}:`.", line=here, name=name)
    else:
        hint = _("Move it down, below line {line} with `{home}:`.", line=there[0], home=home)
    return Diagnostic(path, *origin.find(), rules.WRONG_LIST, message, hint)
