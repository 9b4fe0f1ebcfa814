"""The only list of outputs."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec

from goodpractice.outputs.assets import Assets
from goodpractice.outputs.data import Data
from goodpractice.outputs.feeds import Feeds
from goodpractice.outputs.output import Output
from goodpractice.outputs.pages import Pages
from goodpractice.outputs.photos import Photos
from goodpractice.outputs.sitemap import Sitemap

PAGES = Pages()
#: In the order in which they are made. Pages come first: most processes make them.
OUTPUTS: tuple[Output, ...] = (
    PAGES,
    Photos(),
    Assets(),
    Sitemap(),
    Feeds(),
    Data(),
)


def list_missing(output: Output) -> Iterator[str]:
    """The modules that an output needs and that are not installed."""
    return (name for name in output.needs if find_spec(name) is None)
