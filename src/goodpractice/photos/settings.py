"""How the clean copies are encoded: what `cleaning` writes and `structure` expects."""

from __future__ import annotations

from typing import Any

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"

#: Photos that were committed were written like this. Another quality would make all of them count as not clean.
JPEG: dict[str, Any] = {"quality": 88, "optimize": True, "progressive": True}
PNG: dict[str, Any] = {}
WEBP: dict[str, Any] = {"quality": 86, "method": 4}
