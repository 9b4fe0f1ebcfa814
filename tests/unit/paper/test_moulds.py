"""Archives with holes: each document fills them, and no text is taken for a hole."""

from __future__ import annotations

import zipfile
from io import BytesIO

from goodpractice.paper.moulds import Mould, hole, say, say_attribute


def test_a_mould_fills_every_hole_once_and_leaves_out_what_it_is_told_to() -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.xml", f"<p>{hole('title')}, 1111-11-11</p>")
        archive.writestr("b.txt", hole("title"))
        archive.writestr("Thumbnails/c.xml", "")
    mould = Mould(packed.getvalue(), ("Thumbnails/",), {"1111-11-11": "day"})
    with zipfile.ZipFile(BytesIO(mould.fill(title=say("<@gp:day@\x00>"), day="today"))) as opened:
        assert {name: opened.read(name) for name in opened.namelist()} == {
            "a.xml": b"<p>&lt;@gp:day@&gt;, today</p>",
            "b.txt": hole("title").encode(),
        }


def test_marks_that_end_an_attribute_are_escaped_there_only() -> None:
    assert say('"a" & b') == '"a" &amp; b'
    assert say_attribute('"a" & b') == "&quot;a&quot; &amp; b"
