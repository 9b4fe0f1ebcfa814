"""Which files are read where, and where a file belongs that lies somewhere else.

People send a story to the root of the repository, to `case-studies/`, to a
folder of their own or as a Word file. Nobody would ever see it. What is said
here is said by the name of a file alone, so that a pull request can be told
before anything of it is opened.
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from goodpractice.content.leftovers import is_leftover
from goodpractice.content.text import make_id
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.i18n.messages import gettext_lazy as _

CASE_STUDIES = "case_studies"
HANDBOOK = "handbook"
DOCS = "docs"
DATA = "data"
PARTNERS_FILE = "partners.yml"
#: Names of the files that are read in `data/`.
DATA_NAMES = tuple(
    f"{name}.yml"
    for name in ("themes", "programmes", "events", "glossary", "resources", "plans", "sources", "vocabularies")
)
#: The ledger of consent in the folder of a case study.
LEDGER = "consent.yml"

#: What word processors write, and what is meant for a printer: their text can be moved over.
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
#: Folders of programs and of what they make: nobody writes a story there.
_TECHNICAL = frozenset(
    {
        *("src", "lib", "bin", "test", "tests", "tools", "scripts", "schemas", "overrides", "theme", "themes"),
        *("benchmarks", "site", "public", "dist", "build", "target", "out", "output", "htmlcov", "node_modules"),
        *("vendor", "venv", "env", "virtualenv", "locale", "locales", "includes", "hooks", "macros", "plugins"),
        *("assets", "static", "stylesheets", "javascripts", "fonts", "logs", "tmp", "temp", "cache"),
    }
)
#: A folder that holds one of these is a folder of a program.
_CODE = frozenset({".py", ".js", ".ts", ".mjs", ".css", ".html", ".sh", ".toml", ".cfg", ".ini", ".rb", ".ipynb"})
#: Other names for the folders that are read, letters only.
_MEANT = {
    **dict.fromkeys(("casestudies", "casestudy", "cases", "stories", "story", "studies"), CASE_STUDIES),
    **dict.fromkeys(("handbook", "handbooks", "chapters", "chapter", "guide", "guides"), HANDBOOK),
    **dict.fromkeys(("data", "datafiles", "lists", "tables"), DATA),
}
#: Other names for the lists in `data/`.
_LISTS = {
    **dict.fromkeys(("topic", "topics", "tag", "tags", "subject", "subjects", "theme"), "themes.yml"),
    **dict.fromkeys(("project", "projects", "programs", "program", "programme"), "programmes.yml"),
    **dict.fromkeys(("event", "calendar", "dates", "meetings", "conferences"), "events.yml"),
    **dict.fromkeys(("terms", "term", "words", "definitions", "dictionary"), "glossary.yml"),
    **dict.fromkeys(("resource", "links", "tools", "materials", "downloads"), "resources.yml"),
    **dict.fromkeys(("plan", "schedules", "sessions"), "plans.yml"),
    **dict.fromkeys(("source", "references", "publications", "bibliography", "literature"), "sources.yml"),
    **dict.fromkeys(("vocabulary", "choices", "options", "audiences", "settings"), "vocabularies.yml"),
    **dict.fromkeys(("partner", "partners", "organisations", "organizations", "networks"), ""),
}

#: So many files in a folder of unknown purpose are looked at, and so many are told: the rest is of the same kind.
_MOST_LOOKED_AT = 2_000
_MOST_TOLD = 50

_FACT = re.compile(r"([a-z_]+)[ \t]*:")
#: Facts that only a case study has, alone or three together.
_SURE_FACTS = frozenset({"partners", "partner_approved_on"})
_STORY_FACTS = frozenset(
    {
        *("place", "year", "period", "themes", "programme", "audiences", "setting", "equity_dimensions", "power"),
        *("money", "staff_time", "access_costs", "safeguarding", "how_contact_began", "how_it_ended", "photos"),
        *("partner_account", "contributors"),
    }
)
_HEADINGS = re.compile(r"#{1,3}[ \t]+(what happened|what we learn(?:ed|t))\b", re.IGNORECASE)
_FENCE = re.compile(r"[ ]{0,3}(?:```|~~~)")


#: Names that stand for devices, whatever ending they have.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\..*)?", re.IGNORECASE)


def is_reserved(name: str) -> bool:
    """Whether Windows can have no file or folder of this name."""
    return _RESERVED.fullmatch(name) is not None


def holds_story(text: str) -> bool:
    """Whether a text is a case study, wherever it lies: it has the facts of one, or both of its parts."""
    facts: set[str] = set()
    parts: set[str] = set()
    fenced = False
    for line in text.lstrip("\ufeff").split("\n"):
        if _FENCE.match(line):
            fenced = not fenced
        elif not fenced:
            fact, heading = _FACT.match(line), _HEADINGS.match(line)
            if fact:
                facts.add(fact[1])
            elif heading:
                parts.add(heading[1].casefold()[:13])
    return bool(facts & _SURE_FACTS) or len(facts & _STORY_FACTS) >= 3 or len(parts) > 1


def list_strays(root: Path, site_dir: str = "site") -> Iterator[str]:
    """Files that somebody may have meant for the site, in places where nothing is read. Only names are looked at.

    Folders of programs are left alone, and whatever has a name that begins with a dot or an underscore.

    Args:
        root: The project.
        site_dir: Folder that a site is built into.
    """
    found = _list_all_strays(str(root), site_dir)
    for __, path in zip(range(_MOST_TOLD), found, strict=False):
        yield path


def _list_all_strays(root: str, site_dir: str) -> Iterator[str]:
    for entry in _scan(root):
        if entry.is_dir(follow_symlinks=False):
            if _is_looked_into(entry, site_dir):
                yield from _walk(entry.path, entry.name)
        elif place_file(entry.name) is not None:
            yield entry.name


def _is_looked_into(entry: os.DirEntry[str], site_dir: str) -> bool:
    name = entry.name
    if name in (CASE_STUDIES, DATA) or name.startswith((".", "_")):
        return False  # the check of files looks at all that lies there
    if name in (HANDBOOK, DOCS) or _mean(name):
        return True
    return name.lower() not in _TECHNICAL and name != site_dir and not any(map(_is_code, _scan(entry.path)))


def _is_code(entry: os.DirEntry[str]) -> bool:
    return entry.name in ("pyvenv.cfg", ".git") or os.path.splitext(entry.name)[1] in _CODE  # noqa: PTH122 - for speed


def _walk(folder: str, path: str) -> Iterator[str]:
    pending = [(folder, path)]
    looked_at = 0
    while pending:
        folder, path = pending.pop()
        for entry in _scan(folder):
            looked_at += 1
            below = f"{path}/{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                if not entry.name.startswith((".", "_")):
                    pending.append((entry.path, below))
            elif place_file(below) is not None:
                yield below
        if looked_at > _MOST_LOOKED_AT and path.partition("/")[0] not in (HANDBOOK, DOCS):
            return


def _scan(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted((entry for entry in entries if not is_leftover(entry.name)), key=lambda entry: entry.name)
    except OSError:
        return []


def _mean(folder: str) -> str:
    """The folder that is meant by another name; empty when none is."""
    return _MEANT.get(re.sub(r"[^a-z]", "", folder.lower()), "")


def place_file(path: str, is_story: bool = False) -> Diagnostic | None:
    """What is wrong with the place or kind of a file, by its name; nothing when it is read, or is none of our business.

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
    if name.startswith((".", "_")) or path == PARTNERS_FILE:
        return None
    if len(parts) > 1 and first == DOCS:
        return _place_among_pages(path, parts)
    if len(parts) > 1 and first.lower() in _TECHNICAL:
        return None
    if len(parts) == 2 and first == HANDBOOK and name.endswith(".md"):
        return None
    return _place_elsewhere(path, parts, is_story)


