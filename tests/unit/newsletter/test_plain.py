"""The text of an issue without HTML."""

from __future__ import annotations

import comrak
from hypothesis import example, given
from hypothesis import strategies as st

from goodpractice.newsletter.mail import clean_html
from goodpractice.newsletter.plain import COLUMNS, write_markdown, write_plain

BASE = "https://example.org/newsletter/2026-11/"
HTML = """
<h1>November</h1><p>What was <em>new</em>.</p>
<h2 id="new">New<a class="headerlink" href="#new" title="Link">#</a></h2>
<ul><li><p><a href="../../blog/hello/">Hello</a>: a long sentence that goes on and on, until it has to be continued \
on a second line.</p></li>
<li>Two<ul><li>inside</li></ul></li></ul>
<ol><li>first</li><li>second</li></ol>
<p>5 * 3 &lt; 16 [no link] and <a href="javascript:alert(1)">a trap</a>.</p>
<img src="https://evil.example/x.png"><script>alert(1)</script><!-- situations -->
<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>
"""


def test_plain_text_reads_well() -> None:
    assert write_plain(clean_html(HTML, BASE)) == (
        "November\n========\n"
        "\nWhat was new.\n"
        "\nNew\n---\n"
        "\n- Hello: a long sentence that goes on and on, until it has to be\n"
        "  continued on a second line.\n"
        "  https://example.org/blog/hello/\n"
        "- Two\n"
        "  - inside\n"
        "1. first\n"
        "2. second\n"
        "\n5 * 3 < 16 [no link] and a trap.\n"
        "\nA | B\n"
        "\n1 | 2\n"
    )


def test_markdown_says_the_same() -> None:
    text = write_markdown(clean_html(HTML, BASE))
    assert text.startswith(
        "# November\n\nWhat was *new*.\n\n## New\n\n- [Hello](https://example.org/blog/hello/): a long"
    )
    assert "5 \\* 3 \\< 16 \\[no link\\] and a trap." in text
    assert "evil.example" not in text


@given(st.text(st.characters(codec="utf-8"), min_size=1))
@example("](javascript:alert(1)) **x** <b>y</b> ~~z~~ | # `")
def test_no_text_becomes_markup(said: str) -> None:
    from markupsafe import escape

    html = clean_html(f"<p>a {escape(said)} b</p>", BASE)
    shown = comrak.render_markdown(write_markdown(html))
    assert shown.count("<") == 2, shown


@given(st.lists(st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF), max_size=60), max_size=20))
def test_no_line_is_longer_than_its_longest_word(words: list[str]) -> None:
    from markupsafe import escape

    html = clean_html(f"<ul><li>{escape(' '.join(words))}</li></ul>", BASE)
    longest = max((len(word) for text in words for word in text.split()), default=0)
    assert all(len(line) <= max(COLUMNS, longest + 2) for line in write_plain(html).splitlines())
