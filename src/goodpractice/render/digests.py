"""What the text of a chapter holds, for pages that say it in short: the finder and the packs."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator

import jinja2
from jinja2 import nodes

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.content.queries import query
from goodpractice.kinds import CHAPTER
from goodpractice.render.boxes import top_tip
from goodpractice.render.sandbox import PageSandbox

_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"[*`]|(?<!\w)_|_(?!\w)")
#: An entry of a list, with the lines below it that are indented.
_ENTRY = r"^(?:[-*+]|\d+\.) +(.*\n?(?:^ .*\n?)*)"
_LIST = re.compile(f"(?:{_ENTRY})+", re.MULTILINE)
#: A case study whose story is told or to which a link leads.
_CASE = re.compile(r"\bcase_study\(\s*[\"']([a-z0-9-]+)[\"']|\]\((?:\.\./)*case_studies/([a-z0-9-]+)\.md")
#: Each call is read apart: reading all of a chapter takes five times as long.
_CALL = re.compile(rf"\{{\{{\s*{top_tip.__name__}\(.*?\)\s*\}}\}}", re.DOTALL)


@query
def list_tips(kb: KnowledgeBase, chapter_id: str) -> tuple[tuple[str, str], ...]:
    """The top tips of a chapter, as title and Markdown; calls with anything but plain texts are left out."""
    environment = PageSandbox(jinja2.Undefined)
    found = []
    for text in _CALL.findall(kb.documents[CHAPTER, chapter_id].body):
        try:
            call = next(environment.parse(text).find_all(nodes.Call))
            given = inspect.signature(top_tip).bind(kb, *call.args, **{word.key: word.value for word in call.kwargs})
        except (jinja2.TemplateSyntaxError, TypeError):
            continue
        texts = [value.value for value in given.args[1:] if isinstance(value, nodes.Const)]
        if len(texts) == len(given.args) - 1 and all(isinstance(text, str) for text in texts):
            found.append(("".join(texts[1:]), " ".join(texts[0].split())))
    return tuple(found)


@query
def digest_chapter(kb: KnowledgeBase, chapter_id: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The points, the titles of top tips and the case studies of a chapter: see `ChapterDigest`."""
    body = kb.documents[CHAPTER, chapter_id].body
    tips = tuple(title for title, _ in list_tips(kb, chapter_id) if title)
    cases = dict.fromkeys(told or linked for told, linked in _CASE.findall(body))
    return tuple(_list_points(body)), tips, tuple(cases)


def _list_points(body: str) -> Iterator[str]:
    """The entries of the first list in the first section."""
    sections = re.split(r"^## .*\n", body, maxsplit=2, flags=re.MULTILINE)
    listed = _LIST.search(sections[1]) if len(sections) > 1 else None
    for entry in re.findall(_ENTRY, listed[0], re.MULTILINE) if listed else ():
        yield plain_text(" ".join(entry.split()))


def plain_text(markdown: str) -> str:
    """A sentence or two of Markdown as plain text: words of links stay, marks go."""
    return _MARKS.sub("", _LINK.sub(r"\1", markdown))
