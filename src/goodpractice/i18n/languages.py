"""The languages of a site, and the words that the generator itself says in each.

The code says everything in English. Other languages have a gettext catalogue,
`locale/<code>/LC_MESSAGES/goodpractice.po`, from which `make generate` compiles
what a named reader has approved. An entry marked `fuzzy` has no such reader
yet. It is not used: English is said in its place, and marked as English
(docs/decisions/0011-languages.md).
"""

from __future__ import annotations

import gettext
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from goodpractice.i18n.messages import LazyString, fill_in, list_preferred_locales

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


#: The catalogues, by language. The compiled one holds approved words, and is there as soon as there is one.
LOCALE = Path(__file__).with_name("locale")
DOMAIN = "goodpractice"
#: Numbers after which every plural rule has shown all its forms.
_ENOUGH = 201
_PLURAL = re.compile(r"plural\s*=\s*([^;]+)")


def list_known() -> list[str]:
    """Codes of the languages in which the program has words, English first."""
    return [SOURCE, *sorted(file.parts[-3] for file in LOCALE.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))]


@cache
def load_catalogue(code: str, *, unreviewed: bool = False) -> gettext.NullTranslations:
    """The generator's words in a language; English ones where there is no catalogue.

    Args:
        code: The language.
        unreviewed: Whether words count that nobody has approved. They are compiled when they are asked for.
    """
    if code == SOURCE:
        return gettext.NullTranslations()
    if not unreviewed:
        return gettext.translation(DOMAIN, LOCALE, [code], fallback=True)
    # Slow to load, and for reviewers only.
    from goodpractice.i18n.compiling import compile_catalogue

    file = LOCALE / code / "LC_MESSAGES" / f"{DOMAIN}.po"
    made = compile_catalogue(file.read_text(encoding="utf-8"), unreviewed=True) if file.is_file() else None
    return gettext.GNUTranslations(io.BytesIO(made)) if made else gettext.NullTranslations()


def _find_words(code: str) -> gettext.NullTranslations:
    return load_catalogue(code, unreviewed=_unreviewed.get())


def _has_words(code: str) -> bool:
    return isinstance(_find_words(code), gettext.GNUTranslations)


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
        # To gettext, an empty text is the name of a catalogue's header.
        words = text if self.code == SOURCE or not text else _find_words(self.code).gettext(text)
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
        return _find_words(self.code).ngettext(one, many, number)

    def list_forms(self, one: str, many: str) -> tuple[str, ...]:
        """The texts from which the plural rule of this language chooses; English ones where nothing is approved."""
        # The standard library's own reader of plural rules: it accepts arithmetic and nothing else.
        form = gettext.c2py(self.plural_rule)
        numbers = {form(number): number for number in (*range(_ENOUGH), 1)}
        return tuple(self.choose(one, many, numbers[at]) for at in sorted(numbers))

    @property
    def plural_rule(self) -> str:
        """Which of the texts of `list_forms` is said for a number `n`, as gettext writes it."""
        found = _PLURAL.search(_find_words(self.code).info().get("plural-forms", ""))
        return found[1].strip() if found else "n != 1"

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
        return self.code if self.code == SOURCE or _has_words(self.code) else SOURCE

    @property
    def english(self) -> str:
        """An attribute that marks words of the generator as English where they stand in a page in this language."""
        return "" if self.words_code == self.code else f' lang="{SOURCE}"'


_unreviewed: ContextVar[bool] = ContextVar("unreviewed", default=False)


def shows_unreviewed() -> bool:
    """Whether words are said that nobody has approved, for those who read them first."""
    return _unreviewed.get()


@contextmanager
def show_unreviewed() -> Iterator[None]:
    """Say words that nobody has approved, in a process that ends afterwards: templates keep them."""
    before = _unreviewed.set(True)
    try:
        yield
    finally:
        _unreviewed.reset(before)


ENGLISH = Language(SOURCE, KNOWN_NAMES[SOURCE])


def find_language(environment: Mapping[str, str]) -> Language:
    """The language in which the person at the terminal is told something.

    The first of the languages that they read and that has approved words; otherwise English.

    Args:
        environment: Of the process.
    """
    for wish in list_preferred_locales(environment):
        for code in (wish, wish.partition("-")[0]):
            if CODE.fullmatch(code) and _has_words(code):
                return Language(code, code)
    return ENGLISH
