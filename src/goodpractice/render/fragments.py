"""Fragment caching: what pages of one section, depth and language share of the shell is rendered once.

A template says so with `{{ include_cached("partials/menu.html") }}`. The menu and its like ask nothing of a page but
its place: rendered for each page, they would take half of its shell's time. A fragment that does ask something of the
page is rendered for each: `PageAsked` tells, so that no template can get the values of another page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jinja2.runtime import Context

#: The template, the way up to the top of the site, the section and the language.
FragmentKey = tuple[str, str, str, str]
#: Finds a fragment that an earlier build rendered.
FindFragment = Callable[[FragmentKey], str | None]


class PageAsked(Exception):  # noqa: N818 - no error: the fragment is rendered for each page then
    """A fragment asks something that only one page has."""


class OfOnePage:
    """In a fragment, takes the place of a value that only one page has: using it tells."""

    def _tell(self, *_: object) -> Any:
        raise PageAsked

    __getattr__ = __getitem__ = __call__ = __str__ = __iter__ = __len__ = __contains__ = __bool__ = _tell
    __hash__ = __eq__ = __ne__ = __lt__ = __gt__ = __le__ = __ge__ = __add__ = __radd__ = __mod__ = _tell


class PageOutsideMenu:
    """`page` in a fragment: there is one, and no entry of the menu is it."""

    def __getattr__(self, name: str) -> Any:
        raise PageAsked

    def __str__(self) -> str:
        raise PageAsked


def collect_shared(context: Context, shared: Mapping[str, Any]) -> dict[str, Any]:
    """The names of a template, without the values that only one page has.

    Args:
        context: What the page's own template knows.
        shared: The values that a fragment may use.
    """
    everywhere, missing = context.environment.globals, object()
    return {
        name: shared.get(name, value if everywhere.get(name, missing) is value else OfOnePage())
        for name, value in context.get_all().items()
    }


class FragmentCache:
    """Fragments by key.

    Attributes:
        new: Those that were rendered here.
    """

    def __init__(self, find: FindFragment = lambda key: None) -> None:
        """Take what knows the fragments of earlier builds."""
        self.new: dict[FragmentKey, str] = {}
        self._find = find
        self._known: dict[FragmentKey, str | None] = {}

    def get(self, key: FragmentKey, render: Callable[[], str]) -> str | None:
        """The fragment for a key; nothing where each page has to render it for itself."""
        if key not in self._known:
            text = self._find(key)
            if text is None:
                try:
                    text = self.new[key] = render()
                except PageAsked:
                    text = None
            self._known[key] = text
        return self._known[key]
