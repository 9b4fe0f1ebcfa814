"""The tokens of the design, for the page that shows them."""

from __future__ import annotations

from typing import Literal

from markupsafe import Markup

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.render.environment import render_component
from goodpractice.render.stylesheet import list_tokens

TokenKind = Literal["colours", "sizes", "fonts", "spaces", "reading", "icons"]

_PREFIXES = {
    "sizes": ("--gp-text", "--gp-nav"),
    "fonts": ("--gp-display", "--gp-serif", "--gp-sans", "--gp-mono"),
    "spaces": ("--gp-space", "--gp-radius"),
    "reading": (
        *("--gp-scale", "--gp-lines", "--gp-measure", "--gp-leading", "--gp-tracking", "--gp-word-space"),
        *("--gp-grid", "--gp-side", "--gp-aside"),
    ),
    "icons": ("--gp-icon-", "--gp-weave"),
}


def tokens(kb: KnowledgeBase, kind: TokenKind) -> Markup:
    """The tokens of one kind, as they look in the colours that a reader has chosen.

    Args:
        kind: `colours`, `sizes`, `fonts`, `spaces`, `reading` or `icons`.

    Example:
        {{ tokens("spaces") }}

    Raises:
        KeyError: There is no such kind.
    """
    listed = list_tokens(kb.settings.look)
    if kind == "colours":
        shown = [token for token in listed if token[1].startswith("#")]
    else:
        shown = [token for token in listed if token[0].startswith(_PREFIXES[kind])]
    entries = [
        {"name": name, "short": name.removeprefix("--gp-"), "light": light, "dark": dark} for name, light, dark in shown
    ]
    return render_component("tokens", language=kb.language, kind=kind, tokens=entries, themed=kind == "colours")
