"""The contents of a picture file, read from its own structure without decoding a pixel.

Each format is a row of parts. The parts that make up the picture are listed
here; every other part is private data, whatever it is called. A list of what
is allowed cannot miss what a camera invents next year.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.photos.settings import PNG_SIGNATURE

Format = Literal["jpg", "png", "webp", "heic", "avif"]

GPS = _("the place where it was taken (GPS)")
EXIF = _("details of the camera and the moment (EXIF)")
XMP = _("notes of a program (XMP)")
IPTC = _("captions and names (IPTC)")
THUMBNAIL = _("a small copy of the picture (thumbnail)")
COMMENT = _("a comment")
OTHER = _("data of a camera or program")
TRAILING = _("data after the end of the picture")
#: Worst first: so a message begins with what matters most.
_ORDER = (GPS, EXIF, XMP, IPTC, THUMBNAIL, COMMENT, OTHER, TRAILING)

#: A picture of a camera has some dozens. Walking through millions of empty ones would take long.
_MOST_PARTS = 20_000
_MOST_SCANS = 24
_PNG_PARTS = frozenset(
    {*(b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"iCCP"), *(b"sRGB", b"gAMA", b"cHRM", b"cICP", b"sBIT", b"pHYs")}
)
_PNG_MOTION = frozenset({b"acTL", b"fcTL", b"fdAT"})
_WEBP_PARTS = frozenset({b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ICCP"})
_WEBP_MOTION = frozenset({b"ANIM", b"ANMF"})
_TEXT_PARTS = frozenset({b"tEXt", b"zTXt", b"iTXt"})

_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_PICTURE = _JPEG_FRAMES | {0xC4, 0xCC, 0xDB, 0xDD}
_JPEG_PROGRESSIVE = frozenset({0xC2, 0xC6, 0xCA, 0xCE})
_JPEG_STANDALONE = frozenset({0x01, *range(0xD0, 0xD8)})
_JPEG_NEXT = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")
_JFIF_LENGTH = 14
_EXIF_BYTES = 1 << 16
_GPS_TAG = 0x8825
_MOST_TAGS = 200


class UnreadablePhotoError(ValueError):
    """The file is not a whole picture; the message says why."""


@dataclass(frozen=True, slots=True)
class Header:
    """A picture as its file describes it.

    Attributes:
        format: By content, whatever the name of the file says.
        width: Pixels, as stored.
        height: Pixels, as stored.
        private: Everything in the file that is not the picture or its colour profile, in words, the worst first.
        animated: Whether it moves.
        cmyk: Whether its colours are meant for a printing press.
        held: Bytes that decoding holds until the end whatever size is wanted, for a JPEG in several passes.
    """

    format: Format
    width: int
    height: int
    private: tuple[str, ...] = ()
    animated: bool = False
    cmyk: bool = False
    held: int = 0


def read_header(data: bytes) -> Header:
    """Walk through the parts of a picture file.

    Takes time in proportion to the number of parts, not of pixels.

    Raises:
        UnreadablePhotoError: It is no JPEG, PNG or WebP, or ends too early.
    """
    try:
        if data.startswith(b"\xff\xd8\xff"):
            header = _read_jpeg(data)
        elif data.startswith(PNG_SIGNATURE):
            header = _read_png(data)
        elif data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            header = _read_webp(data)
        else:
            raise UnreadablePhotoError(_("it is not a JPEG, PNG or WebP picture"))
    except (struct.error, IndexError) as error:
        raise UnreadablePhotoError(_("its end is missing")) from error
    if header.width < 1 or header.height < 1:
        raise UnreadablePhotoError(_("it does not say how large it is"))
    return header


def _sort(found: set[str]) -> tuple[str, ...]:
    return tuple(words for words in _ORDER if words in found)


def _read_jpeg(data: bytes) -> Header:
    width = height = components = scans = 0
    progressive = False
    found: set[str] = set()
    at = 2
    for __ in range(_MOST_PARTS):
        while data[at] == 0xFF and data[at + 1] == 0xFF:
            at += 1
        if data[at] != 0xFF:
            raise UnreadablePhotoError(_("it is damaged"))
        marker = data[at + 1]
        at += 2
        if marker == 0xD9:
            break
        if marker in _JPEG_STANDALONE:
            continue
        (length,) = struct.unpack_from(">H", data, at)
        part = data[at + 2 : at + length]
        if len(part) != length - 2:
            raise UnreadablePhotoError(_("its end is missing"))
        at += length
        if marker in _JPEG_FRAMES:
            high, wide, components = struct.unpack_from(">HHB", part, 1)
            width, height = max(width, wide), max(height, high)
            progressive = progressive or marker in _JPEG_PROGRESSIVE
        elif marker == 0xDA:
            scans += 1
            if scans > _MOST_SCANS:
                raise UnreadablePhotoError(_("it is damaged"))
            following = _JPEG_NEXT.search(data, at)
            if following is None:
                raise UnreadablePhotoError(_("its end is missing"))
            at = following.end() - 2
        elif marker not in _JPEG_PICTURE:
            found |= set(_name_jpeg_part(marker, part))
    else:
        raise UnreadablePhotoError(_("it is damaged"))
    if data[at:].strip(b"\0"):
        found.add(TRAILING)
    # Two bytes for each value, until the last pass has been read.
    held = width * height * components * 2 if progressive or scans > 1 else 0
    return Header("jpg", width, height, _sort(found), cmyk=components == 4, held=held)


def _name_jpeg_part(marker: int, part: bytes) -> Iterator[str]:
    if marker == 0xE0 and part.startswith(b"JFIF\0"):
        if len(part) > _JFIF_LENGTH:
            yield THUMBNAIL
    elif marker == 0xE0 and part.startswith(b"JFXX\0"):
        yield THUMBNAIL
    elif marker == 0xE1 and part.startswith(b"Exif\0"):
        yield from name_exif(part)
    elif marker == 0xE1 and part.startswith(b"http://ns.adobe.com/x"):
        yield from _name_xmp(part)
    elif marker == 0xE2 and part.startswith(b"ICC_PROFILE\0"):
        return
    elif marker == 0xED:
        yield IPTC
    elif marker == 0xEE and part.startswith(b"Adobe") and len(part) == 12:
        return
    else:
        yield COMMENT if marker == 0xFE else OTHER


def name_exif(part: bytes) -> Iterator[str]:
    """The contents of a block of EXIF data, in words."""
    yield EXIF
    try:
        tiff = part.removeprefix(b"Exif\0\0")[:_EXIF_BYTES]
        order = {b"II": "<", b"MM": ">"}[tiff[:2]]
        (at,) = struct.unpack_from(f"{order}I", tiff, 4)
        (entries,) = struct.unpack_from(f"{order}H", tiff, at)
        places = range(at + 2, at + 2 + 12 * min(entries, _MOST_TAGS), 12)
        tags = {struct.unpack_from(f"{order}H", tiff, place)[0] for place in places}
        if _GPS_TAG in tags:
            yield GPS
        if struct.unpack_from(f"{order}I", tiff, at + 2 + 12 * entries)[0]:
            yield THUMBNAIL
    except (KeyError, struct.error):  # damaged EXIF is rejected as EXIF
        return


def _name_xmp(part: bytes) -> Iterator[str]:
    yield XMP
    if b"GPS" in part:
        yield GPS


def _read_png(data: bytes) -> Header:
    width = height = 0
    found: set[str] = set()
    animated = False
    at = len(PNG_SIGNATURE)
    for __ in range(_MOST_PARTS):
        length, kind = struct.unpack_from(">I4s", data, at)
        part = data[at + 8 : at + 8 + length]
        at += 12 + length
        if at > len(data):
            raise UnreadablePhotoError(_("its end is missing"))
        if kind == b"IHDR":
            width, height = struct.unpack_from(">II", part)
        elif kind == b"IEND":
            break
        elif kind in _PNG_MOTION:
            animated = True
        elif kind == b"eXIf":
            found |= set(name_exif(part))
        elif kind in _TEXT_PARTS:
            found |= set(_name_text(part))
        elif kind not in _PNG_PARTS:
            found.add(OTHER)
    else:
        raise UnreadablePhotoError(_("it is damaged"))
    if at < len(data):
        found.add(TRAILING)
    return Header("png", width, height, _sort(found), animated=animated)


def _name_text(part: bytes) -> Iterator[str]:
    key = part.split(b"\0", 1)[0].lower()
    if b"xmp" in key:
        yield from _name_xmp(part)
    elif key in (b"raw profile type exif", b"raw profile type app1"):
        yield EXIF
    elif key in (b"raw profile type iptc", b"raw profile type 8bim"):
        yield IPTC
    else:
        yield COMMENT


def _read_webp(data: bytes) -> Header:
    (size,) = struct.unpack_from("<I", data, 4)
    end = 8 + size
    if end > len(data):
        raise UnreadablePhotoError(_("its end is missing"))
    width = height = 0
    found: set[str] = set()
    animated = False
    at = 12
    for __ in range(_MOST_PARTS):
        if at + 8 > end:
            break
        kind, length = struct.unpack_from("<4sI", data, at)
        part = data[at + 8 : at + 8 + length]
        at += 8 + length + (length & 1)
        if at > end + 1:
            raise UnreadablePhotoError(_("its end is missing"))
        wide, high = _measure_webp(kind, part)
        width, height = max(width, wide), max(height, high)
        if kind in _WEBP_MOTION:
            animated = True
        elif kind == b"EXIF":
            found |= set(name_exif(part))
        elif kind == b"XMP ":
            found |= set(_name_xmp(part))
        elif kind not in _WEBP_PARTS:
            found.add(OTHER)
    else:
        raise UnreadablePhotoError(_("it is damaged"))
    if data[end:].strip(b"\0"):
        found.add(TRAILING)
    return Header("webp", width, height, _sort(found), animated=animated)


def _measure_webp(kind: bytes, part: bytes) -> tuple[int, int]:
    if kind == b"VP8X":
        return int.from_bytes(part[4:7], "little") + 1, int.from_bytes(part[7:10], "little") + 1
    if kind == b"VP8 ":
        wide, high = struct.unpack_from("<HH", part, 6)
        return wide & 0x3FFF, high & 0x3FFF
    if kind == b"VP8L":
        (bits,) = struct.unpack_from("<I", part, 1)
        return (bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1
    return 0, 0
