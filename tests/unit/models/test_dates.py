from __future__ import annotations

import datetime

import pytest

from goodpractice.models import CaseStudy, Chapter


@pytest.mark.parametrize(
    ("period", "first", "sort"),
    [
        ("2019 to 2021", 2019, 2019),
        ("By 2026; no year documented", 2026, 0),
        ("Up to 2024", 2024, 0),
        ("Grant by 2024; no year documented", 2024, 0),
        ("before 2012", 2012, 0),
        ("April to June 2018 (pilots)", 2018, 2018),
        ("Byres Road, 2019", 2019, 2019),
    ],
)
def test_a_year_that_is_only_a_bound_puts_a_case_study_last(period: str, first: int, sort: int) -> None:
    case = CaseStudy.model_construct(year=None, period=period)
    assert (case.first_year, case.sort_year) == (first, sort)


@pytest.mark.parametrize(
    ("reviewed", "months", "due"),
    [
        ("2025-01-31", "1 month", "2025-02-28"),
        ("2024-11-30", "3 months", "2025-02-28"),
        ("2025-06-15", "12 months", "2026-06-15"),
        ("2025-06-15", "999999 months", "9999-12-31"),
    ],
)
def test_when_a_chapter_is_to_be_reviewed(reviewed: str, months: str, due: str) -> None:
    chapter = Chapter.model_construct(reviewed_on=datetime.date.fromisoformat(reviewed), review_in=months)
    assert chapter.review_due.isoformat() == due
