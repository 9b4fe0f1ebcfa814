from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from goodpractice.markdown.contributed import _cleaner, drops_html, list_contributed_links, render_contributed
from goodpractice.markdown.passages import read_passages
from goodpractice.markdown.rendered import list_headings
from tests.helpers.yaml_files import read_yaml

CASES = read_yaml(Path(__file__).with_name("contributed.yml").read_text(encoding="utf-8"))


def rewrite(target: str) -> str:
    """As in a project: repository paths become tokens, the rest stays as written."""
    return target if "://" in target or target.startswith(("mailto:", "#")) else f"gp:/{target}"


def render(text: str) -> str:
    return render_contributed(text, rewrite).html


class Outline(HTMLParser):
    """What a reader notices of a page: elements, addresses, words."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Any] = []
        self.skipped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        classes = (values.get("class") or "").split()
        if "footnote-backref" in classes or self.skipped:
            self.skipped += 1
            return
        if "footnotes-sep" in classes:
            return
        shown: dict[str, Any] = {key: values[key] for key in ("src", "alt", "title", "start") if key in values}
        href = values.get("href") or ""
        if href and not href.startswith("#fn"):
            shown["href"] = href
        if tag == "input":
            shown["checked"] = "checked" in values
        style = re.fullmatch(r"text-align:(\w+)", values.get("style") or "")
        align = values.get("align") or (style[1] if style else None)
        if align:
            shown["align"] = align
        self.found.append(({"s": "del"}.get(tag, tag), shown))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self.skipped:
            self.skipped -= 1
            return
        self.found.append("/" + {"s": "del"}.get(tag, tag))

    def handle_data(self, data: str) -> None:
        words = data.strip().strip("[]") if self.found and self.found[-1] == ("a", {}) else data.strip()
        if words and not self.skipped:
            self.found.append(" ".join(words.split()))


def outline(html: str) -> list[Any]:
    parser = Outline()
    parser.feed(html)
    parser.close()
    return parser.found


def render_with_markdown_it(text: str) -> str:
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parser.use(footnote_plugin).use(tasklists_plugin)
    tokens = parser.parse(text)
    for token in tokens:
        for child in token.children or ():
            for attribute in ("href", "src"):
                if attribute in child.attrs:
                    child.attrs[attribute] = rewrite(str(child.attrs[attribute]))
    html: str = parser.renderer.render(tokens, parser.options, {})
    return html


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_golden_case(case: dict[str, str]) -> None:
    assert render(case["markdown"]) == case["html"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_another_parser_says_the_same(case: dict[str, str]) -> None:
    assert outline(render_with_markdown_it(case["markdown"])) == outline(render(case["markdown"]))


def test_bare_addresses_become_links() -> None:
    assert render("See https://example.org/a, www.example.org.") == (
        '<p>See <a href="https://example.org/a">https://example.org/a</a>, '
        '<a href="http://www.example.org">www.example.org</a>.</p>\n'
    )


@pytest.mark.parametrize("kind", ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"])
def test_callouts(kind: str) -> None:
    assert render(f"> [!{kind}]\n> Ask *early*.") == (
        f'<div class="markdown-alert markdown-alert-{kind.lower()}">\n'
        f'<p class="markdown-alert-title">{kind.capitalize()}</p>\n'
        "<p>Ask <em>early</em>.</p>\n</div>\n"
    )


def test_headings_have_anchors_as_on_github() -> None:
    html = render("## What *happened*?\n\n## What happened\n\n### Tŷ Celf & co\n")
    assert [(heading.level, heading.id, heading.name) for heading in list_headings(read_passages(html))] == [
        (2, "what-happened", "What happened?"),
        (2, "what-happened-1", "What happened"),
        (3, "tŷ-celf--co", "Tŷ Celf &amp; co"),
    ]


@pytest.mark.parametrize("name", ["__search", "__config", "gp-title", "gp-sources"])
def test_no_heading_takes_the_id_of_a_part_of_the_page(name: str) -> None:
    (heading,) = list_headings(read_passages(render(f"## {name}")))
    assert heading.id == f"story-{name}"
    assert f'href="#story-{name}"' in render(f"## {name}")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a <b>bold</b> c", "<p>a bold c</p>\n"),
        ("<script>alert(1)</script>", "\n"),
        ("<!-- hidden -->", "\n"),
        ("<div onclick=x>\n\ntext\n\n</div>", "\n<p>text</p>\n\n"),
        ("[a](javascript:alert(1))", '<p><a href="">a</a></p>\n'),
    ],
)
def test_raw_html_and_dangerous_links_are_dropped(text: str, html: str) -> None:
    assert render(text) == html


@pytest.mark.parametrize(
    ("text", "dropped"),
    [
        ("a <b>c</b>", True),
        ("<div>", True),
        ("<!-- x -->", True),
        ("a < b > c", False),
        ("`<b>`", False),
        ("```\n<b>\n```", False),
        ("<https://example.org>", False),
        ("\\<b>", False),
        ("", False),
    ],
)
def test_whether_html_is_dropped(text: str, dropped: bool) -> None:
    assert drops_html(text) is dropped


def test_links_are_listed_in_order_dangerous_ones_too() -> None:
    text = "[a](x.md) ![b](y.jpg) [c](javascript:alert(1)) <https://d.example> [e]\n\n[e]: z.md"
    assert list_contributed_links(text) == ["x.md", "y.jpg", "javascript:alert(1)", "https://d.example", "z.md"]
    assert render_contributed("[a](x.md) ![b](y.jpg)", rewrite).links == ["x.md", "y.jpg"]


#: Written down a second time, so that a change of the allow-list is seen here.
ALLOWED: dict[str, set[str]] = {
    **{f"h{level}": {"id"} for level in range(1, 7)},
    **{tag: {"class"} for tag in ("p", "div", "sup", "section")},
    **{tag: set() for tag in ("br", "hr", "blockquote", "pre", "code", "em", "strong", "del", "ul")},
    **{tag: set() for tag in ("table", "thead", "tbody", "tr")},
    **{tag: {"align"} for tag in ("th", "td")},
    "a": {"href", "title", "id", "aria-label", "class"},
    "img": {"src", "alt", "title"},
    "li": {"id"},
    "ol": {"start"},
    "input": {"type", "checked", "disabled"},
}
CLASSES = re.compile(
    r"anchor|footnote-backref|footnote-ref|footnotes|markdown-alert(-(title|note|tip|important|warning|caution))?"
)


class Guard(HTMLParser):
    def __init__(self, pictures: bool = True) -> None:
        super().__init__()
        self.pictures = pictures

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED, tag
        for name, value in attrs:
            assert name in ALLOWED[tag], f"{tag} {name}"
            if name in ("href", "src") and (self.pictures or ":" in (value or "").split("/")[0]):
                assert re.match(r"(https?:|mailto:|gp(-file)?:/|#|$)", value or "", re.IGNORECASE), value
            if name == "src" and self.pictures:
                assert (value or "").startswith("gp")
            if name == "class":
                assert all(CLASSES.fullmatch(word) for word in (value or "").split()), value
            if name == "id" and self.pictures:
                assert not (value or "").startswith(("__", "gp-"))

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(f"a declaration: {decl}")


HOSTILE = st.lists(
    st.sampled_from(
        [
            *("<script>", "</script>", "<img src=x onerror=alert(1)>", "<svg/onload=x>", "<a href='javascript:x'>"),
            *("<style>", "</style>", "<!--", "-->", "<![CDATA[", "<?php", "<iframe srcdoc=x>", "<input autofocus>"),
            *("[a](javascript:x)", "[a](data:text/html,x)", "![a](//evil.example/x)", "![a](x.jpg)", "[a](vbscript:x)"),
            *('[a](x "y" onclick="z")', "<javascript:x>", "[x]: javascript:y", "[x]", "![x][x]"),
            *("&#106;avascript:", "https://e.example", "www.e.example", "a@b.example"),
            *("| a | b |", "|---|:-:|", "> [!TIP]", "> [!TIP] <b>", "> ", "- [x] ", "1. ", "\n", "\n\n", "    ", "```"),
            *("# ", "## __x", "## gp-title", "[^1]", "[^1]: ", "~~", "*", "_", "`", '"', "'", '="gp:/x"', "\\"),
            *(
                "{{ x }}",
                "{% y %}",
                "é",
                "\x00",
                "\ufeff",
                "\u2028",
                "https://e.example",
                "www.e.example",
                "a@b.example",
            ),
        ]
    ),
    max_size=14,
)


@given(HOSTILE.map("".join) | st.text(max_size=60))
@example("[a](JAVASCRIPT:alert(1))")
@example("[a](java\nscript:alert(1))")
@example("![a](https://evil.example/pixel.gif)")
def test_nothing_but_the_allow_list_is_ever_rendered(text: str) -> None:
    guard = Guard()
    guard.feed(render(text))
    guard.close()


@given(HOSTILE.map("".join))
@example('<td style="x" onclick="y" class="z"><h2 style="x">')
@example('<a href="javascript:x" target="y" rel="z"><img srcset="x" loading="y" src="gp:/a">')
@example('<p class="gp-card md-search"><div class="x markdown-alert"><input name="x" value="y" type="checkbox">')
def test_the_last_line_of_defence_holds_alone(html: str) -> None:
    # comrak lets no HTML through today. Should it do so one day, this is what stands behind it.
    guard = Guard(pictures=False)
    guard.feed(_cleaner.clean(html))
    guard.close()


@given(HOSTILE.map("".join))
def test_rendering_is_pure(text: str) -> None:
    assert render(text) == render(text)
