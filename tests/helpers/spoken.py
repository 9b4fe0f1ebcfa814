"""Words of the generator in languages that tests make up."""

from __future__ import annotations

import gettext
import io
from collections.abc import Callable, Mapping

import pytest
from babel.messages.pofile import read_po

from goodpractice.i18n import languages
from goodpractice.i18n.compiling import compile_catalogue


class MadeUp(gettext.GNUTranslations):
    """A language in which every word is approved, and said as a function of the English says it."""

    def __init__(self, say: Callable[[str], str]) -> None:
        super().__init__()
        self._say = say

    def gettext(self, message: str) -> str:
        return self._say(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self._say(msgid1 if n == 1 else msgid2)


def compile_words(text: str) -> gettext.GNUTranslations:
    """The approved words of a catalogue."""
    made = compile_catalogue(text)
    assert made is not None
    return gettext.GNUTranslations(io.BytesIO(made))


def approve(words: Mapping[str, str]) -> gettext.GNUTranslations:
    """A language in which these words are approved, and no others."""
    return MadeUp(lambda text: words.get(text, text))


def speak_in(patch: pytest.MonkeyPatch, words: gettext.NullTranslations, spoken: str = "cy") -> None:
    """Let a language have these words, and no other language any; every language, for an empty code."""
    patch.setattr(languages, "_find_words", lambda code: words if spoken in (code, "") else gettext.NullTranslations())


def read_texts() -> set[str]:
    """Every text that catalogues translate, in English: of two that differ with a number, the one for one."""
    with (languages.LOCALE / f"{languages.DOMAIN}.pot").open("rb") as stream:
        ids = [message.id for message in read_po(stream) if message.id]
    return {text if isinstance(text, str) else text[0] for text in ids}
