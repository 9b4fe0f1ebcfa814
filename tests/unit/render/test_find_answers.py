"""What the finder answers, and what the comparison shows: their scripts, run without a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from goodpractice.search.facets import encode_places
from tests.helpers.node import run_module

#: Values of each question, by their names; and what each case study carries, by its place.
NAMES = {
    "theme": ["trust", "money", "travel"],
    "audience": ["families", "teens"],
    "moment": ["before", "after"],
    "setting": ["hall"],
}
CASES: list[dict[str, list[str]]] = [
    {"theme": ["money"], "audience": ["families"]},
    {"theme": ["trust", "money"], "audience": ["teens"], "moment": ["before"]},
    {"theme": ["money"], "audience": ["teens"]},
    {"theme": ["travel"]},
]
#: Id, themes, moments and tips of each chapter.
CHAPTERS: list[tuple[str, list[str], list[str], list[list[str]]]] = [
    ("welcome", [], ["after"], [["Smile", "Say hello."], ["Second", "Never shown."]]),
    ("both", ["trust", "money"], [], [["", "Count together."]]),
    ("purse", ["money"], ["before"], [["Third", "Beyond the most that are shown."]]),
]
SOURCE = """
import { Finder } from "SCRIPTS:find-answers.js";
export default ({ file, names, asked }) => {
  const finder = new Finder(file, (question, value) => names[question][value]);
  return asked.map((chosen) => {
    const answers = Object.fromEntries(Object.entries(chosen).map(([question, values]) => [question, new Set(values)]));
    const { chapters, tips, ...found } = finder.find(answers);
    return {
      ...found,
      chapters: chapters.map(({ chapter, why }) => [chapter.id, why]),
      tips: tips.map(({ chapter, title, text }) => [chapter.id, title, text]),
      why: found.cases.map((at) => finder.explain(at, answers)),
      counts: Object.keys(names).map((question) => finder.count(answers, question, names[question].length)),
    };
  });
};
"""

Ask = Callable[..., dict[str, Any]]


def number(question: str, values: list[str]) -> list[int]:
    return [NAMES[question].index(value) for value in values]


def pack(cases: list[dict[str, list[str]]] = CASES) -> dict[str, Any]:
    """The file of the finder, as `pack_finder` writes it."""
    values = {
        question: [
            encode_places([at for at, case in enumerate(cases) if value in case.get(question, [])]) for value in names
        ]
        for question, names in NAMES.items()
    }
    chapters = [
        [id, f"Chapter {id}", "", "", number("theme", themes), number("moment", moments), tips]
        for id, themes, moments, tips in CHAPTERS
    ]
    return {"cases": len(cases), "values": values, "chapters": chapters, "ids": [at + 40 for at in range(len(cases))]}


def find(*asked: dict[str, list[str]], file: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    chosen = [{question: number(question, values) for question, values in answers.items()} for answers in asked]
    return list(run_module(SOURCE, {"file": file or pack(), "names": NAMES, "asked": chosen}))


def test_every_answer_narrows_and_says_why() -> None:
    one, both, either = find(
        {"theme": ["money"]}, {"theme": ["money"], "audience": ["teens"]}, {"theme": ["trust", "money"]}
    )
    assert (one["fits"], one["cases"], one["note"]) == (True, [0, 1, 2], "")
    assert one["said"] == "3 case studies fit, with 2 chapters and 2 tips from the handbook."
    assert both["cases"] == [1, 2]
    assert both["why"] == ["Because it is about ‘money’ and with ‘teens’."] * 2
    # Any answer to one question is enough; what gives most of them comes first.
    assert either["cases"] == [1, 0, 2]


def test_counts_are_what_each_answer_would_lead_to_beside_the_others() -> None:
    (found,) = find({"theme": ["money"], "audience": ["teens"]})
    assert dict(zip(NAMES, found["counts"], strict=True)) == {
        "theme": [1, 2, 0],
        "audience": [1, 2],
        "moment": [1, 0],
        "setting": [0],
    }


def test_where_none_fits_the_nearest_are_shown_with_what_is_not_documented() -> None:
    near, none, one = find(
        {"theme": ["travel"], "audience": ["teens"], "setting": ["hall"]},
        {"setting": ["hall"]},
        {"theme": ["trust"], "moment": ["before"], "setting": ["hall"]},
    )
    assert (near["fits"], near["cases"]) == (False, [1, 2, 3])
    assert near["note"] == "No case study fits all of your answers. These come nearest: 1 of 3 answers fits."
    assert near["said"].startswith("No case study fits all of this; the nearest are shown")
    assert near["why"][0] == "Because it is with ‘teens’. Not documented: about ‘travel’, in the setting ‘hall’."
    assert (none["cases"], none["why"][0]) == ([0, 1, 2], "Not documented: in the setting ‘hall’.")
    assert none["note"] == "No case study has been told about this yet. These are the newest."
    assert one["cases"] == [1]
    assert one["note"] == "No case study fits all of your answers. This one comes nearest: 2 of 3 answers fit."


def test_a_community_without_case_studies_is_led_to_the_handbook() -> None:
    (found,) = find({"audience": ["teens"]}, file=pack([]))
    assert (found["cases"], found["note"]) == ([], "No case study has been told yet.")
    assert found["chapters"][0] == ["welcome", "Because it is where the handbook begins."]


def test_chapters_answer_for_a_theme_and_a_moment_and_else_by_what_fits() -> None:
    theme, moment, neither, single = find(
        {"theme": ["money"]},
        {"moment": ["after"]},
        {"audience": ["teens"]},
        {"moment": ["before"], "theme": ["travel"]},
    )
    # A chapter on one theme alone says more about it than one on two.
    assert [id for id, __ in theme["chapters"]] == ["purse", "both"]
    assert theme["chapters"][0][1] == "Because it is about ‘money’."
    assert moment["chapters"] == [["welcome", "Because it is for the moment ‘after’."]]
    assert neither["chapters"] == [
        ["purse", "Because 2 of the 2 case studies that fit are about ‘money’."],
        ["both", "Because 1 of the 2 case studies that fit is about ‘trust’."],
    ]
    # No chapter is about it: what is nearest says what helps.
    assert single["chapters"][0] == ["both", "Because 1 of the 2 case studies that come nearest is about ‘trust’."]


def test_one_tip_of_each_chapter_and_two_in_all() -> None:
    (found,) = find({"theme": ["money", "trust"], "moment": ["after"]})
    assert found["tips"] == [["both", "", "Count together."], ["purse", "Third", "Beyond the most that are shown."]]


# The comparison

COMPARED = """
import { listGroups, listNear, printIds, readIds, sayShown } from "SCRIPTS:compared.js";
export default ({ ask, ...given }) => {
  const cases = given.cases ?? [];
  for (const { facts } of cases) for (const group of Object.keys(facts)) facts[group] = new Map(facts[group]);
  if (ask === "ids") return given.addresses.map(readIds);
  if (ask === "print") return printIds(given.ids);
  if (ask === "near") return listNear(cases, given.ids);
  if (ask === "said") return given.said.map(([shown, lost]) => sayShown(shown, lost));
  return listGroups(cases);
};
"""


def case(id: str, near: str = "", **facts: dict[str, tuple[str, str]]) -> dict[str, Any]:
    rows = {
        group: [[role, {"name": name, "box": box}] for role, (name, box) in facts.get(group, {}).items()]
        for group in ("glance", "power", "practical", "told")
    }
    entries = [{"id": other, "title": other.upper()} for other in near.split()]
    return {"id": id, "title": id.upper(), "href": "", "summary": f"About {id}.", "facts": rows, "near": entries}


def test_an_address_names_three_ids_at_most_and_nothing_else() -> None:
    addresses = {
        "": [],
        "?c=": [],
        "?c=a-b,c2": ["a-b", "c2"],
        "?theme=x&c=a,a,b": ["a", "b"],
        "?c=a,b,c,d": ["a", "b", "c"],
        "?c=../x,%3Cb%3E,Ab,a--b,-a,a": ["a"],
    }
    assert run_module(COMPARED, {"ask": "ids", "addresses": list(addresses)}) == list(addresses.values())
    assert run_module(COMPARED, {"ask": "print", "ids": ["a-b", "c2"]}) == "c=a-b,c2"


def test_a_row_is_what_any_has_and_power_and_lessons_have_theirs_always() -> None:
    cases = [
        case("one", power={"money": ("Money", "£5")}, glance={"when": ("When", "2019")}),
        case("two", glance={"where": ("Where", "Hull"), "when": ("When", "2021")}),
    ]
    groups = run_module(COMPARED, {"ask": "rows", "cases": cases})
    assert [group["title"] for group in groups] == ["", "At a glance", "Power and money", "What they learned"]
    short, glance, power, told = ({row["name"]: row["values"] for row in group["rows"]} for group in groups)
    assert short == {"In short": ["About one.", "About two."]}
    assert glance == {"When": ["2019", "2021"], "Where": [None, "Hull"]}
    assert power == {
        "Who decided": [None, None],
        "Who held the money": [None, None],
        "Who was paid": [None, None],
        "Money": ["£5", None],
    }
    assert told == {"What was learned": [None, None], "What did not work": [None, None]}


def test_what_is_near_is_offered_once_and_only_while_there_is_room() -> None:
    cases = [case("one", "two three four"), case("two", "one three five six seven")]
    near = run_module(COMPARED, {"ask": "near", "cases": cases, "ids": ["one", "two"]})
    assert [entry["id"] for entry in near] == ["three", "four", "five", "six"]
    assert run_module(COMPARED, {"ask": "near", "cases": cases, "ids": ["one", "two", "lost"]}) == []


def test_what_was_not_found_is_named() -> None:
    said = run_module(COMPARED, {"ask": "said", "said": [[1, []], [2, ["x"]], [0, ["x", "y"]]]})
    assert said == [
        "One case study is shown. Add another to compare.",
        "2 case studies side by side. Not found: x.",
        "Not found: x, y.",
    ]
