from __future__ import annotations

import re
from pathlib import Path

import pytest
from markdown import Markdown

import goodpractice
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


@pytest.mark.parametrize(
    ("made", "finished"),
    [
        ("<th>A</th>", '<th scope="col">A</th>'),
        ('<th id="x">A</th>', '<th scope="col" id="x">A</th>'),
        ("<TH>A</TH>", '<th scope="col">A</TH>'),
        # The corner heads nothing.
        ("<th></th>", "<td></td>"),
        ("<th> &nbsp;\n</th>", "<td></td>"),
        ('<th align="left" id="x"></th>', '<td id="x"></td>'),
        # What a component or an editor says already stays.
        ('<th role="columnheader" scope="col">A</th>', '<th role="columnheader" scope="col">A</th>'),
        ('<th scope="col"></th>', '<th scope="col"></th>'),
        ('<th aria-label="Kept"></th>', '<th scope="col" aria-label="Kept"></th>'),
        ('<th scope=colgroup align="right">A</th>', '<th scope="colgroup" class="gp-right">A</th>'),
        ('<th align="center" class="q">A</th>', '<th scope="col" class="q gp-center">A</th>'),
    ],
)
@pytest.mark.parametrize("head", ["<thead>", '<thead class="x">', '<thead title="a > b">', "<thead\nid='x'>"])
def test_a_head_cell_says_what_it_heads(head: str, made: str, finished: str) -> None:
    around = "<table>{}<tr>{}<th>B</th></tr></thead><tbody><tr><th>1</th></tr></tbody></table>"
    expected = around.format(head, finished).replace("<th>B", '<th scope="col">B')
    assert finish_prose(around.format(head, made)) == expected


@pytest.mark.parametrize(
    "around", ["<table><tr>{}</tr></table>", '<table class="x"><tbody><tr>{}</tr></tbody></table>']
)
@pytest.mark.parametrize(
    ("made", "finished"),
    [
        ('<td align="right">1</td>', '<td class="gp-right">1</td>'),
        ('<td\n align="center">1</td>', '<td class="gp-center">1</td>'),
        ("<TD ALIGN=Right>1</TD>", '<TD class="gp-right">1</TD>'),
        ('<td id="x" align="right" class="q r">1</td>', '<td id="x" class="q r gp-right">1</td>'),
        ('<td title="a > b" align="right">1</td>', '<td title="a > b" class="gp-right">1</td>'),
        ('<th scope="row" align="right">1</th>', '<th scope="row" class="gp-right">1</th>'),
        # Sides that have no class: lines begin there, or no sheet knows them.
        ('<td align="left">1</td>', "<td>1</td>"),
        ('<td align=" LEFT ">1</td>', "<td>1</td>"),
        ('<td align="justify">1</td>', "<td>1</td>"),
        ('<td align="" id="x">1</td>', '<td id="x">1</td>'),
        # As Python-Markdown aligns where a community leaves `use_align_attribute` out.
        ('<td style="text-align: right;">1</td>', '<td class="gp-right">1</td>'),
        ('<td style="text-align: left;">1</td>', "<td>1</td>"),
        (
            "<td style=\"font-family: 'A'; TEXT-ALIGN:center\">1</td>",
            '<td style="font-family: \'A\';" class="gp-center">1</td>',
        ),
        ("<td style='font-family: \"A\"' align=right>1</td>", '<td style=\'font-family: "A"\' class="gp-right">1</td>'),
        # What HTML still has, and what only sounds like it.
        ('<td style="text-align: justify">1</td>', '<td style="text-align: justify">1</td>'),
        ('<td style="vertical-align: top">1</td>', '<td style="vertical-align: top">1</td>'),
        ('<td data-align="right">1</td>', '<td data-align="right">1</td>'),
        ('<td title="align">1</td>', '<td title="align">1</td>'),
        ("<th>align</th>", "<th>align</th>"),
    ],
)
def test_the_side_of_a_cell_is_a_class_that_a_sheet_knows(around: str, made: str, finished: str) -> None:
    assert finish_prose(around.format(made)) == around.format(finished)


@pytest.mark.parametrize("settings", [{}, {"use_align_attribute": True}, {"use_align_attribute": False}])
def test_a_table_of_editors_is_finished_however_a_community_sets_it(settings: dict[str, bool]) -> None:
    text = "| |Cost|Day|\n|:--|--:|:-:|\n|Tea|£1|Monday|\n"
    made = Markdown(extensions=["tables"], extension_configs={"tables": settings}).convert(text)
    assert "align" in made, "what the test is about"
    finished = finish_prose(made)
    assert "align" not in finished
    assert '<td></td>\n<th scope="col" class="gp-right">Cost</th>' in finished
    assert '<td>Tea</td>\n<td class="gp-right">£1</td>\n<td class="gp-center">Monday</td>' in finished


@pytest.mark.parametrize("sheet", ["_base/text.css", "_ebook/ebook.css"])
@pytest.mark.parametrize("side", ["left", "start", "right", "end", "center", "justify", "char"])
def test_a_sheet_has_every_class_of_a_side(side: str, sheet: str) -> None:
    css = (Path(goodpractice.__file__).parent / "components" / sheet).read_text(encoding="utf-8")
    finished = finish_prose(f'<table><td align="{side}">')
    assert all(f".{name} {{" in css for name in re.findall('class="(.*)"', finished))


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
