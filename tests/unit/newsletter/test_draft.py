"""An issue as a file: what a draft holds, and what a second draft leaves alone."""

from __future__ import annotations

import datetime
import shutil
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from goodpractice.checks import check_project
from goodpractice.content import Project
from goodpractice.content.document import Situation
from goodpractice.newsletter.draft import DraftError, redraft, write_draft
from goodpractice.newsletter.news import Due, Named, News
from goodpractice.outputs.newsletters import read_issue
from goodpractice.outputs.site import Site
from goodpractice.query.tracking import Table
from tests.helpers.projects import SMALL, load_folder

SINCE, UNTIL = datetime.date(2025, 2, 1), datetime.date(2025, 2, 28)
NEWS = News(
    SINCE,
    UNTIL,
    new={"post": ["hello"], "partner": ["hill-museum", "ty-celf"], "programme": ["open-doors"]},
    changed=[Named("chapter", "money")],
    due=[Due(datetime.date(2025, 3, 5), Named("chapter", "begin"))],
    unchecked={"chapter": (1, 2)},
    drafts=1,
)
DRAFT = """\
---
title: "February 2025"
summary: "What was new here from 1 February 2025 to 28 February 2025."
since: 2025-02-01
until: 2025-02-28
drafted: [%s]
---
## From the editors

<!-- foreword: write three or four sentences here. What mattered, and to whom? -->

## New

### Blog

- [Hello](../posts/hello.md): We begin to write.

### Partners

{{ partner("hill-museum", style="link") }}, {{ partner("ty-celf", style="link") }}.

### Programmes

{{ programme("open-doors", style="link") }}.


## Changed

- [Share the money](../handbook/money.md): You will be able to share a budget.

## Coming

We know of no event after 28 February 2025.

## Waiting to be checked

- [Begin together](../handbook/begin.md): by 5 March 2025
- Handbook: 1 of 2 wait for a first check by a named person.
- 1 translation waits for a native reader.

"""


def read_sections(text: str) -> list[str]:
    return [line.removeprefix("## ").lower().replace(" ", "-") for line in text.splitlines() if line.startswith("## ")]


def make_draft(small: Project, **changes: Any) -> str:
    return write_draft(small.kb, replace(NEWS, **changes))


def test_a_draft_is_a_file_that_an_editor_can_read(small: Project) -> None:
    text = make_draft(small)
    drafted = text.partition("drafted: [")[2].partition("]")[0]
    assert text == DRAFT % drafted
    assert [mark.rsplit("-", 1)[0] for mark in drafted.split(", ")] == read_sections(text)
    # The same news give the same bytes.
    assert make_draft(small) == text


def test_what_there_is_nothing_to_say_of_is_left_out(small: Project) -> None:
    assert read_sections(write_draft(small.kb, News(SINCE, UNTIL))) == ["from-the-editors", "coming"]


def test_a_chapter_comes_with_the_situation_that_it_answers_and_a_story_keeps_its_own(small: Project) -> None:
    key = ("chapter", "money")
    asked = (Situation("first", 1, "They *never* ring back"), Situation("first", 2, "Silence"))
    documents = {**small.kb.documents, key: replace(small.kb.documents[key], written_situations=asked)}
    cases = dict(small.kb.case_studies.raw)
    cases["park"] = cases["park"].model_copy(update={"situations": ("Shown nowhere",)})
    kb = small.kb.with_tables(Table("case_study", cases), documents=documents)
    text = write_draft(kb, replace(NEWS, new={"chapter": ["money"], "case_study": ["park"]}, changed=[]))
    assert text.count("You may be thinking: “They &#42;never&#42; ring back”.") == text.count("You may be") == 1
    assert "Shown nowhere" not in text


def test_a_second_draft_renews_what_nobody_touched(small: Project) -> None:
    old = make_draft(small, changed=[], due=[], unchecked={}, drafts=0)
    new = make_draft(small, new={"post": ["hello"]}, coming=[Named("event", "meeting-2019")])
    found = redraft(old, new)
    assert (found.renewed, found.kept) == (["new", "changed", "coming", "waiting-to-be-checked"], [])
    assert set(read_sections(found.text)) == set(read_sections(new))
    again = redraft(found.text, new)
    assert (again.text, again.renewed, again.kept) == (found.text, [], [])


