"""The parts of a web address that every program can take apart, ours included."""

from __future__ import annotations

#: Characters that Unicode takes for `/`, `?`, `#`, `@` or `:`: readers of addresses refuse them in a name.
_LOOKALIKES = (
    "\u2047\u2048\u2049\u2100\u2101\u2105\u2106\u2a74\ufe13\ufe16\ufe55\ufe56\ufe5f\ufe6b\uff03\uff0f\uff1a\uff1f\uff20"
)
BEGIN = r"[Hh][Tt]{2}[Pp][Ss]?://"
#: Who stands before the name.
USER = rf"[^\s/?#@\[\]\\{_LOOKALIKES}]*@"
#: What neither a name nor a part of one holds.
NOT_IN_NAME = rf'\s/?#@:$\[\]\\<>"{_LOOKALIKES}'
#: A port that there can be.
PORT = r":(?:[0-9]{1,4}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])"
