from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.pofile import read_po

from goodpractice.content import Project
from goodpractice.engine.sources import list_package
from goodpractice.i18n import languages
from goodpractice.i18n.compiling import compile_catalogue
from goodpractice.i18n.languages import ENGLISH, Language, split_translation
from goodpractice.kinds import Translation
from goodpractice.pages import plan_pages
from goodpractice.render import environment
from goodpractice.render.links import link_record
from goodpractice.search import make_record
from tests.helpers.spoken import approve, compile_words, speak_in

REPOSITORY = Path(__file__).parents[3]
LOCALE = REPOSITORY / "src/goodpractice/i18n/locale"
CATALOGUES = sorted(LOCALE.glob("*/LC_MESSAGES/goodpractice.po"))
WELSH = Language("cy", "Cymraeg")
DAY = datetime.date(2026, 3, 31)


@pytest.fixture
def fresh() -> Iterator[None]:
    """Nothing that another test remembered, and nothing remembered for the next."""
    caches = (environment._environment, environment._template)
    for cache in caches:
        cache.cache_clear()
    yield
    for cache in caches:
        cache.cache_clear()


def list_values(text: str) -> set[str]:
    """Names of values in a text: ours, and those of click, such as `{name!r}`."""
    return set(re.findall(r"\{[^{}\s]+\}", text))


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.parts[-3])
class TestEveryCatalogue:
    def test_all_its_words_are_compiled_for_those_who_read_them_first(self, file: Path) -> None:
        catalogue = languages.load_catalogue(file.parts[-3], unreviewed=True)
        with file.open("rb") as stream:
            messages = read_po(stream, locale=file.parts[-3])
        compiled = 0
        for message in messages:
            texts = message.string if isinstance(message.string, tuple) else (message.string,)
            if not message.id or not all(texts):
                continue
            compiled += 1
            if isinstance(message.id, tuple):
                assert {catalogue.ngettext(*message.id, number) for number in range(300)} == set(texts)
            else:
                assert catalogue.gettext(message.id) == message.string
        assert compiled > 100

    def test_fills_in_what_the_english_fills_in_and_holds_no_markup(self, file: Path) -> None:
        with file.open("rb") as stream:
            messages = [message for message in read_po(stream, locale=file.parts[-3]) if message.id]
        for message in messages:
            english = message.id if isinstance(message.id, tuple) else (message.id,)
            for text in filter(None, message.string if isinstance(message.string, tuple) else (message.string,)):
                # Of two English texts, the one for many may fill in other values than the one for one.
                assert list_values(text) in [list_values(words) for words in english], text
                # What is code is the same in every language.
                assert sorted(re.findall("`[^`]*`", text)) == sorted(re.findall("`[^`]*`", english[0])), text
                # Messages quote fields and files; words of pages have no markup, and nor has what is said for them.
                assert set(re.findall(r"[<>&*_`\[\]\\]", text)) <= set("".join(english)), text

    def test_says_nothing_that_nobody_approved(self, file: Path) -> None:
        with file.open("rb") as stream:
            messages = read_po(stream, locale=file.parts[-3])
        if messages.last_translator == "machine":
            assert all(
                message.fuzzy or not message.string
                for message in messages
                if message.id and isinstance(message.id, str)
            )
            assert not file.with_name("goodpractice.mo").exists()


ENTRY = 'msgid ""\nmsgstr ""\n"Last-Translator: {}\\n"\n"Language: cy\\n"\n\n{}msgid "Search"\nmsgstr "Chwilio"\n'


def test_an_approval_needs_a_name() -> None:
    assert compile_words(ENTRY.format("A Reader", "")).gettext("Search") == "Chwilio"
    for nobody in ("machine", "", "FULL NAME <EMAIL@ADDRESS>"):
        text = ENTRY.format(nobody, "")
        assert compile_catalogue(text) is None
        assert compile_catalogue(text, unreviewed=True) is not None


def test_an_entry_that_waits_is_not_approved_whoever_approved_others() -> None:
    text = ENTRY.format("A Reader", "#, fuzzy\n") + '\nmsgid "Close"\nmsgstr "Cau"\n\nmsgid "Open"\nmsgstr ""\n'
    words = compile_words(text)
    assert [words.gettext(text) for text in ("Search", "Close", "Open")] == ["Search", "Cau", "Open"]


def test_what_is_remembered_of_one_language_says_nothing_of_another(small: Project) -> None:
    kb = dataclasses.replace(small.kb, languages={"en": ENGLISH, "cy": WELSH})
    theme = next(iter(kb.themes))
    assert " lang=" not in link_record(kb, "theme", theme)
    assert ' lang="en"' in link_record(kb.speak("cy"), "theme", theme)
    assert " lang=" not in link_record(kb, "theme", theme)


