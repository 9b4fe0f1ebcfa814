from goodpractice.markdown.passages import Passage, read_passages
from goodpractice.search.text import write_text


def extract_content(html: str) -> str:
    return write_text(read_passages(html))


def test_headings_keep_their_ids_and_lose_their_permalinks() -> None:
    html = (
        '<h2 id="what-happened">What <em>happened</em><a class="anchor" href="#what-happened">#</a></h2><p>We met.</p>'
    )
    assert extract_content(html) == '<h2 id="what-happened">What happened</h2><p>We met.</p>'


def test_links_and_marks_around_words_go() -> None:
    assert extract_content('<p>See <a href="../x/"><b>the  plan</b></a>, page 2.</p>') == "<p>See the plan, page 2.</p>"


def test_parts_that_repeat_other_pages_go_with_everything_in_them() -> None:
    html = (
        "<p>Own.</p>"
        '<div data-searched="no"><div><p>Card</p></div></div>'
        '<section data-searched="no"><h2 id="next">Next</h2><section><p>Next</p></section></section>'
        "<nav><p>Menu</p></nav><script>let a = 1 < 2;</script>"
        "<p>After.</p>"
    )
    assert extract_content(html) == "<p>Own.</p><p>After.</p>"
    assert Passage(2, "next", ("Next",), False) in read_passages(html)


def test_facts_read_as_name_and_value() -> None:
    assert extract_content("<dl><div><dt>Where</dt><dd>Cardiff</dd></div></dl>") == "<p>Where: Cardiff</p>"


def test_pictures_are_searched_by_their_alternative_text() -> None:
    assert extract_content('<p>Look: <img src="a.png" alt="a box on a table"> done</p>') == (
        "<p>Look: a box on a table done</p>"
    )


def test_addresses_shown_as_they_are_go() -> None:
    assert extract_content('<p>Website: <a href="https://a.org">museum.example.org/visit</a></p>') == "<p>Website:</p>"


def test_escaped_text_stays_escaped() -> None:
    assert extract_content("<p>&lt;b&gt; &amp; more</p>") == "<p>&lt;b&gt; &amp; more</p>"


def test_a_lone_bracket_or_a_quoted_one_does_no_harm() -> None:
    assert extract_content('<p title="a > b">1 < 2</p>') == "<p>1 2</p>"