def _place_elsewhere(path: str, parts: list[str], is_story: bool) -> Diagnostic | None:
    """A file at the root, in the handbook, or in a folder that is not read."""
    name, ending = parts[-1], PurePosixPath(parts[-1]).suffix
    stem = name.removesuffix(ending)
    meant = (HANDBOOK if parts[0] == HANDBOOK else _mean(parts[0])) if len(parts) > 1 else ""
    at_root = len(parts) == 1
    if not is_story and (_ABOUT_REPOSITORY.fullmatch(stem.replace("_", "-")) or _IN_CAPITALS.fullmatch(stem)):
        return None
    kind = ending.lower().removeprefix(".")
    if kind in _PHOTOS:
        if at_root and _OF_REPOSITORY.match(stem):
            return None
        return _tell(path, rules.FILE_PLACE, *_place_photo(parts, meant))
    if ending.lower() in WORD_PROCESSORS:
        return _reject_document(path, ending, f"{meant or CASE_STUDIES}/{_make_stem(stem)}.md")
    if ending in (".yml", ".yaml"):
        home = _find_list(stem, certain=meant != DATA)
        home = f"{CASE_STUDIES}/your-story/{LEDGER}" if stem.lower() == "consent" else home
        return _move(path, home) if home else None
    if ending.lower() != ".md" and (ending.lower() not in NEARLY_TEXTS or (ending == "" and not meant)):
        return None
    made = _make_stem(_without_md(stem if ending.lower() == ".md" else name.removesuffix(ending)))
    if is_story or meant in (CASE_STUDIES, HANDBOOK):
        return _move(path, f"{CASE_STUDIES if is_story or not meant else meant}/{made}.md")
    hint = _(
        "If it is a story, move it to {story}. A chapter goes to {chapter}.",
        story=f"{CASE_STUDIES}/{made}.md",
        chapter=f"{HANDBOOK}/{made}.md",
    )
    return _tell(path, rules.FILE_PLACE, _("this file is not read: no page is made of what lies here"), hint)


