"""Names and sizes of the files that the site shows for a photo: known without opening any file."""

from __future__ import annotations

import hashlib

from goodpractice.config.site_folders import PHOTO_FOLDER
from goodpractice.kinds import PhotoInfo

WIDTHS = (480, 960, 1600)
QUALITY = 78
METHOD = 4
#: Everything that a derived file depends on besides the photo; a change gives every file a new name.
SETTINGS = f"webp quality={QUALITY} method={METHOD} srgb 1"


def list_widths(width: int) -> tuple[int, ...]:
    """Widths made of a photo, smallest first: never wider than the photo itself."""
    largest = min(width, WIDTHS[-1])
    return (*(step for step in WIDTHS if step < largest), largest)


def scale_height(facts: PhotoInfo, width: int) -> int:
    """Height of a photo that is shown at a width."""
    return max(1, round(facts.height * width / facts.width))


def name_photo(facts: PhotoInfo) -> str:
    """Begins the names of the files of a photo: it names the content, and tells nothing else."""
    return hashlib.sha256(f"{facts.digest} {SETTINGS}".encode()).hexdigest()[:20]


def derived_path(facts: PhotoInfo, width: int) -> str:
    """Path in the site: it names the content, so it can be cached for ever."""
    return f"{PHOTO_FOLDER}/{name_photo(facts)}-{width}.webp"
