"""The WebP files of the site, made once for each photo and kept in a cache."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from goodpractice.config.cache import find_cache
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds import PhotoInfo
from goodpractice.kinds.photo import photo_path
from goodpractice.photos.sizes import METHOD, QUALITY, derived_path, list_widths, scale_height

#: Where they lie among what builds have learned.
CACHE = "photos"
#: Ending of the file beside each file of the cache that says how long it is and what its digest is.
SUM = ".sum"

PhotoKey = tuple[str, str]
Photos = Mapping[PhotoKey, PhotoInfo]


class PhotoChangedError(OSError):
    """A photo is not the one that was checked when the project was loaded."""


def collect_derived(photos: Photos) -> dict[str, PhotoKey]:
    """The files that the site shows, by path in the site, each with a photo that it is made from."""
    return {derived_path(facts, width): key for key, facts in photos.items() for width in list_widths(facts.width)}


def load_derived(
    photos: Photos, root: Path, wanted: Iterable[str] | None = None, *, fresh: bool = False
) -> Iterator[tuple[str, bytes]]:
    """Files that the site shows, from the cache; those that are not there, or damaged, are made.

    Nothing is synced to the disk, and a cache may be restored from anywhere: so each file is compared with what was
    noted when it was made. Files that belong to no photo any more are deleted, and so is what a killed build left: a
    photo that was taken down leaves no copy behind.

    Args:
        photos: The photos that may be shown: `kb.photos`.
        root: The project.
        wanted: Paths in the site; all when not given.
        fresh: Make them anew, whatever the cache holds.

    Yields:
        Path in the site, and content.

    Raises:
        PhotoChangedError: A photo was changed after the project was loaded.
        UnreadablePhotoError: A photo is damaged.
    """
    cache = find_cache(root) / CACHE
    derived = collect_derived(photos)
    paths = list(derived if wanted is None else wanted)
    _prune(cache, {name for path in derived for name in (Path(path).name, Path(path).name + SUM)})
    waiting = {photos[derived[path]].digest: derived[path] for path in paths if fresh or not _seems_whole(cache, path)}
    if waiting:
        cache.mkdir(parents=True, exist_ok=True)
        # Pillow lets other threads run while it scales and encodes.
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            for made in pool.map(lambda key: _derive(root / photo_path(*key), photos[key]), waiting.values()):
                _keep(cache, made)
    for path in paths:
        data = _read_whole(cache, path)
        if data is None:
            made = _derive(root / photo_path(*derived[path]), photos[derived[path]])
            cache.mkdir(parents=True, exist_ok=True)
            _keep(cache, made)
            data = made[path]
        yield path, data


def derive_photos(photos: Photos, root: Path) -> dict[str, Path]:
    """Every file that the site shows: path in the site, and the file in the cache, whole. See `load_derived`."""
    cache = find_cache(root) / CACHE
    return {path: cache / Path(path).name for path, __ in load_derived(photos, root)}


def _prune(folder: Path, keep: set[str]) -> None:
    if folder.is_dir():
        for file in folder.iterdir():
            if file.name not in keep and not file.is_dir():
                file.unlink(missing_ok=True)


def _sum_up(data: bytes) -> str:
    return f"{len(data)} {hashlib.sha256(data).hexdigest()}"


def _read_sum(file: Path) -> str:
    try:
        return file.with_name(file.name + SUM).read_text(encoding="ascii")
    except (OSError, ValueError):
        return ""


def _seems_whole(cache: Path, path: str) -> bool:
    file = cache / Path(path).name
    try:
        return _read_sum(file).startswith(f"{file.stat().st_size} ")
    except OSError:
        return False


def _read_whole(cache: Path, path: str) -> bytes | None:
    file = cache / Path(path).name
    try:
        data = file.read_bytes()
    except OSError:
        return None
    return data if _sum_up(data) == _read_sum(file) else None


def _keep(cache: Path, made: Mapping[str, bytes]) -> None:
    """Write files and what each holds. Whoever is killed here leaves a file that does not fit, which is made again."""
    for path, data in made.items():
        file = cache / Path(path).name
        file.write_bytes(data)
        file.with_name(file.name + SUM).write_text(_sum_up(data), encoding="ascii")


def _derive(file: Path, facts: PhotoInfo) -> dict[str, bytes]:
    from PIL import Image

    from goodpractice.photos.cleaning import open_picture
    from goodpractice.photos.header import read_header

    data = b""
    with suppress(OSError):
        data = file.read_bytes()
    if hashlib.sha256(data).hexdigest() != facts.digest:
        raise PhotoChangedError(_("{file} was changed while the site was being built; build it again", file=file.name))
    made = {}
    with open_picture(data, read_header(data)) as opened:
        picture = opened.convert("RGBA" if opened.mode == "RGBA" else "RGB")
        for width in reversed(list_widths(facts.width)):
            picture = picture.resize((width, scale_height(facts, width)), Image.Resampling.LANCZOS)
            stream = io.BytesIO()
            picture.save(stream, "WEBP", quality=QUALITY, method=METHOD)
            made[derived_path(facts, width)] = stream.getvalue()
    return made
