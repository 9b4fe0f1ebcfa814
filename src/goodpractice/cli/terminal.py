"""What all commands share: the project option, words for people on standard error, exit codes."""

from __future__ import annotations

import datetime
import errno
import os
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.i18n.messages import list_preferred_locales, make_printable, ngettext_lazy, quote_error

if TYPE_CHECKING:
    from goodpractice.content.knowledge_base import KnowledgeBase
    from goodpractice.diagnostics.rules import Diagnostic
    from goodpractice.i18n.languages import Language

F = TypeVar("F", bound=Callable[..., Any])

OK, PROBLEMS, USAGE = 0, 1, 2
#: Years that an option may name: git knows of nothing before, and calendars are not dependable after.
_YEARS = range(1970, 2200)


def project_option(command: F) -> F:
    """Add `-C DIR` to a command."""
    option = click.option(
        "-C",
        "project",
        metavar="DIR",
        default=".",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        help="Work on the project in this folder instead of the current one.",
    )
    return option(command)


def cache_option(command: F) -> F:
    """Add `--cache-dir DIR` to a command."""

    def use(context: click.Context, option: click.Parameter, folder: Path | None) -> None:
        if folder is not None:
            from goodpractice.config.cache import CACHE_VARIABLE

            # As the environment names it: it holds for every process of the command, too.
            os.environ[CACHE_VARIABLE] = str(folder.absolute())

    option = click.option(
        "--cache-dir",
        metavar="DIR",
        expose_value=False,
        callback=use,
        type=click.Path(file_okay=False, path_type=Path),
        help="Keep what builds learn in this folder instead of .cache/ in the project; so does GOODPRACTICE_CACHE.",
    )
    return option(command)


def require_project(project: Path) -> None:
    """Stop with a sentence when the folder is not a project."""
    if (project / "mkdocs.yml").is_file():
        return
    where = _("this folder") if project == Path() else str(project)
    above = next((folder for folder in project.resolve().parents if (folder / "mkdocs.yml").is_file()), None)
    if above is not None:
        near = os.path.relpath(above)
        if near == ".":
            fail(_("There is no mkdocs.yml in {where}, but there is one here: leave out `-C {where}`.", where=where))
        fail(
            _(
                "There is no mkdocs.yml in {where}, but there is one above it. Go there with `cd {folder}`, or add "
                "-C {folder} to the command.",
                where=where,
                folder=near if near.isprintable() and " " not in near else f'"{near}"',
            )
        )
    fail(_("There is no mkdocs.yml in {where}. Go to the project folder, or name it with -C DIR.", where=where))


def write_new(file: Path, text: str) -> None:
    """Write a file that is not there yet; nothing is left of it when the disk is full.

    Raises:
        FileExistsError: It is there.
        OSError: It cannot be written.
    """
    with file.open("x", encoding="utf-8", newline="\n") as stream:
        try:
            stream.write(text)
            stream.flush()
        except OSError:
            file.unlink(missing_ok=True)
            raise


def replace_file(file: Path, content: str | bytes) -> None:
    """Write a file anew; the one that was there stays whole when the disk is full.

    Raises:
        OSError: It cannot be written.
    """
    data = content.encode() if isinstance(content, str) else content
    if file.exists() and not file.is_file():  # a device takes what it is given
        file.write_bytes(data)
        return
    fresh = file.with_name(f"{file.name}.new")
    try:
        fresh.write_bytes(data)
        fresh.replace(file)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise


