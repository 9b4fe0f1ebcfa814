"""Messages that know what they were made from, so that they can be said again in another language.

A message is English text as ever: it is compared, sorted and printed like any
other. Only who prints it for a person asks for it in the language of that
person (`Language.translate`), so that a check without problems pays nothing.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

#: The place of a value in words: its name in braces.
NAMED = re.compile(r"\{([a-z_]+)\}")

#: Characters of a value that a message quotes: more than any explanation of the form has, or a list of twenty ids.
MOST_QUOTED = 600

#: Characters that begin a new line, command a terminal or turn the direction of text.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]")

#: Where a computer is told which language its user reads, as gettext looks for it: the first that says something holds.
_WISHES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


def list_preferred_locales(environment: Mapping[str, str]) -> Iterator[str]:
    """Languages that the person at the terminal reads, as `pt-br`, the dearest first, up to English."""
    wished = next((environment[name] for name in _WISHES if environment.get(name)), "")
    for wish in wished.split(":"):
        code = re.split("[.@]", wish)[0].replace("_", "-").lower()
        if code.partition("-")[0] in ("en", "c", "posix"):
            return
        yield code


def make_printable(text: str) -> str:
    """A text on one line, with what a terminal or a log would obey as its number.

    Messages quote what contributors wrote. Without this, a name with a line break could write a line of its own into
    a log, where continuous integration takes some lines for commands.
    """
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def fill_in(words: str, values: Mapping[str, object]) -> str:
    """Words with values in the place of names in braces, as they are.

    Raises:
        KeyError: A name has no value.
    """
    return NAMED.sub(lambda found: str(values[found[1]]), words)


def _shorten(value: object) -> object:
    """A value as a message quotes it: somebody may have written a name of fifty thousand letters."""
    if isinstance(value, str) and len(value) > MOST_QUOTED and not isinstance(value, LazyString):
        return f"{value[: MOST_QUOTED - 1]}…"
    return value


class LazyString(str):
    """A message in English that remembers its words and values. Very long values are cut.

    Attributes:
        words: The words in English, names of values in braces, as catalogues have them.
        many: The words for any number but one; empty where no number matters.
        values: The values by name; they may be messages themselves.
    """

    __slots__ = ("many", "values", "words")

    words: str
    many: str
    values: Mapping[str, object]

    def __new__(cls, words: str, many: str = "", values: Mapping[str, object] | None = None) -> LazyString:
        """Fill in the values; `number` chooses between the words for one and those for many.

        Raises:
            KeyError: A name has no value.
        """
        values = {name: _shorten(value) for name, value in values.items()} if values else {}
        made = super().__new__(cls, fill_in(many if many and values["number"] != 1 else words, values))
        made.words, made.many, made.values = words, many, values
        return made

    def __reduce__(self) -> tuple[type[LazyString], tuple[str, str, Mapping[str, object]]]:
        """Everything that it was made from, so that copies know it, too."""
        return LazyString, (self.words, self.many, self.values)


def gettext_lazy(words: str, /, **values: object) -> str:
    """A message in English.

    Args:
        words: Its words, as they stand in catalogues; names in braces stand for values.
        **values: The values, by name.

    Raises:
        KeyError: A name has no value.
    """
    return LazyString(words, "", values)


def join_lazy(parts: Iterable[str]) -> str:
    """Several messages as one, with commas between them."""
    values = {"_" * place: part for place, part in enumerate(parts, 1)}
    return LazyString(", ".join(f"{{{name}}}" for name in values), "", values)


def join_lazy_and(parts: Sequence[str]) -> str:
    """Several messages as one: `a, b and c`."""
    return (
        gettext_lazy("{first} and {last}", first=join_lazy(parts[:-1]), last=parts[-1]) if len(parts) > 1 else parts[0]
    )


def join_lazy_or(parts: Sequence[str]) -> str:
    """Several messages of which one is enough: `a, b or c`."""
    return (
        gettext_lazy("{first} or {last}", first=join_lazy(parts[:-1]), last=parts[-1]) if len(parts) > 1 else parts[0]
    )


def quote_error(error: BaseException) -> str:
    """What an error says. One that `gettext_lazy` made keeps its words and values, which `str` forgets."""
    return error.args[0] if len(error.args) == 1 and isinstance(error.args[0], LazyString) else str(error)


def ngettext_lazy(one: str, many: str, number: int, /, **values: object) -> str:
    """A message in English that differs with a number, `{number}` filled in; see `gettext_lazy`."""
    return LazyString(one, many, {"number": number, **values})


#: With this variable, a fault of the program is told in full.
TRACE_VARIABLE = "GOODPRACTICE_TRACE"


def describe_fault(error: BaseException) -> str:
    """A fault of the program in one line: what happened and where; in full for whoever looks for it."""
    import traceback

    if os.environ.get(TRACE_VARIABLE):
        return "".join(traceback.format_exception(error))
    frames = traceback.extract_tb(error.__traceback__)
    where = f" ({frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno})" if frames else ""
    what = " ".join(quote_error(error).split())
    return f"{type(error).__name__}: {what[:300]}{where}" if what else f"{type(error).__name__}{where}"
