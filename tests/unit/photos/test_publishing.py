from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from goodpractice.config.cache import find_cache
from goodpractice.kinds import PhotoInfo
from goodpractice.photos.header import read_header
from goodpractice.photos.publishing import CACHE, PhotoChangedError, derive_photos, load_derived
from goodpractice.photos.sizes import derived_path, list_widths, scale_height
from tests.helpers.pictures import clean, digest, draw

KEY = ("supper", "table.jpg")


def put(root: Path, data: bytes) -> PhotoInfo:
    file = root / "case_studies/supper/table.jpg"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    header = read_header(data)
    return PhotoInfo(header.width, header.height, digest(data))


@pytest.mark.parametrize(
    ("width", "widths"),
    [(300, (300,)), (480, (480,)), (700, (480, 700)), (1600, (480, 960, 1600)), (2400, (480, 960, 1600))],
)
def test_a_photo_is_never_made_wider_than_it_is(width: int, widths: tuple[int, ...]) -> None:
    assert list_widths(width) == widths


def test_the_files_of_a_photo_are_webp_in_its_shape_without_metadata(tmp_path: Path) -> None:
    facts = put(tmp_path, clean(draw(1200, 800)))
    written = dict(load_derived({KEY: facts}, tmp_path))
    assert set(written) == {derived_path(facts, width) for width in (480, 960, 1200)}
    for width in (480, 960, 1200):
        data = written[derived_path(facts, width)]
        header = read_header(data)
        assert (header.format, header.width, header.height) == ("webp", width, scale_height(facts, width))
        assert header.private == ()
        with Image.open(io.BytesIO(data)) as picture:
            assert set(picture.info) <= {"loop", "background", "timestamp", "duration"}


def test_an_unchanged_photo_is_not_processed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    facts = put(tmp_path, clean(draw(600, 400)))
    written = dict(load_derived({KEY: facts}, tmp_path))

    def refuse(*arguments: object) -> None:
        raise AssertionError("processed again")

    monkeypatch.setattr("goodpractice.photos.publishing._derive", refuse)
    assert dict(load_derived({KEY: facts}, tmp_path)) == written


def test_a_photo_that_was_taken_down_leaves_no_copy(tmp_path: Path) -> None:
    facts = put(tmp_path, clean(draw(600, 400)))
    assert dict(load_derived({KEY: facts}, tmp_path))
    assert dict(load_derived({}, tmp_path)) == {}
    assert list((find_cache(tmp_path) / CACHE).iterdir()) == []


def test_a_photo_that_changed_after_it_was_checked_is_refused(tmp_path: Path) -> None:
    facts = put(tmp_path, clean(draw(600, 400)))
    put(tmp_path, clean(draw(600, 401)))
    with pytest.raises(PhotoChangedError):
        derive_photos({KEY: facts}, tmp_path)
    assert list((find_cache(tmp_path) / CACHE).iterdir()) == []


def empty(file: Path) -> None:
    file.write_bytes(b"")


def flip(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(bytes(data))


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-7])


@pytest.mark.parametrize("spoil", [empty, flip, cut, Path.unlink])
@pytest.mark.parametrize("which", ["*.webp", "*.sum", "*"])
def test_a_damaged_file_of_the_cache_is_made_anew(tmp_path: Path, spoil: Callable[[Path], object], which: str) -> None:
    facts = put(tmp_path, clean(draw(60, 40)))
    right = {path: file.read_bytes() for path, file in derive_photos({KEY: facts}, tmp_path).items()}
    for file in sorted((find_cache(tmp_path) / CACHE).glob(which)):
        spoil(file)
    assert dict(load_derived({KEY: facts}, tmp_path)) == right
    assert {path: file.read_bytes() for path, file in derive_photos({KEY: facts}, tmp_path).items()} == right


def test_a_forged_file_with_a_sum_that_fits_is_not_used_by_a_fresh_build(tmp_path: Path) -> None:
    facts = put(tmp_path, clean(draw(600, 400)))
    right = {path: file.read_bytes() for path, file in derive_photos({KEY: facts}, tmp_path).items()}
    for file in (find_cache(tmp_path) / CACHE).glob("*.webp"):
        file.write_bytes(b"wrong")
        file.with_name(f"{file.name}.sum").write_text(f"5 {digest(b'wrong')}", encoding="ascii")
    assert dict(load_derived({KEY: facts}, tmp_path, fresh=True)) == right


def test_what_a_killed_build_left_goes(tmp_path: Path) -> None:
    facts = put(tmp_path, clean(draw(600, 400)))
    derive_photos({KEY: facts}, tmp_path)
    before = sorted((find_cache(tmp_path) / CACHE).iterdir())
    for name in ("tmpabc123.part", f"{'0' * 20}-480.webp", "x.sum"):
        (find_cache(tmp_path) / CACHE / name).write_bytes(b"half")
    derive_photos({KEY: facts}, tmp_path)
    assert sorted((find_cache(tmp_path) / CACHE).iterdir()) == before


def test_only_what_is_wanted_is_read(tmp_path: Path) -> None:
    facts = put(tmp_path, clean(draw(600, 400)))
    path = derived_path(facts, 480)
    assert [name for name, _ in load_derived({KEY: facts}, tmp_path, [path])] == [path]
    assert list(load_derived({KEY: facts}, tmp_path, [])) == []


def test_two_builds_give_the_same_bytes(tmp_path: Path) -> None:
    data = clean(draw(600, 400))
    made = []
    for name in ("one", "two"):
        facts = put(tmp_path / name, data)
        files = derive_photos({KEY: facts}, tmp_path / name)
        made.append({path: file.read_bytes() for path, file in files.items()})
    assert made[0] == made[1]
