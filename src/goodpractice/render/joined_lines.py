"""Takes indentation and empty lines out of the templates of a theme when they are compiled: no page carries them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

#: Elements that keep their white space.
_KEEPING = re.compile(r"<(/?)(pre|textarea|script|style)\b")
#: Tags that print what another template says.
_PRINTING = ("include", "endblock")
_LINES = re.compile(r"\s*\n\s*")
_LINE_ENDS, _LINE_BEGINS = re.compile(r"[ \t]*\n\s*"), re.compile(r"\n[ \t]*\Z")


class JoinedLines(Extension):
    """White space with a line break in it becomes one line break, and a tag alone on its line leaves none.

    What templates print is left as it is.
    """

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Change the text of a template between its tags."""
        keeping, is_line_begun = "", False
        for token in stream:
            if token.type == "data":
                text = token.value
                if not keeping and not is_line_begun and (ends := _LINE_ENDS.match(text)):
                    text = text[ends.end() :]
                is_line_begun = not _LINE_BEGINS.search(token.value)
                text, keeping = join_lines(text, keeping)
                token = Token(token.lineno, token.type, text)
            elif token.type == "variable_begin" or token.value in _PRINTING:
                is_line_begun = True
            yield token


def join_lines(text: str, keeping: str = "") -> tuple[str, str]:
    """Join the lines of a piece of HTML.

    Args:
        text: The piece.
        keeping: Name of the element that it begins in, where that keeps its white space.

    Returns:
        The text, and the same name for the piece after it.
    """
    pieces, start = [], 0
    for tag in _KEEPING.finditer(text):
        closes, name = tag.groups()
        if keeping == name if closes else not keeping:
            before = text[start : tag.start()]
            pieces.append(before if closes else _LINES.sub("\n", before))
            keeping, start = "" if closes else name, tag.start()
    rest = text[start:]
    return "".join([*pieces, rest if keeping else _LINES.sub("\n", rest)]), keeping
