"""The measure of how pages read, on three small texts counted by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.prose import Prose, list_lines, measure

#: A page with all that is no running text: only the two sentences in the middle count.
FURNITURE = """---
title: A page. With a sentence. In its facts.
---
# A heading. It does not count.

{{ top_tip("Neither does. What a macro. Makes.", title="A tip") }}

| A table | with cells. |
|---|---|
| Left. | Out. |

Read [the chapter](other.md#part) on {{ term("science-capital", "science capital") }} <b>today</b>.
It helps. {{ case_study("lab13", style="link") }}

```text
Code is. No prose.
```
"""
#: Points that are sentences count one by one. Points that are phrases count as little as a table does.
LISTS = """We suggest two things:

- **Ask before you help,** because a kind offer can be
  the wrong one.
- Write it down.

Bring something from each of these:

- a kitchen
- a garden
"""
#: Marks that end no sentence, and marks that end one inside quotation marks.
MARKS = """> Ignite! and Xplore! Science Discovery Centre met at 10.30 with 1,624 people.
> "Who decides?" asked Tŷ Pawb. "We do."
"""


@pytest.mark.parametrize(
    ("text", "sentences", "words", "short", "long"),
    [
        pytest.param(FURNITURE, 2, 9, 1, 3, id="furniture"),
        pytest.param(LISTS, 4, 26, 3, 3, id="lists"),
        pytest.param(MARKS, 3, 19, 2, 3, id="marks"),
    ],
)
def test_a_text_is_counted(text: str, sentences: int, words: int, short: int, long: int) -> None:
    assert measure(text) == (sentences, words, short, long)


def test_lix_is_the_mean_and_the_share_of_long_words() -> None:
    counted = Prose(sentences=4, words=60, short=1, long=12)
    assert (counted.mean, counted.short_share, counted.long_share, counted.lix) == (15, 25, 20, 35)
    assert measure("").lix == 0


def test_the_table_has_a_line_for_each_page_and_one_for_all(tmp_path: Path) -> None:
    for name, text in {"one": "Ask first.", "two": "Then wait for an answer from them."}.items():
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    lines = [line.split() for line in list_lines(sorted(tmp_path.glob("*.md")))]
    assert [line[:3] for line in lines[1:]] == [["one", "1", "2"], ["two", "1", "7"], ["all", "2", "9"]]
    assert lines[-1][4] == "50.0"
