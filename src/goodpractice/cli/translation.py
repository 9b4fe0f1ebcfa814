"""`goodpractice translation`."""

from __future__ import annotations

from pathlib import Path

import click

from goodpractice.cli.terminal import (
    PROBLEMS,
    fail,
    find_language,
    note,
    project_option,
    require_project,
    shorten,
    show,
)
from goodpractice.config import clock
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.i18n.messages import quote_error

#: What is said of a translation, by its state.
_STATES = {
    "missing": _("missing"),
    "draft": _("draft"),
    "older": _("older"),
    "approved": _("approved"),
}


@click.group(short_help="Start translations, and see which wait.")
def translation() -> None:
    """Start translations of chapters and pages, and see which wait for somebody.

    \b
    Examples:
      goodpractice translation status
      goodpractice translation start handbook/superpowers.md cy --by "Name of the translator"
    """


@translation.command(short_help="Write a new file, to be translated.")
@click.argument("page")
@click.argument("language")
@click.option("--by", required=True, metavar="NAME", help="Who translates; `machine` when a program does.")
@project_option
def start(page: str, language: str, by: str, project: Path) -> None:
    """Write a new file with the text of PAGE, to be translated into LANGUAGE. An existing file is never touched.

    \b
    Example:
      goodpractice translation start handbook/superpowers.md cy --by "Name of the translator"
    """
    require_project(project)
    from goodpractice.content import load_project
    from goodpractice.content.translations import collect_sources, list_other_languages
    from goodpractice.i18n.translating import TranslationError, start_translation, write_translation

    kb, __ = load_project(project)
    today = clock.today()
    try:
        path, text = start_translation(collect_sources(kb), list_other_languages(kb), page, language, by, today)
    except TranslationError as error:
        fail(_("{error}.", error=quote_error(error)))
    try:
        write_translation(project, path, text)
    except FileExistsError:
        fail(_("{file} exists already. Edit that file.", file=shorten(project / path)), code=PROBLEMS)
    show(shorten(project / path))
    note(
        _(
            "Translate everything below the facts, the title and the summary. "
            "It stays a draft until somebody approves it."
        )
    )


@translation.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@project_option
def renew(file: Path, project: Path) -> None:
    """Note in FILE that it says what its page says now. It is a draft again, until somebody approves it.

    \b
    Example:
      goodpractice translation renew handbook/superpowers.cy.md
    """
    require_project(project)
    from goodpractice.content import load_project
    from goodpractice.content.translations import collect_sources
    from goodpractice.i18n.translating import TranslationError, renew_translation

    kb, __ = load_project(project)
    target = project / file
    if not target.is_file():
        fail(
            _(
                "{file} is not there. See which translations there are with: goodpractice translation status",
                file=shorten(target),
            )
        )
    try:
        text = target.read_text(encoding="utf-8")
        renewed = renew_translation(collect_sources(kb), file.as_posix(), text)
        target.write_text(renewed, encoding="utf-8", newline="\n")
    except TranslationError as error:
        fail(_("{error}.", error=quote_error(error)))
    except UnicodeDecodeError:
        fail(_("{file} is not saved as UTF-8. Save it again and choose the encoding UTF-8.", file=shorten(target)))
    show(shorten(target))


@translation.command(short_help="List the translations, and how they stand.")
@click.option("--missing", is_flag=True, help="Also list the pages that nobody has translated.")
@project_option
def status(missing: bool, project: Path) -> None:
    """List the translations: approved, drafts, and those that are older than their page. The exit code is 0.

    \b
    Example:
      goodpractice translation status --missing
    """
    require_project(project)
    from goodpractice.content import load_project
    from goodpractice.content.translations import collect_sources, list_other_languages
    from goodpractice.i18n.translating import list_standings

    kb, __ = load_project(project)
    standings = list(list_standings(collect_sources(kb), list_other_languages(kb), kb.translations.raw))
    language = find_language()
    for standing in standings:
        if missing or standing.state != "missing":
            state = language.translate(_STATES[standing.state])
            show(f"{state:<8}  {standing.path}  {language.translate(standing.note)}")
    untold = sum(standing.state == "missing" for standing in standings)
    if untold and not missing:
        note(_("Not translated: {untold}. List them with --missing.", untold=untold))
    if not standings:
        note(_("mkdocs.yml names no language besides that of the site."))
