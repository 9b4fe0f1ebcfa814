"""One true cause for a macro call that cannot be read, where it begins, with the call as it should be."""

from __future__ import annotations

import pytest

from goodpractice.checks.macro_calls import check_macro_calls
from goodpractice.content import Project
from goodpractice.content.document import Document
from goodpractice.render import bind_macros

CURLY = "the quotation marks are curly: a program needs straight ones"
NO_END = "the macro call that begins here has no end"
INNER = "there are quotation marks inside quotation marks"
QUOTE = "a quotation mark is missing"
COMMA = "a comma is missing between two arguments"
TIP = '{{ top_tip("Ask first.") }}'
SIDES = '{{ superpowers(community=["a", "b"], organisation=["c"]) }}'


def tell(project: Project, text: str) -> list[tuple[int, int, str, str]]:
    found = check_macro_calls(project.kb, Document("docs/x.md", text), bind_macros(project.kb), ())
    return [(diagnostic.line, diagnostic.column, diagnostic.message, diagnostic.hint) for diagnostic in found]


@pytest.mark.parametrize(
    ("text", "cause", "finished"),
    [
        ("{{ top_tip(“Ask first.”) }}", CURLY, TIP),
        ("{{ top_tip(‘Ask first.’) }}", CURLY, "{{ top_tip('Ask first.') }}"),
        ("{{ top_tip(„Ask first.“) }}", CURLY, TIP),
        ('{{ top_tip("Ask first.”) }}', CURLY, TIP),
        ('{{ top_tip(“He said "yes" then”) }}', CURLY, '{{ top_tip("He said “yes” then") }}'),
        ('{{ top_tip("Ask first." }}', "`)` is missing at the end", TIP),
        ('{{ top_tip("Ask first.") }', "one `}` is missing at the end", TIP),
        ('{{ top_tip("Ask first.") } }', "one `}` is missing at the end", TIP),
        ('{{ top_tip("Ask first.")', NO_END, TIP),
        ('{{ top_tip("Ask first."', NO_END, TIP),
        ('{{ top_tip("He said "yes" to us") }}', INNER, '{{ top_tip("He said “yes” to us") }}'),
        ("{{ top_tip('It's fine') }}", INNER, "{{ top_tip('It’s fine') }}"),
        ("{{ top_tip('It's 'fine' here') }}", INNER, "{{ top_tip('It’s ‘fine’ here') }}"),
        ('{{ top_tip("a "b" c", title="d "e" f") }}', INNER, '{{ top_tip("a “b” c", title="d “e” f") }}'),
        ('{{ top_tip("a" title="b") }}', COMMA, '{{ top_tip("a", title="b") }}'),
        ('{{ reflect("a" "b") }}', COMMA, '{{ reflect("a", "b") }}'),
        ('{{ superpowers(community=["a" "b"], organisation=["c"]) }}', COMMA, SIDES),
        ('{{ top_tip("a", title="b) }}', QUOTE, '{{ top_tip("a", title="b") }}'),
        ('{{ top_tip("a", title=b") }}', QUOTE, '{{ top_tip("a", title="b") }}'),
        ('{{ top_tip(Ask first.") }}', QUOTE, TIP),
        ('{{ top_tip("Ask first.) }}', QUOTE, TIP),
        ('{{ superpowers(community=["a", "b], organisation=["c"]) }}', QUOTE, SIDES),
        (
            '{{ superpowers(community=["a", "b", organisation=["c"]) }}',
            "`]` is missing at the end of a list",
            SIDES,
        ),
        ('{{ top_tip("Ask first.")) }}', "there is one `)` too many", TIP),
        ('{{ top_tip "Ask first." }}', "the brackets are missing", TIP),
        ('{ top_tip("Ask first.") }', "a macro call has two braces on each side", TIP),
    ],
)
def test_the_cause_and_the_finished_call(small: Project, text: str, cause: str, finished: str) -> None:
    page = f"before\n\n{text}\n\nafter\n\n{{{{ top_tip('fine') }}}}\n"
    assert tell(small, page) == [(3, 1, cause, f"Write `{finished}`.")]
    # Following the hint is the end of it.
    assert tell(small, page.replace(text, finished)) == []


