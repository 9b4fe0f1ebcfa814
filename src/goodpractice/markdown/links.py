"""Links in editors' Markdown: found and rewritten while Python-Markdown converts a page."""

from __future__ import annotations

from xml.etree import ElementTree

from markdown.treeprocessors import Treeprocessor

from goodpractice.markdown.rendered import RewriteLink
from goodpractice.pages.link_resolver import FILE_URI, PAGE_URI, REPOSITORY_TOKEN


class RewriteLinks(Treeprocessor):
    """Rewrites the target of every link and picture but those that macros have written, and notes both."""

    def start(self, rewrite: RewriteLink) -> None:
        """Begin a page."""
        self.rewrite = rewrite
        self.found: list[str] = []
        self.rewritten: list[str] = []

    def run(self, root: ElementTree.Element) -> None:
        """Rewrite the links of the page; Python-Markdown calls it."""
        for element in root.iter():
            attribute = {"a": "href", "img": "src"}.get(element.tag)
            target = element.get(attribute) if attribute else None
            if attribute is None or target is None or target.startswith((PAGE_URI, FILE_URI, REPOSITORY_TOKEN)):
                continue
            classes = (element.get("class") or "").split()
            if "headerlink" in classes or "footnote-ref" in classes or "footnote-backref" in classes:
                continue
            self.found.append(target)
            self.rewritten.append(self.rewrite(target))
            element.set(attribute, self.rewritten[-1])
