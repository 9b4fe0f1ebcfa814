"""`goodpractice photo add`, `goodpractice photo check` and `goodpractice consent`."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from goodpractice.cli.terminal import (
    OK,
    PROBLEMS,
    explain_setup,
    fail,
    find_language,
    note,
    print_diagnostics,
    project_option,
    require_project,
    say_days,
    show,
)
from goodpractice.config import clock
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.i18n.messages import join_lazy

if TYPE_CHECKING:
    from goodpractice.config.limits import Limits
    from goodpractice.diagnostics.rules import Diagnostic

_PEOPLE = ("nobody", "adults", "children")
_DATE = click.DateTime(["%Y-%m-%d"])


@click.group(short_help="Add photos to case studies, and check them.")
def photo() -> None:
    """Add photos without what they must not tell, and check them.

    \b
    Example:
      goodpractice photo add ~/tent.jpg --case-study supper-and-science
    """


@photo.command("add", short_help="Write clean copies of FILE... to a case study.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("--case-study", "case_id", required=True, metavar="ID", help="Name of its file, without `.md`.")
@click.option("--alt", metavar="TEXT", help="What somebody who cannot see the photo needs to know.")
@click.option("--decorative", is_flag=True, help="The photo tells nothing that the story does not.")
@click.option("--caption", metavar="TEXT", help="What stands below the photo.")
@click.option("--credit", metavar="TEXT", help="Who made it, if they want to be named, and its licence.")
@click.option("--lead", is_flag=True, help="Show the first photo above the facts.")
@click.option("--people", type=click.Choice(_PEOPLE), help="Who may be seen.")
@click.option("--consent-given-on", type=_DATE, metavar="DATE", help="The day of their yes, as 2026-03-31.")
@click.option("--kept-by", metavar="ORGANISATION", help="Who keeps the forms: an id of partners.yml, or a name.")
@click.option("--scope", multiple=True, metavar="WHERE", help="website, print, social media or press; give it again.")
@click.option("--expires-on", type=_DATE, metavar="DATE", help="The last day on which the photo may be shown.")
@click.option("--form", metavar="TEXT", help="How the organisation finds the form, for example `Form 12`; no name.")
@project_option
def add(files: tuple[Path, ...], case_id: str, project: Path, **options: Any) -> None:
    """Write clean copies of FILE... to a case study, with alt text and consent.

    The copy is encoded anew: upright, no larger than needed, and with nothing
    but the picture in it. Photos of telephones (HEIC, HEIF, AVIF) become JPEG.
    The original is never changed. On a terminal, what is missing is asked for.
    Nothing is written while there is a problem.

    \b
    Example:
      goodpractice photo add ~/tent.jpg --case-study supper-and-science \\
        --alt "A tent in a park, open on all sides" --people nobody
    """
    require_project(project)
    from goodpractice.contribute.photos import PhotoRequest, find_known, name_copy, plan_addition, write_addition
    from goodpractice.diagnostics import reports

    known = find_known(project, case_id)
    asking = sys.stdin.isatty() and sys.stderr.isatty()
    if options["alt"] and len(files) > 1:
        fail(_("--alt describes one photo. Add the photos one by one, or leave it out and answer on the terminal."))
    requests = []
    for number, file in enumerate(files):
        name = name_copy(file)
        described = {} if name in known[0] else _describe(file, options, number, asking)
        consent = {} if name in known[1] else _agree(file, options, asking)
        requests.append(PhotoRequest(file, described, consent))
    planned = plan_addition(project, case_id, requests, _read_limits(project), _today())
    if planned.diagnostics:
        found = sorted(set(planned.diagnostics))
        show(reports.format_text(found, find_language()))
        note(_("Found {problems}. Nothing was written.", problems=reports.count_problems(found)))
        sys.exit(PROBLEMS)
    for path in write_addition(project, planned):
        show(path)
    for source, removed in planned.removed.items():
        if removed:
            note(
                _(
                    "{name}: the copy no longer carries {removed}. The original still does.",
                    name=source.name,
                    removed=join_lazy(removed),
                )
            )
    note(_("Look at the copies before you push: a pushed photo is public, and stays in the history."))


def _describe(file: Path, options: dict[str, Any], number: int, asking: bool) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if options["decorative"]:
        values["decorative"] = True
        if options["alt"]:
            values["alt"] = options["alt"]
    elif options["alt"]:
        values["alt"] = options["alt"]
    elif asking:
        answer = _ask(
            _(
                "{file}: what does somebody who cannot see it need to know? (empty: nothing, it is decorative)",
                file=file.name,
            )
        )
        values |= {"alt": answer} if answer else {"decorative": True}
    for name in ("caption", "credit"):
        if options[name]:
            values[name] = options[name]
    if options["lead"] and number == 0:
        values["placement"] = "lead"
    return values


def _agree(file: Path, options: dict[str, Any], asking: bool) -> dict[str, Any]:
    values: dict[str, Any] = {}
    people = options["people"]
    if people is None and asking:
        question = _("{file}: who may be seen", file=file.name)
        people = click.prompt(find_language().translate(question), type=click.Choice(_PEOPLE), err=True)
    if people is not None:
        values["people"] = people
    seen = people in ("adults", "children")
    given = options["consent_given_on"]
    if given is None and seen and asking:
        question = _("The day on which they (or the parents) said yes, as 2026-03-31")
        given = click.prompt(find_language().translate(question), type=_DATE, err=True)
    if given is not None:
        values["consent_given_on"] = given.date()
    kept_by = options["kept_by"] or (_ask(_("Which organisation keeps the forms?")) if seen and asking else "")
    if kept_by:
        values["kept_by"] = kept_by
    scope = list(options["scope"])
    if not scope and seen and asking:
        agreed = _ask(_("Agreed to (website, print, social media, press)"))
        scope = [part.strip() for part in agreed.split(",")]
    if scope:
        values["scope"] = [part for part in scope if part]
    expires = options["expires_on"]
    if expires is None and seen and asking:
        answer = _ask(_("The last day, as 2026-03-31 (empty: none)"))
        expires = _DATE.convert(answer, None, None) if answer else None
    if expires is not None:
        values["expires_on"] = expires.date()
    form = options["form"] or (
        _ask(_("How do they find the form? A number, no name (may be empty)")) if seen and asking else ""
    )
    if form:
        values["form"] = form
    return values


def _ask(question: str) -> str:
    answer: str = click.prompt(find_language().translate(question), default="", show_default=False, err=True)
    return answer.strip()


@photo.command("check")
@click.argument("files", nargs=-1, metavar="FILE...", type=click.Path(path_type=Path))
@project_option
def check_files(files: tuple[Path, ...], project: Path) -> None:
    """Check pictures before they are committed: size, type, private data.

    FILE... are paths in the project; pictures anywhere in it are checked, and
    other files are passed over. This is what the pre-commit hook runs. Alt text
    and consent are checked by `goodpractice check`.

    \b
    Example:
      goodpractice photo check case_studies/supper-and-science/tent.jpg
    """
    require_project(project)
    from goodpractice.checks.photos import check_file
    from goodpractice.config.project_folders import CASE_STUDIES
    from goodpractice.content.project_files import PICTURE_TYPES

    limits = _read_limits(project)
    found: list[Diagnostic] = []
    if not files:
        note(_("No picture is named: nothing was checked. `goodpractice check` looks at all of them."))
    for file in files:
        if not (project / file).is_file() and file.suffix.lower().removeprefix(".") not in PICTURE_TYPES:
            fail(_("{file} is no file. Name pictures, or let `goodpractice check` look at all of them.", file=file))
        ending = file.suffix.lower().removeprefix(".")
        if ending in PICTURE_TYPES and (ending != "svg" or file.parts[:1] == (CASE_STUDIES,)):
            found += check_file(project, file.as_posix(), limits)
    print_diagnostics(found)
    sys.exit(PROBLEMS if found else OK)


@photo.command("digest")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("--write", is_flag=True, help="Add the line to the entry in consent.yml, where it has none.")
@project_option
def digest(files: tuple[Path, ...], write: bool, project: Path) -> None:
    """Say which picture an entry in consent.yml speaks of.

    Prints the line `digest: ...` for each of FILE..., paths in the project. A
    photo is shown only while its file has the digest that its entry names:
    write it there only if the people in this very picture agreed.

    \b
    Example:
      goodpractice photo digest --write case_studies/supper-and-science/tent.jpg
    """
    require_project(project)
    from goodpractice.checks.consent import digest_file
    from goodpractice.config.project_folders import CONSENT_FILE
    from goodpractice.contribute.photos import Addition, note_digest, write_addition

    planned = Addition()
    for file in files:
        try:
            found = digest_file(project / file)
        except OSError as error:
            fail(_("{file} cannot be opened ({reason}).", file=file, reason=error.strerror), code=PROBLEMS)
        show(f"digest: {found}  # {file.as_posix()}")
        if write:
            path = (file.parent / CONSENT_FILE).as_posix()
            ledger = project / path
            text = planned.files.get(path, ledger.read_bytes() if ledger.is_file() else b"").decode()
            problems, changed = note_digest(text, path, file.name, found)
            planned.diagnostics += problems
            if changed != text:
                planned.files[path] = changed.encode()
    print_diagnostics(planned.diagnostics)
    if not planned.diagnostics:
        for path in write_addition(project, planned):
            note(_("Written: {path}", path=path))
    sys.exit(PROBLEMS if planned.diagnostics else OK)


@click.command()
@click.option(
    "--days", default=90, show_default=True, metavar="N", type=click.IntRange(0), help="How far to look ahead."
)
@project_option
def consent(days: int, project: Path) -> None:
    """List the consent for photos that expires soon.

    Exit code 1 when consent has expired already.

    \b
    Example:
      goodpractice consent --days 180
    """
    require_project(project)
    from goodpractice.content import load_project
    from goodpractice.kinds.photo import photo_path

    today = _today()
    kb, __ = load_project(project)
    dated = sorted(
        (entry.expires_on, photo_path(*key), entry)
        for key, entry in kb.consents.items()
        if entry.expires_on is not None
    )
    expired, language = False, find_language()
    for expires_on, path, entry in dated:
        left = (expires_on - today).days
        if left > days:
            continue
        expired = expired or left < 0
        when = language.translate(say_days(left, _("expired")))
        kept = _("{people}, kept by {kept_by}", people=entry.people, kept_by=entry.kept_by or _("nobody"))
        show(f"{expires_on.isoformat()}  {when:>9}  {path}  {language.translate(kept)}")
    note(_("{consents} photos with an entry, {dated} with a last day.", consents=len(kb.consents), dated=len(dated)))
    sys.exit(PROBLEMS if expired else OK)


def _today() -> datetime.date:
    return clock.today()


def _read_limits(project: Path) -> Limits:
    from goodpractice.config.settings import load_settings

    with explain_setup(project):
        return load_settings(project).require().own.limits