def explain_system(error: OSError) -> str:
    """Why the computer could not do what a command asked of it, and what to do."""
    file = shorten(Path(os.fsdecode(error.filename))) if isinstance(error.filename, str | bytes) else _("a file")
    words = {
        errno.ENOSPC: _("The disk is full. Free some space and try again."),
        errno.EDQUOT: _("You have used all the space that you may use on this disk. Free some and try again."),
        errno.EROFS: _("{file} cannot be written: this disk or folder can only be read.", file=file),
        errno.EACCES: _("{file} may not be opened or changed by you. Look at who owns it.", file=file),
        errno.EPERM: _("{file} may not be opened or changed by you. Look at who owns it.", file=file),
        errno.ENOENT: _("{file} is not there.", file=file),
        errno.EISDIR: _("{file} is a folder, and a file is needed there.", file=file),
        errno.ENOTDIR: _("A folder is needed on the way to {file}, and a file is there.", file=file),
        errno.EEXIST: _("{file} is there already.", file=file),
        errno.ENAMETOOLONG: _("The name {file} is too long for this computer. Choose a shorter one.", file=file),
        errno.ELOOP: _("{file} is a link that leads back to itself. Delete it.", file=file),
        errno.EMFILE: _("Too many files are open. Close other programs and try again."),
        errno.ENFILE: _("Too many files are open. Close other programs and try again."),
        errno.ENOMEM: _("The computer has no memory left. Close other programs and try again."),
        errno.EIO: _("The disk has a fault: {file} cannot be read or written.", file=file),
    }
    what = error.strerror or quote_error(error)
    return words.get(error.errno or 0) or _("{file} cannot be used: {error}.", file=file, error=what)


@contextmanager
def explain_setup(project: Path) -> Iterator[None]:
    """Say in words what is wrong with `mkdocs.yml` or `macros.py`, the files that steer everything else."""
    import yaml

    from goodpractice.config.mkdocs_file import SettingsError

    try:
        yield
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or _("it is not YAML")
        fail(
            _("mkdocs.yml cannot be read: {what}. Compare it with the last version that worked.", what=what)
            if mark is None
            else _(
                "mkdocs.yml cannot be read, line {line}: {what}. Compare it with the last version that worked.",
                line=mark.line + 1,
                what=what,
            ),
            code=PROBLEMS,
        )
    except SettingsError as error:
        fail(_("{error}.", error=quote_error(error)), code=PROBLEMS)
    except UnicodeDecodeError as error:
        try:
            (project / "mkdocs.yml").read_text(encoding="utf-8")
        except UnicodeDecodeError:
            pass
        else:
            raise error
        fail(
            _("mkdocs.yml is not saved as UTF-8. Save it again and choose the encoding UTF-8."),
            code=PROBLEMS,
        )
    except Exception as error:
        macros = project.resolve() / "macros.py"
        lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename) == macros]
        if isinstance(error, SyntaxError) and error.filename and Path(error.filename).resolve() == macros:
            lines = [error.lineno]
        if isinstance(error, ImportError) and error.path == str(project / "macros.py"):
            fail(_("{error}.", error=quote_error(error)), code=PROBLEMS)
        if not lines:
            raise
        what = f"{type(error).__name__}: {error.msg if isinstance(error, SyntaxError) else error}"
        fail(_("macros.py, line {line}, does not work: {what}.", line=lines[-1], what=what), code=PROBLEMS)


def load_records(project: Path) -> KnowledgeBase:
    """The knowledge base of a project; stop with its problems when it has any that reading shows.

    For commands that tell of everything: what cannot be read would be missing without a word.
    """
    from goodpractice.content import load_project

    with explain_setup(project):
        kb, found = load_project(project)
        kb.settings.require()
    if found:
        print_diagnostics(found)
        sys.exit(PROBLEMS)
    return kb


def fail(message: str, code: int = USAGE) -> NoReturn:
    """Say what went wrong and stop."""
    note(message)
    sys.exit(code)


def note(message: str) -> None:
    """Say something to the person at the terminal: on standard error, so that data stays clean."""
    click.echo(_printable(find_language().translate(message)), err=True)


def show(text: str) -> None:
    """Print data on standard output, with what a terminal would obey as its number."""
    click.echo(_printable(text))


def hand_over(data: bytes) -> None:
    """Print a file on standard output, as it is."""
    click.echo(data, nl=False)


def _printable(text: str) -> str:
    return "\n".join(map(make_printable, text.split("\n")))


