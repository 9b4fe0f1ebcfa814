from __future__ import annotations

import datetime

import pytest

from goodpractice.kinds import CaseStudy, Chapter


@pytest.mark.parametrize(
    ("period", "first", "sort"),
    [
        ("2019 to 2021", 2019, 2019),
        ("By 2026; no year documented", None, 0),
        ("Up to 2024", None, 0),
        ("Grant by 2024; no year documented", None, 0),
        ("before 2012", None, 0),
        ("not documented", None, 0),
        ("Not documented; over by 2024", None, 0),
        ("During phase 4, 2019 to 2021", 2019, 2019),
        ("Plan for 2014 to 2020", 2014, 2014),
        ("April to June 2018 (pilots)", 2018, 2018),
        ("Byres Road, 2019", 2019, 2019),
    ],
)
def test_a_year_that_is_only_a_bound_is_not_the_first(period: str, first: int | None, sort: int) -> None:
    case = CaseStudy.model_construct(year=None, period=period)
    assert (case.first_year, case.sort_year) == (first, sort)


@pytest.mark.parametrize(
    ("written", "reviewed", "months", "due"),
    [
        ("2025-01-31", None, "1 month", "2025-02-28"),
        ("2024-11-30", None, "3 months", "2025-02-28"),
        ("2020-01-01", "2025-06-15", "12 months", "2026-06-15"),
        ("2020-01-01", "2025-06-15", "999999 months", "9999-12-31"),
    ],
)
def test_when_a_chapter_is_to_be_reviewed(written: str, reviewed: str | None, months: str, due: str) -> None:
    chapter = Chapter.model_construct(
        written_on=datetime.date.fromisoformat(written),
        reviewed_on=datetime.date.fromisoformat(reviewed) if reviewed else None,
        review_in=months,
    )
    assert chapter.review_due.isoformat() == due
