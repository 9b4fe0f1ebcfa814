"""What pages of kinds without views of their own call the fields."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from pydantic import Field

from goodpractice.content import Project
from goodpractice.i18n.languages import Language
from goodpractice.kinds.base import Id, Line, Record
from goodpractice.kinds.blocks import Facts
from goodpractice.kinds.registry import KINDS
from goodpractice.kinds.views.any_kind import record_page
from tests.helpers.spoken import approve, speak_in
from tools import messages


class Course(Record):
    id: Id = Field(description="Short name.")
    name: Line = Field(description="Name.")
    length: Line = Field(title="How long it takes", description="Its length.")
    who_comes: Line = Field(description="Who comes.")


def name_facts(view: Any) -> dict[str, str]:
    return {fact.role: fact.name for block in view if isinstance(block, Facts) for fact in block.facts}


def test_names_of_fields_are_in_the_language_of_the_page(full: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    speak_in(monkeypatch, approve({"Programmes": "Rhaglenni"}))
    kb = dataclasses.replace(full.kb, languages={**full.kb.languages, "cy": Language("cy", "Cymraeg")})
    for code, name in (("en", "Programmes"), ("cy", "Rhaglenni")):
        assert name_facts(record_page(kb.speak(code), "partner", "hill-museum"))["programmes"] == name


def test_they_stand_in_the_catalogues() -> None:
    theme = KINDS["theme"]
    assert theme.collection is not None
    shown = dataclasses.replace(theme.collection, record_view=record_page)
    course = dataclasses.replace(theme, id="course", model=Course, collection=shown)
    assert [text for text, _ in messages.list_labels([theme, course])] == [
        "Id",
        "Name",
        "How long it takes",
        "Who comes",
    ]
