"""Links and anchors in both dialects, as the site will resolve them."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator

from goodpractice.checks.dangling_ids import reject_absent
from goodpractice.checks.stories import list_markdown_lines
from goodpractice.content.addresses import mend_address, say_how_to_address
from goodpractice.content.document import Document
from goodpractice.content.text import suggest
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.rules import Diagnostic, shorten
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds.registry import HOME_OF_KIND
from goodpractice.pages import LinkResolver, Page
from goodpractice.pages.link_resolver import LinkTarget

#: Files and folders that hold what pages are made of.
_HOMES = frozenset(home.partition("/")[0] for home in HOME_OF_KIND.values())
#: Where files lie on computers of people.
_ON_A_COMPUTER = re.compile(r"file:|[A-Za-z]:[\\/]|\\\\|(?:/Users|/home|~)/|%5C%5C", re.IGNORECASE)
#: Longer links are cut in messages.
_MOST_SHOWN = 120

#: Anchors of a page, at least the one that is looked for, if there is one of that name; nothing when the page cannot be
#: rendered because of another problem.
FindAnchors = Callable[[Page, str], frozenset[str] | None]


def check_links(
    document: Document,
    links: list[str],
    addresses: LinkResolver,
    anchors: FindAnchors,
    pictures: Collection[str] = (),
) -> Iterator[Diagnostic]:
    """Every link and picture that a file holds.

    Args:
        document: The file.
        links: Targets as the parser of its dialect found them, in order.
        addresses: Where links lead.
        anchors: What the headings of a page are.
        pictures: Targets of which it is said elsewhere when they are not there.
    """
    for link, nth in number_occurrences(links):
        target = addresses.find(link, document.path)
        if target.kind in ("missing", "unsafe") and link in pictures:
            continue
        if target.kind == "missing" and link.startswith("#"):
            continue  # what keeps this file from being a page is told by itself
        first = target.path.partition("/")[0]
        if target.kind == "missing" and first in _HOMES and not addresses.exists(first):
            yield reject_absent(first)
            continue
        found = _explain(link, target, document, addresses, anchors)
        if found is not None:
            line, column = find_link(document, link, nth)
            yield document.diagnose(line, *found, column)


def _explain(
    link: str, target: LinkTarget, document: Document, addresses: LinkResolver, anchors: FindAnchors
) -> tuple[str, str, str] | None:
    if _ON_A_COMPUTER.match(link):
        message = _("the link `{link}` leads to a file on one computer", link=shorten(link, _MOST_SHOWN))
        hint = _("Nobody else can open it. Delete the link and keep its words, or put the file on a website first.")
        return rules.UNSAFE_LINK, message, hint
    if target.kind == "unsafe":
        message = _("the link `{link}` is of a kind that is not allowed", link=shorten(link, _MOST_SHOWN))
        return rules.UNSAFE_LINK, message, say_how_to_address(link)
    if target.kind == "missing":
        return _explain_missing(link, target, document, addresses)
    if target.kind == "page" and target.page is not None and target.fragment:
        known = anchors(target.page, target.fragment)
        if known is not None and target.fragment not in known:
            close = suggest(target.fragment, known)
            source = target.page.source
            place = _("on this page") if source == document.path else _("in {source}", source=source)
            hint = _("Look at the headings of that page, or leave out the part after #.")
            if close:
                hint = _("Did you mean `#{close}`?", close=close)
            message = _("there is no heading `#{fragment}` {place}", fragment=target.fragment, place=place)
            return rules.DEAD_ANCHOR, message, hint
    return None


def _explain_missing(
    link: str, target: LinkTarget, document: Document, addresses: LinkResolver
) -> tuple[str, str, str]:
    shown = shorten(link, _MOST_SHOWN)
    if "@" in link and "/" not in link:
        hint = _("Delete the link and keep its words, or link to a website instead.")
        return rules.DEAD_LINK, _("the link `{link}` is an e-mail address", link=shown), hint
    address = mend_address(link)
    if address:
        message = _("the link `{link}` is not a whole web address", link=shown)
        return rules.DEAD_LINK, message, _("Write {address}", address=address)
    wanted = target.path.rstrip("/")
    by_name = {_stem(source): source for source in addresses.page_index.by_source}
    source = by_name.get(suggest(_stem(wanted), by_name) or "")
    if source:
        relative = posixpath.relpath(source, posixpath.dirname(document.path) or ".")
        hint = _("Did you mean `{relative}`?", relative=relative)
    else:
        hint = _("Write the path of a file, seen from this file, for example `../handbook/superpowers.md`.")
    return rules.DEAD_LINK, _("the link `{link}` leads nowhere", link=shown), hint


def _stem(path: str) -> str:
    return posixpath.basename(path).removesuffix(".md").removesuffix(".yml")


def number_occurrences(links: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Each target with the number of times that it came before."""
    seen: Counter[str] = Counter()
    for link in links:
        yield link, seen[link]
        seen[link] += 1


def find_link(document: Document, link: str, nth: int = 0) -> tuple[int, int]:
    """Where a body links to a target for the nth time, or for the last: line from 0 and column from 1."""
    pattern = re.compile(r"(?<![\w/.-])" + re.escape(link) + r"(?![\w/-])")
    places = [
        (number, match.start() + 1)
        for number, line in list_markdown_lines(document.body)
        for match in pattern.finditer(line)
    ]
    return places[min(nth, len(places) - 1)] if places else (0, 1)
