"""Whether a picture file is built exactly as `photo add` builds one, down to the last byte.

A list of what may not be there would always miss something: text in the name of a colour profile, bytes behind a
compressed stream, a second picture. So the file is taken apart, and each part is what our encoder writes, or the file
is not clean. What cannot be told from a picture is a picture: a message drawn into its dots passes.
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Iterator
from functools import cache

from goodpractice.photos.settings import JPEG, PNG_SIGNATURE

#: Dots are packed so tightly that so many letters in a row do not come about by chance.
_READABLE = re.compile(rb"[\t\n\r\x20-\x7e]{48,}")
#: Even colours give rows of the same few bytes, which may be letters.
_LETTERS = 14

_FRAME, _HUFFMAN, _SCAN, _END = 0xC2, 0xC4, 0xDA, 0xD9
#: Where the frame says how many colours there are; before it stands the size.
_COMPONENTS = 5
_NEXT = re.compile(rb"\xff[^\x00]")
_JPEG_PARTS = 64
_HUFFMAN_HEAD, _HUFFMAN_BITS = 17, 16

_PNG_COLOURS = {0: 1, 2: 3, 6: 4}
_BLOCK = 1 << 16
_WEBP_KINDS = ((b"VP8 ",), (b"VP8L",), (b"VP8X", b"ALPH", b"VP8 "))
_ALPHA = 0x10


def is_our_own(data: bytes) -> bool:
    """Whether a file is a picture as our encoder writes it, and nothing else. A PNG is unpacked, others are not."""
    try:
        if data.startswith(b"\xff\xd8"):
            return _is_own_jpeg(data)
        if data.startswith(PNG_SIGNATURE):
            return _is_own_png(data)
        return data[:4] == b"RIFF" and _is_own_webp(data)
    except (struct.error, IndexError, ValueError, zlib.error):
        return False


def _reads_like_text(data: bytes) -> bool:
    return any(len(set(found[0])) >= _LETTERS for found in _READABLE.finditer(data))


def _is_own_jpeg(data: bytes) -> bool:
    around = _list_around(data)
    frame = dict(around).get(_FRAME, b"")
    # The tables for quality, the order of the passes, the head: all but the size and the codes of the picture itself.
    return len(frame) > 1 and around == _list_own(frame[1])


@cache
def _list_own(components: int) -> list[tuple[int, bytes]]:
    """The parts that our encoder writes around a picture, in grey or in colour."""
    from PIL import Image

    mode = {1: "L", 3: "RGB"}.get(components)
    if mode is None:
        return []
    stream = io.BytesIO()
    Image.new(mode, (16, 16)).save(stream, "JPEG", **JPEG)
    return _list_around(stream.getvalue())


def _list_around(data: bytes) -> list[tuple[int, bytes]]:
    """The parts of a JPEG without its size and its codes."""
    return [
        (marker, part[:1] + part[_COMPONENTS:] if marker == _FRAME else part)
        for marker, part in _take_jpeg_apart(data)
        if marker != _HUFFMAN
    ]


def _take_jpeg_apart(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Markers with their parts, without the picture itself.

    Raises:
        ValueError: Something lies where nothing may.
    """
    at = 2
    for _ in range(_JPEG_PARTS):
        if data[at] != 0xFF:
            raise ValueError("no marker")
        marker = data[at + 1]
        if marker == _END:
            if at + 2 != len(data):
                raise ValueError("something behind the end")
            return
        (length,) = struct.unpack_from(">H", data, at + 2)
        part = data[at + 4 : at + 2 + length]
        at += 2 + length
        if marker == _HUFFMAN:
            _check_codes(part)
        yield marker, part
        if marker == _SCAN:
            following = _NEXT.search(data, at)
            if following is None or _reads_like_text(data[at : following.start()]):
                raise ValueError("no end, or text")
            at = following.start()
    raise ValueError("too many parts")


def _check_codes(part: bytes) -> None:
    """One table of codes: each byte once, and no more of a length than there can be."""
    counts, values = part[1:_HUFFMAN_HEAD], part[_HUFFMAN_HEAD:]
    room = 1 << _HUFFMAN_BITS
    used = sum(count << (_HUFFMAN_BITS - bits) for bits, count in enumerate(counts, start=1))
    if sum(counts) != len(values) or len(set(values)) != len(values) or used >= room:
        raise ValueError("no table of codes")


def _is_own_png(data: bytes) -> bool:
    at = len(PNG_SIGNATURE)
    kinds: list[bytes] = []
    packed: list[bytes] = []
    head = b""
    while at < len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        part = data[at + 8 : at + 8 + length]
        (sum_of_it,) = struct.unpack_from(">I", data, at + 8 + length)
        if sum_of_it != zlib.crc32(kind + part) or (kind == b"IDAT" and not part):
            return False
        at += 12 + length
        kinds.append(kind)
        if kind == b"IHDR":
            head = part
        elif kind == b"IDAT":
            packed.append(part)
        elif part:
            return False
    if kinds != [b"IHDR", *[b"IDAT"] * len(packed), b"IEND"]:
        return False
    width, height, depth, colour, packing, filtering, interlace = struct.unpack(">IIBBBBB", head)
    if (depth, packing, filtering, interlace) != (8, 0, 0, 0) or colour not in _PNG_COLOURS:
        return False
    return _holds_exactly(b"".join(packed), height * (1 + width * _PNG_COLOURS[colour]))


def _holds_exactly(packed: bytes, size: int) -> bool:
    """Whether a compressed stream holds so many bytes, and ends with them."""
    unpacking = zlib.decompressobj()
    found, rest = 0, packed
    while not unpacking.eof and found <= size:
        some = unpacking.decompress(rest, _BLOCK)
        found, rest = found + len(some), unpacking.unconsumed_tail
        if not some and not rest and not unpacking.eof:
            return False
    return found == size and unpacking.eof and not unpacking.unused_data


def _is_own_webp(data: bytes) -> bool:
    (size,) = struct.unpack_from("<I", data, 4)
    if size != len(data) - 8 or data[8:12] != b"WEBP":
        return False
    at = 12
    parts: dict[bytes, bytes] = {}
    while at < len(data):
        kind, length = struct.unpack_from("<4sI", data, at)
        part = data[at + 8 : at + 8 + length]
        end = at + 8 + length
        at = end + (length & 1)
        if kind in parts or at > len(data) or data[end:at].strip(b"\0") or _reads_like_text(part):
            return False
        parts[kind] = part
    if tuple(parts) not in _WEBP_KINDS:
        return False
    # The head of a picture with see-through parts says so, gives the size, and holds nothing else.
    return b"VP8X" not in parts or (parts[b"VP8X"][:4] == bytes([_ALPHA, 0, 0, 0]) and len(parts[b"VP8X"]) == 10)
