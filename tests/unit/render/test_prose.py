from __future__ import annotations

import pytest

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.kinds.texts import WebLink
from goodpractice.kinds.views.links import link_website
from goodpractice.markdown.contributed import render_contributed
from goodpractice.markdown.passages import read_passages
from goodpractice.render.blocks import render_text
from goodpractice.render.prose import finish_prose, show_address


@pytest.mark.parametrize(
    ("made", "finished"),
    [
        ("<p>No table, no code: one_two</p>", "<p>No table, no code: one_two</p>"),
        ("<thead><tr><th>A</th></tr></thead>", '<thead><tr><th scope="col">A</th></tr></thead>'),
        # The corner heads nothing.
        ("<thead><tr><th></th><th>A</th></tr></thead>", '<thead><tr><td></td><th scope="col">A</th></tr></thead>'),
        (
            '<thead><tr><th align="left"></th><th align="right">A</th></tr></thead><td align="center">1</td>',
            '<thead><tr><td></td><th scope="col" class="gp-right">A</th></tr></thead><td class="gp-center">1</td>',
        ),
        # What a component or an editor says already stays.
        (
            '<thead><tr role="row"><th role="columnheader" scope="col">A</th></tr></thead>',
            '<thead><tr role="row"><th role="columnheader" scope="col">A</th></tr></thead>',
        ),
        ("<code>partner_approved_on</code>", "<code>partner_<wbr>approved_<wbr>on</code>"),
        ("<code>data/&lt;id&gt;/consent.yml</code>", "<code>data/<wbr>&lt;id&gt;/<wbr>consent.yml</code>"),
        ("<code>__init__</code>", "<code>__init__</code>"),
        ("<code>a _ b / c.</code>", "<code>a _ b / c.</code>"),
        # Lines of a block of code wrap by themselves, and are copied as they stand.
        ("<pre><code>one_two</code></pre>", "<pre><code>one_two</code></pre>"),
        (
            '<pre class="x"><code class="y">a_b</code></pre><code>a_b</code>',
            '<pre class="x"><code class="y">a_b</code></pre><code>a_<wbr>b</code>',
        ),
    ],
)
def test_prose_is_finished(made: str, finished: str) -> None:
    assert finish_prose(made) == finished


def say_address(address: str) -> str:
    # What Markdown would take for a mark of its own is written as a number.
    return str(show_address(address)).replace("&#95;", "_")


@pytest.mark.parametrize("address", ["example.org/_a_", "example.org/a*b*/c", "example.org/a__b__c"])
def test_markdown_takes_no_mark_from_an_address(address: str) -> None:
    assert not set("_*") & set(show_address(address))


def test_the_address_of_a_website_breaks_between_its_parts() -> None:
    assert say_address("example.org/a-b/c_d") == "example.org/<wbr>a-b/<wbr>c_<wbr>d"
    assert say_address("https://example.org/") == "https://example.org/"
    assert say_address("a/b<script>") == "a/<wbr>b&lt;script&gt;"


def test_where_a_name_may_break_it_is_read_as_one() -> None:
    (heading,) = read_passages('<h2 id="a">Consent: <code>case_<wbr>studies</code></h2>')
    assert heading.text == "Consent: case_studies"


@pytest.mark.parametrize("text", ["Museum and/or Gallery", "A/V kit", "1/2 day"])
def test_words_of_a_link_are_no_address(text: str) -> None:
    assert render_text(KnowledgeBase(), WebLink("https://example.org/a", text)).endswith(f">{text}</a>")


@pytest.mark.parametrize("words", ["<code>{}</code>", "{}", "<b>{}</b>"])
def test_names_and_addresses_on_paper_are_whole(words: str) -> None:
    address = render_text(KnowledgeBase(), link_website("https://www.example.org/a_b/"))
    assert "example.org/<wbr>a&#95;<wbr>b<" in address
    printed = finish_prose(f"<p>{words.format('one_two')} {address}</p>", is_printed=True)
    assert "<wbr>" not in printed
    assert ">example.org/a&#95;b</a>" in printed
    assert words.format("one_two") in printed


def test_a_contributed_table_has_no_attribute_that_html_has_lost() -> None:
    made = render_contributed("| |Cost|\n|---|---:|\n|Tea|£1|\n", str).html
    assert 'align="right"' in made, "what the test is about"
    finished = finish_prose(made)
    assert "align=" not in finished
    assert '<th scope="col" class="gp-right">Cost</th>' in finished
