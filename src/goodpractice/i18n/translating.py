"""Translations of pages: starting one, renewing what it notes of its source, and saying how it stands.

Plain values only: `content.translations` finds the pages, `checks.translations` makes diagnostics of incomplete
approvals, and `render.translations` makes HTML of the words.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, Protocol

from goodpractice.i18n.languages import Language, split_translation
from goodpractice.i18n.messages import gettext_lazy as _

#: Who translated a page when no person did.
MACHINE = "machine"
#: Answers to "who approved it" that name nobody.
_NOBODY = frozenset({MACHINE, "ai", "editor", "editors", "nobody", "none", "unknown", "todo", "tbc", "me"})

_DIGEST = re.compile(r"^source_digest:.*$", re.MULTILINE)
_APPROVAL = re.compile(r"^approved_(?:by|on):.*\n", re.MULTILINE)


class TranslationError(ValueError):
    """A translation cannot be started or renewed; the message says why, in a sentence."""


class SourcePage(NamedTuple):
    """A page that can be translated.

    Attributes:
        title: Its title.
        summary: Its summary; may be empty.
        body: Its Markdown, without front matter.
        digest: Changes whenever the page says something else.
    """

    title: str
    summary: str
    body: str
    digest: str


class Approvable(Protocol):
    """What the front matter of a translation says of itself."""

    @property
    def source_digest(self) -> str:
        """Digest of the page at the time of the translation."""

    @property
    def approved_by(self) -> str | None:
        """The reader who approved it."""

    @property
    def is_approved(self) -> bool:
        """Whether a named reader approved it, on a named day."""


class Standing(NamedTuple):
    """How a translation stands.

    Attributes:
        state: `missing`, `draft`, `older` or `approved`.
        path: Its file; for one that is missing, where it would be.
        note: What is to do, in words.
    """

    state: str
    path: str
    note: str


def start_translation(
    sources: Mapping[str, SourcePage], codes: Collection[str], path: str, code: str, by: str, today: datetime.date
) -> tuple[str, str]:
    """Path and text of a new translation: the text of the page, to be written over, below front matter about it.

    Args:
        sources: The pages that can be translated, by path in the project.
        codes: The languages of the site besides its own.
        path: The page.
        code: The language.
        by: Who translates; `machine` for a program.
        today: The day.

    Raises:
        TranslationError: It is not a page that can be translated, or not a language of the site.
    """
    source = sources.get(path)
    if source is None:
        raise TranslationError(_("{path} is not a chapter or a page of docs/ that can be translated", path=path))
    if code not in codes:
        if not codes:
            raise TranslationError(
                _("mkdocs.yml names no language `{code}`, under extra, goodpractice, languages", code=code)
            )
        raise TranslationError(
            _(
                "mkdocs.yml names no language `{code}`, under extra, goodpractice, languages; known are {known}",
                code=code,
                known=", ".join(codes),
            )
        )
    front_matter = [
        f"title: {_quote(source.title)}",
        *([f"summary: {_quote(source.summary)}"] if source.summary else []),
        f'source_digest: "{source.digest}"',
        f"translated_by: {_quote(by)}",
        f"translated_on: {today.isoformat()}",
    ]
    return f"{path.removesuffix('.md')}.{code}.md", "\n".join(["---", *front_matter, "---", source.body])


def renew_translation(sources: Mapping[str, SourcePage], path: str, text: str) -> str:
    """The text of a translation that was brought up to date: a draft again, of its source as it is now.

    Raises:
        TranslationError: The file is not a translation of a page.
    """
    named = split_translation(path)
    source = sources.get(named.source) if named else None
    if source is None or not _DIGEST.search(text):
        raise TranslationError(_("{path} is not a translation of a chapter or a page of docs/", path=path))
    head, separator, body = text.partition("\n---\n")
    head = _DIGEST.sub(f'source_digest: "{source.digest}"', head, count=1)
    return _APPROVAL.sub("", f"{head}\n").removesuffix("\n") + separator + body


def list_standings(
    sources: Mapping[str, SourcePage], codes: Collection[str], translations: Mapping[str, Approvable]
) -> Iterator[Standing]:
    """How every page stands in every other language, in the order of the paths.

    Args:
        sources: The pages that can be translated, by path in the project.
        codes: The languages of the site besides its own.
        translations: What there is, by path without `.md`.
    """
    for path, source in sorted(sources.items()):
        for code in codes:
            key = f"{path.removesuffix('.md')}.{code}"
            yield Standing(*_find_standing(translations.get(key), path, code, source.digest, f"{key}.md"))


def _find_standing(translation: Approvable | None, path: str, code: str, digest: str, file: str) -> tuple[str, ...]:
    if translation is None:
        return "missing", file, _("begin with: goodpractice translation start {path} {code}", path=path, code=code)
    if translation.source_digest != digest:
        changed = (
            _("{path} has changed since; readers are told", path=path)
            if translation.is_approved
            else _("{path} has changed since; nobody sees it yet", path=path)
        )
        return "older", file, changed
    if translation.is_approved:
        return "approved", file, _("by {name}", name=translation.approved_by)
    return "draft", file, _("waits for a reader whose language it is")


def find_approval_gap(by: str | None, on: datetime.date | None) -> tuple[str, str, str] | None:
    """What an approval lacks: the field, what is wrong with it and what to do; None when it is whole or there is none.

    Args:
        by: Who approved the translation.
        on: The day of the approval.
    """
    if by is not None and by.strip(" .").casefold() in _NOBODY:
        message = _("`approved_by: {by}` names nobody", by=by)
        return "approved_by", message, _("Write the name of the reader who approved it.")
    if by is not None and on is None:
        hint = _("Add `approved_on:`, year first: 2026-03-31.")
        return "approved_by", _("the day of the approval is missing"), hint
    if on is not None and by is None:
        hint = _("Add `approved_by:` with the name of the reader who approved it.")
        return "approved_on", _("it is not said who approved the translation"), hint
    return None


def notice_template(state: str, translated_by: str, language: Language) -> str:
    """The sentence above a translation, with the fields `language` and `own`; empty when there is nothing to say.

    Args:
        state: `draft`, `older` or nothing.
        translated_by: Who translated it.
        language: Of the translation.
    """
    if state == "draft" and translated_by == MACHINE:
        return language.gettext("A program made this draft in {language}, and nobody has approved it. It may be wrong.")
    if state == "draft":
        return language.gettext("This is a draft in {language}. Nobody has approved it yet. It may be wrong.")
    if state == "older":
        return language.gettext("The page in {own} has changed since it was translated into {language}.")
    return ""


def name_translator(translated_by: str, language: Language) -> str:
    """Who translated a page, for its readers."""
    return language.gettext("a program") if translated_by == MACHINE else translated_by


def write_translation(root: Path, path: str, text: str) -> None:
    """Write a new translation; one that is there is never touched.

    Raises:
        FileExistsError: There is one already.
        OSError: The file cannot be written.
    """
    with (root / path).open("x", encoding="utf-8", newline="\n") as stream:
        stream.write(text)


def _quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
