from __future__ import annotations

from typing import Any

import pytest
from pydantic import Field

from goodpractice.kinds.base import Id, Line, Record
from goodpractice.kinds.kind import Collection, Kind, KindError, Search
from goodpractice.kinds.views.any_kind import record_page


class Course(Record):
    id: Id = Field(description="Short name.")
    name: Line = Field(description="Name.")


class Nameless(Record):
    id: Id = Field(description="Short name.")


WHOLE: dict[str, Any] = {
    "id": "course",
    "model": Course,
    "file": "data/courses.yml",
    "list": "courses",
    "name": "course",
    "collection": Collection(
        url="courses/",
        title="Courses",
        description="All courses.",
        record_view=record_page,
        describe=lambda course, _: course.name,
    ),
    "search": Search(label="Course", rank=1, prior=1.0),
}
PAGES = {"url": "courses/", "title": "Courses", "description": "All courses."}


def test_a_kind_that_says_everything_is_taken() -> None:
    assert Kind(**WHOLE).naming_fields == ("name",)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"id": "Course"}, "kind `Course`: its id must be small letters"),
        ({"name": ""}, "kind `course`: give `name`, which messages call one record"),
        ({"model": Nameless}, "kind `course`: its model needs one of the fields title, short_name, name, word"),
        ({"list": ""}, "kind `course`: give `list` for a data file"),
        ({"search": None}, "kind `course`: give `search`: every page is found by the search"),
        ({"collection": None}, "kind `course`: give `collection`: the search leads to its pages"),
        ({"collection": Collection(**{**PAGES, "url": "courses"})}, "kind `course`: the address of its collection"),
        ({"collection": Collection(**PAGES)}, "kind `course`: give `record_view` in `collection` for pages"),
        (
            {"collection": Collection(**PAGES, record_view=record_page)},
            "kind `course`: its collection needs `describe`",
        ),
    ],
)
def test_what_a_kind_forgets_is_named_before_anything_is_built(change: dict[str, Any], message: str) -> None:
    with pytest.raises(KindError) as refused:
        Kind(**WHOLE | change)
    assert str(refused.value).startswith(message)
