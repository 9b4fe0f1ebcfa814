"""The sheet for stories asks what the form and the check ask, in the same words."""

from __future__ import annotations

from pathlib import Path

from goodpractice.content import open_project
from goodpractice.kinds.case_study.questions import NEEDED, WELCOME
from tests.helpers.facts import rule


@rule("the share page is ours")
def test_the_sheet_has_the_questions_of_the_form(project_root: Path) -> None:
    sheet = open_project(project_root).kb.table("template")["your-story"]
    asked = {field.id: field.ask for part in sheet.parts for field in part.fields}
    wanted = {path.replace(".", "-").replace("_", "-"): text for path, text in {**NEEDED, **WELCOME}.items()}
    assert asked == wanted
    assert [field.id for field in sheet.parts[0].fields] == [path.replace("_", "-") for path in NEEDED]
