from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from goodpractice.checks import ProjectCheck, check_project
from goodpractice.checks.dangling_ids import check_references
from goodpractice.checks.dates import check_dates
from goodpractice.checks.links import find_link
from goodpractice.checks.macro_calls import INLINE, check_macro_calls
from goodpractice.checks.stories import check_story, list_markdown_lines
from goodpractice.content import Project
from goodpractice.content.document import Document, Origin
from goodpractice.content.records import list_references
from goodpractice.i18n.messages import LazyString
from goodpractice.kinds.registry import HOME_OF_KIND, KINDS
from goodpractice.markdown.contributed import drops_html
from goodpractice.markdown.editors import EditorsMarkdown
from goodpractice.render import EDITORS_MACROS, bind_macros, list_anchors_of_text, macro_example, rewriter
from goodpractice.render.registration import collect_macros
from tests.helpers.projects import SMALL, load_folder


def codes(project: Project) -> list[str]:
    return [diagnostic.code for diagnostic in check_project(project)]


def test_a_day_of_grace_is_given(small: Project) -> None:
    approved = datetime.date(2020, 1, 31)
    days = datetime.timedelta
    keys = [("case_study", case_id) for case_id in small.kb.case_studies]
    assert "GP212" not in [i.code for i in check_dates(small.kb, approved - days(1), keys) if "supper" in i.path]
    assert "GP212" in [i.code for i in check_dates(small.kb, approved - days(2), keys) if "supper" in i.path]


class _Unread(dict[Any, Any]):
    """Places of values, whose file nobody may read for them."""

    def __contains__(self, where: object) -> bool:
        raise AssertionError(where)


def test_no_place_is_looked_up_in_a_story_that_names_what_there_is(small: Project) -> None:
    keys = [("case_study", case_id) for case_id in small.kb.case_studies]
    assert any(next(list_references(small.kb.case_studies[case_id]), None) for _, case_id in keys)
    origins = {key: Origin("unread.md", positions=_Unread()) for key in keys}
    kb = small.kb.with_tables(small.kb.case_studies, origins=origins)
    assert list(check_references(kb, keys)) == []


@pytest.mark.parametrize("kind", HOME_OF_KIND)
def test_kinds_have_names_in_words(kind: str) -> None:
    assert isinstance(KINDS[kind].name, LazyString)
    assert "_" not in KINDS[kind].name


def test_lines_in_code_are_no_text() -> None:
    body = "a\n```\nb\n```\nc\n~~~~ md\nd\n~~~\ne\n~~~~\nf\n``` x ``` y\ng"
    assert [line for _, line in list_markdown_lines(body)] == ["a", "c", "f", "``` x ``` y", "g"]
    assert [number for number, _ in list_markdown_lines(body)] == [0, 4, 10, 11, 12]


def test_each_place_of_a_link_is_found() -> None:
    document = Document("x.md", "[a](b.md) [a](b.md)\n`b.mdx`\n\n[c](../b.md)\n[a](b.md)", 10)
    assert [find_link(document, "b.md", nth) for nth in range(3)] == [(0, 5), (0, 15), (4, 5)]
    assert find_link(document, "b.md", 7) == (4, 5)
    assert find_link(document, "nowhere.md") == (0, 1)


@pytest.mark.parametrize("name", EDITORS_MACROS)
@pytest.mark.parametrize("project", ["full", "repository"])
def test_the_example_of_every_macro_passes(name: str, project: str, request: pytest.FixtureRequest) -> None:
    kb = request.getfixturevalue(project).kb
    text = f"A {macro_example(name, kb)} b" if name in INLINE else macro_example(name, kb)
    assert list(check_macro_calls(kb, Document("docs/x.md", text), bind_macros(kb), ())) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("no macro at all", []),
        ("{% raw %}{{ anything( }}{% endraw %}", []),
        ("{# {{ anything() }} #}", []),
        ("{{ config.site_name }}", []),
        ("{% set x = 1 %}{{ x }}", []),
        ('{% for p in ["hill-museum"] %}{{ partner(p) }}{% endfor %}', []),
        ('a\n\n{{ partner("hil-museum") }}', [(12, 4, "GP307")]),
        ("a\n\n{{ partner(\n  'hil-museum') }}", [(12, 4, "GP307")]),
        ('{{ case_studies(limit="three") }}', [(10, 4, "GP306")]),
        ('{{ partner("hill-museum", "link", 3) }}', [(10, 4, "GP306")]),
        ("{{ nothing }}", [(10, 4, "GP310")]),
        ("a {{ nothing() }}", [(10, 6, "GP305")]),
        ('{{ "x" | shout }}', [(10, 1, "GP308")]),
        ("{% nothing %}", [(10, 1, "GP308")]),
        ("{{ a b }}", [(10, 1, "GP308")]),
        ('  {{ partner("hill-museum") }}', [(10, 6, "GP309")]),
        ('a {{ partner("hill-museum", style="link") }} b', []),
        ('a {{ term("partner") }} b', []),
    ],
)
def test_macro_calls(small: Project, text: str, found: list[tuple[int, int, str]]) -> None:
    diagnostics = check_macro_calls(small.kb, Document("docs/x.md", text, 10), bind_macros(small.kb), ())
    assert [(diagnostic.line, diagnostic.column, diagnostic.code) for diagnostic in diagnostics] == found