def _place_photo(parts: list[str], meant: str) -> tuple[str, str]:
    stem, __, ending = parts[-1].rpartition(".")
    name = f"{_make_stem(stem)}.{ending.lower()}"
    message = _("this photo is not shown: no page is made of what lies here")
    if meant == HANDBOOK:
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
        return _tell(path, rules.FILE_TYPE, message, hint)
    if len(parts) == 2 and ending.lower() in WORD_PROCESSORS - {".pdf"}:
        return _reject_document(path, ending, f"{CASE_STUDIES}/{stem}.md")
    return None


def _place_list(path: str, parts: list[str], is_story: bool) -> Diagnostic | None:
    """A file in `data/`."""
    name, ending = parts[-1], PurePosixPath(parts[-1]).suffix
    stem = name.removesuffix(ending)
    if len(parts) > 2 or name in DATA_NAMES or name.startswith("."):
        return None  # folders there are refused as such
    if ending.lower() == ".md" and (is_story or stem.upper() != "README"):
        return _move(path, f"{CASE_STUDIES}/{_make_stem(stem)}.md")
    if ending.lower() in WORD_PROCESSORS:
        return _reject_document(path, ending, f"{CASE_STUDIES}/{_make_stem(stem)}.md")
    if ending.lower() not in (".yml", ".yaml", ".txt"):
        return None
    if ending.lower() == ".txt":
        return _move(path, f"{CASE_STUDIES}/{_make_stem(_without_md(stem))}.md")
    if stem == "consent":
        return _move(path, f"{CASE_STUDIES}/your-story/{LEDGER}")
    home = _find_list(stem)
    message = _("this file is not read: no list has its name")
    if not home:
        hint = _("Move its entries to the list that they belong to: {lists}.", lists=", ".join(DATA_NAMES))
    elif home == PARTNERS_FILE:
        hint = _("Move its entries to {path}, which lies above this folder.", path=home)
    else:
        hint = _("Move its entries to {path}, or rename it to that if it is not there.", path=home)
    return _tell(path, rules.FILE_PLACE, message, hint)


def _find_list(stem: str, certain: bool = False) -> str:
    """The file that holds the list which is meant; empty when none is. `certain`: only by its own name."""
    plain = re.sub(r"[^a-z]", "", stem.lower())
    own = f"{plain}.yml"
    if own in DATA_NAMES or plain == "partners":
        return PARTNERS_FILE if plain == "partners" else f"{DATA}/{own}"
    if certain:
        return ""
    if plain in _LISTS:
        return f"{DATA}/{_LISTS[plain]}" if _LISTS[plain] else PARTNERS_FILE
    close = difflib.get_close_matches(own, DATA_NAMES, n=1, cutoff=0.75)
    return f"{DATA}/{close[0]}" if close else ""


