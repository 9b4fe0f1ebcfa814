"""Loading a project folder: every file once, everything valid, every issue."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from goodpractice.config.limits import Limits
from goodpractice.config.project_folders import DOCS
from goodpractice.config.settings import Settings, load_settings
from goodpractice.content.deceptive import find_odd_characters
from goodpractice.content.document import Document, InvalidRecord, Origin
from goodpractice.content.fields import Form, describe_form, describe_lists
from goodpractice.content.front_matter import split_front_matter
from goodpractice.content.garbled import find_garbled
from goodpractice.content.input_guards import find_excess, read_file
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.content.leftovers import is_leftover
from goodpractice.content.photos import load_photos
from goodpractice.content.project_files import is_reserved
from goodpractice.content.records import build_record
from goodpractice.content.text import make_id, suggest
from goodpractice.content.yaml_reader import YamlDocument, load_yaml
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.budget import begin_run, keep_first
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.diagnostics.witness import note_file
from goodpractice.i18n.languages import Language, TranslationName, split_translation
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.i18n.messages import join_lazy_and
from goodpractice.kinds import CASE_STUDY, ID_PATTERN, TRANSLATION, Record, Translation
from goodpractice.kinds.kind import Kind
from goodpractice.kinds.registry import DATA_FILES, HOME_OF_KIND, KINDS
from goodpractice.kinds.skeleton import FILE_NAME
from goodpractice.query.tracking import Table


@dataclass(slots=True)
class _Loading:
    root: Path
    limits: Limits
    languages: Mapping[str, Language]
    tables: dict[str, dict[str, Record]] = field(default_factory=dict)
    documents: dict[tuple[str, str], Document] = field(default_factory=dict)
    origins: dict[tuple[str, str], Origin] = field(default_factory=dict)
    #: Where each id was read first, of a record or of an entry that is none yet.
    first: dict[tuple[str, str], Origin] = field(default_factory=dict)
    invalid_records: dict[tuple[str, str], InvalidRecord] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    #: Files in other languages, read when the pages that they translate are known.
    translations: dict[str, TranslationName] = field(default_factory=dict)

    def add_invalid_record(
        self, kind: str, record_id: object, model: type[Record], values: Mapping[str, Any], origin: Origin
    ) -> list[Diagnostic]:
        # Two entries without an id must not hide each other.
        key = record_id if isinstance(record_id, str) and record_id else f"?{len(self.invalid_records)}"
        found = self._find_twice(kind, key, origin)
        if not found:
            self.invalid_records.setdefault((kind, key), InvalidRecord(model, values, origin))
        return found

    def add(self, kind: str, record_id: str, record: Record, origin: Origin) -> list[Diagnostic]:
        found = self._find_twice(kind, record_id, origin)
        if not found:
            self.tables.setdefault(kind, {})[record_id] = record
            self.origins[kind, record_id] = origin
        return found

    def _find_twice(self, kind: str, record_id: str, origin: Origin) -> list[Diagnostic]:
        """The problem that another entry has the id already, if one has."""
        first = self.first.setdefault((kind, record_id), origin)
        if first is origin:
            return []
        message = _(
            "the id `{record_id}` is used twice, first on line {first} of {path}",
            record_id=record_id,
            first=first.find(("id",))[0],
            path=first.path,
        )
        hint = _("Choose another id for the newer entry.")
        return [Diagnostic(origin.path, *origin.find(("id",)), rules.DUPLICATE_ID, message, hint)]


def load_project(
    root: Path,
    case_paths: Iterable[str] | None = None,
    only_case_studies: bool = False,
    settings: Settings | None = None,
) -> tuple[KnowledgeBase, list[Diagnostic]]:
    """Read a project folder.

    Loading never stops at the first problem: everything that is valid comes
    back, and every problem. Files that a community does not have (no events,
    no plan) are no problem; `partners.yml` and `data/themes.yml` are needed by
    any case study, and missing ids say so there.

    Args:
        root: Folder that holds `partners.yml`, `case_studies/` and the rest.
        case_paths: Case studies to read, as paths in the project; all when not given.
        only_case_studies: Whether to leave out everything else.
        settings: What `mkdocs.yml` says, where it has been read already.

    Returns:
        The knowledge base and all issues, sorted by file and line.
    """
    begin_run()
    settings = settings or load_settings(root)
    loading = _Loading(root, settings.own.limits, settings.languages)
    for path, lists in () if only_case_studies else DATA_FILES.items():
        if os.path.lexists(root / path):  # a link that leads nowhere is no missing file
            _load_data_file(loading, path, lists)
    case_paths = _list_markdown(root, KINDS[CASE_STUDY].file) if case_paths is None else list(case_paths)
    for path in case_paths:
        _load_record_file(loading, path, KINDS[CASE_STUDY])
    for kind in () if only_case_studies else KINDS.values():
        if kind.file.endswith("/") and kind.id != CASE_STUDY:
            _load_folder(loading, kind)
    if not only_case_studies:
        _load_docs(loading)
    _load_translations(loading)
    photos = load_photos(root, loading.tables.get(CASE_STUDY, {}), loading.limits, case_paths)
    loading.origins.update(photos.origins)
    loading.diagnostics.extend(photos.diagnostics)

    absent = {} if only_case_studies else _list_absent(root)

    kb = KnowledgeBase(
        tables={kind: Table(kind, MappingProxyType(loading.tables.get(kind, {}))) for kind in KINDS},
        documents=MappingProxyType(loading.documents),
        origins=MappingProxyType(loading.origins),
        invalid_records=MappingProxyType(loading.invalid_records),
        unread=frozenset(loading.unread | absent.keys()),
        absent=MappingProxyType(absent),
        consents=MappingProxyType(photos.consents),
        photos=MappingProxyType(photos.photos),
        settings=settings,
        languages=MappingProxyType(dict(loading.languages)),
        language=next(iter(loading.languages.values())),
    )
    return kb, sorted(loading.diagnostics)


def _list_absent(root: Path) -> dict[str, str]:
    """Kinds of records whose file or folder is not there: of which kind, and what is missing."""
    absent = {}
    for kind, home in HOME_OF_KIND.items():
        folder = home.partition("/")[0]
        if missing := next((path for path in (folder, home) if not os.path.lexists(root / path)), ""):
            absent[kind] = missing.rstrip("/")
    return absent


def _read_contributed(loading: _Loading, path: str, most_bytes: int) -> str | None:
    """The text of a file that anybody may have written; nothing when it is refused."""
    text, found = read_file(loading.root, path, most_bytes)
    loading.diagnostics.extend(found)
    if text is None:
        return None
    excess = find_excess(text, path, loading.limits)
    loading.diagnostics.extend(excess)
    if excess:
        return None
    loading.diagnostics.extend(find_odd_characters(text, path))
    loading.diagnostics.extend(find_garbled(text, path))
    return text


def _read_written(loading: _Loading, path: str) -> str | None:
    """The text of a page of editors; nothing when it cannot be read."""
    text, found = read_file(loading.root, path)
    loading.diagnostics.extend(found)
    if text is not None:
        loading.diagnostics.extend(find_odd_characters(text, path))
        loading.diagnostics.extend(find_garbled(text, path))
    return text


def _list_markdown(root: Path, folder: str) -> list[str]:
    if not (root / folder).is_dir():
        return []
    names = sorted(file.name for file in (root / folder).iterdir() if file.suffix == ".md")
    return [f"{folder}{name}" for name in names if name != "README.md" and not is_leftover(name)]


@cache
def _describe_file(path: str) -> Form:
    return describe_lists({name: kind.model for name, kind in DATA_FILES[path].items()})


def _load_data_file(loading: _Loading, path: str, lists: Mapping[str, Kind[Any]]) -> None:
    note_file(path)
    kinds = {kind.id for kind in lists.values()}
    text = _read_contributed(loading, path, loading.limits.data_bytes)
    if text is None:
        loading.unread |= kinds
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
            Diagnostic(
                path,
                1,
                1,
                rules.NOT_A_MAPPING,
                _("the file does not begin with {expected}", expected=expected),
                _("Start with {expected}.", expected=expected),
            )
        )
        return
    given = {lists[name].id for name, entries in document.value.items() if name in lists and isinstance(entries, list)}
    misshapen = any(name not in lists or isinstance(entries, (str, dict)) for name, entries in document.value.items())
    if document.diagnostics or misshapen:
        loading.unread |= kinds - given
    found = _build_records(loading, path, document, lists)
    for diagnostic in keep_first(found):
        if diagnostic.code == rules.MORE_PROBLEMS:
            loading.unread |= kinds  # the entries after this one
        loading.diagnostics.append(diagnostic)


def _build_records(
    loading: _Loading, path: str, document: YamlDocument, lists: Mapping[str, Kind[Any]]
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


def _load_folder(loading: _Loading, kind: Kind[Any]) -> None:
    for path in _list_markdown(loading.root, kind.file):
        named = None if kind.is_contributed else split_translation(path)
        if named is not None:
            loading.translations[path] = named
        else:
            _load_record_file(loading, path, kind)


def _load_record_file(loading: _Loading, path: str, kind: Kind[Any]) -> None:
    note_file(path)
    record_id = Path(path).stem
    if not ID_PATTERN.fullmatch(record_id):
        loading.diagnostics.append(
            Diagnostic(
                path,
                1,
                1,
                rules.ID_NOT_FILE_NAME,
                _("the file name `{name}` cannot become an address", name=Path(path).name),
                _("Rename the file to `{close}.md`.", close=make_id(record_id) or "a-short-title"),
            )
        )
    if kind.id == CASE_STUDY and record_id == FILE_NAME:
        message = _("the file still has the name of the form")
        hint = _("Name it after your story, for example our-bus-ride.md.")
        loading.diagnostics.append(Diagnostic(path, 1, 1, rules.SKELETON_TEXT, message, hint))
    if kind.is_contributed:
        text = _read_contributed(loading, path, loading.limits.text_bytes)
    else:
        text = _read_written(loading, path)
    if text is None:
        loading.diagnostics += loading.add_invalid_record(kind.id, record_id, kind.model, {}, Origin(path))
        return
    model: type[Record] = kind.model
    file = split_front_matter(text, path, form=describe_form(model))
    loading.diagnostics.extend(file.diagnostics)
    loading.documents[kind.id, record_id] = Document(path, file.body, file.body_line)
    origin = Origin(path, (), file.positions, file.body_line)
    record = None
    if file.readable:
        record, found = build_record(kind.model, file.values, origin, loading.tables)
        loading.diagnostics.extend(found)
    if record is not None and ID_PATTERN.fullmatch(record_id):
        loading.diagnostics += loading.add(kind.id, record_id, record, origin)
    else:
        loading.diagnostics += loading.add_invalid_record(kind.id, record_id, kind.model, file.values, origin)


def _load_docs(loading: _Loading) -> None:
    docs = loading.root / DOCS
    if not docs.is_dir():
        return
    for file in sorted(docs.rglob("*.md")):
        inside = file.relative_to(docs).as_posix()
        if is_leftover(inside):
            continue
        path = f"{DOCS}/{inside}"
        named = split_translation(path)
        if named is not None and (named.code in loading.languages or (loading.root / named.source).exists()):
            loading.translations[path] = named
            continue
        text = _read_written(loading, path)
        if text is None:
            continue
        if text.lstrip().startswith("---\n"):
            # MkDocs and its plugins expect true, false and numbers.
            parts = split_front_matter(text, path, typed=True)
            loading.diagnostics.extend(parts.diagnostics)
            document = Document(path, parts.body, parts.body_line, MappingProxyType(parts.values))
        else:
            document = Document(path, text)
        loading.documents["doc", inside] = document


def _load_translations(loading: _Loading) -> None:
    """Files in other languages: facts and text, and the facts of the page itself that steer how it is shown."""
    sources = {document.path: key for key, document in loading.documents.items()}
    for path, (source, code) in sorted(loading.translations.items()):
        own = next(iter(loading.languages))
        if code not in loading.languages or code == own:
            message = _("`{code}` is not one of the languages into which this site is translated", code=code)
            known = ", ".join(f"`{known}`" for known in loading.languages if known != own)
            hint = _("An editor adds a language in mkdocs.yml, under extra, goodpractice, languages.")
            if known:
                hint = _(
                    "Known are {known}; an editor adds a language in mkdocs.yml, under extra, goodpractice, languages.",
                    known=known,
                )
            loading.diagnostics.append(Diagnostic(path, 1, 1, rules.UNKNOWN_LANGUAGE, message, hint))
            continue
        if source not in sources:
            close = suggest(source, (known for known in sources if Path(known).parent == Path(source).parent))
            message = _("there is no page `{source}` that this file translates", source=source)
            hint = (
                _("Did you mean the translation of `{close}`?", close=close)
                if close
                else _("Name the file after a page beside it.")
            )
            loading.diagnostics.append(Diagnostic(path, 1, 1, rules.NOTHING_TRANSLATED, message, hint))
            continue
        text = _read_written(loading, path)
        if text is None:
            continue
        file = split_front_matter(text, path)
        loading.diagnostics.extend(file.diagnostics)
        shown = loading.documents[sources[source]].meta
        meta = {name: value for name, value in shown.items() if name not in ("title", "description")}
        key = path.removesuffix(".md")
        document = Document(path, file.body, file.body_line, MappingProxyType(meta))
        loading.documents[TRANSLATION, key] = document
        if not file.readable:
            continue
        origin = Origin(path, (), file.positions, file.body_line)
        copied = [name for name in file.values if name not in Translation.model_fields]
        if len(copied) > 1 and "source_digest" not in file.values:
            loading.diagnostics.append(_explain_copy(path, origin, copied, source, code))
            continue
        record, found = build_record(Translation, file.values, origin)
        loading.diagnostics.extend(found)
        if record is not None:
            loading.diagnostics += loading.add(TRANSLATION, key, record, origin)


def _explain_copy(path: str, origin: Origin, copied: list[str], source: str, code: str) -> Diagnostic:
    """A translation that is a copy of the page, with the facts of the page."""
    message = _("this is a copy of the page, with its facts: a translation has facts of its own")
    hint = _(
        "Keep your title, summary and text. Delete the file, run the command, and paste them into the file that it "
        "writes: goodpractice translation start {source} {code}",
        source=source,
        code=code,
    )
    return Diagnostic(path, *origin.find((copied[0],)), rules.COPIED_PAGE, message, hint)