def test_macros_filters_and_variables_of_a_community_are_known(project_copy: Path) -> None:
    page = project_copy / "handbook/money.md"
    page.write_text(
        page.read_text().replace("Write the budget", '{{ shout(word) }} {{ "x" | loud }} {{ place }} write')
    )
    assert sorted(set(codes(load_folder(project_copy)))) != []
    (project_copy / "macros.py").write_text(
        "def define_env(env):\n"
        "    env.macro(str.upper, 'shout')\n"
        "    env.filter(str.upper, 'loud')\n"
        "    env.variables['word'] = 'hey'\n"
    )
    config = project_copy / "mkdocs.yml"
    config.write_text(config.read_text() + "extra:\n  place: Uphill\n")
    assert codes(load_folder(project_copy)) == []


def test_a_macro_of_a_community_that_fails_is_named_at_its_line(project_copy: Path) -> None:
    page = project_copy / "handbook/money.md"
    page.write_text(page.read_text().replace("Write the budget", "{{ fail() }}"))
    (project_copy / "macros.py").write_text(
        "def define_env(env):\n    @env.macro\n    def fail():\n        raise RuntimeError('out of tea')\n"
    )
    assert check_project(load_folder(project_copy)) == [], "nothing of macros.py is run"
    (diagnostic,) = check_project(load_folder(project_copy), collect_macros)
    assert (diagnostic.path, diagnostic.line, diagnostic.code) == ("handbook/money.md", 13, "GP308")
    assert "out of tea" in diagnostic.message
    assert diagnostic.hint == "It is a macro of your own: look at line 4 of macros.py."


PIECES = st.lists(
    st.sampled_from(
        [
            *("<b>", "</b>", "<div>", "<!-- a -->", "<!--", "-->", "<br/>", "<https://e.example>", "<a@e.example>"),
            *("\n", "\n\n", "> ", "- ", "1. ", "    ", "```", "`", "| a | b |\n|---|---|\n", "[^1]", "[^1]: ", "# "),
            *("text", "[a](b.md)", "\\<", "&lt;", "<", ">", '"', "<script>", "</script>", "<?php ?>", "<!X>", "~~"),
        ]
    ),
    max_size=10,
)


@given(PIECES.map("".join))
@example("<!-- a --><b>c</b><!-- d -->")
def test_html_is_never_dropped_without_a_word(body: str) -> None:
    document = Document("case_studies/x.md", body, 20)
    found = [diagnostic for diagnostic in check_story(document, contributed=False) if diagnostic.code == "GP402"]
    if found:
        assert drops_html(body)
    lines = body.split("\n")
    for diagnostic in found:
        assert 20 <= diagnostic.line < 20 + len(lines)
        assert 1 <= diagnostic.column <= len(lines[diagnostic.line - 20]) + 1
    if drops_html(_without_comments(body)):
        assert found


def _without_comments(body: str) -> str:
    """Comments are for editors: to drop them is what their writer wants."""
    return body if "<!--" not in body and "-->" not in body else ""


@given(st.text(max_size=100), st.booleans())
def test_no_story_makes_the_checks_raise(body: str, contributed: bool) -> None:
    for diagnostic in check_story(Document("case_studies/x.md", body, 3), contributed):
        assert diagnostic.line >= 3
        assert diagnostic.hint


def test_anchors_of_a_text_are_anchors_of_its_page() -> None:
    check = ProjectCheck(load_folder(SMALL))
    found: set[str] = set()
    for page in check.addresses.page_index.by_source.values():
        document = check.kb.documents.get(page.document)
        if document is None or not page.is_written or page.language:
            continue
        html = check.editors.render(document.body, rewriter(check.addresses, page.source)).html
        of_text = list_anchors_of_text(page, check.inputs, html)
        whole = check.anchors(page, "an anchor that is not there")
        assert whole is not None
        assert of_text <= whole
        assert all(anchor in (check.anchors(page, anchor) or ()) for anchor in whole)
        found |= of_text
    assert found


def test_a_text_that_was_checked_is_not_converted_again_for_its_anchors(monkeypatch: pytest.MonkeyPatch) -> None:
    check, other = ProjectCheck(load_folder(SMALL)), ProjectCheck(load_folder(SMALL))
    pages = [page for page in check.addresses.page_index.by_source.values() if page.is_written and not page.language]
    expected = [other.list_anchors_of_text(page) for page in pages]
    assert any(expected)
    list(check.check_editors_pages(find_anchors=lambda *_: None))
    monkeypatch.setattr(ProjectCheck, "_expand", None)
    monkeypatch.setattr(EditorsMarkdown, "render", None)
    assert [check.list_anchors_of_text(page) for page in pages] == expected
