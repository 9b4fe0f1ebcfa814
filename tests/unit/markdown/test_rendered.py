from __future__ import annotations

import pytest

from goodpractice.markdown.passages import read_passages, take_headings
from goodpractice.markdown.rendered import Heading, list_anchors, list_headings, nest_headings

HTML = (
    '<h1 id="top">Top</h1><h2 class="x" id="a&amp;b">A &amp; <em>B</em><a class="headerlink" href="#a">¶</a></h2>'
    '<h2>without</h2><p id="p">x</p><h3 id="c">C<a href="#c" class="anchor"></a></h3>'
)


def test_headings_with_an_anchor_are_listed() -> None:
    assert list_headings(read_passages(HTML)) == [
        Heading(1, "top", "Top"),
        Heading(2, "a&b", "A &amp; B"),
        Heading(3, "c", "C"),
    ]


def test_every_id_is_an_anchor() -> None:
    assert list_anchors(HTML) == {"top", "a&b", "p", "c"}


def test_headings_are_nested_below_the_title() -> None:
    levels = [1, 3, 2, 3, 4, 2]
    tree = nest_headings([Heading(level, f"h{place}", str(place)) for place, level in enumerate(levels)])

    def shape(nodes: list[dict[str, object]]) -> list[object]:
        return [(node["id"], shape(node["children"])) for node in nodes]  # type: ignore[arg-type]

    assert shape(tree) == [("h1", []), ("h2", [("h3", [("h4", [])])]), ("h5", [])]


@pytest.mark.parametrize(
    "html",
    [
        '<h2 id="a">One</h2><p>Text</p><h3 id="b">Two <a class="anchor" href="#b">#</a></h3>',
        '<H2 id="a" title="1 > 0">A &amp; <code>b</code></H2 ><!-- <h2 id="c">Not seen</h2> --><p>x</p>',
        '<nav><h2 id="a">Left out</h2><p>x</p></nav><header><h2 id="b">Not a heading</header></h2>',
        "<p>No heading, and 1 < 2</p><hr><th>x</th>",
    ],
)
def test_headings_taken_out_of_a_text_are_all_that_it_has(html: str) -> None:
    assert list_headings(read_passages(take_headings(html))) == list_headings(read_passages(html))
    assert "x" not in take_headings(html)
