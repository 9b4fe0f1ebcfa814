from __future__ import annotations

import pytest

from goodpractice.markdown.editors import EditorsMarkdown

EXTENSIONS = ["toc", "tables", "fenced_code", "footnotes", "github-callouts", "md_in_html", "attr_list"]


@pytest.fixture(scope="module")
def parser() -> EditorsMarkdown:
    return EditorsMarkdown(EXTENSIONS, {"toc": {"permalink": True}})


def test_links_and_pictures_are_rewritten_and_listed(parser: EditorsMarkdown) -> None:
    rendered = parser.render("[a](b.md) ![c](d.png) <https://e.example>", str.upper)
    assert rendered.links == ["b.md", "d.png", "https://e.example"]
    assert 'href="B.MD"' in rendered.html
    assert 'src="D.PNG"' in rendered.html


def test_links_inside_html_of_macros_are_rewritten(parser: EditorsMarkdown) -> None:
    rendered = parser.render('<div markdown="1">\n\n[a](b.md)\n\n</div>', str.upper)
    assert rendered.links == ["b.md"]


def test_tokens_of_macros_stay(parser: EditorsMarkdown) -> None:
    text = '<a href="gp:/partners/a/">A</a> [b](gp:/themes/) [c](gp-file:/LICENSE) [d](gp-repository:/issues)'
    rendered = parser.render(text, str.upper)
    assert rendered.links == []
    assert 'href="gp:/partners/a/"' in rendered.html
    assert 'href="gp:/themes/"' in rendered.html


def test_links_of_headings_and_footnotes_are_no_links_of_the_page(parser: EditorsMarkdown) -> None:
    rendered = parser.render("## A\n\nText.[^1]\n\n[^1]: Note.\n", str.upper)
    assert rendered.links == []
    assert 'href="#a"' in rendered.html
    assert 'href="#fn:1"' in rendered.html


def test_nothing_is_kept_from_page_to_page(parser: EditorsMarkdown) -> None:
    first = parser.render("## A\n\nText.[^1] [x](y.md)\n\n[^1]: Note.\n", str)
    second = parser.render("## A\n\nOther.\n", str)
    assert second.links == []
    assert "Note" not in second.html
    assert 'id="a"' in second.html
    assert parser.render("## A\n\nText.[^1] [x](y.md)\n\n[^1]: Note.\n", str) == first


def test_callouts_of_github_are_understood(parser: EditorsMarkdown) -> None:
    html = parser.render("> [!TIP]\n> Ask early.\n", str).html
    assert 'class="admonition tip"' in html
    assert "[!TIP]" not in html


def test_a_text_is_converted_once_for_the_same_links(monkeypatch: pytest.MonkeyPatch) -> None:
    parser = EditorsMarkdown(EXTENSIONS, {})
    parser.start()
    first = parser.render("[a](b.md)", str.upper)
    with monkeypatch.context() as without:
        without.setattr("markdown.Markdown.convert", None)
        assert parser.render("[a](b.md)", str.upper) == first
    assert parser.render("[a](b.md)", str.title).html == '<p><a href="B.Md">a</a></p>'
    assert parser.render("[a](c.md)", str.upper).links == ["c.md"]
