"""Archives whose bytes depend on nothing but what they hold."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Collection, Iterable, Sequence
from io import BytesIO
from typing import NamedTuple

#: The day of every member of an archive: the earliest that a zip file can name; and how that is written there.
_NO_DAY, _DATE, _TIME = (1980, 1, 1, 0, 0, 0), 33, 0
#: A zip file notes the system that packed it, always the same one, and who may read a member.
_UNIX, _MODE = 3, 0o644 << 16
#: What a zip file says of a member before its bytes, of a member at the end, and of itself.
_LOCAL, _CENTRAL, _END = struct.Struct("<4s5H3L2H"), struct.Struct("<4s4B4H3L5H2L"), struct.Struct("<4s4H2LH")
_VERSION = 20


class Member(NamedTuple):
    """A file in an archive, compressed already: many archives can hold it.

    Attributes:
        name: Its path, in ASCII.
        method: How it is compressed: `zipfile.ZIP_STORED` or `zipfile.ZIP_DEFLATED`.
        crc: Its check sum.
        size: How long it is.
        packed: Its bytes, compressed.
    """

    name: str
    method: int
    crc: int
    size: int
    packed: bytes


def compress(name: str, data: bytes, method: int = zipfile.ZIP_DEFLATED) -> Member:
    """A file, ready for archives."""
    packed = data
    if method != zipfile.ZIP_STORED:
        compressor = zlib.compressobj(wbits=-zlib.MAX_WBITS)
        packed = compressor.compress(data) + compressor.flush()
    return Member(name, method, zlib.crc32(data), len(data), packed)


def join(members: Sequence[Member]) -> bytes:
    """An archive of files that are compressed already, which `zipfile` cannot write; it gives the same bytes."""
    parts, directory, at = [], [], 0
    for member in members:
        name = member.name.encode("ascii")
        about = (member.method, _TIME, _DATE, member.crc, len(member.packed), member.size)
        parts += [_LOCAL.pack(b"PK\3\4", _VERSION, 0, *about, len(name), 0), name, member.packed]
        versions = (_VERSION, _UNIX, _VERSION, 0)
        directory += [_CENTRAL.pack(b"PK\1\2", *versions, 0, *about, len(name), 0, 0, 0, 0, _MODE, at), name]
        at += _LOCAL.size + len(name) + len(member.packed)
    number, size = len(members), sum(map(len, directory))
    return b"".join((*parts, *directory, _END.pack(b"PK\5\6", 0, 0, number, number, size, at, 0)))


def pack(members: Iterable[tuple[str, bytes]], stored: Collection[str] = ()) -> bytes:
    """An archive of files, in their order.

    Args:
        members: Names and files, each of which is needed until the next is taken.
        stored: Names of those that are not compressed.
    """
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in members:
            info = zipfile.ZipInfo(name, _NO_DAY)
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            info.external_attr, info.create_system = _MODE, _UNIX
            archive.writestr(info, data, compresslevel=9)
    return packed.getvalue()
