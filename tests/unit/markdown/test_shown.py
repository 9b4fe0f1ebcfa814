"""What a reader sees of a text, raw HTML included, however broken."""

from __future__ import annotations

from itertools import product

import pytest

from goodpractice.markdown.shown import list_shown

_BEGINNINGS = ("<", "</", "<!", "<![", "<!-", "<?", "&#", "<a ")
_MIDDLES = ("", "[", "]]", "--", "CDATA[", "if", "temp[", "doctype", "DOCTYPE [", "x=")
_ENDS = ("", ">", "]>", "]]>", "-->", "'", " b")


def test_no_beginning_of_a_tag_stops_the_reading() -> None:
    for parts in product(_BEGINNINGS, _MIDDLES, _ENDS):
        broken = "".join(parts)
        list_shown(broken)
        assert list_shown(f"<p>before</p>{broken}")[0].text == "before"


@pytest.mark.parametrize("section", ["<![>", "<![a]>", "<![if x]>", "<![CDATA[a]]>", "<![temp[ a ]]>"])
def test_what_stands_after_a_marked_section_is_read(section: str) -> None:
    found = list_shown(f'<p>{section} after <a href="u">a link</a></p>')
    assert ("a link", "u") in [(shown.text, shown.target) for shown in found]
