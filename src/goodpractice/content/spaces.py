"""Spaces that YAML does not take for spaces: tabs, and the special ones of word processors and web pages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from goodpractice.config.report_limits import PROBLEMS_IN_FILE
from goodpractice.content.fields import Form
from goodpractice.content.indents import guess_column
from goodpractice.content.written_values import indent, show
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.i18n.messages import ngettext_lazy

#: Spaces that look like one and are another character: the most frequent is that which does not break a line.
_SPECIAL = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_BEHIND = " \u00a0\u2007\u202f\u3000"
_ANY_SPECIAL = re.compile(f"[{_SPECIAL}]")
#: Where a plain space has a meaning: at the start of a line, after a hyphen there, after the colon of a name.
_MEANT = re.compile(
    rf"(?P<start>[ \t{_SPECIAL}]*(?:-[ \t{_SPECIAL}]+)?)"
    rf"(?:(?P<name>[^\W\d]\w*)(?P<gap>[{_SPECIAL}]*:[ \t{_SPECIAL}]+))?"
)
#: Ends of a line for YAML, and for no text editor. The rule on hidden characters reports them.
_ASCII = bytes(range(128))
_LINE_END = re.compile("[\x85\u2028\u2029]")
#: Characters of no width, which come along when texts are joined or copied. The rule on hidden characters reports them.
_NO_WIDTH = "\ufeff\u200b\u2060\u00ad\u200e\u200f"
_ANY_NO_WIDTH = re.compile(f"[{_NO_WIDTH}]")
_NAME = re.compile(rf"[\s{_NO_WIDTH}]*(?:-[\s{_NO_WIDTH}]+)?[\w{_NO_WIDTH}]*[\s{_NO_WIDTH}]*:?")


def drop_ascii(text: str) -> str:
    """The other characters of a text. To delete bytes is a hundred times faster than to search, and few are left."""
    if text.isascii():
        return ""
    return text.encode(errors="surrogatepass").translate(None, _ASCII).decode(errors="surrogatepass")


def mend_spaces(text: str, path: str, first_line: int, form: Form, found: list[Diagnostic]) -> list[str]:
    """The lines of a text with plain spaces; those that were mended are told.

    Args:
        text: The text.
        path: File name for diagnostics.
        first_line: Line of the file on which the text begins.
        form: Names of the fields that are expected.
        found: Takes the diagnostics.
    """
    special: set[int] = set()
    others = drop_ascii(text)
    lines = (_LINE_END.sub(" ", text) if _LINE_END.search(others) else text).split("\n")
    if form.top and _ANY_NO_WIDTH.search(others):
        lines = [_drop_no_width(line) if _ANY_NO_WIDTH.search(line) else line for line in lines]
    if form.top and _ANY_SPECIAL.search(others):
        # Behind the text they mean nothing, and a quotation mark would not be the last.
        lines = [line.rstrip(_BEHIND) for line in lines]
        special = {number for number, line in enumerate(lines) if _ANY_SPECIAL.search(line)}
    tabbed = {number for number, line in enumerate(lines) if "\t" in _start(line)} if "\t" in text else set()
    if not special and not tabbed:
        return lines
    mended: list[str] = []
    for number, line in enumerate(lines):
        plain = _mend_special(line) if number in special else line
        if "\t" in _start(plain):
            plain = plain.lstrip(" \t").replace("\t", "  ")
            mended.append(plain)
            # A file full of tabs is one problem: where each of its lines belongs is not worth the time.
            column = guess_column(mended, number, form) if len(found) <= PROBLEMS_IN_FILE else 2
            mended[-1] = plain = " " * column + plain
        else:
            plain = plain.replace("\t", "  ") if tabbed else plain
            mended.append(plain)
        if plain != line and len(found) <= PROBLEMS_IN_FILE:
            found.extend(_explain(path, first_line + number, line, plain, number in tabbed))
    return mended


def _drop_no_width(line: str) -> str:
    """A line without the characters of no width around the name of its field."""
    name = _NAME.match(line)
    return _ANY_NO_WIDTH.sub("", name[0]) + line[name.end() :] if name else line


def _start(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" \t"))]


def _mend_special(line: str) -> str:
    meant = _MEANT.match(line)
    end = meant.end() if meant else 0
    begin = _ANY_SPECIAL.sub(" ", line[:end])
    return re.sub(r" +:", ":", begin) + line[end:]


def _explain(path: str, number: int, line: str, mended: str, tabbed: bool) -> Iterator[Diagnostic]:
    spaces = len(mended) - len(mended.lstrip())
    if tabbed:
        hint = _("Delete the tab: `{line}`.", line=show(mended))
        if spaces:
            hint = ngettext_lazy(
                "Put one space in place of the tab: `{line}`.",
                "Put {number} spaces in place of the tab: `{line}`.",
                spaces,
                line=indent(mended),
            )
        yield Diagnostic(path, number, line.index("\t") + 1, rules.TAB, _("this line starts with a tab"), hint)
        return
    special = _ANY_SPECIAL.search(line)
    if special is None:
        return
    meant = _MEANT.match(line)
    if meant and meant["name"] and special.start() >= meant.start("gap"):
        message = _("the space after `{name}:` is a special one, as word processors make it", name=meant["name"])
        hint = _("Delete it and type a space: `{line}`.", line=show(mended))
    else:
        message = _("the spaces at the start of this line are special ones, as word processors make them")
        hint = _("Delete them and type them again: `{line}`.", line=indent(mended))
    yield Diagnostic(path, number, special.start() + 1, rules.SPECIAL_SPACE, message, hint)
