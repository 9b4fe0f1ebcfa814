from __future__ import annotations

import base64
import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodpractice.search.meaning import DIMENSIONS, SHARDS, load_table, measure_section
from goodpractice.search.meaning.table import find_shard
from tests.helpers.node import run_module

WORDS = sorted(load_table().places)
RANK = """
import { findShard, measureQuestion, rankSections } from "SCRIPTS:search-meaning.js";
const unpack = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
export default async function ({ question, shards, vectors }) {
  const asked = await measureQuestion(question, async (number) => unpack(shards[number] ?? ""));
  if (!asked) return null;
  const ranked = rankSections(asked, vectors.map((vector, page) => ({ page, slot: 0, vector: unpack(vector) })));
  return ranked.map(({ page, closeness }) => [page, closeness]);
}
"""


def encode(data: bytes) -> str:
    return base64.b64encode(data).decode()


def rank(question: list[str], sections: list[list[str]]) -> list[list[float]] | None:
    """The sections by their places, with how close they are, as the browser has it."""
    shards = load_table().make_shards()
    found: list[list[float]] | None = run_module(
        RANK,
        {
            "question": question,
            "shards": {find_shard(word): encode(shards[find_shard(word)]) for word in question},
            "vectors": [encode(measure_section([words]) or b"") for words in sections],
        },
    )
    return found


def spread(vector: bytes) -> list[int]:
    return [number for byte in vector for number in ((byte & 15) - 8, (byte >> 4) - 8)]


def angle(first: list[int], second: list[int]) -> float:
    return sum(a * b for a, b in zip(first, second, strict=True)) / (math.hypot(*first) * math.hypot(*second))


def test_a_question_finds_what_says_the_same_in_other_words() -> None:
    sections = [
        ["the", "coach", "brought", "families", "to", "the", "museum", "for", "free"],
        ["evaluation", "asks", "partners", "what", "changed", "and", "counts", "it"],
        ["grants", "should", "pay", "a", "charity", "for", "its", "staff", "and", "its", "costs"],
    ]
    for asked, first in (("money for wages", 2), ("how can we travel there", 0), ("measuring impact", 1)):
        found = rank(asked.split(), sections)
        assert found is not None
        assert found[0][0] == first, asked


@pytest.mark.parametrize("asked", ["", "funding", "the and of with", "funding funding", "xqzzy funding", "é ł ø"])
def test_one_telling_word_alone_is_a_matter_of_the_index(asked: str) -> None:
    assert rank(asked.split(), [["money"]]) is None


def test_a_section_without_a_known_word_has_no_vector() -> None:
    assert measure_section([]) is None
    assert measure_section([[], ["tŷ", "xqzzy", "2026"]]) is None


@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=30), min_size=1, max_size=3))
def test_the_order_of_words_is_no_matter(texts: list[list[str]]) -> None:
    mixed = [sorted(words) for words in texts]
    assert measure_section(texts) == measure_section(mixed)


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=60), st.integers(2, 2000))
def test_a_long_text_points_where_a_short_one_does(words: list[str], times: int) -> None:
    # A number that lies between two steps may be rounded to either.
    assert angle(*(spread(measure_section([found]) or b"") for found in (words * times, words))) > 0.99


@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=20), st.lists(st.sampled_from(WORDS), min_size=1, max_size=20)
)
def test_each_text_of_a_section_counts_alike(first: list[str], second: list[str]) -> None:
    vectors = [spread(measure_section([found, second]) or b"") for found in (first, first * 9)]
    assert angle(*vectors) > 0.99


@settings(max_examples=10, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=8, unique=True),
    st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=20), min_size=1, max_size=8),
)
def test_the_browser_measures_as_the_table_says(question: list[str], sections: list[list[str]]) -> None:
    table = load_table()
    weights = [table.weights[table.places[word]] for word in question]
    found = rank(question, sections)
    if sum(weight > 25 for weight in weights) < 2:
        assert found is None
        return
    vectors = [[(byte ^ 128) - 128 for byte in table.vector(word)] for word in question]
    asked = [sum(w * v[place] for w, v in zip(weights, vectors, strict=True)) for place in range(DIMENSIONS)]
    wanted = {page: angle(asked, spread(measure_section([words]) or b"")) for page, words in enumerate(sections)}
    assert found is not None
    assert dict(found) == pytest.approx(wanted)
    assert all(one[1] >= other[1] for one, other in itertools.pairwise(found))


def test_every_word_lies_in_one_shard() -> None:
    shards = load_table().make_shards()
    assert len(shards) == SHARDS
    assert sum(map(len, shards)) == sum(2 + len(word) + DIMENSIONS for word in WORDS)
    assert max(map(len, shards)) < 6000
