from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from goodpractice.content.text import make_id, slugify, suggest
from goodpractice.diagnostics.rules import shorten
from goodpractice.i18n.sorting import strip_accents
from goodpractice.kinds import ID_PATTERN


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Île-de-France", "ile-de-france"),
        ("Côte d\u2019Azur", "cote-dazur"),
        ("Côte d'Azur", "cote-d-azur"),
        ("  (North) West  ", "north-west"),
        ("Москва", ""),
    ],
)
def test_slugs_that_stand_in_published_addresses(name: str, slug: str) -> None:
    assert slugify(name) == slug


def test_accents_go_and_letters_of_other_scripts_stay() -> None:
    assert strip_accents("Tŷ Łódź Москва") == "Ty Łodz Москва"


@pytest.mark.parametrize(("text", "shown"), [("abc", "abc"), ("abcd", "abc…")])
def test_a_text_for_a_message_is_cut(text: str, shown: str) -> None:
    assert shorten(text, 3) == shown


@pytest.mark.parametrize(
    ("word", "known", "close"),
    [
        ("audience", ["audiences", "access_costs"], "audiences"),
        ("hill-musuem", ["hill-museum", "river-group"], "hill-museum"),
        ("zzz", ["hill-museum"], None),
        ("", [], None),
    ],
)
def test_did_you_mean(word: str, known: list[str], close: str | None) -> None:
    assert suggest(word, known) == close


@given(st.text(max_size=120))
@example("Tŷ Celf")
@example("it's 5 o'clock")
@example("x" * 100)
def test_an_id_is_an_id(title: str) -> None:
    made = make_id(title)
    assert made == "" or (ID_PATTERN.fullmatch(made) and len(made) <= 60)


@pytest.mark.parametrize(
    ("title", "made"),
    [
        ("Supper and science", "supper-and-science"),
        ("Tŷ Celf: “Café”!", "ty-celf-cafe"),
        ("What's on?", "whats-on"),
        ("наука", ""),
        ("a" * 61, "a" * 60),
        ("a" * 61 + " b", "a" * 60),
        ("word " * 30, "-".join(["word"] * 12)),
    ],
)
def test_ids_of_titles(title: str, made: str) -> None:
    assert make_id(title) == made
