"""HTML in stories, and what to write instead."""

from __future__ import annotations

import html
import re

from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.i18n.messages import join_lazy
from goodpractice.markdown.contributed import drops_html

_MOST_SHOWN = 120
#: Longer lines are not written again.
_MOST_READ = 2_000
_LINK = re.compile(r"<a\b[^<>]*?\bhref\s*=\s*[\"']?([^\"'\s<>]+)[^<>]*>(.*?)</a\s*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<!--.*?-->|<(/?)([a-zA-Z][a-zA-Z0-9]*)\b[^<>]*>", re.DOTALL)
#: Elements whose content is no text.
_PROGRAM = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|$)", re.IGNORECASE | re.DOTALL)
_EMPHASIS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
_BREAKS = frozenset({"br", "p", "div", "ul", "ol", "table", "tr", "blockquote", "section", "article", "hr"})
_PICTURE = re.compile(r"\s*<img\b[^<>]*>\s*", re.IGNORECASE)


def say_without_html(text: str) -> str:
    """The hint for a line or block that holds HTML: how it is written in Markdown."""
    if _PICTURE.fullmatch(text):
        return _("Delete the line. Give the photo itself to an editor: the page Photos and consent says how.")
    lines = write_markdown(text).split("\n") if len(text) <= _MOST_READ else []
    shown = [line for line in lines if line.strip()]
    whole = "\n".join(lines)
    if not shown or drops_html(whole) or len(whole) > _MOST_SHOWN or whole.count("*") % 2 or whole.count("**") % 2:
        if _TAG.sub("", text).strip() and text.lstrip().startswith("<") and "\n" in text:
            return _(
                "HTML is not shown, and the text up to the next empty line goes with it. Delete the tags, and write "
                "the text with Markdown."
            )
        return _("HTML is not shown. Delete each tag, from `<` to `>`. To show it as text, put backticks around it.")
    if len(shown) == 1:
        return _("HTML is not shown. Write `{line}`.", line=shown[0])
    return _(
        "HTML is not shown. Write these lines, with an empty line before each: {lines}.",
        lines=join_lazy([f"`{line}`" for line in shown]),
    )


def write_markdown(text: str) -> str:
    """A text with HTML, as it would be in Markdown; tags that have no like there are left out."""

    def replace(found: re.Match[str]) -> str:
        closing, name = found[1], (found[2] or "").lower()
        if name in _EMPHASIS:
            return _EMPHASIS[name]
        if name == "li":
            return "\n" if closing else "\n- "
        if re.fullmatch(r"h[1-6]", name):
            return "\n" if closing else f"\n{'#' * max(int(name[1]), 2)} "
        return "\n" if name in _BREAKS else ""

    text = _PROGRAM.sub("", text)
    text = _TAG.sub(replace, _LINK.sub(r"[\2](\1)", text))
    text = html.unescape(text).replace("\u00a0", " ")
    return "\n".join(" ".join(line.split()) for line in text.split("\n"))
