from __future__ import annotations

import sys
from typing import Any

import pytest

from goodpractice.content.document import Origin
from goodpractice.content.records import STEERING_KEYS, build_record, list_raw_references, list_references
from goodpractice.content.yaml_reader import load_yaml
from goodpractice.kinds import CaseStudy, Partner, Ref
from goodpractice.kinds.plan import Plan
from goodpractice.kinds.theme import Theme
from tests.helpers.memory import measure_held

CASE: dict[str, Any] = {
    "title": "Supper",
    "summary": "We ate.",
    "partners": [{"partner": "hill", "role": "Host"}],
    "place": "Uphill",
    "year": "2019",
    "themes": ["trust"],
    "sources": ["https://example.org"],
}


def explain(model: Any, values: dict[str, Any]) -> list[tuple[str, str, str]]:
    record, found = build_record(model, values, Origin("x.md"))
    assert (record is None) or not found
    return [(diagnostic.code, diagnostic.message, diagnostic.hint) for diagnostic in found]


def test_a_valid_record_is_made() -> None:
    record, found = build_record(CaseStudy, CASE, Origin("x.md"))
    assert found == []
    assert record is not None
    assert record.year == 2019


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"title": None}, ("GP201", "`title` is missing", "Add a line `title: …`.")),
        ({"title": ""}, ("GP201", "`title` is empty", 'Write it behind the colon: `title: "…"`. What a')),
        ({"title": "x" * 121}, ("GP209", "`title` has 121 characters; 120 fit", "Shorten it by 1.")),
        (
            {"title": ["a"]},
            ("GP203", "`title` needs a text, not a list", "Write it without the square brackets: `title"),
        ),
        ({"title": {"a": "b"}}, ("GP203", "`title` needs a text, not a group of fields", "What a reader gets")),
        ({"year": "soon"}, ("GP203", "`year` holds one year, in four digits, not `soon`", "Write for example")),
        ({"year": "2019.5"}, ("GP203", "`year` holds one year, in four digits, not `2019.5`", "Write year: 2019")),
        ({"year": "2999"}, ("GP203", "`year` is `2999`", "Write a year from 1900 to 2100")),
        ({"themes": "trust"}, ("GP203", "`themes` needs square brackets", 'Write `themes: ["trust"]`')),
        ({"themes": []}, ("GP201", "`themes` is empty", "Write it behind the colon")),
        ({"partners": ["Hill"]}, ("GP203", "this entry of `partners` is not a group", 'Write `  - name: "Hill"`, and')),
        ({"partners": [{"role": "Host"}]}, ("GP201", "this partner has neither an id nor a name", "Give `partner:`")),
        ({"reviewed_on": "March 2024"}, ("GP204", "`reviewed_on` is not a date: `March 2024`", "Write")),
        ({"reviewed_on": "2024"}, ("GP204", "`reviewed_on` is not a date: `2024`", "Write the day, too")),
        ({"documents": [{"title": "A", "url": "a.b"}]}, ("GP208", "`documents.url` is not a whole", "Begin it with")),
        ({"yaer": "2019"}, ("GP202", "`yaer` is not a known field", "Did you mean `year`?")),
        ({"Staff time": "2"}, ("GP202", "`Staff time` is not a known field", "Did you mean `staff_time`?")),
        ({"power": {"who_decides": "All"}}, ("GP202", "`who_decides` is not", "Did you mean `who_decided`?")),
        ({"year": None}, ("GP210", "the year is missing", "Add `year: 2024`")),
        ({"year": None, "period": "then"}, ("GP210", "`period` does not hold a year", "Write for example")),
        ({"sources": None}, ("GP211", "it is not said where the story comes from", "Add `partner_approved_on:`")),
        ({"template": "x"}, ("GP502", "`template` would steer", "Delete the line.")),
        ({"place": "[Town or area]"}, ("GP405", "`place` still holds the explanation of the form", "Replace")),
    ],
)
def test_messages(change: dict[str, Any], expected: tuple[str, str, str]) -> None:
    found = explain(CaseStudy, CASE | change)
    assert len(found) == 1
    for part, start in zip(found[0], expected, strict=True):
        assert part.startswith(start)


