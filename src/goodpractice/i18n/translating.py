"""Starting a translation, renewing what it notes of its source, and telling which translations wait for whom."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.i18n.languages import split_translation
from goodpractice.i18n.messages import gettext_lazy as _

_DIGEST = re.compile(r"^source_digest:.*$", re.MULTILINE)
_APPROVAL = re.compile(r"^approved_(?:by|on):.*\n", re.MULTILINE)


class TranslationError(ValueError):
    """A translation cannot be started or renewed; the message says why, in a sentence."""


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


def start_translation(kb: KnowledgeBase, path: str, code: str, by: str, today: datetime.date) -> tuple[str, str]:
    """Path and text of a new translation: the text of the page, to be written over, below facts about it.

    Args:
        kb: The knowledge base.
        path: The page, as a path in the project.
        code: The language.
        by: Who translates; `machine` for a program.
        today: The day.

    Raises:
        TranslationError: It is not a page that can be translated, or not a language of the site.
    """
    keys = _list_pages(kb)
    if path not in keys:
        raise TranslationError(_("{path} is not a chapter or a page of docs/ that can be translated", path=path))
    others = [other for other in kb.languages if other != kb.own_language.code]
    if code not in others:
        if not others:
            raise TranslationError(
                _("mkdocs.yml names no language `{code}`, under extra, goodpractice, languages", code=code)
            )
        raise TranslationError(
            _(
                "mkdocs.yml names no language `{code}`, under extra, goodpractice, languages; known are {known}",
                code=code,
                known=", ".join(others),
            )
        )
    kind, page_id = keys[path]
    document = kb.documents[kind, page_id]
    if kind == "chapter":
        chapter = kb.chapters[page_id]
        title, summary = chapter.title, chapter.summary
    else:
        title, summary = str(document.meta.get("title") or page_id), str(document.meta.get("description") or "")
    facts = [
        f"title: {_quote(title)}",
        *([f"summary: {_quote(summary)}"] if summary else []),
        f'source_digest: "{kb.digest_page(kind, page_id)}"',
        f"translated_by: {_quote(by)}",
        f"translated_on: {today.isoformat()}",
    ]
    return f"{path.removesuffix('.md')}.{code}.md", "\n".join(["---", *facts, "---", document.body])


def renew_translation(kb: KnowledgeBase, path: str, text: str) -> str:
    """The text of a translation that was brought up to date: a draft again, of its source as it is now.

    Raises:
        TranslationError: The file is not a translation of a page.
    """
    named = split_translation(path)
    keys = _list_pages(kb)
    if named is None or named.source not in keys or not _DIGEST.search(text):
        raise TranslationError(_("{path} is not a translation of a chapter or a page of docs/", path=path))
    head, separator, body = text.partition("\n---\n")
    head = _DIGEST.sub(f'source_digest: "{kb.digest_page(*keys[named.source])}"', head, count=1)
    return _APPROVAL.sub("", f"{head}\n").removesuffix("\n") + separator + body


def list_standings(kb: KnowledgeBase) -> Iterator[Standing]:
    """How every page stands in every language besides that of the site, in the order of their paths."""
    for path, (kind, page_id) in sorted(_list_pages(kb).items()):
        for code in kb.languages:
            if code == kb.own_language.code:
                continue
            key = f"{path.removesuffix('.md')}.{code}"
            translation = kb.translations.raw.get(key)
            older = translation is not None and translation.source_digest != kb.digest_page(kind, page_id)
            if translation is None:
                begin = _("begin with: goodpractice translation start {path} {code}", path=path, code=code)
                yield Standing("missing", f"{key}.md", begin)
            elif older:
                changed = (
                    _("{path} has changed since; readers are told", path=path)
                    if translation.is_approved
                    else _("{path} has changed since; nobody sees it yet", path=path)
                )
                yield Standing("older", f"{key}.md", changed)
            elif translation.is_approved:
                yield Standing("approved", f"{key}.md", _("by {name}", name=translation.approved_by))
            else:
                yield Standing("draft", f"{key}.md", _("waits for a reader whose language it is"))


def _list_pages(kb: KnowledgeBase) -> dict[str, tuple[str, str]]:
    known = {"chapter": kb.chapters.raw}
    return {
        document.path: key
        for key, document in kb.documents.items()
        if key[0] == "doc" or key[1] in known.get(key[0], ())
    }


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