def test_what_an_editor_wrote_and_cut_stays(small: Project) -> None:
    text = make_draft(small)
    cut_from, cut_to = text.index("## Changed"), text.index("## Coming")
    edited = text[:cut_from] + text[cut_to:]
    edited = edited.replace(
        "<!-- foreword: write three or four sentences here. What mattered, and to whom? -->", "Dear all,"
    )
    edited = edited.replace('title: "February 2025"', "title: Snow and soup\npublished_on: 2025-03-01")
    edited = edited.replace("## Coming", "## Thanks\n\nTo all who cooked.\n\n## Coming")
    found = redraft(edited, make_draft(small, new={"post": ["hello"]}, changed=[Named("chapter", "begin")], drafts=2))
    assert (found.renewed, found.kept) == (["new", "waiting-to-be-checked"], ["from-the-editors", "changed"])
    for words in (
        "Dear all,",
        "title: Snow and soup",
        "published_on: 2025-03-01",
        "To all who cooked.",
        "2 translations",
    ):
        assert words in found.text
    assert "## Changed" not in found.text
    assert "hill-museum" not in found.text


def test_spaces_at_the_end_of_a_line_are_no_edit(small: Project) -> None:
    text = make_draft(small)
    body = text.index("## From")
    spaced = text[:body] + text[body:].replace("\n", "  \n")
    assert redraft(spaced, make_draft(small, new={"post": ["hello"]})).renewed == ["new"]


def test_a_file_without_the_digests_is_all_an_editors_own(small: Project) -> None:
    text = "\n".join(line for line in make_draft(small).splitlines() if not line.startswith("drafted:"))
    found = redraft(text, make_draft(small, drafts=2))
    assert (found.renewed, found.kept) == ([], ["waiting-to-be-checked"])


@pytest.mark.parametrize("text", ["", "No facts.\n", "---\ntitle: A\n"])
def test_a_file_that_cannot_be_taken_apart_is_refused(small: Project, text: str) -> None:
    with pytest.raises(DraftError):
        redraft(text, make_draft(small))


@given(st.text(st.characters(codec="utf-8"), max_size=300))
def test_no_text_of_an_editor_is_lost(body: str) -> None:
    lines = "".join(body.splitlines(keepends=True))
    facts = "---\ntitle: A\ndrafted: [new-00000000]\n---\n"
    assert redraft(facts + lines, facts).text == facts + lines


def give_address(root: Path) -> None:
    config = root / "mkdocs.yml"
    config.write_text(f"site_url: https://small.example/\n{config.read_text()}")


def make_issue(root: Path, text: str) -> str:
    (root / "newsletters").mkdir(exist_ok=True)
    (root / "newsletters/2025-02.md").write_text(text, encoding="utf-8")
    site = Site(load_folder(root))
    page = next(page for page in site.plan if (page.kind, page.id) == ("newsletter", "2025-02"))
    return read_issue(site, page).html


class Read(HTMLParser):
    """The words, elements and addresses of a text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words = ""
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for _, value in attrs]

    def handle_data(self, data: str) -> None:
        self.words += data


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


@settings(max_examples=15)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Zl", "Zp"]), min_size=1, max_size=80))
@example('{{ 7 * 7 }} {% include "x" %} {# gone #}')
@example("<script>alert(1)</script> **bold** `code` <b>b</b> &lt; \\ {: #id }")
@example("[x](javascript:alert(1)) ![y](https://evil.example/p.png) www.evil.example a@evil.example")
@example("a\nb\r\n## Heading\n\n- entry ]]> --> <!-- situations")
def test_words_of_records_run_nothing_and_link_nothing(hostile: Path, said: str) -> None:
    project = load_folder(hostile)
    case = project.kb.case_studies.raw["supper"].model_copy(update={"title": said, "summary": said})
    kb = project.kb.with_tables(Table("case_study", {**project.kb.case_studies.raw, "supper": case}))
    text = write_draft(kb, News(SINCE, UNTIL, new={"case_study": ["supper"]}))
    found = Read(make_issue(hostile, text))
    assert letters(said + said) in letters(found.words)
    assert found.tags == {"h1", "h2", "h3", "p", "ul", "li", "a", "hr"}
    site = "https://small.example/"
    assert found.links == [f"{site}case-studies/supper/", f"{site}newsletter/2025-02/", f"{site}feed.xml"]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = Path(shutil.copytree(SMALL, tmp_path_factory.mktemp("hostile") / "project"))
    give_address(root)
    return root


def test_an_issue_without_a_foreword_is_told(project_copy: Path, small: Project) -> None:
    make_issue(project_copy, make_draft(small))
    found = [str(problem) for problem in check_project(load_folder(project_copy))]
    assert len(found) == 1
    assert "newsletters/2025-02.md" in found[0]
    assert "foreword" in found[0]
