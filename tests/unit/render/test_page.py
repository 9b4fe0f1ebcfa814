from __future__ import annotations

import dataclasses

import pytest

from goodpractice.content import Project
from goodpractice.content.document import Document
from goodpractice.i18n.dates import format_date, spell_date
from goodpractice.i18n.languages import ENGLISH
from goodpractice.kinds.paging import PAGE_SIZE
from goodpractice.markdown.passages import read_passages
from goodpractice.markdown.rendered import list_headings
from goodpractice.pages import Page, plan_pages
from goodpractice.render import Inputs, render_page
from goodpractice.render.citations import describe_page
from goodpractice.render.environment import paragraphs
from goodpractice.render.feeds import link_feed
from goodpractice.render.linked_data import serialise_linked_data
from goodpractice.render.stylesheet import choose_sheets, find_components, link_sheets
from tests.helpers.projects import many_cases
from tests.helpers.rendering import check_balance, find, make_inputs, take_some

WHOLE = pytest.mark.thorough("every page of this repository is rendered, and not only a few of each kind")


@pytest.fixture
def inputs(small: Project) -> Inputs:
    return make_inputs(small)


def with_story(inputs: Inputs, body: str) -> Inputs:
    documents = {**inputs.kb.documents, ("case_study", "supper"): Document("case_studies/supper.md", body)}
    return dataclasses.replace(inputs, kb=dataclasses.replace(inputs.kb, documents=documents))


@pytest.mark.parametrize("most", [2, pytest.param(10_000, marks=WHOLE)])
def test_every_page_is_whole_and_names_its_sheets_and_headings(repository: Project, most: int) -> None:
    inputs = make_inputs(repository)
    for page in take_some(plan_pages(repository.kb), most):
        rendered = render_page(page, inputs, "Text.")
        html = rendered.html
        check_balance(html)
        assert html.count("<h1") == 1, page.url
        assert '="gp:' not in html
        assert '="gp-' not in html.replace('="gp-', "", 0) or 'href="gp-' not in html
        assert "None" not in html.replace("None of", ""), page.url
        assert rendered.styles == expect_head(inputs, page, html), page.url
        assert rendered.headings == list_headings(read_passages(html)), page.url
        unread = render_page(page, dataclasses.replace(inputs, is_read=False), "Text.")
        assert unread.headings == rendered.headings, page.url
        assert dataclasses.replace(unread, passages=rendered.passages) == rendered, page.url


def expect_head(inputs: Inputs, page: Page, html: str) -> str:
    data = serialise_linked_data(inputs.kb, page.kind, page.id)
    cited = describe_page(inputs.kb, page)
    feed = link_feed(inputs.kb, page)
    return link_sheets(choose_sheets(find_components(html)), page.url) + data + cited + feed


def test_pages_that_are_not_looked_through_link_what_is_on_them(small: Project) -> None:
    inputs = make_inputs(dataclasses.replace(small, kb=many_cases(small, PAGE_SIZE + 1)))
    pages = [page for page in plan_pages(inputs.kb) if not page.is_written]
    assert {page.kind for page in pages if page.number > 1} == {"index", "overview", "partner", "programme", "theme"}
    for page in pages:
        rendered = render_page(page, inputs)
        assert rendered.styles == expect_head(inputs, page, rendered.html), page.url


def test_rendering_is_pure(inputs: Inputs) -> None:
    for page in plan_pages(inputs.kb):
        assert render_page(page, inputs, "## A\n\nText.") == render_page(page, inputs, "## A\n\nText.")


def test_links_of_a_story_lead_to_pages(inputs: Inputs) -> None:
    rendered = render_page(find(inputs, "case-studies/supper/"), inputs)
    assert 'href="../../handbook/begin/#say-hello"' in rendered.html
    assert {"what-happened", "what-did-not-work", "what-we-learned"} <= rendered.anchors
    assert "What happened" in [heading.name for heading in rendered.headings]


