"""Marks that people type become those of print, and nothing else changes."""

from __future__ import annotations

import html as html_module
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodpractice.i18n.typography import has_these_quotes, set_quotes, set_quotes_of_text

TEXTS = {
    "the partner's own account": "the partner’s own account",
    'The line says "in kind". Change it.': "The line says “in kind”. Change it.",
    "\"Who decides?\" and 'who pays?'": "“Who decides?” and ‘who pays?’",
    "(\"quoted\") – 'so'": "(“quoted”) – ‘so’",
    "the '90s, rock 'n' roll, 'til late": "the ’90s, rock ’n’ roll, ’til late",
    "the partners' rooms": "the partners’ rooms",
    "a board of 6\" by 4'": "a board of 6\" by 4'",
    'called "Lab 13"': "called “Lab 13”",
    "O'Neill isn't here": "O’Neill isn’t here",
    'Cwm\'s "Y Fenter"': "Cwm’s “Y Fenter”",
    "already “set” and ‘so’": "already “set” and ‘so’",
    "no marks": "no marks",
}


@pytest.mark.parametrize(("typed", "printed"), TEXTS.items(), ids=range(len(TEXTS)))
def test_marks_of_print(typed: str, printed: str) -> None:
    assert set_quotes_of_text(typed) == printed
    escaped = html_module.escape(typed)
    assert html_module.unescape(set_quotes(f"<p>{escaped}</p>")) == f"<p>{printed}</p>"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ('<p>the <em>partner</em>"s</p>', "<p>the <em>partner</em>”s</p>"),
        ("<p><a href='x'>Xplore!</a>'s club</p>", "<p><a href='x'>Xplore!</a>’s club</p>"),
        ("<li>end</li><li>'so' it goes</li>", "<li>end</li><li>‘so’ it goes</li>"),
        ('<p>"<strong>Yes</strong>"</p>', "<p>“<strong>Yes</strong>”</p>"),
        ("<pre><code>x = 'y'</code> 'z'</pre><p>'z'</p>", "<pre><code>x = 'y'</code> 'z'</pre><p>‘z’</p>"),
        ("<a title=\"a > b's\">it's</a>", '<a title="a > b\'s">it’s</a>'),
        ("<!-- it's > --><p>it's</p>", "<!-- it's > --><p>it’s</p>"),
        ("a < b's", "a < b's"),
    ],
)
def test_only_text_changes(typed: str, printed: str) -> None:
    assert set_quotes(typed) == printed


def test_only_languages_with_these_marks() -> None:
    assert [has_these_quotes(code) for code in ("en", "cy", "en-GB", "de", "ar", "")] == [True] * 3 + [False] * 3


@given(
    st.lists(
        st.sampled_from(
            ['<a title="', '">', "</a>", "<p>", "'", '"', "&quot;", ">", "<", "x", " ", "6", "<code>", "</code>"]
        )
    )
)
def test_whatever_stands_there_only_marks_change(pieces: list[str]) -> None:
    html = "".join(pieces)
    plain = re.compile('[“”"]|&quot;|&#34;'), re.compile("[‘’']|&#39;")
    changed = set_quotes(html)
    for either, mark in zip(plain, ('"', "'"), strict=True):
        html, changed = either.sub(mark, html), either.sub(mark, changed)
    assert changed == html
    assert set_quotes(set_quotes(html)) == set_quotes(html)