def test_each_of_several_is_told_where_it_begins(small: Project) -> None:
    page = 'a\n{{ top_tip("x"\ntwo lines\nof text\n\n{{ top_tip(“y”) }}\n\nb {{ nothing( }}\n\n{{ nope() }}'
    assert [(line, message) for line, _, message, _ in tell(small, page)] == [
        (2, NO_END),
        (6, CURLY),
        (8, "the macro call cannot be read"),
        (10, "there is no macro `nope`"),
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [("## A heading {#its-id}", "## A heading { #its-id }"), ("# Ä {#b}\n\n{# a note #}", "# Ä { #b }")],
)
def test_an_anchor_is_no_comment(small: Project, text: str, line: str) -> None:
    ((number, _, _, hint),) = tell(small, text)
    assert (number, hint) == (1, f"For an anchor, leave a space after the brace: `{line}`.")
    assert tell(small, line) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a {# b", "`{#` begins a comment here, and everything after it would be lost"),
        ("{% raw %} {{ x", "`{% raw %}` has no end"),
        ("{% if x\n\ntext", "`{%` has no end on its line"),
        ("{{ top_tip }}", "the macro `top_tip` is named and not called"),
    ],
)
def test_what_else_has_no_end(small: Project, text: str, message: str) -> None:
    assert [found[2] for found in tell(small, f"one\n\n{text}")][:1] == [message]


@pytest.mark.parametrize(
    "text",
    [
        '{{ top_tip("a\n\nb }} c") }}',
        "{{ top_tip('He said \"yes\"') }}",
        "{{ top_tip(\n  'a',\n  title='b'\n) }}",
        "{{ top_tip('a' ~ 'b') }}",
        "{% set x =\n 'a' %}{{ x }}",
        "{% raw %}{{ a b }} {#x} {% endraw %}",
        "`{ top_tip('x') }` and {something} and { else }",
        "{# a note\nof two lines #}",
        '{{ top_tip("") }}',
    ],
)
def test_what_is_right_is_left_alone(small: Project, text: str) -> None:
    assert tell(small, text) == []


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        (
            '{{ superpowers(community="Trust", organisation=["x"]) }}',
            "the argument `community` of the macro `superpowers` needs a list",
            'Write community=["Trust"].',
        ),
        (
            '{{ reflect(["a", "b"]) }}',
            "the macro `reflect` takes its texts one after the other, not as a list",
            'Write reflect("a", "b").',
        ),
        ('{{ top_tip(["a"]) }}', "the argument `text` of the macro `top_tip` is no list", 'Write text="a".'),
        ("{{ top_tip(5) }}", "the argument `text` of the macro `top_tip` needs a text", 'Write text="5".'),
        (
            "{{ case_studies(limit=-1) }}",
            "the argument `limit` of the macro `case_studies` is below zero",
            "Write limit=3, without a sign.",
        ),
        (
            '{{ top_tip("x", title="a", title="b") }}',
            "the macro `top_tip` has the argument `title` twice",
            "Delete one of them.",
        ),
        (
            "{{ case_study(supper) }}",
            "`supper` is not known",
            'If it is an id or a text, write it between quotation marks: "supper".',
        ),
        (
            "{{ git.short_commit }}",
            "`git` is not known while a page is made",
            "Leave it out: a page would change with every commit, and be built anew.",
        ),
        (
            "{{ now() }}",
            "`now` is not known while a page is made",
            "Write the day itself: a page is built when something in it changes, not every day.",
        ),
        (
            "{{ page.toc }}",
            "`page.toc` is not known while a page is made",
            "Of `page` there are: title, url, canonical_url, meta.",
        ),
        (
            "{{ config['theme'] }}",
            "`config.theme` is not known while a page is made",
            "Of `config` there are: site_name, site_url, site_description, site_author, copyright, repo_url, extra.",
        ),
    ],
)
def test_arguments_and_names(small: Project, text: str, message: str, hint: str) -> None:
    assert [found[2:] for found in tell(small, f"one\n\n{text}")] == [(message, hint)]
