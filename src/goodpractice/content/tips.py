"""Top tips in the text of a chapter, for the finder."""

from __future__ import annotations

import ast
import re

_TIP = re.compile(r"\{\{\s*(top_tip\(.*?\))\s*\}\}", re.DOTALL)


def find_tips(body: str) -> tuple[tuple[str, str], ...]:
    """The top tips in a text, as title and Markdown; calls with anything but plain texts are left out."""
    found = []
    for call in _TIP.findall(body):
        try:
            read = ast.parse(call, mode="eval").body
            if not isinstance(read, ast.Call):
                continue
            given = [ast.literal_eval(value) for value in read.args]
            named = {keyword.arg: ast.literal_eval(keyword.value) for keyword in read.keywords}
        except (SyntaxError, ValueError):
            continue
        text = given[0] if given else named.get("text")
        title = given[1] if len(given) > 1 else named.get("title", "")
        if isinstance(text, str) and isinstance(title, str):
            found.append((title, " ".join(text.split())))
    return tuple(found)
