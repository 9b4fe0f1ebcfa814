"""The languages of a site, and the words that the generator itself says in each.

The code says everything in English. Other languages have a gettext catalogue,
`locale/<code>/LC_MESSAGES/goodpractice.po`, which is read as it stands: no
compiled file can be older than it. An entry marked `fuzzy` has no named
reviewer yet. It is not used: English is said in its place, and marked as
English (docs/decisions/0011-languages.md).
"""

from __future__ import annotations

import gettext
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from goodpractice.i18n.messages import LazyString, fill_in, list_preferred_locales
from goodpractice.i18n.messages import gettext_lazy as _

#: The language in which the code is written.
SOURCE = "en"
#: What the name of a file or a setting calls a language: `cy`, `pt-br`.
CODE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*")

_FILE = re.compile(rf"(?P<stem>.+)\.(?P<code>{CODE.pattern})\.md")
#: What their speakers call the languages in which the generator speaks.
KNOWN_NAMES = {"en": "English", "cy": "Cymraeg"}


class TranslationName(NamedTuple):
    """What the path of a translation says: the page that it translates, and into which language."""

    source: str
    code: str


def gettext_noop(text: str) -> str:
    """Mark words for the catalogue where they are defined; they are translated where they are said."""
    return text


def ngettext_noop(one: str, many: str) -> tuple[str, str]:
    """Mark words that differ with a number; see `gettext_noop`."""
    return one, many


def split_translation(path: str) -> TranslationName | None:
    """The source and the language of a file named `page.cy.md`; nothing for any other file."""
    folder, slash, name = path.rpartition("/")
    found = _FILE.fullmatch(name)
    return TranslationName(f"{folder}{slash}{found['stem']}.md", found["code"]) if found else None


class CatalogueEntry(NamedTuple):
    """An entry of a catalogue.

    Attributes:
        texts: What is said, one text for each plural form.
        fuzzy: Whether nobody has approved it yet.
        places: Files that say it.
    """

    texts: tuple[str, ...]
    fuzzy: bool
    places: tuple[str, ...]


@dataclass(frozen=True)
class Catalogue:
    """What the generator says in one language.

    Attributes:
        entries: By the English text, the singular one where there are two.
        header: Facts about the catalogue, by name.
        form: Which text is said for a number.
        rule: The same as gettext writes it, for scripts.
    """

    entries: Mapping[str, CatalogueEntry] = field(default_factory=dict)
    header: Mapping[str, str] = field(default_factory=dict)
    form: Callable[[int], int] = lambda number: int(number != 1)
    rule: str = "n != 1"

    @property
    def approved(self) -> Mapping[str, CatalogueEntry]:
        """Entries that a person has approved: the header names who last did, and the entry is not fuzzy."""
        if self.header.get("Last-Translator", "").casefold() in _NOBODY:
            return {}
        return {text: entry for text, entry in self.entries.items() if not entry.fuzzy and all(entry.texts)}


#: What stands for the name of a translator when nobody has approved anything.
_NOBODY = ("", "machine", "full name <email@address>")
#: Numbers after which every plural rule has shown all its forms.
_ENOUGH = 201
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_KEYWORD = re.compile(r"(msgid|msgid_plural|msgstr(?:\[(\d+)\])?)\s+")
_PLURAL = re.compile(r"plural\s*=\s*([^;]+)")


def read_catalogue(text: str) -> Catalogue:
    """Read a catalogue in the format of gettext (`.po`), as the generator's own catalogues use it.

    Obsolete entries (`#~`) are left out.

    Raises:
        ValueError: A line is not of the format.
    """
    entries: dict[str, CatalogueEntry] = {}
    header: dict[str, str] = {}
    for block in _list_blocks(text):
        given = _read_block(block)
        english = given.pop("msgid", None)
        if english is None:
            continue
        given.pop("msgid_plural", None)
        texts = tuple(given[name] for name in sorted(given))
        if not english:
            lines = (line.partition(":") for line in "".join(texts).split("\n"))
            header = {name.strip(): value.strip() for name, __, value in lines if name.strip()}
            continue
        flags = {flag.strip() for line in block if line.startswith("#,") for flag in line[2:].split(",")}
        places = tuple(place for line in block if line.startswith("#:") for place in line[2:].split())
        entries[english] = CatalogueEntry(texts, "fuzzy" in flags, places)
    plural = _PLURAL.search(header.get("Plural-Forms", ""))
    # The standard library's own reader of plural rules: it accepts arithmetic and nothing else.
    rule = plural[1].strip() if plural else Catalogue.rule
    return Catalogue(entries, header, gettext.c2py(rule), rule)


def _list_blocks(text: str) -> Iterator[list[str]]:
    block: list[str] = []
    for line in [*text.split("\n"), ""]:
        if line.strip():
            block.append(line.strip())
        elif block:
            yield block
            block = []


def _read_block(block: list[str]) -> dict[str, str]:
    given: dict[str, str] = {}
    name = ""
    for line in block:
        if line.startswith("#"):
            continue
        keyword = _KEYWORD.match(line)
        if keyword:
            name = keyword[1]
            given[name] = ""
            line = line[keyword.end() :]
        quoted = _QUOTED.fullmatch(line)
        if quoted is None or not name:
            raise ValueError(_("this line is not of the format of gettext: {line}", line=line))
        given[name] += str(json.loads(f'"{quoted[1]}"'))
    return given


