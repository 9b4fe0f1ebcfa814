"""Markdown that was meant otherwise: signs that make no list, paragraphs shown as code, sentences that become headings.

GitHub's preview shows these as the site does, but people who paste from Word,
a chat or an e-mail seldom look at it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from goodpractice.checks.stories import list_markdown_lines
from goodpractice.checks.table_slips import check_table_slips, may_hold_rows
from goodpractice.content.document import Document
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.rules import Diagnostic, shorten
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.markdown.as_github import GitHubBlock, list_blocks
from goodpractice.markdown.code_spans import split_code

#: Longer lines are cut in messages.
_MOST_SHOWN = 60
#: Bullets of word processors and chats.
_BULLET = re.compile(r"[ \t]*([•·●▪◦‣∙○■□➢➤✓✔])[ \t]*(\S.*)")
#: A bullet or a number of Markdown without the space behind it. `-5` and `2.5` are numbers.
_TIGHT = re.compile(r"[ ]{0,3}([-+]|\d{1,2}[.)])([^\W\d_].*)")
#: A star without a space, where it begins no emphasis.
_TIGHT_STAR = re.compile(r"[ ]{0,3}\*([^\W\d_][^*]*)")
#: A long dash: one alone may begin a quotation.
_DASH = re.compile(r"[ \t]*[–—][ \t]*(\S.*)")
_HEADING = re.compile(r"(#{1,6})([^\W\d_#][^#]*)")
_WRONG_WAY = re.compile(r"\(([^()\[\]]+)\)\[((?:https?://|www\.)[^\]\s]+|[^\]\s]+\.md(?:#[^\]\s]*)?)\]")
_GAP = re.compile(r"\[([^\[\]]+)\][ ]+\(((?:https?://|www\.)[^)\s]+|[^)\s]+\.md(?:#[^)\s]*)?)\)")
_UNDERLINE = re.compile(r"[ ]{0,3}(?:=+|-+)[ \t]*")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_SET_IN = re.compile(r"(?:[ ]{4}|[ ]{0,3}\t)[ \t]*(\S.*)")
#: How a line below a line end begins that may be one of the above, and what stands in the others.
_MAY_SLIP = re.compile(r"\n(?:[ \t]*[•·●▪◦‣∙○■□➢➤✓✔–—]|[ ]{0,3}(?:[-+*]|\d{1,2}[.)])[^\W\d_]|#{1,6}[^\W\d_#])")
_MAY_BE_LINK = (")[", "] ")
#: A line that `_UNDERLINE` or `_SET_IN` knows, below a line end and above another.
_MAY_BE_BLOCK = re.compile(rf"\n(?:{_UNDERLINE.pattern}(?=\n)|{_SET_IN.pattern})")
#: Openers of blocks of Python-Markdown, whose text is set in by four spaces.
_OPENER = re.compile(r"[ ]*(?:!!!|\?\?\?|===|\[\^|:[ ]|\*\[|<|\{[{%])")
#: A line of prose: some words, and none of the signs that code is made of.
_PROSE = re.compile(r"[\"'“‘(*_]*[^\W\d_][^{}<>=;$|\\]*")
_WORDS = 4
#: A title is short and ends without a full stop.
_LONG_TITLE = 60


def check_slips(document: Document) -> Iterator[Diagnostic]:
    """Report Markdown of either dialect that is shown otherwise than its writer meant.

    Args:
        document: A story, a chapter, a page or a translation.
    """
    body = f"\n{document.body}\n"
    has_slips = any(sign in body for sign in _MAY_BE_LINK) or _MAY_SLIP.search(body)
    has_blocks = _MAY_BE_BLOCK.search(body)
    has_rows = may_hold_rows(body)
    if not has_slips and not has_blocks and not has_rows:
        return
    lines = document.body.split("\n")
    outside = dict(list_markdown_lines(document.body))
    numbers = list(_skip_calls(outside) if "{{" in body else outside)
    for number in numbers if has_slips else ():
        yield from _check_line(document, lines, number)
    blocks = list(list_blocks(document.body)) if has_blocks else []
    if has_rows:
        code = {number for block in blocks if _is_code(lines, block) for number in range(block.first, block.last + 1)}
        yield from check_table_slips(document, lines, [number for number in numbers if number not in code])
    yield from _check_blocks(document, lines, blocks, outside)


def _skip_calls(lines: dict[int, str]) -> Iterator[int]:
    """Numbers of lines outside of macro calls, which may run over several."""
    open_calls = 0
    for number, line in lines.items():
        if not open_calls:
            yield number
        open_calls = max(0, open_calls + line.count("{{") - line.count("}}"))


def _check_line(document: Document, lines: Sequence[str], number: int) -> Iterator[Diagnostic]:
    line = lines[number]
    entry = _find_entry(lines, number)
    if entry:
        hint = _("Write `{line}`, with a space behind the sign.", line=_shorten(entry))
        yield document.diagnose(number, rules.NO_LIST, _("this line is not shown as an entry of a list"), hint)
    heading = _HEADING.fullmatch(line.rstrip()) if line.startswith("#") else None
    # One sign before a small letter is the tag of a chat.
    if heading and (len(heading[1]) > 1 or (" " in heading[2] and heading[2][0].isupper())):
        hint = _("Write `{line}`, with a space behind the sign.", line=f"{heading[1]} {_shorten(heading[2])}")
        yield document.diagnose(number, rules.NO_HEADING, _("this line is not shown as a heading"), hint)
    if "[" not in line:
        return
    plain = "".join(" " * len(piece) if is_code else piece for piece, is_code in split_code(line))
    for pattern in (_WRONG_WAY, _GAP):
        for found in pattern.finditer(plain):
            address = f"https://{found[2]}" if found[2].startswith("www.") else found[2]
            message = _("`{shown}` is not shown as a link", shown=_shorten(found[0]))
            hint = _("Write `{link}`, without a space between.", link=f"[{found[1]}]({address})")
            yield document.diagnose(number, rules.NO_LINK, message, hint, found.start() + 1)


def _find_entry(lines: Sequence[str], number: int) -> str:
    """How a line that was meant as an entry of a list is written; nothing where it was not."""
    line = lines[number]
    bullet = _BULLET.fullmatch(line)
    if bullet:
        return f"- {bullet[2]}"
    tight = _TIGHT.fullmatch(line)
    if tight and not (tight[1][0].isdigit() and not _has_company(lines, number, _TIGHT)):
        return f"{tight[1]} {tight[2]}"
    star = _TIGHT_STAR.fullmatch(line)
    if star and _has_company(lines, number, _TIGHT_STAR):
        return f"- {star[1]}"
    dash = _DASH.fullmatch(line)
    if dash and _has_company(lines, number, _DASH):
        return f"- {dash[1]}"
    return ""


def _has_company(lines: Sequence[str], number: int, pattern: re.Pattern[str]) -> bool:
    """Whether a line beside begins alike, or the line above announces a list."""
    above = next((line for line in reversed(lines[max(0, number - 2) : number]) if line.strip()), "")
    beside = [lines[at] for at in (number - 1, number + 1) if 0 <= at < len(lines)]
    return above.rstrip().endswith(":") or any(pattern.fullmatch(line) for line in beside)


def _is_code(lines: Sequence[str], block: GitHubBlock) -> bool:
    """Whether a block is code because it is set in, and is not the text of a block of Python-Markdown."""
    if block.name != "pre" or not _SET_IN.match(lines[block.first]) or _FENCE.match(lines[block.first]):
        return False
    above = next((line for line in reversed(lines[: block.first]) if line.strip() and not _SET_IN.match(line)), "")
    return not _OPENER.match(above)


def _check_blocks(
    document: Document, lines: Sequence[str], blocks: Sequence[GitHubBlock], outside: dict[int, str]
) -> Iterator[Diagnostic]:
    for block in blocks:
        name, first, last = block
        if first not in outside:
            continue
        if _is_code(lines, block):
            yield from _explain_set_in(document, lines, first, last)
        if name in ("h1", "h2") and not lines[first].lstrip().startswith("#") and _UNDERLINE.fullmatch(lines[last]):
            text = lines[last - 1].strip()
            sentence = first + 1 < last or len(text) > _LONG_TITLE or text.endswith((".", "!", "?", ";", ":", ","))
            if name == "h1" or sentence:
                yield _explain_underline(document, last, lines[last].strip(), text, sentence=sentence)


def _explain_set_in(document: Document, lines: Sequence[str], first: int, last: int) -> Iterator[Diagnostic]:
    """One message a paragraph."""
    for number in range(first, min(last + 1, len(lines))):
        begins = number == first or not lines[number - 1].strip()
        if begins and lines[number].strip() and _is_prose(lines[number].strip()):
            message = _("this paragraph is shown as code, because it is set in")
            hint = _("Delete the spaces at its start: `{line}`", line=_shorten(lines[number]))
            yield document.diagnose(number, rules.SHOWN_AS_CODE, message, hint)


def _explain_underline(document: Document, number: int, signs: str, text: str, *, sentence: bool) -> Diagnostic:
    message = _("`{signs}` makes a heading of the line above", signs=_shorten(signs))
    if not sentence:
        hint = _("Write `## {text}` instead of the two lines.", text=_shorten(text))
    elif signs.startswith("="):
        hint = _("Delete the line.")
    else:
        hint = _("Leave an empty line above it, and it is a rule; or delete it.")
    return document.diagnose(number, rules.SHOWN_AS_HEADING, message, hint)


def _is_prose(text: str) -> bool:
    return len(text.split()) >= _WORDS and _PROSE.fullmatch(text) is not None


def _shorten(text: str) -> str:
    return shorten(text.strip(), _MOST_SHOWN)
