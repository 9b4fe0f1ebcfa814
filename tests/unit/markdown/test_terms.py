"""Words of the glossary: explained where they come first, a link later on the same page."""

from __future__ import annotations

from goodpractice.content import Project
from goodpractice.markdown.editors import EditorsMarkdown
from goodpractice.markdown.passages import read_passages
from goodpractice.query.tracking import Table
from goodpractice.render import bind_macros
from goodpractice.search.text import list_sections


def test_a_word_is_explained_once(full: Project) -> None:
    word = full.kb.terms["partner"]
    guest = word.model_copy(update={"id": "guest", "word": "Guest"})
    term = bind_macros(full.kb.with_tables(Table("term", {"partner": word, "guest": guest})))["term"]
    first, later = term("partner"), term("partner", "it")
    text = f"On {first} first.\n\nOn {later} again, and {term('guest')}.\n"
    html = EditorsMarkdown((), {}).render(text, lambda target: target).html
    assert html.count('id="gp-term-partner"') == 1
    assert html.count("popovertarget=") == 2
    assert '<a class="gp-term" href="gp:/glossary/#partner">it</a> again' in html
    found = "\n".join(section.text for section in list_sections(read_passages(html)))
    assert "On partner first." in found
    assert "More in the glossary" not in found
