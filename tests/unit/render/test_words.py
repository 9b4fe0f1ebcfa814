"""No page says a word of the generator that a catalogue does not know."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from goodpractice.config.project_folders import WRITTEN_FOLDERS
from goodpractice.content import Project
from goodpractice.formats.registry import FORMATS
from goodpractice.i18n import languages
from goodpractice.i18n.languages import Language
from goodpractice.kinds.registry import DOCUMENTED, RESULT_LABELS
from goodpractice.pages import plan_pages
from goodpractice.render import EDITORS_MACROS, bind_macros, macro_example, maps, render_page
from goodpractice.render.finder import make_finder_data
from goodpractice.search.facets import FILTERS, make_facets
from goodpractice.search.records import SearchRecord
from tests.helpers.brackets import bracket, speak
from tests.helpers.rendering import make_inputs, take_some
from tests.helpers.sites import need_share
from tests.helpers.spoken import MadeUp, speak_in

REPOSITORY = Path(__file__).parents[3]
PACKAGE = REPOSITORY / "src/goodpractice"
TEMPLATES = sorted(
    file for folder in (PACKAGE / "components", PACKAGE / "templates") for file in folder.rglob("*.html")
)
WHOLE = pytest.mark.thorough("every page of this repository is rendered, and not only a few of each kind")
#: Attributes that are read out or shown.
SPOKEN = ("aria-label", "alt", "title", "placeholder", "data-label", "content")
#: The page that shows lines of files, and explains fields in the words of their models.
IN_ENGLISH = "data"
#: What is the same in every language.
ANY_LANGUAGE = ("CC BY 4.0", "calendar.ics", "Google", "Apple", "Outlook", "Thunderbird")
NAMES = {found.name for found in FORMATS.values()}


class Spoken(HTMLParser):
    """Text of a page and of the attributes that are read out; lines of files are in no language."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.in_file = False
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        self.in_file |= tag == "pre"
        for name in SPOKEN:
            if (name != "content" or names.get("name") == "description") and names.get(name):
                self.said.append(str(names[name]))

    def handle_endtag(self, tag: str) -> None:
        self.in_file &= tag != "pre"

    def handle_data(self, data: str) -> None:
        if not self.in_file:
            self.said.append(data)


@pytest.fixture
def brackets(monkeypatch: pytest.MonkeyPatch) -> Language:
    speak_in(monkeypatch, MadeUp(bracket), "")
    # In brackets, and yet of a language without an approved word.
    monkeypatch.setattr(languages, "_has_words", lambda code: False)
    return Language("xx", "Brackets")


def plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text)).casefold()


def list_unmarked(said: str, known: str) -> Iterator[str]:
    """Pieces of a text that are neither in brackets nor what the community wrote."""
    for allowed in ANY_LANGUAGE:
        said = said.replace(allowed, "")
    # An address is in no language.
    said = re.sub(r"https?://\S+", "", said)
    for piece in re.split(r"⟦[^⟧]*⟧|[,;:.·()…/+]", said):
        if piece.strip() not in NAMES and re.search(r"[^\W\d_]{2}", piece) and f" {plain(piece)}" not in known:
            yield piece.strip()


def read_known(project: Project) -> str:
    """Everything that a community wrote in its records and stories, and the name of its site."""
    files = [*project.root.glob("case_studies/*.md"), *project.root.glob("data/*.yml")]
    files += [project.root / name for name in ("partners.yml", "mkdocs.yml")]
    files += [file for folder in WRITTEN_FOLDERS for file in (project.root / folder).glob("*.md")]
    return f" {plain(' '.join(file.read_text(encoding='utf-8') for file in files if file.is_file()))} "


