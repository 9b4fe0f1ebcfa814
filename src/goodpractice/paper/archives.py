"""Archives whose bytes depend on nothing but what they hold."""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Iterable
from io import BytesIO

#: The day of every member of an archive: the earliest that a zip file can name.
_NO_DAY = (1980, 1, 1, 0, 0, 0)


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
            # Made on Unix, and read by everybody, whatever machine packs it.
            info.external_attr, info.create_system = 0o644 << 16, 3
            archive.writestr(info, data, compresslevel=9)
    return packed.getvalue()
