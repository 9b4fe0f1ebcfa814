"""Slips of the pen in a line of facts, one rule for each kind, with the line that was meant.

A rule looks at lines and knows the names of the fields. It says what is wrong and how the lines would be right.
A rule may guess: `content.syntax` tries its lines in the parser before they are reported.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from goodpractice.content.fields import Form
from goodpractice.content.written_values import (
    CLOSING,
    FIELD,
    MARKS,
    MOST_SHOWN,
    SMART_QUOTES,
    quote,
    show,
    split_entries,
    unwrap,
    write_list,
    write_value,
)
from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds.case_study.skeleton import read_skeleton

#: Lines that one text may go on for.
_MOST_LINES = 20
#: Lines above and below a line that are looked at: what a rule costs does not grow with the file.
MOST_NEAR = 100
#: Letters of the longest name of a field, and some more.
_MOST_NAME = 60
_ITEM = re.compile(r"(?P<indent> *)(?P<dash>(?:- +)+)(?P<text>\S.*)")
#: Signs before and around a name: bullets, bold, marks of a quotation or of a heading.
_BEGIN = re.compile(r"(?P<indent> *)(?P<mark>(?:[-+•·●▪◦‣>#–—]{1,3} *|\*(?!\*) *|\d{1,2}[.)] *)?)[*_\"'`“”‘’]{0,3}")
_WORDS = re.compile(r"\w+(?:[ _-]\w+){0,4}")
_AROUND = re.compile(
    r"[*_\"'`“”‘’?]{0,3}(?:\s*(?P<sign>:{2,}|=>|[:;=\uff1a\ufe55\u2236\uff1b]|->)|\s+(?P<dash>[\u2010-\u2015-]+)(?=\s))?"
)
_AFTER_SIGN = re.compile(r"[*_]{0,2}\s*(?P<rest>.*)")
_NO_SPACE = re.compile(r"(?P<before> *(?:- +)?)(?P<key>[a-z_]+):(?P<text>[^\s/].*)")
_NO_SPACE_AFTER_HYPHEN = re.compile(r"(?P<indent> *)-(?P<rest>[^\s-].*)")
_GROUP_OFF = re.compile(r"#\s?(?P<key>[a-z_]+):\s*")
_WHOLE = re.compile(r'"[^"\\]*"|\'(?:[^\']|\'\')*\'')
_HALF_A_CHARACTER = re.compile(r"\\u[dD][89a-fA-F][0-9A-Fa-f]{2}")
_BEHIND = re.compile(r"""(?P<mark>["'`])(?P<text>.*)(?P=mark)\s*(?P<sign>[,;:.]+)""")
#: Several quotations with words between them: `"Leith" and "Granton"`.
_SEVERAL = re.compile(r'"[^"]+"(?: [^"]*[^" ][^"]* "[^"]+")+')
#: A remark behind a text, in the manner of a programming language or of HTML.
_REMARK = re.compile(r"""(?P<mark>["'])(?P<text>[^"']*)(?P=mark)\s*(?P<remark>(?://|/\*|<!--|--\s).*)""")
_EMPTY_MARKS = re.compile(r"""(?P<mark>["'])(?P=mark)\s*(?P<text>[^"'\s].*)""")


@dataclass(frozen=True, slots=True)
class Slip:
    """A mistake, and how the lines would be right.

    Attributes:
        at: Number of the line, from 0.
        column: Column, from 1.
        message: What is wrong.
        hint: What to write.
        mended: Numbers of lines, and what they should be; a line that goes becomes a comment, so that no number moves.
    """

    at: int
    column: int
    message: str
    hint: str
    mended: tuple[tuple[int, str], ...]


#: A rule: the slips of its kind in a line.
Rule = Callable[[list[str], int, Form], Iterator[Slip]]


def list_going_on(lines: list[str], at: int, form: Form) -> list[int]:
    """Numbers of the lines below a field on which its text goes on."""
    found: list[int] = []
    for number in range(at + 1, min(at + 1 + _MOST_LINES, len(lines))):
        line = lines[number].rstrip()
        if line.startswith("#") or _is_field(line, form):
            break
        found.append(number)
    while found and not lines[found[-1]].strip():
        found.pop()
    return found


def _is_field(line: str, form: Form) -> bool:
    """Whether a line is a fact of its own: of a known name, or of another word that stands like one."""
    field = FIELD.fullmatch(line)
    if field and (field["dash"] or not form.top or field["key"] in form.names or re.match(r"[a-z_]+:", line)):
        return True
    return read_name(line, form) is not None and not re.match(r"\s*\w+ \w+(?! *[:=])", line)


def read_name(line: str, form: Form) -> tuple[str, str, str, str, str] | None:
    """Take a line apart that begins with a name: spaces, mark before it, name, sign behind it, the rest."""
    begin = _BEGIN.match(line)
    words = _WORDS.match(line, begin.end()) if begin else None
    if begin is None or words is None:
        return None
    # No name is longer: whatever follows is the text of a line without a sign.
    written = words[0][:_MOST_NAME].rstrip(" -")
    while written:
        key = re.sub(r"[ -]", "_", written).lower()
        if key in form.names:
            around = _AROUND.match(line, words.start() + len(written))
            sign = (around and (around["sign"] or around["dash"])) or ""
            rest = _AFTER_SIGN.match(line, around.end() if around else len(line))
            if sign or (rest and rest.start() < rest.start("rest")) or not rest or not rest["rest"]:
                return begin["indent"], begin["mark"].strip(), key, sign, (rest["rest"] if rest else "").strip()
            return None
        shorter = re.sub(r"[ _-]?[^\W_]+_*$", "", written)
        if shorter == written:
            break
        written = shorter
    return None


@cache
def list_comments() -> tuple[str, ...]:
    """How the explanations of the form begin that are comments, without their sign: forms of other years differ."""
    found = (re.fullmatch(r"\s*#\s*(\S.*)", line) for line in read_skeleton().split("\n"))
    return tuple(match[1][:14] for match in found if match and not re.match(r"[a-z_-]+ ?[a-z]*:", match[1]))


# The rules, in the order in which they are tried on a line.


def _find_explanation(lines: list[str], at: int, form: Form) -> Iterator[Slip]:
    if lines[at].strip().startswith(list_comments()):
        message = _("this line explains the form, and the `#` before it is gone")
        yield Slip(at, 1, message, _("Delete the line, or begin it with `# ` again."), ((at, "#"),))


def _find_group_off(lines: list[str], at: int, form: Form) -> Iterator[Slip]:
    """A field of a group of which the first line is still a comment, as in the form."""
    field = FIELD.fullmatch(lines[at].rstrip())
    if field is None or not field["indent"]:
        return
    for above in range(at - 1, max(at - MOST_NEAR, 0) - 1, -1):
        group = _GROUP_OFF.fullmatch(lines[above])
        key = group["key"] if group else ""
        if field["key"] in form.groups.get(key, form.entries.get(key, frozenset())):
            message = _("this line belongs to `{key}:`, which is still switched off by `#`", key=key)
            hint = _("Take the `# ` away from the line `# {key}:` too.", key=key)
            yield Slip(at, 1, message, hint, ((above, f"{key}:"),))
        if not lines[above].startswith("#"):
            return


def _find_missing_space(lines: list[str], at: int, form: Form) -> Iterator[Slip]:
    hyphen = _NO_SPACE_AFTER_HYPHEN.fullmatch(lines[at])
    if hyphen:
        mended = f"{hyphen['indent']}- {hyphen['rest']}"
        message = _("a space is missing after the hyphen")
        yield Slip(at, len(hyphen["indent"]) + 2, message, _("Write `{line}`.", line=show(mended)), ((at, mended),))
    squeezed = _NO_SPACE.fullmatch(lines[at])
    if squeezed and '"' not in squeezed["before"]:
        key = squeezed["key"]
        mended = write_value(squeezed["before"], key, squeezed["text"], form)
        column = len(squeezed["before"]) + len(key) + 2
        message = _("a space is missing after `{key}:`", key=key)
        yield Slip(at, column, message, _("Write `{line}`.", line=show(mended)), ((at, mended),))


def _find_name(lines: list[str], at: int, form: Form) -> Iterator[Slip]:
    """A known name without a colon, with another sign in its place, or with something around it."""
    read = read_name(lines[at], form)
    if read is None:
        return
    spaces, bullet, key, sign, rest = read
    field = FIELD.fullmatch(lines[at].rstrip())
    if sign == ":" and field and field["key"].strip() == key and not (bullet and key in form.top):
        return
    if not sign and (is_given(lines, key, at) or (bullet and not rest)):
        return
    before = ("  - " if bullet else spaces) if key not in form.top else ""
    if key not in form.top and bullet and spaces:
        before = f"{spaces}- "
    mended = write_value(before, key, rest, form)
    hint = _("Write `{line}`.", line=show(mended))
    column = len(spaces) + 1
    if not sign:
        message = _("the colon behind `{key}` is missing", key=key)
    elif sign != ":":
        message = _("behind `{key}` stands `{sign}`, where a colon belongs", key=key, sign=sign)
    else:
        message = _("the name `{key}` must stand alone before its colon, with nothing around it", key=key)
    yield Slip(at, column, message, hint, ((at, mended),))


def is_given(lines: list[str], key: str, but: int) -> bool:
    """Whether another line has a field of this name."""
    pattern = re.compile(rf" *(?:- +)*{re.escape(key)} *:(?: .*)?")
    near = range(max(but - MOST_NEAR, 0), min(but + MOST_NEAR, len(lines)))
    return any(number != but and pattern.fullmatch(lines[number]) for number in near)


def _find_list(lines: list[str], at: int, form: Form) -> Iterator[Slip]:
    """A list of texts in one line, or on the lines below, that is written in some other way."""
    field = FIELD.fullmatch(lines[at].rstrip())
    if field is None or field["key"] not in form.lists:
        return
    key, text = field["key"], field["text"] or ""
    below = list_going_on(lines, at, form) if "]" not in text else []
    whole = "\n".join([text, *(lines[number].strip() for number in below)])
    if text:
        entries = split_entries(whole, key in form.ids)
    else:
        entries = [entry for n in below for entry in split_entries(lines[n].strip(), key in form.ids)]
    if not entries:
        return
    mended = f"{field['indent']}{field['dash']}{write_list(key, entries)}"
    hint = _("Write `{line}`.", line=mended.strip())
    column = field.start("text") + 1 if text else 1
    changed = ((at, mended), *((number, "#") for number in below))
    yield Slip(at, column, _explain_list(key, text, whole, [lines[n] for n in below]), hint, changed)


def _explain_list(key: str, text: str, whole: str, below: list[str]) -> str:
    begun = [line.strip()[:1] for line in below if line.strip()]
    bullet = next((sign for sign in begun if sign in "*+•·●▪◦‣–—"), None)
    if not text and bullet:
        return _("an entry of `{key}` begins with `{mark}`, where a hyphen belongs", key=key, mark=bullet)
    if not text:
        return _("the entries of `{key}` are not written as a list", key=key)
    if text[0] != "[":
        return _("`{key}` needs square brackets around its entries", key=key)
    if "]" not in whole:
        return _("the bracket `{bracket}` is not closed", bracket="[")
    if (text.count('"') + text.count("“") + text.count("”")) % 2:
        return _("a quotation mark is missing in this list")
    if ";" in text:
        return _("between the entries of a list stands a comma, not `;`")
    if re.search(r"[\"'”’]\s+[\"'“‘]|[\"'”’]\s+\w|\w\s+[\"'“‘]", text):
        return _("a comma is missing between two entries of this list")
    return _("this list cannot be read")


def _find_quotes(lines: list[str], at: int, form: Form) -> Iterator[Slip]:
    """Quotation marks that are not closed, not of one kind, or not around the text."""
    line = lines[at].rstrip()
    match = FIELD.fullmatch(line)
    match = match if match and match["text"] else _ITEM.fullmatch(line)
    if match is None or match["text"][0] not in "\"'`" + SMART_QUOTES:
        return
    text, start = match["text"], match.start("text")
    key = match["key"] if "key" in match.groupdict() else ""
    if _WHOLE.fullmatch(text):
        return
    below: list[int] = []
    if text[0] in "\"'" and text.count(text[0]) == 1 and text[-1] not in CLOSING:
        below = [] if at + 1 >= len(lines) or not lines[at + 1].strip() else list_going_on(lines, at, form)
    whole = " ".join([text, *(lines[number].strip() for number in below if lines[number].strip())])
    message, words, plain = _explain_quotes(text, whole, key, form)
    mended = line[:start] + quote(plain or "…")
    if below and len(mended.strip()) > MOST_SHOWN:
        hint = _("Write it as one line, with `{mark}` before and behind the text.", mark='"')
    else:
        hint = _(words, line=show(mended))
    yield Slip(at, start + 1, message, hint, ((at, mended), *((number, "#") for number in below)))


def _explain_quotes(text: str, whole: str, key: str, form: Form) -> tuple[str, str, str]:
    """The message, the words of the hint, and the text that was meant."""
    opened, write = text[0], N_("Write `{line}`.")
    behind, empty = _BEHIND.fullmatch(text), _EMPTY_MARKS.fullmatch(text)
    remark = _REMARK.fullmatch(text)
    if remark:
        message = _("there is a remark behind the text: `{text}`", text=remark["remark"])
        return message, N_("Delete it, or begin it with `#`: `{line}`."), remark["text"]
    if empty:
        plain = empty["text"].strip("\"' ")
        return _("the text stands behind the quotation marks, not between them"), write, plain
    if behind and opened not in behind["text"]:
        return _("`{sign}` stands behind the quotation mark", sign=behind["sign"]), write, behind["text"]
    number = _HALF_A_CHARACTER.search(text) if opened == '"' else None
    if number:
        message = _("`{escape}` is the number of half a character, which nothing can show", escape=number[0])
        return message, N_("Type the character itself: `{line}`."), unwrap(_HALF_A_CHARACTER.sub("…", text))
    if "\\" in text and opened == '"':
        return _("there is a backslash in this text"), N_("Write `/` instead: `{line}`."), unwrap(text)
    if key in form.ids and text.count(opened) == 2:
        return _("there is text behind the quotation mark"), write, text.split(opened)[1]
    if opened == '"' and _SEVERAL.fullmatch(text):
        return _("there are quotation marks inside this text"), write, text.replace('"', "")
    if text.endswith(opened) and text.count(opened) > 2 and opened in "\"'":
        inside = text[1:-1]
        if opened == "'" and '"' not in inside:
            words = N_("Use double marks around the text: `{line}`.")
            return _("there is an apostrophe inside this text"), words, inside
        words = N_("Use single ones inside: `{line}`.")
        return _("there are quotation marks inside this text"), words, inside
    if text.count(opened) % 2 and whole[-1] != opened and whole[-1] in CLOSING:
        message = _("the text begins with `{mark}` and ends with `{other}`", mark=opened, other=whole[-1])
        return message, write, whole[1:-1].strip(MARKS)
    if text.count(opened) == 1:
        digits = re.fullmatch(r"'(\d\d)'?", text)
        plain = f"20{digits[1]}" if digits and key == "year" else unwrap(whole)
        return _("a quotation mark is not closed"), write, plain
    if opened not in "\"'":
        return _("the text stands between marks of another kind"), write, unwrap(whole)
    plain = unwrap(whole) if text.count(opened) % 2 else text
    return _("the quotation marks do not go around the whole text"), write, plain


def _find_bare_text(lines: list[str], at: int, form: Form) -> Iterator[Slip]:
    """A text without quotation marks that holds or begins with a sign with a meaning of its own."""
    line = lines[at].rstrip()
    match = FIELD.fullmatch(line)
    match = match if match and match["text"] else _ITEM.fullmatch(line)
    if match is None or match["text"][0] in "\"'":
        return
    text, start = match["text"], match.start("text")
    mended = line[:start] + quote(unwrap(text))
    hint = _("Put quotation marks around the text: `{line}`.", line=show(mended))
    if (": " in text or text.endswith(":")) and text[0] != "{":
        column = start + max(text.find(":"), 0) + 1
        yield Slip(at, column, _("there is a colon inside this text"), hint, ((at, mended),))
    elif text[0] in "@`%|>*&!#,?}]" or text.startswith(("- ", "{{")) or (text[0] in "[{" and set(text) & set("]}")):
        message = _("a text cannot start with `{text}` here", text=text[0])
        yield Slip(at, start + 1, message, hint, ((at, mended),))


def _find_going_on(lines: list[str], at: int, form: Form) -> Iterator[Slip]:
    """A line that belongs to the text of the field above."""
    if FIELD.fullmatch(lines[at].rstrip()) and not re.match(r"[^:]*\s[^:]*:", lines[at]):
        return
    above = at - 1
    while above >= max(at - MOST_NEAR, 0) and (not lines[above].strip() or not FIELD.fullmatch(lines[above].rstrip())):
        above -= 1
    field = FIELD.fullmatch(lines[above].rstrip()) if above >= max(at - MOST_NEAR, 0) else None
    if field is None or at - above > _MOST_LINES or field["key"] in {*form.entries, *form.groups}:
        return
    below = list_going_on(lines, above, form)
    if at not in below:
        return
    key = field["key"]
    if key in form.lists:
        yield from _find_list(lines, above, form)
        return
    remark = re.match(r"//|/\*|<!--|%|;", lines[at].strip())
    if remark or (field["text"] and _WHOLE.fullmatch(field["text"])):
        plain = re.sub(r"^(?://|/\*|<!--|[%;])\s*|\s*(?:\*/|-->)$", "", lines[at].strip())
        message = _("this line is no fact: it has no name and no colon")
        hint = _("Delete it. A remark for editors begins with `#`: `{line}`.", line=show(f"# {plain}"))
        yield Slip(at, 1, message, hint, ((at, "#"),))
        return
    parts = [field["text"] or "", *(lines[number].strip() for number in below)]
    mended = write_value(
        f"{field['indent']}{field['dash']}", key, " ".join(part.strip('"“”') for part in parts if part), form
    )
    message = _("the text of `{key}` goes on in this line", key=key)
    if not field["text"]:
        message = _("this line belongs to `{key}:`, in the line above", key=key)
    hint = _("Write it as one line: `{line}`.", line=show(mended))
    if len(mended.strip()) > MOST_SHOWN:
        hint = _("Write it as one line with the one above, with `{mark}` before and behind the whole text.", mark='"')
    first = next(number for number in below if lines[number].strip())
    yield Slip(first, 1, message, hint, ((above, mended), *((number, "#") for number in below)))


RULES: tuple[Rule, ...] = (
    _find_explanation,
    _find_group_off,
    _find_missing_space,
    _find_list,
    _find_quotes,
    _find_name,
    _find_bare_text,
    _find_going_on,
)