@pytest.mark.parametrize("change", [{"year": None, "period": "[When, for example 2026]"}, {"year": "[The year]"}])
def test_a_text_to_replace_is_one_problem(change: dict[str, Any]) -> None:
    assert [code for code, _, _ in explain(CaseStudy, CASE | change)] == ["GP405"]


def test_every_mistake_of_a_record_is_found_at_once() -> None:
    found = explain(CaseStudy, CASE | {"title": "[Title]", "year": "soon", "hide": "toc", "audience": "x"})
    assert sorted(code for code, _, _ in found) == ["GP202", "GP203", "GP405", "GP502"]


def test_no_field_of_a_case_study_steers_the_generator() -> None:
    assert STEERING_KEYS.isdisjoint(CaseStudy.model_fields)
    assert [code for code, _, _ in explain(CaseStudy, CASE | {"hide": "toc"})] == ["GP502"]


def test_a_field_that_a_model_has_is_no_steering_key() -> None:
    partner = {"id": "a", "name": "A", "kind": "museum", "status": "Closed.", "sources": ["https://example.org"]}
    assert explain(Partner, partner) == []


def test_a_name_where_an_id_belongs_is_left_to_the_check_of_references() -> None:
    record, found = build_record(CaseStudy, CASE | {"themes": ["Time and trust"]}, Origin("x.md"))
    assert (record, found) == (None, [])


def test_an_id_of_the_record_itself_is_checked() -> None:
    theme = {"id": "Time & trust", "name": "T", "question": "?", "summary": "S", "sources": ["https://example.org"]}
    assert [code for code, _, _ in explain(Theme, theme)] == ["GP205"]


def test_issues_stand_at_the_value_or_at_the_nearest_value_around_it() -> None:
    text = "partners:\n  - id: a\n    brings:\n      - what: Tea\n    lat: 1\n"
    document = load_yaml(text, "partners.yml")
    _, found = build_record(
        Partner, document.value["partners"][0], Origin("partners.yml", ("partners", 0), document.positions)
    )
    assert [(diagnostic.line, diagnostic.column, diagnostic.message) for diagnostic in sorted(found)] == [
        (2, 5, "`name` is missing"),
        (2, 5, "`sources` is missing"),
        (4, 9, "`brings.source` is missing"),
    ]


def test_references_of_a_record_and_of_raw_values_are_the_same() -> None:
    plan = {
        "id": "p",
        "name": "P",
        "programme": "one",
        "lead_partners": ["a"],
        "strands": [{"id": "1", "title": "S", "actions": [{"id": "1.1", "title": "T", "lead": ["b", "c"]}]}],
        "sources": ["https://example.org", "annual"],
    }
    record, found = build_record(Plan, plan, Origin("x.yml"))
    assert found == []
    assert record is not None
    listed = [(where, value) for where, value, _ in list_references(record)]
    assert listed == [
        (("programme",), "one"),
        (("lead_partners", 0), "a"),
        (("strands", 0, "actions", 0, "lead", 0), "b"),
        (("strands", 0, "actions", 0, "lead", 1), "c"),
        (("sources", 0), "https://example.org"),
        (("sources", 1), "annual"),
    ]
    assert listed == [(where, value) for where, value, _ in list_raw_references(Plan, plan)]
    assert [mark.kind for _, _, mark in list_references(record) if isinstance(mark, Ref)] == [
        "programme",
        "partner",
        "partner",
        "partner",
    ]


def test_raw_values_of_any_shape_are_walked() -> None:
    values = {"themes": "trust", "partners": [None, "x", {"partner": ["y"]}, {"partner": "[id]"}], "programme": None}
    assert [(where, value) for where, value, _ in list_raw_references(CaseStudy, values)] == [(("themes", 0), "trust")]


def test_records_with_the_same_fields_hold_their_names_once_and_copies_their_own() -> None:
    def build(title: str) -> Any:
        return build_record(CaseStudy, CASE | {"title": title}, Origin("x.md"))[0]

    one, other = build("One"), build("Two")
    assert one.model_copy(update={"region": "Wales"}).model_fields_set == CASE.keys() | {"region"}
    assert one.model_fields_set == other.model_fields_set == CASE.keys()
    held = measure_held(lambda: [build(str(number)).model_fields_set for number in range(50)])
    assert held < 50 * sys.getsizeof(one.model_fields_set) / 4
