"""The files that are read, and where a file belongs that lies somewhere else.

People send a story to the root of the repository, to `case-studies/`, to a
folder of their own or as a Word file, where no reader would ever see it. The
rules here look at names alone, so that they can judge a pull request without
opening any of its files.

What the kinds say of their places is imported where a name asks for it: a build
that finds nothing changed looks at all names, and should not load the models.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from goodpractice.config.mkdocs_file import CONFIG_FILE
from goodpractice.config.project_folders import (
    CASE_STUDIES,
    CONSENT_FILE,
    DATA,
    DOCS,
    HANDBOOK,
    PARTNERS_FILE,
    WRITTEN_FOLDERS,
)
from goodpractice.content.leftovers import is_leftover
from goodpractice.content.text import make_id
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.i18n.messages import gettext_lazy as _

#: Files of word processors and for printers: their text can be moved over.
WORD_PROCESSORS = frozenset({".doc", ".docx", ".odt", ".pages", ".rtf", ".pdf", ".wps", ".gdoc"})
#: Endings of texts that were meant to be `.md`; so is none at all.
NEARLY_TEXTS = frozenset({"", ".txt", ".text", ".markdown", ".mdown", ".mkdn", ".mkd", ".mdx", ".yaml"})
#: Of these, the endings that MkDocs takes for pages: it would publish them below `docs/` without any check.
_PAGES_OF_MKDOCS = frozenset({".markdown", ".mdown", ".mkdn", ".mkd"})
#: Endings of files that hold pictures, accepted or not.
PICTURE_TYPES = frozenset(
    {
        *("jpg", "png", "webp", "jpeg", "jpe", "jfif", "gif", "heic", "heif", "avif", "jxl", "tif", "tiff", "bmp"),
        "svg",
    }
)
_PHOTOS = PICTURE_TYPES - {"svg", "gif"}

#: Texts about a repository, in any ending and language: `README.md`, `LICENCE.cy.md`, `code-of-conduct.md`.
_ABOUT_REPOSITORY = re.compile(
    r"(?:read-?me|licen[cs]es?|copying|copyright|notice|authors|contributors|contributing|maintainers|change-?log"
    r"|changes|history|news|releases|security|support|governance|code-of-conduct|citation|funding|roadmap|todo"
    r"|upgrading|upgrade|install|installation|codeowners|claude|agents|gemini|pull-request-template|issue-template"
    r"|requirements.*|constraints.*|robots|humans|ads|security|cname|runtime|makefile|dockerfile|procfile|justfile"
    r"|gemfile|vagrantfile|rakefile|brewfile|pipfile|version)(?:\.[a-z]{2,3}(?:-[a-z]{2})?)?",
    re.IGNORECASE,
)
#: Names in capitals are those of such texts too.
_IN_CAPITALS = re.compile(r"[A-Z][A-Z0-9]*(?:[_-][A-Z0-9]+)*(?:\.[a-z]{2,3})?")
#: Pictures that a text about a repository shows.
_OF_REPOSITORY = re.compile(r"(?:logo|banner|icon|favicon|screenshot|social|preview|badge|header)", re.IGNORECASE)
#: Folders of programs and their output, in which no story is written.
TECHNICAL = frozenset(
    {
        *("src", "lib", "bin", "test", "tests", "tools", "scripts", "schemas", "overrides", "theme", "themes"),
        *("benchmarks", "site", "public", "dist", "build", "target", "out", "output", "htmlcov", "node_modules"),
        *("vendor", "venv", "env", "virtualenv", "locale", "locales", "includes", "hooks", "macros", "plugins"),
        *("assets", "static", "stylesheets", "javascripts", "fonts", "logs", "tmp", "temp", "cache"),
    }
)

#: Names that stand for devices, whatever ending they have.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\..*)?", re.IGNORECASE)


def is_reserved(name: str) -> bool:
    """Whether Windows can have no file or folder of this name."""
    return _RESERVED.fullmatch(name) is not None


def _find_folder(name: str) -> str:
    """The folder that is meant by a name; empty when none is."""
    if name in WRITTEN_FOLDERS:
        return name
    from goodpractice.content.meant_places import find_meant_folder

    return find_meant_folder(name)


def place_file(path: str, is_story: bool = False) -> Diagnostic | None:
    """Report a file in the wrong place or of the wrong kind, by its name; nothing when it is read or not meant for us.

    Args:
        path: File, relative to the project.
        is_story: Whether it is known to hold a case study.
    """
    parts = path.split("/")
    if is_leftover(path) or any(part.startswith((".", "_")) for part in parts[:-1]):
        return None
    name, first = parts[-1], parts[0]
    if len(parts) > 1 and first == CASE_STUDIES:
        return _place_contribution(path, parts, is_story)
    if len(parts) > 1 and first == DATA:
        return _place_list(path, parts, is_story)
    if name.startswith((".", "_")) or path in (PARTNERS_FILE, CONFIG_FILE):
        return None
    if len(parts) > 1 and first == DOCS:
        return _place_among_pages(path, parts)
    if len(parts) > 1 and first.lower() in TECHNICAL:
        return None
    if len(parts) == 2 and first in WRITTEN_FOLDERS and name.endswith(".md"):
        return None
    return _place_elsewhere(path, parts, is_story)


def _place_elsewhere(path: str, parts: list[str], is_story: bool) -> Diagnostic | None:
    """A file at the root, among the texts of editors, or in a folder that is not read."""
    name, ending = parts[-1], PurePosixPath(parts[-1]).suffix
    stem = name.removesuffix(ending)
    meant = _find_folder(parts[0]) if len(parts) > 1 else ""
    at_root = len(parts) == 1
    if not is_story and (_ABOUT_REPOSITORY.fullmatch(stem.replace("_", "-")) or _IN_CAPITALS.fullmatch(stem)):
        return None
    kind = ending.lower().removeprefix(".")
    if kind in _PHOTOS:
        if at_root and _OF_REPOSITORY.match(stem):
            return None
        return Diagnostic.of_file(path, rules.FILE_PLACE, *_place_photo(parts, meant))
    if ending.lower() in WORD_PROCESSORS:
        return _reject_document(path, ending, f"{meant or CASE_STUDIES}/{_make_stem(stem)}.md")
    if ending in (".yml", ".yaml"):
        from goodpractice.content.meant_places import find_list

        home = find_list(stem, certain=meant != DATA)
        home = f"{CASE_STUDIES}/your-story/{CONSENT_FILE}" if stem.lower() == "consent" else home
        return _move(path, home) if home else None
    if ending.lower() != ".md" and (ending.lower() not in NEARLY_TEXTS or (ending == "" and not meant)):
        return None
    made = _make_stem(_without_md(stem if ending.lower() == ".md" else name.removesuffix(ending)))
    if is_story or meant in (CASE_STUDIES, *WRITTEN_FOLDERS):
        return _move(path, f"{CASE_STUDIES if is_story or not meant else meant}/{made}.md")
    hint = _(
        "If it is a story, move it to {story}. A chapter goes to {chapter}.",
        story=f"{CASE_STUDIES}/{made}.md",
        chapter=f"{HANDBOOK}/{made}.md",
    )
    return Diagnostic.of_file(
        path, rules.FILE_PLACE, _("this file is not read: no page is made of what lies here"), hint
    )


def _place_photo(parts: list[str], meant: str) -> tuple[str, str]:
    stem, __, ending = parts[-1].rpartition(".")
    name = f"{_make_stem(stem)}.{ending.lower()}"
    message = _("this photo is not shown: no page is made of what lies here")
    if meant in WRITTEN_FOLDERS:
        hint = _("Move it to {path}, and link to it there.", path=f"{DOCS}/assets/{name}")
    elif meant == CASE_STUDIES and len(parts) > 2:
        hint = _("Move it to {path}.", path=f"{CASE_STUDIES}/{_make_stem(parts[-2])}/{name}")
    else:
        hint = _("Move it to the folder that is named like its story: {path}", path=f"{CASE_STUDIES}/your-story/{name}")
    return message, hint


def _place_among_pages(path: str, parts: list[str]) -> Diagnostic | None:
    """A file below `docs/`: MkDocs copies whatever lies there, and makes pages of more endings than we read."""
    name, ending = parts[-1], PurePosixPath(parts[-1]).suffix
    stem = _make_stem(_without_md(name.removesuffix(ending)))
    if ending.lower() in _PAGES_OF_MKDOCS or (ending.lower() == ".md" and ending != ".md"):
        message = _("this page is not checked: its name does not end in `.md`")
        hint = _("Rename it to {path}.", path="/".join([*parts[:-1], f"{stem}.md"]))
        return Diagnostic.of_file(path, rules.FILE_TYPE, message, hint)
    if len(parts) == 2 and ending.lower() in WORD_PROCESSORS - {".pdf"}:
        return _reject_document(path, ending, f"{CASE_STUDIES}/{stem}.md")
    return None


def _place_list(path: str, parts: list[str], is_story: bool) -> Diagnostic | None:
    """A file in `data/`."""
    from goodpractice.content.meant_places import DATA_NAMES, find_list

    name, ending = parts[-1], PurePosixPath(parts[-1]).suffix
    stem = name.removesuffix(ending)
    if len(parts) > 2 or name in DATA_NAMES or name.startswith("."):
        return None  # the check of files rejects folders there
    if ending.lower() == ".md" and (is_story or stem.upper() != "README"):
        return _move(path, f"{CASE_STUDIES}/{_make_stem(stem)}.md")
    if ending.lower() in WORD_PROCESSORS:
        return _reject_document(path, ending, f"{CASE_STUDIES}/{_make_stem(stem)}.md")
    if ending.lower() not in (".yml", ".yaml", ".txt"):
        return None
    if ending.lower() == ".txt":
        return _move(path, f"{CASE_STUDIES}/{_make_stem(_without_md(stem))}.md")
    if stem == "consent":
        return _move(path, f"{CASE_STUDIES}/your-story/{CONSENT_FILE}")
    home = find_list(stem)
    message = _("this file is not read: no list has its name")
    if not home:
        hint = _("Move its entries to the list that they belong to: {lists}.", lists=", ".join(DATA_NAMES))
    elif home == PARTNERS_FILE:
        hint = _("Move its entries to {path}, which lies above this folder.", path=home)
    else:
        hint = _("Move its entries to {path}, or rename it to that if it is not there.", path=home)
    return Diagnostic.of_file(path, rules.FILE_PLACE, message, hint)


def _place_contribution(path: str, parts: list[str], is_story: bool) -> Diagnostic | None:
    """A file in `case_studies/` whose name or folder keeps it from being read."""
    name, ending = parts[-1], PurePosixPath(parts[-1]).suffix
    below = len(parts) > 2
    if name.startswith("."):
        return None
    if name == "README.md":
        hint = _("Name it after your story, for example {path}.", path=f"{CASE_STUDIES}/our-bus-ride.md")
        message = _("this story is not read: a file of this name says what lies in a folder")
        return Diagnostic.of_file(path, rules.FILE_PLACE, message, hint) if is_story else None
    stem = _make_stem(name.removesuffix(ending))
    if below:
        return _place_in_folder(path, parts, stem, ending)
    if ending == ".md":
        return None
    if name == CONSENT_FILE:
        return _move(path, f"{CASE_STUDIES}/your-story/{CONSENT_FILE}")
    if ending == ".yml":
        from goodpractice.content.meant_places import find_list

        if home := find_list(name.removesuffix(ending), certain=True):
            return _move(path, home)
    if ending.lower() in NEARLY_TEXTS or ending in (".yml", ".MD", ".Md", ".mD") or " " in ending:
        stem = make_id(name.removesuffix(ending) if ending.lower() not in ("", ".txt") else _without_md(name)) or stem
        message = _("this file is not read: its name does not end in `.md`")
        return Diagnostic.of_file(path, rules.FILE_TYPE, message, _("Rename it to {stem}.md, or delete it.", stem=stem))
    if ending.lower() in WORD_PROCESSORS:
        return _reject_document(path, ending, f"{stem}.md")
    return None


def _place_in_folder(path: str, parts: list[str], stem: str, ending: str) -> Diagnostic | None:
    """A file in a folder below `case_studies/`, where photos and their ledger lie."""
    name = parts[-1]
    if ending.lower() in (".md", ".markdown", ".txt"):
        hint = _(
            "Move it to {case_studies}/{stem}.md: a `/` in the name makes a folder.",
            case_studies=CASE_STUDIES,
            stem=stem,
        )
        message = _("this file is not read: it lies in a folder of its own")
        return Diagnostic.of_file(path, rules.FILE_PLACE, message, hint)
    if ending.lower() in WORD_PROCESSORS - {".pdf"}:
        return _reject_document(path, ending, f"{CASE_STUDIES}/{stem}.md")
    if len(parts) == 3 and ending in (".yml", ".yaml") and name != CONSENT_FILE:
        message = _("this file is not read: beside photos lies only `{ledger}`", ledger=CONSENT_FILE)
        hint = _("Rename it to {ledger} if it says who agreed to the photos. Otherwise delete it.", ledger=CONSENT_FILE)
        return Diagnostic.of_file(path, rules.FILE_PLACE, message, hint)
    return None


def find_stray(name: str) -> Diagnostic | None:
    """What is wrong with a changed file that is a text, document or photo where none is read: it runs nowhere.

    Below `docs/`, MkDocs makes pages of more endings than ours, and macros in them run: those are no strays.
    """
    if not name.isprintable() or (name.startswith(f"{DOCS}/") and not name.lower().endswith(tuple(WORD_PROCESSORS))):
        return None
    return place_file(name) or reject_picture(name)


def reject_picture(path: str) -> Diagnostic | None:
    """Report a picture among the case studies, by its name, if some browsers cannot show its type."""
    ending = PurePosixPath(path).suffix
    kind = ending.lower().removeprefix(".")
    if not path.startswith(f"{CASE_STUDIES}/") or kind not in PICTURE_TYPES - {"svg"}:
        return None
    message = _("a picture that ends in `{ending}` is not accepted", ending=ending)
    hint = _("Save it as JPEG, PNG or WebP, or ask an editor to add it.")
    return Diagnostic.of_file(path, rules.PHOTO_TYPE, message, hint)


def reject_story(path: str) -> Diagnostic:
    """Report a page of `docs/` that is a case study."""
    message = _("this looks like a case study, and would be published here as a page of editors, unchecked")
    hint = _("Move it to {path}.", path=f"{CASE_STUDIES}/{_make_stem(PurePosixPath(path).stem)}.md")
    return Diagnostic.of_file(path, rules.STORY_AMONG_PAGES, message, hint)


def _move(path: str, to: str) -> Diagnostic:
    message = _("this file is not read: no page is made of what lies here")
    return Diagnostic.of_file(path, rules.FILE_PLACE, message, _("Move it to {path}.", path=to))


def _reject_document(path: str, ending: str, to: str) -> Diagnostic:
    message = _("files ending in `{ending}` cannot be read", ending=ending)
    return Diagnostic.of_file(
        path, rules.FILE_TYPE, message, _("Delete it, and paste its text into a new file {stem}.", stem=to)
    )


def _make_stem(name: str) -> str:
    return make_id(name) or "a-short-name"


def _without_md(name: str) -> str:
    """The name of a story without what was meant to be its ending: `bus ride md`, `bus.md.txt`."""
    return re.sub(r"[ ._-]*(?:md)?(?:\.txt)?$", "", name, count=1, flags=re.IGNORECASE)