@pytest.mark.parametrize("crowded", [False, True], ids=["few", "many"])
@pytest.mark.parametrize(
    ("name", "most"), [("small", 4), ("repository", 1), pytest.param("repository", 10_000, marks=WHOLE)]
)
def test_a_page_says_nothing_else_than_the_catalogue_and_the_community(
    name: str,
    most: int,
    crowded: bool,
    brackets: Language,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    project: Project = request.getfixturevalue(name)
    if crowded:
        monkeypatch.setattr(maps, "MOST_NAMED", 1)
        monkeypatch.setattr(maps, "MOST_IN_KEY", 3)
    kb = speak(project, brackets)
    known = read_known(project)
    pages = plan_pages(kb)
    inputs = dataclasses.replace(make_inputs(project), kb=kb, macros=bind_macros(kb))
    found: list[str] = []
    seen: set[str] = set()
    made = [page for page in pages if page.kind != "doc" and not page.language and page.id != IN_ENGLISH]
    for page in take_some([page for page in made if page.id == "map"] if crowded else made, most):
        said = {page.title, page.description, *Spoken(render_page(page, inputs).html).said} - seen
        found += [f"{page.url}: {piece}" for text in said for piece in list_unmarked(text, known)]
        seen |= said
    assert found == []


def test_the_files_of_the_search_and_the_finder_say_nothing_else(small: Project, brackets: Language) -> None:
    kb, known = speak(small, brackets), read_known(small)
    facets: dict[str, tuple[str, ...]] = {
        entry.id: (DOCUMENTED,) for entry in FILTERS if entry.id in ("staff_time", "money_holder")
    }
    records = [SearchRecord("/", kind, "Bus to space", "", (), facets=facets) for kind in RESULT_LABELS]
    said = [
        part["name"]
        for shown in make_facets(records, need_share(kb, 0))["filters"]
        for part in (shown, *shown["values"])
    ]
    said += [str(value) for chapter in make_finder_data(kb)["chapters"] for value in chapter[1:4]]
    assert len(said) > 15
    assert [piece for text in said for piece in list_unmarked(text, known)] == []


def list_bare(source: str) -> list[str]:
    """Words that stand in a template as they are, outside of `_("…")`."""
    bare = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", source, flags=re.DOTALL)
    said = Spoken(re.sub(r"<(script|style|svg)\b.*?</\1>", "", bare, flags=re.DOTALL)).said
    return [text.strip() for text in said if re.search(r"[^\W\d_]{2}", text)]


def test_bare_words_are_seen() -> None:
    source = '<p aria-label="Your situation">{{ _("Marked") }} Start again {# no #}<b>{% if x %}as "{{ x }}"</b>'
    assert list_bare(source) == ["Your situation", "Start again", 'as ""']


def test_no_template_has_bare_words() -> None:
    for file in TEMPLATES:
        source = file.read_text(encoding="utf-8")
        assert list_bare(source) == [], file
        # A text that is put together cannot be looked up in a catalogue.
        assert re.findall(r"\b_\((?!\")", source) == [], file


def test_the_link_beside_a_heading_names_it(small: Project, brackets: Language) -> None:
    kb = speak(small, brackets)
    inputs = dataclasses.replace(make_inputs(small), kb=kb, macros=bind_macros(kb))
    page = next(page for page in plan_pages(kb) if page.kind == "case_study")
    assert 'aria-label="⟦Link to the part ‘⟧What happened⟦’⟧" class="anchor"' in render_page(page, inputs).html


class Marked(HTMLParser):
    """Words of the generator that are not marked as English, where they are said in English."""

    VOID = ("br", "hr", "img", "input", "link", "meta", "path", "rect", "circle", "line", "use")

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str | None] = []
        self.unmarked: list[str] = []
        self.feed(source)
        self.close()

    def note(self, text: str, marks: list[str | None]) -> None:
        if "⟦" in text and next((mark for mark in reversed(marks) if mark), "") != "en":
            self.unmarked.append(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        for name, value in names.items():
            # The style sheet prints it inside of a cell, whose language is that of its text.
            if name != "data-label":
                self.note(value or "", [*self.open, names.get("lang")])
        if tag not in self.VOID:
            self.open.append(names.get("lang"))

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.note(data, self.open)


@pytest.mark.parametrize("name", [name for name in EDITORS_MACROS if name != "tokens"])
def test_on_a_translated_page_words_that_nobody_approved_are_marked_as_english(
    name: str, full: Project, brackets: Language
) -> None:
    assert brackets.english == ' lang="en"'
    own = full.kb.own_language
    kb = dataclasses.replace(full.kb, languages={own.code: own, "xx": brackets}).speak("xx")
    example = macro_example(name, kb).strip("{} ")
    html = eval(example, {name: bind_macros(kb)[name]})
    assert Marked(html).unmarked == []


def test_words_that_are_not_marked_are_seen() -> None:
    source = '<p lang="en">⟦a⟧ <b lang="cy">⟦b⟧</b><br>⟦c⟧</p><p aria-label="⟦d⟧">e</p>'
    assert Marked(source).unmarked == ["⟦b⟧", "⟦d⟧"]
