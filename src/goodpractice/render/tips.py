"""Top tips in the text of a chapter, for the finder."""

from __future__ import annotations

import inspect
import re

import jinja2
from jinja2 import nodes

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.content.queries import query
from goodpractice.kinds import CHAPTER
from goodpractice.render.boxes import top_tip
from goodpractice.render.sandbox import PageSandbox

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
