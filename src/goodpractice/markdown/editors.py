"""Editors' Markdown: Python-Markdown with the extensions of the site, links as repository paths.

Macros are expanded before: what arrives here is Markdown with the HTML that
macros made.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

from goodpractice.config.mkdocs_file import SettingsError
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.markdown.as_github import arrange
from goodpractice.markdown.rendered import Rendered, RewriteLink
from goodpractice.markdown.spelled import spell_out

if TYPE_CHECKING:
    from markdown import Markdown

    from goodpractice.markdown.links import RewriteLinks

#: Extensions that bring Python-Markdown closer to GitHub, with their settings. A site may set them otherwise.
_AS_GITHUB: dict[str, dict[str, Any]] = {
    "sane_lists": {},
    "pymdownx.tilde": {"subscript": False},
}
#: Python-Markdown's `toc` has 5, and links come last.
_AFTER_TOC = 4


class Conversion(NamedTuple):
    """A text that was converted: its links as written, what each became, and the HTML."""

    links: list[str]
    rewritten: list[str]
    html: str


class EditorsMarkdown:
    """One parser for many pages: making a parser costs as much as a short page, and a page 8 ms.

    It remembers what it has converted: a page is rendered after a check has read its links.
    """

    def __init__(self, extensions: Sequence[Any], configs: Mapping[str, Any]) -> None:
        """Say what the parser is made from; it is made with the first page.

        Args:
            extensions: Names of Python-Markdown extensions, as in `mkdocs.yml`.
            configs: Their settings, by name.
        """
        self._extensions = extensions
        self._configs = configs
        #: Conversions by the digest of their texts.
        self._converted: dict[bytes, Conversion] = {}

    def start(self) -> None:
        """Make the parser now.

        Raises:
            SettingsError: The extensions cannot be used.
        """
        self._markdown  # noqa: B018 - made when it is first asked for

    @cached_property
    def _markdown(self) -> Markdown:
        # Most builds convert no page of an editor, and the import takes a fiftieth of a second.
        import markdown

        from goodpractice.content.text import make_anchor
        from goodpractice.markdown.anchors import KeepAnchors
        from goodpractice.markdown.inline import AsGitHub

        configs = _AS_GITHUB | dict(self._configs)
        if "toc" in self._extensions:
            configs["toc"] = {"slugify": make_anchor, **configs.get("toc", {})}

        try:
            parser = markdown.Markdown(
                extensions=[*dict.fromkeys((*_AS_GITHUB, *self._extensions)), AsGitHub()],
                extension_configs=configs,
            )
        except Exception as error:  # an extension that is not there, or settings that it does not know: its own code
            message = _("The Markdown extensions in mkdocs.yml cannot be used: {error}", error=error)
            raise SettingsError(message) from error
        parser.treeprocessors.register(KeepAnchors(parser), "goodpractice_anchors", _AFTER_TOC)
        parser.treeprocessors.register(self._links, "goodpractice_links", 1)
        return parser

    @cached_property
    def _links(self) -> RewriteLinks:
        from goodpractice.markdown.links import RewriteLinks

        return RewriteLinks()

    def render(self, text: str, rewrite: RewriteLink) -> Rendered:
        """Turn a page into HTML.

        Args:
            text: Markdown, macros expanded.
            rewrite: Called for the target of every link and picture.
        """
        key = blake2b(text.encode(), digest_size=16).digest()
        known = self._converted.get(key)
        if known is None or [rewrite(link) for link in known.links] != known.rewritten:
            self._markdown.reset()
            self._links.start(rewrite)
            html = _explain_once(self._markdown.convert(arrange(spell_out(text))))
            known = self._converted[key] = Conversion(self._links.found, self._links.rewritten, html)
        return Rendered(known.html, known.links)


_TERM = re.compile(
    r'<button type="button" class="gp-term" popovertarget="(?P<id>[^"]+)">(?P<text>.*?)</button>\s*'
    r'<span class="gp-term__meaning".*?<a href="(?P<href>[^"]*)">.*?</a></span>',
    re.DOTALL,
)


def _explain_once(html: str) -> str:
    """Keep the meaning of a word where it comes first on a page; later the word is a link to the glossary."""
    seen: set[str] = set()

    def link_later(found: re.Match[str]) -> str:
        if found["id"] not in seen:
            seen.add(found["id"])
            return found[0]
        return f'<a class="gp-term" href="{found["href"]}">{found["text"]}</a>'

    return _TERM.sub(link_later, html)
