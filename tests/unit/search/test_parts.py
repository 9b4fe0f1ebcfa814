from hypothesis import given
from hypothesis import strategies as st

from goodpractice.search.parts import PIECE_SIZE, divide, size_pieces

URLS = [f"pages/{number}/" for number in range(100)]


def spans(parts: list[range]) -> list[tuple[int, int]]:
    return [(part.start, part.stop) for part in parts]


def test_without_parts_before_they_are_equal() -> None:
    assert spans(divide(URLS, set(), size=40)) == [(0, 33), (33, 66), (66, 100)]
    assert spans(divide(URLS[:40], set(), size=40)) == [(0, 40)]
    assert spans(divide(URLS[:60], set(), size=40)) == [(0, 30), (30, 60)]
    assert spans(divide(URLS[:60], {"elsewhere/"}, size=40)) == [(0, 30), (30, 60)]
    assert divide([], set(), size=40) == []


def test_parts_begin_where_they_began() -> None:
    first = {URLS[0], URLS[33], URLS[66]}
    assert spans(divide(["new/", *URLS], first, size=40)) == [(0, 34), (34, 67), (67, 101)]
    # The first page of a part is gone: it belongs to the part before.
    assert spans(divide([*URLS[:33], *URLS[34:]], first, size=40)) == [(0, 65), (65, 99)]


def test_a_part_that_has_grown_too_much_divides_all_anew() -> None:
    first = {URLS[0], URLS[90]}
    assert spans(divide(URLS, first, size=40)) == [(0, 33), (33, 66), (66, 100)]


def test_too_many_small_parts_are_put_together() -> None:
    assert spans(divide(URLS, set(URLS[::10]), size=40)) == [(0, 33), (33, 66), (66, 100)]


@given(st.lists(st.integers(0, 400), unique=True), st.sets(st.integers(0, 400)), st.integers(1, 50))
def test_every_record_is_in_one_part(numbers: list[int], first: set[int], size: int) -> None:
    urls = [f"{number}/" for number in numbers]
    parts = divide(urls, {f"{number}/" for number in first}, size)
    assert [place for part in parts for place in part] == list(range(len(urls)))
    assert all(0 < len(part) <= 2 * size for part in parts)
    # What a search loads stays in proportion.
    assert len(parts) <= max(1, -(-2 * len(urls) // size))


def test_pieces_are_smaller_where_there_are_more_parts() -> None:
    assert size_pieces(0) == size_pieces(1) == PIECE_SIZE
    assert size_pieces(8) == PIECE_SIZE // 8
    assert size_pieces(1000) > 0