def list_known() -> list[str]:
    """Codes of the languages in which the program has words, English first."""
    folder = files("goodpractice") / "i18n" / "locale"
    return [
        SOURCE,
        *sorted(one.name for one in folder.iterdir() if (one / "LC_MESSAGES" / "goodpractice.po").is_file()),
    ]


@cache
def load_catalogue(code: str) -> Catalogue:
    """The generator's words in a language; an empty catalogue for English and for languages that have none."""
    file = files("goodpractice") / "i18n" / "locale" / code / "LC_MESSAGES" / "goodpractice.po"
    return read_catalogue(file.read_text(encoding="utf-8")) if code != SOURCE and file.is_file() else Catalogue()


@dataclass(frozen=True, slots=True)
class Language:
    """A language of a site.

    Attributes:
        code: As in addresses and in HTML: `cy`.
        name: What its speakers call it. A fact, so it is always shown.
        direction: `ltr` or `rtl`.
    """

    code: str
    name: str
    direction: str = "ltr"

    def gettext(self, text: str, /, **values: object) -> str:
        """Words of the generator in this language; in English while nobody has approved a translation.

        Args:
            text: The words in English, as they stand in the code.
            **values: What stands in the place of names in braces; without any, the caller fills them in.
        """
        words = text if self.code == SOURCE else _approved(self.code).get(text, (text,))[0]
        return fill_in(words, values) if values else words

    def ngettext(self, one: str, many: str, number: int, /, **values: object) -> str:
        """Words that differ with a number, `{number}` filled in.

        Args:
            one: English for one.
            many: English for any other number.
            number: The number.
            **values: What stands in the place of other names in braces.
        """
        return fill_in(self.choose(one, many, number), {"number": number, **values})

    def choose(self, one: str, many: str, number: int) -> str:
        """Words that differ with a number, nothing filled in."""
        if self.code == SOURCE:
            return one if number == 1 else many
        texts = self.list_forms(one, many)
        return texts[min(self._plurals.form(number), len(texts) - 1)]

    def list_forms(self, one: str, many: str) -> tuple[str, ...]:
        """The texts from which the plural rule of this language chooses; English ones where nothing is approved."""
        texts = _approved(self.code).get(one) if self.code != SOURCE else None
        if texts is not None:
            return texts
        form = self._plurals.form
        forms = max(form(number) for number in range(_ENOUGH))
        return tuple(one if at == form(1) else many for at in range(forms + 1))

    @property
    def plural_rule(self) -> str:
        """Which of the texts of `list_forms` is said for a number `n`, as gettext writes it."""
        return self._plurals.rule

    @property
    def _plurals(self) -> Catalogue:
        return load_catalogue(self.words_code)

    def translate(self, message: str) -> str:
        """A message in this language; what was not made by `gettext_lazy` stays as it is."""
        if not isinstance(message, LazyString):
            return message
        values = {
            name: self.translate(value) if isinstance(value, str) else value for name, value in message.values.items()
        }
        if message.many:
            number = values.pop("number")
            return self.ngettext(message.words, message.many, int(str(number)), **values)
        return fill_in(self.gettext(message.words), values)

    def join(self, words: Sequence[str], last: str = "") -> str:
        """A list in words: `a, b and c`.

        Args:
            words: What is listed.
            last: What stands before the last, if not the word for "and".
        """
        if len(words) < 2:
            return "".join(words)
        return f"{', '.join(words[:-1])} {last or self.gettext('and')} {words[-1]}"

    @property
    def words_code(self) -> str:
        """The language in which the generator speaks on pages in this language: English until words are approved."""
        return self.code if self.code == SOURCE or _approved(self.code) else SOURCE

    @property
    def english(self) -> str:
        """An attribute that marks words of the generator as English where they stand in a page in this language."""
        return "" if self.words_code == self.code else f' lang="{SOURCE}"'


@cache
def _approved(code: str) -> Mapping[str, tuple[str, ...]]:
    catalogue = load_catalogue(code)
    if _unreviewed.get():
        return {text: entry.texts for text, entry in catalogue.entries.items() if all(entry.texts)}
    return {text: entry.texts for text, entry in catalogue.approved.items()}


_unreviewed: ContextVar[bool] = ContextVar("unreviewed", default=False)


def shows_unreviewed() -> bool:
    """Whether words are said that nobody has approved, for those who read them first."""
    return _unreviewed.get()


@contextmanager
def show_unreviewed() -> Iterator[None]:
    """Say words that nobody has approved, in a process that ends afterwards: templates keep them."""
    before = _unreviewed.set(True)
    _approved.cache_clear()
    try:
        yield
    finally:
        _unreviewed.reset(before)
        _approved.cache_clear()


ENGLISH = Language(SOURCE, KNOWN_NAMES[SOURCE])


def find_language(environment: Mapping[str, str]) -> Language:
    """The language in which the person at the terminal is told something.

    The first of the languages that they read and that has approved words; otherwise English.

    Args:
        environment: Of the process.
    """
    for wish in list_preferred_locales(environment):
        for code in (wish, wish.partition("-")[0]):
            if CODE.fullmatch(code) and _approved(code):
                return Language(code, code)
    return ENGLISH
