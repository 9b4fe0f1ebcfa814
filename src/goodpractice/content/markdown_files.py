"""Records and pages that are Markdown files: case studies, chapters, pages of `docs/`, and their translations."""

from __future__ import annotations

import posixpath
from pathlib import Path
from types import MappingProxyType
from typing import Any

from goodpractice.config.project_folders import DOCS
from goodpractice.content.document import Document, Origin
from goodpractice.content.fields import describe_form
from goodpractice.content.front_matter import split_front_matter
from goodpractice.content.leftovers import is_leftover
from goodpractice.content.loading import Loading
from goodpractice.content.records import build_record
from goodpractice.content.text import make_id, suggest
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.diagnostics.witness import note_file
from goodpractice.i18n.languages import split_translation
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds import CASE_STUDY, ID_PATTERN, TRANSLATION, Record, Translation
from goodpractice.kinds.case_study.skeleton import FILE_NAME
from goodpractice.kinds.kind import Kind


def list_markdown(root: Path, folder: str) -> list[str]:
    """The records in a folder, which ends with a slash, as paths in the project."""
    if not (root / folder).is_dir():
        return []
    names = sorted(file.name for file in (root / folder).iterdir() if file.suffix == ".md")
    return [f"{folder}{name}" for name in names if name != "README.md" and not is_leftover(name)]


def load_folder(loading: Loading, kind: Kind[Any]) -> None:
    """Read the records of a kind that has a file for each; translations among them wait for `load_translations`."""
    for path in list_markdown(loading.root, kind.file):
        named = None if kind.is_contributed else split_translation(path)
        if named is not None:
            loading.translations[path] = named
        else:
            load_record_file(loading, path, kind)


def load_record_file(loading: Loading, path: str, kind: Kind[Any]) -> None:
    """Read a record that is a file: facts at the top, text below."""
    note_file(path)
    record_id = posixpath.splitext(posixpath.basename(path))[0]
    if not ID_PATTERN.fullmatch(record_id):
        loading.diagnostics.append(
            Diagnostic.of_file(
                path,
                rules.ID_NOT_FILE_NAME,
                _("the file name `{name}` cannot become an address", name=Path(path).name),
                _("Rename the file to `{close}.md`.", close=make_id(record_id) or "a-short-title"),
            )
        )
    if kind.id == CASE_STUDY and record_id == FILE_NAME:
        message = _("the file still has the name of the form")
        hint = _("Name it after your story, for example our-bus-ride.md.")
        loading.diagnostics.append(Diagnostic.of_file(path, rules.SKELETON_TEXT, message, hint))
    text = loading.read(path, loading.limits.text_bytes if kind.is_contributed else None)
    if text is None:
        loading.diagnostics += loading.add_invalid_record(kind.id, record_id, kind.model, {}, Origin(path))
        return
    model: type[Record] = kind.model
    file = split_front_matter(text, path, form=describe_form(model))
    loading.diagnostics.extend(file.diagnostics)
    document = Document(path, file.body, file.body_line)
    if kind.is_contributed:
        loading.documents[kind.id, record_id] = document
    else:
        loading.add_document(kind.id, record_id, document)
    origin = Origin(path, (), file.positions, file.body_line)
    record = None
    if file.readable:
        record, found = build_record(kind.model, file.values, origin, loading.tables)
        loading.diagnostics.extend(found)
    if record is not None and ID_PATTERN.fullmatch(record_id):
        loading.diagnostics += loading.add(kind.id, record_id, record, origin)
    else:
        loading.diagnostics += loading.add_invalid_record(kind.id, record_id, kind.model, file.values, origin)


def load_docs(loading: Loading) -> None:
    """Read the pages of `docs/`; translations among them wait for `load_translations`."""
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
        text = loading.read(path)
        if text is None:
            continue
        if text.lstrip().startswith("---\n"):
            # MkDocs and its plugins expect true, false and numbers.
            parts = split_front_matter(text, path, typed=True)
            loading.diagnostics.extend(parts.diagnostics)
            document = Document(path, parts.body, parts.body_line, MappingProxyType(parts.values))
        else:
            document = Document(path, text)
        loading.add_document("doc", inside, document)


def load_translations(loading: Loading) -> None:
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
            loading.diagnostics.append(Diagnostic.of_file(path, rules.UNKNOWN_LANGUAGE, message, hint))
            continue
        if source not in sources:
            close = suggest(source, (known for known in sources if Path(known).parent == Path(source).parent))
            message = _("there is no page `{source}` that this file translates", source=source)
            hint = (
                _("Did you mean the translation of `{close}`?", close=close)
                if close
                else _("Name the file after a page beside it.")
            )
            loading.diagnostics.append(Diagnostic.of_file(path, rules.NOTHING_TRANSLATED, message, hint))
            continue
        text = loading.read(path)
        if text is None:
            continue
        file = split_front_matter(text, path)
        loading.diagnostics.extend(file.diagnostics)
        shown = loading.documents[sources[source]].meta
        meta = {name: value for name, value in shown.items() if name not in ("title", "description")}
        key = path.removesuffix(".md")
        document = Document(path, file.body, file.body_line, MappingProxyType(meta))
        loading.add_document(TRANSLATION, key, document)
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
