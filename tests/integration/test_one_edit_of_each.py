"""One edit of everything that a site is made from: the engine gives what a build from nothing gives.

`make check` runs this; test_build_incremental.py tries every edit that we could think of.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.helpers.comparison import Comparison, choose
from tests.helpers.edits import PAGES, PHOTOS, SETUP, STORIES, TABLES

#: By what a person would say was edited. In this order, so that a later edit meets what an earlier one left.
EDITS = {
    "a chapter": PAGES["edit_chapter_title"],
    "the text of a case study": STORIES["edit_body"],
    "facts of a case study": STORIES["edit_partners"],
    "a new case study": STORIES["add_case"],
    "a partner": TABLES["edit_partner_name"],
    "a theme": TABLES["edit_theme_name"],
    "a vocabulary": TABLES["edit_name_in_audiences"],
    "a page of docs": PAGES["edit_docs_title"],
    "macros.py": SETUP["edit_macros"],
    "mkdocs.yml": SETUP["edit_configuration"],
    "an override": SETUP["edit_template"],
    "a photo": PHOTOS["add_photo"],
    "a translation": PAGES["edit_translation_title"],
}
#: Whatever these touch is made anew.
EVERYTHING = {"macros.py", "mkdocs.yml", "an override"}


@pytest.fixture(scope="module")
def comparison() -> Iterator[Comparison]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("goodpractice.engine.sources.SETTLED_NS", -(10**18))
        made = Comparison(cases=7)
        yield made
        made.close()


def test_each_edit_gives_what_a_build_from_nothing_gives(comparison: Comparison) -> None:
    for what, edit in EDITS.items():
        edit(comparison.site, choose(what))
        try:
            report = comparison.compare()
        except AssertionError as error:
            raise AssertionError(f"after an edit of {what}: {error}") from error
        if what not in EVERYTHING:
            assert report is not None
            assert not report.full, f"{what}: {report.full}"
    comparison.assert_nothing_to_do()