class SpeakingGroup(click.Group):
    """Commands that speak the language of the person, and have `--lang CODE` to choose it."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.params.append(
            click.Option(
                ["--lang"],
                metavar="CODE",
                expose_value=False,
                callback=_require_language,
                help="Say messages in this language, for example cy. Otherwise LANGUAGE, LC_ALL or LANG decides.",
            )
        )

    def main(self, args: Sequence[str] | None = None, *rest: Any, **options: Any) -> Any:
        """Run the command, its help and its errors in the language of the person."""
        with wish(self._find_asked(sys.argv[1:] if args is None else args)), ExitStack() as spoken:
            if any(list_preferred_locales(os.environ)):
                from goodpractice.i18n.click_words import with_locale
                from goodpractice.i18n.languages import ENGLISH

                language = find_language()
                if language != ENGLISH:
                    spoken.enter_context(wish(language.code))
                    spoken.enter_context(with_locale(self, language))
            try:
                return super().main(args, *rest, **options)
            except OSError as error:
                fail(explain_system(error), code=PROBLEMS)

    def _find_asked(self, args: Sequence[str]) -> str:
        """The language that is asked for: help and errors are printed before options are processed."""
        context = click.Context(self, **{**self.context_settings, "ignore_unknown_options": True})
        try:
            return str(self.make_parser(context).parse_args(list(args))[0].get("lang") or "")
        except click.UsageError:
            return ""


def _require_language(context: click.Context, option: click.Parameter, code: str | None) -> None:
    """Refuse a language that the program does not know."""
    if not code:
        return
    from goodpractice.i18n.languages import list_known

    known = list_known()
    asked = code.lower().replace("_", "-").partition(".")[0]
    if not {asked, asked.partition("-")[0]} & set(known):
        message = _(
            "{code} is none of the languages that messages are said in: {known}", code=code, known=", ".join(known)
        )
        raise click.BadParameter(find_language().translate(message), context, option)


@contextmanager
def wish(code: str) -> Iterator[None]:
    """Ask for a language as the environment does: it holds for every thread and process of the command, too.

    Args:
        code: The language; nothing leaves the wishes of the environment as they are.
    """
    if not code:
        yield
        return
    before = os.environ.get("LANGUAGE")
    os.environ["LANGUAGE"] = code
    try:
        yield
    finally:
        if before is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = before


def find_language() -> Language:
    """The language of the person at the terminal; English while nobody has approved its messages."""
    from goodpractice.i18n import languages

    return languages.find_language(os.environ)


def read_day(option: str, text: str) -> datetime.date:
    """The day that an option gives, or a sentence that says which one may have been meant."""
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        day = None
    # Other forms of ISO 8601 are seldom meant, and no history is so old.
    if day is not None and day.isoformat() == text and day.year in _YEARS:
        return day
    from goodpractice.content.dates import guess_date

    guessed = guess_date(text)
    hint = _("Write the year first, such as 2026-11-01.")
    if guessed and guessed[0].year in _YEARS:
        hint = _("Did you mean {day}?", day=guessed[0])
    return fail(_("{option} {text} is no day. {hint}", option=option, text=text, hint=hint), code=USAGE)


def say_days(left: int, over: str) -> str:
    """How long it is until a day, in words.

    Args:
        left: Days until then.
        over: What is said of a day that has passed.
    """
    if left < 0:
        return over
    return ngettext_lazy("{number} day", "{number} days", left) if left else _("today")


def shorten(path: Path) -> str:
    """A path as people want to read it: relative to the current folder where it lies inside."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)


def uses_colour() -> bool:
    """Whether standard output is a terminal on which colour is wanted (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def print_diagnostics(found: Sequence[Diagnostic]) -> None:
    """Print problems on standard output, and their number for the person at the terminal."""
    if not found:
        return
    from goodpractice.diagnostics import reports

    click.echo(_coloured(reports.format_text(found, find_language())))  # without anything that a terminal obeys
    note(_("Found {problems}.", problems=reports.count_problems(found)))


def _coloured(text: str) -> str:
    if not uses_colour():
        return text
    lines = []
    for line in text.split("\n"):
        if line.startswith("  "):
            lines.append(click.style(line, fg="cyan"))
        else:
            place, __, rest = line.partition(" ")
            code, __, message = rest.partition(" ")
            lines.append(f"{click.style(place, bold=True)} {click.style(code, fg='red')} {message}")
    return "\n".join(lines)
