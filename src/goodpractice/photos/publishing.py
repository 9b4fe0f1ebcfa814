"""The WebP files of the site, made once for each photo and kept in a cache."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from goodpractice.models import PhotoFacts
from goodpractice.models.photo import photo_path
from goodpractice.photos.sizes import FOLDER, METHOD, QUALITY, derived_path, list_widths, scale_height
from goodpractice.saying import said
from goodpractice.settings import find_cache

#: Where they lie among what builds have learned.
CACHE = "photos"

Photos = Mapping[tuple[str, str], PhotoFacts]


class PhotoChangedError(RuntimeError):
    """A photo is not the one that was checked when the project was loaded."""


def derive_photos(photos: Photos, root: Path) -> dict[str, Path]:
    """Make the files that the site shows, those that the cache does not hold yet.

    Files in the cache that belong to no photo any more are deleted: a photo
    that was taken down leaves no copy behind.

    Args:
        photos: The photos that may be shown: `kb.photos`.
        root: The project.

    Returns:
        Path in the site, and the file in the cache.

    Raises:
        PhotoChangedError: A photo was changed after the project was loaded.
        UnreadablePhotoError: A photo is damaged.
    """
    cache = find_cache(root) / CACHE
    files: dict[str, Path] = {}
    waiting: dict[str, tuple[str, str]] = {}
    for key, facts in photos.items():
        made = [derived_path(facts, width) for width in list_widths(facts.width)]
        files.update((path, cache / Path(path).name) for path in made)
        if not all(files[path].is_file() for path in made):
            waiting[facts.digest] = key
    if waiting:
        cache.mkdir(parents=True, exist_ok=True)
        # Pillow lets other threads run while it scales and encodes.
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            for _ in pool.map(lambda key: _derive(root / photo_path(*key), photos[key], cache), waiting.values()):
                pass
    _prune(cache, {file.name for file in files.values()})
    return files


def publish_photos(photos: Photos, root: Path, site_dir: Path) -> list[str]:
    """Copy the files that the site shows into it, and delete those of photos that are no longer shown.

    Args:
        photos: The photos that may be shown: `kb.photos`.
        root: The project.
        site_dir: The site.

    Returns:
        Paths in the site of every file that belongs there, sorted.
    """
    files = derive_photos(photos, root)
    folder = site_dir / FOLDER
    if files:
        folder.mkdir(parents=True, exist_ok=True)
    for path, cached in files.items():
        target = site_dir / path
        # The name holds the content, so a file of the right name and length is the right one.
        if not target.is_file() or target.stat().st_size != cached.stat().st_size:
            shutil.copyfile(cached, target)
    _prune(folder, {Path(path).name for path in files})
    return sorted(files)


def _prune(folder: Path, keep: set[str]) -> None:
    if folder.is_dir():
        for file in folder.iterdir():
            if file.name not in keep and file.suffix == ".webp":
                file.unlink()


def _derive(file: Path, facts: PhotoFacts, cache: Path) -> None:
    from PIL import Image

    from goodpractice.photos.cleaning import open_picture, simplify, to_srgb
    from goodpractice.photos.header import read_header

    data = file.read_bytes()
    if hashlib.sha256(data).hexdigest() != facts.digest:
        raise PhotoChangedError(
            said("{file} was changed while the site was being built; build it again", file=file.name)
        )
    with open_picture(data, read_header(data)) as opened:
        picture, profile = simplify(opened)
        picture = to_srgb(picture, profile)
        for width in reversed(list_widths(facts.width)):
            picture = picture.resize((width, scale_height(facts, width)), Image.Resampling.LANCZOS)
            with tempfile.NamedTemporaryFile(dir=cache, suffix=".part", delete=False) as stream:
                picture.save(stream, "WEBP", quality=QUALITY, method=METHOD)
            Path(stream.name).replace(cache / Path(derived_path(facts, width)).name)
