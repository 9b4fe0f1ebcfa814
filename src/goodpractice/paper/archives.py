"""Archives whose bytes depend on nothing but what they hold."""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Iterable
from io import BytesIO

#: The day of every member of an archive: the earliest that a zip file can name.
_NO_DAY = (1980, 1, 1, 0, 0, 0)


def pack_again(data: bytes, left_out: tuple[str, ...] = ()) -> bytes:
    """The same archive without the hour at which it was packed, members in their order and compressed as they were.

    Args:
        data: The archive.
        left_out: How the names of members begin that are left out.
    """
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(packed, "w") as new:
        for member in old.infolist():
            if member.filename.startswith(left_out):
                continue
            new.writestr(_describe(member.filename, member.compress_type), old.read(member))
    return packed.getvalue()


def pack(members: Iterable[tuple[str, bytes]], stored: Collection[str] = ()) -> bytes:
    """An archive of files, in their order.

    Args:
        members: Names and files, each of which is needed until the next is taken.
        stored: Names of those that are not compressed.
    """
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in members:
            method = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(_describe(name, method), data, compresslevel=9)
    return packed.getvalue()


def _describe(name: str, method: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _NO_DAY)
    # A zip file notes the system that packed it: always the same one.
    info.compress_type, info.external_attr, info.create_system = method, 0o644 << 16, 3
    return info
