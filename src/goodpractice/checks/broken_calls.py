"""Macro calls that cannot be read: where each begins, the one true cause, and the call as it should be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import jinja2
from jinja2 import nodes

from goodpractice.i18n.messages import gettext_lazy as _

#: A longer call is not repeated in a message.
_MOST_SHOWN = 240
_OPENING = re.compile(r"\{\{|\{%-?\s*raw\b|\{%|\{#")
#: A whole call: what stands between quotation marks may hold braces and empty lines.
_WHOLE = re.compile(r"""\{\{(?:[^"'}]|"[^"]*"|'[^']*'|\}(?!\}))*\}\}""")
_PARAGRAPH_END = re.compile(r"\n[ \t]*\n|\{\{|\{%|\{#|\Z")
_ANCHOR = re.compile(r"^(#{1,6}\s.*?)\{#([\w-]+)\}\s*$", re.MULTILINE)
_CURLY = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "\u201a": "'"})
_ARGUMENTS = re.compile(r"(\{\{-?\s*\w+\()(.*)(\)\s*-?\}\})", re.DOTALL)
_NAMED = re.compile(r""",\s*(?=\w+\s*=)""")
_QUOTED = re.compile(r"""(\s*(?:\w+\s*=\s*)?)(["'])(.*)\2(\s*)""", re.DOTALL)


class Broken(NamedTuple):
    """A call that cannot be read.

    Attributes:
        start: Where it begins in the page.
        end: Where what belongs to it ends.
        message: The cause.
        hint: What to write.
    """

    start: int
    end: int
    message: str
    hint: str


def find_broken(environment: jinja2.Environment, text: str) -> Broken | None:
    """The first call, comment or statement of a page that cannot be read by itself; nothing where each can."""
    position = 0
    while opening := _OPENING.search(text, position):
        start = opening.start()
        if opening[0] == "{#":
            position = text.find("#}", start)
            anchor = _ANCHOR.match(text, text.rfind("\n", 0, start) + 1)
            if position < 0 or anchor is not None:
                return _explain_comment(text, start, anchor)
            position += 2
        elif opening[0] == "{{":
            whole = _WHOLE.match(text, start)
            if whole is not None and _is_readable(environment, whole[0]):
                position = whole.end()
                continue
            return _explain_call(environment, text, start)
        else:
            position = text.find("%}", start) + 2
            if position < 2 or "\n" in text[start:position].strip():
                return _explain_statement(text, start)
            if opening[0] != "{%":
                ended = re.compile(r"\{%-?\s*endraw\s*-?%\}").search(text, position)
                if ended is None:
                    message = _("`{% raw %}` has no end")
                    return Broken(start, len(text), message, _("Write {% endraw %} after the text that it is for."))
                position = ended.end()
    return None


def find_joined(environment: jinja2.Environment, text: str) -> Broken | None:
    """The first call of a page that can be read, but has two texts side by side."""
    for whole in _WHOLE.finditer(text):
        if _joins_texts(whole[0]) and _is_readable(environment, whole[0]):
            found = _explain_call(environment, text, whole.start())
            if found.end == whole.end() and text.rfind("{% raw", 0, found.start) <= text.rfind(
                "endraw", 0, found.start
            ):
                return found
    return None


def find_anchor(text: str) -> Broken | None:
    """The first heading with an anchor that Jinja takes for a comment, which ends somewhere below."""
    anchor = _ANCHOR.search(text)
    if anchor is None or text.rfind("{% raw", 0, anchor.start()) > text.rfind("endraw", 0, anchor.start()):
        return None
    return _explain_comment(text, text.index("{#", anchor.start()), anchor)


def _explain_comment(text: str, start: int, anchor: re.Match[str] | None) -> Broken:
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    message = _("`{#` begins a comment here, and everything after it would be lost")
    if anchor is None:
        hint = _("Write `#}` where the comment ends.")
    else:
        line = f"{anchor[1].rstrip()} {{ #{anchor[2]} }}"
        hint = _("For an anchor, leave a space after the brace: `{line}`.", line=line)
    return Broken(start, end, message, hint)


def _explain_statement(text: str, start: int) -> Broken:
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    hint = _("Write `%}` where it ends. To show braces as text, put them between {% raw %} and {% endraw %}.")
    return Broken(start, end, _("`{%` has no end on its line"), hint)


def _explain_call(environment: jinja2.Environment, text: str, start: int) -> Broken:
    closed = text.find("}}", start)
    stop = _PARAGRAPH_END.search(text, start + 2)
    limit = stop.start() if stop else len(text)
    if 0 <= closed < limit:
        end = closed + 2
    else:
        end = text.find("\n", start)
        end = limit if end < 0 or end > limit else end
    call = text[start:end].rstrip()
    for cause, candidate in _list_repairs(call):
        if _is_readable(environment, candidate) and _is_finished(environment, candidate):
            shown = re.sub(r"\s*\n\s*", " ", candidate)
            hint = (
                _("Write `{call}`.", call=shown)
                if len(shown) <= _MOST_SHOWN
                else _("Write `{call}` …", call=f"{shown[:_MOST_SHOWN]}…")
            )
            return Broken(start, end, cause, hint)
    if not call.endswith("}}"):
        hint = _("Write `}}` where it ends. To show braces as text, put them between {% raw %} and {% endraw %}.")
        return Broken(start, end, _("the macro call that begins here has no end"), hint)
    hint = _("A quotation mark, comma or bracket is missing or too many: compare it with the example in the reference.")
    return Broken(start, end, _("the macro call cannot be read"), hint)


def _list_repairs(call: str) -> Iterator[tuple[str, str]]:
    """Causes, the likeliest first, with the call as it would be without."""
    straight = call.translate(_CURLY)
    ended = f"{straight.rstrip('} ')} }}}}"
    if straight != call:
        yield _("the quotation marks are curly: a program needs straight ones"), straight
        yield _("the quotation marks are curly: a program needs straight ones"), _unnest(straight)
    if not call.endswith("}}"):
        one = call.endswith("}")
        missing = _("one `}` is missing at the end") if one else _("the macro call that begins here has no end")
        yield missing, ended
        for closing in (")", '")', "')", '"])', "])"):
            yield missing, f"{ended[:-3]}{closing} }}}}"
        return
    inner = straight[:-2].rstrip()
    comma = re.sub(r"""(["'\])])\s+(?=["'\[]|\w+\s*=)""", r"\1, ", straight)
    yield _("a comma is missing between two arguments"), comma
    yield _("there are quotation marks inside quotation marks"), _unnest(straight)
    yield _("the brackets are missing"), re.sub(r"^\{\{\s*(\w+)\s+(.*?)\s*\}\}$", r"{{ \1(\2) }}", straight)
    for bracket in (")", "])", "]"):
        yield _("`{bracket}` is missing at the end", bracket=bracket), f"{inner}{bracket} }}}}"
    for place in _NAMED.finditer(inner):
        yield (
            _("`]` is missing at the end of a list"),
            f"{inner[: place.start()]}]{inner[place.start() :]} }}}}",
        )
    if inner.endswith("))"):
        yield _("there is one `)` too many"), f"{inner[:-1]} }}}}"
    for mark in ('"', "'"):
        missing = _("a quotation mark is missing")
        for end in (")", "])"):
            if inner.endswith(end):
                yield missing, f"{inner[: -len(end)].rstrip()}{mark}{end} }}}}"
        for place in re.finditer(r"\s*,|\s*\]", inner):
            yield missing, f"{inner[: place.start()]}{mark}{inner[place.start() :]} }}}}"
        for place in reversed([*re.finditer(r"[(=,]\s*|\[", inner)]):
            yield missing, f"{inner[: place.end()]}{mark}{inner[place.end() :]} }}}}"
        yield missing, f"{inner}{mark}) }}}}"


def _unnest(call: str) -> str:
    """A call whose inner quotation marks are those of print, which mean nothing to a program."""
    parts = _ARGUMENTS.fullmatch(call)
    if parts is None:
        return call
    fixed = []
    for argument in re.split(f"({_NAMED.pattern})", parts[2]):
        quoted = _QUOTED.fullmatch(argument)
        if quoted is not None and quoted[2] in quoted[3]:
            pieces = quoted[3].split(quoted[2])
            opening, closing = ("“", "”") if quoted[2] == '"' else ("‘", "’")
            text, is_open = pieces[0], False
            for piece in pieces[1:]:
                # An apostrophe stands between two letters.
                if quoted[2] == "'" and text[-1:].isalpha() and piece[:1].isalpha():
                    text += f"’{piece}"
                    continue
                text += (closing if is_open else opening) + piece
                is_open = not is_open
            argument = f"{quoted[1]}{quoted[2]}{text}{quoted[2]}{quoted[4]}"
        fixed.append(argument)
    return f"{parts[1]}{''.join(fixed)}{parts[3]}"


def _joins_texts(call: str) -> bool:
    """Whether two texts stand side by side: Jinja joins them, which is never meant."""
    parts = re.findall(r"""("[^"]*"|'[^']*')|([^"']+)""", call)
    texts = [bool(text) for text, other in parts if text or other.strip()]
    return any(one and next_one for one, next_one in pairwise(texts))


def _is_readable(environment: jinja2.Environment, call: str) -> bool:
    try:
        environment.parse(call)
    except (jinja2.TemplateSyntaxError, RecursionError):
        return False
    return True


def _is_finished(environment: jinja2.Environment, call: str) -> bool:
    """Whether a repaired call is one call with finished values: anything else was not meant."""
    body = environment.parse(call).body
    if len(body) != 1 or not isinstance(body[0], nodes.Output) or len(body[0].nodes) != 1:
        return False
    (called,) = body[0].nodes
    if not isinstance(called, nodes.Call) or not isinstance(called.node, nodes.Name):
        return False
    values = [*called.args, *(word.value for word in called.kwargs)]
    marks = sum(isinstance(value, nodes.Const | nodes.List) for value in values)
    if _joins_texts(call):
        return False
    return bool(values) and marks == len(values) and len({word.key for word in called.kwargs}) == len(called.kwargs)
