from goodpractice.markdown.passages import Passage, read_passages
from goodpractice.search.records import SearchSection
from goodpractice.search.text import list_sections


def extract_text(html: str) -> str:
    (section,) = list_sections(read_passages(html))
    return section.text


def test_a_page_is_cut_at_headings_with_an_anchor() -> None:
    html = (
        '<h1 id="title">Title</h1><p>Before.</p>'
        '<h2 id="what-happened">What <em>happened</em><a class="anchor" href="#what-happened">#</a></h2><p>We met.</p>'
        "<h3>And then</h3><p>We ate.</p>"
    )
    assert list_sections(read_passages(html)) == (
        SearchSection("", "", "Before."),
        SearchSection("what-happened", "What happened", "We met.\nAnd then\nWe ate."),
    )


def test_a_page_that_says_nothing_has_a_section() -> None:
    assert list_sections([]) == (SearchSection("", "", ""),)


def test_links_and_marks_around_words_go() -> None:
    assert extract_text('<p>See <a href="../x/"><b>the  plan</b></a>, page 2.</p>') == "See the plan, page 2."


def test_parts_that_repeat_other_pages_go_with_everything_in_them() -> None:
    html = (
        "<p>Own.</p>"
        '<div data-searched="no"><div><p>Card</p></div></div>'
        '<section data-searched="no"><h2 id="next">Next</h2><section><p>Next</p></section></section>'
        "<nav><p>Menu</p></nav><script>let a = 1 < 2;</script>"
        "<p>After.</p>"
    )
    assert extract_text(html) == "Own.\nAfter."
    assert Passage(2, "next", ("Next",), False) in read_passages(html)


def test_facts_read_as_name_and_value() -> None:
    assert extract_text("<dl><div><dt>Where</dt><dd>Cardiff</dd></div></dl>") == "Where: Cardiff"


def test_pictures_are_searched_by_their_alternative_text() -> None:
    html = '<p>Look: <img src="a.png" alt="a box on a table"> done</p>'
    assert extract_text(html) == "Look: a box on a table done"


def test_addresses_shown_as_they_are_go() -> None:
    assert extract_text('<p>Website: <a href="https://a.org">museum.example.org/visit</a></p>') == "Website:"


def test_text_is_text() -> None:
    assert extract_text("<p>&lt;b&gt; &amp; more</p>") == "<b> & more"


def test_a_lone_bracket_or_a_quoted_one_does_no_harm() -> None:
    assert extract_text('<p title="a > b">1 < 2</p>') == "1 2"
