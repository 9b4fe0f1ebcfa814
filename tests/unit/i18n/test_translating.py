from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from goodpractice.cli import main
from goodpractice.content import load_project
from goodpractice.content.translations import collect_sources, list_other_languages
from goodpractice.i18n.translating import TranslationError, list_standings, renew_translation, start_translation

DAY = datetime.date(2026, 3, 31)


@pytest.fixture
def welsh(project_copy: Path) -> Path:
    config = project_copy / "mkdocs.yml"
    languages = "extra: {goodpractice: {languages: {cy: {name: Cymraeg}}}}\n"
    config.write_text(languages + config.read_text(encoding="utf-8"), encoding="utf-8")
    return project_copy


def states(root: Path) -> dict[str, str]:
    kb, diagnostics = load_project(root)
    assert diagnostics == []
    return {
        standing.path: standing.state
        for standing in list_standings(collect_sources(kb), list_other_languages(kb), kb.translations.raw)
    }


def test_from_the_first_draft_to_approval_and_back(welsh: Path) -> None:
    def run(*words: str) -> str:
        result = CliRunner().invoke(main, ["translation", *words, "-C", str(welsh)])
        assert result.exit_code == 0, result.output
        return result.output

    file = welsh / "handbook/begin.cy.md"
    assert states(welsh)["handbook/begin.cy.md"] == "missing"
    assert "handbook/begin.cy.md" not in run("status")
    assert "goodpractice translation start handbook/begin.md cy" in run("status", "--missing")
    assert "begin.cy.md" in run("start", "handbook/begin.md", "cy", "--by", "A Translator")
    assert states(welsh)["handbook/begin.cy.md"] == "draft"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("translated_by", "approved_by: A Reader\napproved_on: 2026-01-01\ntranslated_by"))
    assert states(welsh)["handbook/begin.cy.md"] == "approved"
    source = welsh / "handbook/begin.md"
    source.write_text(source.read_text(encoding="utf-8").replace("owner: editors", "owner: somebody"))
    assert states(welsh)["handbook/begin.cy.md"] == "approved"
    source.write_text(source.read_text(encoding="utf-8") + "\nOne sentence more.\n")
    assert states(welsh)["handbook/begin.cy.md"] == "older"
    assert "handbook/begin.md has changed since; readers are told" in run("status")
    run("renew", "handbook/begin.cy.md")
    # Somebody has to approve the new text, too.
    assert states(welsh)["handbook/begin.cy.md"] == "draft"
    assert file.read_text(encoding="utf-8").count("approved_") == 0


def test_an_existing_translation_is_never_touched(welsh: Path) -> None:
    file = welsh / "handbook/begin.cy.md"
    file.write_text("mine")
    command = ["translation", "start", "handbook/begin.md", "cy", "--by", "me", "-C", str(welsh)]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 1
    assert "exists already" in result.output
    assert file.read_text() == "mine"


@pytest.mark.parametrize(
    ("path", "code", "said"),
    [
        ("handbook/nothing.md", "cy", "is not a chapter or a page"),
        ("case_studies/supper.md", "cy", "is not a chapter or a page"),
        ("handbook/begin.md", "fr", "names no language `fr`"),
        ("handbook/begin.md", "en", "names no language `en`"),
    ],
)
def test_what_cannot_be_translated_is_named(welsh: Path, path: str, code: str, said: str) -> None:
    kb, _ = load_project(welsh)
    with pytest.raises(TranslationError, match=said):
        start_translation(collect_sources(kb), list_other_languages(kb), path, code, "me", DAY)


def test_facts_of_any_page_can_be_read_again(welsh: Path) -> None:
    page = welsh / "docs/index.md"
    page.write_text('---\ntitle: "A: \\"b\\" # c"\ndescription: "- d"\n---\nText.\n\n---\nsource_digest: no fact\n')
    kb, _ = load_project(welsh)
    path, text = start_translation(collect_sources(kb), list_other_languages(kb), "docs/index.md", "cy", "[x]: y", DAY)
    (welsh / path).write_text(text, encoding="utf-8")
    kb, diagnostics = load_project(welsh)
    assert diagnostics == []
    made = kb.translations["docs/index.cy"]
    assert (made.title, made.summary, made.translated_by) == ('A: "b" # c', "- d", "[x]: y")
    renewed = renew_translation(collect_sources(kb), path, text)
    assert renewed == text


def test_only_a_translation_can_be_renewed(welsh: Path) -> None:
    kb, _ = load_project(welsh)
    for path in ("handbook/begin.md", "handbook/nothing.cy.md", "README.md"):
        with pytest.raises(TranslationError):
            renew_translation(collect_sources(kb), path, 'source_digest: "0"\n')
