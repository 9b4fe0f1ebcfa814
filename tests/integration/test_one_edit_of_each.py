"""One edit of everything that a site is made from: the engine gives what a build from nothing gives.

`make check` runs this; test_build_incremental.py tries every edit that we could think of, and compares after each.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext

import pytest

from goodpractice.engine.report import Report
from tests.helpers.comparison import Comparison, choose
from tests.helpers.edits import PAGES, PHOTOS, SETUP, STORIES, TABLES

#: By what a person would say was edited. To build from nothing takes longest, so some are compared by two: what the
#: second makes anew is one page of the many on which the first would have left something stale.
EDITS = (
    {"a chapter": PAGES["edit_chapter_title"], "the text of a case study": STORIES["edit_body"]},
    {"a page of docs": PAGES["edit_docs_title"], "a photo": PHOTOS["add_photo"]},
    {"a partner": TABLES["edit_partner_name"], "a translation": PAGES["edit_translation_title"]},
    {"a theme": TABLES["edit_theme_name"], "facts of a case study": STORIES["edit_partners"]},
    {"a new case study": STORIES["add_case"]},
    {"a vocabulary": TABLES["edit_name_in_audiences"]},
    {"a case study that goes": STORIES["delete_case"]},
    {"a file's name": STORIES["rename_case"]},
)
#: Whatever these touch is made anew.
OF_EVERYTHING = {
    "macros.py": SETUP["edit_macros"],
    "mkdocs.yml": SETUP["edit_configuration"],
    "an override": SETUP["edit_template"],
}


@pytest.fixture(scope="module")
def comparison() -> Iterator[Comparison]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("goodpractice.engine.sources.SETTLED_NS", -(10**18))
        # A process of tests is large: to copy it takes longer than what the copy works out.
        for module in ("pipeline", "staging"):
            patch.setattr(f"goodpractice.engine.{module}.working_aside", nullcontext)
        made = Comparison(cases=7)
        yield made
        made.close()


def test_each_edit_gives_what_a_build_from_nothing_gives(comparison: Comparison) -> None:
    for edits in EDITS:
        *before, last = edits
        for what in before:
            edits[what](comparison.site, choose(what))
            assert comparison.build().full == "", what
        edits[last](comparison.site, choose(last))
        assert compare(comparison, " and ".join(edits)).full == "", last
    for what, edit in OF_EVERYTHING.items():
        edit(comparison.site, choose(what))
        assert comparison.build().full, what
    compare(comparison, "what everything is made from")
    comparison.assert_nothing_to_do()


def compare(comparison: Comparison, what: str) -> Report:
    try:
        report = comparison.compare()
    except AssertionError as error:
        raise AssertionError(f"after an edit of {what}: {error}") from error
    assert report is not None
    return report