def test_a_contributed_story_cannot_run_anything(inputs: Inputs) -> None:
    story = '{{ 7 * 7 }} {% include "x" %}\n\n<script>alert(1)</script>\n\n[a](javascript:alert(1)) [b](gp:/x/)'
    html = render_page(find(inputs, "case-studies/supper/"), with_story(inputs, story)).html
    assert "{{ 7 * 7 }}" in html
    assert "49" not in html
    assert "<script" not in html
    assert "javascript:" not in html
    assert "gp:/" not in html


def test_text_of_a_story_is_not_taken_for_a_token(inputs: Inputs) -> None:
    html = render_page(find(inputs, "case-studies/supper/"), with_story(inputs, 'say ="gp:/partners/"')).html
    assert "gp:/partners/" in html


def test_pages_of_editors_are_rendered_from_expanded_markdown(inputs: Inputs) -> None:
    rendered = render_page(find(inputs, "handbook/money/"), inputs, "## Open\n\n[Supper](../case_studies/supper.md)")
    assert 'href="../../case-studies/supper/"' in rendered.html
    assert "open" in rendered.anchors
    home = render_page(find(inputs, ""), inputs, "# Hello\n\n[L](../handbook/begin.md)")
    assert 'href="handbook/begin/"' in home.html
    assert home.headings[0].name == "Hello"


def test_an_unsafe_link_of_an_editor_leads_nowhere(inputs: Inputs) -> None:
    html = render_page(find(inputs, ""), inputs, "# A\n\n[x](javascript:alert(1))").html
    assert "javascript:" not in html
    assert 'href="#"' in html


def test_a_sparse_profile_has_no_empty_field(inputs: Inputs) -> None:
    html = render_page(find(inputs, "partners/ty-celf/"), inputs).html
    assert "Tŷ Celf" in html
    for name in ("Where", "Website", "Programmes", "Networks", "What they bring", "Case studies</h2>"):
        assert name not in html
    assert "<dd" not in html or "></dd>" not in html


def test_links_work_both_ways(inputs: Inputs) -> None:
    def html(url: str) -> str:
        return render_page(find(inputs, url), inputs, "Text.").html

    assert "case-studies/supper/" in html("partners/river-group/")
    assert "partners/river-group/" in html("case-studies/supper/")
    assert "case-studies/supper/" in html("handbook/money/")
    assert "handbook/money/" in html("case-studies/supper/")
    assert "case-studies/supper/" in html("themes/money/")
    assert "themes/money/" in html("case-studies/supper/")
    assert "partners/hill-museum/" in html("programmes/open-doors/")
    assert "programmes/open-doors/" in html("partners/hill-museum/")
    assert "partners/hill-museum/" in html("networks/museum-net/")


def test_what_the_sources_do_not_say_stands_in_one_line(inputs: Inputs) -> None:
    html = render_page(find(inputs, "case-studies/park/"), inputs).html
    assert html.count('class="gp-gaps"') == 1
    assert "What we read does not say who took the decisions," in html
    assert "Not named here" in html
    assert "Told from published sources." in html
    assert "The partners do not say" in render_page(find(inputs, "case-studies/supper/"), inputs).html


@pytest.mark.parametrize(
    ("words", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_words_are_joined(words: list[str], text: str) -> None:
    assert ENGLISH.join(words) == text


def test_dates_and_paragraphs() -> None:
    import datetime

    assert format_date(datetime.date(2026, 11, 21)) == "21 November 2026"
    assert paragraphs("a\nb\n\n\n\n<c>") == "<p>a b</p><p>&lt;c&gt;</p>"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2014-12", "December 2014"),
        ("2021-07-06", "6 July 2021"),
        ("2013", "2013"),
        ("April to June 2018", "April to June 2018"),
        ("2013-14", "2013-14"),
    ],
)
def test_a_date_as_in_a_file_is_spelled_out(written: str, read: str) -> None:
    assert spell_date(written) == read
