"""Archives with holes: the bytes are those of `zipfile`, and no text is taken for a hole."""

from __future__ import annotations

import zipfile
from io import BytesIO

from goodpractice.paper.archives import compress, join
from goodpractice.paper.moulds import Mould, hole, say, say_attribute

MEMBERS = (
    ("mimetype", b"application/epub+zip", zipfile.ZIP_STORED),
    ("word/document.xml", b"<a>" * 999, zipfile.ZIP_DEFLATED),
    ("empty.xml", b"", zipfile.ZIP_DEFLATED),
)


def write_by_library() -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data, method in MEMBERS:
            info = zipfile.ZipInfo(name)
            info.compress_type, info.external_attr, info.create_system = method, 0o644 << 16, 3
            archive.writestr(info, data)
    return packed.getvalue()


def test_an_archive_of_compressed_members_has_the_bytes_that_zipfile_writes() -> None:
    assert join([compress(*member) for member in MEMBERS]) == write_by_library()


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
