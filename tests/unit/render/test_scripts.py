"""Scripts: one custom element a file, loaded by the pages that say so."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from rjsmin import jsmin

from goodpractice.config.site_folders import WORKER
from goodpractice.content import Project
from goodpractice.i18n.languages import ENGLISH, Language
from goodpractice.pages import plan_pages
from goodpractice.render.scripts import FOLDER, WORDS, read_scripts, script_folder, script_path, speak
from tests.helpers.spoken import compile_words, read_texts, speak_in

SCRIPTS = sorted(Path(str(files("goodpractice") / "scripts")).glob("**/*.js"))
SCRIPTS = [file for file in SCRIPTS if file.parent.name != "snowball"]
TEXT = r'"(?:[^"\\]|\\.)*"'
#: Names of keys and of properties.
NO_WORDS = {"Escape", "ArrowDown", "ArrowUp", "noModule", "QuotaExceededError", "AbortError"}
#: Headings that tellers write in their stories, by which the comparison finds the parts.
HEADINGS = {"What we learned", "What the sources report", "What did not work"}


def test_every_script_that_a_page_names_is_there(repository: Project) -> None:
    named = {name for page in plan_pages(repository.kb) for name in page.scripts}
    assert "gp-map" in named
    assert {script_path(name) for name in named} <= set(read_scripts())


def test_the_words_that_are_no_slips_come_with_their_licence_and_are_small() -> None:
    """Written as licence.txt says: what a line shares with the one before it, and the rest."""
    lists = {path.removeprefix(f"{WORDS}/"): text for path, text in read_scripts().items() if path.startswith(WORDS)}
    assert "Copyright 2000-2011 by Kevin Atkinson" in lists.pop("licence.txt")
    words: set[str] = set()
    for text in lists.values():
        word = ""
        for line in text.splitlines():
            word = word[: int(line[0], 16)] + line[1:]
            words.add(word)
        assert len(gzip.compress(text.encode())) < 11_000
    assert set(lists) == {f"{letter}.txt" for letter in "abcdefghijklmnopqrstuvwxyz"}
    assert {"nice", "scare", "clash", "flee", "cant", "didnt", "carer", "pay"} <= words
    assert not {"comuniti", "famli", "musuem", "parnership"} & words


def test_scripts_define_an_element_and_load_nothing_else() -> None:
    for path, text in read_scripts().items():
        name = path.rsplit("/", 1)[-1].removesuffix(".js")
        if path.startswith(WORDS):
            continue
        if name.startswith("gp-"):
            assert f'customElements.define("{name}"' in text
        assert not re.search(r"https?://|innerHTML|\beval\(", text)


def test_comments_stay_at_home_and_texts_are_sent_as_they_are() -> None:
    script = """// What it is for
const A = "// not  a comment"; // Here.
  call(`https://x
    ${A}  !`, /a  b/);
"""
    assert jsmin(script) == 'const A="// not  a comment";call(`https://x\n    ${A}  !`,/a  b/);'
    for path, text in read_scripts().items():
        assert "\n//" not in text, path


def list_bare(script: str) -> Iterator[str]:
    """Texts of a script that look like words for readers and stand outside of `_("…")`."""
    script = re.sub(r"^\s*(?://|/?\*).*$", "", script, flags=re.MULTILINE)
    script = re.sub(rf"\b_n?\(\s*{TEXT}(?:,\s*{TEXT})?\s*\)", "", script)
    script = re.sub(r"(?:new Error|console\.\w+)\(.*", "", script)
    for text in re.findall(rf"{TEXT}|`[^`]*`", script):
        said = re.sub(r"\$\{[^}]*\}", "", text[1:-1])
        if said in NO_WORDS | HEADINGS or re.search(r"gp-|[\[\]=#>]|^[./]", said):
            continue
        if re.search(r"[A-Z][a-z]+(?![\w-])|[a-z]{2,} [a-z]{2,}", said):
            yield text


def test_bare_words_of_a_script_are_seen() -> None:
    script = """// A comment "With words"
