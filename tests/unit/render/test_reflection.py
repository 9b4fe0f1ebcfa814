"""Marks of several people: read, merged, gathered into rounds and put into words, without a page."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.node import run_module

DIMENSIONS = [
    {"id": "power", "name": "Power", "steps": ["one", "two", "three", "four"]},
    {"id": "money", "name": "Money", "steps": ["little", "much"]},
]
READ = """
import { readReflection, writeReflection } from "SCRIPTS:reflection-model.js";
export default ({ texts, dimensions }) => texts.map((text) => {
  try { return JSON.parse(writeReflection(readReflection(text, dimensions))); } catch (error) {
    if (error.reason) return error.reason;
    throw error;
  }
});
"""
MERGE = """
import { merge, readReflection, writeReflection } from "SCRIPTS:reflection-model.js";
export default ({ files, dimensions }) => files.map((three) => {
  const [a, b, c] = three.map((file) => readReflection(JSON.stringify(file), dimensions));
  const others = [merge(merge(c, b), a), merge(merge(b, b), merge(c, merge(a, c)))];
  const ways = [merge(merge(a, b), c), merge(a, merge(b, c)), ...others];
  const texts = new Set(ways.map(writeReflection));
  return { texts: [...texts], read: JSON.parse(writeReflection(readReflection([...texts][0]))) };
});
"""
SHOW = """
import { findApart, findWidest, gatherRounds } from "SCRIPTS:reflection-model.js";
import { listLanes, listRows, sayDays, sayLane } from "SCRIPTS:reflection-picture.js";
export default ({ views, dimensions }) => gatherRounds(views).map((round, at, rounds) => ({
  days: sayDays(round, "en"),
  who: round.answers.map(({ name }) => name),
  widest: findWidest(round, dimensions).map(({ id }) => id),
  apart: findApart(round, dimensions).map(({ id }) => id),
  lanes: dimensions.map((line) => listLanes(line, round, rounds[at - 1]).map((lane) => sayLane(lane, line))),
  rows: dimensions.map((dimension) => listRows(dimension, round, rounds[at - 1]).map(Object.values)),
}));
"""
TIME = "2026-11-29T10:00:00Z"


def view(name: str, *rounds: dict[str, Any], id: str = "", side: str = "", changed: str = TIME) -> dict[str, Any]:
    return {"id": id or name.lower() or "x", "name": name, "side": side, "changed": changed, "rounds": list(rounds)}


def answer(date: str = "2026-11-29", changed: str = TIME, **marks: Any) -> dict[str, Any]:
    said = {id: dict(zip(("now", "wanted", "why"), mark, strict=False)) for id, mark in marks.items()}
    return {"date": date, "changed": changed, "marks": said}


def file(*views: dict[str, Any], actions: tuple[Any, ...] = ()) -> dict[str, Any]:
    return {"format": "goodpractice-reflection", "version": 1, "views": list(views), "actions": list(actions)}


def read(*texts: str) -> list[Any]:
    return list(run_module(READ, {"texts": texts, "dimensions": DIMENSIONS}))


def show(*views: dict[str, Any]) -> list[dict[str, Any]]:
    return list(run_module(SHOW, {"views": views, "dimensions": DIMENSIONS}))


NAMES = st.text(max_size=8)
TIMES = st.sampled_from([TIME, "2026-11-29T10:00:01Z", "2026-11-30T00:00:00.5Z"])
MARKS = st.fixed_dictionaries(
    {}, optional={"now": st.integers(0, 7), "wanted": st.integers(1, 7), "why": st.text(min_size=1, max_size=8)}
)
ROUNDS = st.builds(
    lambda date, changed, marks: {"date": date, "changed": changed, "marks": marks},
    st.sampled_from(["2024-02-29", "2026-05-01", "2026-11-29"]),
    TIMES,
    st.dictionaries(st.sampled_from(["power", "money", "gone"]), MARKS, max_size=2),
)
VIEWS = st.builds(
    lambda id, name, side, changed, rounds: {
        "id": id,
        "name": name,
        "side": side,
        "changed": changed,
        "rounds": rounds,
    },
    st.sampled_from(["a", "b", "constructor"]),
    NAMES,
    st.sampled_from(["partner", "ours", ""]),
    TIMES,
    st.lists(ROUNDS, max_size=3, unique_by=lambda one: str(one["date"])),
)
ACTIONS = st.builds(
    lambda id, what, when, changed: {
        "id": id,
        "dimension": "power",
        "what": what,
        "who": "",
        "when": when,
        "changed": changed,
    },
    st.sampled_from(["x", "y"]),
    NAMES,
    st.sampled_from(["", "2026-12-31"]),
    TIMES,
)
FILES = st.builds(
    lambda views, actions: file(*views, actions=tuple(actions)),
    st.lists(VIEWS, max_size=2, unique_by=lambda one: str(one["id"])),
    st.lists(ACTIONS, max_size=2, unique_by=lambda one: str(one["id"])),
).filter(lambda one: "power" in str(one) or not any(r["marks"] for v in one["views"] for r in v["rounds"]))


@settings(max_examples=max(1, settings().max_examples // 5))
@given(st.lists(st.tuples(FILES, FILES, FILES), min_size=10, max_size=20))
def test_files_merge_to_the_same_in_any_order_and_nobody_is_lost(threes: list[tuple[dict[str, Any], ...]]) -> None:
    known = [three for three in threes if all(_is_of_this_site(one) for one in three)]
    for three, found in zip(known, run_module(MERGE, {"files": known, "dimensions": DIMENSIONS}), strict=True):
        assert len(found["texts"]) == 1
        assert json.loads(found["texts"][0]) == found["read"], "what is saved can be opened again"
        people = {one["id"] for entry in three for one in entry["views"]}
        assert {one["id"] for one in found["read"]["views"]} == people
        for id in people:
            days = {r["date"] for entry in three for one in entry["views"] if one["id"] == id for r in one["rounds"]}
            (merged,) = (one for one in found["read"]["views"] if one["id"] == id)
            assert {one["date"] for one in merged["rounds"]} == days


def _is_of_this_site(entry: dict[str, Any]) -> bool:
    marked = {id for one in entry["views"] for r in one["rounds"] for id in r["marks"]}
    return not marked or marked != {"gone"}


def test_the_later_of_two_answers_counts_and_both_names_stay() -> None:
    old, new = answer(power=(1, 4, "old")), answer(changed="2026-12-01T00:00:00Z", power=(2, 4, "new"))
    threes = [[file(view("Ana", new, id="a")), file(view("Ana", old, id="a"), view("Ana", old, id="b")), file()]]
    (found,) = run_module(MERGE, {"files": threes, "dimensions": DIMENSIONS})
    first, second = found["read"]["views"]
    assert (first["rounds"][0]["marks"]["power"]["why"], second["rounds"][0]["marks"]["power"]["why"]) == ("new", "old")
    assert show(first, second)[0]["who"] == ["Ana", "Ana (2)"]


HOSTILE: dict[str, list[Any]] = {
    "foreign": ["", "[", "null", "[]", '"x"', "{}", '{"format": "goodpractice-sheet", "values": {}}'],
    "newer": [file() | {"version": 2}],
    "other": [file(view("A", answer(gone=(1, 2))))],
    "broken": [
        file() | {"version": "1"},
        file() | {"views": {}},
        file() | {"actions": None},
        file() | {"views": [view(f"v{number}") for number in range(61)]},
        file(view("A"), view("B", id="a")),
        file(view("A", id="../x")),
        file(view("A", side="theirs")),
        file(view("A" * 121)),
        file(view("A", changed="yesterday")),
        file(view("A", answer("2026-02-30"))),
        file(view("A", answer(), answer())),
        file(view("A", answer(power=(8, 1)))),
        file(view("A", answer(power=(1.5, 1)))),
        file(view("A", answer(power=(-1, 1)))),
        file(view("A", answer(power=("2", 1)))),
        file(view("A", answer(power=(1, 1, "x" * 4001)))),
        file(view("A", answer(power=(1, 1, {"toString": 1})))),
        json.dumps(file(view("A", answer(power=(1, 1))))).replace('"power"', '"__proto__"'),
        file(actions=({"id": "a"},)),
    ],
}


@pytest.mark.parametrize("reason", HOSTILE)
def test_a_file_that_is_none_of_ours_is_refused_whole(reason: str) -> None:
    texts = [one if isinstance(one, str) else json.dumps(one) for one in HOSTILE[reason]]
    assert read(*texts) == [reason] * len(texts)


KEYS = st.sampled_from(["id", "views", "rounds", "marks", "power", "now", "name", "date"])
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=max(1, settings().max_examples // 5))
@given(st.lists(ANYTHING, min_size=20, max_size=40))
def test_whatever_a_file_holds_it_is_read_or_refused(values: list[Any]) -> None:
    texts = [json.dumps(file() | {"views": value}) for value in values] + [json.dumps(value) for value in values]
    for found in read(*texts):
        assert found in list(HOSTILE) or found["version"] == 1


def test_marks_that_would_be_misread_are_left_out_and_unknown_lines_are_kept() -> None:
    saved = file(view("A\u202eB\u0000", answer(power=(0, 0, "a\u0007b"), gone=(1, 2)), id="a") | {"more": 1})
    (found,) = read(json.dumps(saved))
    (kept,) = found["views"]
    assert kept["name"] == "AB"
    assert kept["rounds"][0]["marks"] == {"power": {"now": 0, "why": "ab"}, "gone": {"now": 1, "wanted": 2}}


def test_rounds_are_found_by_their_days_with_one_answer_of_each() -> None:
    found = show(
        view("Ours", answer("2026-05-20", power=(2, 3)), answer("2026-11-20", power=(2, 4)), side="ours"),
        view("Theirs", answer("2026-05-02", power=(1, 4)), answer("2026-11-29", power=(2, 4)), side="partner"),
        view("Late", answer("2026-11-25", power=(4, 4), money=(1, 2)), answer("2026-12-01", power=(4, 4)), side="ours"),
        view("Silent", answer("2026-11-25"), side="ours"),
    )
    assert [one["who"] for one in found] == [["Theirs", "Ours"], ["Theirs", "Late", "Ours"], ["Late"]]
    days = found[0]["days"]
    assert (days[:1], days[-11:]) == ("2", "20 May 2026")
    assert found[2]["days"] == "1 December 2026"
    first, second, _third = found
    assert first["lanes"][0] == ["Theirs: today 1 of 4; wanted 4 of 4.", "Ours: today 2 of 4; wanted 3 of 4."]
    assert second["lanes"][0] == [
        "Theirs: today 2 of 4; wanted 4 of 4; in the round before 1 of 4.",
        "Museum or science centre: today 3 of 4, from 2 to 4; wanted 4 of 4; in the round before 2 of 4.",
    ]
    assert second["rows"][0] == [
        ["Theirs", "2 of 4: two", "4 of 4: four", "up by 1", ""],
        ["Late", "4 of 4: four", "4 of 4: four", "", ""],
        ["Ours", "2 of 4: two", "4 of 4: four", "no change", ""],
        ["All together", "2 of 4, from 2 to 4", "4 of 4", "", ""],
    ]


def test_the_widest_gap_is_a_share_of_the_line_and_silence_counts_nothing() -> None:
    (found,) = show(view("A", answer(power=(1, 3), money=(1, 2))), view("B", answer(power=(0, 4), money=(2, 2))))
    # One of one step against two of three; with B, who is there already, half of it remains.
    assert (found["widest"], found["apart"]) == (["power"], ["money"])
    (alone,) = show(view("A", answer(power=(1, 3), money=(1, 2))))
    assert (alone["widest"], alone["apart"]) == (["money"], [])
    assert alone["lanes"][0] == ["A: today 1 of 4; wanted 3 of 4."]
    (content,) = show(view("A", answer(power=(3, 3), money=(2, 1))))
    assert content["widest"] == []
    # A step that the line no longer has is not drawn, and somewhere between two is said so.
    (odd,) = show(view("A", answer(power=(5, 2))), view("B", answer(power=(2, 3))), view("C", answer(power=(3, 3))))
    assert odd["lanes"][0] == ["All together: today between 2 and 3 of 4; wanted 3 of 4, from 2 to 3."]
