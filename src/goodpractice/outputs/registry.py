"""The only list of outputs."""

from __future__ import annotations

from goodpractice.outputs.archive import Archive
from goodpractice.outputs.assets import Assets
from goodpractice.outputs.calendars import Calendars
from goodpractice.outputs.data import Data
from goodpractice.outputs.feeds import Feeds
from goodpractice.outputs.llms import Llms
from goodpractice.outputs.newsletters import Newsletters
from goodpractice.outputs.output import Output
from goodpractice.outputs.pages import Pages
from goodpractice.outputs.papers import PAPERS
from goodpractice.outputs.photos import PhotoFiles
from goodpractice.outputs.sitemap import Sitemap
from goodpractice.outputs.texts import Texts

PAGES = Pages()
#: In the order in which they are made: first those of which others tell, then pages, which most processes make.
OUTPUTS: tuple[Output, ...] = (
    *PAPERS,
    Archive(),
    PAGES,
    PhotoFiles(),
    Assets(),
    Sitemap(),
    Feeds(),
    Newsletters(),
    Data(),
    Llms(),
    Texts(),
    Calendars(),
)
#: Those whose files are made from a page alone, by name.
OF_PAGE = {output.name: output for output in OUTPUTS if output.is_of_page}
#: Names of those of which others tell.
TOLD = frozenset(output.name for output in OUTPUTS if output.is_told)
#: Names of those that only a build makes that is asked for papers.
SLOW = frozenset(output.name for output in OUTPUTS if output.is_slow)
