"""Words of the glossary: explained where they come first, a link later on the same page."""

from __future__ import annotations

from goodpractice.content import Project
from goodpractice.markdown.editors import EditorsMarkdown
from goodpractice.markdown.passages import read_passages
from goodpractice.render import bind_macros
from goodpractice.search.text import write_text


def test_a_word_is_explained_once(repository: Project) -> None:
    term = bind_macros(repository.kb)["term"]
    first, later = term("science-capital"), term("science-capital", "it")
    text = f"On {first} first.\n\nOn {later} again, and {term('hard-to-reach')}.\n"
    html = EditorsMarkdown((), {}).render(text, lambda target: target).html
    assert html.count('id="gp-term-science-capital"') == 1
    assert html.count("popovertarget=") == 2
    assert '<a class="gp-term" href="gp:/glossary/#science-capital">it</a> again' in html
    found = write_text(read_passages(html))
    assert "On science capital first." in found
    assert "More in the glossary" not in found
