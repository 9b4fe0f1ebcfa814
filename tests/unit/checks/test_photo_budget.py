from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from goodpractice.checks import photos
from goodpractice.config.limits import Limits


@pytest.mark.parametrize(("width", "decoded"), [(2400, 1), (2401, 0)])
def test_a_picture_that_is_too_large_is_not_decoded(
    width: int, decoded: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = io.BytesIO()
    Image.new("L", (width, 1)).save(stream, "PNG")
    (tmp_path / "tent.png").write_bytes(stream.getvalue())
    calls: list[object] = []
    monkeypatch.setattr(photos, "check_picture", lambda data, header: calls.append(header))
    found = list(photos.check_file(tmp_path, "tent.png", Limits()))
    assert len(calls) == decoded
    assert [diagnostic.code for diagnostic in found] == ([] if decoded else ["GP422"])
