"""Taking photos off a site that cannot be built.

While a project has a problem, its last good site stays. A photo that somebody has taken down must not stay with it,
whatever the problem is: so it goes from the folder of the site itself, and from the pages as they were written. Nothing
but the folder is asked what is on the site, and nothing but the story and the ledger whether a photo may be. The next
build finds that files are not as it left them, and makes them anew.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from goodpractice.config import clock
from goodpractice.config.cache import find_cache
from goodpractice.config.project_folders import CASE_STUDIES
from goodpractice.config.site_folders import PHOTO_FOLDER
from goodpractice.content import load_project
from goodpractice.content.photos import find_shown
from goodpractice.engine.site_folder import move_files, remove_tree
from goodpractice.kinds import CASE_STUDY
from goodpractice.photos.publishing import CACHE
from goodpractice.photos.sizes import name_photo

#: Folder of the site with the pages of case studies, each in a folder of its name.
PAGES = "case-studies"

_KEY = re.compile(rf"{PHOTO_FOLDER}/([0-9a-f]+)-\d+\.webp")
_FILE = re.compile(r"([0-9a-f]+)-\d+\.webp")
#: A photo on a page, with its caption and its last day: components/photo, and render/photos.
_PHOTO = re.compile(
    r"(?:<gp-photo [^>]*>)?"
    r'(?:<figure class="gp-photo gp-photo--[a-z]+">.*?</figure>|<img class="gp-photo__image"[^>]*>)'
    r"(?:</gp-photo>)?",
    re.DOTALL,
)


@dataclass
class TakenDown:
    """What went from the site.

    Attributes:
        pages: Addresses of the pages that are without a photo now.
        files: Paths in the site of the pictures that were deleted.
    """

    pages: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.pages or self.files)


def take_down(root: Path, site_dir: Path, staging: Path) -> TakenDown:
    """Take every photo off a site that may not be shown today.

    Args:
        root: The project, whatever is wrong with it.
        site_dir: The site.
        staging: Folder for pages before they are moved into the site, on its file system.

    Raises:
        OSError: A file cannot be deleted or written. What was done so far stays done.
    """
    taken = TakenDown()
    folder = site_dir / PHOTO_FOLDER
    if not folder.is_dir():
        return taken
    pages = _find_pages(site_dir)
    allowed = _find_allowed(root, {_name_story(page) for page in pages})
    everywhere = frozenset(key for keys in allowed.values() for key in keys)
    for file in sorted(folder.iterdir()):
        found = _FILE.fullmatch(file.name)
        if found and found[1] not in everywhere:
            file.unlink()
            (find_cache(root) / CACHE / file.name).unlink(missing_ok=True)
            taken.files.append(f"{PHOTO_FOLDER}/{file.name}")
    try:
        for page, text in pages.items():
            story = _name_story(page)
            changed = remove_photos(text, allowed.get(story, frozenset()) if story else everywhere)
            if changed != text:
                (staging / page).parent.mkdir(parents=True, exist_ok=True)
                (staging / page).write_bytes(changed.encode())
                taken.pages.append(page.removesuffix("index.html"))
        move_files(staging, site_dir, [f"{page}index.html" for page in taken.pages])
    finally:
        remove_tree(staging)
    return taken


def remove_photos(text: str, allowed: Collection[str]) -> str:
    """A page without the photos whose keys are not allowed, captions and all."""

    def keep(found: re.Match[str]) -> str:
        return found[0] if set(_KEY.findall(found[0])) <= set(allowed) else ""

    return _PHOTO.sub(keep, text)


def _find_pages(site_dir: Path) -> dict[str, str]:
    """The pages with photos, by path in the site."""
    found = {}
    sign = f"{PHOTO_FOLDER}/".encode()
    for file in sorted(site_dir.rglob("index.html")):
        data = file.read_bytes()
        if sign in data:
            found[file.relative_to(site_dir).as_posix()] = data.decode()
    return found


def _name_story(page: str) -> str:
    """Id of the case study whose page this is; empty for other pages."""
    folder, _, rest = page.partition("/")
    return rest.removesuffix("/index.html") if folder == PAGES and rest.count("/") == 1 else ""


def _find_allowed(root: Path, stories: Collection[str]) -> dict[str, frozenset[str]]:
    """Keys of the photos that each of these case studies may show today."""
    there = {story for story in stories if story and (root / CASE_STUDIES / f"{story}.md").is_file()}
    try:
        return _find_shown(root, there)
    except Exception:
        # What cannot be read cannot be allowed; the others need not suffer.
        if len(there) == 1:
            return {}
        return {story: keys for one in there for story, keys in _find_allowed(root, {one}).items()}


def _find_shown(root: Path, stories: Iterable[str]) -> dict[str, frozenset[str]]:
    today = clock.today()
    kb, _ = load_project(root, [f"{CASE_STUDIES}/{story}.md" for story in sorted(stories)], only_case_studies=True)
    shown = {}
    for story in stories:
        case, invalid_records = kb.case_studies.raw.get(story), kb.invalid_records.get((CASE_STUDY, story))
        # A story with a mistake elsewhere in its facts still says which photos it shows.
        listed = (
            [photo.file for photo in case.photos]
            if case
            else _list_files(invalid_records.values if invalid_records else {})
        )
        found = (find_shown(kb.consents, root, (story, file), kb.settings.own.limits, today) for file in listed)
        shown[story] = frozenset(name_photo(facts) for facts in found if facts is not None)
    return shown


def _list_files(values: Mapping[str, object]) -> list[str]:
    photos = values.get("photos")
    entries = photos if isinstance(photos, list) else []
    return [str(entry["file"]) for entry in entries if isinstance(entry, dict) and "file" in entry]
