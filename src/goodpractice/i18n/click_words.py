"""`--help` and the words of click in the language of the person: looked up when they are printed.

Click says its words through gettext, for which ours is the catalogue while a
command runs for somebody who does not read English. For everybody else nothing
happens.
"""

from __future__ import annotations

import gettext
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from goodpractice.i18n import languages
from goodpractice.i18n.languages import Language, ngettext_noop
from goodpractice.i18n.languages import gettext_noop as N_

#: What click says of its own accord to somebody who calls our commands.
CLICK_WORDS = (
    N_("Usage:"),
    N_("Options"),
    N_("Commands"),
    N_("Show this message and exit."),
    N_("Show the version and exit."),
    N_("default: {default}"),
    N_("required"),
    N_("file"),
    N_("directory"),
    N_("path"),
    N_("Aborted!"),
    N_("Error: {message}"),
    N_("Try '{command} {option}' for help."),
    N_("Missing command."),
    N_("Missing argument"),
    N_("Missing option"),
    N_("No such command {name!r}."),
    N_("No such option {name!r}."),
    N_("Option {name!r} does not take a value."),
    N_("Invalid value: {message}"),
    N_("Invalid value for {param_hint}: {message}"),
    N_("Choose from:\n\t{choices}"),
    N_("{value!r} is not a valid {number_type}."),
    N_("{value} is not in the range {range}."),
    N_("{name} {filename!r} does not exist."),
    N_("{name} {filename!r} is a file."),
    N_("{name} {filename!r} is a directory."),
    N_("{name} {filename!r} is not readable."),
)
#: The same, where it differs with a number.
CLICK_NUMBERS = (
    ngettext_noop("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
    ngettext_noop("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    ngettext_noop("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
    ngettext_noop("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
    ngettext_noop("{value!r} does not match the format {format}.", "{value!r} does not match the formats {formats}."),
)


@contextmanager
def with_locale(main: click.Command, language: Language) -> Iterator[None]:
    """Let a command and everything below it speak a language; afterwards all is as it was.

    Click chooses among languages by the variables of the environment, as find_language does.
    """
    before = list(_list_help(main))
    domain = gettext.textdomain()
    gettext.bindtextdomain(languages.DOMAIN, languages.LOCALE)
    gettext.textdomain(languages.DOMAIN)
    try:
        for owner, name, text in before:
            setattr(owner, name, say_help(text, language.gettext))
        yield
    finally:
        gettext.textdomain(domain)
        for owner, name, text in before:
            setattr(owner, name, text)


def list_words(main: click.Command) -> Iterator[tuple[str, click.Command]]:
    """Every text of the help of a command and of those below it, as catalogues have it, with its command."""
    for command, _ in _walk(main, None):
        for _, _, text in _list_own_help(command, click.Context(command, help_option_names=[])):
            yield from ((words, command) for _, words, _ in _split(text))


def say_help(text: str, say: Callable[[str], str]) -> str:
    """A text of help, said paragraph by paragraph; of an example, only the line above it."""
    return "\n\n".join(begin + say(words) + rest for begin, words, rest in _split(text))


def _split(text: str) -> Iterator[tuple[str, str, str]]:
    """The paragraphs of a text: their words, with what stands before and after them as it is."""
    for paragraph in text.split("\n\n"):
        # Click keeps the lines of a paragraph that begins with this character.
        begin, kept, lines = paragraph.rpartition("\b\n")
        first, end, example = lines.partition("\n")
        yield (begin + kept, first, end + example) if kept else ("", " ".join(paragraph.split("\n")), "")


def _walk(command: click.Command, above: click.Context | None) -> Iterator[tuple[click.Command, click.Context]]:
    context = click.Context(command, parent=above, info_name=command.name, **command.context_settings)
    yield command, context
    for below in command.commands.values() if isinstance(command, click.Group) else ():
        yield from _walk(below, context)


def _list_help(main: click.Command) -> Iterator[tuple[object, str, str]]:
    for command, context in _walk(main, None):
        yield from _list_own_help(command, context)


def _list_own_help(command: click.Command, context: click.Context) -> Iterator[tuple[object, str, str]]:
    """Where a text of the help of a command stands, and the text."""
    for name in ("help", "short_help"):
        text = getattr(command, name)
        if text:
            yield command, name, inspect.cleandoc(text)
    for option in command.get_params(context):
        text = getattr(option, "help", None)
        if text:
            yield option, "help", text
        # It begins a sentence of click, such as "Directory 'x' does not exist."
        if isinstance(option.type, click.Path):
            yield option.type, "name", option.type.name