say(_("Marked"), _n("{number} marked", "{number} marks"), "Close", `All ${n} results`, "gp-a gp-b", "keydown");
throw new Error("A sentence for developers");
"""
    assert list(list_bare(script)) == ['"Close"', "`All ${n} results`"]


def test_no_script_has_bare_words() -> None:
    for file in SCRIPTS:
        script = file.read_text(encoding="utf-8")
        # Lists of words and endings by which the search takes texts apart.
        script = re.sub(r'const STOP = .*?;\n|"(?:[a-z]+ ){8,}(?:[a-z]+)?"', "", script, flags=re.DOTALL)
        assert list(list_bare(script)) == [], file


def test_every_word_of_a_script_is_in_the_catalogue_and_none_is_left_to_run() -> None:
    known = read_texts()
    code = {file.name: jsmin(file.read_text(encoding="utf-8")) for file in SCRIPTS}
    said = {json.loads(text) for script in code.values() for text in re.findall(rf"\b_n?\(\s*({TEXT})", script)}
    assert len(said) > 80
    assert said - known == set()
    for path, script in read_scripts().items():
        assert re.search(r"\b_n?\(", script) is None, path


WELSH_RULE = "(n==0) ? 0 : (n==1) ? 1 : (n==2) ? 2 : (n==3) ? 3 :(n==6) ? 4 : 5"


@pytest.fixture
def welsh(monkeypatch: pytest.MonkeyPatch) -> Language:
    text = (
        f'msgid ""\nmsgstr ""\n"Last-Translator: A Reader\\n"\n"Language: cy\\n"\n'
        f'"Plural-Forms: nplurals=6; plural={WELSH_RULE};\\n"\n\n'
        'msgid "Close"\nmsgstr "Cau \\"x\\""\n\nmsgid "{number} result"\nmsgid_plural "{number} results"\n'
        + "\n".join(f'msgstr[{at}] "{{number}} c{at}"' for at in range(6))
        + "\n"
    )
    speak_in(monkeypatch, compile_words(text))
    return Language("cy", "Cymraeg")


def test_a_script_speaks_the_language_of_its_pages(welsh: Language) -> None:
    script = """a(_("Close"), _("Search"), _n("{number} result", "{number} results"));
b(_n("{number} tip", "{number} tips"));
const form = (n) => +(n !== 1);
"""
    assert speak(script, welsh) == (
        'a("Cau \\"x\\"", "Search", '
        '["{number} c0","{number} c1","{number} c2","{number} c3","{number} c4","{number} c5"]);\nb('
        # English, where one text is missing, says `tip` for one only, whatever the rule counts.
        '["{number} tips","{number} tip","{number} tips","{number} tips","{number} tips","{number} tips"]);\n'
        f"const form = (n) => +({WELSH_RULE});\n"
    )
    assert speak(script, ENGLISH).startswith('a("Close", "Search", ["{number} result","{number} results"]')


def test_scripts_of_a_language_stand_beside_the_others_once_a_word_is_approved(welsh: Language) -> None:
    arabic = Language("ar", "العربية", "rtl")
    assert script_folder(welsh) == "assets/scripts-cy"
    assert script_folder(arabic) == script_folder(ENGLISH) == FOLDER
    scripts = read_scripts((ENGLISH, welsh, arabic))
    assert {path.rsplit("/", 1)[0] for path in scripts if path.endswith(".js") and path != WORKER} == {
        FOLDER,
        "assets/scripts-cy",
    }
    assert '"Cau \\"x\\""' in scripts["assets/scripts-cy/search-window.js"]
    assert '"Close"' in scripts[f"{FOLDER}/search-window.js"]


def test_numbers_in_words_follow_the_rule_of_the_language(welsh: Language) -> None:
    assert [welsh.ngettext("{number} result", "{number} results", n) for n in (0, 1, 2, 7)] == [
        *("0 c0", "1 c1", "2 c2", "7 c5")
    ]
    assert [welsh.ngettext("{number} tip", "{number} tips", n) for n in (0, 1, 2)] == ["0 tips", "1 tip", "2 tips"]
