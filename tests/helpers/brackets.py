"""A language that shows which words come from the catalogue."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping

from goodpractice.content import Project
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.i18n.languages import Language
from goodpractice.i18n.messages import NAMED


class Brackets(Mapping[str, tuple[str, ...]]):
    """A language in which every word of the generator stands in brackets, and what is filled in does not."""

    def __getitem__(self, text: str) -> tuple[str, ...]:
        pieces = re.split(r"(\{[a-z_]+\})", text)
        return ("".join(piece if NAMED.fullmatch(piece) else f"⟦{piece}⟧" for piece in pieces if piece),)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def speak(project: Project, language: Language) -> KnowledgeBase:
    return dataclasses.replace(project.kb, languages={language.code: language}, language=language)
