"""Bare addresses and names of emoji in editors' Markdown, spelled out as links and emoji, as GitHub shows them.

This happens before Python-Markdown reads the text, and only on lines without
HTML: what a macro prints is HTML, and no value in it may become a link.
"""

from __future__ import annotations

import re

from goodpractice.markdown.as_github import list_blocks
from goodpractice.markdown.code_spans import split_code

_ADDRESS = re.compile(r"(?:(?<=[\s*_~(])|^)(?<!\]\()(https?://|www\.)([^\s<]+)")
_EMOJI = re.compile(r":[a-z0-9_+-]+:")
_HTML = re.compile(r"<[a-zA-Z/!]|[\x02\x03]")
_REFERENCE = re.compile(r"[ ]{0,3}\[[^\]]+\]:")
_TRAILING = "?!.,:;*_~'\""


def spell_out(text: str) -> str:
    """A text whose bare addresses are links and whose names of emoji are emoji, outside of code and HTML."""
    if "://" not in text and "www." not in text and not _EMOJI.search(text):
        return text
    lines = text.split("\n")
    code = {number for name, first, last in list_blocks(text) if name == "pre" for number in range(first, last + 1)}
    for number, line in enumerate(lines):
        if number not in code and not _HTML.search(line) and not _REFERENCE.match(line):
            lines[number] = _spell_line(line)
    return "\n".join(lines)


def _spell_line(line: str) -> str:
    return "".join(piece if is_code else _spell(piece) for piece, is_code in split_code(line))


def _spell(text: str) -> str:
    if ":" in text:
        text = _EMOJI.sub(_find_emoji, text)
    return _ADDRESS.sub(_link, text) if "://" in text or "www." in text else text


def _link(found: re.Match[str]) -> str:
    rest = found[2]
    while rest and (rest[-1] in _TRAILING or (rest[-1] == ")" and rest.count(")") > rest.count("("))):
        rest = rest[:-1]
    if "." not in rest:
        return found[0]
    address = found[1] + rest
    after = found[2][len(rest) :]
    # A word without a scheme is no address to Python-Markdown.
    return f"<{address}>{after}" if found[1] != "www." else f"[{address}](http://{address}){after}"


def _find_emoji(found: re.Match[str]) -> str:
    # The table is large, and few texts name an emoji.
    from pymdownx.gemoji_db import aliases, emoji  # type: ignore[import-untyped]

    entry = emoji.get(aliases.get(found[0], found[0]), {})
    codes = entry.get("unicode", "")
    return "".join(chr(int(code, 16)) for code in codes.split("-")) if codes else found[0]
