from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from hypothesis import example, given
from hypothesis import strategies as st

from goodpractice.checks import check_project
from goodpractice.content.front_matter import split_front_matter
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.kinds import CaseStudy
from goodpractice.kinds.case_study.skeleton import PLACEHOLDER, fill_skeleton, new_file_query, read_skeleton
from tests.helpers.projects import load_folder


def check_story(project: Path, text: str) -> list[Diagnostic]:
    (project / "case_studies/mine.md").write_text(text, encoding="utf-8")
    return [
        diagnostic for diagnostic in check_project(load_folder(project)) if diagnostic.path == "case_studies/mine.md"
    ]


def test_it_fits_one_screen() -> None:
    lines = read_skeleton().split("\n")
    assert len(lines) <= 45
    assert max(map(len, lines)) <= 110


def test_a_fresh_skeleton_has_only_texts_to_replace(project_copy: Path) -> None:
    found = check_story(project_copy, fill_skeleton('Tea: and "science" in Tŷ Celf'))
    assert {diagnostic.code for diagnostic in found} == {"GP405"}
    lines = read_skeleton().split("\n")
    planted = [number for number, line in enumerate(lines, 1) if re.search(r"\[[A-Z a-z][^\]]+\]", line)]
    commented = [number for number, line in enumerate(lines, 1) if line.startswith("#")]
    # The title was filled in.
    assert sorted(diagnostic.line for diagnostic in found) == sorted(set(planted) - set(commented) - {2})


def fill(text: str) -> str:
    values = {
        "title": "Tea",
        "summary": "We had tea.",
        "partner": "river-group",
        "role": "Host",
        "place": "Uphill",
        "year": "2026",
        "themes": '["trust"]',
        "partner_approved_on": "2024-01-31",
    }
    lines = []
    for line in text.split("\n"):
        match = re.fullmatch(r'(\s*(?:- )?)(\w+): (\["\[.*\]"\]|"\[.*\]")', line)
        if match:
            line = f"{match[1]}{match[2]}: {values[match[2]]}"
        elif PLACEHOLDER.fullmatch(line):
            line = "We talked."
        lines.append(line)
    return "\n".join(lines)


def test_a_filled_skeleton_has_no_issue(project_copy: Path) -> None:
    assert check_story(project_copy, fill(read_skeleton())) == []


def test_every_commented_line_can_be_used(project_copy: Path) -> None:
    text = fill(read_skeleton())
    text = re.sub(r"(?m)^ *# (?:Tell more|Several|Not in).*\n", "", text)
    text = re.sub(r"(?m)^# ", "", text).replace('url: ""', "url: https://example.org").replace('""', '"Known"')
    text = text.replace("[]", '["known"]')
    facts = split_front_matter(text, "x.md").values
    assert {"power", "money", "access_costs", "partner_account", "documents"} <= set(facts)
    found = check_story(project_copy, text)
    # The small project has not every value that the repository has.
    assert {diagnostic.code for diagnostic in found} <= {"GP301"}
    assert all("we know" in diagnostic.message for diagnostic in found)


def test_no_line_publishes_a_value_that_nobody_wrote(project_copy: Path) -> None:
    text = re.sub(r"(?m)^ *# (?:Tell more|Several|Not in|documents:|  - title|    url).*\n", "", fill(read_skeleton()))
    assert check_story(project_copy, re.sub(r"(?m)^# ", "", text)) == []


def test_it_prompts_only_for_fields_that_exist() -> None:
    names = re.findall(r"(?m)^(?:# )?(\w+):", read_skeleton().split("---")[1])
    assert set(names) <= set(CaseStudy.model_fields)
    assert {name for name, field in CaseStudy.model_fields.items() if field.is_required()} <= set(names)


@given(st.text(max_size=80))
@example('"quotes" and \\ backslash')
@example("tab\tand\nnew line")
def test_any_title_survives(title: str) -> None:
    file = split_front_matter(fill_skeleton(title), "x.md")
    assert file.diagnostics == []
    assert file.values["title"].split() == "".join(c if c.isprintable() else " " for c in title).split()
    assert file.values["title"].isprintable()


def test_githubs_page_is_filled_with_the_skeleton() -> None:
    parts = urlsplit(f"https://github.com/o/r/{new_file_query()}")
    query = parse_qs(parts.query)
    assert parts.path == "/o/r/new/main/case_studies"
    assert query["value"] == [read_skeleton()]
    assert query["filename"][0].endswith(".md")
    # GitHub refuses addresses of more than about 8,000 characters.
    assert len(parts.query) < 7000