def _place_contribution(path: str, parts: list[str], is_story: bool) -> Diagnostic | None:
    """A file in `case_studies/`: a story that nobody would ever see, because its name or folder keeps it unread."""
    name, ending = parts[-1], PurePosixPath(parts[-1]).suffix
    below = len(parts) > 2
    if name.startswith("."):
        return None
    if name == "README.md":
        hint = _("Name it after your story, for example {path}.", path=f"{CASE_STUDIES}/our-bus-ride.md")
        message = _("this story is not read: a file of this name says what lies in a folder")
        return _tell(path, rules.FILE_PLACE, message, hint) if is_story else None
    stem = _make_stem(name.removesuffix(ending))
    if below:
        return _place_in_folder(path, parts, stem, ending)
    if ending == ".md":
        return None
    if name == LEDGER:
        return _move(path, f"{CASE_STUDIES}/your-story/{LEDGER}")
    if ending == ".yml" and _find_list(name.removesuffix(ending), certain=True):
        return _move(path, _find_list(name.removesuffix(ending), certain=True))
    if ending.lower() in NEARLY_TEXTS or ending in (".yml", ".MD", ".Md", ".mD") or " " in ending:
        stem = make_id(name.removesuffix(ending) if ending.lower() not in ("", ".txt") else _without_md(name)) or stem
        message = _("this file is not read: its name does not end in `.md`")
        return _tell(path, rules.FILE_TYPE, message, _("Rename it to {stem}.md, or delete it.", stem=stem))
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
        return _tell(path, rules.FILE_PLACE, message, hint)
    if ending.lower() in WORD_PROCESSORS - {".pdf"}:
        return _reject_document(path, ending, f"{CASE_STUDIES}/{stem}.md")
    if len(parts) == 3 and ending in (".yml", ".yaml") and name != LEDGER:
        message = _("this file is not read: beside photos lies only `{ledger}`", ledger=LEDGER)
        hint = _("Rename it to {ledger} if it says who agreed to the photos. Otherwise delete it.", ledger=LEDGER)
        return _tell(path, rules.FILE_PLACE, message, hint)
    return None


def reject_picture(path: str) -> Diagnostic | None:
    """The issue for a picture among the stories that is of a type which browsers do not all show, by its name."""
    ending = PurePosixPath(path).suffix
    kind = ending.lower().removeprefix(".")
    if not path.startswith(f"{CASE_STUDIES}/") or kind not in PICTURE_TYPES - {"svg"}:
        return None
    message = _("a picture that ends in `{ending}` is not accepted", ending=ending)
    hint = _("Save it as JPEG, PNG or WebP, or ask an editor to add it.")
    return _tell(path, rules.PHOTO_TYPE, message, hint)


def reject_story(path: str) -> Diagnostic:
    """The issue for a page of `docs/` that is a case study."""
    message = _("this looks like a case study, and would be published here as a page of editors, unchecked")
    hint = _("Move it to {path}.", path=f"{CASE_STUDIES}/{_make_stem(PurePosixPath(path).stem)}.md")
    return _tell(path, rules.STORY_AMONG_PAGES, message, hint)


def _tell(path: str, code: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic.of_file(path, code, message, hint)


def _move(path: str, to: str) -> Diagnostic:
    message = _("this file is not read: no page is made of what lies here")
    return _tell(path, rules.FILE_PLACE, message, _("Move it to {path}.", path=to))


def _reject_document(path: str, ending: str, to: str) -> Diagnostic:
    message = _("files ending in `{ending}` cannot be read", ending=ending)
    return _tell(path, rules.FILE_TYPE, message, _("Delete it, and paste its text into a new file {stem}.", stem=to))


def _make_stem(name: str) -> str:
    return make_id(name) or "a-short-name"


def _without_md(name: str) -> str:
    """The name of a story without what was meant to be its ending: `bus ride md`, `bus.md.txt`."""
    return re.sub(r"[ ._-]*(?:md)?(?:\.txt)?$", "", name, count=1, flags=re.IGNORECASE)
