"""The pictures of the whole: numbers are right, tables say the same, nothing grows without bound."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from goodpractice.content import Project
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.kinds import CaseStudy, Partner
from goodpractice.kinds.charts import Tile
from goodpractice.kinds.theme import Theme
from goodpractice.query.tracking import Table
from goodpractice.render.charts import draw_bars, draw_columns, draw_matrix, draw_tiles
from goodpractice.render.glance import MOST_ROWS, MOST_YEARS
from goodpractice.render.macros import bind_macros

SOURCES = ("https://example.org/source",)


def make_kb(cases: list[tuple[int, list[str], list[str]]], themes: list[str]) -> KnowledgeBase:
    partners = sorted({partner for _, involved, _ in cases for partner in involved})
    made: dict[str, CaseStudy] = {}
    for i, (year, involved, on) in enumerate(cases):
        facts: dict[str, Any] = {"title": "A story", "summary": "What happened.", "place": "Here", "year": year}
        roles = [{"partner": partner, "role": "Partner"} for partner in involved] or [{"name": "X", "role": "y"}]
        made[f"case-{i}"] = CaseStudy.model_validate({**facts, "partners": roles, "themes": on, "sources": SOURCES})
    return KnowledgeBase().with_tables(
        Table("partner", {p: Partner(id=p, name=f"The {p}", kind="x", sources=SOURCES) for p in partners}),
        Table("case_study", made),
        Table("theme", {t: Theme(id=t, name=f"On {t}", question="Q?", summary="S.", sources=SOURCES) for t in themes}),
    )


def glance_page(kb: KnowledgeBase) -> str:
    return str(bind_macros(kb)["glance_page"]())


def rows_of(html: str, id: str) -> list[list[str]]:
    section = html.split(f'id="{id}"')[1].split("</section>")[0]
    return [
        [unescape(re.sub("<[^>]*>", "", cell)) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
        for row in re.findall(r"<tr[^>]*>(.*?)</tr>", section)
    ]


def test_tables_count() -> None:
    kb = make_kb(
        [(2019, ["a", "b"], ["trust", "money"]), (2019, ["a"], ["trust"]), (2022, [], ["trust"])],
        ["money", "trust", "words"],
    )
    html = glance_page(kb)
    assert rows_of(html, "gp-themes")[1:] == [["On words", "0", "0"], ["On money", "1", "0"], ["On trust", "3", "0"]]
    assert rows_of(html, "gp-matrix")[1:] == [
        ["The a", "2", "On money, On trust (2)"],
        ["The b", "1", "On money, On trust"],
    ]
    assert rows_of(html, "gp-years")[1:] == [["2019", "2"], ["2022", "1"]]
    text = re.sub("<[^>]*>", "", html)
    assert "No case study yet: On words." in text
    assert "Only one case study: On money." in text


def test_no_theme_lacks_examples() -> None:
    html = glance_page(make_kb([(2019, ["a"], ["trust"]), (2020, ["a"], ["trust"])], ["trust"]))
    assert "Every theme has at least two case studies." in html


def test_no_named_partner_no_matrix() -> None:
    assert "gp-matrix" not in glance_page(make_kb([(2019, [], ["trust"])], ["trust"]))


@pytest.mark.parametrize(("first", "last", "columns"), [(2000, 2023, 24), (2000, 2024, 13), (1900, 2100, 21)])
def test_long_spans_are_drawn_in_steps(first: int, last: int, columns: int) -> None:
    html = glance_page(make_kb([(first, ["a"], ["trust"]), (last, ["a"], ["trust"])], ["trust"]))
    years = html.split('id="gp-years"')[1]
    assert columns <= MOST_YEARS
    assert [int(number) for _, number in rows_of(html, "gp-years")[1:]] == [1, 1]
    widths = {float(width) for width in re.findall(r'gp-chart__bar" x="[^"]*" y="[^"]*" width="([\d.]+)%"', years)}
    assert widths == {round(70 / columns, 2)}


def test_a_large_collection_stays_legible() -> None:
    themes = [f"t{i}" for i in range(40)]
    kb = make_kb([(2000 + i % 20, [f"p{i}", f"p{i // 2}"], [themes[i % 40]]) for i in range(400)], themes)
    html = glance_page(kb)
    assert len(rows_of(html, "gp-matrix")) == MOST_ROWS + 1
    assert len(html.encode()) < 200_000


def test_pictures_have_a_name_and_nothing_hidden_to_press(repository: Project) -> None:
    html = glance_page(repository.kb)
    pictures = re.findall(r'<svg class="gp-chart.*?</svg>(?=<svg class|</div>)', html)
    assert len(pictures) == 4
    for picture in pictures:
        assert re.match(r'<svg class="[^"]*" role="img" aria-label="[^"]{20,}"', picture)
        assert "<a " not in picture
    assert html == glance_page(repository.kb)


def test_names_are_escaped_and_shortened() -> None:
    assert "<b>" not in draw_bars("<b>", [("<b>", 1)])
    assert "<b>" not in draw_columns("<b>", [("<b>", 0)])
    matrix = draw_matrix("<b>", ["<b>"], ["<b>" + "x" * 80], {(0, 0): 2}, beside=True)
    assert "<b>" not in matrix
    assert "x" * 40 not in matrix


def test_a_long_name_has_two_lines() -> None:
    name = "Cambridge Rare Disease Network (camRARE)"
    lines = ["Cambridge Rare Disease", "Network (camRARE)"]
    for picture in (draw_bars("Numbers", [(name, 1)]), draw_matrix("Dots", ["On trust"], [name], {(0, 0): 1}, True)):
        assert re.findall(r'gp-chart__name"[^>]*>([^<]*)', picture) == lines


@pytest.mark.parametrize("draw", [draw_bars, draw_columns])
def test_nothing_to_draw(draw: Any) -> None:
    assert draw("Nothing yet, and nothing breaks.", []).startswith("<svg")
    assert "nan" not in draw("Only noughts, and nothing breaks.", [("2020", 0)])


def test_tiles_differ_in_shape_and_stand_in_lines_of_five() -> None:
    looks = ("full", "half", "crossed", "none")
    tiles = [Tile(str(at), looks[at % 4], dot=at == 0) for at in range(7)]
    drawn = draw_tiles("Seven <b>", [("A long name of a strand that takes three lines to say", tiles)], [("none", "?")])
    assert 'aria-label="Seven &lt;b&gt;"' in drawn
    assert [drawn.count(f"gp-chart__tile--{look}") for look in ("full", "edge", "none")] == [4, 6, 2]
    assert (drawn.count("gp-chart__cross"), drawn.count("gp-chart__mark")) == (2, 1)
    assert drawn.count("gp-chart__name") == 3, "a name is never cut"
    places = set(re.findall(r'tile--(?:edge|none)" x="([\d.]+)%"', drawn))
    assert places == {"0", "20", "40", "60", "80"}
    assert max(map(float, re.findall(r'y="([\d.]+)em"', drawn))) < float(re.findall(r'height="([\d.]+)em">', drawn)[0])


def test_few_tiles_fill_the_width() -> None:
    drawn = draw_tiles("One", [("A", [Tile("1.1", "none")])], [])
    assert 'width="31.33%"' in drawn
    assert draw_tiles("None", [], []).count("rect") == 0
