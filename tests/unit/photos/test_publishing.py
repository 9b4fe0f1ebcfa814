from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest
from pictures import draw, profile, save
from PIL import Image

from goodpractice.models import PhotoFacts
from goodpractice.photos.header import read_header
from goodpractice.photos.publishing import CACHE, PhotoChangedError, derive_photos, publish_photos
from goodpractice.photos.sizes import derived_path, list_widths, scale_height
from goodpractice.settings import find_cache

KEY = ("supper", "table.jpg")


def put(root: Path, data: bytes) -> PhotoFacts:
    file = root / "case_studies/supper/table.jpg"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    header = read_header(data)
    return PhotoFacts(header.width, header.height, hashlib.sha256(data).hexdigest())


@pytest.mark.parametrize(
    ("width", "widths"),
    [(300, (300,)), (480, (480,)), (700, (480, 700)), (1600, (480, 960, 1600)), (2400, (480, 960, 1600))],
)
def test_a_photo_is_never_made_wider_than_it_is(width: int, widths: tuple[int, ...]) -> None:
    assert list_widths(width) == widths


def test_the_files_of_a_photo_are_webp_in_its_shape_without_metadata(tmp_path: Path) -> None:
    facts = put(tmp_path, save(draw(1200, 800), icc_profile=profile()))
    written = publish_photos({KEY: facts}, tmp_path, tmp_path / "site")
    assert written == sorted(derived_path(facts, width) for width in (480, 960, 1200))
    for width in (480, 960, 1200):
        data = (tmp_path / "site" / derived_path(facts, width)).read_bytes()
        header = read_header(data)
        assert (header.format, header.width, header.height) == ("webp", width, scale_height(facts, width))
        assert header.private == ()
        with Image.open(io.BytesIO(data)) as picture:
            assert set(picture.info) <= {"loop", "background", "timestamp", "duration"}


def test_an_unchanged_photo_is_not_processed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    facts = put(tmp_path, save(draw(600, 400)))
    publish_photos({KEY: facts}, tmp_path, tmp_path / "site")

    def refuse(*arguments: object) -> None:
        raise AssertionError("processed again")

    monkeypatch.setattr("goodpractice.photos.publishing._derive", refuse)
    publish_photos({KEY: facts}, tmp_path, tmp_path / "site")
    assert publish_photos({KEY: facts}, tmp_path, tmp_path / "other site")


def test_a_photo_that_was_taken_down_leaves_no_copy(tmp_path: Path) -> None:
    facts = put(tmp_path, save(draw(600, 400)))
    publish_photos({KEY: facts}, tmp_path, tmp_path / "site")
    assert publish_photos({}, tmp_path, tmp_path / "site") == []
    assert list((tmp_path / "site").rglob("*.webp")) == []
    assert list((find_cache(tmp_path) / CACHE).iterdir()) == []


def test_a_photo_that_changed_after_it_was_checked_is_refused(tmp_path: Path) -> None:
    facts = put(tmp_path, save(draw(600, 400)))
    put(tmp_path, save(draw(600, 401)))
    with pytest.raises(PhotoChangedError):
        derive_photos({KEY: facts}, tmp_path)
    assert list((find_cache(tmp_path) / CACHE).iterdir()) == []


def test_two_builds_give_the_same_bytes(tmp_path: Path) -> None:
    data = save(draw(600, 400))
    made = []
    for name in ("one", "two"):
        facts = put(tmp_path / name, data)
        files = derive_photos({KEY: facts}, tmp_path / name)
        made.append({path: file.read_bytes() for path, file in files.items()})
    assert made[0] == made[1]
