from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from goodpractice.checks import photos
from goodpractice.config.limits import Limits
from goodpractice.i18n.messages import LazyString


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


def test_what_to_do_with_a_large_file_can_be_translated_whole(tmp_path: Path) -> None:
    (tmp_path / "tent.png").write_bytes(bytes(100))
    (found,) = photos.check_file(tmp_path, "tent.png", Limits(photo_source_bytes=99))
    assert isinstance(found.hint, LazyString)
    assert found.hint.startswith("Export it smaller. Move the file out")
    assert all(isinstance(part, LazyString) for part in found.hint.values.values())
