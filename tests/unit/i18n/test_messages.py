from __future__ import annotations

import ast
import copy
import pickle
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import goodpractice
from goodpractice.diagnostics import reports
from goodpractice.diagnostics.rules import UNKNOWN_REFERENCE, Diagnostic, load_rules
from goodpractice.i18n.languages import ENGLISH, Language, find_language
from goodpractice.i18n.messages import LazyString, join_lazy, ngettext_lazy, quote_error
from goodpractice.i18n.messages import gettext_lazy as _
from tests.helpers.spoken import compile_words, read_texts, speak_in
from tests.helpers.syntax import list_nodes

PACKAGE = Path(goodpractice.__file__).parent
CATALOGUE = """\
msgid ""
msgstr ""
"Last-Translator: A Reader\\n"
"Language: cy\\n"
"Plural-Forms: nplurals=3; plural=(n==1) ? 0 : (n==2) ? 1 : 2;\\n"

msgid "`{name}` needs {kind}"
msgstr "mae angen {kind} ar `{name}`"

msgid "a text"
msgstr "testun"

msgid "Add it to {file}."
msgstr "Ychwanegwch at {file}."

msgid "hint:"
msgstr "awgrym:"

msgid "An id does not exist"
msgstr "Nid yw'r id yn bod"

msgid "line {number}"
msgstr "llinell {number}"

msgid "{problems} in {files}"
msgstr "{problems} mewn {files}"

msgid "{number} problem"
msgid_plural "{number} problems"
msgstr[0] "{number} broblem"
msgstr[1] "{number} broblem arall"
msgstr[2] "{number} o broblemau"
"""


@pytest.fixture
def welsh(monkeypatch: pytest.MonkeyPatch) -> Language:
    speak_in(monkeypatch, compile_words(CATALOGUE))
    return Language("cy", "Cymraeg")


ISSUE = Diagnostic(
    "a.yml",
    3,
    1,
    UNKNOWN_REFERENCE,
    _("`{name}` needs {kind}", name="{kind}", kind=_("a text")),
    _("Add it to {file}.", file="partners.yml"),
)


def test_a_message_is_english_text() -> None:
    message = _("`{name}` needs {kind}", name="{kind}", kind=_("a text"))
    assert message == "`{kind}` needs a text"
    assert sorted(["z", message]) == [message, "z"]
    assert [ngettext_lazy("{number} file", "{number} files", n) for n in (0, 1, 2)] == ["0 files", "1 file", "2 files"]
    with pytest.raises(KeyError):
        _("no {value}")


def test_braces_that_name_nothing_are_text() -> None:
    assert _("write {{ name(...) }} or {% raw %}, `{x: 1}`") == "write {{ name(...) }} or {% raw %}, `{x: 1}`"


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda text: pickle.loads(pickle.dumps(text))])
def test_a_copy_knows_what_it_was_made_from(again: object, welsh: Language) -> None:
    made = again(ISSUE.message)  # type: ignore[operator]
    assert isinstance(made, LazyString)
    assert welsh.translate(made) == "mae angen testun ar `{kind}`"


def test_a_message_is_told_in_the_language_of_a_reader(welsh: Language) -> None:
    assert ENGLISH.translate(ISSUE.message) == ISSUE.message
    assert welsh.translate(ISSUE.message) == "mae angen testun ar `{kind}`"
    assert welsh.translate(_("nobody translated {what}", what=_("a text"))) == "nobody translated testun"
    assert welsh.translate("made by hand") == "made by hand"
    told = [welsh.translate(ngettext_lazy("{number} problem", "{number} problems", n)) for n in (1, 2, 3)]
    assert told == ["1 broblem", "2 broblem arall", "3 o broblemau"]
    assert welsh.translate(reports.count_problems([ISSUE] * 3)) == "3 o broblemau mewn 1 file"


def test_an_error_keeps_its_words(welsh: Language) -> None:
    error = ValueError(_("`{name}` needs {kind}", name="a", kind=_("a text")))
    told = _("line {number}", number=quote_error(error))
    assert (told, welsh.translate(told)) == ("line `a` needs a text", "llinell mae angen testun ar `a`")
    assert welsh.translate(quote_error(pickle.loads(pickle.dumps(error)))) == "mae angen testun ar `a`"
    assert [quote_error(other) for other in (OSError(2, "no"), KeyError("x"), ValueError())] == [
        "[Errno 2] no",
        "'x'",
        "",
    ]


def test_every_part_of_a_list_is_told(welsh: Language) -> None:
    made = _("line {number}", number=join_lazy([_("a text"), "b", _("a text")]))
    assert (made, welsh.translate(made)) == ("line a text, b, a text", "llinell testun, b, testun")


