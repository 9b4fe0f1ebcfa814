"""Archives whose bytes depend on nothing but what they hold."""

from __future__ import annotations

import zipfile
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
            info = zipfile.ZipInfo(member.filename, _NO_DAY)
            info.compress_type, info.external_attr = member.compress_type, 0o644 << 16
            new.writestr(info, old.read(member))
    return packed.getvalue()
