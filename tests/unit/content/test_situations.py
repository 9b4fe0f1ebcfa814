from __future__ import annotations

from goodpractice.content.document import Document, digest_source
from goodpractice.content.situations import find_heading, take_situations
from goodpractice.content.text import make_anchor

CHAPTER = """\
<!-- situations
- Nobody answers
-->
Text.

## When nobody answers { #silence }

<!-- situations
- They never reply to my emails
- We wrote   three times
-->

They may be busy. <!-- not ours -->

### <span id="old"></span>Łódź, and “more”

<!-- situations - on one line --> goes on
"""


def test_phrases_are_kept_by_anchor_and_line_and_no_line_of_the_text_moves() -> None:
    taken, found = take_situations(Document("handbook/x.md", CHAPTER, 12))
    assert found == []
    assert [tuple(situation) for situation in taken.written_situations] == [
        ("", 1, "Nobody answers"),
        ("silence", 8, "They never reply to my emails"),
        ("silence", 9, "We wrote three times"),
        ("łódź-and-more", 16, "on one line"),
    ]
    before, after = CHAPTER.split("\n"), taken.body.split("\n")
    assert len(before) == len(after)
    assert [number for number, line in enumerate(after) if line and line != before[number]] == [16]
    assert after[16] == " goes on"
    assert "not ours" in taken.body


def test_what_follows_a_comment_without_an_end_stays_on_the_page() -> None:
    taken, found = take_situations(Document("x.md", "## A\n<!-- situations\n- b c\n\nText.\n\n## D\n"))
    assert taken.body == "## A\n\n\n\nText.\n\n## D\n"
    assert [(diagnostic.line, diagnostic.code) for diagnostic in found] == [(2, "GP419")]
    assert [situation.text for situation in taken.written_situations] == ["b c"]


def test_a_translation_is_not_older_because_phrases_were_added() -> None:
    plain = "Text.\n\n## A\n\nMore.\n"
    with_phrases, _ = take_situations(Document("x.md", "Text.\n\n## A\n\n<!-- situations\n- b c\n-->\n\nMore.\n"))
    assert digest_source("T", "S", with_phrases.prose) == digest_source("T", "S", plain)
    two = Document("x.md", "a\n\n\nb")
    assert two.prose == two.body


def test_headings_and_their_anchors() -> None:
    assert find_heading("## In short") == (2, "in-short")
    assert find_heading("### A `b` ## {: .c #d }") == (3, "d")
    assert find_heading("##In short") is None
    assert find_heading("Text") is None
    assert make_anchor("gp-words") == "text-gp-words"