def test_every_form_of_report_speaks_it(welsh: Language) -> None:
    message, hint = "mae angen testun ar `{kind}`", "Ychwanegwch at partners.yml."
    assert reports.format_text([ISSUE], welsh) == f"a.yml:3:1: GP301 {message}\n  awgrym: {hint}"
    assert reports.format_github([ISSUE], welsh).endswith(f"title=GP301%3A Nid yw'r id yn bod::{message}%0A{hint}")
    assert f'"message": "{message}",\n    "hint": "{hint}"' in reports.format_json([ISSUE], welsh)
    assert "| a&#46;yml, llinell 3 | mae angen testun ar" in reports.format_summary([ISSUE], language=welsh)


def test_every_rule_has_a_name_in_the_catalogue() -> None:
    assert {code.title for code in load_rules().values()} - read_texts() == set()


@pytest.mark.parametrize(
    ("environment", "code"),
    [
        ({}, "en"),
        ({"LANG": "cy_GB.UTF-8"}, "cy"),
        ({"LANG": "cy_GB.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LANGUAGE": "br:cy:en"}, "cy"),
        ({"LANGUAGE": "br:en:cy"}, "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "cy"}, "cy"),
        ({"LANG": "cy", "LANGUAGE": "xx"}, "en"),
        ({"LANGUAGE": "../../cy:cy@valencia"}, "cy"),
    ],
)
def test_the_language_is_found_where_gettext_looks_for_it(
    environment: dict[str, str], code: str, welsh: Language
) -> None:
    assert find_language(environment).code == code


def test_a_language_that_nobody_approved_is_not_spoken() -> None:
    assert find_language({"LANG": "cy_GB.UTF-8"}) == ENGLISH


#: What is told to a person where it is raised, printed or asked.
TOLD = ("note", "fail", "prompt", "_ask", "_say", "say_days")
#: Modules whose `ValueError` reaches a person, and those whose errors none sees: the records explain them in full.
VALUES, UNSEEN = ("limits.py", "settings.py", "languages.py"), "kinds"


def list_bare(source: str, file: Path, own: frozenset[str] = frozenset()) -> list[int]:
    """Lines that tell a person words which no catalogue can hold: a text as it is, or one with values in it."""
    bare = []
    for node in list_nodes(source):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        told = name in TOLD and file.parent.name in ("adapters", "cli")
        if not (told or name in own or (name == "ValueError" and file.name in VALUES)):
            continue
        if any(re.search(r"[A-Za-z]{3}", text) for text in list_texts(node.args[0])):
            bare.append(node.lineno)
    return bare


def list_texts(node: ast.AST) -> Iterator[str]:
    """Texts that an expression is made of, besides those that a call makes something else of."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif not isinstance(node, ast.Call):
        for part in ast.iter_child_nodes(node):
            yield from list_texts(part)


def test_bare_words_are_seen() -> None:
    source = """
note("Some words"); note(said("Some words")); note(f"{seconds:.2f} ms"); fail(f"there is no {name}")
raise BuildError("it stopped" if x else y)
raise BuildError(str(error) or "it stopped")
raise BuildError(f"{what} stopped") from error
raise KeyError("the macro has no example")
"""
    assert list_bare(source, Path("cli/x.py"), frozenset({"BuildError"})) == [2, 2, 3, 4, 5]


def test_whatever_is_told_to_a_person_keeps_its_words() -> None:
    files = {file: file.read_text(encoding="utf-8") for file in PACKAGE.rglob("*.py")}
    own = frozenset(
        name for source in files.values() for name in re.findall(r"^class (\w+Error)\b", source, re.MULTILINE)
    )
    assert len(own) > 8
    bare = [
        f"{file.name}:{line}"
        for file, source in files.items()
        if UNSEEN not in file.relative_to(PACKAGE).parts
        for line in list_bare(source, file, own)
    ]
    assert bare == []


def test_words_that_differ_with_a_number_stand_where_they_are_said() -> None:
    # The catalogues are made from these places: what comes there through a variable is in none of them.
    hidden = []
    for file in PACKAGE.rglob("*.py"):
        for node in list_nodes(file.read_text(encoding="utf-8")):
            name = getattr(node.func, "attr", getattr(node.func, "id", "")) if isinstance(node, ast.Call) else ""
            if name not in ("ngettext", "ngettext_lazy") or file.name == "languages.py":
                continue
            assert isinstance(node, ast.Call)
            if not all(isinstance(argument, ast.Constant) for argument in node.args[:2]):
                hidden.append(f"{file.name}:{node.lineno}")
    assert hidden == []
