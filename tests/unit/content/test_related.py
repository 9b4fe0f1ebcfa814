"""Which case studies and chapters belong together, and where they are from."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from functools import partial

import pytest

from goodpractice.content.related import CaseIndex, CaseSummary, area_id, count_facets, rank_chapters

CHAPTERS = {
    "one": (("theme", "trust"),),
    "two": (("theme", "trust"), ("theme", "money"), ("moment", "planning")),
    "three": (("theme", "money"), ("theme", "rare"), ("moment", "planning")),
    "four": (("theme", "rare"),),
    "five": (("theme", "alone"),),
}


def entry(title: str, **values: object) -> CaseSummary:
    return CaseSummary(2020, title, "", {})._replace(**values)  # type: ignore[arg-type]


def ids(found: tuple[tuple[str, object], ...]) -> list[str]:
    return [record_id for record_id, _ in found]


def test_chapters_follow_by_theme_and_by_sequence() -> None:
    found = rank_chapters(CHAPTERS, count_facets(CHAPTERS), CHAPTERS["two"], 4, after="two")
    assert ids(found) == ["three", "one"]
    assert found[0][1] == (("theme", "money"), ("next", ""), ("moment", "planning"))


def test_the_last_chapter_leads_back() -> None:
    assert rank_chapters(CHAPTERS, count_facets(CHAPTERS), CHAPTERS["five"], 4, after="five") == (("four", ()),)
    assert rank_chapters({"only": ()}, {}, (), 4, after="only") == ()


def test_rarer_themes_weigh_more() -> None:
    chapters = {"common": (("theme", "a"),), "b1": (("theme", "a"),), "rare": (("theme", "b"),)}
    assert ids(rank_chapters(chapters, count_facets(chapters), [("theme", "a"), ("theme", "b")], 2)) == [
        "rare",
        "common",
    ]


def test_a_case_study_that_shares_nothing_leads_to_its_neighbours() -> None:
    index = CaseIndex({name: entry(name, named={"theme": (name,)}) for name in "abcd"})
    assert index.relate("a", 4) == (("b", ()), ("c", ()))
    assert index.relate("c", 1) == (("b", ()),)
    assert CaseIndex({"a": entry("a")}).relate("a", 4) == ()


def test_areas_by_country() -> None:
    index = CaseIndex(
        {
            "a": entry("a", region="Wales", country="United Kingdom"),
            "b": entry("b", country="United Kingdom"),
            "c": entry("c", region="wales", country="United Kingdom"),
            "d": entry("d", region="Wales", country="United Kingdom"),
            "e": entry("e", region="Luxembourg", country="Luxembourg"),
            "f": entry("f"),
        }
    )
    assert [area[:4] for area in index.areas] == [
        ("united-kingdom", "United Kingdom", "", 4),
        ("wales", "Wales", "United Kingdom", 3),
        ("luxembourg", "Luxembourg", "", 1),
    ]
    assert list(index.select([("region", "wales")])) == ["a", "c", "d"]
    assert index.relate("b", 1)[0][1] == (), "a region alone does not relate"


def test_every_name_becomes_an_address() -> None:
    assert area_id("Île-de-France") == "ile-de-france"
    assert area_id("Москва").startswith("area-")
    assert area_id("Москва") != area_id("Київ")
    assert area_id("Llan" * 75) != area_id("Llan" * 74)
    # Two of them in one name, which is cut off at 255 bytes on most computers.
    assert 2 * len(area_id("Llan" * 75)) < 250


@pytest.mark.parametrize("seed", range(12))
def test_no_relation_changes_but_near_what_moved_in_the_list(seed: int) -> None:
    draw = random.Random(seed)
    entries = {
        f"case-{number}": entry(
            f"Title {draw.randrange(40)}",
            sort_year=draw.randrange(2000, 2008),
            named={"theme": tuple(draw.sample("abcdefgh", draw.randrange(3))), "partner": (str(draw.randrange(30)),)},
        )
        for number in range(draw.choice([3, 30, 300, 600]))
    }
    before = CaseIndex(entries)
    moved = draw.sample(sorted(entries), min(len(entries), draw.choice([1, 1, 2, 5])))
    changes: dict[str, object] = {}
    for case_id in moved:
        changes = draw.choice([{"title": f"Title {draw.randrange(40)}"}, {"sort_year": draw.randrange(2000, 2008)}])
        entries = {**entries, case_id: entries[case_id]._replace(**changes)}  # type: ignore[arg-type]
    after = CaseIndex(entries)
    near = after.find_near({case_id: before.entries[case_id] for case_id in moved})
    different = {case_id for case_id in entries if before.relate(case_id, 4) != after.relate(case_id, 4)}
    assert different <= near


def test_most_are_far_from_what_moved_in_the_list() -> None:
    draw = random.Random(1)
    entries = {
        f"{number}": entry(f"Title {number}", sort_year=number // 20, named={"theme": tuple(draw.sample("abcd", 2))})
        for number in range(2000)
    }
    index = CaseIndex({**entries, "1000": entries["1000"]._replace(title="Anew")})
    assert len(index.find_near({"1000": entries["1000"]})) < 300


def count_calls(work: Callable[[], object]) -> int:
    """How many calls something takes, those of built-in functions included."""
    number = 0

    def note(frame: object, event: str, what: object) -> None:
        nonlocal number
        number += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return number


def make_many(number: int) -> dict[str, CaseSummary]:
    draw = random.Random(number)
    return {
        f"{one}": entry(
            f"Title {draw.randrange(number)}",
            sort_year=draw.randrange(2000, 2025),
            named={"theme": tuple(draw.sample("abcd", 2)), "partner": (str(draw.randrange(number // 10)),)},
        )
        for one in range(number)
    }


@pytest.mark.parametrize("share", [1, 10, 100])
def test_what_is_near_is_found_in_proportion_to_the_stories(share: int) -> None:
    for number in (500, 2000):
        entries = make_many(number)
        index = CaseIndex({case_id: one._replace(sort_year=one.sort_year + 1) for case_id, one in entries.items()})
        before = {case_id: entries[case_id] for case_id in sorted(entries)[::share]}
        # With a square, two thousand took more than a thousand calls each.
        assert count_calls(partial(index.find_near, before)) < 100 * number


def test_what_stayed_in_its_place_is_near_nothing() -> None:
    entries = make_many(300)
    index = CaseIndex({case_id: one._replace(summary="Another") for case_id, one in entries.items()})
    assert index.find_near(entries) == set()
