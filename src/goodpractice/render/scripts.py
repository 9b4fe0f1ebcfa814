"""The files that pages fetch by name: scripts, one custom element a file.

Scripts say their words as `_("…")`, and those that differ with a number as
`_n("one", "many")`. Both are replaced here by the words themselves, once for
each language of the site: a page loads no word that it does not say, and none
twice. Nothing of either is left for a browser to run.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from importlib.resources import files

from rjsmin import jsmin

from goodpractice.config.site_folders import WORKER
from goodpractice.i18n.languages import ENGLISH, Language
from goodpractice.i18n.stemming import find_algorithm

FOLDER = "assets/scripts"
#: English words that are no slips, whatever language the scripts speak.
WORDS = "assets/words"

#: Custom elements that only few pages hold, by the names of their scripts: a page loads those that it shows.
ELEMENTS = ("gp-photo", "gp-when", "gp-events", "gp-sheet", "gp-reflection")

_TEXT = r'"(?:[^"\\]|\\.)*"'
#: Each begins with what it looks for, which is found much faster than the edge of a word.
_SAID = re.compile(rf"_\((?<!\w_\()\s*({_TEXT})\s*\)")
_COUNTED = re.compile(rf"_n\((?<!\w_n\()\s*({_TEXT}),\s*({_TEXT}),?\s*\)")
#: In words.js: which of the texts is said for a number `n`.
_FORM = "+(n !== 1)"
_IMPORT = re.compile(r"^import .*;$", re.MULTILINE)
#: Rules of gettext that are JavaScript, too: arithmetic with `n`, and nothing else.
_RULE = re.compile(r"[n\d\s()<>=!&|?:%+*/-]+")


def script_folder(language: Language) -> str:
    """Folder in the site of the scripts that pages in a language load; the one in English while no word is approved.

    Those of another language stand beside it: addresses in scripts count the folders above them.
    """
    return FOLDER if language.words_code == ENGLISH.code else f"{FOLDER}-{language.words_code}"


def script_path(name: str, language: Language = ENGLISH) -> str:
    """Path in the site of a script, by the name of its file without `.js`."""
    return f"{script_folder(language)}/{name}.js"


def read_scripts(languages: Iterable[Language] = (ENGLISH,), *, keeps: bool = False) -> dict[str, str]:
    """Every script, in English and in each of these languages, and the English words that the search knows, by path.

    Args:
        languages: The languages of the site, its own first.
        keeps: Whether browsers keep copies of pages.
    """
    folder = files("goodpractice") / "scripts"
    words = {
        f"{WORDS}/{entry.name}": entry.read_text(encoding="utf-8")
        for entry in (files("goodpractice") / "words").iterdir()
    }
    found = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".js")), key=lambda entry: entry.name)
    languages = list(languages)
    texts = {entry.name: entry.read_text(encoding="utf-8") for entry in found}
    stemmers = _read_stemmers(languages)
    with_locale = {script_folder(language): language for language in languages} | {FOLDER: ENGLISH}
    scripts = dict(sorted(words.items()))
    for path, language in sorted(with_locale.items()):
        scripts |= {f"{path}/{name}": jsmin(speak(text, language)) for name, text in texts.items()}
        scripts |= {f"{path}/{name}": text for name, text in stemmers.items()}
    return scripts | {WORKER: read_worker(languages[0], keeps=keeps)}


def read_worker(language: Language, *, keeps: bool) -> str:
    """The service worker: one file, in the language of the site, which stands at the top of the site.

    A worker outlives the site that registered it. So there is always one: where nothing is kept, it deletes what an
    earlier one has kept, and itself.
    """
    folder = files("goodpractice") / "scripts"
    if not keeps:
        return str(jsmin((folder / "worker/ending.js").read_text(encoding="utf-8")))
    rules = (folder / "offline-rules.js").read_text(encoding="utf-8").replace("export ", "")
    worker = _IMPORT.sub("", (folder / "worker/service-worker.js").read_text(encoding="utf-8"))
    return str(jsmin(f"const LANGUAGE = {json.dumps(language.words_code)};\n{speak(rules + worker, language)}"))


def _read_stemmers(languages: Iterable[Language]) -> dict[str, str]:
    """The stemmers of these languages by name, as Snowball generates them for browsers, each as a module of its own."""
    folder = files("goodpractice") / "scripts/snowball"
    base, licence = ((folder / name).read_text(encoding="utf-8") for name in ("base-stemmer.js", "LICENCE.txt"))
    scripts = {"snowball-licence.txt": licence}
    for algorithm in sorted({find_algorithm(language.code) for language in (ENGLISH, *languages)} - {""}):
        own = (folder / f"{algorithm}-stemmer.js").read_text(encoding="utf-8")
        scripts[f"stemmer-{algorithm}.js"] = (
            f"// Snowball 3.0.1, BSD licence: see snowball-licence.txt.\nlet BaseStemmer;\n{base}\n{own}\n"
            f"const stemmer = new {algorithm.title()}Stemmer();\n"
            "export const stem = (word) => stemmer.stemWord(word);\n"
        )
    return scripts


def speak(script: str, language: Language) -> str:
    """A script with the words of a language in it."""

    def quote(value: object) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def say(found: re.Match[str]) -> str:
        return quote(language.gettext(json.loads(found[1])))

    def ngettext(found: re.Match[str]) -> str:
        return quote(language.list_forms(json.loads(found[1]), json.loads(found[2])))

    rule = language.plural_rule
    if _RULE.fullmatch(rule):
        script = script.replace(_FORM, f"+({rule})")
    return _SAID.sub(say, _COUNTED.sub(ngettext, script))
