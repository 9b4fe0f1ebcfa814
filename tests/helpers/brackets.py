"""A language that shows which words come from the catalogue."""

from __future__ import annotations

import dataclasses
import re

from goodpractice.content import Project
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.i18n.languages import Language
from goodpractice.i18n.messages import NAMED


def bracket(text: str) -> str:
    """A text in brackets, but for what is filled in."""
    pieces = re.split(r"(\{[a-z_]+\})", text)
    return "".join(piece if NAMED.fullmatch(piece) else f"⟦{piece}⟧" for piece in pieces if piece)


def speak(project: Project, language: Language) -> KnowledgeBase:
    return dataclasses.replace(project.kb, languages={language.code: language}, language=language)