@pytest.mark.parametrize(("by", "on"), [(None, None), ("A Reader", None), (None, DAY)])
def test_half_an_approval_is_none(by: str | None, on: datetime.date | None) -> None:
    made = Translation(
        title="T", source_digest="0" * 16, translated_by="machine", translated_on=DAY, approved_by=by, approved_on=on
    )
    assert not made.is_approved
    assert made.model_copy(update={"approved_by": "A Reader", "approved_on": DAY}).is_approved


def test_a_draft_is_in_no_search(small: Project) -> None:
    page = next(page for page in plan_pages(small.kb) if page.kind == "chapter")
    assert make_record(page, (), small.kb) is not None
    assert make_record(dataclasses.replace(page, translation="draft"), (), small.kb) is None


def test_words_that_differ_with_a_number_and_what_is_not_said_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    words = compile_words(
        'msgid ""\nmsgstr ""\n"Last-Translator: A Reader\\n"\n"Language: cy\\n"\n'
        '"Plural-Forms: nplurals=3; plural=(n==0 ? 0 : n==1 ? 1 : 2);\\n"\n\n'
        '#: a.py b.html\n#, python-brace-format\nmsgid "{number} page"\nmsgid_plural "{number} pages"\n'
        'msgstr[0] "none"\nmsgstr[1] ""\n"one\\t"\n"\\"q\\""\nmsgstr[2] "many"\n\n#~ msgid "Old"\n#~ msgstr "Hen"\n'
    )
    speak_in(monkeypatch, words)
    assert [WELSH.choose("{number} page", "{number} pages", n) for n in range(4)] == [
        "none",
        'one\t"q"',
        "many",
        "many",
    ]
    assert WELSH.list_forms("{number} page", "{number} pages") == ("none", 'one\t"q"', "many")
    assert [WELSH.gettext(text) for text in ("Old", "")] == ["Old", ""]


def test_english_is_said_until_a_translation_is_approved() -> None:
    assert WELSH.gettext("Search") == "Search"
    assert WELSH.ngettext("{number} minute", "{number} minutes", 1) == "1 minute"
    assert WELSH.ngettext("{number} minute", "{number} minutes", 6) == "6 minutes"
    assert WELSH.english == ' lang="en"'
    assert ENGLISH.english == ""
    html = environment.render_component("tip", language=WELSH, text="Testun", title="")
    assert '<span class="gp-tip__label" data-searched="no" lang="en">Top tip</span>' in html


def test_what_is_approved_is_said(monkeypatch: pytest.MonkeyPatch, fresh: None) -> None:
    words = {"Top tip": "Awgrym da", "{number} minute": "{number} munud", "{number} minutes": "{number} o funudau"}
    speak_in(monkeypatch, approve(words))
    assert WELSH.gettext("Top tip") == "Awgrym da"
    assert WELSH.gettext("Search") == "Search"
    assert WELSH.ngettext("{number} minute", "{number} minutes", 6) == "6 o funudau"
    assert WELSH.english == ""
    html = environment.render_component("tip", language=WELSH, text="Testun", title="")
    assert '<span class="gp-tip__label" data-searched="no">Awgrym da</span>' in html
    assert "Top tip" in environment.render_component("tip", text="Text", title="")


def test_catalogues_are_part_of_what_a_build_looks_at() -> None:
    names = [name for name, _ in list_package()]
    assert "(goodpractice)/i18n/locale/cy/LC_MESSAGES/goodpractice.po" in names


def test_words_are_looked_up_when_a_template_is_compiled() -> None:
    loader = environment._environment(WELSH).loader
    assert loader is not None
    source, _, _ = loader.get_source(environment._environment(WELSH), "tip/template.html")
    assert '_("Top tip")' in source
    code = environment._environment(WELSH).compile(source, raw=True)
    assert "Top tip" in str(code)
    assert "resolve('_')" not in str(code)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("handbook/begin.cy.md", ("handbook/begin.md", "cy")),
        ("docs/a/b.pt-br.md", ("docs/a/b.md", "pt-br")),
        ("docs/release.notes.md", None),
        ("docs/v1.2.md", None),
        ("handbook/begin.md", None),
        ("handbook.cy/begin.md", None),
        (".cy.md", None),
    ],
)
def test_the_name_of_a_file_tells_its_language(path: str, expected: tuple[str, str] | None) -> None:
    assert split_translation(path) == expected


def test_names_that_we_know_are_those_of_the_speakers() -> None:
    for code, name in languages.KNOWN_NAMES.items():
        assert Locale(code).get_display_name(code) == name
