"""From the main content of a page to the few elements that a search index needs.

What is left: headings with their ids, so that a result can lead to the
section that answers, and paragraphs of plain text. What goes: links and marks
around words, and every part that repeats other pages (cards, related links,
sources, lists of entries) or labels the frame of a box, because a page should be found for what it says
itself.
"""

from __future__ import annotations

import re

#: Parts that repeat other pages or say nothing of their own, by class or by the heading they belong to.
LEFT_OUT = frozenset(
    {
        "anchor",
        "gp-card",
        "gp-chapter-head__facts",
        "gp-chapter-head__kicker",
        "gp-facts__title",
        "gp-gaps",
        "gp-index__letters",
        "gp-pagination",
        "gp-provenance",
        "gp-related",
        "gp-share",
        "gp-sources",
        "gp-term__meaning",
        "gp-reflect__label",
        "gp-tip__label",
        "gp-wider__label",
        "headerlink",
        "markdown-alert-title",
    }
)
LEFT_OUT_SECTIONS = frozenset({"gp-cases", "gp-chapters"})

_PIECE = re.compile(
    r"<!--.*?-->|<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+)>|([^<]++)|<", re.DOTALL
)
#: A web address shown as it is: nobody searches for it, and its parts (`com`, `science`) look like words.
_ADDRESS = re.compile(r"\s*(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?\s*")
_CLASS = re.compile(r'\bclass="([^"]*)"')
_ID = re.compile(r'\bid="([^"]*)"')
_LABELLED = re.compile(r'\baria-labelledby="([^"]*)"')
_ALT = re.compile(r'\balt="([^"]+)"')
_VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
_SILENT = frozenset({"button", "nav", "script", "style", "svg", "template"})
_INLINE = frozenset(
    {
        "a",
        "abbr",
        "b",
        "button",
        "cite",
        "code",
        "del",
        "em",
        "i",
        "ins",
        "kbd",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strong",
    }
    | {"sub", "sup", "u"}
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def extract_content(html: str) -> str:
    """The text of a page as headings and paragraphs.

    Args:
        html: Its main content, well-formed, as the renderer gives it.
    """
    parts: list[str] = []
    words: list[str] = []
    heading = ""
    skipping = ""
    depth = 0

    def flush() -> None:
        text = " ".join("".join(words).split())
        words.clear()
        if text:
            parts.append(f"{heading}{text}</{heading[1:3]}>" if heading else f"<p>{text}</p>")

    for match in _PIECE.finditer(html):
        text = match[4]
        if text is not None:
            if not skipping and not _ADDRESS.fullmatch(text):
                words.append(text)
            continue
        tag = (match[2] or "").lower()
        if not tag:
            continue
        closes = match[1] == "/"
        if skipping:
            if tag == skipping:
                depth += -1 if closes else 1
                if depth == 0:
                    skipping = ""
            continue
        if tag in _INLINE and (closes or not _is_left_out(tag, match[3])):
            continue
        if tag == "img":
            words.extend(f" {alt} " for alt in _ALT.findall(match[3]))
            continue
        if not closes and tag not in _VOID and _is_left_out(tag, match[3]):
            skipping, depth = tag, 1
            continue
        if tag == "dt" and closes:
            words.append(": ")
            continue
        if tag == "dd" and not closes:
            continue
        flush()
        heading = ""
        if tag in _HEADINGS and not closes:
            found = _ID.search(match[3])
            heading = f'<{tag} id="{found[1]}">' if found else f"<{tag}>"
    flush()
    return "".join(parts)


def _is_left_out(tag: str, attributes: str) -> bool:
    found = _CLASS.search(attributes) if attributes else None
    # A word that opens its meaning is a button, and part of its sentence all the same.
    if tag in _SILENT and not (found and found[1] == "gp-term"):
        return True
    if not attributes:
        return False
    if found and not LEFT_OUT.isdisjoint(found[1].split()):
        return True
    labelled = _LABELLED.search(attributes)
    return labelled is not None and labelled[1] in LEFT_OUT_SECTIONS
