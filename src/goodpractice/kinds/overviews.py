"""Pages that show records of several kinds, or one kind by something else than its name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.kinds.lookup import Lookup


@dataclass(frozen=True, slots=True)
class Overview:
    """A page that shows several tables at once: the map, the pictures of the whole.

    Attributes:
        id: Id of the page, and its address.
        title: Title.
        description: For search engines and lists.
        macro: Layout macro.
        source: Where most of what it shows is edited.
        tables: Kinds of records that it is made from; without any of them there is no page.
        scripts: Custom elements on the page, by the names of their files.
        of: What every list of case studies below this page is chosen by: a vocabulary, or the region.
    """

    id: str
    title: str
    description: str
    macro: str
    source: str
    tables: tuple[str, ...]
    scripts: tuple[str, ...] = ()
    of: str = ""

    @property
    def url(self) -> str:
        """Address, relative to the site."""
        return f"{self.id}/"

    def url_of(self, id: str) -> str:
        """Address of one of the lists that it leads to."""
        return f"{self.url}{id}/"


OVERVIEWS: Mapping[str, Overview] = {
    overview.id: overview
    for overview in (
        Overview(
            "find",
            N_("Find what fits"),
            N_("Four short questions about your situation lead to chapters, tips and case studies that fit it."),
            "find_page",
            "data/themes.yml",
            ("theme",),
            ("gp-find",),
        ),
        Overview(
            "compare",
            N_("Compare case studies"),
            N_("Up to three case studies side by side: who decided, who held the money, what worked and what did not."),
            "compare_page",
            "case_studies/",
            ("case_study",),
            ("gp-compare",),
        ),
        Overview(
            "audiences",
            N_("Case studies by who took part"),
            N_("Families, young people, carers and others: who took part in the case studies."),
            "audience_index",
            "data/vocabularies.yml",
            ("case_study",),
            of="audience",
        ),
        Overview(
            "settings",
            N_("Case studies by setting"),
            N_("In a museum, in a community's own place, in the street, online: where people met in the case studies."),
            "setting_index",
            "data/vocabularies.yml",
            ("case_study",),
            of="setting",
        ),
        Overview(
            "regions",
            N_("Case studies by region"),
            N_("Where the case studies happened, by country, nation and region."),
            "region_index",
            "case_studies/",
            ("case_study",),
            of="region",
        ),
        Overview(
            "map",
            N_("Map"),
            N_(
                "Where partners are, and the lead partners of case studies: on a map, and as a list that says the same."
            ),
            "map_page",
            "partners.yml",
            ("partner",),
            ("gp-map",),
        ),
        Overview(
            "calendar",
            N_("Calendar"),
            N_("Every month in which something took place or was announced, and how to get it into your own calendar."),
            "calendar_page",
            "data/events.yml",
            ("event",),
        ),
        Overview(
            "at-a-glance",
            N_("At a glance"),
            N_("The collection in three pictures: who worked on which theme, when, and where examples are missing."),
            "glance_page",
            "case_studies/",
            ("case_study", "theme"),
        ),
        Overview(
            "on-paper",
            N_("On paper"),
            N_("Handbook, chapters and case studies to print or take along as PDF or e-book, with their sizes."),
            "paper_page",
            "handbook/",
            (),
            ("gp-print",),
        ),
        Overview(
            "offline",
            N_("Without a network"),
            N_("Keep pages, or all of them, on your telephone or computer, and read them where there is no network."),
            "offline_page",
            "mkdocs.yml",
            (),
            ("gp-offline",),
        ),
        Overview(
            "new",
            N_("What is new"),
            N_("New and changed case studies, chapters, posts and events, the latest first, with feeds (RSS)."),
            "new_page",
            "case_studies/",
            (),
        ),
        Overview(
            "data",
            N_("Open data"),
            N_("All records of this site, as files for spreadsheets and programs, with every field explained."),
            "data_page",
            "data/",
            (),
        ),
        Overview(
            "search",
            N_("Search"),
            N_("Search the handbook, case studies, partners, words and tools, in your own words."),
            "search_page",
            "data/glossary.yml",
            (),
            ("gp-search-page",),
        ),
    )
}


def overview_is_shown(kb: Lookup, overview: Overview) -> bool:
    """Whether an overview has anything to show."""
    return all(kb.has_any(kind) for kind in overview.tables)
