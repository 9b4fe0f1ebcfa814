from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from goodpractice.content import Project
from goodpractice.kinds.registry import RESULT_LABELS
from goodpractice.search.facets import FILTERS, encode_places, make_facets, share_filled
from goodpractice.search.rows import RowFacts
from tests.helpers.sites import need_share


def decode_places(encoded: Iterable[int | list[int]]) -> list[int]:
    """The places that `encode_places` wrote: what the script in the browser does."""
    places: list[int] = []
    for step in encoded:
        if isinstance(step, list):
            places.extend(range(places[-1] + 1, places[-1] + 1 + step[0]))
        else:
            places.append(places[-1] + step if places else step)
    return places


def case(number: int, **facets: tuple[str, ...]) -> RowFacts:
    return RowFacts("case_study", f"case {number}", facets)


@given(st.sets(st.integers(0, 400)).map(sorted))
def test_places_survive_their_short_form(places: list[int]) -> None:
    assert decode_places(encode_places(places)) == places


def test_steps_and_runs() -> None:
    assert encode_places([2, 3, 7]) == [2, 1, 4]
    assert encode_places([0, 1, 2, 3, 9]) == [0, [3], 6]


def test_a_filter_needs_a_third_of_its_pages(repository: Project) -> None:
    partner = RowFacts("partner", "", {})
    records = [case(1, money=("none",)), case(2), case(3), partner, partner]
    money = next(entry for entry in FILTERS if entry.id == "money")
    assert share_filled(money, records) == 1 / 3
    assert "money" in [f["id"] for f in make_facets(records, repository.kb)["filters"]]
    assert "money" not in [f["id"] for f in make_facets(records, need_share(repository.kb, 0.34))["filters"]]
    assert [f["id"] for f in make_facets([*records, case(4)], repository.kb)["filters"]] == ["kind"]


def test_values_have_names_counts_and_an_order(small: Project) -> None:
    records = [
        case(1, theme=("money", "trust"), year=("2019",), partner=("hill-museum",)),
        case(2, theme=("trust",), year=("2024",), partner=("ty-celf", "hill-museum")),
    ]
    file = make_facets(records, small.kb)
    assert file["pages"] == 2
    filters = {entry["id"]: entry for entry in file["filters"]}
    assert list(filters) == ["kind", "theme", "partner", "year"]
    assert [(value["name"], value["pages"]) for value in filters["theme"]["values"]] == [
        ("Time and trust", [0, 1]),
        ("Money", [0]),
    ]
    assert [value["id"] for value in filters["year"]["values"]] == ["2024", "2019"]
    assert "Hill Museum" in [value["name"] for value in filters["partner"]["values"]]


def test_the_filter_by_kind_is_always_there(repository: Project) -> None:
    records = [RowFacts(kind, "", {}) for kind in RESULT_LABELS]
    (kinds,) = make_facets(records, repository.kb)["filters"]
    assert [value["name"] for value in kinds["values"]] == list(RESULT_LABELS.values())


def test_nothing_to_find(repository: Project) -> None:
    assert make_facets([], repository.kb) == {"pages": 0, "filters": []}
